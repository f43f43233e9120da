"""What a member of staff has to ask back: what is needed for a category and not in the message."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.desk.about import Subject
from assistant.desk.deadlines import Deadline
from assistant.desk.labels import Category
from assistant.desk.personal import Span
from assistant.desk.reading import Folded

NEEDED = {
    Category.PROGRAM_SEARCH: ("goal", "place"),
    Category.CREDENTIAL_MEANING: ("credential",),
    Category.PROVIDER_COMPLAINT: ("school", "when"),
    Category.REFUND: ("school", "when", "amount"),
    Category.FINANCIAL_AID: ("school", "program_of_aid"),
    Category.RECORDS: ("school", "when"),
    Category.ACCREDITATION: ("school_or_credential",),
    Category.TECHNICAL: ("device",),
    Category.ACCESSIBILITY: ("school", "need"),
    Category.SCHOOL_CLOSING: ("school", "when"),
    Category.FRAUD: ("who", "when"),
    Category.OTHER: (),
}
SAID = {
    "goal": r"\b(?:nurs\w+|cna|lpn|weld\w*|hvac|cdl|truck\w*|coding|code|cyber\w*|medical|dental|cosmet\w+|barber\w*|electric\w*|plumb\w*|pharmacy|phlebotom\w+|paralegal|culinary|cook\w*|it\b|data|forklift|welder|enfermer\w*|soldadura|electric\w+|cosmetologia|cocina|camion\w*|refrigeracion|asistente|tecnico|ingles)",
    "place": r"\b(?:in|near|around|from|en|cerca de|por) [a-z]{3,}",
    "credential": r"\b(?:comptia|osha|cpr|epa|servsafe|pmp|cpc|ccs|cna|ged|hse|badge|degree|insignia|certificat\w+ (?:in|of|de|en) \w+|licen[sc]e|licencia)\b",
    "school": r"\b(?:[a-z']+ ){1,3}(?:academy|college|institute|university|career center)\b|\b(?:academia|instituto|colegio|universidad|escuela) [a-z]{4,}",
    "when": r"\b(?:monday|tuesday|wednesday|thursday|friday|january|february|march|april|june|july|august|september|october|november|december|today|yesterday|week|month|year|20\d\d|19\d\d|lunes|martes|miercoles|jueves|viernes|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|hoy|ayer|semana|mes|meses|ano|anos)\b|\d{1,2}/\d{1,2}",
    "amount": r"\$ ?\d|\b\d[\d,.]* ?(?:dollars|bucks|dolares|usd|grand)\b",
    "program_of_aid": r"\b(?:pell|wioa|fafsa|gi bill|loan\w*|grant|scholarship|voucher|beca|prestamo|stipend|vr&e|plan)\b",
    "device": r"\b(?:chrome|safari|firefox|edge|android|iphone|ipad|windows|mac\w*|laptop|phone|computer|celular|telefono|computadora)\b",
    "need": r"\b(?:interpreter|asl|caption\w*|wheelchair|ramp|elevator|lift|extra time|screen reader|large print|note tak\w+|service dog|separate room|interprete|subtitulos|silla|rampa|tiempo extra|lector|letra grande|senas)\b",
    "who": r"\b(?:man|woman|guy|lady|recruiter|school|website|page|teacher|instructor|email|caller|college|hombre|senor\w*|pagina|escuela|profesor\w*|alguien|correo)\b",
}
COMPILED = {name: re.compile(pattern) for name, pattern in SAID.items()}


def missing_in(
    category: Category, folded: Folded, about: Sequence[Subject], due: Sequence[Deadline], personal: Sequence[Span]
) -> tuple[str, ...]:
    """Return the keys of what to ask for; a way to answer is asked for where none is given."""
    kinds = {each.kind for each in about}
    known = {
        "school": "provider" in kinds,
        "credential": "credential" in kinds,
        "school_or_credential": bool(kinds) or _said(folded, "school") or _said(folded, "credential"),
        "when": bool(due),
    }
    asked = [need for need in NEEDED[category] if not (known.get(need) or _said(folded, need))]
    if category not in (Category.OTHER, Category.PROGRAM_SEARCH) and not any(
        s.kind in ("phone", "email") for s in personal
    ):
        asked.append("contact")
    return tuple(asked)


def _said(folded: Folded, need: str) -> bool:
    pattern = COMPILED.get(need)
    return pattern is not None and pattern.search(folded.text) is not None
