"""The federal earnings test is never applied to another measure: figures are shown, and it can't tell."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.records import Unit

NAME = "median_earnings_10yr_after_entry"


def _pay(m: Any, value: float | None, **more: Any) -> Any:
    return m.measure(NAME, value, None, unit=Unit.USD_PER_YEAR, subject_kind="provider", **more)


def _threshold(m: Any, value: float | None = 36_000.0) -> Any:
    return m.measure(
        "earnings_premium_threshold", value, None, subject_kind="state", subject_id="NJ", unit=Unit.USD_PER_YEAR
    )


def _aided(m: Any, title_iv: bool | None = True) -> Any:
    return m.provider(title_iv=title_iv)


def _of(m: Any, value: float | None, title_iv: bool | None = True, **more: Any) -> Any:
    provider = _aided(m, title_iv)
    return m.of_school(provider=provider, measures=(_pay(m, value),), threshold=_threshold(m), **more)


HITS: dict[str, Any] = {}
"""It never finds anything below: the law's measure is not published."""
LEFT_ALONE = {
    "low_pay_in_federal_aid": (lambda m: _of(m, 20_000.0), [("cannot_tell", "not_the_laws_measure")]),
    "high_pay_in_federal_aid": (lambda m: _of(m, 90_000.0), [("cannot_tell", "not_the_laws_measure")]),
    "federal_aid_unknown": (lambda m: _of(m, 20_000.0, None), [("cannot_tell", "federal_aid_unknown")]),
    "outside_federal_aid": (lambda m: _of(m, 20_000.0, False), []),
    "no_pay_published": (lambda m: m.of_school(provider=_aided(m)), []),
    "withheld": (lambda m: _of(m, None), [("cannot_tell", "suppressed")]),
}


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("low_earnings", case(make)) == expected


@pytest.mark.parametrize(("value", "word"), [(20_000.0, "below"), (36_000.0, "at_or_above")])
def test_where_it_stands_is_context(make: Any, one: Any, value: float, word: str) -> None:
    found = one("low_earnings", _of(make, value))
    assert f"beside_the_threshold={word}" in found.values
    assert (found.threshold, found.missing) == (36_000.0, "median_earnings_of_completers_4yr_on")
    assert len(found.evidence) == 2


def test_without_a_threshold_there_is_no_context(make: Any, one: Any) -> None:
    case = make.of_school(provider=_aided(make), measures=(_pay(make, 20_000.0),))
    found = one("low_earnings", case)
    assert found.threshold is None
    assert not any(value.startswith("beside") for value in found.values)


def test_the_law_counts_from_its_day() -> None:
    from ingestion.rulebook import all_rules

    rule = all_rules()["low_earnings"]
    assert not rule.in_force(date(2026, 6, 30))
    assert rule.in_force(date(2026, 7, 1))
