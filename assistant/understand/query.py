"""What a question asks for, as typed slots."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Filter, Intent, Language, Persona
from catalog.records import Delivery, Record


class Slot(Record):
    """A value and the words that it was read from."""

    words: str


class Amount(Slot):
    """A limit in US dollars, or in weeks."""

    value: float


class Wish(Slot):
    """Something asked for, yes or no."""

    value: bool


class Way(Slot):
    """How to be taught."""

    value: Delivery


class Where(Slot):
    """A place: within a radius of coordinates, or in a city, county or state."""

    city: str | None = None
    county: str | None = None
    state: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_miles: float | None = None


class Query(Record):
    """A question as understood. `topic` is what is left of it when the slots are taken out."""

    text: str
    language: Language
    persona: Persona
    intent: Intent
    topic: str = ""
    entity: str | None = None
    max_cost: Amount | None = None
    max_weeks: Amount | None = None
    where: Where | None = None
    evening: Wish | None = None
    spanish: Wish | None = None
    childcare: Wish | None = None
    delivery: Way | None = None

    def filters(self) -> Iterator[Filter]:
        """Yield the limits in force."""
        if self.max_cost:
            yield Filter(name="max_cost_usd", value=self.max_cost.value, words=self.max_cost.words)
        if self.where:
            yield where_filter(self.where)
        for name, wish in (("evening", self.evening), ("spanish", self.spanish), ("childcare", self.childcare)):
            if wish:
                yield Filter(name=name, value=wish.value, words=wish.words)
        if self.delivery:
            way = self.delivery
            yield Filter(name=f"delivery_{way.value}", value=True, words=way.words)
        if self.max_weeks:
            yield Filter(name="max_weeks", value=self.max_weeks.value, words=self.max_weeks.words)


def where_filter(where: Where) -> Filter:
    """Return the filter that a place means."""
    if where.radius_miles is not None:
        return Filter(name="near", value=where.city or where.words, words=where.words)
    for name, value in (("in_city", where.city), ("in_county", where.county), ("in_state", where.state)):
        if value is not None:
            return Filter(name=name, value=value, words=where.words)
    raise ValueError("a place without a name")
