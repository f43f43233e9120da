"""Negative acts stand until the same agency restores the same program at the same campus, later and dated."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.records import Severity
from ingestion.accreditors import LOSS, SEVERE

PROBATION, WARNING, SHOW_CAUSE = f"{SEVERE}Probation", f"{SEVERE}Warning", f"{SEVERE}Show Cause"
REMOVED, RENEWED = "Accreditation Reaffirmed: Probation Removed", "Renewal of Accreditation"
MONITORING = "Probation or Equivalent or More Severe Status: Monitoring"
MAY, JUNE, JULY = date(2019, 5, 1), date(2019, 6, 1), date(2019, 7, 1)
NURSING = {"scope": "Nursing (PNUR) - Practical nursing programs"}

HITS = {
    "probation": (lambda m: m.of_school(m.act(PROBATION, MAY)), "probation", Severity.SERIOUS),
    "warning": (lambda m: m.of_school(m.act(WARNING, MAY)), "warning", Severity.CAUTION),
    "show_cause": (lambda m: m.of_school(m.act(SHOW_CAUSE, MAY)), "show_cause", Severity.SERIOUS),
    "program_weighs_less": (lambda m: m.of_school(m.act(PROBATION, MAY, **NURSING)), "probation", Severity.CAUTION),
    "denied": (lambda m: m.of_school(m.act(f"{LOSS}Denial", MAY)), "accreditation_denied", Severity.SERIOUS),
    "lost_for_cause": (
        lambda m: m.of_school(m.act(f"{LOSS}Other", MAY, reason="Significantly out of compliance")),
        "accreditation_lost",
        Severity.SERIOUS,
    ),
    "loss_stays_open_though_accreditation_ended": (
        lambda m: m.of_school(m.act(f"{LOSS}Denial", MAY), accreditations=(m.accreditation(MAY),)),
        "accreditation_denied",
        Severity.SERIOUS,
    ),
    "restored_before": (lambda m: m.of_school(m.act(REMOVED, MAY), m.act(PROBATION, JUNE)), "probation", None),
    "again_after_an_end": (
        lambda m: m.of_school(m.act(WARNING, MAY), m.act(REMOVED, JUNE), m.act(SHOW_CAUSE, JULY)),
        "show_cause",
        None,
    ),
    "restored_by_another_agency": (
        lambda m: m.of_school(m.act(PROBATION, MAY), m.act(REMOVED, JUNE, agency="Agency B")),
        "probation",
        None,
    ),
    "loss_with_another_agency's_accreditation": (
        lambda m: m.of_school(
            m.act(f"{LOSS}Denial", MAY),
            m.act("Initial Accreditation", JUNE, agency="Agency B"),
            accreditations=(m.accreditation(agency="Agency B"),),
        ),
        "accreditation_denied",
        None,
    ),
    "restored_for_another_program": (
        lambda m: m.of_school(m.act(PROBATION, MAY), m.act(REMOVED, JUNE, **NURSING)),
        "probation",
        None,
    ),
    "restored_at_another_campus": (
        lambda m: m.of_school(m.act(PROBATION, MAY), m.act(REMOVED, JUNE, provider_id="dapip:2")),
        "probation",
        None,
    ),
    "monitored_later": (
        lambda m: m.of_school(m.act(PROBATION, MAY), m.act("Heightened Monitoring or Focused Review", JUNE)),
        "probation",
        None,
    ),
    "changed_later": (
        lambda m: m.of_school(m.act(PROBATION, MAY), m.act("Grant Substantive Change: Program", JUNE)),
        "probation",
        None,
    ),
    "the_last_of_several": (lambda m: m.of_school(m.act(WARNING, MAY), m.act(PROBATION, JUNE)), "probation", None),
}
LEFT_ALONE = {
    "restored_later": (lambda m: m.of_school(m.act(PROBATION, MAY), m.act(REMOVED, JUNE)), []),
    "renewed_later": (lambda m: m.of_school(m.act(SHOW_CAUSE, MAY), m.act(RENEWED, JUNE)), []),
    "accredited_anew_after_a_loss": (
        lambda m: m.of_school(m.act(f"{LOSS}Denial", MAY), m.act("Initial Accreditation", JULY)),
        [],
    ),
    "end_date": (lambda m: m.of_school(m.act(PROBATION, MAY, ended_on=JUNE)), []),
    "several_ended_by_one": (
        lambda m: m.of_school(m.act(WARNING, MAY), m.act(PROBATION, JUNE), m.act(REMOVED, JULY)),
        [],
    ),
    "plain_monitoring": (lambda m: m.of_school(m.act(MONITORING, MAY)), []),
    "focused_review": (lambda m: m.of_school(m.act("Heightened Monitoring or Focused Review", MAY)), []),
    "voluntary_withdrawal": (lambda m: m.of_school(m.act(f"{LOSS}Voluntary Withdrawal", MAY)), []),
    "lost_by_closing": (
        lambda m: m.of_school(m.act(f"{LOSS}Other", MAY, reason="Program closure effective May 2019")),
        [],
    ),
    "lost_by_merger": (lambda m: m.of_school(m.act(f"{LOSS}Other", MAY, reason="Merger of A with B to form C")), []),
    "given_up": (lambda m: m.of_school(m.act(f"{LOSS}Other", MAY, reason="voluntarily relinquished")), []),
    "term_expired": (
        lambda m: m.of_school(m.act(f"{LOSS}Other", MAY, reason="Expiration of term of accreditation")),
        [],
    ),
    "not_renewed_by_choice": (lambda m: m.of_school(m.act(f"{LOSS}Lapse", MAY, reason="Chose not to renew")), []),
    "renewal_only": (lambda m: m.of_school(m.act(RENEWED, MAY)), []),
    "no_act": (lambda m: m.of_school(), []),
    "location_closed": (lambda m: m.of_school(m.act("Additional Location Closed", MAY)), []),
    "same_day": (
        lambda m: m.of_school(m.act(PROBATION, MAY), m.act(REMOVED, MAY)),
        [("cannot_tell", "restored_the_same_day")],
    ),
    "ended_the_same_day": (
        lambda m: m.of_school(m.act(PROBATION, MAY, ended_on=MAY)),
        [("cannot_tell", "ended_the_same_day")],
    ),
    "end_before_beginning": (
        lambda m: m.of_school(m.act(PROBATION, JUNE, ended_on=MAY)),
        [("cannot_tell", "end_before_beginning")],
    ),
    "undated_act": (lambda m: m.of_school(m.act(PROBATION, None)), [("cannot_tell", "not_dated")]),
    "undated_end": (
        lambda m: m.of_school(m.act(PROBATION, MAY), m.act(REMOVED, None)),
        [("cannot_tell", "restored_without_date")],
    ),
    "stayed_pending_appeal": (
        lambda m: m.of_school(m.act(f"{LOSS}Denial", MAY), m.act("Stay Denial Pending Appeal", JUNE)),
        [("cannot_tell", "stayed_pending_appeal")],
    ),
    "restored_at_the_parent": (
        lambda m: m.of_school(m.act(PROBATION, MAY), parent_events=(m.act(REMOVED, JUNE, provider_id="dapip:9"),)),
        [("cannot_tell", "restored_at_the_parent")],
    ),
    "accreditation_ended_meanwhile": (
        lambda m: m.of_school(m.act(PROBATION, MAY), accreditations=(m.accreditation(JUNE),)),
        [("cannot_tell", "accreditation_ended_meanwhile")],
    ),
}


def test_alert(make: Any, one: Any, hit: str) -> None:
    case, reason, severity = HITS[hit]
    found = one("accreditor_action", case(make))
    assert (found.verdict.value, found.reason) == ("alert", reason)
    assert severity in (None, found.full_severity)
    assert found.evidence


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("accreditor_action", case(make)) == expected


def test_each_agency_and_program_is_its_own_finding(make: Any, judge: Any) -> None:
    acts = [make.act(PROBATION, MAY), make.act(WARNING, MAY, agency="Agency B"), make.act(WARNING, MAY, **NURSING)]
    found = judge("accreditor_action", make.of_school(*acts))
    assert sorted(each.reason for each in found) == ["probation", "warning", "warning"]
    assert len({each.id for each in found}) == 3


def test_an_accreditation_that_goes_on_leaves_the_act_open(make: Any, one: Any) -> None:
    given = (make.accreditation(JUNE), make.accreditation(None))
    assert one("accreditor_action", make.of_school(make.act(PROBATION, MAY), accreditations=given)).verdict == "alert"


@pytest.mark.parametrize("on", [date(2020, 12, 1), date(2026, 8, 7)])
def test_age_changes_severity_and_no_verdict(make: Any, one: Any, on: date) -> None:
    found = one("accreditor_action", make.of_school(make.act(PROBATION, MAY)), on)
    assert (found.verdict.value, found.full_severity) == ("alert", Severity.SERIOUS)
    assert (found.stale, found.severity.value) == ((True, "caution") if on.year == 2026 else (False, "serious"))


def test_earlier_acts_and_what_may_have_ended_them_are_in_the_receipt(make: Any, one: Any) -> None:
    acts = [make.act(WARNING, MAY), make.act(PROBATION, JUNE), make.act(REMOVED, JUNE)]
    found = one("accreditor_action", make.of_school(*acts))
    assert found.reason == "restored_the_same_day"
    assert f"later={JUNE}:{REMOVED}" in found.values
    assert set(found.record_ids) == {acts[1].id, acts[2].id}


LEFT = {
    "withdrew": f"{LOSS}Voluntary Withdrawal",
    "closed": "Institution Closed",
    "location_closed": "Additional Location Closed",
}


@pytest.mark.parametrize("how", LEFT)
@pytest.mark.parametrize("act", [PROBATION, WARNING, SHOW_CAUSE, f"{LOSS}Other", f"{LOSS}Lapse"])
def test_a_school_that_left_the_agency_later_is_no_longer_under_its_step(
    make: Any, one: Any, act: str, how: str
) -> None:
    found = one("accreditor_action", make.of_school(make.act(act, MAY), make.act(LEFT[how], JUNE)))
    assert (found.verdict.value, found.reason) == ("cannot_tell", "accreditation_ended_meanwhile")
    assert f"later=2019-06-01:{LEFT[how]}" in found.values


def test_a_lapse_by_the_schools_own_doing_is_leaving_too(make: Any, one: Any) -> None:
    lapse = make.act(f"{LOSS}Lapse", JUNE, reason="Expiration of the term of accreditation")
    found = one("accreditor_action", make.of_school(make.act(PROBATION, MAY), lapse))
    assert (found.verdict.value, found.reason) == ("cannot_tell", "accreditation_ended_meanwhile")


STILL_UNDER = {
    "a denial, whatever the school did next": (f"{LOSS}Denial", MAY, {}, JUNE),
    "left before": (PROBATION, JULY, {}, JUNE),
    "left on the same day": (PROBATION, MAY, {}, MAY),
    "left on no known day": (PROBATION, MAY, {}, None),
    "left another agency": (PROBATION, MAY, {"agency": "Agency B"}, JUNE),
    "gave up another program": (PROBATION, MAY, NURSING, JUNE),
}


@pytest.mark.parametrize("which", STILL_UNDER)
def test_leaving_hides_no_other_step(make: Any, judge: Any, which: str) -> None:
    act, on, more, left_on = STILL_UNDER[which]
    found = judge("accreditor_action", make.of_school(make.act(act, on, **more), make.act(LEFT["withdrew"], left_on)))
    assert [each.verdict.value for each in found] == ["alert"]
