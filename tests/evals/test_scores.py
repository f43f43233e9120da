"""Means and intervals."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.scores import Score, mean, wilson

SCORES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 10)), min_size=1, max_size=20)


def test_a_share_is_over_parts_not_over_cases():
    found = mean([Score(1.0, "", of=9), Score(0.0, "", of=1)])
    assert (found.value, found.cases, found.of) == (0.9, 2, 10)


def test_nothing_to_judge_is_unknown_and_not_zero():
    assert mean([Score(1.0, "none shown", of=0)]).value is None


def test_yes_and_no_have_the_interval_of_wilson():
    found = mean([Score(1.0, "")] * 8 + [Score(0.0, "")] * 2)
    assert (found.low, found.high) == wilson(8, 10)
    assert found.low == pytest.approx(0.4902, abs=1e-4)
    assert found.high == pytest.approx(0.9433, abs=1e-4)


@given(SCORES)
def test_the_interval_holds_the_mean_within_0_and_1(pairs):
    found = mean([Score(value, "", of=of) for value, of in pairs])
    if found.value is not None:
        assert 0 <= found.low <= found.high <= 1
        assert found == mean([Score(value, "", of=of) for value, of in pairs])
