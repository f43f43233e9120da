"""What is known of providers, read from a snapshot's tables and grouped once, so that no rule scans rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from catalog.records import Accreditation, EventKind, Measure, Provider, ProviderEvent, Record, Reported
from catalog.tables import from_row
from ingestion.bars import TINY
from ingestion.context import IssueLog
from ingestion.notices import kind_of
from ingestion.school_names import AGREES, agreement, comparable, prepared

T = TypeVar("T", bound=Record)

PROVIDER_MEASURES = (
    "award_rate_4yr",
    "award_rate_6yr",
    "completion_rate_150pct",
    "median_earnings_10yr_after_entry",
    "undergraduates",
    "veteran_graduation_rate",
)
OUTCOMES = (
    "average_quarterly_wage_q2",
    "completion_rate",
    "employment_rate_q2",
    "learner_rating",
    "median_earnings_q2",
)
MAIN = "00"
"""The last digits of an institution's own OPEID; its branches have others."""
MONITORING = "fsa_hcm"
FACILITY = "va:"
THRESHOLD = "earnings_premium_threshold"
PLACEMENT = "employment_rate_q2"
BATCH_ROWS = 20_000
MAX_PARENTS = 3


def table_rows(folder: Path, name: str, wanted: pc.Expression | None = None) -> pa.Table:
    """Return a finished table of a snapshot, or those of its rows that an expression selects."""
    return pq.read_table(folder / f"{name}.parquet", filters=wanted)


def records(model: type[T], table: pa.Table) -> list[T]:
    """Return the records that a table holds."""
    return [from_row(model, row) for batch in table.to_batches(BATCH_ROWS) for row in batch.to_pylist()]


@dataclass
class Register:
    """What is known of providers, grouped by the school that each record is."""

    providers: dict[str, Provider]
    members: dict[str, list[Provider]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[Provider]] = field(default_factory=lambda: defaultdict(list))
    events: dict[str, list[ProviderEvent]] = field(default_factory=lambda: defaultdict(list))
    accreditations: dict[str, list[Accreditation]] = field(default_factory=lambda: defaultdict(list))
    measures: dict[str, list[Measure]] = field(default_factory=lambda: defaultdict(list))
    outcomes: dict[str, list[Measure]] = field(default_factory=lambda: defaultdict(list))
    thresholds: dict[str, Measure] = field(default_factory=dict)
    chain_notices: frozenset[str] = frozenset()
    monitored: dict[str, list[ProviderEvent]] = field(default_factory=lambda: defaultdict(list))
    """The monitoring list by the six digits of an OPEID that all branches share."""
    peers: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))

    def school_of(self, provider: Provider | None) -> Provider | None:
        """Return the institution that a provider is, or is a part of."""
        for _ in range(MAX_PARENTS):
            if provider is None:
                return None
            entity = self.providers.get(provider.entity_id or provider.id, provider)
            if entity.title_iv is not None or entity.parent_id not in self.providers:
                return entity
            provider = self.providers[entity.parent_id]
        return provider

    def of_institution(self, provider: Provider) -> tuple[ProviderEvent, ...]:
        """Return what the monitoring list says of the institution whose branch, by number and name, a school is.

        The number is that of any record of the school, since a later directory can have a newer one; VA's copy
        of it counts where no other has any, since it slips.
        """
        found: dict[str, ProviderEvent] = {}
        records = [each for each in self.members.get(provider.id, [provider]) if each.ids.opeid]
        for record in [each for each in records if not each.id.startswith(FACILITY)] or records:
            opeid = record.ids.opeid or ""
            for event in () if opeid.endswith(MAIN) else self.monitored.get(opeid[:-2], ()):
                if agreement(prepared(record), prepared(self.providers[event.provider_id])) >= AGREES:
                    found[event.id] = event
        return tuple(found[key] for key in sorted(found))


