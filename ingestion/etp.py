"""What the two publications of the federal training provider reports (ETA-9171) share: words, lengths, places.

In both, `-1` stands for a withheld figure, except in the two length fields, where it means that the
program is competency-based.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from catalog.records import Control, Delivery, Length, Place, Provider, ProviderIds
from ingestion import cells
from ingestion.naming import slug
from ingestion.places import checked
from ingestion.row import Row
from ingestion.shelf import Shelf

PUBLISHER = "US Department of Labor, Employment and Training Administration"
URL = "https://www.trainingproviderresults.gov/"
LICENCE = "public domain (US government)"
WITHHELD = -1

ENTITIES = {
    "1": "Higher Ed: Associate's Degree",
    "2": "Higher Ed: Baccalaureate or Higher",
    "3": "Higher Ed: Certificate of Completion",
    "4": "National Apprenticeship",
    "5": "Private Non-Profit",
    "6": "Private For-Profit",
    "7": "Public",
    "8": "Other",
}
CONTROLS = {
    "Private Non-Profit": Control.NONPROFIT,
    "Private For-Profit": Control.FOR_PROFIT,
    "Public": Control.PUBLIC,
}
DELIVERY = (
    ("hybrid or blended", Delivery.HYBRID),
    ("both in-person and online", Delivery.HYBRID),
    ("in-person instruction only", Delivery.IN_PERSON),
    ("distance learning only", Delivery.ONLINE),
)
MAX_WEEKS = 520
MAX_HOURS_A_WEEK = 60
BARE_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/\S*)?", re.IGNORECASE)


class Duration(NamedTuple):
    """A program's length, and the names of published parts that it leaves out."""

    length: Length
    held_back: tuple[str, ...]


def provider_id(state: str, name: str) -> str:
    """Return the id of a provider: the reports give it no number, so its name in a state must do."""
    return f"dol_etp:{state}:{slug(name)}"


def known_provider(row: Row, shelf: Shelf, name: str, state: str, entity: str | None, place: Place) -> Provider:
    """Return the provider of that name in the state; at its first row it is put on the shelf."""
    key = provider_id(state, name)
    known = shelf.find(Provider, key)
    if known is not None:
        return known
    provider = Provider(
        id=key,
        name=name,
        ids=ProviderIds(),
        place=place,
        control=CONTROLS.get(entity or ""),
        kind=entity,
        provenance=row.provenance(key.partition(":")[2]),
    )
    row.also(provider)
    return provider


def entity_of(row: Row, column: str) -> str | None:
    """Pop the kind of entity, given as a word or as the code of the form."""
    raw = row.text(column)
    entity = ENTITIES.get(raw or "", raw)
    if entity is not None and entity not in ENTITIES.values():
        row.issue(column, entity, "not one of the form's kinds of entity")
    return entity


def delivery_of(row: Row, column: str) -> Delivery | None:
    """Pop the program format, which is published as a sentence."""
    raw = row.text(column)
    for words, delivery in DELIVERY:
        if words in (raw or "").lower():
            return delivery
    if raw is not None:
        row.issue(column, raw, "not a known program format")
    return None


def duration_of(row: Row, weeks_column: str, hours_column: str) -> Duration:
    """Pop a program's length in weeks and hours.

    The form does not say whether hours are of a week or of the program: names that state their
    clock hours show that California files hours a week. So hours count only where both readings
    agree (one week), or where they are too many for a week.
    """
    weeks, hours = row.float(weeks_column), row.float(hours_column)
    competency_based = WITHHELD in (weeks, hours)
    weeks, hours = _known(row, weeks_column, weeks), _known(row, hours_column, hours)
    held: list[str] = []
    if weeks is not None and weeks > MAX_WEEKS:
        row.issue(weeks_column, f"{weeks:g}", f"more than {MAX_WEEKS} weeks")
        held.append("weeks")
        weeks = None
    if hours is not None and not _is_total(hours, weeks):
        row.issue(hours_column, f"{hours:g}", _unclear(weeks))
        held.append("clock_hours")
        hours = None
    length = Length(clock_hours=hours, weeks_min=weeks, weeks_max=weeks, competency_based=competency_based or None)
    return Duration(length, tuple(held))


def _unclear(weeks: float | None) -> str:
    span = "an unknown number of" if weeks is None else f"{weeks:g}"
    return f"not said whether hours a week or in all, over {span} weeks"


def _known(row: Row, column: str, value: float | None) -> float | None:
    if value is None or value == WITHHELD:
        return None
    if value <= 0:
        row.issue(column, f"{value:g}", "not a length")
        return None
    return value


def _is_total(hours: float, weeks: float | None) -> bool:
    if weeks is not None and weeks <= 1:
        return hours <= MAX_HOURS_A_WEEK
    return hours > MAX_HOURS_A_WEEK and (weeks is None or hours <= weeks * MAX_HOURS_A_WEEK)


def place_of(
    row: Row, *, zip_column: str, city: str | None = None, state: str | None = None, street: str | None = None
) -> Place:
    """Pop a place, with county and coordinates of its ZIP code; contradictions are reported."""
    names = {"city": city, "state": state, "zip": zip_column}
    place = Place(
        street=row.text(street) if street else None,
        city=row.text(city) if city else None,
        state=row.parse(state, cells.as_state) if state else None,
        zip=row.parse(zip_column, cells.as_zip),
    )
    return checked(place, lambda part, value, reason: row.issue(names.get(part) or part, value, reason))


def as_url(raw: str) -> str | None:
    """Return a web address; a bare host gets `https://`, other text raises CellError."""
    text = cells.clean(raw)
    if not text:
        return None
    if BARE_HOST.fullmatch(text):
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        raise cells.CellError("not a web address") from None
    if parts.scheme.lower() not in ("http", "https") or "." not in (parts.hostname or "") or " " in text:
        raise cells.CellError("not a web address")
    return text


def as_money(raw: str) -> float | None:
    """Return an amount in US dollars; None when blank or withheld."""
    amount = cells.as_number(raw)
    if amount is None or amount == WITHHELD:
        return None
    if amount < 0:
        raise cells.CellError("a negative amount")
    return amount


def flattened(item: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return an item whose nested parts are columns of their own, named `part.field`; lists stay."""
    out: dict[str, Any] = {}
    for key, value in item.items():
        if isinstance(value, dict):
            out |= flattened(value, f"{prefix}{key}.")
        else:
            out[f"{prefix}{key}"] = value
    return out
