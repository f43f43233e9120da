"""Measures of a ranked list by ir_measures, with siblings counted once."""

from __future__ import annotations

from collections.abc import Sequence

from evals.reply import Case


def measured(measure: str, case: Case, shown: Sequence[str]) -> tuple[float, list[int]]:
    """Return a measure of the list that was shown, and the grades of the list without its repeated siblings."""
    import ir_measures

    groups = {key: group[0] for group in case.get("siblings", ()) for key in group}
    labels: dict[str, int] = {}
    for key, grade in case["labels"].items():
        first = groups.get(key, key)
        labels[first] = max(grade, labels.get(first, 0))
    ranked = list(dict.fromkeys(groups.get(key, key) for key in shown))
    if not ranked or not labels:
        return 0.0, [labels.get(key, 0) for key in ranked]
    truth = [ir_measures.Qrel("q", key, grade) for key, grade in labels.items()]
    run = [ir_measures.ScoredDoc("q", key, float(-place)) for place, key in enumerate(ranked)]
    value = ir_measures.calc_aggregate([ir_measures.parse_measure(measure)], truth, run)
    return float(next(iter(value.values()))), [labels.get(key, 0) for key in ranked]
