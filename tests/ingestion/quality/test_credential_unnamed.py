"""A claim that names nothing can't be told; named ones, other claims and other lists are left alone."""

from __future__ import annotations

from typing import Any

LICENSE, INDUSTRY, DEGREE = (f"nj_credentials:{kind}-1" for kind in ("license", "industry", "degree"))

HITS = {
    "license": lambda m: m.of_program(program=m.program(claims_license=True)),
    "certification": lambda m: m.of_program(program=m.program(claims_certification=True)),
    "license_beside_a_named_certification": lambda m: m.of_program(
        program=m.program(claims_license=True, claims_certification=True, credential_ids=(INDUSTRY,))
    ),
}
LEFT_ALONE = {
    "named_license": lambda m: m.of_program(program=m.program(claims_license=True, credential_ids=(LICENSE,))),
    "named_certification": lambda m: m.of_program(
        program=m.program(claims_certification=True, credential_ids=(INDUSTRY,))
    ),
    "no_claim": lambda m: m.of_program(program=m.program(claims_license=False)),
    "claim_unknown": lambda m: m.of_program(program=m.program()),
    "a_degree_is_named_by_its_level": lambda m: m.of_program(
        program=m.program(claims_degree=True, credential_ids=(DEGREE,))
    ),
    "a_list_without_a_place_for_the_name": lambda m: m.of_program(
        program=m.program("dol_etp_bulk:CA:1", claims_license=True, provenance=m.origin("dol_etp_bulk"))
    ),
}


def test_cannot_tell(make: Any, one: Any, hit: str) -> None:
    found = one("credential_unnamed", HITS[hit](make))
    assert (found.verdict.value, found.severity.value) == ("cannot_tell", "info")
    assert found.missing in ("name_of_license", "name_of_certification")


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    assert verdicts("credential_unnamed", LEFT_ALONE[left_alone](make)) == []


def test_each_claim_is_its_own_finding(make: Any, verdicts: Any) -> None:
    case = make.of_program(program=make.program(claims_license=True, claims_certification=True))
    expected = [("cannot_tell", "certification_not_named"), ("cannot_tell", "license_not_named")]
    assert verdicts("credential_unnamed", case) == expected
