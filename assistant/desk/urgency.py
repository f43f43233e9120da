"""How urgent a message is, with the words that decide: rules over flags, deadlines and what is said of now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from assistant.desk.deadlines import Deadline
from assistant.desk.labels import Category, Flag, Urgency
from assistant.desk.reading import Folded

URGENT_DAYS, HIGH_DAYS = 2, 7
QUIET = 0.6
"""Least probability at which a message wants no answer."""
HARMLESS = frozenset((Category.PROGRAM_SEARCH, Category.CREDENTIAL_MEANING, Category.OTHER))
"""A date in such a message is one of an advertisement or of a start; nothing is lost on it."""
JUST_NOW = re.compile(
    r"\b(?:just (?:now|gave|sent|typed|entered|told|clicked|paid|put)|i just (?:gave|sent|typed|told|clicked|paid|put|entered)|right now|an hour ago|(?:\w+ )?minutes ago|today|tonight|this (?:morning|afternoon|evening)|last night|"
    r"yesterday|as we speak|is (?:still )?(?:taking|draining)|they'?re getting|by (?:noon|midnight|five|\d ?(?:am|pm))|before (?:noon|midnight|\d)|within the hour|hours? ago|"
    r"acabo de|ahorita|ahora mismo|hoy|anoche|ayer|esta (?:manana|tarde|noche)|hace (?:una|un|dos|\d+|unas|unos) (?:hora|rato|minuto)\w*|antes de las|bloqueen\w*)\b"
)
SHUT_NOW = re.compile(
    r"\b(?:today|tonight|tomorrow|yesterday|this (?:morning|week|afternoon)|last (?:week|night|monday|tuesday|wednesday|thursday|friday)|just (?:closed|shut|got|now|found)|since (?:monday|tuesday|wednesday|thursday|friday|yesterday|last week)|"
    r"effective immediately|(?:(?:two|three|four|five|a few|couple of|\d{1,2}) days|a week|one week|two weeks|2 weeks|three weeks|3 weeks) ago|showed up|locked|padlock\w*|abruptly|suddenly|overnight|without (?:notice|warning)|no one (?:answers|there|here)|nobody (?:there|here|answers)|(?:on|this) (?:monday|tuesday|wednesday|thursday|friday)|"
    r"hoy|ayer|manana|anoche|esta (?:semana|manana)|la semana pasada|desde (?:el|ayer)|acaba de|candado|de un dia para otro|de repente|sin (?:avis\w+|previo)|hace (?:una|dos|tres|\d) (?:semanas?|dias)|el (?:lunes|martes|miercoles|jueves|viernes) (?:cerr|cierra|pasado)|llegamos)\b"
)
NOT_NOW = re.compile(
    r"\b(?:\w+ months? ago|next (?:year|summer|spring|fall|month|semester)|end of (?:the )?(?:semester|term|year|january|february|march|june)|in (?:january|february|march|april|may|june|july|august)|after (?:the holidays|this semester|christmas|new year)|"
    r"hace (?:\w+ )?meses|(?:en|a finales de|fin de) (?:enero|febrero|marzo|abril|mayo|junio|julio)|final(?:es)? del semestre|el proximo (?:ano|semestre|mes))\b"
)
BLOCKED = re.compile(
    r"\b(?:(?:can'?t|cannot|can not|couldn'?t|won'?t be able to|unable to|not able to) (?:\w+ ){0,3}?(?:work|start (?:my|the|a)|sit|take (?:it|the (?:exam|test|final|boards?|nclex))|attend|get to class|go to class|test\b|graduate|finish|practice|do my (?:clinical|externship))|"
    r"(?:won'?t|wont|not|refus\w+ to|wouldn'?t) let (?:me|us|him|her) (?:sit|take|test|in|start|work|finish|graduate|attend|into)|los(?:t|ing|e) (?:my|the|a|this) (?:job|offer|position|shift)|(?:gives?|giving|gave) (?:my|the) (?:spot|job|seat|position) (?:away|to)|"
    r"rescind\w* (?:my|the) (?:job |offer)|job (?:offer )?(?:is )?(?:on hold|waiting)|fired (?:me )?(?:because|if|unless)|throws me out every time|exam is (?:now|today|tomorrow)|"
    r"no (?:puedo|podemos|pude|me dejan|nos dejan|lo puedo) (?:\w+ ){0,2}?(?:trabajar|empezar|tomar (?:el|mi)|presentar|asistir|entrar a clase|examinar\w*|graduar\w*|hacer)|no me dejan? (?:tomar|entrar|presentar|examinar\w*|trabajar|empezar)|(?:perdi|pierdo|perder|quitar) (?:el|mi|la|un) (?:empleo|trabajo|puesto|oferta)|quitar el puesto|examen (?:\w+ ){0,3}es hoy)\b"
)
HARMED = re.compile(
    r"\b(?:beer|alcohol|drunk|drink(?:ing|s)?|vap(?:e|ing)|drugs?|weed|alone with|touch\w*|photos? of|pictures? of|texting|messages? (?:her|him|my)|hurt|injur\w+|burn(?:ed|t)|hit\b|threaten\w*|yell\w*|bull(?:y|ied|ying)|harass\w*|unsafe|without (?:safety|goggles|supervision)|weapon|"
    r"cerveza|alcohol|tomad[oa]|borrach[oa]|drogas?|a solas|fotos?|mensajes|lastim\w+|quem\w+|pego|golpe\w*|amenaz\w+|grit\w+|acos\w+|peligro)\b"
)
NO_ANSWER = re.compile(
    r"\b(?:no (?:need|rush)(?: to (?:reply|answer|respond))?|(?:no|not) (?:reply|answer|response) (?:is )?(?:needed|necessary|required|expected)|don'?t (?:need to|have to|bother to) (?:reply|answer|respond)|just (?:wanted to|want to|letting|to let|a note|sharing|an? fyi)|fyi\b|for your information|automatic reply|auto.?reply|out of (?:the )?office|unsubscribe|% off|"
    r"no (?:hace falta|es necesario|necesitan?|tienen? que) (?:que )?(?:respond\w+|contest\w+)|solo (?:aviso|queria|para)|sin apuro|sin prisa|respuesta automatica|fuera de la oficina|ofrecemos|promocion)\b"
)


class Judged(NamedTuple):
    """An urgency and the words that it rests on, None where only the lack of any decided."""

    urgency: Urgency
    words: str | None


def urgency_of(
    folded: Folded,
    flags: Mapping[Flag, str],
    category: Category,
    due: list[Deadline],
    received: date,
    quiet: float,
) -> Judged:
    """Return the highest urgency that applies."""
    losing = [each for each in due if category not in HARMLESS or flags]
    for urgency, days in ((Urgency.URGENT, URGENT_DAYS), (Urgency.HIGH, HIGH_DAYS)):
        judged = _by_events(folded, flags, losing, received, urgency)
        if judged:
            return judged
        near = [each for each in losing if (each.on - received).days <= days]
        if near:
            return Judged(urgency, near[0].words)
    if _wants_no_answer(folded, flags, quiet):
        found = folded.search(NO_ANSWER)
        return Judged(Urgency.LOW, folded.words(*found.span()) if found else None)
    return Judged(Urgency.NORMAL, next(iter(flags.values()), None))


def _by_events(
    folded: Folded, flags: Mapping[Flag, str], due: list[Deadline], received: date, urgency: Urgency
) -> Judged | None:
    if urgency is Urgency.URGENT:
        return _urgent(folded, flags, due, received)
    for flag in (
        Flag.CLOSING,
        Flag.REFUND_DEADLINE,
        Flag.FRAUD,
        Flag.IDENTITY_THEFT,
        Flag.LEGAL_THREAT,
        Flag.DISCRIMINATION,
    ):
        if flag in flags:
            return Judged(Urgency.HIGH, flags[flag])
    pattern = HARMED if Flag.MINOR in flags else BLOCKED
    found = folded.search(pattern) or folded.search(BLOCKED)
    return Judged(Urgency.HIGH, folded.words(*found.span())) if found else None


def _urgent(folded: Folded, flags: Mapping[Flag, str], due: list[Deadline], received: date) -> Judged | None:
    if Flag.CRISIS in flags:
        return Judged(Urgency.URGENT, flags[Flag.CRISIS])
    if Flag.CLOSING in flags:
        soon = any((each.on - received).days <= HIGH_DAYS for each in due)
        if soon or (folded.search(SHUT_NOW) and not folded.search(NOT_NOW)):
            return Judged(Urgency.URGENT, flags[Flag.CLOSING])
    for flag in (Flag.IDENTITY_THEFT, Flag.FRAUD):
        found = folded.search(JUST_NOW) if flag in flags else None
        if found:
            return Judged(Urgency.URGENT, folded.words(*found.span()))
    return None


def _wants_no_answer(folded: Folded, flags: Mapping[Flag, str], quiet: float) -> bool:
    if flags or "?" in folded.text:
        return False
    return quiet >= QUIET or folded.search(NO_ANSWER) is not None
