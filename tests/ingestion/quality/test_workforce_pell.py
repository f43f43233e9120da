"""The screen judges only length, only in federal aid, and only short programs."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.records import Length


def _of(m: Any, title_iv: bool | None = True, **length: Any) -> Any:
    provider = m.provider("nj_providers:1", title_iv=title_iv)
    return m.of_program(program=m.program(length=Length(**length)), provider=provider)


FITS = {"clock_hours": 300, "weeks_min": 10, "weeks_max": 12}

HITS = {
    "too_few_hours": lambda m: _of(m, clock_hours=149, weeks_min=10, weeks_max=12),
    "too_few_weeks": lambda m: _of(m, clock_hours=300, weeks_min=2, weeks_max=7),
    "a_day": lambda m: _of(m, clock_hours=6),
}
LEFT_ALONE = {
    "fits_but_other_tests_are_unpublished": (
        lambda m: _of(m, **FITS),
        [("cannot_tell", "length_fits_other_tests_unpublished")],
    ),
    "at_the_lower_ends": (
        lambda m: _of(m, clock_hours=150, weeks_min=8, weeks_max=8),
        [("cannot_tell", "length_fits_other_tests_unpublished")],
    ),
    "longer_by_hours": (lambda m: _of(m, clock_hours=600), []),
    "longer_by_weeks": (lambda m: _of(m, clock_hours=300, weeks_min=15, weeks_max=20), []),
    "band_of_weeks_straddles": (
        lambda m: _of(m, clock_hours=300, weeks_min=4, weeks_max=11),
        [("cannot_tell", "weeks_unclear")],
    ),
    "weeks_unknown": (lambda m: _of(m, clock_hours=300), [("cannot_tell", "weeks_unclear")]),
    "hours_unknown": (lambda m: _of(m, weeks_min=9, weeks_max=9), [("cannot_tell", "clock_hours_unknown")]),
    "outside_federal_aid": (lambda m: _of(m, False, **FITS), []),
    "too_short_outside_federal_aid": (lambda m: _of(m, False, clock_hours=10), []),
    "federal_aid_unknown": (lambda m: _of(m, None, clock_hours=10), [("cannot_tell", "federal_aid_unknown")]),
}


def test_below(make: Any, one: Any, hit: str) -> None:
    found = one("workforce_pell", HITS[hit](make))
    assert (found.verdict.value, found.reason, found.severity.value) == ("below", "too_short", "info")


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("workforce_pell", case(make)) == expected


@pytest.mark.parametrize("part", ["completion", "placement", "value_added", "governors_approval"])
def test_it_says_which_tests_nobody_publishes(make: Any, one: Any, part: str) -> None:
    (other,) = [value for value in one("workforce_pell", _of(make, **FITS)).values if value.startswith("other_tests=")]
    assert part in other
