"""What the neighbours search: one document for each program of the labelled list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from catalog.errors import NavigatorError
from catalog.snapshot import Snapshot
from vectorstore.passages import dense_passages

LABELLED = "nj_etpl:"
"""Programs of other lists have no grades: a neighbour that showed them would be blamed for what nobody looked at."""
PROGRAMS = f"""
    SELECT id, name, description, soc FROM programs WHERE id LIKE '{LABELLED}%' ORDER BY id
"""  # noqa: S608 (a constant)

Search = Callable[[str, int], list[str]]
"""A question and how many to show at most -> ids of programs, the best first."""


class NeighbourError(NavigatorError):
    """A neighbour can't be started on this machine; the others can."""


@dataclass(frozen=True)
class Document:
    """A program: its published texts one by one, and the passage that our own search reads."""

    id: str
    name: str
    description: str
    occupations: str
    passage: str


def documents(snapshot: Snapshot) -> Sequence[Document]:
    """Return the programs of the labelled list, in order of id."""
    titles = dict(snapshot.query("SELECT code, title FROM codes WHERE system = 'soc2018'"))
    passages = {each.id: each.text for each in dense_passages(snapshot) if each.id.startswith(LABELLED)}
    return [
        Document(key, name, description or "", " ".join(titles[c] for c in soc or () if c in titles), passages[key])
        for key, name, description, soc in snapshot.query(PROGRAMS)
    ]
