"""What a question asks for, as typed slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from assistant.answer import Filter, Intent, Language, Persona
from assistant.understand.subject import Subject
from catalog.records import Record


class Slot(Record):
    """What was read, and the words that it was read from."""

    words: str


class Amount(Slot):
    """A limit in the unit that its name says."""

    value: float


class Wish(Slot):
    """Something asked for, yes or no."""

    value: bool = True


class Choice(Slot):
    """One of several, by its key."""

    value: str


class Where(Record):
    """A place: within a radius of coordinates, or in a ZIP code, city, county or state."""

    zip: str | None = None
    city: str | None = None
    county: str | None = None
    state: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius_miles: float | None = None

    @property
    def key(self) -> str:
        """Return the name of the limit that the place means."""
        if self.radius_miles is not None:
            return "near"
        return next(f"in_{kind}" for kind in ("zip", "city", "county", "state") if getattr(self, kind) is not None)

    @property
    def name(self) -> str:
        """Return what the place is called: its narrowest part."""
        return self.zip or self.city or self.county or self.state or ""


class Places(Slot):
    """Places of which any one will do."""

    value: tuple[Where, ...]

    def within(self, miles: float) -> Places:
        """Return the same places with a radius; a county or state has none."""
        near = tuple(
            each if each.county or each.latitude is None else each.model_copy(update={"radius_miles": miles})
            for each in self.value
        )
        return self.model_copy(update={"value": near})


class Schools(Slot):
    """Schools that a stretch of the question names: any of these records."""

    value: str
    ids: frozenset[str]


class Query(Record):
    """A question as understood. `topic` names its subject, in the words of the lexicon or else of the question.

    `limits` are by name, in the order in which they are told; `refers_to` are places in the list shown before,
    `leaning` is the order that 'fast' or 'cheap' leans to: it decides between programs that fit alike.
    """

    text: str
    language: Language
    persona: Persona
    intent: Intent
    topic: str = ""
    subject: Subject = Subject()
    entity: str | None = None
    limits: Mapping[str, Slot] = {}
    order: Choice | None = None
    leaning: str | None = None
    refers_to: tuple[int, ...] = ()
    schools: tuple[Schools, ...] = ()
    not_understood: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    """Earlier turns as they were said, for a reply that has to know what a question leans on."""

    def amount(self, name: str) -> float | None:
        """Return the figure of a limit."""
        slot = self.limits.get(name)
        return slot.value if isinstance(slot, Amount) else None

    def choice(self, name: str) -> str | None:
        """Return the key of a choice."""
        slot = self.limits.get(name)
        return slot.value if isinstance(slot, Choice) else None

    def places(self, name: str = "place") -> tuple[Where, ...]:
        """Return the places that will do, or with `not_place` those that won't."""
        slot = self.limits.get(name)
        return slot.value if isinstance(slot, Places) else ()

    def filters(self) -> Iterator[Filter]:
        """Yield what was asked for beside the subject."""
        for name, slot in self.limits.items():
            yield from _filters_of(name, slot)
        if self.order:
            yield Filter(name="order", value=self.order.value, words=self.order.words)


def kept(limits: Mapping[str, Slot], given_up: Iterable[Filter]) -> dict[str, Slot]:
    """Return the limits without those that are given up: those of the same name from the same words."""
    gone = {(each.name, each.words) for each in given_up}
    return {
        name: slot
        for name, slot in limits.items()
        if not any((each.name, each.words) in gone for each in _filters_of(name, slot))
    }


def _filters_of(name: str, slot: Slot) -> Iterator[Filter]:
    if isinstance(slot, Places):
        yield from (_place_filter(name, where, slot.words) for where in slot.value)
    elif isinstance(slot, Choice) and name in ("delivery", "not_delivery"):
        yield Filter(name=f"{name}_{slot.value}", value=True, words=slot.words)
    elif isinstance(slot, Amount | Wish | Choice | Schools):
        yield Filter(name=name, value=slot.value, words=slot.words)


def _place_filter(name: str, where: Where, words: str) -> Filter:
    prefix = "not_" if name == "not_place" else ""
    return Filter(
        name=prefix + where.key, value=where.name, words=words, state=where.state, radius_miles=where.radius_miles
    )
