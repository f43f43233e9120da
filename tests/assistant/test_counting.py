"""Counting: the same figures as a plain reckoning over the records, unknown apart, old lists apart."""

from __future__ import annotations

import re
import statistics

import pytest

from assistant.answer import Counted
from assistant.counting import counted
from assistant.counting_text import CountWriter
from assistant.evidence import Sources
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
    every = bundled.get(Program, bundled.ids("programs", where))
    programs = {key: each for key, each in every.items() if key.startswith("nj_search_list_2018:") is older}
    found = [group for group in counted(bundled, list(every)).groups if group.older is older]
    assert len(found) == (1 if programs else 0)
    for group in found:
        costs = [each.cost.total_usd for each in programs.values()]
        assert group.programs == len(programs)
        assert (group.cost_unknown, group.cost_zero) == (costs.count(None), costs.count(0))
        assert_spread(group.cost_usd, {key: each.cost.total_usd for key, each in programs.items()}, zero=False)
        assert_spread(group.clock_hours, {key: each.length.clock_hours for key, each in programs.items()}, zero=True)
        assert group.clock_hours_unknown == sum(each.length.clock_hours is None for each in programs.values())
        assert group.weeks_n == sum(
            each.length.weeks_max is not None or each.length.weeks_min is not None for each in programs.values()
        )


def assert_spread(found, figures, *, zero):
    known = {key: value for key, value in figures.items() if value or (zero and value is not None)}
    assert (found.n if found else 0) == len(known)
    if found:
        values = sorted(known.values())
        assert found.median == pytest.approx(statistics.median(values), abs=0.006)
        assert (found.low, found.high) == (values[0], values[-1])
        assert set(found.middle) == {statistics.median_low(values), statistics.median_high(values)}
        assert known[found.low_program] == found.low
        assert known[found.high_program] == found.high
        assert [known[key] for key in found.middle_programs] == list(found.middle)


def test_what_may_match_is_counted_apart(bundled, aides):
    every, less = counted(bundled, aides), counted(bundled, aides, maybe=aides[:1])
    assert less.programs == every.programs - 1
    assert sum(group.maybe for group in less.groups) == 1
    lines = lines_of(bundled, less, "CNA", "", "en")
    assert "- 1 more may match: one of your limits is not known for it." in lines


def lines_of(bundled, found, topic, limits, language):
    return list(CountWriter(bundled, Sources(bundled), Ledger(), Texts(language)).lines(found, topic, limits))


def test_an_unknown_price_is_not_zero_and_zero_is_not_typical(bundled):
    nothing = bundled.ids("programs", "cost_total_usd IS NULL")
    free = bundled.ids("programs", "cost_total_usd = 0")
    (unknown,) = counted(bundled, nothing).groups
    assert (unknown.cost_usd, unknown.cost_unknown, unknown.cost_zero) == (None, len(nothing), 0)
    for group in counted(bundled, free).groups:
        assert (group.cost_usd, group.cost_unknown) == (None, 0)
        assert group.cost_zero == group.programs > 0


def test_nothing_to_count_is_said(bundled):
    assert counted(bundled, []) == counted(bundled, ["no:such"]) == Counted(groups=())
    (line,) = lines_of(bundled, Counted(groups=()), "falconry", "in Essex County", "en")
    assert "no program" in line
    assert "falconry" in line


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_figure_of_the_lines_was_counted_or_is_a_cited_programs(bundled, aides, language):
    for ids in (aides, aides[:1], aides[:2], bundled.ids("programs"), bundled.ids("programs", "length_weeks_min > 4")):
        ledger = Ledger()
        writer = CountWriter(bundled, Sources(bundled), ledger, Texts(language))
        lines = list(writer.lines(counted(bundled, ids), "CNA", ""))
        assert verified(lines, ledger) == (lines, [])
        assert verified(lines, Ledger())[0] != lines
        assert "None" not in " ".join(lines)
        priced = next(line for line in lines if "$" in line)
        assert ledger.problem_of(priced.replace("$", "$9")) is not None


def test_old_prices_are_never_mixed_with_newer_ones(bundled, aides):
    found = counted(bundled, aides)
    assert [group.older for group in found.groups] == [False, True]
    assert all(group.last_as_of == "2018-11" for group in found.groups if group.older)
    assert found.programs == sum(group.programs for group in found.groups)
    lines = "\n".join(lines_of(bundled, found, "CNA", "", "en"))
    assert re.search(r"\*\*On the older search list\*\* \(2018-11 \[\d+\]\)", lines)


def test_two_prices_are_given_and_called_no_typical_price(bundled, aides):
    newer = [key for key in aides if key.startswith("nj_etpl")][:2]
    lines = "\n".join(lines_of(bundled, counted(bundled, newer), "CNA", "", "en"))
    assert "Typical price:" not in lines
    assert "Too few for a typical price" in lines
