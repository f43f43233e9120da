"""The degrees that a posting asks for, in English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from assistant.postings.words import folded


class Degree(IntEnum):
    """Levels of schooling, lowest first."""

    HIGH_SCHOOL = 1
    ASSOCIATE = 2
    BACHELOR = 3
    MASTER = 4
    DOCTORATE = 5


class Named(NamedTuple):
    """A degree that a sentence names: characters `start` to `end` of the sentence."""

    degree: Degree
    start: int
    end: int


FIELD = r"(?: degree| of (?:science|arts)| in | or )"
PATTERNS = (
    (Degree.DOCTORATE, r"\b(?:doctorate|doctoral degree|ph\.?d\b|doctorado)"),
    (Degree.MASTER, rf"\b(?:master'?s?{FIELD}|master'?s\b(?= preferred| required)|m\.?b\.?a\b|maestria)"),
    (
        Degree.BACHELOR,
        rf"\b(?:bachelor(?:'?s\b|{FIELD})|b\.[sa]\b|(?:bs|ba)(?: degree| in |/b[sa]\b)|(?:four|4)[- ]year degree|"
        r"(?:college|university|undergraduate) degree|titulo universitario|carrera universitaria|licenciatura)",
    ),
    (
        Degree.ASSOCIATE,
        r"\b(?:associate'?s?(?: degree| of (?:science|arts|applied)| in )|(?:two|2)[- ]year degree|a\.?a\.?s\b|"
        r"titulo (?:de )?asociado|grado asociado)",
    ),
    (
        Degree.HIGH_SCHOOL,
        r"\b(?:high school (?:diploma|graduate|degree|equivalent)|hs diploma|g\.?e\.?d\b|"
        r"diploma de (?:secundaria|preparatoria|escuela superior)|escuela secundaria)",
    ),
)
COMPILED = tuple((degree, re.compile(pattern)) for degree, pattern in PATTERNS)


def degrees_in(sentence: str) -> Iterator[Named]:
    """Yield the degrees that a sentence names, each level once."""
    clean = folded(sentence).replace("’", "'")
    for degree, pattern in COMPILED:
        match = pattern.search(clean)
        if match is not None:
            yield Named(degree, match.start(), len(clean[: match.end()].rstrip()))
