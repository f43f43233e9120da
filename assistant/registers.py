"""What federal registers say of the schools behind programs: student aid, VA's code, and how lately they list them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.evidence import ProgramEvidence
from catalog.ageing import is_stale, last_day
from catalog.records import Provider
from catalog.snapshot import Snapshot

TITLE_IV_AS_OF = "2014"
"""The directory whose participation column is read is that of 2014, whatever else a later one added to the record."""
REGISTERS = ("ipeds:",)
"""Records of institutions that federal collections go on listing."""
MAX_PARENTS = 4


@dataclass(frozen=True)
class School:
    """What federal registers say of the school behind a program; all None for a school in none of them.

    `aided` is the record that says whether it takes part in federal aid, `facility` VA's record of it,
    `seen` the record of the newest federal collection that lists it.
    """

    aided: Provider | None = None
    facility: Provider | None = None
    seen: Provider | None = None

    @property
    def title_iv(self) -> bool | None:
        """Whether it took part in federal aid in `TITLE_IV_AS_OF`."""
        return self.aided.title_iv if self.aided else None

    def is_seen(self, on: date) -> bool:
        """Whether a federal collection of the last years still lists it."""
        return self.seen is not None and not is_stale(self.seen.provenance.as_of, "outcome", on)


def schools_of(snapshot: Snapshot, evidence: Sequence[ProgramEvidence]) -> dict[str, School]:
    """Return what registers say of each program's school, by the id of its provider."""
    providers = {each.provider.id: each.provider for each in evidence if each.provider is not None}
    found: dict[str, School] = {}
    wanted = {key: provider.entity_id or key for key, provider in providers.items()}
    for _ in range(MAX_PARENTS):
        members = _members(snapshot, set(wanted.values()))
        above: dict[str, str] = {}
        for key, entity in wanted.items():
            records = members.get(entity, [])
            # A campus is in federal aid as a part of its institution.
            school = found[key] = _with(found.get(key, School()), records)
            parent = next((each.parent_id for each in records if each.id == entity and each.parent_id), None)
            if school.aided is None and parent is not None:
                above[key] = parent
        if not above:
            break
        wanted = above
    return found


def _members(snapshot: Snapshot, entities: set[str]) -> dict[str, list[Provider]]:
    grouped: dict[str, list[Provider]] = {}
    condition = "coalesce(entity_id, id) IN (SELECT unnest(?))"
    for record in snapshot.select(Provider, condition, [sorted(entities)], order="id"):
        grouped.setdefault(record.entity_id or record.id, []).append(record)
    return grouped


def _with(school: School, records: Sequence[Provider]) -> School:
    listed = [each for each in records if each.id.startswith(REGISTERS) and each.provenance.as_of]
    return School(
        aided=school.aided or next((each for each in records if each.title_iv is not None), None),
        facility=school.facility or next((each for each in records if each.ids.va_facility), None),
        seen=school.seen or max(listed, key=lambda each: last_day(each.provenance.as_of or ""), default=None),
    )
