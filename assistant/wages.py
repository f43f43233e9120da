"""The yearly wage of the occupations that a program feeds: its own state's, else the nation's.

It is what all who work in the occupation earn, in the middle. It is not what graduates of the program earn, and it
never stands beside the pay of a quarter without its unit.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import WageCard
from assistant.evidence import Sources
from assistant.verify import Ledger
from assistant.writer import mark
from catalog.ageing import is_stale
from catalog.records import Code, Measure, Program, Soc
from catalog.snapshot import Snapshot
from prompts import Texts
from prompts.library import money

NATION = "US"
MEDIAN, EMPLOYED = "wage_annual_median", "employment"
SHOWN = 2
TEACHERS = "25-1"
"""The crosswalk adds the postsecondary teachers of a field to the jobs of each field; few programs train them."""
EDUCATION = "13."
SURVEY_CODES = """
    SELECT from_code, to_code FROM code_maps
    WHERE from_system = 'soc2018' AND to_system = 'oews2019' AND from_code <> to_code
    AND from_code IN (SELECT unnest(?))
"""


@dataclass(frozen=True)
class Wage:
    """The median yearly wage of an occupation; `soc` may be a wider code of the wage survey, as its title says.

    `employed` is how many people have such a job in the nation.
    """

    soc: Soc
    code: Code | None
    area: str
    usd_per_year: float
    employed: float | None
    measure: Measure

    @property
    def title(self) -> str:
        """The occupation's title, or its code where nobody gives one."""
        return self.code.title if self.code else self.soc


def wages_of(
    snapshot: Snapshot, programs: Sequence[Program], wanted: Collection[Soc] = (), on: date | None = None
) -> dict[str, tuple[Wage, ...]]:
    """Return the wages of each program's occupations by program id: those wanted first, then the most common.

    A program without occupations, or without a known wage of any, has none.
    """
    codes = {program.id: _fed(program) for program in programs}
    states = {program.place.state for program in programs if program.place.state}
    wages = _Wages(snapshot, {soc for each in codes.values() for soc in each}, states, on or date.today())
    first = {soc for each in wanted for soc in wages.codes_of(each)}
    found = {}
    for program in programs:
        known = {wage.soc: wage for soc in codes[program.id] if (wage := wages.of(soc, program.place.state))}
        order = sorted(known.values(), key=lambda wage: (wage.soc not in first, -(wage.employed or 0), wage.soc))
        found[program.id] = tuple(order)
    return found


def wages_in(
    snapshot: Snapshot, socs: Collection[Soc], state: str | None = None, on: date | None = None
) -> dict[Soc, Wage]:
    """Return the known wages of occupations in a state, else in the nation."""
    wages = _Wages(snapshot, socs, [state] if state else [], on or date.today())
    return {soc: wage for soc in socs if (wage := wages.of(soc, state)) is not None}


def _fed(program: Program) -> list[Soc]:
    return fed_by(program.soc, program.soc_method, program.cip)


def fed_by(socs: Sequence[Soc], method: str | None, cip: str | None) -> list[Soc]:
    """Return the occupations that a program feeds, without the teachers of its field."""
    others = [soc for soc in socs if not soc.startswith(TEACHERS)]
    keeps = method == "published" or (cip or "").startswith(EDUCATION) or not others
    return list(socs) if keeps else others


class _Wages:
    """The wages of some occupations in some states and the nation, read at once."""

    def __init__(self, snapshot: Snapshot, fed: Collection[Soc], states: Collection[str], on: date) -> None:
        self._wider: dict[Soc, Soc] = dict(snapshot.query(SURVEY_CODES, [sorted(fed)]))
        socs = sorted({*fed, *self._wider.values()})
        areas = sorted({NATION, *states})
        subjects = [f"{soc}|{area}" for soc in socs for area in areas]
        condition = "subject_kind = 'soc_area' AND name IN (?, ?) AND subject_id IN (SELECT unnest(?))"
        found = snapshot.select(Measure, condition, [MEDIAN, EMPLOYED, subjects], order="subject_id, name")
        self._found = {(each.subject_id, each.name): each for each in found if each.value is not None}
        systems = "system IN ('soc2018', 'oews2019') AND code IN (SELECT unnest(?))"
        self._titles = {code.code: code for code in snapshot.select(Code, systems, [socs], order="system")}
        self._on = on

    def codes_of(self, soc: Soc) -> tuple[Soc, ...]:
        """Return the codes under which the survey may count an occupation: its own, then a wider one."""
        return (soc, self._wider[soc]) if soc in self._wider else (soc,)

    def of(self, soc: Soc, state: str | None) -> Wage | None:
        """Return the wage of an occupation under the first code that has one."""
        return next((wage for code in self.codes_of(soc) if (wage := self._under(code, state)) is not None), None)

    def _under(self, soc: Soc, state: str | None) -> Wage | None:
        """Return the wage in a state, else in the nation: an undated or an old figure of a state gives way."""
        own = self._found.get((f"{soc}|{state}", MEDIAN))
        nation = self._found.get((f"{soc}|{NATION}", MEDIAN))
        is_old = own is not None and is_stale(own.provenance.as_of, "outcome", self._on)
        measure = nation if own is None or (is_old and nation is not None) else own
        if measure is None or measure.value is None:
            return None
        employed = self._found.get((f"{soc}|{NATION}", EMPLOYED))
        return Wage(
            soc=soc,
            code=self._titles.get(soc),
            area=measure.subject_id.partition("|")[2],
            usd_per_year=measure.value,
            employed=employed.value if employed else None,
            measure=measure,
        )


def wage_cards(wages: Sequence[Wage], sources: Sources, ledger: Ledger, texts: Texts) -> tuple[WageCard, ...]:
    """Return the cards of wages, citing them and entering their figures in the ledger."""
    return tuple(_card(wage, sources, ledger, texts) for wage in wages)


def _card(wage: Wage, sources: Sources, ledger: Ledger, texts: Texts) -> WageCard:
    origin, code = wage.measure.provenance, wage.code
    number = sources.cite(origin, texts("wage.title", title=wage.title, area=area_words(wage.area, texts)))
    ledger.add(number, {money(wage.usd_per_year)}, [wage.title, *([origin.as_of] if origin.as_of else [])])
    named = sources.cite(code.provenance, wage.title) if code else None
    if named is not None:
        ledger.add(named, (), [wage.title])
    return WageCard(
        soc=wage.soc,
        title=wage.title,
        area=wage.area,
        usd_per_year=wage.usd_per_year,
        as_of=origin.as_of,
        citation=number,
        title_citation=named,
    )


def marks_of(card: WageCard) -> str:
    """Return the marks of a wage and of the list that gives the occupation its title."""
    return " ".join(mark(each) for each in (card.citation, card.title_citation) if each is not None)


def area_words(area: str, texts: Texts) -> str:
    """Return the name of the place that a wage is of."""
    return texts("wage.nation") if area == NATION else area


def wage_lines(cards: Sequence[WageCard], texts: Texts, most: int = SHOWN) -> Iterator[str]:
    """Yield what the jobs that a program feeds pay in a year, the first few."""
    for card in cards[:most]:
        said = texts(
            "wage.line",
            title=card.title,
            wage=card.usd_per_year,
            area=area_words(card.area, texts),
            as_of=card.as_of,
        )
        yield f"- {said} {marks_of(card)}"
