"""Holding a rate against a bar: below or above it only where the whole interval is, else *cannot tell*."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from catalog.records import Finding, Measure, Reported, Rule, Unit, Verdict
from ingestion.evidence import Case
from ingestion.findings import finding, without_cells
from ingestion.intervals import Interval, wilson

TINY = 10
"""Fewer people than this make a figure unverifiable; the number is ours."""

WITHHELD = {
    Reported.SUPPRESSED: "suppressed",
    Reported.NOT_RELEASED: "not_released",
    Reported.ABOVE_TOP_CODE: "above_top_code",
    Reported.NOBODY_FOUND: "nobody_found",
}


class Judged(NamedTuple):
    """What a bar says of one figure."""

    verdict: Verdict
    reason: str
    missing: str | None = None
    interval: Interval | None = None


def unusable(measure: Measure) -> Judged | None:
    """Return why a figure can't be judged at all: withheld, missing, or of too few people; None if it can."""
    if measure.reported != Reported.VALUE:
        return Judged(Verdict.CANNOT_TELL, WITHHELD[measure.reported], measure.name)
    if measure.value is None:
        return Judged(Verdict.CANNOT_TELL, "value_missing", measure.name)
    if measure.n is None:
        return Judged(Verdict.CANNOT_TELL, "no_cohort_size", "cohort_size")
    if measure.n < TINY:
        return Judged(Verdict.CANNOT_TELL, "tiny_cohort", "larger_cohort")
    return None


def judge_rate(measure: Measure, bar: float) -> Judged:
    """Hold one rate, with the people behind it, against a bar from 0 to 1."""
    problem = unusable(measure)
    if problem is not None:
        return problem
    value, n = measure.value, measure.n
    if value is None or n is None or not 0 <= value <= 1 or measure.unit != Unit.FRACTION:
        return Judged(Verdict.CANNOT_TELL, "not_a_rate", measure.name)
    interval = wilson(value, n)
    if interval.low >= bar:
        return Judged(Verdict.MEETS, "whole_interval_at_or_above", interval=interval)
    if interval.high < bar:
        return Judged(Verdict.BELOW, "whole_interval_below", interval=interval)
    return Judged(Verdict.CANNOT_TELL, "interval_straddles_bar", "larger_cohort", interval)


def agreed(judged: Sequence[Judged]) -> Judged:
    """Return the one verdict of figures of which any may be the current one; contradictions are *cannot tell*."""
    verdicts = {each.verdict for each in judged}
    if len(verdicts) == 1:
        return judged[0]
    unknown = [each for each in judged if each.verdict is Verdict.CANNOT_TELL]
    return unknown[0] if unknown else Judged(Verdict.CANNOT_TELL, "sources_disagree", "current_figure")


def figure_finding(
    rule: Rule, case: Case, on: date, measures: Sequence[Measure], judged: Judged, bar: float | None, **more: Any
) -> Finding:
    """Return the finding about a figure; `measures` are those of which any may be the current one."""
    main = measures[0]
    low, high = judged.interval or (None, None)
    about = [*(measure.provenance for measure in measures), *more.pop("about", ())]
    values = (*figures(measures), *more.pop("values", ()))
    return finding(
        rule,
        case,
        on,
        judged.verdict,
        judged.reason,
        about,
        value=main.value,
        unit=main.unit,
        n=main.n,
        threshold=bar,
        interval_low=low,
        interval_high=high,
        missing=judged.missing,
        values=values,
        **more,
    )


def figures(measures: Sequence[Measure]) -> tuple[str, ...]:
    """Return what is said of each figure beside its number: its definition, its period, and others of its kind."""
    main = measures[0]
    words = [f"measure={main.name}", f"definition={main.definition}"]
    if main.period:
        words.append(f"period={main.period}")
    if main.definition.endswith("_shared_cohort"):
        words.append("cohort=shared_with_siblings")
    words += [f"also={m.name}:{m.value}:{m.n}:{m.provenance.source}:{m.provenance.as_of}" for m in measures[1:]]
    return tuple(words)


def missing_finding(rule: Rule, case: Case, on: date, name: str) -> Finding | None:
    """Return *cannot tell* for a program about which nobody published a figure; None without a program."""
    if case.program is None:
        return None
    more: dict[str, Any] = {"missing": name, "values": (f"measure={name}",)}
    origin = without_cells(case.program.provenance)
    return finding(rule, case, on, Verdict.CANNOT_TELL, "not_published", [origin], **more)
