"""Originals sealed with NAVIGATOR_SECRET (Fernet), or not kept at all where it is not set."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING

from catalog.errors import NavigatorError

if TYPE_CHECKING:
    from cryptography.fernet import Fernet


class SealError(NavigatorError):
    """A sealed text can't be opened; the operator must set the NAVIGATOR_SECRET that it was sealed with."""


class Sealer:
    """Seals and opens texts; without a secret nothing is kept."""

    def __init__(self, secret: str | None) -> None:
        self._secret = secret

    @property
    def keeps(self) -> bool:
        """Whether originals are kept."""
        return self._secret is not None

    def seal(self, text: str) -> bytes | None:
        """Return the text encrypted, None where it must not be kept."""
        return _fernet(self._secret).encrypt(text.encode()) if self._secret else None

    def open(self, sealed: bytes) -> str:
        """Return the text; raises SealError when the secret is missing or another one."""
        from cryptography.fernet import InvalidToken

        if not self._secret:
            raise SealError(
                "Originals are sealed and NAVIGATOR_SECRET is not set. Set the one that they were sealed with."
            )
        try:
            return _fernet(self._secret).decrypt(sealed).decode()
        except InvalidToken:
            raise SealError("An original was sealed with another NAVIGATOR_SECRET, or is damaged.") from None

    def fingerprint(self, *parts: str) -> str:
        """Return what tells equal parts from others and gives none of them away to who has no secret."""
        key = (self._secret or "credential-navigator").encode()
        return hmac.new(key, "\x1f".join(parts).encode(), hashlib.sha256).hexdigest()


def _fernet(secret: str) -> Fernet:
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"credential-navigator desk").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
