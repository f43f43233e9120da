"""Notices other than settlements, each worded as what it is, each once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.records import EventKind
from ingestion.notices import kind_of

DAY = date(2020, 3, 9)
APRIL, OCTOBER = {"as_of": "2020-04", "source": "va_settlements"}, {"as_of": "2020-10-07", "source": "va_caution_flags"}
SUIT, SETTLED = "Federal Trade Commission Filed Suit for Deceptive Advertising", "The FTC has reached a settlement"


def _flag(m: Any, words: str, on: date | None = DAY, **more: Any) -> Any:
    return m.event(EventKind.CAUTION_FLAG, words, on, **{**OCTOBER, **more})


HITS = {
    "lawsuit": (lambda m: m.of_school(_flag(m, SUIT)), "lawsuit_filed"),
    "charges": (lambda m: m.of_school(_flag(m, "State Agency has filed charges against it", None)), "charges_filed"),
    "denial": (lambda m: m.of_school(_flag(m, "Denial of Recertification Application")), "recertification_denied"),
    "suspension": (lambda m: m.of_school(_flag(m, "Flight Program - Suspended for 85/15 violation")), "suspension"),
    "closing": (lambda m: m.of_school(_flag(m, "Upcoming Campus Closure")), "closing_announced"),
    "not_approved": (lambda m: m.of_school(_flag(m, "GI Bill not Approved at this location")), "benefits_not_approved"),
    "section_702": (
        lambda m: m.of_school(_flag(m, "Does not offer the in-state tuition that Section 702 requires", None)),
        "in_state_tuition_rule",
    ),
    "unknown_words": (lambda m: m.of_school(_flag(m, "See the school's page")), "other_notice"),
    "both_files_say_it_once": (lambda m: m.of_school(_flag(m, SUIT, **APRIL), _flag(m, SUIT)), "lawsuit_filed"),
}
LEFT_ALONE = {
    "settlement": lambda m: m.of_school(_flag(m, SETTLED)),
    "suit_that_the_later_file_calls_settled": lambda m: m.of_school(_flag(m, SUIT, **APRIL), _flag(m, SETTLED)),
    "suit_that_was_settled_for_the_school's_parts": lambda m: m.of_school(
        _flag(m, SUIT, **APRIL), part_events=(_flag(m, SETTLED, provider_id="va:1"),)
    ),
    "a_flag_on_a_part_only": lambda m: m.of_school(part_events=(_flag(m, SUIT, provider_id="va:1"),)),
    "complaints": lambda m: m.of_school(m.event(EventKind.COMPLAINTS, "Complaints", count=5)),
    "closure": lambda m: m.of_school(m.event(EventKind.CLOSURE, "School closing", DAY)),
    "monitoring": lambda m: m.of_school(m.event(EventKind.CASH_MONITORING, "HCM - Cash Monitoring 1")),
    "accreditor": lambda m: m.of_school(m.act("Renewal of Accreditation", DAY)),
    "nothing": lambda m: m.of_school(),
}


def test_alert(make: Any, one: Any, hit: str) -> None:
    case, reason = HITS[hit]
    found = one("va_caution_flag", case(make))
    assert (found.verdict.value, found.reason, found.full_severity.value) == ("alert", reason, "caution")


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    assert verdicts("va_caution_flag", LEFT_ALONE[left_alone](make)) == []


def test_different_days_are_different_acts(make: Any, judge: Any) -> None:
    case = make.of_school(_flag(make, SUIT), _flag(make, SUIT, date(2019, 1, 1)), _flag(make, SUIT, None))
    assert len(judge("va_caution_flag", case)) == 3


def test_the_words_date_and_link_of_the_source_are_kept(make: Any, one: Any) -> None:
    earlier = _flag(make, "FTC sues", url="https://a.example", **APRIL)
    later = _flag(make, SUIT, url="https://b.example", subject_name="Harbor School")
    found = one("va_caution_flag", make.of_school(earlier, later))
    assert {f"words={SUIT}", "dated=2020-03-09", "link=https://b.example", "named=Harbor School"} <= set(found.values)
    assert "earlier_words=FTC sues" in found.values
    assert found.as_of == "2020-10-07"
    assert found.record_ids == (later.id, earlier.id)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Federal Trade Commission Filed Suit; Settlement reached on May 26, 2015", "settlement"),
        ("Loss of Title IV Participation, Settlement with U.S. Government", "settlement"),
        (
            "Loss of Title IV Participation, Assigned receiver has motioned court for an emergency closure",
            "federal_aid_lost",
        ),
        ("The State Attorney General filed a lawsuit against it", "lawsuit_filed"),
    ],
)
def test_kinds_by_their_words(make: Any, words: str, kind: str) -> None:
    assert kind_of(_flag(make, words)) == kind
