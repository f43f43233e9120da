"""Whether a document has the parts that its standard asks for.

Sources: Open Badges 3.0 and 2.0, CLR 2.0 (1EdTech), Verifiable Credentials Data Model 1.1 and 2.0 (W3C). The rules are
our own short statement of the required parts; the publishers' JSON schemas allow more detail and are not used.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assistant.badges import content
from assistant.badges.report import Check, failed, passed, unknown
from assistant.badges.values import identifier, listed, mapping, mappings, text, types

V1, V2 = "https://www.w3.org/2018/credentials/v1", "https://www.w3.org/ns/credentials/v2"
ABOUT = "structure"


def check_structure(document: dict[str, Any]) -> Check:
    """Check the required parts; a document of a kind that claims nothing of anybody can't be judged."""
    kind = content.kind_of(document)
    if kind not in content.CLAIMS:
        return unknown(ABOUT, f"kind_{kind}")
    if kind == content.RECORD:
        return passed(ABOUT, "record")
    missing = sorted(set(_old_badge(document) if kind == content.OLD_BADGE else _verifiable(document, kind)))
    return failed(ABOUT, "missing", parts=", ".join(missing)) if missing else passed(ABOUT, "complete")


def _verifiable(document: dict[str, Any], kind: str) -> Iterator[str]:
    first = next(iter(listed(document.get("@context"))), None)
    if first not in (V1, V2):
        yield "@context"
    if "VerifiableCredential" not in types(document):
        yield "type"
    if identifier(document.get("issuer")) is None:
        yield "issuer.id"
    start = "validFrom" if first == V2 else "issuanceDate"
    if text(document.get(start)) is None:
        yield start
    if kind != content.CREDENTIAL and identifier(document) is None:
        yield "id"
    subject = mapping(document.get("credentialSubject"))
    if not subject:
        yield "credentialSubject"
    elif kind == content.BADGE:
        yield from _achievement_subject(subject)
    elif kind == content.TRANSCRIPT and not listed(subject.get("verifiableCredential")):
        yield "credentialSubject.verifiableCredential"


def _achievement_subject(subject: dict[str, Any]) -> Iterator[str]:
    if "AchievementSubject" not in types(subject):
        yield "credentialSubject.type"
    if identifier(subject) is None and not mappings(subject.get("identifier")):
        yield "credentialSubject.id"
    achievement = mapping(subject.get("achievement"))
    path = "credentialSubject.achievement"
    if not achievement:
        yield path
        return
    if "Achievement" not in types(achievement):
        yield f"{path}.type"
    for name in ("id", "name", "description"):
        if text(achievement.get(name)) is None:
            yield f"{path}.{name}"
    criteria = mapping(achievement.get("criteria"))
    if identifier(criteria) is None and text(criteria.get("narrative")) is None:
        yield f"{path}.criteria"


def _old_badge(document: dict[str, Any]) -> Iterator[str]:
    for name in ("@context", "id", "issuedOn"):
        if text(document.get(name)) is None:
            yield name
    recipient = mapping(document.get("recipient"))
    for name in ("type", "identity"):
        if text(recipient.get(name)) is None:
            yield f"recipient.{name}"
    if identifier(document.get("badge")) is None:
        yield "badge"
    if text(mapping(document.get("verification")).get("type")) is None:
        yield "verification.type"
