"""After all sources are read: fill what follows from several records, link providers, count coverage."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from catalog.records import Program
from ingestion.context import IssueLog
from ingestion.shelf import Shelf


@dataclass
class Summary:
    """Counts for the manifest."""

    coverage: dict[str, dict[str, int]] = field(default_factory=dict)
    links: dict[str, int] = field(default_factory=dict)


def assemble(shelf: Shelf, issues: IssueLog) -> Summary:
    """Complete the records on the shelf and return what the manifest counts."""
    return Summary(coverage={"programs": _program_coverage(shelf)})


def _program_coverage(shelf: Shelf) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for program in shelf.all(Program):
        counts["all"] += 1
        counts["cost"] += program.cost.total_usd is not None
        counts["clock_hours"] += program.length.clock_hours is not None
        counts["place"] += program.place.city is not None
        counts["soc"] += bool(program.soc)
    return dict(sorted(counts.items()))
