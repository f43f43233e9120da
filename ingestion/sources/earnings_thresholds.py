"""Earnings thresholds by state: what a high-school graduate of 25 to 34 years earns at the median.

The table is second-hand: a public repository attributes it to the Federal Register. The definition
key says so, and a rule that relies on a figure must show it.
"""

from __future__ import annotations

from catalog.records import Measure, Unit
from ingestion.context import Context
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILE = SourceFile("federal/earnings_premium_state_thresholds_2024.csv", as_of="2024-12-31", rows=(50, 60))
NATIONAL = "United States (National)"
PLAUSIBLE_USD = (10_000, 100_000)


def read(context: Context) -> None:
    """Keep one annual threshold per state; the nation's has the id `US`."""
    seen: set[str] = set()
    for row in context.rows(FILE):
        name, value = row.text("State") or "", row.float("Threshold")
        code = "US" if name == NATIONAL else _state(name)
        if code is None or code in seen:
            row.hold("State", name, "not a state's name, or a second row of this state")
        elif value is None or not PLAUSIBLE_USD[0] <= value <= PLAUSIBLE_USD[1]:
            row.hold("Threshold", str(value), "not a plausible amount for a year")
        else:
            seen.add(code)
            row.keep(_measure(row, code, value))


def _state(name: str) -> str | None:
    import us

    found = us.states.lookup(name, field="name")
    return found.abbr if found else None


def _measure(row: Row, code: str, value: float) -> Measure:
    return Measure(
        subject_kind="state",
        subject_id=code,
        name="earnings_premium_threshold",
        value=value,
        unit=Unit.USD_PER_YEAR,
        period="2024",
        definition="earnings_premium_threshold_2024_second_hand",
        provenance=row.provenance(code, cells=("State", "Threshold")),
    )


SOURCE = Source(
    name="earnings_thresholds",
    title="Earnings-premium thresholds by state",
    publisher="repository edu-accountability, which attributes them to the Federal Register",
    url="https://github.com/malpasocodes/edu-accountability",
    licence="MIT (repository malpasocodes/edu-accountability)",
    vintage="dated 2024-12-31 there; second-hand, to be checked against the Federal Register",
    files=(FILE,),
    read=read,
)