def read_register(folder: Path, issues: IssueLog) -> Register:
    """Return the register of a snapshot; an act whose name belongs to another school is reported and left out."""
    register = Register({p.id: p for p in records(Provider, table_rows(folder, "providers"))})
    for provider in register.providers.values():
        register.members[provider.entity_id or provider.id].append(provider)
        if provider.parent_id is not None:
            register.parts[provider.parent_id].append(provider)
    events = records(ProviderEvent, table_rows(folder, "events"))
    reported: set[tuple[str, str]] = set()
    for event in events:
        if _is_about(event, register):
            _add_event(register, event)
        elif event.subject_name and (event.provider_id, event.subject_name) not in reported:
            reported.add((event.provider_id, event.subject_name))
            _report(event, register, issues)
    register.chain_notices = _chain_notices(events)
    for accreditation in records(Accreditation, table_rows(folder, "accreditations")):
        register.accreditations[accreditation.provider_id].append(accreditation)
    names = pc.field("name").isin([*PROVIDER_MEASURES, *OUTCOMES, THRESHOLD])
    wanted = names & (pc.field("subject_kind") != "program")
    for measure in records(Measure, table_rows(folder, "measures", wanted)):
        _add_measure(register, measure)
    return register


def _add_event(register: Register, event: ProviderEvent) -> None:
    register.events[event.provider_id].append(event)
    opeid = register.providers[event.provider_id].ids.opeid
    if event.provenance.source == MONITORING and opeid and opeid.endswith(MAIN):
        register.monitored[opeid[:-2]].append(event)


def _add_measure(register: Register, measure: Measure) -> None:
    if measure.subject_kind == "state":
        register.thresholds[measure.subject_id] = measure
    elif measure.subject_kind == "provider_cip" and measure.name in OUTCOMES:
        register.outcomes[measure.subject_id].append(measure)
    elif measure.subject_kind == "provider" and measure.name in PROVIDER_MEASURES:
        register.measures[measure.subject_id].append(measure)


def _is_about(event: ProviderEvent, register: Register) -> bool:
    """Whether the name that a source puts beside its id agrees with one of the school's names."""
    own = register.providers.get(event.provider_id)
    if own is None or event.subject_name is None or event.kind is EventKind.LIST_STATUS:
        return own is not None
    said = prepared(own.model_copy(update={"name": event.subject_name, "aliases": ()}))
    known = [own, *register.members.get(own.entity_id or own.id, ())]
    return any(agreement(said, prepared(each)) >= AGREES for each in known)


def _report(event: ProviderEvent, register: Register, issues: IssueLog) -> None:
    own, origin = register.providers.get(event.provider_id), event.provenance
    whose = f"that of {own.name!r}" if own else f"{event.provider_id!r}, which nobody has"
    reason = f"the id is {whose}: no flag is raised on it"
    issues.add(origin.source, origin.file or "", origin.row, "name", event.subject_name, reason, "link")


def _chain_notices(events: Iterable[ProviderEvent]) -> frozenset[str]:
    """Return the ids of settlements published alike, with one link, for schools of several names."""
    alike: dict[tuple[Any, ...], list[ProviderEvent]] = defaultdict(list)
    for event in events:
        if event.url and event.on and kind_of(event) == "settlement":
            alike[event.provenance.source, event.action, event.on, event.url].append(event)
    several = [same for same in alike.values() if len({comparable(e.subject_name or "") for e in same}) > 1]
    return frozenset(event.id for same in several for event in same)


def read_peers(folder: Path, register: Register) -> None:
    """Fill the register with the placement rates of each field in each state, in order."""
    for key, measures in register.outcomes.items():
        provider_id, _, cip = key.rpartition("|")
        provider = register.providers.get(provider_id)
        for measure in measures:
            if measure.name == PLACEMENT and counts(measure) and provider and provider.place.state:
                register.peers[provider.place.state, cip].append(measure.value or 0.0)
    for state, cip, rates in _program_rates(folder):
        register.peers[state, cip] += rates
    for rates in register.peers.values():
        rates.sort()


def _program_rates(folder: Path) -> list[tuple[str, str, list[float]]]:
    tables = [str(folder / f"{name}.parquet") for name in ("measures", "programs")]
    sql = """
        SELECT p.place_state, p.cip, list(m.value ORDER BY m.value)
        FROM read_parquet(?) m JOIN read_parquet(?) p ON p.id = m.subject_id
        WHERE m.subject_kind = 'program' AND m.name = ? AND m.value IS NOT NULL AND m.n >= ?
          AND p.cip IS NOT NULL AND p.place_state IS NOT NULL
        GROUP BY ALL ORDER BY ALL
    """
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false; SET threads TO 2")
        return connection.execute(sql, [*tables, PLACEMENT, TINY]).fetchall()


def counts(measure: Measure) -> bool:
    """Whether a figure is fit to be compared with others of its kind."""
    return measure.value is not None and measure.reported is Reported.VALUE and (measure.n or 0) >= TINY
