"""Warnings about an institution concern its parts, and are said to be the institution's."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.wholes import inherited, wholes_of
from catalog.records import Finding, Provenance, Provider, Severity, Verdict

ORIGIN = Provenance(source="toy", record_id="1", file="f.csv", row=1)


def school(key: str, name: str, parent: str | None = None, **more: object) -> Provider:
    return Provider.model_validate(
        {"id": key, "name": name, "entity_id": key, "parent_id": parent, "provenance": ORIGIN, **more}
    )


WHOLE = school("ipeds:1", "Harbor Community College", level="institution")
PART = school("nj_providers:1", "Harbor Community College - Ciarco Center", "ipeds:1")


class Shelf:
    def __init__(self, *providers: Provider) -> None:
        self._found = {each.id: each for each in providers}

    def get(self, _model: type, ids: list[str]) -> dict[str, Provider]:
        return {key: self._found[key] for key in ids if key in self._found}


def names(*providers: Provider, of: Provider = PART) -> list[str]:
    return [each.id for each in wholes_of(Shelf(*providers), [of])[of.id]]  # type: ignore[arg-type]


def test_a_part_has_its_institution() -> None:
    assert names(WHOLE, PART) == ["ipeds:1"]


def test_a_record_that_is_a_part_by_its_school_has_it_too() -> None:
    record = school("nj_search_list_2018:1", "Harbor CC Ciarco", entity_id=PART.id)
    assert names(WHOLE, PART, record, of=record) == ["ipeds:1"]


def test_the_nearest_comes_first_and_a_system_ends_it() -> None:
    system = school("ipeds_system:1", "Harbor Colleges", level="system")
    top = school("ipeds:2", "Harbor Community College District", system.id)
    middle = WHOLE.model_copy(update={"parent_id": top.id})
    assert names(system, top, middle, PART) == ["ipeds:1", "ipeds:2"]


@pytest.mark.parametrize(
    "providers",
    [
        [school("ipeds:1", "Harbor Colleges Inc.", level="system")],
        [school("ipeds:1", "Morrison University", level="institution")],
        [school("ipeds:1", "College", level="institution")],
        [],
    ],
    ids=["owner", "another name", "generic words only", "unknown parent"],
)
def test_whose_warnings_are_left_alone(providers: list[Provider]) -> None:
    assert names(*providers, PART) == []


def test_a_ring_of_parents_ends() -> None:
    one = school("ipeds:1", "Harbor College North", "ipeds:2")
    other = school("ipeds:2", "Harbor College South", "ipeds:1")
    assert names(one, other, of=one) == ["ipeds:2"]


def finding(rule: str, *values: str, **changes: object) -> Finding:
    fields = {"id": "0123456789abcdef", "rule": rule, "subject_kind": "provider", "subject_id": "ipeds:1"}
    weight = {"severity": Severity.SERIOUS, "full_severity": Severity.SERIOUS, "stale": False}
    rest = {"verdict": Verdict.ALERT, "judged_on": date(2026, 8, 7), "reason": "x", "provenance": ORIGIN}
    return Finding.model_validate({**fields, **weight, **rest, "values": values, **changes})


def test_alerts_are_inherited_with_their_weight() -> None:
    alert = finding("accreditor_action", "agency=A", "act=Probation")
    assert inherited([], [alert]) == [alert]


@pytest.mark.parametrize("verdict", [Verdict.MEETS, Verdict.BELOW, Verdict.CANNOT_TELL])
def test_only_alerts_are(verdict: Verdict) -> None:
    assert inherited([], [finding("completion_rate", verdict=verdict)]) == []


def test_a_closing_of_the_whole_weighs_one_step_less() -> None:
    (found,) = inherited([], [finding("closed_or_closing", "2020-01-01=closed")])
    assert (found.severity, found.full_severity) == (Severity.CAUTION, Severity.SERIOUS)


def test_what_the_part_has_itself_is_not_said_twice() -> None:
    own = finding("hcm", "words=HCM 1", subject_id="dapip:1")
    assert inherited([own], [finding("hcm", "words=HCM 2")]) == []
    notice = finding("settlement", "words=Settlement", "dated=2019-01-01", "named=PART", subject_id="dapip:1")
    same = finding("settlement", "words=Settlement", "dated=2019-01-01", "named=WHOLE")
    other = finding("settlement", "words=Settlement", "dated=2018-01-01", "named=WHOLE")
    assert inherited([notice], [same, other]) == [other]
