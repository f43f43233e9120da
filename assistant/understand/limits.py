"""Limits read from words: money, time, schedule, way of teaching, services; English and Spanish."""

from __future__ import annotations

import re

from assistant.understand.query import Amount, Way, Wish
from catalog.records import Delivery

NUMBER = r"(\d{1,3}(?:[,.]\d{3})+|\d+(?:\.\d+)?)"
BELOW = (
    r"(?:under|below|less than|up to|at most|max(?:imum)?(?: of)?|no more than|cheaper than|for|have(?: about| only)?|"
    r"budget(?: is| of)?|afford|spend|menos de|hasta|m[aá]ximo(?: de)?|no m[aá]s de|por(?: menos de)?|tengo(?: unos| solo)?|"
    r"presupuesto(?: de)?)"
)
MONEY = re.compile(
    rf"(?:{BELOW}\s+(?:about |around |only |unos )?)?\$\s?{NUMBER}\s?(k\b|mil\b)?|"
    rf"(?:{BELOW}\s+)?\b{NUMBER}\s?(k|mil)?\s?(?:dollars|bucks|usd|d[oó]lares)\b",
    re.IGNORECASE,
)
FREE = re.compile(r"\b(free of charge|for free|free|no cost|gratis|gratuit[oa]s?|sin costo)\b", re.IGNORECASE)
TIME = re.compile(
    r"(?:\b(?:in|within|under|less than|up to|at most|no more than|shorter than|en|menos de|hasta|m[aá]ximo)\s+(?:less than |menos de )?)"
    rf"{NUMBER}\s?(weeks?|months?|semanas?|mes(?:es)?)\b",
    re.IGNORECASE,
)
EVENING = re.compile(
    r"\b(evenings?|at night|nights?|after work|de noche|por la noche|nocturn[oa]s?|en las noches)\b", re.IGNORECASE
)
ONLINE = re.compile(
    r"\b(online|on-line|remote(?:ly)?|from home|en l[ií]nea|a distancia|desde casa|virtual(?:es)?)\b", re.IGNORECASE
)
NOT_ONLINE = re.compile(
    r"\b(?:not|no|nothing|never|without|don'?t want(?: it| anything)?|sin|nada)\s+(?:\w+\s+)?(?:online|remote|en l[ií]nea)\b|"
    r"\b(in[- ]person|in a classroom|face to face|presencial(?:es)?|en persona)\b",
    re.IGNORECASE,
)
HYBRID = re.compile(r"\b(hybrid|partly online|h[ií]brid[oa]s?|semipresencial(?:es)?)\b", re.IGNORECASE)
SPANISH = re.compile(
    r"\b((?:taught |classes |courses )?in spanish|(?:clases? |cursos? )?en espa[nñ]ol)\b", re.IGNORECASE
)
CHILDCARE = re.compile(r"\b(child ?care|day ?care|cuidado de (?:ni[nñ]os|mis hijos)|guarder[ií]a)\b", re.IGNORECASE)
WEEKS_PER_MONTH = 52 / 12


def max_cost(text: str) -> Amount | None:
    """Return the most that a person can pay in all; 'free' is 0."""
    found = MONEY.search(text)
    if found:
        number, thousands = (found[1], found[2]) if found[1] else (found[3], found[4])
        value = _number(number) * (1000 if thousands else 1)
        return Amount(value=value, words=found[0].strip())
    free = FREE.search(text)
    return Amount(value=0, words=free[0]) if free else None


def max_weeks(text: str) -> Amount | None:
    """Return the longest time that a person has, in weeks."""
    found = TIME.search(text)
    if not found:
        return None
    value = _number(found[1])
    is_month = found[2].lower().startswith("m")
    return Amount(value=round(value * WEEKS_PER_MONTH, 1) if is_month else value, words=found[0].strip())


def delivery(text: str) -> Way | None:
    """Return how a person wants to be taught; 'not online' means in person."""
    for pattern, way in (
        (NOT_ONLINE, Delivery.IN_PERSON),
        (HYBRID, Delivery.HYBRID),
        (ONLINE, Delivery.ONLINE),
    ):
        found = pattern.search(text)
        if found:
            return Way(value=way, words=found[0])
    return None


def wish(pattern: re.Pattern[str], text: str) -> Wish | None:
    """Return a wish for what a pattern names."""
    found = pattern.search(text)
    return Wish(value=True, words=found[0]) if found else None


def _number(text: str) -> float:
    return float(re.sub(r"[,.](?=\d{3}\b)", "", text).replace(",", ""))
