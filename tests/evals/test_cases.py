"""The files of cases: ids once, fields that the runner knows, labels as fresh as the raw files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from evals.labels import warnings
from evals.metrics import metrics
from evals.suites import SUITES, CasesError


@pytest.mark.parametrize("suite", SUITES.values(), ids=lambda suite: suite.name)
class TestSuite:
    def test_each_case_has_an_id_of_its_own_and_a_question(self, suite):
        cases = suite.cases()
        ids = [case["id"] for case in cases]
        assert len(ids) == len(set(ids)) > 0
        assert all(case.keys() & {"turns", "variants", "inquiry"} for case in cases)

    def test_each_case_is_scored_by_some_metric(self, suite):
        ours = [metric for metric in metrics() if suite.name in metric.suites]
        unscored = [case["id"] for case in suite.cases() if not any(metric.applies(case) for metric in ours)]
        assert unscored == []


def test_patterns_of_premises_can_be_read():
    for case in SUITES["refusal"].cases():
        assert re.compile(case.get("must_not", ""))


@pytest.mark.parametrize("text", ['{"id": 1}\n{', None])
def test_a_file_that_cannot_be_read_says_where(tmp_path, text):
    path = tmp_path / "cases.jsonl"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(CasesError, match=r"cases\.jsonl"):
        SUITES["standards"].cases(path)


def test_labels_of_the_warnings_are_what_the_raw_files_say(raw_data):
    kept = (Path(warnings.__file__).parents[1] / "cases" / "warnings.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line) for line in kept.splitlines()] == warnings.cases(raw_data)


def test_a_rate_of_few_people_or_of_another_state_is_no_verdict():
    row = {"PerEmployed2": "1.0", "NumCompleted2": "9", "NumUsedWageCalc2": "9"}
    assert warnings._placement(row, "NJ")[0] == "cannot_tell"
    assert warnings._placement(row | {"NumCompleted2": "200"}, "NJ")[0] == "meets"
    assert warnings._placement(row | {"NumCompleted2": "200"}, "NY")[0] == "cannot_tell"
    assert warnings._placement(row | {"PerEmployed2": "0.2", "NumCompleted2": "200"}, "NJ")[0] == "below"
    assert warnings._placement(row | {"PerEmployed2": "-99999", "NumCompleted2": "200"}, "NJ")[0] == "cannot_tell"


def test_labels_of_the_development_cases_are_what_the_raw_files_say(raw_data):
    from evals.labels import derive

    programs = derive.load(raw_data)
    for case in SUITES["learners"].cases():
        fresh = derive.derive(case, programs)
        assert {key: case.get(key) for key in ("labels", "siblings", "expected")} == {
            key: fresh.get(key) for key in ("labels", "siblings", "expected")
        }, case["id"]
