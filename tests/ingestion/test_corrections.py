"""The fairness ledger refuses entries that nobody can check, and never removes a finding."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.errors import SourceError
from catalog.records import Finding, Provenance, Severity, Verdict
from ingestion.corrections import LEDGER, read_ledger

ON = date(2026, 8, 7)
ENTRY = {
    "id": "reply",
    "subject_id": "ipeds:1",
    "rule": "hcm",
    "text_en": "The audit was filed.",
    "text_es": "La auditoría se entregó.",
    "source_url": "https://harbor.example/reply",
    "said_on": date(2026, 1, 1),
    "expires_on": date(2027, 1, 1),
}
FINDING = Finding(
    id="0123456789abcdef",
    rule="hcm",
    subject_kind="provider",
    subject_id="ipeds:1",
    verdict=Verdict.ALERT,
    severity=Severity.CAUTION,
    full_severity=Severity.CAUTION,
    stale=False,
    judged_on=ON,
    reason="level_1",
    provenance=Provenance(source="fsa_hcm", record_id="1"),
)


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    def reading(*entries: Any, on: date = ON) -> Any:
        path = tmp_path / "corrections.yaml"
        path.write_text(yaml.safe_dump(list(entries)))
        return read_ledger(on, ["hcm", "settlement"], path)

    return reading


def test_the_shipped_ledger_is_sound() -> None:
    read_ledger(ON, ["hcm"], LEDGER)


def test_an_entry_is_shown_beside_its_finding_and_counted(ledger: Any) -> None:
    read = ledger(ENTRY)
    shown = read.beside(FINDING)
    assert (shown.correction_en, shown.correction_url) == (ENTRY["text_en"], ENTRY["source_url"])
    unchanged = dict.fromkeys(("correction_en", "correction_es", "correction_url", "correction_expires_on"))
    assert shown.model_copy(update=unchanged) == FINDING
    assert read.attached == {"reply": 1}


@pytest.mark.parametrize("change", [{"subject_id": "ipeds:2"}, {"rule": "settlement"}, {"finding": "f" * 16}])
def test_an_entry_about_something_else_is_not_shown_but_still_reported(ledger: Any, change: dict[str, str]) -> None:
    read = ledger({**ENTRY, **change})
    assert read.beside(FINDING) == FINDING
    assert read.attached == {"reply": 0}


def test_an_entry_to_one_finding_goes_before_one_to_all(ledger: Any) -> None:
    read = ledger(ENTRY, {**ENTRY, "id": "exact", "finding": FINDING.id, "text_en": "To this one."})
    assert read.beside(FINDING).correction_en == "To this one."


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"source_url": None}, "source_url"),
        ({"source_url": "by phone"}, "source_url"),
        ({"text_es": "  "}, "text_es"),
        ({"text_en": None}, "text_en"),
        ({"expires_on": None}, "expires_on"),
        ({"expires_on": date(2026, 8, 6)}, "expired before 2026-08-07"),
        ({"rule": "no_such_rule"}, "no such rule"),
        ({"remove": True}, "remove"),
    ],
)
def test_what_nobody_can_check_is_an_error(ledger: Any, change: dict[str, Any], said: str) -> None:
    with pytest.raises(SourceError, match=said) as caught:
        ledger({**ENTRY, **change})
    assert "corrections.yaml, row 1" in str(caught.value)


@pytest.mark.parametrize("second", [ENTRY, {**ENTRY, "id": "other"}])
def test_two_entries_about_one_finding_are_an_error(ledger: Any, second: dict[str, Any]) -> None:
    with pytest.raises(SourceError, match="a second entry"):
        ledger(ENTRY, second)


@pytest.mark.parametrize("text", ["a: [", "a: 1", "- 7"])
def test_what_is_no_list_of_entries_is_an_error(tmp_path: Path, text: str) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(text)
    with pytest.raises(SourceError):
        read_ledger(ON, ["hcm"], path)


def test_an_empty_ledger_changes_nothing(ledger: Any) -> None:
    assert ledger().beside(FINDING) is FINDING
