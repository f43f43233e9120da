"""The kept table of the publisher's facts, and constraints judged by it without raw files."""

from __future__ import annotations

import pytest

from evals.labels import derive
from evals.labels.facts import broken, facts, table, written

CASE = {"slots": {"max_cost_usd": 1000, "place": {"kind": "state", "name": "NJ"}}, "hard": ["max_cost_usd", "place"]}


def test_the_table_is_what_the_raw_files_say(raw_data):
    import gzip

    programs = derive.load(raw_data)
    assert gzip.decompress(written(programs)) == gzip.decompress(table().read_bytes())


def test_a_program_of_the_labelled_list_is_judged_by_the_table():
    dear = next(key for key, program in facts().items() if program.cost_low and program.cost_low > 1000)
    cheap = next(key for key, program in facts().items() if program.cost_high and program.cost_high < 1000)
    assert "max_cost_usd" in broken(CASE, dear, {})
    assert "max_cost_usd" not in broken(CASE, cheap, {})


@pytest.mark.parametrize(
    ("cost", "state", "wrong"),
    [(900.0, "NJ", []), (None, None, []), (1100.0, "NJ", ["max_cost_usd"]), (900.0, "CA", ["place"])],
)
def test_a_program_of_another_list_is_judged_by_the_snapshot(cost, state, wrong):
    record = dict.fromkeys(("name", "provider_name", "cip", "place_city", "place_county", "place_zip"))
    record |= {"id": "other:1", "name": "x", "cost_total_usd": cost, "place_state": state}
    assert broken(CASE, "other:1", {"other:1": record}) == wrong
