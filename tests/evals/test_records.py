"""The independent reading of records: a planted fault is seen."""

from __future__ import annotations

import pytest

from evals.amounts import unsupported_dollars
from evals.metrics.limits_kept import broken

RECORD = {"cost_total_usd": 1800.0, "cost_tuition_usd": 1700.0, "length_weeks_min": 4.0, "place_county": "Essex"}


@pytest.mark.parametrize(
    ("case", "wrong"),
    [
        ({"max_cost_usd": 2000}, []),
        ({"max_cost_usd": 1000}, ["max_cost_usd"]),
        ({"max_weeks": 3}, ["max_weeks"]),
        ({"county": "Essex"}, []),
        ({"county": "Bergen"}, ["county"]),
        ({"miles": 10}, ["miles"]),
    ],
)
def test_broken_limits(case, wrong):
    assert list(broken(case, {"distance_miles": 12.0}, RECORD)) == wrong


def test_what_is_not_published_breaks_nothing():
    silent = {"cost_total_usd": None, "length_weeks_min": None, "place_county": None}
    case = {"max_cost_usd": 1, "max_weeks": 1, "county": "Essex", "miles": 1}
    assert list(broken(case, {"distance_miles": None}, silent)) == []


@pytest.mark.parametrize(("amount", "unsupported"), [("1,800", []), ("1,900", ["1,900"])])
def test_an_amount_that_no_record_holds_is_seen(amount, unsupported):
    answer = {
        "programs": [{"id": "a", "measures": []}],
        "relaxed": [],
        "query": {"filters": []},
        "text": f"- Cost: ${amount} in all [1]",
    }
    assert unsupported_dollars(answer, {"a": RECORD}) == unsupported
