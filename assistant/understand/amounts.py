"""Amounts read from words: what a person can pay, the time they have, the pay they want; English and Spanish.

Patterns run on plain text: lower case, no accents, numbers in digits (`understand/text.py`).
"""

from __future__ import annotations

import re

from assistant.understand.query import Amount
from assistant.understand.text import Text

WEEKS_PER_MONTH = 52 / 12
WEEKS_PER_YEAR = 52
WORK_HOURS_PER_YEAR = 2080
"""Full time: 40 hours in each of 52 weeks."""
LEAST_BARE_DOLLARS = 50
"""A smaller number without a dollar sign is more likely something else."""

NUMBER = r"(?P<number>\d{1,3}(?:[,.]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
THOUSANDS = r"(?: ?(?P<thousands>k|thousand|grand|mil)\b)?"
DOLLARS = r"(?: ?(?:dollars?|bucks|usd|dlls|dolares|dolar|pesos)\b)"
SIGNED = re.compile(
    rf"\$ ?{NUMBER}{THOUSANDS}{DOLLARS}?|\b{NUMBER.replace('number', 'n2')}{THOUSANDS.replace('thousands', 't2')}{DOLLARS}"
)
UNITS = r"(?:weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?|days?|minutes?|miles?|mi|percent|%|semanas?|mes(?:es)?|anos?|horas?|dias?|minutos?|millas?|kids?|children|hijos?|people|st|nd|rd|th|am|pm)"
BARE = re.compile(rf"\b{NUMBER}(?: ?(?P<thousands>k|mil|thousand|grand)\b)?(?! ?-? ?{UNITS}\b)(?!\d|[,.]\d|/)")
PER_MONTH = re.compile(
    r"^ ?(?:/ ?mo(?:nth)?\b|(?:a|per|each|every) month\b|monthly\b|al mes\b|por mes\b|cada mes\b|mensual(?:es)?\b)"
)
PER_HOUR = re.compile(r"^ ?\+? ?(?:/ ?h(?:ou)?r?\b|(?:an|per|a) h(?:ou)?r\b|hourly\b|(?:la|por|a la|x) hora\b)")
PER_YEAR = re.compile(
    r"^ ?\+? ?(?:/ ?y(?:ea)?r\b|(?:a|per) y(?:ea)?r\b|yearly\b|annual(?:ly)?\b|al ano\b|por ano\b|anual(?:es)?\b)"
)
PER_WEEK = re.compile(
    r"^ ?\+? ?(?:/ ?w(?:ee)?k\b|(?:a|per) week\b|weekly\b|(?:a|por) (?:la )?semana\b|semanal(?:es)?\b)"
)
SHARE_EACH = {PER_HOUR: WORK_HOURS_PER_YEAR, PER_WEEK: 52, PER_MONTH: 12, PER_YEAR: 1}
"""How many times a year pay comes that is told per hour, week, month or year."""

