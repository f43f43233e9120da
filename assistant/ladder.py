"""Which occupations are steps to another: close by O*NET's relations, no less preparation, better paid.

A step leads to the next where O*NET calls the two occupations related, and closely so, the next needs at least as much
preparation (job zone) and pays more. Between two steps the training does not get shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from assistant.wages import fed_by
from catalog.records import OnetSoc, Soc
from catalog.snapshot import Snapshot

MOST_STEPS = 3
UNALIKE = 4
"""Related occupations are listed from the closest on; those without a word in common count this many places further."""
FARTHEST = 7
"""The last place, so counted, of an occupation that is close enough for a step, and for all steps of a path."""
STEM = 4
"""Letters that two words have in common when they mean the same work: nurses and nursing, pharmacists and pharmacy."""
ENTRY_HOURS = 600.0
ENTRY_ZONE, HELPER_ZONE = 3, 2
"""A first step asks for medium preparation at most; up to `HELPER_ZONE` a job can be a step without a program."""
MANY_JOBS = 8
"""A field that feeds more occupations than this prepares for none of them in particular."""
BASE = ".00"
COMMON = frozenset(
    (
        "assi",
        "clin",
        "exce",
        "firs",
        "gene",
        "heal",
        "mana",
        "medi",
        "oper",
        "othe",
        "spec",
        "supe",
        "teac",
        "tech",
        "work",
        "repr",
        "rela",
        "serv",
        "prof",
    )
)
"""Beginnings of words in titles that many occupations of unlike work share."""

OCCUPATIONS = "SELECT onet_soc, soc, title, job_zone, related FROM occupations ORDER BY onet_soc"
PROGRAMS = """
    SELECT id, soc, soc_method, cip, length_clock_hours FROM programs WHERE len(soc) > 0 AND len(soc) <= ? ORDER BY id
"""
PAY = """
    SELECT split_part(subject_id, '|', 1), value FROM measures
    WHERE subject_kind = 'soc_area' AND name = 'wage_annual_median' AND ends_with(subject_id, '|US')
        AND value IS NOT NULL
"""
WIDER = "SELECT from_code, to_code FROM code_maps WHERE from_system = 'soc2018' AND to_system = 'oews2019'"


@dataclass(frozen=True)
class Job:
    """What the path needs to know of an occupation."""

    code: OnetSoc
    soc: Soc
    title: str
    zone: int | None
    related: tuple[OnetSoc, ...]
    programs: tuple[str, ...] = ()
    hours: float | None = None
    wage_usd: float | None = None

    @property
    def is_entry(self) -> bool:
        """Whether it can be a first step: a short program, or a job that asks for little."""
        zone = self.zone or ENTRY_ZONE + 1
        short = bool(self.programs) and self.hours is not None and self.hours <= ENTRY_HOURS
        return zone <= HELPER_ZONE or (zone <= ENTRY_ZONE and short)

    @property
    def can_be_a_step(self) -> bool:
        """Whether it can stand between: it has programs, or asks for little."""
        return bool(self.programs) or (self.zone is not None and self.zone <= HELPER_ZONE)


def jobs_of(snapshot: Snapshot) -> dict[OnetSoc, Job]:
    """Return every occupation with the programs of the lists that prepare for it."""
    programs: dict[Soc, list[str]] = {}
    hours: dict[Soc, list[float]] = {}
    for key, socs, method, cip, length in snapshot.query(PROGRAMS, [MANY_JOBS]):
        for soc in fed_by(socs, method, cip):
            programs.setdefault(soc, []).append(key)
            if length is not None:
                hours.setdefault(soc, []).append(length)
    pay: dict[Soc, float] = dict(snapshot.query(PAY))
    wider: dict[Soc, Soc] = dict(snapshot.query(WIDER))
    return {
        code: Job(
            code=code,
            soc=soc,
            title=title,
            zone=zone,
            related=tuple(related or ()),
            programs=tuple(programs.get(soc, ())),
            hours=median(hours[soc]) if soc in hours else None,
            wage_usd=pay.get(soc, pay.get(wider.get(soc, soc))),
        )
        for code, soc, title, zone, related in snapshot.query(OCCUPATIONS)
    }


def chain_to(jobs: Mapping[OnetSoc, Job], goal: Job, start: Job | None) -> tuple[list[Job], bool]:
    """Return the jobs of the steps, the goal last, and whether they begin where the person is."""
    if start is None and goal.is_entry:
        return [goal], True
    scored = [(_score(each), each) for each in _chains(jobs, [goal], start)]
    close = [(score, each) for score, each in scored if score[2] <= FARTHEST]
    if not close:
        return [goal], start is None
    chain = min(close, key=lambda each: each[0])[1]
    return [job for job in chain if job != start], True


Score = tuple[int, int, int, tuple[str, ...]]


def _score(chain: Sequence[Job]) -> Score:
    """The weakest link decides, then the number of steps."""
    links = [distance(one, other) or 0 for one, other in pairwise(chain)]
    return max(links), len(chain), sum(links), tuple(job.code for job in chain)


def _chains(jobs: Mapping[OnetSoc, Job], chain: list[Job], start: Job | None) -> Iterator[list[Job]]:
    """Yield every chain to the goal, with the occupation that it starts from."""
    first = chain[0]
    if start is not None and distance(start, first) is not None and leads_up(start, first):
        yield [start, *chain]
    elif start is None and len(chain) > 1 and first.is_entry:
        yield chain
    if len(chain) < MOST_STEPS:
        for job in _before(jobs, first):
            if job not in chain and job != start:
                yield from _chains(jobs, [job, *chain], start)


def _before(jobs: Mapping[OnetSoc, Job], later: Job) -> Iterator[Job]:
    """Yield the occupations that can be the step before one: close, leading up to it, with no longer training."""
    for job in jobs.values():
        if not (later.code in job.related or job.code in later.related):
            continue
        longer = job.hours is not None and later.hours is not None and job.hours > later.hours
        fits = job.code.endswith(BASE) and job.can_be_a_step and not longer
        if fits and leads_up(job, later) and distance(job, later) is not None:
            yield job


def leads_up(earlier: Job, later: Job) -> bool:
    """Whether a step from one job to another asks for no less preparation and pays more."""
    if earlier.soc == later.soc or earlier.zone is None or later.zone is None or earlier.zone > later.zone:
        return False
    return earlier.wage_usd is not None and later.wage_usd is not None and earlier.wage_usd < later.wage_usd


def distance(one: Job, other: Job) -> int | None:
    """Return how far apart two occupations are, 0 for the closest; None when they are too far apart for a step."""
    pairs = ((one, other.code), (other, one.code))
    place = min((job.related.index(code) for job, code in pairs if code in job.related), default=None)
    if place is None:
        return None
    if _stems(one) & _stems(other):
        return place
    return place + UNALIKE if place + UNALIKE <= FARTHEST else None


def _stems(job: Job) -> set[str]:
    words = re.findall(r"[a-z]+", job.title.lower())
    return {word[:STEM] for word in words if len(word) >= STEM} - COMMON
