"""Public keys from files and documents: PEM, JWK, JWKS, multikey, did:key, key documents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc import jwk
from joserfc.errors import JoseError

from assistant.badges import multikey
from assistant.badges.report import UnreadableError
from assistant.badges.strict_json import parse
from assistant.badges.values import identifier, listed, mappings, text

Key = RSAPublicKey | EllipticCurvePublicKey | Ed25519PublicKey
LEAST_RSA_BITS = 2048
MOST_KEYS = 100
PRIVATE_PARTS = frozenset({"d", "p", "q", "dp", "dq", "qi", "k"})


@dataclass(frozen=True)
class PublicKey:
    """A key, with the name that it goes by and who controls it, where a document says so."""

    key: Key
    id: str | None = None
    controller: str | None = None


def read_key_file(data: bytes) -> list[PublicKey]:
    """Return the public keys of a file; raises UnreadableError when it holds none, a weak or a private one."""
    try:
        content = data[: 1024 * 1024].decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise UnreadableError("no_key") from None
    if "PRIVATE KEY" in content or '"secretKeyMultibase"' in content:
        raise UnreadableError("private_key")
    keys = keys_of(parse(content)) if content.startswith("{") else [_text_key(content)]
    if not keys:
        raise UnreadableError("no_key")
    return keys


def keys_of(document: dict[str, Any]) -> list[PublicKey]:
    """Return the keys of a JWK, a JWKS, a key document or a document that lists keys; raises UnreadableError."""
    found = [key for key in [_document_key(document)] if key is not None]
    for each in mappings(document.get("keys")) + mappings(document.get("verificationMethod")):
        key = _document_key(each)
        found += [key] if key is not None else []
    for each in mappings(document.get("assertionMethod")) + mappings(document.get("publicKey")):
        key = _document_key(each)
        found += [key] if key is not None else []
    return found[:MOST_KEYS]


def may_assert(document: dict[str, Any], reference: str) -> bool:
    """Whether a document that says which keys may sign statements lists this one; one that says nothing lists all."""
    allowed = document.get("assertionMethod")
    return allowed is None or reference in {identifier(each) for each in listed(allowed)}


def pem_key(pem: str) -> Key:
    """Return the key of a PEM text; raises UnreadableError for no key, a weak one, or a kind that isn't known here."""
    try:
        return _usable(load_pem_public_key(pem.encode()))
    except (ValueError, UnsupportedAlgorithm):
        raise UnreadableError("no_key") from None


def multikey_key(value: str) -> Key:
    """Return the key of a multikey text; raises UnreadableError."""
    try:
        return multikey.public_key(value)
    except multikey.NotAKeyError:
        raise UnreadableError("no_key") from None


def _text_key(content: str) -> PublicKey:
    if content.startswith("-----BEGIN"):
        return PublicKey(pem_key(content))
    named = multikey.did_key(content)
    return PublicKey(multikey_key(named if named is not None else content))


def _document_key(document: dict[str, Any]) -> PublicKey | None:
    name, controller = text(document.get("id")) or text(document.get("kid")), text(document.get("controller"))
    if isinstance(value := document.get("publicKeyMultibase"), str):
        return PublicKey(multikey_key(value), name, controller)
    if isinstance(value := document.get("publicKeyPem"), str):
        return PublicKey(pem_key(value), name, controller or text(document.get("owner")))
    inner = document.get("publicKeyJwk")
    if isinstance(inner, dict):
        return PublicKey(jwk_key(inner), name, controller)
    return PublicKey(jwk_key(document), name, controller) if isinstance(document.get("kty"), str) else None


def jwk_key(document: dict[str, Any]) -> Key:
    """Return the key of a JWK; raises UnreadableError, also for a private one."""
    if PRIVATE_PARTS & document.keys():
        raise UnreadableError("private_key")
    try:
        found = jwk.import_key(document)
        if found.key_type == "oct":
            raise UnreadableError("no_key")
        return _usable(found.public_key)
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, UnsupportedAlgorithm):
        raise UnreadableError("no_key") from None


def _usable(key: object) -> Key:
    if isinstance(key, RSAPublicKey):
        if key.key_size < LEAST_RSA_BITS:
            raise UnreadableError("weak_key", bits=key.key_size, least=LEAST_RSA_BITS)
        return key
    if isinstance(key, Ed25519PublicKey):
        return key
    if isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        return key
    raise UnreadableError("no_key")
