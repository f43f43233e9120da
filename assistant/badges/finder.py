"""Finding the key of a signature, and whether it is shown to be the issuer's.

A key that the file itself brings along proves only that the text has not changed since *somebody* signed it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote

from assistant.badges import multikey
from assistant.badges.fetching import Fetch, FetchError, host_of
from assistant.badges.keys import Key, PublicKey, keys_of, may_assert, multikey_key
from assistant.badges.report import UnreadableError
from assistant.badges.strict_json import parse

DID_WEB = "did:web:"


class Origin(StrEnum):
    """Where a key came from."""

    GIVEN = "given"
    """The person who asks gave it."""
    ISSUER = "issuer"
    """The issuer's own name is the key (did:key)."""
    FETCHED = "fetched"
    """Fetched just now from the issuer's own site."""
    STRANGER = "stranger"
    """A key that nothing ties to the issuer."""
    FILE = "file"
    """The file brings it along."""


@dataclass(frozen=True)
class Found:
    """A key to try, and where it came from."""

    key: Key
    origin: Origin


@dataclass(frozen=True)
class KeyFinder:
    """Finds keys: first those given, then those that the reference itself is, then the network, where it is allowed."""

    given: Sequence[PublicKey] = ()
    fetch: Fetch | None = None
    problems: list[FetchError] = field(default_factory=list)
    """What went wrong while fetching, to be told."""

    def find(self, reference: str | None, issuer: str | None, own: Key | None = None) -> list[Found]:
        """Return the keys to try for a signature; an empty list when there are none."""
        if self.given:
            named = [key for key in self.given if key.id is not None and key.id == reference]
            unnamed = [key for key in self.given if key.id is None]
            only = list(self.given) if len(self.given) == 1 else []
            return [Found(each.key, Origin.GIVEN) for each in named or unnamed or only]
        if reference is not None and reference.startswith(multikey.DID_KEY):
            return _did_key(reference, issuer)
        if self.fetch is not None and reference is not None and issuer is not None:
            fetched = self._fetched(reference, issuer)
            if fetched:
                return fetched
        own = own or _fragment_key(reference)
        return [] if own is None else [Found(own, Origin.FILE)]

    def _fetched(self, reference: str, issuer: str) -> list[Found]:
        try:
            if reference.startswith(DID_WEB):
                return self._from_document(did_web_url(reference), reference, reference.partition("#")[0] == issuer)
            same_host = host_of(reference) is not None and host_of(reference) == host_of(issuer)
            return self._from_document(reference.partition("#")[0], reference, same_host)
        except FetchError as error:
            self.problems.append(error)
        except (UnreadableError, UnicodeDecodeError):
            self.problems.append(FetchError("no_key", reference))
        return []

    def _from_document(self, url: str, reference: str, of_issuer: bool) -> list[Found]:
        assert self.fetch is not None  # noqa: S101 - for the type checker; `find` asks first
        document = parse(self.fetch(url).decode())
        keys = keys_of(document)
        fragment = f"#{reference.partition('#')[2]}"
        named = [key for key in keys if key.id in {reference, fragment, fragment[1:]}]
        if not named and len(keys) == 1 and "#" not in reference:
            named = keys
        trusted = of_issuer and may_assert(document, reference)
        return [Found(key.key, Origin.FETCHED if trusted else Origin.STRANGER) for key in named]


def did_web_url(reference: str) -> str:
    """Return where the document of a did:web is; raises FetchError for one that names no host."""
    host, *path = reference.partition("#")[0][len(DID_WEB) :].split(":")
    if not host or "/" in unquote(host):
        raise FetchError("no_https", reference)
    return f"https://{unquote(host)}/{'/'.join(path) if path else '.well-known'}/did.json"


def _did_key(reference: str, issuer: str | None) -> list[Found]:
    name = multikey.did_key(reference)
    if name is None:
        return []
    try:
        key = multikey_key(name)
    except UnreadableError:
        return []
    is_issuer = issuer == reference.partition("#")[0]
    return [Found(key, Origin.ISSUER if is_issuer else Origin.STRANGER)]


def _fragment_key(reference: str | None) -> Key | None:
    fragment = (reference or "").partition("#")[2]
    try:
        return multikey_key(fragment) if fragment.startswith("z") else None
    except UnreadableError:
        return None
