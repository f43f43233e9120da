"""Reading a sentence as tokens: marks, names, figures, dates, words; anything else makes it unreadable."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from assistant.narration.facts import Held
from prompts.library import money, number, percent
from prompts.plain_words import plain_words

NUMERAL = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
NOT_IN_WORD = r"(?<![\w.,$])"
YEAR = re.compile(r"(?:19|20)\d{2}")
FOLDED = str.maketrans({"’": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-", "‑": "-"})


class Token(NamedTuple):
    """A piece of a sentence; `value` is its canonical form, `marks` the numbers of a citation."""

    kind: str
    value: str
    marks: tuple[int, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether it is a figure without a unit sign."""
        return self.kind == "figure" and self.value[-1] != "%" and self.value[0] != "$"


class Scanner:
    """Reads sentences about what is held, in one language."""

    def __init__(self, held: Held, language: str) -> None:
        self.words = plain_words(language)
        self._parts = _grammar(language, _names(held))

    def tokens(self, sentence: str) -> list[Token] | None:
        """Return the tokens, or None where the sentence has anything that no plain sentence has."""
        found: list[Token] = []
        text, at = sentence.translate(FOLDED).lower(), 0
        while at < len(text):
            part = self._parts.match(text, at)
            if part is None or part.end() == at:
                return None
            if part.lastgroup != "space":
                found.append(self._token(str(part.lastgroup), part[0]))
            at = part.end()
        return self._ranges(self._counted(found))

    def _token(self, kind: str, text: str) -> Token:
        text = " ".join(text.split())
        if kind == "mark":
            return Token("mark", text, tuple(int(each) for each in re.findall(r"\d+", text)))
        if kind == "number" and YEAR.fullmatch(text):
            return Token("date", text)
        if kind in ("money", "percent", "number"):
            amount = float(re.sub(r"[^\d.]", "", re.sub(r"\.(?!\d)", "", text)))
            said = {"money": money, "percent": lambda value: percent(value / 100), "number": number}[kind](amount)
            # A figure finer than it is written here would look like another one when rounded.
            exact = amount == round(amount, {"money": 2, "percent": 0, "number": 1}[kind])
            return Token("figure", said if exact else "?")
        return Token("date", self._date(text)) if kind == "date" else Token(kind, text)

    def _date(self, text: str) -> str:
        if text[0].isdigit():
            return text
        month = next(n for n, name in enumerate(self.words.months, start=1) if text.startswith(name))
        return f"{text[-4:]}-{month:02d}"

    def _counted(self, tokens: list[Token]) -> list[Token]:
        """A number in words counts as a figure where it counts programs."""
        roles = self.words.roles
        nouns = roles["found"].after | roles["shown"].after
        out = list(tokens)
        for at, token in enumerate(tokens[:-1]):
            following = [each.value for each in tokens[at + 1 : at + 4] if each.kind in ("word", "name")]
            if token.kind == "word" and token.value in self.words.numbers and nouns & set(following):
                out[at] = Token("figure", str(self.words.numbers[token.value]))
        return out

    def _ranges(self, tokens: list[Token]) -> list[Token]:
        """Join `4 to 11` into one figure."""
        out: list[Token] = []
        for token in tokens:
            joins = len(out) > 1 and out[-1].value in self.words.range and out[-1].kind in ("word", "sign")
            if joins and token.is_number and out[-2].is_number and "-" not in out[-2].value:
                out[-2:] = [Token("figure", f"{out[-2].value}-{token.value}")]
            else:
                out.append(token)
        return out


def _names(held: Held) -> frozenset[str]:
    found = set(held.topic) | set(held.places)
    for subject in held.subjects:
        found |= subject.names | subject.school | subject.held
    return frozenset(found)


@lru_cache(maxsize=64)
def _grammar(language: str, names: frozenset[str]) -> re.Pattern[str]:
    words = plain_words(language)
    year = YEAR.pattern
    parts = {
        "space": r"\s+",
        "mark": r"\[\d{1,4}\](?:\s*\[\d{1,4}\])*",
        "date": rf"{year}-\d{{2}}(?:-\d{{2}})?(?!\w)|(?:{_any(words.months)})\s+(?:de\s+|of\s+)?{year}(?!\w)",
        "name": rf"(?<!\w)(?:{_any(names)})(?!\w)" if names else r"(?!)",
        "money": rf"{NOT_IN_WORD}(?:\$\s?{NUMERAL}(?![\w])|{NUMERAL}\s(?:{_any(words.dollars)})(?!\w))",
        "percent": rf"{NOT_IN_WORD}{NUMERAL}\s?(?:%|(?:{_any(words.percent)})(?!\w))",
        "number": rf"{NOT_IN_WORD}{NUMERAL}(?!\w)",
        "phrase": rf"(?<!\w)(?:{_any(words.told())})(?!\w)",
        "word": r"[a-záéíóúüñ]+(?:'[a-z]{1,2})?(?![\w])",
        "sign": r"[,;:()]|-(?![\d$])|(?<=\d)-(?=\d)",
        "end": r"[.?]|\"",
    }
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in parts.items()), re.ASCII)


def _any(texts: Iterable[str]) -> str:
    longest_first = sorted(texts, key=lambda text: (-len(text), text))
    return "|".join(re.escape(text.translate(FOLDED)).replace(r"\ ", r"\s+") for text in longest_first)
