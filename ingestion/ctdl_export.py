"""Our programs with their outcomes as CTDL: one JSON-LD document a line, readable by our own source.

Said is what CTDL has terms for (`ctdl_writing.MAPPED`). Left out is what would claim too much: job codes that were
derived from the field of study, and flags that are false, for which there is no term. CTIDs are made from
our ids, always the same; they are not registered with the Credential Registry, so no address of it is used.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from catalog.errors import NavigatorError
from catalog.records import Credential, Measure, Program, Provider
from catalog.snapshot import Snapshot
from ingestion.ctdl_documents import Node
from ingestion.ctdl_writing import document_of

BATCH = 500


class ExportError(NavigatorError):
    """Something was asked for that can't be exported; whoever runs the command must act."""


def write_programs(snapshot: Snapshot, target: Path, program_ids: Sequence[str] | None = None) -> tuple[int, int]:
    """Write programs, all by default, to a JSON Lines file, replacing it whole.

    Returns how many were written, and how many were left out because no record names their school.
    """
    ids = snapshot.ids("programs") if program_ids is None else list(program_ids)
    draft = target.with_name(f".{target.name}.part")
    written = 0
    with draft.open("w", encoding="utf-8") as stream:
        for document in documents(snapshot, ids):
            stream.write(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")
            written += 1
    draft.replace(target)
    return written, len(ids) - written


def documents(snapshot: Snapshot, ids: Sequence[str]) -> Iterator[Node]:
    """Yield a document for each program whose school is known by name."""
    for start in range(0, len(ids), BATCH):
        programs = snapshot.get(Program, ids[start : start + BATCH]).values()
        providers = snapshot.get(Provider, (program.provider_id for program in programs))
        credentials = snapshot.get(Credential, (key for program in programs for key in program.credential_ids))
        fields = {program.id: _field(program) for program in programs}
        found: dict[str, list[Measure]] = {}
        for measure in snapshot.measures({"program": fields, "provider_cip": [f for f in fields.values() if f]}):
            found.setdefault(measure.subject_id, []).append(measure)
        for program in programs:
            school = providers.get(program.provider_id) or _sketch(program)
            if school is not None:
                figures = [*found.get(program.id, ()), *found.get(fields[program.id] or "", ())]
                awards = [credentials[key] for key in program.credential_ids if key in credentials]
                yield document_of(program, school, awards, figures)


def _field(program: Program) -> str | None:
    return f"{program.provider_id}|{program.cip}" if program.cip else None


def _sketch(program: Program) -> Provider | None:
    if program.provider_name is None:
        return None
    return Provider(id=program.provider_id, name=program.provider_name, provenance=program.provenance)
