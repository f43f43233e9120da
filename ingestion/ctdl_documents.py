"""Documents of the Credential Registry: their layouts, what a node's id stands for, and which nodes are no records.

CTDL is JSON-LD. A document holds one node, an `@graph` of nodes, or an envelope around either. Nothing is
fetched: contexts are read for the prefixes that they declare, and links are followed within the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from ingestion.naming import slug

Node = dict[str, Any]

CTID = re.compile(r"ce-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
URN = "urn:uuid:"
BLANK = "_:"
WRAPPERS = ("decoded_resource", "GraphInput")
"""Members that hold the document: of an envelope, and of a request to publish."""
REGISTRY_HOSTS = ("credentialengineregistry.org",)
TEST_HOSTS = ("learningtapestry.com",)
INVENTED = re.compile(r"(?:^|\.)example(?:\.(?:com|org|net|edu))?$")
SCHEMES = frozenset({"http", "https", "urn"})
SHOWN = 3
ISSUED = "VerifiableCredential"


@dataclass(frozen=True)
class Document:
    """One document: its name within the file, the nodes, and the prefixes that its own context declares."""

    name: str
    nodes: tuple[Node, ...]
    prefixes: Mapping[str, str]

    def key(self, node_id: str) -> str:
        """Return what an id stands for: a CTID in lower case, a blank node of this document, or an address."""
        full = self.expanded(node_id)
        if full.startswith(BLANK):
            return f"{self.name}-{slug(full)}"
        if full.startswith(URN):
            full = f"ce-{full.removeprefix(URN)}"
        found = CTID.search(full.lower())
        return found[0] if found else full

    def expanded(self, node_id: str) -> str:
        """Return an id with a prefix that the document declares written out."""
        prefix, colon, rest = node_id.partition(":")
        return f"{self.prefixes[prefix]}{rest}" if colon and prefix in self.prefixes else node_id


@dataclass(frozen=True)
class Entry:
    """One node as a row: its document, its key, and why it is no record of the registry, if so."""

    document: Document
    node: Node
    key: str
    address: str | None
    refusal: str | None

    @property
    def kinds(self) -> tuple[str, ...]:
        """The node's types, without their prefix."""
        given = self.node.get("@type", self.node.get("type"))
        return tuple(each.rpartition(":")[2] for each in texts_of(given))


def document_of(content: Any, name: str) -> Document:
    """Return the nodes of a document in any layout; raises ValueError where there is none."""
    for wrapper in WRAPPERS:
        if isinstance(content, dict) and isinstance(content.get(wrapper), dict):
            content = content[wrapper]
    if not isinstance(content, dict):
        raise ValueError("no JSON object, so no record")  # noqa: TRY004 (a fault of the file, not of a caller)
    graph = content.get("@graph")
    nodes = graph if isinstance(graph, list) else [content]
    if not nodes or not all(isinstance(node, dict) for node in nodes):
        raise ValueError("the graph is not a list of nodes")
    return Document(name, tuple(nodes), _prefixes(content.get("@context")))


def entries_of(document: Document) -> Iterator[Entry]:
    """Yield the nodes of a document as rows; a blank node shares the refusal of the node it belongs to."""
    first: str | None = None
    for position, node in enumerate(document.nodes):
        given = text_of(node.get("@id", node.get("id"))) or ""
        blank = given.startswith(BLANK) or not given
        key = document.key(given) if given else f"{document.name}-{position}"
        ctid = text_of(node.get("ceterms:ctid")) or ""
        if not CTID.search(key) and CTID.fullmatch(ctid.lower()) and not blank:
            key = ctid.lower()
        refusal = _refusal(document, node, given)
        if position == 0:
            first = refusal
        address = None if blank else document.expanded(given)
        yield Entry(document, node, key, address, (refusal or first) if blank else refusal)


def record_id(key: str) -> str:
    """Return the id of the record that a key stands for."""
    return f"ctdl:{key if CTID.fullmatch(key) else slug(key)}"


def walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield every member of nested objects with its name; without recursion, however deep."""
    todo: list[Any] = [value]
    while todo:
        current = todo.pop()
        if isinstance(current, list):
            todo += reversed(current)
        elif isinstance(current, dict):
            yield from current.items()
            todo += reversed(list(current.values()))


def texts_of(value: Any) -> list[str]:
    """Return the strings of a value that may be one string or a list."""
    return [each for each in listed(value) if isinstance(each, str)]


def text_of(value: Any) -> str | None:
    """Return a value that is a string."""
    return value if isinstance(value, str) else None


def shown(value: Any) -> str:
    """Return a value for a message: texts and numbers as they are, of anything nested its first texts."""
    if not isinstance(value, dict | list):
        return "" if value is None else str(value)
    inside = (text for _, inner in walk({"": value}) for text in listed(inner) if isinstance(text, str | int | float))
    return f"[{', '.join(str(text) for text in islice(inside, SHOWN))}]"


def listed(value: Any) -> list[Any]:
    """Return a value that may be absent, single or a list as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def host_of(address: str) -> str:
    """Return the host of an address, in lower case; empty where there is none."""
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _prefixes(context: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in listed(context):
        if isinstance(part, dict):
            found |= {name: to for name, to in part.items() if isinstance(to, str) and not name.startswith("@")}
    return found


def _refusal(document: Document, node: Node, given: str) -> str | None:
    """Return why a node is no record of the registry; None when it may be one."""
    if ISSUED in texts_of(node.get("type")) + texts_of(node.get("@type")):
        return "a credential issued to a person, not a record of the registry"
    full = document.expanded(given)
    host = host_of(full)
    if given and not full.startswith(BLANK) and full.partition(":")[0].lower() not in SCHEMES:
        return "its id has a prefix that nobody declares"
    if any(host == test or host.endswith(f".{test}") for test in TEST_HOSTS):
        return "a record of a test server"
    if INVENTED.search(host) or _names_invented_pages(node):
        return "an invented example, wholly or in part: it names pages of example.org or the like"
    if any(host.endswith(registry) for registry in REGISTRY_HOSTS) and not CTID.search(full.lower()):
        return "an id of the registry without a CTID: a draft"
    return None


def _names_invented_pages(node: Node) -> bool:
    for _, value in walk(node):
        for text in texts_of(value):
            if text.startswith(("http://", "https://")) and INVENTED.search(host_of(text)):
                return True
    return False
