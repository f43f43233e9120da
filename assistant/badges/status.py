"""Whether a credential was taken back, and whether an Open Badge 2.0 still stands where its issuer hosts it."""

from __future__ import annotations

from typing import Any

from assistant.badges.content import OLD_BADGE
from assistant.badges.fetching import Fetch, FetchError, host_of
from assistant.badges.report import Check, UnreadableError, failed, passed, unknown
from assistant.badges.strict_json import parse
from assistant.badges.values import identifier, mapping, mappings, text

ABOUT = "status"
REVOCATION_LIST = "1EdTechRevocationList"


def check_status(document: dict[str, Any], kind: str, fetch: Fetch | None, *, signed: bool) -> Check:
    """Look up whether the issuer took a credential back; without a network that stays open."""
    if kind == OLD_BADGE:
        if document.get("revoked") is True:
            return failed(ABOUT, "revoked")
        # A hosted one is taken back where it is hosted, which the signature check looks at.
        return unknown(ABOUT, "old_list") if signed else passed(ABOUT, "old_hosted")
    entries = mappings(document.get("credentialStatus"))
    if not entries:
        return passed(ABOUT, "none")
    checks = [_entry(document, entry, fetch) for entry in entries[:5]]
    return next((c for c in checks if c.outcome != "passed"), checks[0])


def _entry(document: dict[str, Any], entry: dict[str, Any], fetch: Fetch | None) -> Check:
    kind, url = text(entry.get("type")), identifier(entry)
    if kind != REVOCATION_LIST or url is None:
        return unknown(ABOUT, "kind", name=(kind or "-")[:60])
    if fetch is None:
        return unknown(ABOUT, "not_looked")
    issuer = identifier(document.get("issuer"))
    if host_of(url) is None or host_of(url) != host_of(issuer):
        return unknown(ABOUT, "list_elsewhere", url=url[:200])
    found = _fetched(url, fetch, ABOUT)
    if isinstance(found, Check):
        return found
    if identifier(found.get("issuer")) != issuer:
        return unknown(ABOUT, "list_elsewhere", url=url[:200])
    listed = {identifier(each) for each in mappings(found.get("revokedCredential")) if each.get("revoked") is not False}
    return failed(ABOUT, "revoked") if identifier(document) in listed else passed(ABOUT, "not_listed")


def _fetched(url: str, fetch: Fetch, about: str) -> dict[str, Any] | Check:
    try:
        return parse(fetch(url).decode())
    except FetchError as error:
        return unknown(about, f"fetch_{error.reason}", url=error.url)
    except (UnreadableError, UnicodeDecodeError):
        return unknown(about, "fetch_failed", url=url[:200])


def check_hosted(document: dict[str, Any], fetch: Fetch | None) -> Check:
    """Compare an unsigned Open Badge 2.0 with what its issuer's site shows: that is its only proof."""
    about, url = "signature", identifier(document)
    badge = document.get("badge")
    issuer = identifier(mapping(badge).get("issuer")) or identifier(badge)
    if fetch is None or url is None:
        return unknown(about, "hosted_offline")
    if host_of(url) is None or host_of(url) != host_of(issuer):
        return unknown(about, "hosted_elsewhere", url=url[:200])
    shown = _fetched(url, fetch, about)
    if isinstance(shown, Check):
        return shown
    if shown.get("revoked") is True:
        return failed(ABOUT, "revoked")
    return passed(about, "hosted_same") if shown == document else failed(about, "hosted_differs")
