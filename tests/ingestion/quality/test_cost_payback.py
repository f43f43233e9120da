"""Price against four quarters of pay above the poverty bar; unknown price or pay can't tell."""

from __future__ import annotations

from typing import Any

from catalog.records import Cost

MEDIAN, AVERAGE = "median_earnings_q2", "average_quarterly_wage_q2"

HITS = {
    "too_dear_for_its_pay": lambda m: m.of_program(m.pay(MEDIAN, 6_500.0)),
    "pay_below_the_bar": lambda m: m.of_program(m.pay(MEDIAN, 5_000.0)),
    "free_but_pay_below_the_bar": lambda m: m.of_program(
        m.pay(MEDIAN, 5_000.0), program=m.program(cost=Cost(total_usd=0))
    ),
    "average_of_the_field_too_low": lambda m: m.of_program(field_measures=(m.pay(AVERAGE, 6_000.0),)),
}
LEFT_ALONE = {
    "earned_back": (lambda m: m.of_program(m.pay(MEDIAN, 9_000.0)), [("meets", "earned_back")]),
    "average_of_the_field_high": (
        lambda m: m.of_program(field_measures=(m.pay(AVERAGE, 9_000.0),)),
        [("cannot_tell", "average_above_says_nothing_of_the_middle")],
    ),
    "own_median_before_the_field's_average": (
        lambda m: m.of_program(m.pay(MEDIAN, 9_000.0), field_measures=(m.pay(AVERAGE, 6_000.0),)),
        [("meets", "earned_back")],
    ),
    "price_unknown": (
        lambda m: m.of_program(m.pay(MEDIAN, 5_000.0), program=m.program(cost=Cost(tuition_usd=9_999))),
        [("cannot_tell", "cost_unknown")],
    ),
    "price_held_back": (
        lambda m: m.of_program(m.pay(MEDIAN, 5_000.0), program=m.program(cost=Cost(), held_back=("cost_total_usd",))),
        [("cannot_tell", "cost_unknown")],
    ),
    "tiny": (lambda m: m.of_program(m.pay(MEDIAN, 100.0, 9)), [("cannot_tell", "tiny_cohort")]),
    "without_cohort": (lambda m: m.of_program(m.pay(MEDIAN, 100.0, None)), [("cannot_tell", "no_cohort_size")]),
    "suppressed": (lambda m: m.of_program(m.pay(MEDIAN, None)), [("cannot_tell", "suppressed")]),
    "no_pay_published": (lambda m: m.of_program(), []),
}


def test_below(make: Any, one: Any, hit: str) -> None:
    found = one("cost_payback", HITS[hit](make))
    assert (found.verdict.value, found.reason) == ("below", "not_earned_back")
    assert len(found.evidence) == 2


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("cost_payback", case(make)) == expected


def test_it_says_how_many_quarters_and_whose_pay(make: Any, one: Any) -> None:
    found = one("cost_payback", make.of_program(make.pay(MEDIAN, 6_868.75)))
    assert {"quarters_needed=4.0", "pay_of=program", "cost_total_usd=4000.0"} <= set(found.values)
    assert found.verdict.value == "meets"
    assert (
        "pay_of=provider_cip" in one("cost_payback", make.of_program(field_measures=(make.pay(AVERAGE, 1.0),))).values
    )
