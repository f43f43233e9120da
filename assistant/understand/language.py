"""Which of our two languages a text is in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assistant.answer import Language
from assistant.understand.words import folded

if TYPE_CHECKING:
    from lingua import LanguageDetector


@cache
def _detector() -> LanguageDetector:
    from lingua import Language as Tongue
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(Tongue.ENGLISH, Tongue.SPANISH).build()


SPANISH = frozenset(
    [
        "de",
        "el",
        "la",
        "los",
        "las",
        "en",
        "que",
        "para",
        "con",
        "por",
        "un",
        "una",
        "y",
        "del",
        "al",
        "cerca",
        "quiero",
        "busco",
        "menos",
        "como",
        "cuanto",
        "cuantos",
        "cuesta",
        "hay",
        "tengo",
        "necesito",
        "soy",
        "curso",
        "cursos",
        "clase",
        "clases",
        "mi",
        "mis",
        "se",
        "lo",
        "es",
        "esta",
        "gratis",
        "donde",
        "cual",
        "porque",
        "pero",
        "sin",
        "hasta",
        "mas",
        "muy",
        "si",
        "sea",
        "kiero",
        "gusta",
        "puedo",
        "condado",
        "hola",
        "ser",
    ]
)
ENGLISH = frozenset(
    [
        "the",
        "a",
        "an",
        "in",
        "of",
        "to",
        "for",
        "and",
        "i",
        "my",
        "is",
        "are",
        "near",
        "with",
        "under",
        "what",
        "how",
        "can",
        "do",
        "want",
        "need",
        "class",
        "course",
        "classes",
        "courses",
        "program",
        "that",
        "it",
        "but",
        "so",
        "at",
        "on",
        "from",
        "be",
        "have",
        "not",
        "me",
        "which",
        "does",
        "where",
        "get",
        "i'm",
        "im",
        "program",
        "programs",
        "school",
        "or",
        "would",
    ]
)
"""Words that tell the language where names and trades don't; those of both languages are in neither."""
BOTH = SPANISH & ENGLISH
SURE = 0.8
"""Least confidence for Spanish: an abbreviation or a name alone is in neither language."""


def language_of(text: str) -> Language:
    """Return `es` where the text is surely Spanish, else `en`."""
    words = folded(text).split()
    spanish, english = (
        sum(word.strip(",.?!¿¡") in each for word in words) for each in (SPANISH - BOTH, ENGLISH - BOTH)
    )
    if spanish != english:
        return "es" if spanish > english else "en"
    for value in _detector().compute_language_confidence_values(text):
        if value.language.iso_code_639_1.name == "ES":
            return "es" if value.value >= SURE else "en"
    return "en"
