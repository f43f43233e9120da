"""Closings, unless a later register or the accreditor speaks against them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.records import EventKind, Severity
from ingestion.accreditors import LOSS, SCHOOL_CLOSED, SCHOOLS_DOING, own_doing

DAY = date(2019, 3, 8)
FLAG = {"source": "va_caution_flags", "as_of": "2020-10-07"}


def _closing(m: Any, action: str = "School closing", on: date | None = DAY, **more: Any) -> Any:
    return m.event(EventKind.CLOSURE, action, on, **{"source": "va_closures", "as_of": "2020-11", **more})


def _listed(m: Any, as_of: str, source: str = "ipeds_directory") -> Any:
    return m.provider(provenance=m.origin(source, as_of))


HITS = {
    "closing_list": (lambda m: m.of_school(_closing(m)), "closed", Severity.SERIOUS),
    "out_of_business_without_date": (
        lambda m: m.of_school(_closing(m, "Out of business", None, source="ipeds_directory", as_of="2014")),
        "closed",
        Severity.SERIOUS,
    ),
    "not_certified": (
        lambda m: m.of_school(_closing(m, "Not currently certified as an operating institution", None)),
        "not_certified_as_operating",
        Severity.SERIOUS,
    ),
    "announced_without_date": (lambda m: m.of_school(_closing(m, on=None)), "closing_announced", Severity.SERIOUS),
    "accreditor_says_closed": (lambda m: m.of_school(m.act("Institution Closed", DAY)), "closed", Severity.SERIOUS),
    "flag_that_speaks_of_closing": (
        lambda m: m.of_school(_closing(m, "School closing date", reason="Upcoming Campus Closure", **FLAG)),
        "closed",
        Severity.SERIOUS,
    ),
    "merged": (
        lambda m: m.of_school(_closing(m, reason="now part of UNITID 900002")),
        "merged_into_another",
        Severity.INFO,
    ),
    "listed_earlier": (lambda m: m.of_school(_closing(m), provider=_listed(m, "2018")), "closed", Severity.SERIOUS),
    "renewed_earlier": (
        lambda m: m.of_school(_closing(m), m.act("Renewal of Accreditation", date(2018, 1, 1))),
        "closed",
        Severity.SERIOUS,
    ),
    "the_later_listing_itself_says_so": (
        lambda m: m.of_school(
            _closing(m),
            _closing(m, "Not currently certified as an operating institution", None, source="scorecard_institution"),
            provider=_listed(m, "2020-11", "scorecard_institution"),
        ),
        "closed",
        Severity.SERIOUS,
    ),
    "a_later_file_that_lists_no_operating_schools": (
        lambda m: m.of_school(_closing(m), provider=_listed(m, "2023", "va_outcomes")),
        "closed",
        Severity.SERIOUS,
    ),
}
LEFT_ALONE = {
    "listed_as_operating_later": (
        lambda m: m.of_school(_closing(m), provider=_listed(m, "2023")),
        [("cannot_tell", "listed_as_operating_later")],
    ),
    "another_record_of_it_is_listed_later": (
        lambda m: m.of_school(_closing(m), linked=(_listed(m, "2023"),)),
        [("cannot_tell", "listed_as_operating_later")],
    ),
    "accredited_later": (
        lambda m: m.of_school(_closing(m), m.act("Renewal of Accreditation", date(2020, 1, 1))),
        [("cannot_tell", "accredited_later")],
    ),
    "flag_about_something_else": (
        lambda m: m.of_school(
            _closing(m, "School closing date", reason="GI Bill not Approved at this location", **FLAG)
        ),
        [("cannot_tell", "date_without_words_of_closing")],
    ),
    "flag_without_words": (
        lambda m: m.of_school(_closing(m, "School closing date", **FLAG)),
        [("cannot_tell", "date_without_words_of_closing")],
    ),
    "nothing_dated": (lambda m: m.of_school(_closing(m, on=None, as_of=None)), [("cannot_tell", "not_dated")]),
    "voluntary_withdrawal": (
        lambda m: m.of_school(m.act("Loss of Accreditation or Preaccreditation: Voluntary Withdrawal", DAY)),
        [],
    ),
    "announcement_in_a_caution_flag": (
        lambda m: m.of_school(m.event(EventKind.CAUTION_FLAG, "Upcoming Campus Closure", DAY)),
        [],
    ),
    "a_part_closed": (lambda m: m.of_school(part_events=(_closing(m, provider_id="va:1"),)), []),
    "the_parent_closed": (lambda m: m.of_school(parent_events=(m.act("Institution Closed", DAY),)), []),
    "nothing": (lambda m: m.of_school(), []),
}


def test_alert(make: Any, one: Any, hit: str) -> None:
    case, reason, severity = HITS[hit]
    found = one("closed_or_closing", case(make))
    assert (found.verdict.value, found.reason, found.full_severity) == ("alert", reason, severity)


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("closed_or_closing", case(make)) == expected


def test_several_sources_make_one_finding_led_by_the_last_sure_date(make: Any, one: Any) -> None:
    acts = [_closing(make, on=date(2018, 1, 1)), make.act("Institution Closed", DAY), _closing(make, on=None)]
    found = one("closed_or_closing", make.of_school(*acts))
    assert found.record_ids[0] == acts[1].id
    assert len(found.evidence) == 3


def test_one_sure_closing_outweighs_a_doubtful_one(make: Any, one: Any) -> None:
    doubtful = _closing(make, "School closing date", date(2020, 1, 1), **FLAG)
    assert one("closed_or_closing", make.of_school(doubtful, _closing(make))).verdict.value == "alert"


def test_a_place_named_after_its_host_is_said_to_be_where_the_school_taught(make: Any, one: Any) -> None:
    host = make.provider("dapip:1002", name="Plant City High School")
    case = make.of_school(make.act("Additional Location Closed", DAY), provider=host, school=make.provider())
    assert "place_of=Harbor School" in one("closed_or_closing", case).values


def test_a_school_is_not_said_to_be_a_place_of_itself(make: Any, one: Any) -> None:
    own = one("closed_or_closing", make.of_school(make.act("Institution Closed", DAY)))
    directory = make.of_school(_closing(make), provider=make.provider("dapip:1"), school=make.provider())
    for found in (own, one("closed_or_closing", directory)):
        assert not any(value.startswith("place_of=") for value in found.values)


@pytest.mark.parametrize("how", ["Lapse", "Other"])
def test_a_loss_because_the_school_closed_is_a_closing(make: Any, one: Any, how: str) -> None:
    found = one("closed_or_closing", make.of_school(make.act(f"{LOSS}{how}", DAY, reason=SCHOOL_CLOSED)))
    assert (found.verdict.value, found.reason) == ("alert", "closed")
    assert f"stated_reason={SCHOOL_CLOSED}" in found.values


NO_CLOSING = {
    "of one program": (f"{LOSS}Other", {"reason": SCHOOL_CLOSED, "scope": "Nursing (NUR)"}),
    "given up": (f"{LOSS}Other", {"reason": SCHOOLS_DOING}),
    "for cause": (f"{LOSS}Other", {"reason": "Significantly out of compliance"}),
    "a denial": (f"{LOSS}Denial", {"reason": SCHOOL_CLOSED}),
}


@pytest.mark.parametrize("which", NO_CLOSING)
def test_another_loss_is_none(make: Any, verdicts: Any, which: str) -> None:
    action, more = NO_CLOSING[which]
    assert verdicts("closed_or_closing", make.of_school(make.act(action, DAY, **more))) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("School precipitously closed in May.", SCHOOL_CLOSED),
        ("The institution ceased operations and left.", SCHOOL_CLOSED),
        ("Voluntary withdrawal (closure)", SCHOOL_CLOSED),
        ("A program may choose to withdraw on closure.", SCHOOLS_DOING),
        ("Voluntarily relinquished", SCHOOLS_DOING),
        ("Merged with another college", SCHOOLS_DOING),
        ("Fails to meet standards", None),
    ],
)
def test_an_agencys_words_are_told_apart(words: str, said: str | None) -> None:
    assert own_doing(words) == said