PAID = re.compile(
    r"\b(?:(?<!can )(?<!can't )(?<!cannot )(?<!to )(?<!i )pays?|paying|earn(?:s|ing)?|make|makes|making|salary|salaries|wages?|income|"
    r"gan(?:e|en|ar|an|o|a)|pag(?:an|uen|ue)|sueldos?|salarios?|ingresos?|cobr(?:ar|en|an))\b[^.;!?$\d]{0,28}$"
)
NOT_PAID = re.compile(
    r"\b(?:i|we|yo) (?:only |just |currently |now )?(?:make|earn|gano)\b[^.;!?]{0,28}$|\bgano\b[^.;!?]{0,20}$"
)
"""What a person earns now is not what they want to earn, nor what they can pay."""
CAN_PAY = re.compile(
    r"\b(?:under|below|less than|up to|at most|max(?:imum)?(?: of)?|no more than|not more than|cheaper than|over|above|more than|budget(?: is| of|'s)?|"
    r"afford|spend|spare|saved(?: up)?|pay|have|got|with|for|cost(?:s|ing)?|around|about|limit(?: is| of)?|tuition|menos de|hasta|maximo(?: de)?|mas de|tengo|"
    r"pagar|gastar|presupuesto(?: es)?(?: de)?|ahorr(?:os|ado|e)(?: de)?|cuesten?|por|con|pase de|unos|como)"
    r"(?: (?:about|around|only|just|like|maybe|than|more|of|to|is|up|a|the|me|unos|solo|como|de|los|nada|mas|que|total))*[: ]*$"
)
AFTER_PAY = re.compile(
    r"^ ?(?:or less|max(?:imum)?|tops|at (?:the )?most|or under|total|saved|to spend|budget|o menos|como maximo|maximo|ahorrados?|de presupuesto)\b"
)
FREE = re.compile(
    r"\b(?:free of charge|for free|free|no[- ]cost|zero cost|no tuition|(?:without|not) paying(?: anything)?|"
    r"(?:can'?t|cannot|can not) (?:pay|afford) (?:anything|a (?:dime|cent|penny)|nothing)|(?:have|got) no money|(?:i'm|im|i am) broke|"
    r"gratis|gratuit[oa]s?|sin costo|sin pagar(?: nada)?|no (?:puedo|tengo para) pagar(?: nada)?(?! mas)|no tengo (?:nada de )?dinero)\b"
)
NOT_FREE = re.compile(
    r"\b(?:sugar|gluten|drug|smoke|stress|feel|free time|tiempo|hands?|scot|toll)[- ]?$|\b(?:am|are|is|i'm|im|being) $"
)
FREE_TIME = re.compile(r"^ (?:on|after|in the|time|in|at|evenings?|nights?|weekends?|to|from|until|every|only)\b")

