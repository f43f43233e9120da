"""A link to the current list leads to the list of whoever published the record."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.records import Provenance, Verdict
from ingestion.current_lists import CURRENT_LISTS, NEW_JERSEY, SCORECARD, STATES, current_list
from ingestion.evidence import Case
from ingestion.findings import finding
from ingestion.rulebook import all_rules
from ingestion.source import all_sources

RULES = {name: module.rule for name, module in all_rules().items()}
CASE = Case(level="provider", subject_id="ipeds:1")


def values(rule: str, source: str) -> tuple[str, ...]:
    origin = Provenance(source=source, record_id="1", as_of="2019", file="f.csv", row=1)
    return finding(RULES[rule], CASE, date(2026, 8, 7), Verdict.CANNOT_TELL, "x", [origin], values=("a=b",)).values


@pytest.mark.parametrize(
    ("source", "page"),
    [("scorecard_institution", SCORECARD), ("dol_etp", STATES), ("nj_etpl", NEW_JERSEY)],
)
def test_a_finishing_rate_is_looked_up_where_it_came_from(source: str, page: str) -> None:
    assert values("completion_rate", source) == ("a=b", f"current_url={page}")


@pytest.mark.parametrize("rule", ["hcm", "accreditor_action"])
def test_a_rule_about_one_list_keeps_it(rule: str) -> None:
    assert values(rule, "scorecard_institution") == ("a=b",)
    assert RULES[rule].current_url is not None


def test_a_source_without_a_page_leads_nowhere() -> None:
    assert current_list(RULES["completion_rate"], "toy") is None
    assert values("completion_rate", "toy") == ("a=b",)


def test_the_table_knows_real_sources_only() -> None:
    assert all_sources().keys() >= CURRENT_LISTS.keys()
