"""The parts of a CTDL node that is written: language maps, alignments, prices, durations, places."""

from __future__ import annotations

from decimal import Decimal

from catalog.records import Cost, Length, Place
from ingestion.ctdl_documents import Node
from ingestion.ctdl_words import COSTS

LANGUAGE = "en"
"""The language of our records, as far as they are texts."""


def identifiers(codes: dict[str, str]) -> list[Node]:
    """Return codes as identifier values, each with the name of its type."""
    return [
        {
            "@type": "ceterms:IdentifierValue",
            "ceterms:identifierTypeName": {LANGUAGE: name},
            "ceterms:identifierValueCode": code,
        }
        for name, code in codes.items()
    ]


def alignment(code: str, framework: str) -> Node:
    """Return the alignment to a code of a classification."""
    return {
        "@type": "ceterms:CredentialAlignmentObject",
        "ceterms:framework": framework,
        "ceterms:codedNotation": code,
    }


def concept(scheme: str, name: str) -> Node:
    """Return the alignment to a concept of CTDL's own schemes."""
    return {"@type": "ceterms:CredentialAlignmentObject", "ceterms:targetNode": f"{scheme}:{name}"}


def costs(cost: Cost) -> list[Node]:
    """Return a cost profile for each known part of a price."""
    given = {kind: getattr(cost, part) for kind, part in COSTS.items()}
    return [
        {
            "@type": "ceterms:CostProfile",
            "ceterms:price": amount,
            "ceterms:currency": "USD",
            "ceterms:directCostType": concept("costType", kind),
        }
        for kind, amount in given.items()
        if amount is not None
    ]


def durations(length: Length) -> list[Node]:
    """Return the duration profiles of a length."""
    profiles: list[Node] = []
    low, high = length.weeks_min, length.weeks_max
    if low is not None and low == high:
        profiles.append({"ceterms:exactDuration": f"P{_decimal(low)}W"})
    elif low is not None or high is not None:
        bounds = {"ceterms:minimumDuration": low, "ceterms:maximumDuration": high}
        profiles.append({term: f"P{_decimal(weeks)}W" for term, weeks in bounds.items() if weeks is not None})
    if length.clock_hours is not None:
        profiles.append({"ceterms:exactDuration": f"PT{_decimal(length.clock_hours)}H"})
    return [{"@type": "ceterms:DurationProfile"} | profile for profile in profiles]


def _decimal(number: float) -> str:
    """A number without an exponent, exact."""
    return format(Decimal(repr(float(number))), "f")


def places(place: Place) -> list[Node]:
    """Return a place as a list of one, or of none where no address is known."""
    words = {"streetAddress": place.street, "addressLocality": place.city, "addressRegion": place.state}
    node = texts(words | {"subRegion": place.county}) | present({"ceterms:postalCode": place.zip})
    if not node:
        return []
    point = {"ceterms:latitude": place.latitude, "ceterms:longitude": place.longitude}
    return [{"@type": "ceterms:Place"} | node | present(point)]


def texts(given: dict[str, str | None]) -> Node:
    """Return the texts that are there, as language maps."""
    return {f"ceterms:{term}": {LANGUAGE: text} for term, text in given.items() if text}


def present(values: Node) -> Node:
    """Return the values that are there."""
    return {term: value for term, value in values.items() if value is not None}


def listed(term: str, nodes: list[Node]) -> Node:
    """Return a term with its nodes, or nothing."""
    return {term: nodes} if nodes else {}
