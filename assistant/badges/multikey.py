"""Keys and signatures as text that begins with z (multibase, base58), and did:key.

Source: W3C Controlled Identifiers 1.0.
"""

from __future__ import annotations

from cryptography.exceptions import InvalidKey, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
LONGEST = 200
ED25519, P256 = b"\xed\x01", b"\x80\x24"
"""The first two bytes of a key say what kind of key follows (multicodec, as varint)."""
DID_KEY = "did:key:"


class NotAKeyError(ValueError):
    """A text that is no key of a kind that is known here."""


def decode(text: str) -> bytes:
    """Return the bytes of a base58 multibase text; raises NotAKeyError. Each value has one spelling only."""
    if not text.startswith("z") or len(text) > LONGEST:
        raise NotAKeyError(text[:LONGEST])
    number = 0
    for character in text[1:]:
        digit = ALPHABET.find(character)
        if digit < 0:
            raise NotAKeyError(text)
        number = number * 58 + digit
    zeros = len(text[1:]) - len(text[1:].lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8)


def encode(data: bytes) -> str:
    """Return the base58 multibase text of some bytes."""
    number, digits = int.from_bytes(data), ""
    while number:
        number, digit = divmod(number, 58)
        digits = ALPHABET[digit] + digits
    return "z" + "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def public_key(text: str) -> Ed25519PublicKey | EllipticCurvePublicKey:
    """Return the key of a multikey text; raises NotAKeyError when its first bytes name another kind of key."""
    data = decode(text)
    prefix, body = data[:2], data[2:]
    try:
        if prefix == ED25519 and len(body) == 32:
            return Ed25519PublicKey.from_public_bytes(body)
        if prefix == P256 and len(body) == 33:
            return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), body)
    except (ValueError, InvalidKey, UnsupportedAlgorithm):
        raise NotAKeyError(text) from None
    raise NotAKeyError(text)


def did_key(identifier: str) -> str | None:
    """Return the key text of a did:key or of its one key (`did:key:X#X`), else None."""
    if not identifier.startswith(DID_KEY):
        return None
    name, hash_sign, fragment = identifier[len(DID_KEY) :].partition("#")
    return None if hash_sign and fragment != name else name
