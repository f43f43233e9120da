"""Measures of ranked lists: known values, siblings once."""

from __future__ import annotations

import math

import pytest

from evals.ranking import measured

CASE = {"labels": {"a": 2, "b": 2, "c": 1}, "siblings": [["a", "b"]]}


def test_siblings_count_once_whichever_is_shown():
    assert measured("nDCG@10", CASE, ["b", "c"])[0] == 1.0
    assert measured("nDCG@10", CASE, ["b", "a", "c"]) == (1.0, [2, 1])
    assert measured("R(rel=2)@20", CASE, ["b"])[0] == 1.0


def test_a_worse_order_is_worse():
    value, grades = measured("nDCG@10", CASE, ["c", "x", "a"])
    assert grades == [1, 0, 2]
    assert value == pytest.approx((1 + 2 / 2) / (2 + 1 / math.log2(3)))


@pytest.mark.parametrize("shown", [[], ["x", "y"]])
def test_nothing_right_is_nothing(shown):
    assert measured("nDCG@10", CASE, shown)[0] == 0.0


def test_a_near_program_on_top_is_no_success():
    assert measured("Success(rel=2)@1", CASE, ["c", "a"])[0] == 0.0
    assert measured("Success(rel=2)@1", CASE, ["a", "c"])[0] == 1.0
