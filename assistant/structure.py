"""A chat model may put an unusual wording into usual words; the same parser then reads them.

The model never sets a limit. It says which words of the question state one, and how the parser would like to hear
them. A limit that the parser read by itself stays as it is, and a figure must stand in the words quoted.
"""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, Field

from assistant.answer import Intent, Question
from assistant.failures import ModelError
from assistant.model import ChatModel, Usage
from assistant.understand.query import Amount, Places, Query, Slot
from prompts.documents import prompt
from prompts.plain_words import plain_words

LOG = logging.getLogger(__name__)
Wanted = Literal["max_cost", "max_weeks", "where", "evening", "childcare", "spanish", "delivery"]
LIMITS: dict[Wanted, str] = {
    "max_cost": "max_cost_usd",
    "max_weeks": "max_weeks",
    "where": "place",
    "evening": "evening",
    "childcare": "childcare",
    "spanish": "spanish",
    "delivery": "delivery",
}
"""What a model may find, and the parser's name of each."""
ASKED = (Intent.FIND_PROGRAMS, Intent.COUNT, Intent.UNCLEAR)
MOST_TOKENS = 300
LONGEST_WORDS = 60
FEWEST_LEFT = 3
"""Words that nothing was read from; with fewer there is nothing to find."""
THOUSANDS = re.compile(r"\d ?k\b|\b(?:grand|thousand|mil|k)\b")
FACTORS = ((re.compile(r"month|mes"), 52 / 12), (re.compile(r"year|año"), 52.0), (re.compile(r"day|día"), 1 / 7))
ONE = frozenset({"a", "an", "one", "un", "una", "uno"})
NEAR_ENOUGH = 0.06
"""A month is 4.3 weeks to the parser, and 4 to many people: rounding is no contradiction."""


class Limit(BaseModel):
    """One limit that the model found."""

    slot: Wanted
    words: str
    says: str


class Limits(BaseModel):
    """All limits that the model found."""

    limits: list[Limit] = Field(default_factory=list)


@dataclass
class Structurer:
    """Fills what the parser left empty; made once, safe to share between threads."""

    model: ChatModel
    read: Callable[[Question], Query] = field(repr=False)
    mask: Callable[[str], str] = field(repr=False)

    def filled(self, query: Query, question: Question, usage: Usage) -> Query:
        """Return the query with limits that the model pointed out; the query itself where it fails or finds none."""
        if query.intent not in ASKED or len(_left(query)) < FEWEST_LEFT:
            return query
        known = ", ".join(name for name, key in LIMITS.items() if key in query.limits) or "none"
        key = secrets.token_hex(6)
        asked = f"BEGIN {key}\n{self.mask(query.text)}\nEND {key}"
        system = prompt("structure", known=known, key=key)
        try:
            found = self.model.fill([("system", system), ("user", asked)], Limits, MOST_TOKENS, usage)
        except ModelError as error:
            LOG.warning("structure failed: %s", error.kind)
            return query
        for limit in found.limits:
            query = self._with(limit, query, question)
        return query

    def _with(self, limit: Limit, query: Query, question: Question) -> Query:
        name, words = LIMITS[limit.slot], " ".join(limit.words.split())
        at = query.text.lower().find(words.lower())
        taken = [slot.words.lower() for slot in query.limits.values()]
        overlaps = any(words.lower() in each or each in words.lower() for each in taken)
        if name in query.limits or at < 0 or not 0 < len(words) <= LONGEST_WORDS or overlaps:
            return query
        quoted = query.text[at : at + len(words)]
        # In its place in the question, so that the parser hears it as it would have been said.
        text = f"{query.text[:at]}{limit.says}{query.text[at + len(words) :]}"
        again = self.read(question.model_copy(update={"text": text, "language": query.language}))
        slot = again.limits.get(name)
        if slot is None or not _is_quoted(slot, limit, quoted):
            return query
        update: dict[str, object] = {"limits": {**query.limits, name: slot.model_copy(update={"words": quoted})}}
        if again.subject.is_known and (not query.subject.is_known or quoted.lower() in query.topic.lower()):
            update |= {"subject": again.subject, "topic": again.topic, "intent": again.intent}
        return query.model_copy(update=update)


def _left(query: Query) -> list[str]:
    """Return the words of a question that neither its subject nor a limit was read from."""
    text = query.text.lower()
    for words in sorted((slot.words.lower() for slot in query.limits.values()), key=len, reverse=True):
        text = text.replace(words, " ")
    topic = set(query.topic.lower().split())
    return [word for word in re.findall(r"[^\W\d_]{2,}|\d+", text) if word not in topic]


def _is_quoted(slot: Slot, limit: Limit, quoted: str) -> bool:
    """Whether what was read comes from the words quoted: its figure, or its place."""
    if isinstance(slot, Amount):
        return any(abs(slot.value - value) <= NEAR_ENOUGH * slot.value for value in _values(quoted.lower(), limit.slot))
    if isinstance(slot, Places):
        return all(where.name.lower() in quoted.lower() for where in slot.value)
    return True


def _values(quoted: str, slot: Wanted) -> Iterator[float]:
    """Yield the figures that words can mean."""
    numbers = {word: value for language in ("en", "es") for word, value in plain_words(language).numbers.items()}
    found = [float(each.replace(",", "")) for each in re.findall(r"\d[\d,]*(?:\.\d+)?", quoted)]
    words = re.findall(r"[^\W\d_]+", quoted)
    found += [float(numbers[word]) for word in words if word in numbers]
    found += [1.0 for word in words if word in ONE]
    factor = next((weeks for unit, weeks in FACTORS if unit.search(quoted)), 1.0) if slot == "max_weeks" else 1.0
    thousands = 1000 if slot == "max_cost" and THOUSANDS.search(quoted) else 1
    for value in found:
        yield value * factor * thousands
        if value >= 1 and thousands == 1 and slot == "max_cost" and "hundred" in quoted:
            yield value * 100
