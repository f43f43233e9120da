"""The receipt of a finding: its cells, figures and steps, in both languages, all from the snapshot."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.explain import UnknownFindingError, explain
from catalog.records import Finding
from prompts import LANGUAGES, Texts

ON = date(2026, 11, 24)


@pytest.fixture(scope="module")
def findings(assistant):
    return assistant.snapshot.select(Finding, "TRUE", order="id")


def explained(assistant, finding: Finding, language: str = "en") -> str:
    return "\n".join(explain(assistant.snapshot, finding.id, Texts(language), ON).lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_can_be_explained_with_every_cell(assistant, findings, language):
    for finding in findings:
        text = explained(assistant, finding, language)
        # Only further values may hold it: they are shown as they are kept.
        assert "None" not in text.replace("=None", "").replace(":None", "")
        for each in finding.evidence:
            file, row, cell = each.split("|", 2)
            assert file in text
            assert row in text
            assert " ".join(cell.split()).replace("`", "ˋ") in text


def test_the_steps_show_figure_interval_bar_and_what_decided(assistant, findings):
    finding = next(f for f in findings if f.reason == "interval_straddles_bar" and f.rule == "placement_q2")
    text = explained(assistant, finding)
    for words in (
        "The figure:",
        "with 95 percent confidence, between",
        "The bar: 70%",
        "What decided:",
        "What is missing:",
    ):
        assert words in text
    assert "a bar of ours, not a law" in text
    assert "https://www.federalregister.gov/d/2026-10013" in text
    assert "last checked on 2026-11-24" in text


def test_a_law_has_its_date(assistant, findings):
    finding = next(f for f in findings if f.rule == "low_earnings")
    assert "In force from: 2026-07-01" in explained(assistant, finding)
    assert "the law's own bar" in explained(assistant, finding)


def test_age_is_a_step_of_its_own(assistant, findings):
    old = next(f for f in findings if f.rule == "hcm" and f.verdict == "alert")
    assert "Age does not change the verdict" in explained(assistant, old)
    young = next(f for f in findings if f.rule == "completion_rate" and not f.stale)
    assert "counts as current on 2026-11-24" in explained(assistant, young)


@pytest.mark.parametrize("key", ["0" * 16, "zzz", "", "' OR 1=1", "../../etc/passwd", "f" * 17])
def test_an_unknown_id_is_an_error_that_says_what_to_do(assistant, key):
    with pytest.raises(UnknownFindingError, match="check"):
        explain(assistant.snapshot, key, Texts("en"), ON)
