"""Counting: the same figures as a plain reckoning over the records, unknown apart, old lists apart."""

from __future__ import annotations

import statistics

import pytest

from assistant.answer import Counted
from assistant.counting import count_lines, counted, enter_counts
from assistant.verify import Ledger, verified
from catalog.home import bundled_folder
from catalog.records import Program
from catalog.snapshot import Snapshot
from prompts import Texts


@pytest.fixture(scope="module")
def bundled():
    snapshot = Snapshot(bundled_folder())
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="module")
def aides(bundled):
    return bundled.ids("programs", "name ILIKE '%nurse aide%' AND place_county = 'Essex'")


def distinct(bundled, ids, older):
    found = {}
    for program in bundled.get(Program, ids).values():
        if program.id.startswith("nj_search_list_2018:") is older:
            found.setdefault((program.name.lower(), program.provider_id, program.cost.total_usd), []).append(program)
    return found


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize(
    "where",
    [
        "name ILIKE '%nurse aide%' AND place_county = 'Essex'",
        "place_county = 'Bergen'",
        "length_clock_hours IS NULL",
        "cost_total_usd IS NULL OR cost_total_usd = 0",
    ],
)
def test_the_figures_are_those_of_a_plain_reckoning(bundled, where, older):
    ids = bundled.ids("programs", where)
    programs = distinct(bundled, ids, older)
    found = [group for group in counted(bundled, ids).groups if group.older is older]
    assert len(found) == (1 if programs else 0)
    for group in found:
        costs = [cost for _name, _school, cost in programs]
        known = [cost for cost in costs if cost]
        assert group.programs == len(programs)
        assert (group.cost_unknown, group.cost_zero) == (costs.count(None), costs.count(0))
        assert (group.cost_usd.n if group.cost_usd else 0) == len(known)
        if known:
            assert group.cost_usd.median == pytest.approx(statistics.median(known), abs=0.006)
            assert (group.cost_usd.low, group.cost_usd.high) == (min(known), max(known))
        hours = [max((p.length.clock_hours or -1) for p in same) for same in programs.values()]
        assert group.clock_hours_unknown == hours.count(-1)
        weeks = [p.length for same in programs.values() for p in same if p.length.weeks_min is not None]
        assert bool(group.weeks_n) == bool(weeks)


def test_an_unknown_price_is_not_zero_and_zero_is_not_typical(bundled):
    nothing = bundled.ids("programs", "cost_total_usd IS NULL")
    free = bundled.ids("programs", "cost_total_usd = 0")
    (unknown,) = counted(bundled, nothing).groups
    assert (unknown.cost_usd, unknown.cost_unknown, unknown.cost_zero) == (None, 1, 0)
    for group in counted(bundled, free).groups:
        assert (group.cost_usd, group.cost_unknown) == (None, 0)
        assert group.cost_zero == group.programs > 0


def test_nothing_to_count_is_said(bundled):
    assert counted(bundled, []) == counted(bundled, ["no:such"]) == Counted(groups=())
    (line,) = count_lines(Counted(groups=()), "falconry", "in Essex County", Texts("en"))
    assert "no program" in line
    assert "falconry" in line


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_figure_of_the_lines_was_counted(bundled, aides, language):
    for ids in (aides, aides[:1], aides[:2], bundled.ids("programs"), bundled.ids("programs", "length_weeks_min > 4")):
        found, ledger, texts = counted(bundled, ids), Ledger(), Texts(language)
        lines = list(count_lines(found, "CNA", "", texts))
        assert verified(lines, ledger)[0] != lines, "figures stand without having been counted"
        enter_counts(found, ledger)
        assert verified(lines, ledger) == (lines, [])
        assert "None" not in " ".join(lines)


def test_old_prices_are_never_mixed_with_newer_ones(bundled, aides):
    found = counted(bundled, aides)
    assert [group.older for group in found.groups] == [False, True]
    assert all(group.last_as_of == "2018-11" for group in found.groups if group.older)
    assert found.programs == sum(group.programs for group in found.groups)
    lines = "\n".join(count_lines(found, "CNA", "", Texts("en")))
    assert "older search list (2018-11)" in lines


def test_two_prices_are_given_and_called_no_typical_price(bundled, aides):
    newer = [key for key in aides if key.startswith("nj_etpl")][:2]
    lines = "\n".join(count_lines(counted(bundled, newer), "CNA", "", Texts("en")))
    assert "Typical price" not in lines
    assert "published price" in lines
