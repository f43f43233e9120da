"""A message made comparable: without accents, slips of the keyboard mended; each find leads back to the words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

MENDED = """
accommodation accreditation accredited attorney bankruptcy cancel certificate closed closing complaint crisis deadline
disability discriminated discrimination discriminate financial forged fraud fraudulent identity illegal impersonating
lawsuit lawyer license phishing racist refund refunds scammed scammer school stolen suicidal suicide transcript transcripts
transfer withdraw withdrawal yourself
abogada abogado amenaza cancelar cerrada cerraron certificado demanda demandar denuncia discapacidad discriminan
discriminaron discriminacion escuela estafa estafaron fraude identidad reembolso robaron suicidar suicidarme suicidio
""".split()
"""Words that decide, mended when one letter is wrong, missing, doubled or swapped."""
TRUE_WORDS = frozenset(
    """closet closes closer closely clothing refunded schools scholar licensed licenses licence certificates transferred
    withdrawn withdraws complaints deadlines transfers canceled cancels estafan estafar reembolsos escuelas abogados abogadas
    demandas demandan certificados fraudes denuncian denuncio denuncie denunciar cerrado cerradas cancela cancelan
    cancele formed forced forces forge estaba estaban financially crises lawyers attorneys accredit accredits identify identities""".split()
)
SHORTEST = 5


class Folded:
    """A text in lower case without accents; `words` gives back the original words of a match."""

    def __init__(self, text: str) -> None:
        self.original = text
        self.text, self._where = _fold(text)

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the first match of a pattern written in lower case without accents."""
        return pattern.search(self.text)

    def words(self, start: int, end: int) -> str:
        """Return the original words of a stretch of the folded text, on one line."""
        first, last = self._where[start], self._where[end - 1] + 1
        return " ".join(self.original[first:last].split())


def _fold(text: str) -> tuple[str, list[int]]:
    """Return the folded text, and for each of its characters the place in the original."""
    out: list[str] = []
    where: list[int] = []
    for found in re.finditer(r"\w+|\W", "".join(_plain(c) for c in text)):
        token, start = found[0], found.start()
        mended = _mended(token) if len(token) >= SHORTEST and token.isalpha() else token
        out.append(mended)
        where += [start + min(at, len(token) - 1) for at in range(len(mended))]
    return "".join(out), where


def _plain(char: str) -> str:
    """Return one character for one: offsets must stay."""
    if char in "’‘´`":
        return "'"
    lower = unicodedata.normalize("NFKD", char)[0].lower() if not char.isascii() else char.lower()
    return lower[0] if lower else char


@cache
def _vocabulary() -> dict[int, tuple[str, ...]]:
    return {size: tuple(word for word in MENDED if len(word) == size) for size in {len(word) for word in MENDED}}


@lru_cache(maxsize=50_000)
def _mended(word: str) -> str:
    """Return the deciding word that a word is one slip away from, else the word."""
    by_size = _vocabulary()
    if word in TRUE_WORDS or word in by_size.get(len(word), ()):
        return word
    for size in (len(word), len(word) - 1, len(word) + 1):
        for known in by_size.get(size, ()):
            # The first letter is seldom wrong; inflected forms are no slips.
            no_slip = known[0] != word[0] or word.startswith(known) or known.startswith(word)
            if not no_slip and OSA.distance(word, known, score_cutoff=1) == 1:
                return known
    return word