SPAN_UNITS = r"(?P<unit>weeks?|wks?|months?|mos|years?|yrs?|days?|semanas?|mes(?:es)?|anos?|dias?)"
COUNT = r"(?:(?P<count>\d+(?:\.\d+)?)(?: ?(?:-|to|a|o|or) ?(?P<upper>\d+))?|(?P<one>an?|one|un[ao]?)|(?P<half>half an?|medio)|(?P<couple>(?:a )?couple(?: of)?|un par de))"
UP_TO = (
    r"(?:in|within|under|less than|up to|at most|no more than|not more than|no longer than|not longer than|shorter than|max(?:imum)?(?: of)?|"
    r"over|more than|longer than|before|takes?|taking|lasts?|finish(?:ed)?(?: it| up)?|done|be done|only have|have|i got|en|menos de|hasta|maximo(?: de)?|no mas de|mas de|"
    r"dure(?:n)?|tard[ae](?:n)?|tengo|antes de|durar|pase de|termin(?:e|ar))"
)
MIDDLE = r"(?: (?:in|within|under|less|than|about|around|only|just|like|maybe|the|next|a|of|or|more|to|menos|de|unos|unas|como|solo|los|las|mas|proxim[oa]s|en))*"
TIME = re.compile(
    rf"\b{UP_TO}{MIDDLE} {COUNT} ?-?{SPAN_UNITS}\b(?! (?:old|of (?:work|experience)|ago|experience|in a row|de (?:edad|experiencia|trabajo)|viejo))"
)
TIME_AFTER = re.compile(
    rf"\b{COUNT} ?-?{SPAN_UNITS} (?:or less|max(?:imum)?|tops|at (?:the )?most|or (?:so|under|shorter|fewer)|long|o menos|como maximo|maximo|a lo mucho)\b"
)
TIME_KIND = re.compile(
    rf"\b{COUNT}[ -]{SPAN_UNITS}(?:[ -]long)? (?:class|course|program|training|thing|cert\w*)\b|\b(?:curso|clase|programa) de {COUNT.replace('count', 'c2').replace('upper', 'u2').replace('one', 'o2').replace('half', 'h2').replace('couple', 'p2')} {SPAN_UNITS.replace('unit', 'unit2')}\b"
)
THIS_MONTH = re.compile(
    r"\b(?:(?:done|finish\w*|ready|working|certified|complete\w*|over|through|terminar\w*|acabar\w*)(?: \w+){0,3} (?:this month|este mes)|by the end of (?:the|this) month|antes de fin(?:es)? de mes)\b"
)
UNREAL = re.compile(r"^ (?:isn'?t|is not|isnt|no es|seems un)(?: \w+)? ?(?:realistic|possible|realista|posible)")
HALF_YEAR = re.compile(r"\b(?:half a year|medio ano)\b")
HOURS = re.compile(
    rf"\b(?P<cue>under|below|less than|up to|at most|no more than|fewer than|max(?:imum)?(?: of)?|menos de|hasta|maximo(?: de)?|no mas de|"
    rf"at least|more than|over|minimum(?: of)?|al menos|por lo menos|minimo(?: de)?|mas de)(?: (?:about|around|unas|de))* {NUMBER} ?-?(?:clock )?(?:hours?|hrs?|horas?)\b"
    rf"(?! (?:a|per|por|each|al|every|away|cada)\b)|\b{NUMBER.replace('number', 'n2')} ?-?(?:clock )?(?:hours?|hrs?|horas?) (?P<after>or (?:less|fewer|under)|max(?:imum)?|tops|at most|or more|minimum|o menos|o mas|como maximo)\b"
)
AT_LEAST = re.compile(r"at least|more than|over|minimum|al menos|por lo menos|minimo|^mas de|or more|o mas")
NEGATED = re.compile(r"\b(?:not|no|nothing|never|can't|cannot|don't want|won't|nada|sin|que no)\b[^.;!?]{0,25}$")
RATE = re.compile(
    rf"\b(?:at least|over|more than|minimum(?: of)?|above|al menos|por lo menos|mas del?|minimo(?: del?)?|where|donde)(?: (?:a|the|el|un))* {NUMBER} ?(?:%|percent|por ciento)|"
    rf"\b{NUMBER.replace('number', 'n2')} ?(?:%|percent|por ciento) (?:or (?:more|better|higher)|o mas)"
)
EMPLOYED = re.compile(r"\b(?:jobs?|hired|employ\w*|placement|placed|work|trabaj\w*|emple\w*|coloca\w*)\b")


def min_wage(text: Text) -> Amount | None:
    """Return the least pay a year that is wished for, in US dollars; hours, weeks and months are made years."""
    for found in [*SIGNED.finditer(text.rest), *BARE.finditer(text.rest)]:
        before, after = text.rest[: found.start()], text.rest[found.end() :]
        times = next((times for pattern, times in SHARE_EACH.items() if pattern.match(after)), None)
        if NOT_PAID.search(before):
            text.blank(*found.span())
            continue
        is_paid = PAID.search(before) is not None
        if not is_paid and (times in (None, 12, 52) or (times == 1 and CAN_PAY.search(before))):
            continue
        value = _dollars(found)
        if times is None:
            times = 1 if value >= 1000 else WORK_HOURS_PER_YEAR if value < 200 else 52
        elif value * times < 5_000:
            continue
        end = found.end() + next((m.end() for p in SHARE_EACH if (m := p.match(after))), 0)
        paid = PAID.search(before)
        start = paid.start() if paid else found.start()
        return _amount(text, value * times, start, end)
    return None


