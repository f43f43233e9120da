"""Deadlines that a message speaks of: dates beside words such as *by*, *lose*, *hasta*, resolved from the day it came."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta

from assistant.desk.reading import Folded
from catalog.records import Record


class Deadline(Record):
    """A day by which something has to be done, and the words that say so."""

    on: date
    words: str


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DIAS = ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo")
SHORT_DAYS = ("mon", "tues?", "wed", "thur?s?", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "a": 1,
    "un": 1, "una": 1, "uno": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9,
    "diez": 10, "couple of": 2, "couple": 2, "quince": 15, "few": 3, "fourteen": 14, "thirty": 30, "treinta": 30,
}  # fmt: skip
COUNT = rf"(\d{{1,3}}|{'|'.join(NUMBERS)})"
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary|rero)?|mar(?:ch|zo)?|apr(?:il)?|may(?:o)?|june?|july?|aug(?:ust)?|sept?(?:ember|iembre)?|setiembre|"
    r"oct(?:ober|ubre)?|nov(?:ember|iembre)?|dec(?:ember)?|ene(?:ro)?|abr(?:il)?|junio|julio|ago(?:sto)?|dic(?:iembre)?)\b\.?"
)
CUE = re.compile(
    r"\b(?:by|before|until|till|deadlines?|due|last day|expires?|expiring|ends?|ending|clos(?:e|es|ing)|los(?:e|es|ing)|within|left|only have|have to|must|"
    r"cut ?off|no later than|forfeit|shut(?:s|ting)? down|doors close|final day|stops?|exam|test|court|hearing|move out|appear|respond|reply|submit|file|gives? (?:me|us|him|her)|pay|send|turn in|hand in|drop|withdraw|cancel|"
    r"antes|hasta|plazo|vence|vencen|vencimiento|ultimo dia|fecha limite|termina|cierran?|cerrar|pierdo|perder|pierden|a mas tardar|limite|quedan?|"
    r"dentro de|tengo que|debo|tope|entregar|responder|pagar|presentar\\w*|mandar|examen|audiencia|caduca|expira|cancelar|retirar\w*|dieron|dan|gave me|give me)\b"
)
REACH = 60
"""How far from a date, in characters, the word may stand that makes it a deadline."""
PATTERNS = {
    "relative": r"\b(day after tomorrow|pasado manana|tomorrow|(?<!la )(?<!esta )manana|today|tonight|hoy|esta noche|midnight|end of (?:the |this )?day|eod|medianoche)\b",
    "weekday": rf"\b(?:(this coming|this|next|coming|el proximo|este|proximo|el|la proxima) )?({'|'.join((*WEEKDAYS, *DIAS))}|(?<=by ){'|(?<=by )'.join(SHORT_DAYS)}|(?<=on ){'|(?<=on )'.join(SHORT_DAYS)})\b",
    "span": rf"\b{COUNT} (?:more |business |working |calendar |mas )?(hours?|hrs?|horas?|days?|dias?|weeks?|semanas?|wks?)\b(?!(?: \w+)? (?:ago|program|course|class|certificate|bootcamp|training|curso|clase|programa))(?<!ago)",
    "end": r"\b(?:end of|fin de|finales de|final de) (?:the |this |la |el |este )?(week|month|year|semana|mes|ano)\b",
    "month_day": rf"\b{MONTH} (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?",
    "day_month": rf"\b(\d{{1,2}})(?:st|nd|rd|th|ro)? (?:of |de )?{MONTH}(?:,? (?:de |del )?(\d{{4}}))?",
    "numeric": r"(?<![\d/$.\-])(\d{1,2})[/\-](\d{1,2})(?:[/\-](\d{4}|\d{2}))?(?![\d/\-])",
    "iso": r"\b(20\d\d)-(\d{2})-(\d{2})\b",
    "day": r"\b(?:the|el|el dia) (\d{1,2})(?:st|nd|rd|th)?\b(?![/\-]|[:.]\d)(?! ?(?:de |of |%|\$|months?|anos|hours|am\b|pm\b))",
}
COMPILED = {name: re.compile(pattern) for name, pattern in PATTERNS.items()}


def deadlines(text: str | Folded, received: date) -> list[Deadline]:
    """Return the deadlines of a message, the nearest first, each day once; days that passed are none."""
    folded = text if isinstance(text, Folded) else Folded(text)
    found: dict[date, Deadline] = {}
    for name, pattern in COMPILED.items():
        for match in pattern.finditer(folded.text):
            on = _resolved(name, match, received)
            if on is not None and on >= received and _has_cue(folded.text, match):
                found.setdefault(on, Deadline(on=on, words=folded.words(match.start(), match.end())))
    return [found[on] for on in sorted(found)]


def _has_cue(text: str, match: re.Match[str]) -> bool:
    around = text[max(0, match.start() - REACH) : match.end() + REACH // 2]
    return CUE.search(around) is not None


def _resolved(name: str, match: re.Match[str], received: date) -> date | None:
    try:
        return READERS[name](match, received)
    except ValueError:
        return None


def _relative(match: re.Match[str], received: date) -> date:
    if match[1] in ("tomorrow", "manana"):
        return received + timedelta(days=1)
    return received + timedelta(days=2 if match[1] in ("day after tomorrow", "pasado manana") else 0)


def _weekday(match: re.Match[str], received: date) -> date:
    """Return the next such day; said on the same weekday, that in a week."""
    day = next(
        n for n, names in enumerate(zip(WEEKDAYS, DIAS, strict=True)) if match[2][:3] in (names[0][:3], names[1][:3])
    )
    ahead = (day - received.weekday()) % 7 or 7
    return received + timedelta(days=ahead)


def _span(match: re.Match[str], received: date) -> date:
    count = int(match[1]) if match[1].isdigit() else NUMBERS[match[1]]
    unit = match[2][0]
    days = {"d": count, "s": 7 * count, "w": 7 * count}.get(unit, -(-count // 24))
    return received + timedelta(days=days)


def _end(match: re.Match[str], received: date) -> date:
    if match[1] in ("week", "semana"):
        return received + timedelta(days=(4 - received.weekday()) % 7)
    if match[1] in ("year", "ano"):
        return date(received.year, 12, 31)
    return received.replace(day=calendar.monthrange(received.year, received.month)[1])


def _month(word: str) -> int:
    names = MONTHS if word[:3] in MONTHS else MESES
    return 9 if word.startswith("set") else names.index(word[:3]) + 1


def _dated(year: str | None, month: int, day: int, received: date) -> date:
    if year:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, day)
    this = date(received.year, month, day)
    # A day without a year that lies far back is the next one of that name.
    return this if this >= received - timedelta(days=180) else date(received.year + 1, month, day)


def _numeric(match: re.Match[str], received: date) -> date:
    month, day = int(match[1]), int(match[2])
    if month > 12:
        month, day = day, month
    return _dated(match[3], month, day, received)


def _day(match: re.Match[str], received: date) -> date:
    day = int(match[1])
    if day >= received.day:
        return received.replace(day=day)
    month = received.month % 12 + 1
    return date(received.year + (month == 1), month, day)


READERS = {
    "relative": _relative,
    "weekday": _weekday,
    "span": _span,
    "end": _end,
    "month_day": lambda match, received: _dated(match[3], _month(match[1]), int(match[2]), received),
    "day_month": lambda match, received: _dated(match[3], _month(match[2]), int(match[1]), received),
    "numeric": _numeric,
    "iso": lambda match, _received: date(int(match[1]), int(match[2]), int(match[3])),
    "day": _day,
}


def near(found: list[Deadline], received: date, days: int) -> Iterator[Deadline]:
    """Yield the deadlines at most some days away."""
    yield from (each for each in found if (each.on - received).days <= days)
