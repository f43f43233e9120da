"""After all sources are read: fill what follows from several records, link providers, count coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from catalog.records import Link, Occupation, Program, Reported
from ingestion.context import IssueLog
from ingestion.entities import assign_entities
from ingestion.linking import link_providers
from ingestion.occupations import fill_occupations
from ingestion.shelf import Shelf


@dataclass(frozen=True)
class Summary:
    """Counts for the manifest."""

    coverage: dict[str, dict[str, int]]
    links: dict[str, int]


def assemble(shelf: Shelf, issues: IssueLog) -> Summary:
    """Complete the records on the shelf and return what the manifest counts."""
    occupations = fill_occupations(shelf)
    links = link_providers(shelf, issues)
    assign_entities(shelf, links)
    coverage = {
        "programs": _program_coverage(shelf),
        "occupations_of_programs": occupations,
        "occupations": _occupation_coverage(shelf),
    }
    return Summary(coverage=coverage | _measure_coverage(shelf.measured), links=_links_by_method(links))


def _links_by_method(links: list[Link]) -> dict[str, int]:
    """Counts by sources and method, the rejected ones apart."""
    counts: Counter[str] = Counter()
    for link in links:
        left, right = link.left_id.partition(":")[0], link.right_id.partition(":")[0]
        counts[f"{left} to {right} by {link.method}, {'accepted' if link.accepted else 'rejected'}"] += 1
    return dict(sorted(counts.items()))


def _program_coverage(shelf: Shelf) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for program in shelf.all(Program):
        counts["all"] += 1
        counts["cost"] += program.cost.total_usd is not None
        counts["clock_hours"] += program.length.clock_hours is not None
        counts["calendar_length"] += program.length.weeks_max is not None or program.length.weeks_min is not None
        counts["place"] += program.place.city is not None
        counts["delivery"] += program.delivery is not None
        counts["cip"] += program.cip is not None
        counts["soc"] += bool(program.soc)
        counts["prerequisite"] += program.prerequisite is not None
    return dict(sorted(counts.items()))


def _occupation_coverage(shelf: Shelf) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for occupation in shelf.all(Occupation):
        counts["all"] += 1
        counts["job_zone"] += occupation.job_zone is not None
        counts["technologies"] += bool(occupation.technologies)
    return dict(sorted(counts.items()))


def _measure_coverage(measured: Mapping[tuple[str, str, Reported], int]) -> dict[str, dict[str, int]]:
    """How often each measure was published as a value, and how often it was withheld or empty."""
    coverage: dict[str, dict[str, int]] = {}
    for (source, name, reported), times in sorted(measured.items()):
        coverage.setdefault(f"measure {source}.{name}", {})[reported.value] = times
    return coverage
