"""What to do with an answer: the cheapest and the fastest program that fits, and the next steps for the first one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence import ProgramEvidence, Sources
from assistant.fitting import OLDER_LIST
from assistant.markup import escaped, plain, safe_url
from assistant.verify import DAYS_BAND_FIGURES, DAYS_BAND_WEEKS, Ledger
from assistant.writer import mark
from catalog.records import Length, Program
from catalog.snapshot import Snapshot
from prompts import Texts
from prompts.library import money, number

OUTCOMES = frozenset({"completion_rate", "employment_rate_q2"})
MOST_QUESTIONS = 5
CHOICES = """
    SELECT id, cost_total_usd, length_weeks_min, length_weeks_max, length_clock_hours
    FROM programs WHERE id IN (SELECT unnest(?))
"""


@dataclass(frozen=True)
class Choice:
    """What decides which program is the cheapest or the fastest; `warned` is whether a rule raises an alert."""

    id: str
    cost_usd: float | None
    weeks_min: float | None
    weeks_max: float | None
    clock_hours: float | None
    warned: bool = False

    @property
    def is_old(self) -> bool:
        """Whether it is known from the older list alone."""
        return self.id.startswith(OLDER_LIST)


@dataclass(frozen=True)
class Extremes:
    """The cheapest and the fastest of the programs that fit; None where too few say. `free` list a price of zero."""

    cheapest: Choice | None
    fastest: Choice | None
    free: tuple[str, ...] = ()
    without_cost: int = 0
    without_time: int = 0


def choices_of(snapshot: Snapshot, ids: Collection[str], warned: Collection[str] = ()) -> list[Choice]:
    """Return the choices that programs are, by one query over columns; `warned` are ids with an alert."""
    rows = snapshot.query(CHOICES, [list(ids)])
    return [Choice(key, cost, low, high, hours, key in warned) for key, cost, low, high, hours in rows]


def extremes_of(choices: Sequence[Choice]) -> Extremes:
    """Return the cheapest and the fastest of two or more programs.

    A program with a warning, or from the older list alone, gives way to any other that is as cheap or as fast. A price
    of zero is not taken for the cheapest: it may stand for a price that nobody entered.
    """
    priced = [each for each in choices if each.cost_usd]
    timed = [each for each in choices if each.weeks_max is not None]
    by_hours = [each for each in choices if each.clock_hours is not None]
    fastest = timed or by_hours
    return Extremes(
        cheapest=min(priced, key=lambda each: (each.cost_usd, *_tie(each))) if len(priced) > 1 else None,
        fastest=min(fastest, key=_time) if len(fastest) > 1 else None,
        free=tuple(sorted(each.id for each in choices if each.cost_usd == 0)),
        without_cost=sum(each.cost_usd is None for each in choices),
        without_time=len(choices) - len(fastest),
    )


def _tie(choice: Choice) -> tuple[bool, bool, str]:
    return choice.warned, choice.is_old, choice.id


def _time(choice: Choice) -> tuple[float, float, float, bool, bool, str]:
    nothing = float("inf")
    known = (choice.weeks_max, choice.weeks_min, choice.clock_hours)
    weeks_max, weeks_min, hours = (nothing if each is None else each for each in known)
    return weeks_max, weeks_min, hours, *_tie(choice)


def extreme_lines(found: Extremes, snapshot: Snapshot, sources: Sources, ledger: Ledger, texts: Texts) -> Iterator[str]:
    """Yield which program is the cheapest and which the fastest, citing their records."""
    wanted = {each.id: each for each in (found.cheapest, found.fastest) if each is not None}
    programs = snapshot.get(Program, wanted)
    said = _Namer(programs, sources, ledger, texts)
    if found.cheapest is not None and found.cheapest == found.fastest:
        yield said.line("both", found.cheapest)
        return
    if found.cheapest is not None:
        yield said.line("cheapest", found.cheapest)
    if found.fastest is not None:
        yield said.line("fastest", found.fastest)
        if found.without_time:
            ledger.add(0, {number(found.without_time)})
            yield texts("steps.without_time", count=found.without_time)
    if found.free:
        ledger.add(0, {number(len(found.free))})
        yield texts("steps.free", count=len(found.free))


class _Namer:
    """Words one program as the best of its kind, and enters what it says in the ledger."""

    def __init__(self, programs: dict[str, Program], sources: Sources, ledger: Ledger, texts: Texts) -> None:
        self._programs, self._sources, self._ledger, self._say = programs, sources, ledger, texts

    def line(self, key: str, choice: Choice) -> str:
        program = self._programs[choice.id]
        citation = self._sources.cite(program.provenance, plain(program.name))
        school = escaped(program.provider_name or "")
        name, as_of = escaped(program.name), program.provenance.as_of
        figures = [money(choice.cost_usd)] if choice.cost_usd is not None else []
        times = [each for each in (choice.weeks_min, choice.weeks_max, choice.clock_hours) if each is not None]
        figures += [number(each) for each in times]
        if choice.weeks_max is not None and choice.weeks_max <= DAYS_BAND_WEEKS:
            figures += DAYS_BAND_FIGURES
        self._ledger.add(citation, figures, [text for text in (name, school, as_of) if text])
        said = self._say(
            f"steps.{key}",
            name=name,
            school=school,
            cost=choice.cost_usd,
            length=self._length(program.length),
            old=as_of if choice.is_old else None,
            warned=choice.warned,
        )
        return f"{said} {mark(citation)}"

    def _length(self, length: Length) -> str:
        if length.weeks_max is None:
            return self._say("program.hours", hours=length.clock_hours) if length.clock_hours is not None else ""
        if length.weeks_max <= DAYS_BAND_WEEKS:
            return self._say("program.days", high=length.weeks_max)
        return self._say("program.weeks", low=length.weeks_min, high=length.weeks_max)


def step_lines(first: ProgramEvidence, unknown: Collection[str], ledger: Ledger, texts: Texts) -> Iterator[str]:
    """Yield the next steps for a program: whom to call with which questions, who may pay, what to check.

    `unknown` are the names of the limits that the records can't settle for it (`Fit.unknown`).
    """
    program, provider = first.program, first.provider
    school = escaped((provider.name if provider else program.provider_name) or "")
    site = safe_url(program.url) or (safe_url(provider.website) if provider else None)
    ledger.add(0, (), [text for text in (school, site) if text])
    yield texts("steps.heading")
    yield f"- {texts('steps.call', school=school, site=site)}"
    yield from (f"- {texts(key)}" for key in list(question_keys(first, unknown))[:MOST_QUESTIONS])
    yield f"- {texts('steps.one_stop')}"
    if program.claims_license:
        yield f"- {texts('steps.license')}"
    if school:
        yield f"- {texts('steps.check', school=school)}"


def question_keys(first: ProgramEvidence, unknown: Collection[str]) -> Iterator[str]:
    """Yield the keys of what to ask the school about a program: what was asked for and can't be told comes first."""
    program = first.program
    yield from (f"steps_ask.{name}" for name in unknown if name in ASKED)
    yield "steps_ask.price" if program.cost.total_usd else "steps_ask.price_unknown"
    yield "steps_ask.start"
    if not first.credential_names:
        yield "steps_ask.credential"
    if not any(each.name in OUTCOMES and each.value is not None for each in first.measures):
        yield "steps_ask.outcomes"
    if program.id.startswith(OLDER_LIST):
        yield "steps_ask.still_offered"
    if program.federal_aid_claimed is None:
        yield "steps_ask.aid"


ASKED = frozenset(
    {
        "evening",
        "weekend",
        "spanish",
        "childcare",
        "delivery_online",
        "delivery_in_person",
        "delivery_hybrid",
        "max_weeks",
        "near",
    }
)
"""Limits with a question of their own; the price has one in any case."""
