"""Ways out: one line of JSON or one row of a table for each triage, without personal data and without formulas."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from assistant.desk.drafting import help_lines, reply
from assistant.desk.triager import Triage
from prompts import Texts

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
"""What makes a spreadsheet run a cell."""


def line_of(triage: Triage, texts: Texts) -> dict[str, Any]:
    """Return what is written of a triage; `pii` are offsets in the body, not the data themselves."""
    return {
        "ticket_id": triage.ticket_id,
        "category": triage.category.value,
        "categories": [each.value for each in triage.categories],
        "urgency": triage.urgency.value,
        "urgency_words": triage.urgency_words,
        "flags": [each.flag.value for each in triage.flags],
        "language": triage.language,
        "deadlines": [each.on.isoformat() for each in triage.deadlines],
        "about": [{"kind": each.kind, "id": each.id, "name": each.name} for each in triage.about],
        "missing": list(triage.missing),
        "queue": triage.queue.value,
        "confidence": triage.confidence,
        "person_decides": triage.person_decides,
        "help": [texts(key) for key in help_lines(triage)],
        "pii": [{"type": each.kind, "start": each.start, "end": each.end} for each in triage.pii],
        "cut": triage.cut,
        "draft": reply(triage, texts),
    }


def write_csv(path: Path, lines: Iterable[Mapping[str, Any]]) -> int:
    """Write lines as a table that no spreadsheet takes for formulas; returns their number."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer: csv.DictWriter[str] | None = None
        for line in lines:
            if writer is None:
                writer = csv.DictWriter(stream, list(line))
                writer.writeheader()
            writer.writerow({name: guarded(value) for name, value in line.items()})
            count += 1
    return count


def guarded(value: Any) -> Any:
    """Return a cell that is shown and never run."""
    if isinstance(value, list):
        plain = all(isinstance(each, str) for each in value)
        value = "; ".join(value) if plain else json.dumps(value, ensure_ascii=False)
    if isinstance(value, str) and value.lstrip(" \u00a0").startswith(FORMULA):
        return f"'{value}"
    return value
