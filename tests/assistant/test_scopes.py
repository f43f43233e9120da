"""An act on nursing programs is no warning about the welding course next door."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.scopes import FIELDS, concerns, scope_of
from catalog.records import Finding, Program, Provenance, Severity, Verdict

NURSING = "Nursing (ADNUR) - Associate degree programs"
ORIGIN = Provenance(source="dapip_actions", record_id="1", file="f.csv", row=1)


def act(scope: str | None, rule: str = "accreditor_action") -> Finding:
    return Finding(
        id="0123456789abcdef",
        rule=rule,
        subject_kind="provider",
        subject_id="ipeds:1",
        verdict=Verdict.ALERT,
        severity=Severity.CAUTION,
        full_severity=Severity.CAUTION,
        stale=False,
        judged_on=date(2026, 8, 7),
        reason="warning",
        values=("agency=A", f"scope={scope}"),
        provenance=ORIGIN,
    )


def program(name: str, cip: str | None = None) -> Program:
    return Program(id="nj_etpl:1", name=name, provider_id="nj_providers:1", cip=cip, provenance=ORIGIN)


@pytest.mark.parametrize(
    ("scope", "name", "cip"),
    [
        (NURSING, "A.A.S. Degree: Nursing", None),
        (NURSING, "Health Track", "51.3801"),
        (NURSING, "Health Track of an older code", "51.1601"),
        ("Nursing (PNUR) - Practical nursing programs", "LPN evening", None),
        ("Radiologic Technology (RAD) - Programs for radiographers", "X-Ray Technician", None),
        ("Law (LAW) - Professional schools", "Juris Doctor", "22.0101"),
        ("Institutional Accreditation", "Welding", "48.0508"),
        ("Some new kind of scope", "Welding", "48.0508"),
        (None, "Welding", None),
    ],
)
def test_shown_with_programs_of_its_field(scope: str | None, name: str, cip: str | None) -> None:
    assert concerns(act(scope), program(name, cip))


@pytest.mark.parametrize(
    ("scope", "name", "cip"),
    [
        (NURSING, "Welding Training Program", None),
        (NURSING, "Welding", "48.0508"),
        (NURSING, "Journalism", None),
        (NURSING, "Pharmacy Technician", "51.0805"),
        (NURSING, "Phlebotomy Technician", "51.1009"),
        ("Pharmacy (PHAR) - Professional degree programs", "Pharmacy Technician", "51.0805"),
        ("Physical Therapy (PTA) - Programs for the physical therapist assistant", "Occupational Therapy", "51.2306"),
        ("Medicine (MED) - Programs leading to the M.D. degree", "Medical Billing", "51.0713"),
        ("Law (LAW) - Professional schools", "Lawn care", "01.0605"),
        ("Dental Assisting (DA)", "Accidental insurance claims", None),
        ("Massage", "Barbering", None),
    ],
)
def test_left_off_other_programs(scope: str, name: str, cip: str | None) -> None:
    assert not concerns(act(scope), program(name, cip))


def test_another_rules_finding_is_never_left_off() -> None:
    assert concerns(act(NURSING, "hcm"), program("Welding", "48.0508"))
    assert scope_of(act(NURSING, "hcm")) is None


def test_a_whole_school_is_no_scope() -> None:
    assert scope_of(act("Institutional Accreditation")) is None
    assert scope_of(act(NURSING)) == NURSING


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.scope.pattern[:20])
def test_no_field_takes_every_program(field: object) -> None:
    assert not field.names.search("Welding")  # type: ignore[attr-defined]
    assert not "48.0508".startswith(field.cips)  # type: ignore[attr-defined]
