"""Which of our two languages a text is in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from assistant.answer import Language

if TYPE_CHECKING:
    from lingua import LanguageDetector


@cache
def _detector() -> LanguageDetector:
    from lingua import Language as Tongue
    from lingua import LanguageDetectorBuilder

    return LanguageDetectorBuilder.from_languages(Tongue.ENGLISH, Tongue.SPANISH).build()


SURE = 0.8
"""Least confidence for Spanish: an abbreviation or a name alone is in neither language."""


def language_of(text: str) -> Language:
    """Return `es` where the text is surely Spanish, else `en`."""
    for value in _detector().compute_language_confidence_values(text):
        if value.language.iso_code_639_1.name == "ES":
            return "es" if value.value >= SURE else "en"
    return "en"
