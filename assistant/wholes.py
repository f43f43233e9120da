"""The whole that a school is a part of: whose warnings concern the part as well, and are said to be the whole's.

Many state records are of one campus or department of an institution. What the rules say of the institution
has the institution as its subject; a part would stay silent about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assistant.names import DEEPEST, alike
from catalog.ageing import LESS_SEVERE
from catalog.records import Finding, Provider, Verdict
from catalog.snapshot import Snapshot

PLACE_ONLY = "closed_or_closing"
"""A closing is of a place: that one closed does not say that its parts did, so it weighs one step less there."""
ONE_FOR_ALL = "hcm"
"""Monitoring is of an institution with all its branches: a part that has it needs no second warning."""
TOLD_BY = ("words", "agency", "scope", "act", "dated")
"""Values that tell two acts of one rule apart."""


def wholes_of(snapshot: Snapshot, providers: Iterable[Provider]) -> dict[str, tuple[Provider, ...]]:
    """Return the schools that each provider is a part of, the nearest first, by the provider's id.

    An owner of several schools is none, and neither is a school under another name: a parent in a
    register can be a sister school or a later owner.
    """
    parts = {provider.id: provider for provider in providers}
    schools = _schools(snapshot, parts.values())
    found: dict[str, tuple[Provider, ...]] = {}
    for key, part in parts.items():
        own = schools.get(part.entity_id or part.id, part)
        known = (part.name, own.name, *part.aliases, *own.aliases)
        above = _above(own, schools)
        found[key] = tuple(each for each in above if any(alike(name, known) for name in (each.name, *each.aliases)))
    return found


def _schools(snapshot: Snapshot, parts: Iterable[Provider]) -> dict[str, Provider]:
    """Return the schools of the parts and all that stand above them; nothing is read for a school without a parent."""
    given = list(parts)
    found = {part.id: part for part in given if part.entity_id in (None, part.id)}
    wanted = {key for part in given for key in (part.entity_id or part.id, part.parent_id)}
    for _ in range(2 * DEEPEST + 1):
        missing = sorted(key for key in wanted if key is not None and key not in found)
        met = snapshot.get(Provider, missing)
        if not met:
            break
        found |= met
        wanted = {key for each in met.values() for key in (each.entity_id, each.parent_id)}
    return found


def _above(own: Provider, schools: Mapping[str, Provider]) -> list[Provider]:
    above: list[Provider] = []
    at: Provider | None = own
    while at is not None and len(above) < DEEPEST:
        parent = schools.get(at.parent_id or "")
        at = schools.get(parent.entity_id or parent.id) if parent is not None else None
        if at is None or at.level == "system" or at.id == own.id or at in above:
            break
        above.append(at)
    return above


def inherited(own: Sequence[Finding], of_wholes: Iterable[Finding]) -> list[Finding]:
    """Return the alerts on a whole that concern its part and that the part does not have itself."""
    known = {_act(each) for each in own}
    return [_weighed(each) for each in of_wholes if each.verdict is Verdict.ALERT and _act(each) not in known]


def _act(finding: Finding) -> tuple[str, ...]:
    if finding.rule == ONE_FOR_ALL:
        return (finding.rule,)
    told = [value for value in finding.values if value.partition("=")[0] in TOLD_BY]
    return (finding.rule, *(told or finding.values))


def _weighed(finding: Finding) -> Finding:
    if finding.rule != PLACE_ONLY:
        return finding
    return finding.model_copy(update={"severity": LESS_SEVERE[finding.severity]})
