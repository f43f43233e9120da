"""Age: past its horizon a finding is stale and one step less severe, and its verdict stays what it was."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from datetime import date

from catalog.records import Finding, Horizon, Rule, Severity

HORIZON_YEARS: Mapping[Horizon, int] = {"list": 2, "outcome": 5}
"""How long a source counts as current: lists of who is what, and figures of outcomes."""

LESS_SEVERE = {Severity.SERIOUS: Severity.CAUTION, Severity.CAUTION: Severity.INFO, Severity.INFO: Severity.INFO}


def is_stale(as_of: str | None, horizon: Horizon, on: date) -> bool:
    """Whether facts of a date lie further back than the horizon; undated facts can't be shown to be current.

    A date given by month or year only counts as that period's last day.
    """
    if as_of is None:
        return True
    last = last_day(as_of)
    year = on.year - HORIZON_YEARS[horizon]
    return last < on.replace(year=year, day=min(on.day, calendar.monthrange(year, on.month)[1]))


def last_day(as_of: str) -> date:
    """Return the last day of a year, month or day (`2020`, `2020-06`, `2020-06-30`)."""
    year, month, day = (int(part) for part in f"{as_of}-0-0".split("-")[:3])
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def aged(finding: Finding, rule: Rule, on: date) -> Finding:
    """Return the finding as it stands on a day; only its age and its severity can differ."""
    stale = is_stale(finding.as_of, rule.horizon, on)
    severity = LESS_SEVERE[finding.full_severity] if stale else finding.full_severity
    return finding.model_copy(update={"stale": stale, "severity": severity, "judged_on": on})
