"""Every rule declares itself, rests on a page that was read, and is tested mostly on what it leaves alone."""

from __future__ import annotations

import ast
import importlib
import inspect
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

import ingestion
from catalog.records import Rule
from ingestion.rulebook import RuleModule, all_rules

RULES = all_rules()
STANDARDS = Path(ingestion.__file__).parent / "facts" / "standards"
TESTS = Path(__file__).parent / "quality"


@pytest.fixture(scope="module")
def standards() -> dict[str, dict[str, Any]]:
    entries = [each for path in sorted(STANDARDS.glob("*.yaml")) for each in yaml.safe_load(path.read_text())]
    return {each["id"]: each for each in entries}


def test_there_are_rules() -> None:
    assert len(RULES) >= 17
    assert list(RULES) == sorted(RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule_is_its_file(name: str) -> None:
    module = importlib.import_module(f"ingestion.quality.{name}")
    rule = module.RULE
    assert isinstance(rule, Rule)
    assert (rule.id, rule.title) == (name, name)
    assert "Policy: " in inspect.getdoc(module)
    assert module.SUBJECTS
    assert set(module.SUBJECTS) <= {"school", "record", "provider_cip", "program"}
    assert list(inspect.signature(module.check).parameters) == ["case", "on"]


@pytest.mark.parametrize("name", RULES)
def test_a_rule_rests_on_standards_that_were_read(name: str, standards: dict[str, dict[str, Any]]) -> None:
    rule = RULES[name].rule
    assert rule.standards
    for standard in rule.standards:
        assert standards[standard]["basis"] not in ("memory", "draft"), standard
    assert rule.last_checked <= date(2026, 11, 24)
    policy = (inspect.getdoc(importlib.import_module(f"ingestion.quality.{name}")) or "").rpartition("Policy: ")[2]
    assert policy.startswith("none;") if rule.url is None else rule.url.startswith(policy)


@pytest.mark.parametrize("name", RULES)
def test_a_law_or_rule_says_so_and_is_dated_where_the_standard_is(
    name: str, standards: dict[str, dict[str, Any]]
) -> None:
    rule = RULES[name].rule
    if rule.basis == "law":
        dates = [standards[each].get("in_force_from") for each in rule.standards]
        assert rule.in_force_from in dates
    assert rule.superseded_on is None


@pytest.mark.parametrize("name", RULES)
def test_each_rule_is_tested_on_at_least_as_many_cases_to_leave_alone(name: str) -> None:
    tables = _tables(TESTS / f"test_{name}.py")
    assert len(tables["LEFT_ALONE"]) >= len(tables["HITS"])
    assert len(tables["LEFT_ALONE"]) >= 3


def _tables(path: Path) -> dict[str, list[Any]]:
    found = {}
    for node in ast.parse(path.read_text()).body:
        target = (
            node.target
            if isinstance(node, ast.AnnAssign)
            else node.targets[0]
            if isinstance(node, ast.Assign)
            else None
        )
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Dict):
            found[target.id] = node.value.keys
    return found


@pytest.mark.parametrize(
    ("from_", "until", "on", "in_force"),
    [
        (None, None, 0, True),
        (0, None, -1, False),
        (0, None, 0, True),
        (None, 0, -1, True),
        (None, 0, 0, False),
    ],
)
def test_a_rule_is_in_force_from_its_day_until_it_is_superseded(
    from_: int | None, until: int | None, on: int, in_force: bool
) -> None:
    day = date(2026, 7, 1)

    def at(offset: int | None) -> date | None:
        return None if offset is None else day + timedelta(days=offset)

    rule = RULES["hcm"].rule.model_copy(update={"in_force_from": at(from_), "superseded_on": at(until)})
    assert RuleModule(rule, frozenset(), RULES["hcm"].check).in_force(day + timedelta(days=on)) is in_force
