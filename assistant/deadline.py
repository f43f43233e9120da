"""An HTTP transport for which the time limit of a request is the limit for all of it.

An ordinary read timeout starts anew with every byte, so that an endpoint that drips would hold a caller for ever.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx

CONNECT_SECONDS = 5.0
IDLE_SECONDS = 60.0
"""The longest silence before and between the pieces of a reply: a small local model reads its prompt slowly."""
MOST_BYTES = 4_000_000
"""Far more than any answer has."""


class DeadlineTransport(httpx.BaseTransport):
    """Ends a request when its time, or what may be read of it, is used up; raises httpx.ReadTimeout."""

    def __init__(self, connections: int) -> None:
        limits = httpx.Limits(max_connections=connections, max_keepalive_connections=8, keepalive_expiry=30)
        self._inner = httpx.HTTPTransport(limits=limits)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request; its `timeout` extension gives the seconds for all of it."""
        seconds = request.extensions.get("timeout", {}).get("read") or IDLE_SECONDS
        end = time.monotonic() + seconds
        request.extensions["timeout"] = {
            "connect": min(CONNECT_SECONDS, seconds),
            "read": min(IDLE_SECONDS, seconds),
            "write": min(IDLE_SECONDS, seconds),
            "pool": seconds,
        }
        response = self._inner.handle_request(request)
        if not isinstance(response.stream, httpx.SyncByteStream):
            raise TypeError("a synchronous client got an asynchronous reply")
        response.stream = _Limited(response.stream, end)
        return response

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()


class _Limited(httpx.SyncByteStream):
    """The bytes of a reply, until the time is up."""

    def __init__(self, inner: httpx.SyncByteStream, end: float) -> None:
        self._inner, self._end = inner, end

    def __iter__(self) -> Iterator[bytes]:
        read = 0
        for piece in self._inner:
            read += len(piece)
            if time.monotonic() > self._end:
                raise httpx.ReadTimeout("the time for the whole reply is used up")
            if read > MOST_BYTES:
                raise httpx.ReadTimeout("the reply does not end")
            yield piece

    def close(self) -> None:
        self._inner.close()
