"""A path of steps from what a person has to an occupation, each step with its programs, their cost and their time.

Whether the credential of one step counts toward the next is in no record.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assistant.answer import CountGroup
from assistant.counting import counted
from assistant.ladder import Job, chain_to, jobs_of
from assistant.wages import Wage, wages_in
from catalog.records import Credential, CredentialKind, Occupation, OnetSoc, Prerequisite
from catalog.snapshot import Snapshot

EARNED = (CredentialKind.LICENSE, CredentialKind.CERTIFICATION)
"""Kinds of credentials that others know by name; certificates of a school are its own."""


@dataclass(frozen=True)
class Step:
    """One step: the occupation, its wage, its licences, and the programs of the newer lists that feed it.

    `credentials` are the licences and certifications that those programs lead to, the most common first. `asked`
    counts the programs by the schooling that they ask for; `asked_unknown` do not say.
    """

    occupation: Occupation
    wage: Wage | None
    programs: CountGroup | None
    licenses: tuple[Credential, ...] = ()
    credentials: tuple[Credential, ...] = ()
    asked: Mapping[Prerequisite, int] = field(default_factory=dict)
    asked_unknown: int = 0


@dataclass(frozen=True)
class CareerPath:
    """The steps to a goal, the goal last. `have` is the occupation it starts from; `linked` is False where the records
    show no way from there."""

    goal: Occupation
    have: Occupation | None
    steps: tuple[Step, ...]
    linked: bool


class PathFinder:
    """Finds paths in one snapshot; reads its occupations once. Safe to share between threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    @cached_property
    def _known(self) -> dict[OnetSoc, Job]:
        return jobs_of(self.snapshot)

    def find(
        self,
        goal: OnetSoc,
        have: OnetSoc | None = None,
        ids: Collection[str] | None = None,
        state: str | None = None,
        on: date | None = None,
    ) -> CareerPath | None:
        """Return the path to an occupation, or None for one that is not in the records.

        `have` is the occupation that the person has. `ids` limits the programs that are counted (such as those near);
        `state` is where wages are looked up.
        """
        jobs = self._known
        if goal not in jobs:
            return None
        start = jobs.get(have) if have else None
        chain, linked = chain_to(jobs, jobs[goal], start)
        wanted = [job.code for job in chain] + ([start.code] if start else [])
        found = self.snapshot.select(Occupation, "onet_soc IN (SELECT unnest(?))", [wanted])
        records = {each.onet_soc: each for each in found}
        wages = wages_in(self.snapshot, [job.soc for job in chain], state, on)
        steps = [_step(self.snapshot, job, records[job.code], wages.get(job.soc), ids) for job in chain]
        return CareerPath(records[goal], records[start.code] if start else None, tuple(steps), linked)


def _step(snapshot: Snapshot, job: Job, occupation: Occupation, wage: Wage | None, ids: Collection[str] | None) -> Step:
    programs = [key for key in job.programs if ids is None or key in ids]
    groups = counted(snapshot, programs).groups if programs else ()
    named = "kind = ? AND list_contains(soc, ?) AND retired IS NOT TRUE"
    licenses = snapshot.select(Credential, named, [CredentialKind.LICENSE.value, job.soc], order="id")
    asked, unknown = _asked(snapshot, programs)
    return Step(
        occupation=occupation,
        wage=wage,
        programs=next((group for group in groups if not group.older), None),
        licenses=tuple({each.name.casefold(): each for each in licenses}.values()),
        credentials=tuple(_earned(snapshot, programs)),
        asked=asked,
        asked_unknown=unknown,
    )


def _asked(snapshot: Snapshot, ids: Sequence[str]) -> tuple[dict[Prerequisite, int], int]:
    sql = "SELECT prerequisite, count(*) FROM programs WHERE id IN (SELECT unnest(?)) GROUP BY 1 ORDER BY 2 DESC, 1"
    rows = snapshot.query(sql, [list(ids)]) if ids else []
    asked = {Prerequisite(name): count for name, count in rows if name is not None}
    return asked, sum(count for name, count in rows if name is None)


def _earned(snapshot: Snapshot, ids: Sequence[str]) -> list[Credential]:
    sql = """
        SELECT key, count(*) FROM (SELECT unnest(credential_ids) AS key FROM programs WHERE id IN (SELECT unnest(?)))
        GROUP BY key ORDER BY 2 DESC, key
    """
    found = snapshot.get(Credential, [key for key, _count in snapshot.query(sql, [list(ids)])] if ids else [])
    return [each for each in found.values() if each.kind in EARNED]
