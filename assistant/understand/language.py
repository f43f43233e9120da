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


def language_of(text: str) -> Language:
    """Return `es` where the text is Spanish, else `en`."""
    found = _detector().detect_language_of(text)
    return "es" if found is not None and found.iso_code_639_1.name == "ES" else "en"
