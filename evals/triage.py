"""How well messages are triaged: `python -m evals.triage [CASES.jsonl]`.

Without a file the training cases are told by models that did not see them. Of held-out cases only sums are printed and
logged. Every mean comes with a 95 % interval by resampling.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from assistant.desk.about import Subjects
from assistant.desk.classifier import Classifier, Features, Seen
from assistant.desk.labels import Category, Flag
from assistant.desk.message import Message
from assistant.desk.training import cases as training_cases
from assistant.desk.training import left_out, seen_of
from assistant.desk.triager import Triage, Triager
from assistant.names import NameIndex, comparable
from catalog.home import bundled_folder
from catalog.snapshot import Snapshot
from evals.heldout import is_held_out, log_run
from evals.scores import DRAWS, SEED, Mean, Score, mean

Case = dict[str, Any]
Found = Sequence[tuple[Case, Triage]]
STRUCTURED = frozenset(("phone", "email", "address", "ssn", "student_id", "account", "birth_date"))


class Told(Classifier):
    """Gives out probabilities that were made before, in order."""

    def __init__(self, found: Sequence[Mapping[str, float]]) -> None:
        super().__init__()
        self._found = [dict(each) for each in found]

    def probabilities(self, messages: Sequence[Seen]) -> list[dict[str, float]]:
        """Return the next probabilities, one for each message."""
        told, self._found = self._found[: len(messages)], self._found[len(messages) :]
        return told


def run(given: Sequence[Case], classifier: Classifier | None, snapshot: Snapshot) -> Found:
    """Return each case with its triage."""
    triager = Triager(Subjects(snapshot, NameIndex(snapshot)), classifier)
    messages = [
        Message(ticket_id=c["id"], subject=c.get("subject") or "", body=c["body"], received_at=c.get("received_at"))
        for c in given
    ]
    return list(zip(given, triager.triage_all(messages), strict=True))


def scores_of(found: Found) -> dict[str, Mean]:
    """Return every mean that the cases have labels for."""
    out = {
        name: mean([Score(*score) for pair in found for score in measure(*pair)]) for name, measure in MEASURES.items()
    }
    out["triage.macro_f1"] = macro_f1(found)
    return {name: each for name, each in out.items() if each.value is not None}


Scored = Sequence[tuple[float, str]]


def _category(case: Case, triage: Triage) -> Scored:
    return [(float(triage.category == case["category"]), "")]


def _urgency(case: Case, triage: Triage) -> Scored:
    return [(float(triage.urgency == case["urgency"]), "")]


def _urgent_seen(case: Case, triage: Triage) -> Scored:
    return [(float(triage.urgency == "urgent"), "")] if case["urgency"] == "urgent" else []


def _flags_of(triage: Triage) -> set[str]:
    return {each.flag.value for each in triage.flags}


def _all_flags(case: Case, triage: Triage) -> Scored:
    return [(float(set(case["flags"]) <= _flags_of(triage)), "")] if case["flags"] else []


def _flag(name: str) -> Callable[[Case, Triage], Scored]:
    return lambda case, triage: [(float(name in _flags_of(triage)), "")] if name in case["flags"] else []


def _escalated(case: Case, triage: Triage) -> Scored:
    return [] if case["flags"] else [(float(bool(triage.flags)), "")]


def _decoy_escalated(case: Case, triage: Triage) -> Scored:
    return _escalated(case, triage) if case.get("decoy") else []


def _deadlines(case: Case, triage: Triage) -> Scored:
    if "deadlines" not in case:
        return []
    return [(float([each.on.isoformat() for each in triage.deadlines] == case["deadlines"]), "")]


def _linked(case: Case, triage: Triage) -> Scored:
    """Return for each real thing named whether its name was found."""
    names = {comparable(each.name) for each in triage.about}
    wanted = [each for each in case.get("about", ()) if not each.get("invented")]
    return [(float(any(_same(comparable(each["name"]), name) for name in names)), "") for each in wanted]


def _wrong_links(case: Case, triage: Triage) -> Scored:
    """Return for each link to a school whether it is to one that the message does not name."""
    if "about" not in case:
        return []
    wanted = [comparable(each["name"]) for each in case["about"] if not each.get("invented")]
    links = [comparable(each.name) for each in triage.about if each.kind == "provider"]
    return [(float(not any(_same(name, link) for name in wanted)), "") for link in links]


def _same(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other} ") or other.startswith(f"{one} ")


def _personal(*, structured: bool) -> Callable[[Case, Triage], Scored]:
    def measure(case: Case, triage: Triage) -> Scored:
        covered = {at for span in triage.pii for at in range(span.start, span.end)}
        return [
            (float(all(at in covered for at in range(p["start"], p["end"]) if case["body"][at].isalnum())), "")
            for p in case.get("pii", ())
            if (p["type"] in STRUCTURED) == structured
        ]

    return measure


def _false_masks(case: Case, triage: Triage) -> Scored:
    """Return for each word outside of personal data whether it was masked."""
    if "pii" not in case:
        return []
    personal = {at for p in case["pii"] for at in range(p["start"], p["end"])}
    masked = {at for span in triage.pii for at in range(span.start, span.end)}
    words = [range(*found.span()) for found in re.finditer(r"\w+", case["body"])]
    return [(float(any(at in masked for at in word)), "") for word in words if personal.isdisjoint(word)]


MEASURES: dict[str, Callable[[Case, Triage], Scored]] = {
    "triage.category": _category,
    "triage.urgency": _urgency,
    "triage.urgent_seen": _urgent_seen,
    "triage.all_flags_of_a_message": _all_flags,
    **{f"triage.flag_{flag.value}": _flag(flag.value) for flag in Flag},
    "triage.over_escalation": _escalated,
    "triage.over_escalation_decoys": _decoy_escalated,
    "triage.deadlines": _deadlines,
    "triage.links_found": _linked,
    "triage.links_wrong": _wrong_links,
    "triage.pii_structured": _personal(structured=True),
    "triage.pii_names": _personal(structured=False),
    "triage.false_masks_per_word": _false_masks,
}


def macro_f1(found: Found) -> Mean:
    """Return the mean F1 over the categories that occur, resampled by case."""
    order = list(Category)
    truth = np.array([order.index(Category(case["category"])) for case, _ in found])
    told = np.array([order.index(triage.category) for _, triage in found])
    draws = np.random.default_rng(SEED).integers(0, len(found), (DRAWS, len(found)))
    values = [_macro_f1(truth[draw], told[draw]) for draw in draws]
    low, high = np.quantile(values, (0.025, 0.975))
    return Mean(_macro_f1(truth, told), float(low), float(high), len(found), len(found))


def _macro_f1(truth: Any, told: Any) -> float:
    present = np.union1d(truth, told)
    hits = np.array([np.sum((truth == each) & (told == each)) for each in present])
    sums = np.array([np.sum(truth == each) + np.sum(told == each) for each in present])
    return float(np.mean(2 * hits / sums))


def confusion(found: Found) -> list[str]:
    """Return the table of categories: a row for what is right, a column for what was told."""
    counts = Counter((case["category"], triage.category.value) for case, triage in found)
    head = "right \\ told".ljust(28) + " ".join(f"{number:>3}" for number in range(1, len(Category) + 1))
    rows = [
        f"{number:>2} {right.value:<25}" + " ".join(f"{counts[right.value, told.value] or '.':>3}" for told in Category)
        for number, right in enumerate(Category, start=1)
    ]
    return [head, *rows]


def main(arguments: Sequence[str]) -> int:
    """Measure a file of cases, or the training cases by models that did not see them; returns the exit code."""
    path = Path(arguments[0]) if arguments else None
    given = _read(path) if path else training_cases()
    told = None if path else Told(left_out(given, Features().rows(seen_of(given))))
    snapshot = Snapshot(bundled_folder())
    try:
        found = run(given, told, snapshot)
    finally:
        snapshot.close()
    groups = {name: [pair for pair in found if name in ("all", pair[0]["language"])] for name in ("all", "en", "es")}
    scores = {name: scores_of(pairs) for name, pairs in groups.items() if pairs}
    by_score = {name: {group: each[name] for group, each in scores.items() if name in each} for name in scores["all"]}
    sys.stdout.write("\n".join([*_table(by_score), "", *confusion(found), ""]))
    if path and is_held_out(path):
        log_run(path, len(found), by_score)
    return 0


def _read(path: Path) -> list[Case]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _table(scores: Mapping[str, Mapping[str, Mean]]) -> list[str]:
    return [
        f"{name:<34}{each['all'].value:6.3f}  {each['all'].low:.3f} to {each['all'].high:.3f}  of {each['all'].of:>5}"
        + "".join(f"  {group} {each[group].value:.3f}" for group in ("en", "es") if group in each)
        for name, each in scores.items()
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
