"""Fetching a key or a status from an issuer: https only, public addresses only, no redirects, small and quick.

The addresses come from a file that a stranger made: without these limits it could make this machine ask its own
network.
"""

from __future__ import annotations

import ipaddress
import queue
import socket
import time
from collections.abc import Callable
from threading import Thread
from urllib.parse import urlsplit

import httpx

MOST_BYTES = 512 * 1024
SECONDS = 8.0
MOST_FETCHES = 8
TUNNELS = ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "192.88.99.0/24", "::/96", "fec0::/10")
INSIDE = tuple(map(ipaddress.ip_network, TUNNELS))
"""Ranges that lead to other addresses, or that old networks use inside, though Python counts some as public."""

Resolve = Callable[[str], list[str]]
Fetch = Callable[[str], bytes]


class FetchError(Exception):
    """An address that is not fetched, or gave nothing usable: `reason` is a key of the texts."""

    def __init__(self, reason: str, url: str) -> None:
        self.reason, self.url = reason, url[:200]
        super().__init__(f"{reason}: {self.url}")


def addresses_of(host: str) -> list[str]:
    """Return the addresses of a host name; an empty list when it has none."""
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError):
        return []


def is_public(address: str) -> bool:
    """Whether an address lies on the public internet."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    tunnel = any(found.version == network.version and found in network for network in INSIDE)
    return found.is_global and not found.is_multicast and not tunnel


class Fetcher:
    """Fetches at most `MOST_FETCHES` small documents; one for each judgement."""

    def __init__(self, resolve: Resolve = addresses_of, transport: httpx.BaseTransport | None = None) -> None:
        self._resolve, self._transport, self._fetched = resolve, transport, 0

    def __call__(self, url: str) -> bytes:
        """Return the body found at an address; raises FetchError."""
        self._fetched += 1
        if self._fetched > MOST_FETCHES:
            raise FetchError("too_many", url)
        host, path = _parts(url)
        answer: queue.Queue[bytes | FetchError] = queue.Queue(1)
        # A site may drip its answer for hours, and so may a name server: after the time is up nobody waits any more.
        Thread(target=lambda: answer.put(self._answer(url, host, path)), daemon=True).start()
        try:
            found = answer.get(timeout=SECONDS)
        except queue.Empty:
            raise FetchError("too_slow", url) from None
        if isinstance(found, FetchError):
            raise found
        return found

    def _answer(self, url: str, host: str, path: str) -> bytes | FetchError:
        addresses = self._resolve(host)
        if not addresses:
            return FetchError("no_host", url)
        # One address inside is enough to refuse: which one is used would be left to chance.
        if not all(map(is_public, addresses)):
            return FetchError("inside", url)
        try:
            return self._get(url, host, addresses[0], path)
        except FetchError as error:
            return error
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            return FetchError("failed", url)

    def _get(self, url: str, host: str, address: str, path: str) -> bytes:
        # The checked address itself is called: a second look-up of the name could give another one.
        shown = f"[{address}]" if ":" in address else address
        deadline = time.monotonic() + SECONDS
        with (
            httpx.Client(
                transport=self._transport, trust_env=False, follow_redirects=False, timeout=SECONDS / 2
            ) as client,
            client.stream(
                "GET",
                f"https://{shown}{path}",
                headers={"Host": host, "Accept": "application/json", "Accept-Encoding": "identity"},
                extensions={"sni_hostname": host},
            ) as response,
        ):
            if response.is_redirect:
                raise FetchError("redirect", url)
            if response.status_code != httpx.codes.OK or response.headers.get("content-encoding"):
                raise FetchError("failed", url)
            body = b""
            for chunk in response.iter_raw(8192):
                body += chunk
                if len(body) > MOST_BYTES:
                    raise FetchError("too_big", url)
                if time.monotonic() > deadline:
                    raise FetchError("too_slow", url)
            return body


def _parts(url: str) -> tuple[str, str]:
    """Return host and path with query; raises FetchError for anything but a plain https address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise FetchError("no_https", url) from None
    host = parts.hostname
    plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if parts.scheme != "https" or not host or port not in {None, 443} or "@" in parts.netloc or not plain:
        raise FetchError("no_https", url)
    path = parts.path or "/"
    return host, f"{path}?{parts.query}" if parts.query else path


def host_of(url: str | None) -> str | None:
    """Return the host of an https address, else None."""
    try:
        return None if url is None else _parts(url.partition("#")[0])[0]
    except FetchError:
        return None
