"""Whether the short claims around a credential in a token say the same as the credential itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from assistant.badges.dates import same_moment
from assistant.badges.report import Check, Content, failed
from assistant.badges.values import identifier, mapping

ABOUT = "claims"


def check_claims(payload: dict[str, Any], document: dict[str, Any], content: Content) -> Check | None:
    """Return a failed check naming the claims that differ, else None. A claim that is not made can't differ."""
    written = {
        "iss": identifier(document.get("issuer")),
        "jti": identifier(document),
        "sub": identifier(mapping(document.get("credentialSubject"))),
    }
    differ = [name for name, value in written.items() if name in payload and payload[name] != value]
    if "nbf" in payload and not same_moment(payload["nbf"], content.valid_from):
        differ.append("nbf")
    if "exp" in payload and content.valid_until is not None and not same_moment(payload["exp"], content.valid_until):
        differ.append("exp")
    return failed(ABOUT, "differ", names=", ".join(differ)) if differ else None


def end_of(payload: dict[str, Any]) -> list[str]:
    """Return the end that a token states, as a moment in text; one that can't be read stays as it is."""
    if "exp" not in payload:
        return []
    try:
        return [datetime.fromtimestamp(payload["exp"], UTC).isoformat()]
    except (TypeError, ValueError, OverflowError, OSError):
        return [str(payload["exp"])[:80]]
