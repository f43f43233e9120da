"""What a summary may say: the facts of each program that is shown, under the citation that holds them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import us

from assistant.answer import MeasureCard, ProgramCard
from assistant.understand.query import Query
from assistant.verify import DAYS_BAND_WEEKS
from catalog.records import Delivery, Reported
from prompts.library import money, number, percent

COST_PARTS = {"tuition_usd": "tuition", "fees_usd": "fees", "books_usd": "books", "supplies_usd": "supplies"}
WAYS = frozenset(each.value for each in (Delivery.ONLINE, Delivery.HYBRID, Delivery.IN_PERSON))
"""Ways of teaching; each is a claim of its name."""
MEASURES = {
    "employment_rate_q2": "share_found",
    "completion_rate": "completion",
    "average_quarterly_wage_q2": "pay_average",
    "median_earnings_q2": "pay_median",
}
"""Measures that a summary may speak of. Ratings, and everything that judges, are shown by code alone."""


class Fact(NamedTuple):
    """A figure as it is written, what it says (a role of the plain words), and which citation holds it.

    `measure` is the published measure that it is of, or that it counts the people of; its date must be said.
    """

    role: str
    figure: str
    citation: int
    of_field: bool = False
    measure: str | None = None


@dataclass(frozen=True)
class Subject:
    """One program: its names, what may be said of it, and the citations of its records.

    `held` are other names that belong to it (school, town, credentials), by the citation of the program itself.
    """

    card: ProgramCard
    names: frozenset[str]
    school: frozenset[str]
    held: frozenset[str]
    facts: tuple[Fact, ...]
    claims: frozenset[str]
    unknown: frozenset[str]
    dates: Mapping[int, str]

    @property
    def citations(self) -> frozenset[int]:
        """Every citation of the program's records."""
        return frozenset((self.card.citation, *(m.citation for m in self.card.measures)))


@dataclass(frozen=True)
class Held:
    """All that a summary may speak of."""

    subjects: tuple[Subject, ...]
    asked: tuple[Fact, ...] = ()
    wishes: frozenset[str] = frozenset()
    topic: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    citations: frozenset[int] = field(default=frozenset())


def held_by(cards: Sequence[ProgramCard], query: Query, found: int | None, beside: Sequence[ProgramCard] = ()) -> Held:
    """Return what may be said about programs that are told of; `found` is how many fit in all, if it is known.

    `beside` are more programs on the screen, that the summary does not tell of but must not forget: nothing is the
    cheapest of those shown while one of them is cheaper.
    """
    subjects = tuple(_subject(card, [*cards, *beside]) for card in cards)
    return Held(
        subjects=subjects,
        asked=tuple(_asked(query, len(cards), found)),
        wishes=frozenset(_wishes(query)),
        topic=frozenset({query.topic.lower()} if query.topic else ()),
        places=frozenset(_places(query)),
        citations=frozenset(number for each in subjects for number in each.citations),
    )


def _subject(card: ProgramCard, cards: Sequence[ProgramCard]) -> Subject:
    claims = {card.delivery.value} & WAYS if card.delivery is not None else set()
    claims |= {"evening"} if card.evening else set()
    claims |= {"self_paced"} if card.length.competency_based else set()
    claims |= {"near"} if card.distance_miles is not None and not card.missed else set()
    claims |= {name for name, key in EXTREMES.items() if _is_least(card, cards, key)}
    length = card.length
    no_length = length.clock_hours is None and length.weeks_min is None and length.weeks_max is None
    unknown = {"cost": card.cost.total_usd is None, "length": no_length, "delivery": card.delivery is None}
    dates = {m.citation: m.as_of for m in card.measures if m.as_of}
    return Subject(
        card=card,
        names=_spellings(card.name),
        school=_spellings(card.provider or ""),
        held=frozenset(text.lower() for text in (card.city, *_state(card.state), *card.leads_to) if text),
        facts=tuple(_facts(card)),
        claims=frozenset(claims),
        unknown=frozenset(key for key, is_unknown in unknown.items() if is_unknown),
        dates={**dates, **({card.citation: card.as_of} if card.as_of else {})},
    )


