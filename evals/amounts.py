"""Amounts of money in an answer that no cited program publishes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

DOLLARS = re.compile(r"\$(\d+(?:,\d{3})*(?:\.\d+)?)")


def unsupported_dollars(answer: dict[str, Any], records: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the amounts in an answer's cost lines that no cited program publishes."""
    cards = [*answer["programs"], *answer["relaxed"]]
    known = {round(v, 2) for c in cards for k, v in records[c["id"]].items() if k.startswith("cost_") and v is not None}
    known |= {round(m["value"], 2) for c in cards for m in c["measures"] if m["value"] is not None}
    known |= {f["value"] for f in answer["query"]["filters"] if isinstance(f["value"], int | float)}
    lines = (line for line in answer["text"].splitlines() if line.startswith("- ") and "ost: " in line)
    said = (amount for line in lines for amount in DOLLARS.findall(line))
    return [amount for amount in said if float(amount.replace(",", "")) not in known]
