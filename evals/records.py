"""The facts behind an answer, read from the snapshot's files by code that the assistant does not share."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

COLUMNS = [
    "id",
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
    "place_county",
]
DOLLARS = re.compile(r"\$(\d+(?:,\d{3})*(?:\.\d+)?)")


def programs(snapshot: Path) -> dict[str, dict[str, Any]]:
    """Return the published figures of every program, by id."""
    rows = pq.read_table(snapshot / "programs.parquet", columns=COLUMNS).to_pylist()
    return {row["id"]: row for row in rows}


def broken_limits(case: dict[str, Any], card: dict[str, Any], record: dict[str, Any]) -> list[str]:
    """Return the limits of a case that a shown program breaks for certain."""
    cost, weeks, county = record["cost_total_usd"], record["length_weeks_min"], record["place_county"]
    broken = []
    if "max_cost_usd" in case and cost is not None and cost > case["max_cost_usd"]:
        broken.append("max_cost_usd")
    if "max_weeks" in case and weeks is not None and weeks > case["max_weeks"]:
        broken.append("max_weeks")
    if "county" in case and county is not None and county != case["county"]:
        broken.append("county")
    if "miles" in case and card["distance_miles"] is not None and card["distance_miles"] > case["miles"]:
        broken.append("miles")
    return broken


def unsupported_dollars(answer: dict[str, Any], records: dict[str, dict[str, Any]]) -> list[str]:
    """Return the amounts in an answer's program lines that no cited program publishes."""
    cards = [*answer["programs"], *answer["relaxed"]]
    known = {round(v, 2) for c in cards for k, v in records[c["id"]].items() if k.startswith("cost_") and v is not None}
    known |= {round(m["value"], 2) for c in cards for m in c["measures"] if m["value"] is not None}
    known |= {f["value"] for f in answer["query"]["filters"] if isinstance(f["value"], int | float)}
    lines = (line for line in answer["text"].splitlines() if line.startswith("- ") and "ost: " in line)
    said = (amount for line in lines for amount in DOLLARS.findall(line))
    return [amount for amount in said if float(amount.replace(",", "")) not in known]
