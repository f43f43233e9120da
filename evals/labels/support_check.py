"""Check a file of labelled support messages against the rules that a machine can check; prints sums only.

    python evals/labels/support_check.py evals/cases/heldout/support.jsonl

Exit code 1 and one line per fault (id and what is wrong, never the text) when something does not hold.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any

CATEGORIES = frozenset(
    [
        "program_search",
        "credential_meaning",
        "provider_complaint",
        "refund_or_withdrawal",
        "financial_aid",
        "records_or_verification",
        "accreditation_or_licensure",
        "technical_or_account",
        "accessibility",
        "school_closing",
        "fraud_or_identity",
        "other",
    ]
)
FLAGS = frozenset(
    ["closing", "refund_deadline", "fraud", "identity_theft", "crisis", "legal_threat", "discrimination", "minor"]
)
URGENCIES = ("urgent", "high", "normal", "low")
PII_TYPES = frozenset(["name", "phone", "email", "address", "ssn", "student_id", "account", "birth_date"])
KINDS = frozenset({"provider", "program", "credential"})
FIELDS = frozenset(
    [
        "id",
        "language",
        "subject",
        "body",
        "received_at",
        "category",
        "categories",
        "urgency",
        "flags",
        "deadlines",
        "about",
        "pii",
        "decoy",
        "why",
    ]
)

Case = dict[str, Any]


def main(path: Path) -> int:
    """Print the sums of the file and every fault; 1 when there is one."""
    cases: list[Case] = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    faults = [f"{case['id']}: {fault}" for case in cases for fault in _faults(case)]
    faults += [f"{name}: given twice" for name, n in Counter(case["id"] for case in cases).items() if n > 1]
    lines = [f"{title}: {', '.join(f'{key} {n}' for key, n in sorted(sums.items()))}" for title, sums in _sums(cases)]
    sys.stdout.write("\n".join([*lines, f"{len(cases)} messages, {len(faults)} faults", *faults]) + "\n")
    return 1 if faults else 0


def _faults(case: Case) -> list[str]:
    return [*_label_faults(case), *_span_faults(case), *_date_faults(case)]


def _label_faults(case: Case) -> list[str]:
    categories, flags, urgency = case["categories"], set(case["flags"]), case["urgency"]
    rules = {
        "fields": set(case) == FIELDS,
        "language": case["language"] in {"en", "es"},
        "category": bool(categories) and categories[0] == case["category"] and set(categories) <= CATEGORIES,
        "twice in a list": len(set(categories)) == len(categories) and len(flags) == len(case["flags"]),
        "flags": flags <= FLAGS,
        "a decoy has no flag": not (case["decoy"] and flags),
        "urgency": urgency in URGENCIES,
        "a crisis is urgent": urgency == "urgent" or "crisis" not in flags,
        "a flag other than minor is high at least": urgency in {"urgent", "high"} or flags <= {"minor"},
        "about": all(entry["kind"] in KINDS and entry["name"] for entry in case["about"]),
        "empty": bool(case["body"].strip() and case["why"].strip()),
    }
    return [name for name, holds in rules.items() if not holds]


def _span_faults(case: Case) -> list[str]:
    spans = sorted(case["pii"], key=lambda span: int(span["start"]))
    wrong = [s for s in spans if s["type"] not in PII_TYPES or case["body"][s["start"] : s["end"]] != s["text"]]
    overlaps = [a for a, b in itertools.pairwise(spans) if a["end"] > b["start"]]
    return ["a span does not match"] * len(wrong) + ["two spans overlap"] * len(overlaps)


def _date_faults(case: Case) -> list[str]:
    received = datetime.fromisoformat(case["received_at"])
    days = [(date.fromisoformat(text) - received.date()).days for text in case["deadlines"]]
    faults = ["no offset"] if received.tzinfo is None else []
    faults += ["a deadline in the past"] if any(day < 0 for day in days) else []
    faults += ["deadlines not sorted"] if case["deadlines"] != sorted(case["deadlines"]) else []
    if days and min(days) <= 2 and case["urgency"] != "urgent":
        faults.append("a last day within two days is urgent")
    return faults


def _sums(cases: list[Case]) -> list[tuple[str, Counter[str]]]:
    return [
        ("language", Counter(case["language"] for case in cases)),
        ("category", Counter(case["category"] for case in cases)),
        ("urgency", Counter(case["urgency"] for case in cases)),
        ("flags", Counter(flag for case in cases for flag in case["flags"])),
        (
            "messages",
            Counter("with flag" if case["flags"] else "decoy" if case["decoy"] else "plain" for case in cases),
        ),
        ("pii", Counter(span["type"] for case in cases for span in case["pii"])),
        ("about", Counter(entry["kind"] for case in cases for entry in case["about"])),
    ]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
