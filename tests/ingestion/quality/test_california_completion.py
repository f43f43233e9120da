"""California's own floor, only on its own measure and only for those whom it binds."""

from __future__ import annotations

from typing import Any

NAME = "completion_rate"
YEAR = {"definition": "wioa_completion", "period": "program year 2024"}


def _private(m: Any, state: str | None = "CA", kind: str | None = "Private For-Profit", **more: Any) -> Any:
    return m.provider("dol_etp:CA:x", state=state, kind=kind, **{"control": "private_for_profit", **more})


HITS = {
    "private_school": lambda m: m.of_program(m.measure(NAME, 0.25, 207, **YEAR), provider=_private(m)),
    "nonprofit": lambda m: m.of_program(
        m.measure(NAME, 0.3, 60, **YEAR), provider=_private(m, kind="Private Non-Profit")
    ),
}
LEFT_ALONE = {
    "above": (
        lambda m: m.of_program(m.measure(NAME, 0.9, 200, **YEAR), provider=_private(m)),
        [("meets", "whole_interval_at_or_above")],
    ),
    "straddling": (
        lambda m: m.of_program(m.measure(NAME, 0.48, 50, **YEAR), provider=_private(m)),
        [("cannot_tell", "interval_straddles_bar")],
    ),
    "year_not_stated": (
        lambda m: m.of_program(
            m.measure(NAME, 0.25, 207, definition="wioa_completion", period="program year not stated"),
            provider=_private(m),
        ),
        [("cannot_tell", "program_year_not_stated")],
    ),
    "no_period": (
        lambda m: m.of_program(m.measure(NAME, 0.25, 207, definition="wioa_completion"), provider=_private(m)),
        [("cannot_tell", "program_year_not_stated")],
    ),
    "public_college": (
        lambda m: m.of_program(m.measure(NAME, 0.1, 200, **YEAR), provider=_private(m, kind="Public")),
        [],
    ),
    "publicly_run": (
        lambda m: m.of_program(m.measure(NAME, 0.1, 200, **YEAR), provider=_private(m, kind=None, control="public")),
        [],
    ),
    "apprenticeship": (
        lambda m: m.of_program(m.measure(NAME, 0.1, 200, **YEAR), provider=_private(m, kind="National Apprenticeship")),
        [],
    ),
    "another_state": (lambda m: m.of_program(m.measure(NAME, 0.1, 200, **YEAR), provider=_private(m, state="NV")), []),
    "state_unknown": (
        lambda m: m.of_program(m.measure(NAME, 0.1, 200, **YEAR), provider=_private(m, state=None)),
        [("cannot_tell", "provider_state_unknown")],
    ),
    "control_unknown": (
        lambda m: m.of_program(m.measure(NAME, 0.1, 200, **YEAR), provider=_private(m, control=None)),
        [("cannot_tell", "kind_of_provider_unknown")],
    ),
    "kind_unknown": (
        lambda m: m.of_program(m.measure(NAME, 0.1, 200, **YEAR), provider=_private(m, kind=None)),
        [("cannot_tell", "kind_of_provider_unknown")],
    ),
    "higher_education_of_unknown_control": (
        lambda m: m.of_program(
            m.measure(NAME, 0.1, 200, **YEAR), provider=_private(m, kind="Higher Ed: Associate's Degree")
        ),
        [("cannot_tell", "kind_of_provider_unknown")],
    ),
    "rate_of_another_list": (
        lambda m: m.of_program(m.measure(NAME, 0.1, 200, definition="other", period="2024"), provider=_private(m)),
        [],
    ),
}


def test_below(make: Any, one: Any, hit: str) -> None:
    found = one("california_completion", HITS[hit](make))
    assert (found.verdict.value, found.threshold) == ("below", 0.50)


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("california_completion", case(make)) == expected
