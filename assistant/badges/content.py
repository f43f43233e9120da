"""What a document asserts: Open Badges 2.0 and 3.0, CLR 2.0, and the other things that people take for badges."""

from __future__ import annotations

from typing import Any

from assistant.badges.report import Achievement, Alignment, Content, Evidence, Party
from assistant.badges.values import identifier, listed, mapping, mappings, text, types

BADGE, TRANSCRIPT, ENDORSEMENT, CREDENTIAL = "open_badge_3", "clr_2", "endorsement", "credential"
OLD_BADGE, BADGE_CLASS, PROFILE = "open_badge_2", "badge_class", "profile"
RECORD, PROOF, SCHEMA, CONTEXT, ADDRESS, OTHER = "registry_record", "proof", "schema", "context", "address", "other"
VERIFIABLE = frozenset({BADGE, TRANSCRIPT, ENDORSEMENT, CREDENTIAL})
CLAIMS = VERIFIABLE | {OLD_BADGE, RECORD}
"""Kinds that claim something of somebody; the others are parts, or things that describe a badge."""
BY_TYPE = (
    ("ClrCredential", TRANSCRIPT),
    ("OpenBadgeCredential", BADGE),
    ("AchievementCredential", BADGE),
    ("EndorsementCredential", ENDORSEMENT),
    ("VerifiableCredential", CREDENTIAL),
    ("Assertion", OLD_BADGE),
    ("BadgeClass", BADGE_CLASS),
    ("Issuer", PROFILE),
    ("Profile", PROFILE),
)


def kind_of(document: dict[str, Any]) -> str:
    """Tell what a document is, by what it says of itself."""
    named = types(document)
    for name, kind in BY_TYPE:
        if name in named:
            return kind
    if "proofValue" in document:
        return PROOF
    if "$schema" in document:
        return SCHEMA
    if set(document) == {"@context"}:
        return CONTEXT
    return RECORD if "@graph" in document else OTHER


def content_of(document: dict[str, Any]) -> Content:
    """Return what a document asserts."""
    kind = kind_of(document)
    if kind in VERIFIABLE:
        return _verifiable(document, kind)
    if kind == OLD_BADGE:
        return _old_badge(document)
    if kind == BADGE_CLASS:
        return Content(
            kind=kind,
            id=identifier(document),
            name=text(document.get("name")),
            issuer=_party(document.get("issuer")),
            achievements=(_old_achievement(document),),
        )
    if kind == RECORD:
        return _record(document)
    return Content(
        kind=kind,
        id=identifier(document),
        name=text(document.get("name")),
        description=text(document.get("description")),
        issuer=_party(document) if kind == PROFILE else None,
    )


def _verifiable(document: dict[str, Any], kind: str) -> Content:
    subject = mapping(document.get("credentialSubject"))
    return Content(
        kind=kind,
        id=identifier(document),
        name=text(document.get("name")),
        description=text(document.get("description")) or text(subject.get("endorsementComment")),
        issuer=_party(document.get("issuer")),
        recipient=_recipient(subject),
        achievements=tuple(map(_achievement, mappings(subject.get("achievement")))),
        evidence=tuple(map(_evidence, mappings(document.get("evidence")))),
        valid_from=text(document.get("validFrom")) or text(document.get("issuanceDate")),
        valid_until=text(document.get("validUntil")) or text(document.get("expirationDate")),
        status_kind=text(mapping(document.get("credentialStatus")).get("type")),
        endorsements=_endorsements(document),
    )


def _old_badge(document: dict[str, Any]) -> Content:
    badge = document.get("badge")
    issuer = badge.get("issuer") if isinstance(badge, dict) else None
    recipient = mapping(document.get("recipient"))
    hashed = recipient.get("hashed") is True
    return Content(
        kind=OLD_BADGE,
        id=identifier(document),
        name=text(badge.get("name")) if isinstance(badge, dict) else None,
        description=text(document.get("narrative")),
        issuer=_party(issuer),
        # A hashed identity names nobody; it is not shown as if it were a name.
        recipient=None if hashed else _party(recipient.get("identity")),
        achievements=(_old_achievement(badge),) if badge is not None else (),
        evidence=tuple(map(_evidence, listed(document.get("evidence")))),
        valid_from=text(document.get("issuedOn")),
        valid_until=text(document.get("expires")),
        status_kind=text(mapping(document.get("verification")).get("type")),
    )


def _record(document: dict[str, Any]) -> Content:
    node = next(iter(mappings(document.get("@graph"))), {})
    return Content(
        kind=RECORD,
        id=text(node.get("@id")),
        name=_of_languages(node.get("ceterms:name")),
        description=_of_languages(node.get("ceterms:description")),
    )


def _of_languages(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((found for found in map(text, value.values()) if found is not None), None)
    return text(value)


def _party(value: Any) -> Party | None:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):
        return Party(id=identifier(value), name=text(value.get("name")), url=text(value.get("url")))
    found = text(value)
    return None if found is None else Party(id=found)


def _recipient(subject: dict[str, Any]) -> Party | None:
    known = identifier(subject)
    for each in mappings(subject.get("identifier")):
        if known is None and each.get("hashed") is not True:
            known = text(each.get("identityHash"))
    name = text(subject.get("name"))
    return Party(id=known, name=name) if known or name else None


def _achievement(value: dict[str, Any]) -> Achievement:
    criteria = mapping(value.get("criteria"))
    return Achievement(
        id=identifier(value),
        name=text(value.get("name")),
        kind=text(value.get("achievementType")),
        description=text(value.get("description")),
        criteria=text(criteria.get("narrative")),
        criteria_url=identifier(criteria),
        creator=_party(value.get("creator")),
        alignments=tuple(map(_alignment, mappings(value.get("alignment")))),
    )


def _old_achievement(value: Any) -> Achievement:
    if not isinstance(value, dict):
        return Achievement(id=text(value))
    criteria = value.get("criteria")
    return Achievement(
        id=identifier(value),
        name=text(value.get("name")),
        description=text(value.get("description")),
        criteria=text(criteria.get("narrative")) if isinstance(criteria, dict) else None,
        criteria_url=identifier(criteria),
        creator=_party(value.get("issuer")),
        alignments=tuple(map(_alignment, mappings(value.get("alignment")))),
    )


def _alignment(value: dict[str, Any]) -> Alignment:
    return Alignment(
        name=text(value.get("targetName")),
        framework=text(value.get("targetFramework")),
        code=text(value.get("targetCode")),
        url=text(value.get("targetUrl")),
    )


def _evidence(value: Any) -> Evidence:
    if not isinstance(value, dict):
        return Evidence(url=text(value))
    return Evidence(
        name=text(value.get("name")),
        description=text(value.get("description")) or text(value.get("narrative")),
        url=identifier(value),
    )


def _endorsements(value: Any) -> int:
    """Count the endorsements at every depth."""
    if isinstance(value, list):
        return sum(map(_endorsements, value))
    if not isinstance(value, dict):
        return 0
    own = len(listed(value.get("endorsement"))) + len(listed(value.get("endorsementJwt")))
    return own + sum(map(_endorsements, value.values()))