def _state(code: str | None) -> Iterable[str]:
    if code:
        state = us.states.lookup(code)
        yield from (code, state.name) if state is not None else (code,)


def _cost(card: ProgramCard) -> float | None:
    # A price of $0 may be no price at all; code says so, and nothing is cheapest by it.
    return card.cost.total_usd or None


def _hours(card: ProgramCard) -> float | None:
    return card.length.clock_hours


def _miles(card: ProgramCard) -> float | None:
    return card.distance_miles


EXTREMES = {"cheapest": _cost, "shortest": _hours, "nearest": _miles}


def _is_least(card: ProgramCard, cards: Sequence[ProgramCard], key: object) -> bool:
    """Whether no program shown is known to have less, and none is unknown."""
    values = [key(each) for each in cards]  # type: ignore[operator]
    own = key(card)  # type: ignore[operator]
    known = [value for value in values if value is not None]
    # An unknown price may be the lowest one.
    return own is not None and len(known) > 1 and len(known) == len(values) and own == min(known)


def _spellings(name: str) -> frozenset[str]:
    """Return a name in lower case, whole and without what it has in brackets at the end."""
    text = " ".join(name.lower().split())
    short = text.rpartition(" (")[0] if text.endswith(")") else ""
    return frozenset(each for each in (text, short) if len(each) > len("abc"))


def _facts(card: ProgramCard) -> Iterable[Fact]:
    cost, length, at = card.cost, card.length, card.citation
    if cost.total_usd:
        yield Fact("cost", money(cost.total_usd), at)
    for column, role in COST_PARTS.items():
        if getattr(cost, column):
            yield Fact(role, money(getattr(cost, column)), at)
    if length.clock_hours is not None:
        yield Fact("hours", number(length.clock_hours), at)
    if length.credit_hours is not None:
        yield Fact("credits", number(length.credit_hours), at)
    yield from _weeks(card)
    if card.distance_miles is not None:
        yield Fact("miles", number(card.distance_miles), at)
    for measure in card.measures:
        yield from _outcome(measure)


def _weeks(card: ProgramCard) -> Iterable[Fact]:
    low, high, at = card.length.weeks_min, card.length.weeks_max, card.citation
    if high is not None and high <= DAYS_BAND_WEEKS:
        return
    if low is not None and high is not None and low != high:
        yield Fact("weeks_span", f"{number(low)}-{number(high)}", at)
    elif low is not None and low == high:
        yield Fact("weeks", number(low), at)
    if high is not None:
        yield Fact("weeks_up", number(high), at)
    if low is not None:
        yield Fact("weeks_from", number(low), at)


def _outcome(measure: MeasureCard) -> Iterable[Fact]:
    role = MEASURES.get(measure.name)
    if role is None or measure.reported is not Reported.VALUE or measure.value is None:
        return
    figure = money(measure.value) if role.startswith("pay") else percent(measure.value)
    yield Fact(role, figure, measure.citation, measure.shared_by_field, measure.name)
    if measure.n is not None:
        yield Fact("people", number(measure.n), measure.citation, measure.shared_by_field, measure.name)


def _asked(query: Query, shown: int, found: int | None) -> Iterable[Fact]:
    yield Fact("shown", number(shown), 0)
    if found is not None:
        yield Fact("found", number(found), 0)
    cost, weeks = query.amount("max_cost_usd"), query.amount("max_weeks")
    if cost:
        yield Fact("limit_cost", money(cost), 0)
    if weeks:
        yield Fact("limit_weeks", number(weeks), 0)
    for where in query.places():
        if where.radius_miles:
            yield Fact("limit_miles", number(where.radius_miles), 0)


def _wishes(query: Query) -> Iterable[str]:
    if "evening" in query.limits:
        yield "evening"
    if (way := query.choice("delivery")) is not None and way in WAYS:
        yield way
    if query.places():
        yield "near"


def _places(query: Query) -> Iterable[str]:
    for where in query.places():
        yield from (name.lower() for name in (where.city, where.county) if name)
