"""An answer in the making: what a reply fills in, and what the assistant then checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from assistant.answer import (
    Comparison,
    Counted,
    CredentialCard,
    PathStep,
    ProgramCard,
    ProviderCard,
    QueryCard,
    StandardCard,
    Status,
    TriageCard,
    UnknownCredential,
)
from assistant.check import Checker
from assistant.desk.triager import Triager
from assistant.evidence import Sources
from assistant.markup import plain
from assistant.ranking import Ranker
from assistant.understand.query import Amount, Places, Query
from assistant.understand.topic import TopicIndex
from assistant.verify import Ledger
from catalog.snapshot import Snapshot
from prompts import Texts
from prompts.library import money, number, percent
from vectorstore.search import Searcher


@dataclass
class Draft:
    """Lines of text with the cards and citations that they rest on."""

    query: Query
    texts: Texts
    snapshot: Snapshot
    searcher: Searcher
    checker: Checker
    triager: Triager
    topics: TopicIndex
    ranker: Ranker
    lines: list[str] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    status: Status = Status.ANSWERED
    programs: list[ProgramCard] = field(default_factory=list)
    relaxed: list[ProgramCard] = field(default_factory=list)
    credentials: list[CredentialCard] = field(default_factory=list)
    unknown_credentials: list[UnknownCredential] = field(default_factory=list)
    providers: list[ProviderCard] = field(default_factory=list)
    standards: list[StandardCard] = field(default_factory=list)
    triage: TriageCard | None = None
    clarification: str | None = None
    comparison: Comparison | None = None
    count: Counted | None = None
    path: list[PathStep] = field(default_factory=list)
    told: list[ProgramCard] = field(default_factory=list)
    """The programs of which a chat model may tell: they fit, and the text has them."""
    matching: int | None = None
    """How many programs fit."""

    def __post_init__(self) -> None:
        self.sources = Sources(self.snapshot)
        self.ledger.add(0, set(_figures(self.query)), [plain(slot.words) for slot in self.query.limits.values()])

    def say(self, key: str, **variables: Any) -> None:
        """Add one line."""
        self.lines.append(self.texts(key, **variables))

    def counted(self, *counts: int) -> None:
        """Allow counts of ours, made by a query over the records, in the text."""
        self.ledger.add(0, {number(count) for count in counts})

    def query_card(self) -> QueryCard:
        """Return how the question was understood."""
        return QueryCard(
            text=plain(self.query.text),
            topic=plain(self.query.topic) or None,
            filters=tuple(self.query.filters()),
            refers_to=self.query.refers_to,
            not_understood=self.query.not_understood,
        )

    def parts(self) -> dict[str, Any]:
        """Return the parts of the answer that replies fill in."""
        return {
            "status": self.status,
            "refused": self.status is Status.REFUSED,
            "programs": tuple(self.programs),
            "relaxed": tuple(self.relaxed),
            "credentials": tuple(self.credentials),
            "unknown_credentials": tuple(self.unknown_credentials),
            "providers": tuple(self.providers),
            "standards": tuple(self.standards),
            "triage": self.triage,
            "clarification": self.clarification,
            "comparison": self.comparison,
            "counted": self.count,
            "path": tuple(self.path),
        }


def _figures(query: Query) -> Iterator[str]:
    """Yield the figures of a question as they may be written."""
    for slot in query.limits.values():
        if isinstance(slot, Amount):
            yield from (money(slot.value), number(slot.value), percent(slot.value))
        elif isinstance(slot, Places):
            yield from (number(each.radius_miles) for each in slot.value if each.radius_miles is not None)
            yield from (each.zip for each in slot.value if each.zip is not None)
