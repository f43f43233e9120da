"""How a program is taught, read from its own title and description; a text that offers both ways decides nothing."""

from __future__ import annotations

import re

from catalog.records import Delivery

ONLINE = r"on[- ]?line"
TITLED_HYBRID = re.compile(r"\bhybrid\b|\bblended\b", re.IGNORECASE)
TITLED_ONLINE = re.compile(rf"\b(?:{ONLINE}|virtual|self-paced)\b", re.IGNORECASE)
EITHER = re.compile(
    rf"\b(?:on-?site|classroom|class room|in[- ]person|residential)\b[^.]{{0,60}}\b(?:or|and/or)\b[^.]{{0,30}}{ONLINE}|"
    rf"{ONLINE}[^.]{{0,30}}\bor\b[^.]{{0,30}}\b(?:on-?site|classroom|in[- ]person)\b|available on-?site and/or",
    re.IGNORECASE,
)
HYBRID = re.compile(
    rf"\bhybrid\b|\bblended (?:learning|course|program|format|approach)|\bblends {ONLINE}|classroom/{ONLINE}|"
    rf"percentage of (?:the )?class(?:es)? is conducted {ONLINE}|combination of both in[- ]classroom and",
    re.IGNORECASE,
)
ON_SITE_PART = re.compile(
    r"\b(?:hours? in a classroom|require students to attend|clinical will be conducted in|"
    r"practical training component must)\b",
    re.IGNORECASE,
)
TOLD_ONLINE = re.compile(
    rf"\b(?:is an?|this|the|our|recognized|intensive|live|month)(?: [\w-]+){{0,2}}? "
    rf"{ONLINE}(?: [\w-]+){{0,3}}? (?:program|course|training|format|class(?:es)?)\b|"
    rf"\b(?:completely|entirely|fully|100 ?%|wholly) {ONLINE}\b|\(remote\)|{ONLINE}, home-study",
    re.IGNORECASE,
)


def delivery_of(title: str, text: str) -> Delivery | None:
    """Return how a program is taught as its title, else its description says; None where neither says one way."""
    if TITLED_HYBRID.search(title):
        return Delivery.HYBRID
    if TITLED_ONLINE.search(title):
        return None if ON_SITE_PART.search(text) else Delivery.ONLINE
    if EITHER.search(text):
        return None
    if HYBRID.search(text):
        return Delivery.HYBRID
    if TOLD_ONLINE.search(text):
        return Delivery.HYBRID if ON_SITE_PART.search(text) else Delivery.ONLINE
    return None