def max_cost(text: Text) -> tuple[Amount | None, bool]:
    """Return the most that a person can pay, and whether that is for a month; 'free' is 0."""
    for pattern in (SIGNED, BARE):
        for found in pattern.finditer(text.rest):
            before, after = text.rest[: found.start()], text.rest[found.end() :]
            cue = CAN_PAY.search(before)
            value = _dollars(found)
            if pattern is BARE and (
                value < LEAST_BARE_DOLLARS or not (cue or AFTER_PAY.match(after)) or _is_year(found, value, before)
            ):
                continue
            monthly = PER_MONTH.match(after)
            end = found.end() + (monthly.end() if monthly else m.end() if (m := AFTER_PAY.match(after)) else 0)
            return _amount(text, value, cue.start() if cue else found.start(), end), monthly is not None
    for found in FREE.finditer(text.rest):
        before, after = text.rest[: found.start()], text.rest[found.end() :]
        if found[0] == "free" and (NOT_FREE.search(before) or FREE_TIME.match(after)):
            continue
        return _amount(text, 0.0, *found.span()), False
    return None, False


def max_weeks(text: Text) -> Amount | None:
    """Return the longest time that a person has, in weeks; a month is 52/12 weeks."""
    for pattern in (TIME, TIME_AFTER, TIME_KIND):
        for found in pattern.finditer(text.rest):
            weeks = _weeks(found)
            if weeks and not UNREAL.match(text.rest[found.end() :]):
                return _amount(text, weeks, *found.span())
    for pattern, fixed in ((HALF_YEAR, 26.0), (THIS_MONTH, WEEKS_PER_MONTH)):
        if said := pattern.search(text.rest):
            return _amount(text, fixed, *said.span())
    return None


def hours(text: Text) -> tuple[Amount | None, Amount | None]:
    """Return the least and the most hours of class that are wished for."""
    for found in HOURS.finditer(text.rest):
        cue = found["cue"] or found["after"]
        negated = NEGATED.search(text.rest[: found.start()])
        amount = _amount(text, _number(found["number"] or found["n2"]), *found.span())
        at_least = AT_LEAST.search(cue) and not negated and not cue.startswith("no ")
        return (amount, None) if at_least else (None, amount)
    return None, None


def min_employment(text: Text) -> Amount | None:
    """Return the least share of people at work afterwards that is wished for."""
    for found in RATE.finditer(text.rest):
        if EMPLOYED.search(text.rest[max(0, found.start() - 60) : found.end() + 60]):
            return _amount(text, _number(found["number"] or found["n2"]) / 100, *found.span())
    return None


def _amount(text: Text, value: float, start: int, end: int) -> Amount:
    words = text.said(start, end)
    text.blank(start, end)
    return Amount(value=value, words=words)


def _dollars(found: re.Match[str]) -> float:
    groups = found.groupdict()
    thousands = groups.get("thousands") or groups.get("t2")
    return _number(groups.get("number") or groups.get("n2") or "0") * (1000 if thousands else 1)


def _is_year(found: re.Match[str], value: float, before: str) -> bool:
    """A bare number such as 2021 after 'in' is a year; one of five digits after a place word is a ZIP code."""
    is_zip = (
        len(found["number"]) == 5
        and "," not in found["number"]
        and not re.search(r"(?:budget|pay|spend|afford|presupuesto|pagar|gastar)\b[^.;]{0,20}$", before)
    )
    return is_zip or (1950 <= value <= 2035 and re.search(r"\b(?:in|since|of|en|desde|del?)\s*$", before) is not None)


def _weeks(found: re.Match[str]) -> float | None:
    groups = {key.rstrip("2"): value for key, value in found.groupdict().items() if value}
    count = groups.get("upper") or groups.get("u") or groups.get("count") or groups.get("c")
    number = (
        float(count)
        if count
        else 0.5
        if "half" in groups or "h" in groups
        else 2.0
        if "couple" in groups or "p" in groups
        else 1.0
    )
    unit = groups["unit"]
    per = (
        1 / 7
        if unit.startswith(("day", "dia"))
        else 1.0
        if unit.startswith(("w", "sem"))
        else WEEKS_PER_MONTH
        if unit.startswith("m")
        else float(WEEKS_PER_YEAR)
    )
    return number * per or None


def _number(text: str) -> float:
    return float(re.sub(r"[,.](?=\d{3}(?:\D|$))", "", text).replace(",", ""))
