"""The mapping of filters to slots, and what counts as the same."""

from __future__ import annotations

import pytest

from evals.slots import differences, expected, understood


def wrong(slots, *filters):
    found = [{"name": name, "value": value, **more} for name, value, more in filters]
    return differences(expected({"slots": slots}), understood({"query": {"filters": found}}))


NEWARK = {"kind": "city", "name": "Newark", "near": True}


@pytest.mark.parametrize(
    ("slots", "filters"),
    [
        ({}, []),
        ({"occupation": "nurse", "ask": "count"}, []),
        ({"max_cost_usd": 1500}, [("max_cost_usd", 1500.0, {})]),
        ({"max_weeks": 13}, [("max_weeks", 12.9, {})]),
        ({"evening": True}, [("evening", True, {})]),
        ({"delivery": "online"}, [("delivery_online", True, {})]),
        ({"not_delivery": "online"}, [("delivery_in_person", True, {})]),
        ({"delivery": "in_person"}, [("not_delivery_online", True, {})]),
        ({"place": NEWARK}, [("near", "Newark", {})]),
        ({"place": NEWARK | {"radius_miles": 5}}, [("near", "Newark", {"state": "NJ", "radius_miles": 5})]),
        ({"place": {"kind": "county", "name": "Essex"}}, [("in_county", "Essex County", {})]),
        (
            {"place": [{"kind": "county", "name": "Essex"}, {"kind": "county", "name": "Union"}]},
            [("in_county", "Union", {}), ("in_county", "Essex", {})],
        ),
        ({"not_place": {"kind": "county", "name": "Cape May"}}, [("not_in_county", "Cape May", {"state": "NJ"})]),
        ({"provider": "Pennco Tech"}, [("provider", "pennco tech in blackwood", {})]),
    ],
)
def test_the_same(slots, filters):
    assert wrong(slots, *filters) == []


@pytest.mark.parametrize(
    ("slots", "filters"),
    [
        ({"max_cost_usd": 1500}, []),
        ({"max_cost_usd": 1500}, [("max_cost_usd", 1501.0, {})]),
        ({"max_weeks": 13}, [("max_weeks", 12.0, {})]),
        ({}, [("evening", True, {})]),
        ({"evening": True}, [("evening", False, {})]),
        ({}, [("of_no_case", True, {})]),
        ({"place": NEWARK}, [("in_city", "Newark", {})]),
        ({"place": NEWARK}, [("near", "Newark", {"state": "DE"})]),
        ({"place": NEWARK | {"radius_miles": 5}}, [("near", "Newark", {})]),
        ({"place": NEWARK}, [("near", "Newark", {}), ("in_county", "Essex", {})]),
        ({"not_place": NEWARK}, [("near", "Newark", {})]),
        ({"transit": "bus"}, [("transit", "train", {})]),
    ],
)
def test_not_the_same(slots, filters):
    assert wrong(slots, *filters)
