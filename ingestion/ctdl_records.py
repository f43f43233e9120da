"""Nodes of CTDL as records: organizations, credentials, learning opportunities, quality roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from catalog.records import Accreditation, Cost, Credential, Delivery, Program, Provenance, Provider, ProviderIds
from ingestion import cells
from ingestion.ctdl_documents import BLANK, Entry, Node, listed, record_id, text_of
from ingestion.ctdl_library import Library, kind_of
from ingestion.ctdl_values import (
    Say,
    as_cip,
    codes,
    concepts,
    dollars,
    length,
    other_words,
    parsed,
    place,
    unreported,
    words,
)
from ingestion.ctdl_words import (
    ACTIVE,
    CONTROLS,
    COSTS,
    CREDENTIALS,
    DELIVERY,
    OWNERS,
    RETIRED,
    ROLES,
)
from ingestion.etp import as_url
from ingestion.occupations import Crosswalks

EIN_DIGITS = 9


def provider(entry: Entry, library: Library, provenance: Provenance, say: Say) -> Provider:
    """Return an organization as a provider; its approvals are what it claims itself."""
    node = entry.node
    name = words(node.get("ceterms:name"), "ceterms:name", say) or ""
    kinds = listed(node.get("ceterms:agentType"))
    kind = words(kinds[0].get("ceterms:targetNodeName"), "ceterms:agentType", say) if _is_node(kinds) else None
    claims = [f"{role}: {a.name}" for term, role in ROLES.items() for a in library.agents(entry, [term])]
    sectors = concepts(node.get("ceterms:agentSectorType"))
    return Provider(
        id=record_id(entry.key),
        name=name,
        aliases=other_words(node.get("ceterms:alternateName"), name, "ceterms:alternateName", say),
        ids=ProviderIds(
            opeid=parsed(node.get("ceterms:opeID"), "ceterms:opeID", cells.as_opeid, say),
            unitid=parsed(node.get("ceterms:ipedsID"), "ceterms:ipedsID", cells.as_unitid, say),
            ein=parsed(node.get("ceterms:fein"), "ceterms:fein", _as_ein, say),
        ),
        place=place(node, "ceterms:address", say),
        control=next((CONTROLS[each] for each in sectors if each in CONTROLS), None),
        kind=kind,
        website=parsed(_address(node.get("ceterms:subjectWebpage")), "ceterms:subjectWebpage", as_url, say),
        claimed_approvals=tuple(claims),
        provenance=provenance,
    )


def credential(
    entry: Entry, library: Library, crosswalks: Crosswalks | None, provenance: Provenance, say: Say
) -> Credential:
    """Return a credential with its issuer, as far as the files name it."""
    node = entry.node
    name = words(node.get("ceterms:name"), "ceterms:name", say) or ""
    aliases = (
        *other_words(node.get("ceterms:name"), name, "ceterms:name", say),
        *other_words(node.get("ceterms:alternateName"), name, "ceterms:alternateName", say),
    )
    status = concepts(node.get("ceterms:credentialStatusType")) + concepts(node.get("ceterms:lifeCycleStatusType"))
    retired = True if RETIRED.intersection(status) else False if ACTIVE.intersection(status) else None
    ended = parsed(node.get("ceterms:expirationDate"), "ceterms:expirationDate", cells.as_date, say)
    issuer = next((a.name for a in library.agents(entry, OWNERS[::-1])), None)
    return Credential(
        id=record_id(entry.key),
        name=name,
        kind=next(CREDENTIALS[kind] for kind in entry.kinds if kind in CREDENTIALS),
        aliases=tuple(dict.fromkeys(aliases)),
        issuer=issuer,
        code=parsed(node.get("ceterms:codedNotation"), "ceterms:codedNotation", cells.as_text, say),
        soc=occupations(node, crosswalks, say),
        description=words(node.get("ceterms:description"), "ceterms:description", say),
        retired=retired,
        retired_on=ended if retired else None,
        provenance=provenance,
    )


def program(entry: Entry, library: Library, provenance: Provenance, say: Say) -> Program:
    """Return a learning opportunity as a program; `fault` has said that its school is known."""
    node = entry.node
    school = next(library.agents(entry, OWNERS))
    cips = codes(node, "ceterms:instructionalProgramType", as_cip, say)
    soc = occupations(node, None, say)
    targets = [t for t in _targets(entry, library) if any(kind in CREDENTIALS for kind in t.kinds)]
    kinds = {CREDENTIALS[kind] for t in targets if _is_sketch(t) for kind in t.kinds if kind in CREDENTIALS}
    condition = next((each for each in listed(node.get("ceterms:entryCondition")) if isinstance(each, dict)), {})
    return Program(
        id=record_id(entry.key),
        name=words(node.get("ceterms:name"), "ceterms:name", say) or "",
        provider_id=record_id(school.key),
        provider_name=school.name,
        cip=cips[0] if cips else None,
        soc=soc,
        soc_method="published" if soc else None,
        cost=cost(node, say),
        length=length(node, say),
        delivery=_delivery(node, say),
        evening=True if "Evening" in concepts(node.get("ceterms:scheduleTimingType")) else None,
        place=place(node, "ceterms:availableAt", say),
        credential_kind=kinds.pop() if len(kinds) == 1 else None,
        credential_ids=tuple(record_id(t.key) for t in targets if not _is_sketch(t)),
        degree_name=next((_name(t) for t in targets if _is_sketch(t)), None),
        prerequisite_text=words(condition.get("ceterms:description"), "ceterms:entryCondition", say),
        description=words(node.get("ceterms:description"), "ceterms:description", say),
        url=parsed(_address(node.get("ceterms:subjectWebpage")), "ceterms:subjectWebpage", as_url, say),
        provenance=provenance,
    )


def judges(entry: Entry, library: Library, provenance: Provenance) -> Iterator[Accreditation]:
    """Yield the quality bodies of a credential or program, each with its role as status.

    `may_revoke` is a power, not an act. The organizations' own claims are on the provider.
    """
    for term, role in ROLES.items():
        for agent in library.agents(entry, [term]):
            yield Accreditation(
                id=f"{record_id(entry.key)}|{role}|{agent.key}",
                provider_id=record_id(entry.key),
                agency=agent.name,
                agency_id=record_id(agent.key),
                scope=kind_of(entry),
                status=role,
                provenance=provenance,
            )


def occupations(node: Node, crosswalks: Crosswalks | None, say: Say) -> tuple[str, ...]:
    """Return the SOC codes of a node; codes of SOC 2010 that were renumbered go where they went."""
    found = tuple(codes(node, "ceterms:occupationType", cells.as_soc, say))
    return crosswalks.current_soc(found) if crosswalks else found


def cost(node: Node, say: Say) -> Cost:
    """Return the price and its parts; of several amounts for one part none is chosen."""
    parts: dict[str, set[float]] = {}
    for profile in (each for each in listed(node.get("ceterms:estimatedCost")) if isinstance(each, dict)):
        amount = dollars(profile, "ceterms:price", "ceterms:currency", say)
        for kind in concepts(profile.get("ceterms:directCostType")):
            if amount is not None and kind in COSTS:
                parts.setdefault(COSTS[kind], set()).add(amount)
    for part, amounts in parts.items():
        if len(amounts) > 1:
            say("ceterms:estimatedCost", ", ".join(f"{each:g}" for each in sorted(amounts)), f"several amounts: {part}")
    return Cost(**{part: amounts.pop() for part, amounts in parts.items() if len(amounts) == 1})


def _delivery(node: Node, say: Say) -> Delivery | None:
    given = concepts(node.get("ceterms:deliveryType")) + concepts(node.get("ceterms:learningDeliveryType"))
    for each in given:
        if each not in DELIVERY:
            say("ceterms:deliveryType", each, "not a known way of teaching")
    found = {DELIVERY[each] for each in given if each in DELIVERY}
    if len(found) > 1:
        say("ceterms:deliveryType", ", ".join(given), "several ways of teaching, and not which holds when")
    return found.pop() if len(found) == 1 else None


def _targets(entry: Entry, library: Library) -> Iterator[Entry]:
    for profile in (each for each in listed(entry.node.get("ceterms:isPreparationFor")) if isinstance(each, dict)):
        for given in listed(profile.get("ceterms:targetCredential")):
            if isinstance(given, dict) and "@id" not in given:
                yield replace(entry, node=given, address=None)
                continue
            found = library.entry_of(entry, given)
            if found is not None and found.refusal is None:
                yield found


def _is_sketch(entry: Entry) -> bool:
    """Whether a credential is only sketched inside the record that leads to it."""
    return (text_of(entry.node.get("@id")) or BLANK).startswith(BLANK)


def _name(entry: Entry) -> str | None:
    return words(entry.node.get("ceterms:name"), "ceterms:name", unreported)


def _is_node(values: list[Any]) -> bool:
    return bool(values) and isinstance(values[0], dict)


def _address(value: Any) -> Any:
    first = next(iter(listed(value)), None)
    return first.get("@id") if isinstance(first, dict) else first


def _as_ein(raw: str) -> str | None:
    digits = cells.clean(raw).replace("-", "")
    if not digits:
        return None
    if len(digits) != EIN_DIGITS or not (digits.isascii() and digits.isdigit()):
        raise cells.CellError("not a tax id")
    return digits
