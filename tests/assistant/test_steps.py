"""The cheapest, the fastest, and what to do next."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evidence import Sources, programs_of
from assistant.steps import ASKED, Choice, choices_of, extreme_lines, extremes_of, question_keys, step_lines
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


def choice(key: str, cost: float | None = None, low: float | None = None, high: float | None = None, **more) -> Choice:
    return Choice(key, cost, low, high, more.pop("hours", None), **more)


def test_the_least_price_wins_and_an_unknown_one_is_counted():
    found = extremes_of([choice("a", 900), choice("b", 500), choice("c")])
    assert found.cheapest.id == "b"
    assert found.without_cost == 1


def test_a_price_of_zero_is_told_apart_from_the_cheapest():
    found = extremes_of([choice("a", 900), choice("b", 0), choice("c", 700)])
    assert found.cheapest.id == "c"
    assert found.free == ("b",)


def test_one_program_is_neither_the_cheapest_nor_the_fastest():
    assert extremes_of([choice("a", 900, 1, 2)]).cheapest is None
    assert extremes_of([choice("a", 900, 1, 2)]).fastest is None
    assert extremes_of([]) == extremes_of([])
    assert extremes_of([]).cheapest is None


def test_the_fastest_is_the_one_that_ends_first_and_hours_serve_only_where_nobody_says_weeks():
    found = extremes_of([choice("a", low=2, high=11), choice("b", low=4, high=8), choice("c", hours=1)])
    assert (found.fastest.id, found.without_time) == ("b", 1)
    assert extremes_of([choice("a", hours=90), choice("b", hours=60)]).fastest.id == "b"
    assert extremes_of([choice("a"), choice("b")]).fastest is None


def test_a_program_with_a_warning_gives_way_to_an_equal_one_and_to_no_dearer_one():
    warned = choice("a", 500, 4, 8, warned=True)
    assert extremes_of([warned, choice("b", 500, 4, 8)]).cheapest.id == "b"
    assert extremes_of([warned, choice("b", 500, 4, 8)]).fastest.id == "b"
    assert extremes_of([warned, choice("b", 501, 4, 9)]).cheapest is warned


def test_an_older_listing_gives_way_to_an_equal_one():
    old = choice("nj_search_list_2018:1", 500)
    assert extremes_of([old, choice("z", 500)]).cheapest.id == "z"


amounts = st.none() | st.floats(0, 10_000, allow_nan=False)
choices = st.lists(
    st.builds(Choice, st.uuids().map(str), amounts, amounts, amounts, amounts, st.booleans()), max_size=8
)


@given(choices)
def test_nothing_is_cheaper_than_the_cheapest_nor_faster_than_the_fastest(given):
    found = extremes_of(given)
    if found.cheapest is not None:
        assert all(each.cost_usd >= found.cheapest.cost_usd for each in given if each.cost_usd)
    if found.fastest is not None and found.fastest.weeks_max is not None:
        assert all(each.weeks_max >= found.fastest.weeks_max for each in given if each.weeks_max is not None)
    assert extremes_of(given[::-1]) == found


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("where", ["cip = '51.3902'", "id LIKE 'nj_search%' AND name ILIKE '%welding%'", "TRUE"])
def test_the_lines_about_real_programs_stand_and_name_the_figure(bundled, language, where):
    texts, sources, ledger = Texts(language), Sources(bundled), Ledger()
    ids = bundled.ids("programs", where)
    found = extremes_of(choices_of(bundled, ids, ids[:3]))
    lines = list(extreme_lines(found, bundled, sources, ledger, texts))
    assert verified(lines, ledger) == (lines, [])
    assert "None" not in " ".join(lines)
    costs = [program.cost.total_usd for program in bundled.get(Program, ids).values()]
    assert f"${min(cost for cost in costs if cost):,.0f}" in lines[0]
    assert ledger.problem_of(lines[0].replace("$", "$9")) is not None


def test_a_program_that_is_both_is_named_once(bundled):
    texts, sources, ledger = Texts("en"), Sources(bundled), Ledger()
    ids = bundled.ids("programs", "cip = '51.3902' AND length_weeks_max IS NOT NULL")[:2]
    both = [Choice(ids[0], 100.0, 1.0, 2.0, None), Choice(ids[1], 200.0, 2.0, 3.0, None)]
    lines = list(extreme_lines(extremes_of(both), bundled, sources, ledger, texts))
    assert len(lines) == 1
    assert lines[0].startswith("Cheapest and fastest")


@pytest.mark.parametrize("language", ["en", "es"])
def test_next_steps_ask_what_the_records_leave_open(bundled, language):
    texts = Texts(language)
    (aide,) = programs_of(bundled, ["nj_etpl:30742"])
    (old,) = programs_of(bundled, ["nj_search_list_2018:10001"])
    for each in (aide, old):
        ledger = Ledger()
        lines = list(step_lines(each, ("evening", "childcare"), ledger, texts))
        assert lines[0] == texts("steps.heading")
        assert f"- {texts('steps_ask.evening')}" in lines
        assert f"- {texts('steps_ask.childcare')}" in lines
        assert verified(lines, ledger) == (lines, [])
        assert "None" not in " ".join(lines)
    assert "steps_ask.still_offered" in set(question_keys(old, ()))
    assert "steps_ask.still_offered" not in set(question_keys(aide, ()))
    assert "steps_ask.credential" not in set(question_keys(aide, ()))


def test_a_licence_is_checked_with_the_board_only_where_one_is_claimed(bundled):
    texts = Texts("en")
    (aide,) = programs_of(bundled, ["nj_etpl:30742"])
    licensed = aide.program.model_copy(update={"claims_license": True})
    unlicensed = aide.program.model_copy(update={"claims_license": None})
    board = f"- {texts('steps.license')}"
    assert board in list(step_lines(type(aide)(licensed, aide.provider, (), ()), (), Ledger(), texts))
    assert board not in list(step_lines(type(aide)(unlicensed, aide.provider, (), ()), (), Ledger(), texts))


def test_every_limit_with_a_question_has_its_words():
    for language in ("en", "es"):
        assert all(Texts(language).has(f"steps_ask.{name}") for name in ASKED)
