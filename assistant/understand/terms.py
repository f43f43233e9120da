"""Terms of quality standards that a question names, so that it is answered with the standard and not with programs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from assistant.understand.words import keys
from catalog.snapshot import Snapshot

LONGEST = 6


class TermIndex:
    """Names of the standards in one snapshot; read when first asked, safe to share between threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def find(self, text: str) -> str | None:
        """Return the longest name of a standard within a text, as the standard has it."""
        row = keys(text)
        for size in range(min(LONGEST, len(row)), 0, -1):
            for at in range(len(row) - size + 1):
                if found := self._names.get(tuple(row[at : at + size])):
                    return found
        return None

    @cached_property
    def _names(self) -> Mapping[tuple[str, ...], str]:
        rows = self._snapshot.query("SELECT title_en, title_es, aliases FROM standards ORDER BY id")
        names = (name for title, spanish, aliases in rows for name in (title, spanish, *aliases))
        return {row: name for name in names if 0 < len(row := tuple(keys(name))) <= LONGEST}
