"""The facts behind an answer, read from the snapshot's files by code that the assistant does not share."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

COLUMNS = [
    "id",
    "name",
    "provider_name",
    "cip",
    "cost_total_usd",
    "cost_tuition_usd",
    "cost_fees_usd",
    "cost_books_usd",
    "cost_supplies_usd",
    "cost_other_usd",
    "length_clock_hours",
    "length_credit_hours",
    "length_weeks_min",
    "length_weeks_max",
    "place_city",
    "place_county",
    "place_state",
    "place_zip",
]


def programs(snapshot: Path) -> dict[str, dict[str, Any]]:
    """Return the published figures of every program, by id."""
    rows = pq.read_table(snapshot / "programs.parquet", columns=COLUMNS).to_pylist()
    return {row["id"]: row for row in rows}
