"""The latest copy of a state's list counts, for one record at a time."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog.records import EventKind, ListStatus, Severity

VALID = {"approval_expires_on": date(2030, 1, 1)}


def _copy(m: Any, status: str, as_of: str | None, **more: Any) -> Any:
    return m.event(EventKind.LIST_STATUS, status, as_of=as_of, provider_id="nj_providers:1", **more)


def _record(m: Any, *events: Any, status: str | None = None, as_of: str | None = None, **more: Any) -> Any:
    fields = {"list_status": status and ListStatus(status), "list_status_as_of": as_of, **VALID, **more}
    return m.of_school(*events, provider=m.provider("nj_providers:1", **fields))


HITS = {
    "suspended": (lambda m: _record(m, _copy(m, "suspended", "2020-08-11")), "suspended", Severity.CAUTION),
    "pending": (lambda m: _record(m, _copy(m, "pending", "2020-08-11")), "pending", Severity.INFO),
    "expired": (lambda m: _record(m, status="expired", as_of="2020"), "expired", Severity.CAUTION),
    "approved_then_suspended": (
        lambda m: _record(m, _copy(m, "approved", "2019-11-18"), _copy(m, "suspended", "2020-08-11")),
        "suspended",
        Severity.CAUTION,
    ),
    "program_suspended": (
        lambda m: m.of_program(program=m.program(list_status="suspended", list_status_as_of="2022-09")),
        "suspended",
        Severity.CAUTION,
    ),
}
LEFT_ALONE = {
    "approved": (
        lambda m: _record(m, _copy(m, "approved", "2020-08-11"), status="approved", as_of="2020-08-11"),
        [("meets", "approved")],
    ),
    "approved_in_a_copy_but_not_known_now": (
        lambda m: _record(m, _copy(m, "approved", "2020-08-11")),
        [("cannot_tell", "status_unknown")],
    ),
    "suspended_then_approved": (
        lambda m: _record(m, _copy(m, "suspended", "2019-11-18"), status="approved", as_of="2020-08-11"),
        [("meets", "approved")],
    ),
    "approved_by_a_later_list": (
        lambda m: _record(m, _copy(m, "pending", "2020-08-11"), status="approved", as_of="2022-09"),
        [("meets", "approved")],
    ),
    "copies_of_one_day_contradict": (
        lambda m: _record(m, _copy(m, "approved", "2020-08-11"), _copy(m, "suspended", "2020-08-11")),
        [("cannot_tell", "copies_contradict")],
    ),
    "an_undated_copy_may_be_the_later": (
        lambda m: _record(m, _copy(m, "approved", "2020-08-11"), _copy(m, "suspended", None)),
        [("cannot_tell", "copies_contradict")],
    ),
    "certificate_had_expired": (
        lambda m: _record(m, status="approved", as_of="2020-08-11", approval_expires_on=date(2019, 1, 1)),
        [("cannot_tell", "approved_though_certificate_had_expired")],
    ),
    "certificate_ran_out_after_the_copy": (
        lambda m: _record(m, status="approved", as_of="2020-08-11", approval_expires_on=date(2020, 12, 31)),
        [("meets", "approved")],
    ),
    "no_expiry_date": (
        lambda m: _record(m, status="approved", as_of="2020-08-11", approval_expires_on=None),
        [("cannot_tell", "approved_without_expiry_date")],
    ),
    "unknown_word": (lambda m: _record(m, _copy(m, "on hold", "2020-08-11")), [("cannot_tell", "status_unknown")]),
    "on_no_list": (_record, []),
    "approved_program": (
        lambda m: m.of_program(program=m.program(list_status="approved", list_status_as_of="2022-09")),
        [],
    ),
    "program_without_status": (lambda m: m.of_program(), []),
    "comment_about_an_approved_program": (
        lambda m: m.of_program(
            program=m.program(list_status="approved"),
            events=(_copy(m, "staff comment mentions suspension", "2022-09", scope="nj_etpl:1"),),
        ),
        [("cannot_tell", "approved_but_comment_mentions_suspension")],
    ),
    "a_comment_about_a_program_is_not_about_its_provider": (
        lambda m: _record(m, _copy(m, "staff comment mentions suspension", "2022-09", scope="nj_etpl:1")),
        [],
    ),
}


def test_alert(make: Any, one: Any, hit: str) -> None:
    case, reason, severity = HITS[hit]
    found = one("list_status", case(make))
    assert (found.verdict.value, found.reason, found.full_severity) == ("alert", reason, severity)


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("list_status", case(make)) == expected


def test_both_copies_are_shown_and_the_later_dates_it(make: Any, one: Any) -> None:
    copies = [_copy(make, "suspended", "2020-08-11"), _copy(make, "approved", "2019-11-18")]
    found = one("list_status", _record(make, *copies))
    assert found.values == ("2019-11-18=approved", "2020-08-11=suspended")
    assert found.as_of == "2020-08-11"
    assert len(found.evidence) == 2
