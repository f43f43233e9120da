"""Signed tokens (compact JWS): RS256, ES256 and Ed25519, nothing else; every byte has one spelling."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from assistant.badges.container import MOST_TEXT_BYTES
from assistant.badges.keys import Key
from assistant.badges.report import UnreadableError
from assistant.badges.strict_json import parse

RSA, ELLIPTIC, EDWARDS = ("RS256",), ("ES256",), ("EdDSA", "Ed25519")
ALGORITHMS = RSA + ELLIPTIC + EDWARDS


@dataclass(frozen=True)
class Token:
    """A token taken apart; nothing of it has been checked yet."""

    text: str
    header: dict[str, Any]
    payload: dict[str, Any]

    @property
    def algorithm(self) -> str:
        """The algorithm that the token names, for messages."""
        return str(self.header.get("alg"))[:20]


class _Registry(jws.JWSRegistry):
    """Allows the size of a whole transcript, and names Ed25519 as its issuers still do (`EdDSA`)."""

    max_header_length = 16_384
    max_payload_length = MOST_TEXT_BYTES

    def get_alg(self, name: str) -> Any:
        """Return an allowed algorithm (a joserfc model); the base class would warn of the older name at each use."""
        if name not in ALGORITHMS:
            return super().get_alg(name)
        return self.algorithms[name]


def take_apart(text: str) -> Token:
    """Return header and payload; raises UnreadableError when the token is not spelled in the one right way."""
    header, payload, _ = (_decoded(part) for part in text.split("."))
    try:
        return Token(text, parse(header.decode()), parse(payload.decode()))
    except UnicodeDecodeError:
        raise UnreadableError("not_utf8") from None


def fits(token: Token, key: Key) -> bool:
    """Whether the signature was made with this key over exactly this text, by an algorithm of that kind of key."""
    if token.header.get("alg") not in _algorithms(key) or "b64" in token.header:
        return False
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    kind: type[RSAKey | ECKey | OKPKey] = OKPKey
    if not isinstance(key, Ed25519PublicKey):
        kind = RSAKey if isinstance(key, RSAPublicKey) else ECKey
    registry = _Registry(algorithms=ALGORITHMS, strict_check_header=False)
    try:
        jws.deserialize_compact(token.text, kind.import_key(pem), registry=registry)
    except (JoseError, ValueError):
        return False
    return True


def _algorithms(key: Key) -> tuple[str, ...]:
    if isinstance(key, RSAPublicKey):
        return RSA
    return EDWARDS if isinstance(key, Ed25519PublicKey) else ELLIPTIC


def _decoded(part: str) -> bytes:
    try:
        data = base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))
    except binascii.Error:
        raise UnreadableError("token") from None
    # The last character has bits that mean nothing: a second spelling of the same bytes is refused.
    if base64.urlsafe_b64encode(data).rstrip(b"=").decode() != part:
        raise UnreadableError("token")
    return data
