"""The cases that rules judge: schools, list records, fields of study, and programs in one ordered pass.

Reads a snapshot's finished tables. Programs and their figures are sorted alike, and are read side by
side, so that a million programs take no more memory than a thousand.
"""

from __future__ import annotations

import shutil
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from catalog.records import EventKind, Measure, Program, ProviderEvent
from catalog.tables import from_row, schema_of
from ingestion.evidence import Case, Peers
from ingestion.register import BATCH_ROWS, OUTCOMES, PLACEMENT, Register, counts

FEWEST_PEERS = 5
LONG_TEXTS = ("description", "features", "prerequisite_text")
"""Columns that no rule looks at."""
SORT_MEMORY = "1GB"
"""Beyond this, sorting goes through files beside the snapshot."""


def school_cases(register: Register) -> Iterator[Case]:
    """Yield every school of which anything is known, with the evidence of all sources, in id order."""
    for entity in sorted(register.members):
        members = register.members[entity]
        provider = register.providers[entity]
        events = [event for each in members for event in register.events.get(each.id, ())]
        measures = [measure for each in members for measure in register.measures.get(each.id, ())]
        if not events and not measures and not register.of_institution(provider):
            continue
        yield Case(
            level="provider",
            subject_id=entity,
            provider=provider,
            linked=tuple(each for each in members if each.id != entity),
            school=register.school_of(provider),
            events=tuple(event for event in events if event.kind is not EventKind.LIST_STATUS),
            part_events=tuple(e for p in register.parts.get(entity, ()) for e in register.events.get(p.id, ())),
            institution_events=register.of_institution(provider),
            parent_events=tuple(e for m in members for e in register.events.get(m.parent_id or "", ())),
            accreditations=tuple(a for each in members for a in register.accreditations.get(each.id, ())),
            measures=tuple(measures),
            threshold=register.thresholds.get(provider.place.state or ""),
            chain_notices=register.chain_notices,
        )


def record_cases(register: Register) -> Iterator[Case]:
    """Yield every provider's record that a state list has, by itself, in id order."""
    for key in sorted(register.providers):
        provider = register.providers[key]
        events = tuple(e for e in register.events.get(key, ()) if e.kind is EventKind.LIST_STATUS)
        if events or provider.list_status is not None:
            yield Case(level="provider", subject_id=key, provider=provider, events=events)


def field_cases(register: Register) -> Iterator[Case]:
    """Yield every provider and field of study that has outcomes, in id order."""
    for key in sorted(register.outcomes):
        provider_id, _, cip = key.rpartition("|")
        provider = register.providers.get(provider_id)
        measures = tuple(register.outcomes[key])
        yield Case(
            level="provider_cip",
            subject_id=key,
            provider=provider,
            school=register.school_of(provider),
            cip=cip,
            measures=measures,
            peers=_peers(register, measures, provider.place.state if provider else None, cip),
        )


def program_cases(folder: Path, register: Register) -> Iterator[Case]:
    """Yield every program with its figures, in id order, a batch of rows at a time."""
    figures = _program_figures(folder)
    comments = {e.scope: e for events in register.events.values() for e in events if e.kind is EventKind.LIST_STATUS}
    subject, measures = next(figures, (None, ()))
    for program in _programs(folder):
        while subject is not None and subject < program.id:
            subject, measures = next(figures, (None, ()))
        own = measures if subject == program.id else ()
        yield _program_case(register, program, own, comments.get(program.id))


def _programs(folder: Path) -> Iterator[Program]:
    """Yield the programs in id order, which is not that of their table, without their long texts."""
    blank = ", ".join(f"NULL AS {column}" for column in LONG_TEXTS)
    sql = f"SELECT * REPLACE ({blank}) FROM read_parquet(?) ORDER BY id"  # noqa: S608 (constants only)
    spill = folder / "sorting.tmp"
    with duckdb.connect() as connection:
        quoted = str(spill).replace("'", "''")
        connection.execute("SET enable_progress_bar = false; SET threads TO 2")
        connection.execute(f"SET memory_limit = '{SORT_MEMORY}'; SET temp_directory = '{quoted}'")
        cursor = connection.execute(sql, [str(folder / "programs.parquet")])
        names = schema_of(Program).names
        while rows := cursor.fetchmany(BATCH_ROWS):
            for row in rows:
                yield from_row(Program, dict(zip(names, row, strict=True)))
    shutil.rmtree(spill, ignore_errors=True)


def _program_case(
    register: Register, program: Program, measures: tuple[Measure, ...], comment: ProviderEvent | None
) -> Case:
    provider = register.providers.get(program.provider_id)
    return Case(
        level="program",
        subject_id=program.id,
        provider=provider,
        school=register.school_of(provider),
        program=program,
        cip=program.cip,
        events=() if comment is None else (comment,),
        measures=measures,
        field_measures=tuple(register.outcomes.get(f"{program.provider_id}|{program.cip}", ())),
        peers=_peers(register, measures, program.place.state, program.cip),
    )


def _program_figures(folder: Path) -> Iterator[tuple[str, tuple[Measure, ...]]]:
    """Yield the figures of each program that has any, in the programs' order."""
    wanted = pa.array(OUTCOMES)
    subject = ""
    found: list[Measure] = []
    for batch in pq.ParquetFile(folder / "measures.parquet").iter_batches(BATCH_ROWS):
        of_programs = pc.and_(pc.equal(batch["subject_kind"], "program"), pc.is_in(batch["name"], value_set=wanted))
        for row in batch.filter(of_programs).to_pylist():
            if row["subject_id"] != subject:
                if found:
                    yield subject, tuple(found)
                subject, found = row["subject_id"], []
            found.append(from_row(Measure, row))
    if found:
        yield subject, tuple(found)


def _peers(register: Register, measures: Iterable[Measure], state: str | None, cip: str | None) -> Peers | None:
    rates = register.peers.get((state or "", cip or ""), ())
    own = next((m.value for m in measures if m.name == PLACEMENT and counts(m)), None)
    if own is None or len(rates) < FEWEST_PEERS:
        return None
    return Peers(state or "", cip or "", len(rates), bisect_left(rates, own))
