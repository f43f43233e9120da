"""The nodes of all documents together: which one counts, whom it names, what it can become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ingestion.ctdl_documents import Entry, listed, shown, text_of
from ingestion.ctdl_values import unreported, words
from ingestion.ctdl_words import CREDENTIALS, ORGANIZATIONS, OWNERS, PROGRAMS, QUALITY_BODY
from ingestion.naming import slug


class Agent(NamedTuple):
    """An organization that another record names: its key, its node, its name."""

    key: str
    entry: Entry
    name: str


@dataclass
class Library:
    """All nodes of all files by key; of several with one key the first that is a record counts."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def add(self, entry: Entry) -> None:
        """Take a node; a record replaces a refused node of the same key."""
        known = self.entries.get(entry.key)
        if known is None or (known.refusal and not entry.refusal):
            self.entries[entry.key] = entry

    def is_first(self, entry: Entry) -> bool:
        """Whether the node is the one that counts for its key."""
        return self.entries.get(entry.key) is entry

    def agents(self, entry: Entry, terms: Iterable[str]) -> Iterator[Agent]:
        """Yield the organizations that a record names under these terms, as far as the files know their names."""
        for given in (each for term in terms for each in listed(entry.node.get(term))):
            found = self.entry_of(entry, given)
            if found is None or found.refusal is not None or not self._is_organization(found):
                continue
            name = words(found.node.get("ceterms:name"), "ceterms:name", unreported)
            if name is not None:
                yield Agent(found.key, found, name)

    def _is_organization(self, entry: Entry) -> bool:
        return not self.is_first(entry) or any(kind in ORGANIZATIONS for kind in entry.kinds)

    def entry_of(self, entry: Entry, given: Any) -> Entry | None:
        """Return the node behind a reference or an embedded object."""
        node_id = given.get("@id", given.get("id")) if isinstance(given, dict) else given
        if isinstance(node_id, str):
            known = self.entries.get(entry.document.key(node_id))
            if known is not None:
                return known
        if not isinstance(given, dict) or "ceterms:name" not in given:
            return None
        name = words(given["ceterms:name"], "ceterms:name", unreported) or ""
        own = text_of(given.get("ceterms:ctid")) or text_of(node_id)
        key = entry.document.key(own) if own else f"{entry.key}-{slug(name)}"
        return replace(entry, node=given, key=key, address=None)


def kind_of(entry: Entry) -> str | None:
    """Return which noun a node becomes: provider, credential or program; None if none of these."""
    for known, noun in ((ORGANIZATIONS, "provider"), (CREDENTIALS, "credential"), (PROGRAMS, "program")):
        if any(kind in known for kind in entry.kinds):
            return noun
    return None


def fault(entry: Entry, library: Library) -> tuple[str, str, str] | None:
    """Return term, value and reason where a node of these nouns can't be a record."""
    name = words(entry.node.get("ceterms:name"), "ceterms:name", unreported)
    if name is None:
        return "ceterms:name", "", "a record without a name"
    if kind_of(entry) == "program":
        provider = next(library.agents(entry, OWNERS), None)
        if provider is None or not slug(provider.name):
            named = shown(entry.node.get(OWNERS[0]) or entry.node.get(OWNERS[1]))
            return OWNERS[0], named, "a program whose school the files do not describe"
    return None


def is_quality_body(entry: Entry) -> bool:
    """Whether a node only stands for a body that another record of its graph names as its judge."""
    if QUALITY_BODY not in entry.kinds or entry.address is not None:
        return False
    own = entry.node.get("@id")
    return not any(
        own in listed(node.get(term)) for node in entry.document.nodes for term in OWNERS if isinstance(own, str)
    )
