"""Comparison: one column for each program, in its own words and units, harmless as a table."""

from __future__ import annotations

from datetime import date

import pytest
from markdown_it import MarkdownIt

from assistant.cards import program_card
from assistant.comparison import compare, table_lines
from assistant.evidence import Sources, programs_of
from assistant.fitting import Fit
from assistant.funding_text import funding_cards_of
from assistant.understand.topic import RIGHT, Match
from assistant.verify import Ledger
from assistant.wages import wage_cards, wages_of
from assistant.writer import joined
from catalog.home import bundled_folder
from catalog.snapshot import Snapshot
from prompts import Texts

TODAY = date(2026, 11, 24)
ROWS = 16


@pytest.fixture(scope="module")
def bundled():
    snapshot = Snapshot(bundled_folder())
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="module")
def ids(bundled):
    nj = bundled.ids("programs", "id LIKE 'nj_etpl%' AND name ILIKE '%nurse aide%'")
    return [nj[0], "dol_etp:f69d0759-31e5-11f1-a39f-00155dd2f085", nj[3], "nj_search_list_2018:20760", nj[5]]


def cards_of(bundled, ids, language):
    texts, sources, ledger = Texts(language), Sources(bundled), Ledger()
    evidence = programs_of(bundled, ids)
    wages = wages_of(bundled, [each.program for each in evidence], (), TODAY)
    funding = funding_cards_of(bundled, evidence, sources, ledger, texts, TODAY)
    cards = []
    for each in evidence:
        cost = each.program.cost.total_usd
        fit = Fit(each.program.id, Match(RIGHT, 1), (), "", frozenset(), (), (), (), 1.5, cost, None, None, None)
        card = program_card(each, fit, sources, texts)
        paid = wage_cards(wages[card.id], sources, ledger, texts)
        cards.append(card.model_copy(update={"funding": funding[card.id], "wages": paid}))
        ledger.add_card(cards[-1])
    return cards, ledger, texts


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("count", [2, 3, 4, 5])
def test_each_program_has_a_column_and_each_property_a_row(bundled, ids, language, count):
    cards, ledger, texts = cards_of(bundled, ids[:count], language)
    found = compare(cards, ledger, texts)
    assert found.program_ids == tuple(ids[:count])
    assert len(found.rows) == ROWS
    assert {len(row) for row in found.rows} == {count + 1}
    assert all(cell for row in found.rows for cell in row)
    assert texts("compare.not_shown") not in {cell for row in found.rows for cell in row}
    assert "None" not in str(found.rows)


@pytest.mark.parametrize("count", [0, 1, 6])
def test_two_to_five_can_be_compared(bundled, ids, count):
    cards, ledger, texts = cards_of(bundled, ids[:1], "en")
    with pytest.raises(ValueError, match="2 to 5"):
        compare(cards * count, ledger, texts)


def test_the_table_is_one_table_with_a_cell_for_each(bundled, ids):
    cards, ledger, texts = cards_of(bundled, ids, "en")
    markdown = joined(["Before.", *table_lines(compare(cards, ledger, texts)), "After."])
    html = MarkdownIt("commonmark").enable("table").render(markdown)
    assert html.count("<table>") == 1
    assert html.count("<td>") == (ROWS - 1) * 6
    assert html.count("<th>") == 6


def test_a_bar_in_a_name_does_not_end_its_cell(bundled, ids):
    cards, ledger, texts = cards_of(bundled, ids[:2], "en")
    odd = cards[0].model_copy(update={"name": "A | B <b>C</b>", "provider": "D || E"})
    ledger.add_card(odd)
    html = (
        MarkdownIt("commonmark").enable("table").render("\n".join(table_lines(compare([odd, cards[1]], ledger, texts))))
    )
    assert html.count("<td>") == (ROWS - 1) * 3
    assert "A | B &lt;b&gt;" in html
    assert "D || E" in html


def test_a_price_that_the_record_does_not_hold_is_not_shown(bundled, ids):
    cards, ledger, texts = cards_of(bundled, ids[:2], "en")
    cost = cards[0].cost.model_copy(update={"total_usd": 123456.0})
    wrong = cards[0].model_copy(update={"cost": cost})
    rows = {row[0]: row[1:] for row in compare([wrong, cards[1]], ledger, texts).rows}
    assert rows["Cost in all"][0] == "not shown"
    assert "$2,107" in rows["Cost in all"][1]
    assert "123,456" not in str(rows)


def test_a_figure_of_one_program_does_not_stand_for_another(bundled, ids):
    cards, ledger, texts = cards_of(bundled, ids[:2], "en")
    assert cards[0].cost.total_usd != cards[1].cost.total_usd
    swapped = [cards[0].model_copy(update={"cost": cards[1].cost}), cards[1]]
    rows = {row[0]: row[1:] for row in compare(swapped, ledger, texts).rows}
    assert rows["Cost in all"][0] == "not shown"


def test_the_pay_of_a_quarter_and_of_a_year_have_rows_of_their_own(bundled, ids):
    cards, ledger, texts = cards_of(bundled, ids, "en")
    rows = {row[0]: " ".join(row[1:]) for row in compare(cards, ledger, texts).rows}
    assert "a quarter" in rows["Graduates' pay of a quarter"]
    assert "a year" not in rows["Graduates' pay of a quarter"]
    assert "a year" in rows["Pay of the job in a year"]
    assert "quarter" not in rows["Pay of the job in a year"]


def test_what_is_not_published_is_said(bundled, ids):
    cards, ledger, texts = cards_of(bundled, ids, "en")
    bare = cards[0].model_copy(
        update={
            "measures": (),
            "wages": (),
            "delivery": None,
            "cost": cards[0].cost.model_copy(update={"total_usd": None}),
        }
    )
    rows = {row[0]: row[1] for row in compare([bare, cards[1]], ledger, texts).rows}
    for label in ("Cost in all", "How many finish", "How many find work", "Pay of the job in a year"):
        assert rows[label] == "not published"
