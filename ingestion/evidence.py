"""The evidence of one subject, as the rules see it: frozen, complete, and in no particular order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from catalog.ageing import last_day
from catalog.records import Accreditation, EventKind, Level, Measure, Program, Provider, ProviderEvent


@dataclass(frozen=True, slots=True)
class Peers:
    """Where a rate stands among those of its field in the state: context, never a verdict."""

    state: str
    cip: str
    programs: int
    lower: int


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one subject.

    `provider` is the record that the subject is, or whose program it is; `linked` are the records
    of the same school in other sources; `school` is the institution that the provider is or belongs
    to. `measures` are the subject's own; `field_measures` those of its provider and field of study.
    `accreditations` and `parent_events` serve the accreditor's actions. `part_events` are acts about the
    school's parts: no finding comes of them here, but their later words can overtake the school's own.
    `institution_events` are acts about the institution whose branch the school is by its OPEID.
    `chain_notices` are ids of notices that were published alike for several schools.
    """

    level: Level
    subject_id: str
    provider: Provider | None = None
    linked: tuple[Provider, ...] = ()
    school: Provider | None = None
    program: Program | None = None
    cip: str | None = None
    events: tuple[ProviderEvent, ...] = ()
    parent_events: tuple[ProviderEvent, ...] = ()
    part_events: tuple[ProviderEvent, ...] = ()
    institution_events: tuple[ProviderEvent, ...] = ()
    accreditations: tuple[Accreditation, ...] = ()
    measures: tuple[Measure, ...] = ()
    field_measures: tuple[Measure, ...] = ()
    threshold: Measure | None = None
    chain_notices: frozenset[str] = frozenset()
    peers: Peers | None = None

    def measured(self, name: str) -> tuple[Measure, ...]:
        """Return the subject's own figures of that name which may be the current one."""
        return current(measure for measure in self.measures if measure.name == name)

    def of_kind(self, kind: EventKind) -> list[ProviderEvent]:
        """Return the acts of that kind, in the order of their ids."""
        return sorted((event for event in self.events if event.kind == kind), key=lambda event: event.id)


def current(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Return those figures that may be the latest: of the newest date, and any without a date."""
    found = list(measures)
    if len(found) < 2:
        return tuple(found)
    found.sort(key=by_origin)
    dates = [day for measure in found if (day := dated(measure.provenance.as_of)) is not None]
    newest = max(dates, default=None)
    return tuple(m for m in found if (day := dated(m.provenance.as_of)) is None or day == newest)


def dated(as_of: str | None) -> date | None:
    """Return the last day that a date by year, month or day speaks of."""
    return None if as_of is None else last_day(as_of)


def by_origin(measure: Measure) -> tuple[str, str, int, str]:
    """Return where a figure stands, to sort by; of two in one place the text decides."""
    origin = measure.provenance
    return origin.source, origin.file or "", origin.row or 0, repr(measure)
