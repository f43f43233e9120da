"""Help with the cost: said of the program and its school, dated, and never promised."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import FundingCard
from assistant.evidence import ProgramEvidence, Sources, programs_of
from assistant.funding import Help, funding_of, outside_federal_aid
from assistant.funding_text import funding_cards_of, funding_lines
from assistant.registers import TITLE_IV_AS_OF, School, schools_of
from assistant.verify import Ledger, verified
from catalog.home import bundled_folder
from catalog.records import (
    CredentialKind,
    Finding,
    Length,
    ListStatus,
    Program,
    Provenance,
    Provider,
    ProviderIds,
    Severity,
    Verdict,
)
from catalog.snapshot import Snapshot
from prompts import Texts

TODAY = date(2026, 11, 24)
NOWHERE = School()
PROMISE = re.compile(r"\byou (?:are eligible|qualify)|usted (?:califica|cumple)|guarante|garanti", re.IGNORECASE)


def origin(source: str, as_of: str | None) -> Provenance:
    return Provenance(source=source, record_id="1", as_of=as_of)


def program(key: str = "nj_etpl:1", as_of: str = "2026-09", **changes: object) -> Program:
    fields = {"id": key, "name": "Course", "provider_id": "nj_providers:1", "provenance": origin("nj_etpl", as_of)}
    return Program.model_validate(fields | {"list_status": "approved", "list_status_as_of": as_of} | changes)


def school(title_iv: bool | None = True, code: str | None = None, seen: str | None = "2023") -> School:
    here = Provider(id="ipeds:1", name="S", title_iv=title_iv, provenance=origin("ipeds_directory", seen))
    va = Provider(id="va:1", name="S", ids=ProviderIds(va_facility=code), provenance=origin("va_facilities", "2020-02"))
    return School(aided=None if title_iv is None else here, facility=va if code else None, seen=here if seen else None)


def of(program: Program, school: School = NOWHERE, findings: tuple[Finding, ...] = ()) -> dict[str, tuple[str, str]]:
    evidence = ProgramEvidence(program, None, (), (), findings)
    return {each.help.value: (each.chance, each.reason) for each in funding_of(evidence, school, TODAY)}


LONG = Length(clock_hours=900, weeks_min=26, weeks_max=52)
FITTING = Length(clock_hours=300, weeks_min=10, weeks_max=12)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("likely", "on_list")),
        ({"as_of": "2022-09"}, ("cannot_tell", "status_then")),
        ({"list_status": ListStatus.SUSPENDED}, ("unlikely", "status_now")),
        ({"list_status": ListStatus.SUSPENDED, "as_of": "2020-08-11"}, ("cannot_tell", "status_then")),
        ({"key": "dol_etp:1", "list_status": None, "list_status_as_of": None}, ("likely", "on_list")),
        ({"key": "nj_search_list_2018:1", "list_status": None}, ("cannot_tell", "older_list")),
        ({"key": "other:1", "list_status": None}, ("cannot_tell", "not_on_list")),
    ],
)
def test_a_state_list_counts_while_it_is_current(changes, expected):
    assert of(program(**changes))["wioa"] == expected


@pytest.mark.parametrize(
    ("length", "more", "school", "expected"),
    [
        (LONG, {}, school(), ("likely", "takes_part")),
        (LONG, {}, school(seen="2014"), ("cannot_tell", "took_part")),
        (LONG, {"federal_aid_claimed": False}, school(), ("cannot_tell", "list_says_no")),
        (LONG, {}, school(title_iv=False), ("unlikely", "not_taking_part")),
        (LONG, {}, School(), ("cannot_tell", "school_unknown")),
        (LONG, {"federal_aid_claimed": False}, School(), ("unlikely", "outside")),
        (FITTING, {}, school(), ("unlikely", "short_program")),
        (Length(clock_hours=90), {}, school(), ("unlikely", "too_short")),
        (Length(weeks_min=1, weeks_max=3), {}, School(), ("unlikely", "too_short")),
        (Length(), {}, school(), ("cannot_tell", "length_unclear")),
        (Length(clock_hours=599), {}, school(), ("unlikely", "short_program")),
        (Length(clock_hours=600), {}, school(), ("likely", "takes_part")),
        (Length(), {"credential_kind": CredentialKind.DEGREE}, school(), ("likely", "takes_part")),
    ],
)
def test_pell_needs_a_school_in_federal_aid_and_a_long_program(length, more, school, expected):
    assert of(program(length=length, **more), school)["pell"] == expected


@pytest.mark.parametrize(
    ("length", "school", "expected"),
    [
        (FITTING, school(), ("cannot_tell", "fits_length")),
        (Length(clock_hours=150, weeks_min=8, weeks_max=14.9), school(), ("cannot_tell", "fits_length")),
        (Length(clock_hours=149, weeks_min=8, weeks_max=14), school(), ("unlikely", "too_short")),
        (Length(clock_hours=300, weeks_min=8, weeks_max=15), school(), ("cannot_tell", "length_unclear")),
        (Length(clock_hours=300), school(), ("cannot_tell", "length_unclear")),
        (Length(clock_hours=600), school(), ("unlikely", "longer")),
        (Length(weeks_min=15, weeks_max=20), school(), ("unlikely", "longer")),
        (FITTING, School(), ("cannot_tell", "school_unknown")),
        (FITTING, school(title_iv=False), ("unlikely", "not_taking_part")),
    ],
)
def test_workforce_pell_by_length_and_school(length, school, expected):
    assert of(program(length=length), school)["workforce_pell"] == expected


numbers = st.none() | st.floats(0, 3000)


@given(st.tuples(numbers, numbers, numbers), st.sampled_from([None, True, False]), st.sampled_from([None, True, False]))
def test_workforce_pell_is_never_likely_since_the_approval_is_in_no_record(lengths, title_iv, claimed):
    hours, low, high = lengths
    long = Length(clock_hours=hours, weeks_min=low, weeks_max=high)
    assert of(program(length=long, federal_aid_claimed=claimed), school(title_iv))["workforce_pell"][0] != "likely"


@pytest.mark.parametrize(
    ("school", "expected"),
    [
        (school(code="14900130"), ("likely", "has_code")),
        (school(code="14900130", seen=None), ("cannot_tell", "had_code")),
        (school(code="14900130", seen="2019-06"), ("cannot_tell", "had_code")),
        (School(), ("cannot_tell", "no_code")),
    ],
)
def test_the_gi_bill_needs_a_code_of_a_school_that_is_still_listed(school, expected):
    assert of(program(), school)["gi_bill"] == expected


def test_nothing_is_likely_at_a_school_that_may_be_closing():
    finding = Finding(
        id="a" * 16,
        rule="closed_or_closing",
        subject_kind="provider",
        subject_id="nj_providers:1",
        verdict=Verdict.ALERT,
        severity=Severity.CAUTION,
        full_severity=Severity.SERIOUS,
        stale=True,
        judged_on=TODAY,
        reason="closed",
        provenance=origin("va_closures", "2018-06"),
    )
    before = of(program(length=LONG), school(code="14900130"))
    after = of(program(length=LONG), school(code="14900130"), (finding,))
    assert {chance for chance, _ in before.values()} >= {"likely"}
    assert {chance for chance, _ in after.values()} == {"cannot_tell", "unlikely"}
    assert after["pell"] == ("cannot_tell", "closing")
    assert after["workforce_pell"] == before["workforce_pell"]


def test_a_short_program_is_outside_federal_aid_and_a_long_one_is_not():
    def kinds(length: Length):
        return funding_of(ProgramEvidence(program(length=length), None, (), ()), school(), TODAY)

    assert outside_federal_aid(kinds(Length(clock_hours=90)))
    assert not outside_federal_aid(kinds(FITTING))
    assert not outside_federal_aid(kinds(LONG))


@pytest.fixture(scope="module")
def bundled():
    snapshot = Snapshot(bundled_folder())
    yield snapshot
    snapshot.close()


REAL = [
    "nj_etpl:30742",  # a nurse aide course of 90 hours
    "nj_search_list_2018:10001",
    "dol_etp:f69d0759-31e5-11f1-a39f-00155dd2f085",
]


@pytest.mark.parametrize("language", ["en", "es"])
def test_real_programs_get_four_cards_each_whose_lines_all_stand(bundled, language):
    wanted = REAL + bundled.ids("programs", "credential_kind = 'degree'")[:20]
    texts, sources, ledger = Texts(language), Sources(bundled), Ledger()
    found = funding_cards_of(bundled, programs_of(bundled, wanted), sources, ledger, texts, TODAY)
    assert set(found) == set(wanted)
    for cards in found.values():
        assert [card.kind for card in cards] == [each.value for each in Help]
        lines = list(funding_lines(cards, texts))
        assert verified(lines, ledger) == (lines, [])
        assert all(card.ask and card.as_of for card in cards if card.citations)
        assert not any(PROMISE.search(f"{card.reason} {card.ask}") for card in cards)
        assert "None" not in " ".join(lines)


def test_a_line_with_a_wrong_code_would_be_dropped(bundled):
    texts, sources, ledger = Texts("en"), Sources(bundled), Ledger()
    with_code = bundled.query("""
        SELECT p.id FROM programs p JOIN providers v ON v.id = p.provider_id
        JOIN providers f ON coalesce(f.entity_id, f.id) = coalesce(v.entity_id, v.id)
        WHERE f.ids_va_facility IS NOT NULL ORDER BY p.id LIMIT 1""")[0][0]
    cards = funding_cards_of(bundled, programs_of(bundled, [with_code]), sources, ledger, texts, TODAY)[with_code]
    line = next(line for line in funding_lines(cards, texts) if "facility code" in line)
    assert ledger.problem_of(line) is None
    assert ledger.problem_of(re.sub(r"code \d", "code 9", line)) is not None


def test_every_text_of_a_reason_can_be_said_in_both_languages():
    for language in ("en", "es"):
        texts = Texts(language)
        for key in (k for k in texts.keys() if re.match(r"funding_(any|wioa|pell|workforce_pell|gi_bill)\.", k)):  # noqa: SIM118
            said = texts(key, as_of="2022-09", seen="2023", code="14900130", status=texts("status.approved"))
            assert "None" not in said
            assert not PROMISE.search(said)


def test_the_year_of_the_directory_is_the_one_that_is_said():
    for language in ("en", "es"):
        said = Texts(language)("funding_any.not_taking_part", as_of=None, seen=None, code=None, status=None)
        assert TITLE_IV_AS_OF in said


def test_kinds_with_one_reason_share_a_line_and_a_long_program_has_none_of_workforce_pell():
    def card(kind: str, verdict: str, reason: str) -> FundingCard:
        return FundingCard(kind=kind, verdict=verdict, reason=reason, ask="Ask.", citations=(1,))

    texts = Texts("en")
    short = [card("pell", "unlikely", "Too short."), card("workforce_pell", "unlikely", "Too short.")]
    assert list(funding_lines(short, texts)) == [
        "- Help with the cost, Pell Grant and Workforce Pell: unlikely. Too short. Ask. [1]"
    ]
    long = [card("pell", "likely", "It takes part."), card("workforce_pell", "unlikely", "This one is longer.")]
    (line,) = funding_lines(long, texts)
    assert "Workforce" not in line


def test_a_campus_is_in_federal_aid_as_a_part_of_its_institution(bundled):
    ids = bundled.ids("programs", "federal_aid_claimed")[:60]
    evidence = programs_of(bundled, ids)
    schools = schools_of(bundled, evidence)
    assert set(schools) == {each.provider.id for each in evidence if each.provider}
    assert {each.title_iv for each in schools.values()} == {True, None}
