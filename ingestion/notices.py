"""VA's legal notices about schools, told apart by what their own words say, and counted once.

The list of settlements of April 2020 and the caution flags of October 2020 name many acts twice; of
what both say about one school and day the later file's words count, also where that file gives them
for the school's parts: a lawsuit that was settled is no longer a lawsuit. 'Settlement' rows hold
denials, charges and lawsuits too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from catalog.records import EventKind, Provenance, ProviderEvent
from ingestion.evidence import Case, dated

KINDS = (
    ("settlement", r"settle"),
    ("lawsuit_filed", r"filed (?:a )?(?:law)?suit|lawsuit"),
    ("charges_filed", r"filed charges"),
    ("recertification_denied", r"denial of recertification"),
    ("benefits_not_approved", r"not approved"),
    ("suspension", r"suspen"),
    ("federal_aid_lost", r"loss of title iv"),
    ("closing_announced", r"clos"),
    ("in_state_tuition_rule", r"section 702"),
)
PATTERNS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in KINDS)
SYSTEM = "school system "
NOTICES = (EventKind.SETTLEMENT, EventKind.CAUTION_FLAG)


class Notice(NamedTuple):
    """One act that notices speak of: its kind, the row that counts, and earlier rows about the same day."""

    kind: str
    event: ProviderEvent
    earlier: tuple[ProviderEvent, ...]
    of_chain: bool

    def about(self) -> list[Provenance]:
        """Return the origins of all rows, the one that counts first."""
        return [self.event.provenance, *(event.provenance for event in self.earlier)]

    def values(self) -> tuple[str, ...]:
        """Return the notice's own words, and where they are kept."""
        event = self.event
        said = [f"words={event.action}", f"dated={event.on.isoformat() if event.on else 'not_stated'}"]
        if event.url:
            said.append(f"link={event.url}")
        if event.subject_name:
            said.append(f"named={event.subject_name}")
        if event.system_name:
            said.append(f"chain={event.system_name}")
        said += [f"earlier_words={each.action}" for each in self.earlier if each.action != event.action]
        return tuple(dict.fromkeys(said))


def kind_of(event: ProviderEvent) -> str:
    """Return what a notice's words speak of."""
    words = f"{event.action} {event.reason or ''}"
    return next((kind for kind, pattern in PATTERNS if pattern.search(words)), "other_notice")


def notices(case: Case) -> list[Notice]:
    """Return the acts about a case's school, each once."""
    by_day: dict[str, list[ProviderEvent]] = defaultdict(list)
    for event in (*case.of_kind(EventKind.SETTLEMENT), *case.of_kind(EventKind.CAUTION_FLAG)):
        by_day[_day(event)].append(event)
    for event in sorted(case.part_events, key=lambda event: event.id):
        if event.kind in NOTICES and event.on is not None and _day(event) in by_day:
            by_day[_day(event)].append(event)
    return [notice for day in sorted(by_day) for notice in _of_one_day(by_day[day], case.chain_notices)]


def _day(event: ProviderEvent) -> str:
    return event.on.isoformat() if event.on else f"undated: {event.action.casefold()}"


def _of_one_day(events: Sequence[ProviderEvent], chain_notices: frozenset[str]) -> list[Notice]:
    days = {event.id: dated(event.provenance.as_of) for event in events}
    known = [day for day in days.values() if day is not None]
    newest = max(known, default=None)
    latest = [event for event in events if days[event.id] in (newest, None)]
    earlier = tuple(sorted((e for e in events if e not in latest), key=lambda e: e.id))
    acts: dict[str, list[ProviderEvent]] = defaultdict(list)
    for event in sorted(latest, key=lambda event: event.id):
        acts[event.action.casefold()].append(event)
    found = []
    for repeated in acts.values():
        everything = (*repeated[1:], *earlier)
        chain = any(_of_chain(event, chain_notices) for event in (repeated[0], *everything))
        found.append(Notice(kind_of(repeated[0]), repeated[0], everything, chain))
    return found


def _of_chain(event: ProviderEvent, chain_notices: frozenset[str]) -> bool:
    return event.id in chain_notices or bool(event.system_name) or (event.scope or "").startswith(SYSTEM)
