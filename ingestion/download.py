"""One address to one file: streamed, resumed, retried, bounded in time and size."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import BinaryIO

import httpx
import stamina

from catalog.errors import NavigatorError

Told = Callable[[int, int | None], None]
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
CONTENT_RANGE = re.compile(r"bytes ([0-9]+)-[0-9]+/([0-9]+|\*)")


class FetchError(NavigatorError):
    """A file could not be fetched; try later, or correct the source's address."""


class _AgainError(Exception):
    """An attempt failed in a way that may pass; `after` is how long the server asks to wait."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.after = after


@dataclass(frozen=True)
class Limits:
    """What one file may take. `seconds` bounds all attempts together, waits included."""

    bytes: int = 4_000_000_000
    seconds: float = 3600
    stall_seconds: float = 30
    attempts: int = 5
    first_wait: float = 1
    longest_wait: float = 60
    redirects: int = 5


@dataclass(frozen=True)
class Version:
    """What a server says about which version of a file it sends."""

    etag: str | None = None
    modified: str | None = None

    @property
    def resumes(self) -> str | None:
        """The validator for `If-Range`: a weak ETag does not promise equal bytes."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.modified

    @property
    def conditions(self) -> dict[str, str]:
        """Headers that ask for the file only if it has changed."""
        named = {"If-None-Match": self.etag, "If-Modified-Since": None if self.etag else self.modified}
        return {name: value for name, value in named.items() if value}


class Download:
    """Brings a file into an open stream, which may already hold its beginning.

    `version` is what the server said about that beginning, `copy` what it said about a whole copy
    that we hold. With `packed` the file is itself a gzip archive: then that is no encoding of the
    transfer, to be undone. `remember` is called with the version before the first byte is written.
    """

    def __init__(
        self,
        url: str,
        stream: BinaryIO,
        limits: Limits,
        *,
        version: Version,
        copy: Version,
        packed: bool,
        told: Told,
        remember: Callable[[Version], None],
    ) -> None:
        self.url, self.stream, self.version, self.limits = url, stream, version, limits
        self._copy, self._packed, self._told, self._remember = copy, packed, told, remember

    def run(self) -> bool:
        """Fetch; returns False when the copy that we hold is still the newest. Raises FetchError."""
        try:
            return asyncio.run(self._within_time())
        except TimeoutError:
            reason = f"not finished within {self.limits.seconds:g} seconds"
        except httpx.TooManyRedirects:
            reason = f"more than {self.limits.redirects} redirects"
        except (httpx.InvalidURL, httpx.UnsupportedProtocol):
            reason = "leads to an address that is neither http nor https"
        except httpx.TimeoutException:
            reason = f"the server was silent for {self.limits.stall_seconds:g} seconds, in each of several attempts"
        except httpx.RequestError as error:
            reason = f"the connection failed in each of several attempts ({error or type(error).__name__})"
        except _AgainError as error:
            reason = f"{error}, in each of several attempts" if error.after is None else str(error)
        raise FetchError(
            f"{self.url}: {reason}. Try again later; what has come so far is kept where it can be resumed."
        )

    async def _within_time(self) -> bool:
        limits = self.limits
        headers = {"User-Agent": "credential-navigator", "Accept-Encoding": "identity"}
        async with asyncio.timeout(limits.seconds):
            async with httpx.AsyncClient(
                headers=headers,
                timeout=limits.stall_seconds,
                follow_redirects=True,
                max_redirects=limits.redirects,
            ) as client:
                attempts = stamina.retry_context(
                    on=self._wait,
                    attempts=limits.attempts,
                    timeout=None,
                    wait_initial=limits.first_wait,
                    wait_max=limits.longest_wait,
                    wait_jitter=limits.first_wait,
                )
                async for attempt in attempts:
                    with attempt:
                        return await self._attempt(client)
        raise AssertionError("stamina always yields an attempt")

    def _wait(self, error: Exception) -> bool | float:
        if isinstance(error, _AgainError):
            return True if error.after is None else error.after <= self.limits.longest_wait and error.after
        return isinstance(error, httpx.TransportError) and not isinstance(error, httpx.UnsupportedProtocol)

    async def _attempt(self, client: httpx.AsyncClient) -> bool:
        offset = self.stream.seek(0, 2)
        if offset and self.version.resumes is None:
            offset = self._restart()
        headers = self._copy.conditions
        if offset:
            headers = {"Range": f"bytes={offset}-", "If-Range": self.version.resumes or ""}
        async with client.stream("GET", self.url, headers=headers) as response:
            if response.status_code == 304 and headers and not offset:
                return False
            total = self._begin(response, offset)
            received = self.stream.seek(0, 2)
            pieces = response.aiter_raw() if self._packed else response.aiter_bytes()
            async for piece in pieces:
                received += len(piece)
                if received > self.limits.bytes:
                    raise self._too_large()
                self.stream.write(piece)
                self._told(received, total)
        if total is not None and received != total:
            raise _AgainError(f"the body was cut off ({received:,} of {total:,} bytes)")
        return True

    def _begin(self, response: httpx.Response, offset: int) -> int | None:
        """Check the answer's head, make the stream ready, and return the whole file's size if it is said."""
        self._check_status(response, offset)
        version = Version(response.headers.get("etag"), response.headers.get("last-modified"))
        length = response.headers.get("content-length", "")
        encoded = self._is_encoded(response)
        total = int(length) if length.isascii() and length.isdigit() and not encoded else None
        if response.status_code == 206:
            match = CONTENT_RANGE.fullmatch(response.headers.get("content-range", ""))
            fits = match is not None and int(match[1]) == offset and not encoded
            if match is None or not fits or self.version.resumes not in (version.etag, version.modified):
                self._restart()
                raise _AgainError("the server resumed with another part or version of the file")
            total = int(match[2]) if match[2] != "*" else total and offset + total
        else:
            self._restart()
        if total is not None and total > self.limits.bytes:
            raise self._too_large()
        self.version = Version() if encoded else version
        self._remember(self.version)
        return total

    def _is_encoded(self, response: httpx.Response) -> bool:
        encoding = response.headers.get("content-encoding", "identity").lower()
        if encoding == "identity" or (self._packed and encoding in ("gzip", "x-gzip")):
            return False
        if encoding not in ("gzip", "deflate"):
            raise FetchError(f"{self.url}: the server packs the file as {encoding!r}, unasked. Fetch it by hand.")
        return True

    def _check_status(self, response: httpx.Response, offset: int) -> None:
        status = response.status_code
        if self.url.startswith("https:") and response.url.scheme != "https":
            raise FetchError(
                f"{self.url}: leads to an unprotected address, {response.url}. Correct the source's address."
            )
        if status == 200 or (status == 206 and offset):
            return
        if status == 416 and offset:
            self._restart()
            raise _AgainError("the server can't resume the file")
        said = f"the server says {status} {response.reason_phrase}".rstrip()
        if status not in PASSING:
            raise FetchError(f"{self.url}: {said}. Look up whether the publisher moved the file.")
        after = _seconds(response.headers.get("retry-after"))
        raise _AgainError(said if after is None else f"{said} and asks to wait {after:.0f} seconds", after)

    def _restart(self) -> int:
        self.stream.seek(0)
        self.stream.truncate()
        self.version = Version()
        return 0

    def _too_large(self) -> FetchError:
        self._restart()
        reason = f"more than the {self.limits.bytes:,} bytes that a file may have"
        return FetchError(f"{self.url}: {reason}. Check the address, or allow more with --max-bytes.")


def _seconds(text: str | None) -> float | None:
    """Return the seconds that `Retry-After` asks for, given as a number or as a date."""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
