"""The published JSON-LD contexts that a signature may rest on: from installed packages, each with its known hash.

A context says what the words of a document mean. It is never fetched: whoever could change it could change what a
signature covers. The files are their publishers' (W3C, 1EdTech); they come with openbadgeslib and PyLD.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

OPEN_BADGES = "openbadgeslib", "ob3/contexts"
LINKED_DATA = "pyld", "documentloader/frozen/bundled"
IMS, W3ID = "https://purl.imsglobal.org/spec", "https://w3id.org/security"
FILES: dict[str, tuple[tuple[str, str], str, str]] = {
    "https://www.w3.org/ns/credentials/v2": (
        OPEN_BADGES,
        "credentials-v2.json",
        "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734",
    ),
    "https://www.w3.org/2018/credentials/v1": (
        LINKED_DATA,
        "credentials-v1.jsonld",
        "00d7dd6d3ad8b920e3e550dd3a3d9090bffcac84cdbf943da6924b3e0a5c8bb8",
    ),
    f"{IMS}/ob/v3p0/context-3.0.1.json": (
        OPEN_BADGES,
        "ob-v3p0-context-3.0.1.json",
        "5f3d9dd6288ef437ff8286cf95ffbff609c748a66f24a1e9450c45ca64be1571",
    ),
    f"{IMS}/ob/v3p0/context-3.0.2.json": (
        OPEN_BADGES,
        "ob-v3p0-context-3.0.2.json",
        "00666ad080ba407687ed1846b7f5e7495f5019042b202a727de47c48a1755c53",
    ),
    f"{IMS}/ob/v3p0/context-3.0.3.json": (
        OPEN_BADGES,
        "ob-v3p0-context-3.0.3.json",
        "3d34f4d4ef1bce691106e63798beb5e7b862ba841423f5ee1e53ab7ddf3bca84",
    ),
    f"{IMS}/ob/v3p0/extensions.json": (
        OPEN_BADGES,
        "ob-v3p0-extensions.json",
        "87c06c81bc2317663bf288d740d94fddd2818c4342b186270ff6371dfaa63f93",
    ),
    f"{IMS}/clr/v2p0/context-2.0.1.json": (
        OPEN_BADGES,
        "clr_context_2.0.1.json",
        "880f1902d4158f2f33ce06af41b90719977cd1ea337a9de2e41edb3ff5e543d6",
    ),
    f"{W3ID}/data-integrity/v2": (
        OPEN_BADGES,
        "security-data-integrity-v2.json",
        "67f21e6e33a6c14e5ccfd2fc7865f7474fb71a04af7e94136cb399dfac8ae8f4",
    ),
    f"{W3ID}/suites/ed25519-2020/v1": (
        LINKED_DATA,
        "security-ed25519-2020-v1.jsonld",
        "b9e1ab971fd8bf2c7553e0c4a9438e0b9450afde1ea1ca5b2492368b9f549588",
    ),
}


class UnknownContextError(ValueError):
    """A context that is not among the known ones, or whose file is not the published one."""


@cache
def context(url: str) -> dict[str, Any]:
    """Return a known context; raises UnknownContextError. The address must be spelled exactly as published."""
    if url not in FILES:
        raise UnknownContextError(url)
    (package, folder), name, digest = FILES[url]
    # The package is looked up, not imported: only its file is wanted.
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise UnknownContextError(url)
    data = (Path(spec.origin).parent / folder / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != digest:
        raise UnknownContextError(url)
    found: dict[str, Any] = json.loads(data)
    return found
