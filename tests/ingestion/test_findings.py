"""A finding's id is the same in every run; its receipt names each published cell once."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.records import Measure, Provenance, Severity, Verdict
from ingestion.evidence import Case, current, dated
from ingestion.findings import finding, finding_id, receipt
from ingestion.quality.hcm import RULE

ON = date(2026, 8, 7)
CASE = Case(level="provider", subject_id="ipeds:1")
ORIGIN = Provenance(source="s", record_id="1", as_of="2026-01", file="f.csv", row=3, cells=("a=1", "b=x|y=z"))


def test_the_id_depends_on_rule_subject_and_key_only() -> None:
    assert finding_id("hcm", "provider", "ipeds:1") == "c7bff8cc5030b898"
    ids = {
        finding_id("hcm", "provider", "ipeds:1"),
        finding_id("hcm", "program", "ipeds:1"),
        finding_id("hcm", "provider", "ipeds:2"),
        finding_id("hcm", "provider", "ipeds:1", "k"),
        finding_id("settlement", "provider", "ipeds:1"),
    }
    assert len(ids) == 5
    one = finding(RULE, CASE, ON, Verdict.ALERT, "level_1", [ORIGIN])
    other = finding(RULE, CASE, date(2030, 1, 1), Verdict.CANNOT_TELL, "other", [ORIGIN], missing="x")
    assert one.id == other.id


def test_a_receipt_names_file_row_and_cell() -> None:
    assert receipt([ORIGIN, ORIGIN]) == ("f.csv|3|a=1", "f.csv|3|b=x|y=z")


@pytest.mark.parametrize(
    ("verdict", "severity", "full", "now"),
    [
        (Verdict.ALERT, None, Severity.SERIOUS, Severity.SERIOUS),
        (Verdict.BELOW, Severity.CAUTION, Severity.CAUTION, Severity.CAUTION),
        (Verdict.MEETS, None, Severity.INFO, Severity.INFO),
        (Verdict.CANNOT_TELL, Severity.SERIOUS, Severity.INFO, Severity.INFO),
    ],
)
def test_only_alerts_and_below_weigh(
    verdict: Verdict, severity: Severity | None, full: Severity, now: Severity
) -> None:
    found = finding(RULE, CASE, ON, verdict, "x", [ORIGIN], severity=severity)
    assert (found.full_severity, found.severity, found.stale) == (full, now, False)


def test_an_old_source_makes_it_stale_and_lighter() -> None:
    old = ORIGIN.model_copy(update={"as_of": "2019"})
    found = finding(RULE, CASE, ON, Verdict.ALERT, "x", [old])
    assert (found.stale, found.full_severity, found.severity) == (True, Severity.SERIOUS, Severity.CAUTION)
    assert found.provenance.cells == ()


def test_the_current_figures_are_the_newest_and_the_undated() -> None:
    assert current([]) == ()
    assert dated("2020-02") == date(2020, 2, 29)
    assert dated(None) is None


def test_figures_that_differ_in_nothing_but_a_date_come_in_one_order() -> None:
    fields = {"subject_kind": "program", "subject_id": "p", "name": "x", "value": None, "unit": "fraction"}
    origins = [ORIGIN.model_copy(update={"as_of": as_of}) for as_of in (None, "2014")]
    both = [Measure(**fields, definition="d", provenance=each) for each in origins]
    assert current(both) == current(both[::-1])
    assert len(current(both)) == 2
