"""Records of the Credential Registry: every layout, what is mapped, and what is held back with which reason."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.records import (
    Accreditation,
    Code,
    CodeMap,
    Control,
    Credential,
    CredentialKind,
    Delivery,
    Measure,
    Program,
    Provider,
    Unit,
)
from ingestion.ctdl_files import RECORDS, VOCABULARY
from ingestion.sources.ctdl import SOURCE

PROGRAM = "ctdl/published/etp_program_160_driving_academy.json"
OLDER = "ctdl/registry_fixtures/learning_opportunity_profile_3_import.json"
OUTCOMES = "ctdl/outcomes/indiana_bsn_pass_rates.json"
MALFORMED = ("160_Driving_Academy", "WorkforceDemandAction_for_ETPL", "Year-1-programs")


def ours(number: str) -> str:
    return f"ctdl:ce-{number:0>8}-aaaa-4bbb-8ccc-{number:0>12}"


def link_earlier_sources(fixture_raw: Path, raw: Path) -> None:
    for folder in ("crosswalks", "federal"):
        (raw / folder).symlink_to(fixture_raw / folder)


@pytest.fixture(scope="module")
def reading(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("ctdl", fixture_raw)


@pytest.fixture
def read_one(read_source: Callable[..., Any], fixture_raw: Path, tmp_path: Path) -> Callable[[Any], Any]:
    """Read one document, given as content or as text, beside the vocabulary and the crosswalks."""

    def reading_one(content: Any) -> Any:
        link_earlier_sources(fixture_raw, tmp_path)
        (tmp_path / "ctdl" / "published").mkdir(parents=True)
        shutil.copy(fixture_raw / VOCABULARY.path, tmp_path / VOCABULARY.path)
        text = content if isinstance(content, str) else json.dumps(content)
        (tmp_path / PROGRAM).write_text(text, encoding="utf-8")
        return read_source("ctdl", tmp_path)

    return reading_one


def issues(reading: Any, file: str) -> set[tuple[str, str]]:
    return {(issue["field"], issue["reason"]) for issue in reading.issues_of(file)}


def credential(name: Any = "Welder", **more: Any) -> dict[str, Any]:
    uri = "https://credentialengineregistry.org/resources/ce-0000000e-aaaa-4bbb-8ccc-00000000000e"
    return {"@id": uri, "@type": "ceterms:Certification", "ceterms:name": name} | more


def test_every_row_has_a_fate(reading: Any) -> None:
    reports = [report for report in reading.reports if report.source == "ctdl"]
    counts: Counter[str] = Counter()
    for report in reports:
        counts.update(read=report.rows_read, kept=report.kept, merged=report.merged, held=report.held_back)
        assert report.column_issues == 0
    assert counts["read"] == counts["kept"] + counts["merged"] + counts["held"]
    assert (len(reports), counts["read"], counts["merged"], counts["held"]) == (19, 107, 4, 13)
    held = [issue for issue in reading.issues if issue["source"] == "ctdl" and issue["kind"] == "row"]
    assert len(held) == counts["held"]


def test_a_program_of_a_graph_with_blank_nodes(reading: Any) -> None:
    program = reading.by_id(Program)[ours("1")]
    assert (program.name, program.provider_name) == ("Inspection Drone Pilot", "Prairie Wings School")
    assert reading.by_id(Provider)[program.provider_id].website == "https://prairiewings.test"
    assert (program.cip, program.soc, program.soc_method) == ("49.0101", ("53-2012",), "published")
    assert (program.length.clock_hours, program.length.weeks_min) == (80, 6)
    assert program.length.weeks_max == pytest.approx(104 / 12)
    assert (program.delivery, program.evening) == (Delivery.HYBRID, True)
    assert (program.place.state, program.place.county) == ("IL", "Sangamon")
    assert program.prerequisite_text == "A driver's licence."
    assert program.credential_ids == (ours("2"),)


def test_amounts_that_are_not_clear_are_reported_and_not_used(reading: Any) -> None:
    cost = reading.by_id(Program)[ours("1")].cost
    assert (cost.tuition_usd, cost.books_usd, cost.supplies_usd, cost.fees_usd) == (2400, 150.5, None, None)
    assert {("ceterms:currency", "not US dollars"), ("ceterms:estimatedCost", "several amounts: fees_usd")} <= issues(
        reading, PROGRAM
    )


def test_unknown_terms_and_codes_are_reported(reading: Any) -> None:
    assert ("ceterms:financialAssistanceType ", "a term that the vocabulary does not know") in issues(reading, PROGRAM)
    assert ("ceterms:occupationType", "not a SOC code") in issues(reading, PROGRAM)
    assert ("ceterms:inLangaue", "a term that the vocabulary does not know") in issues(reading, OLDER)
    assert ("en:us", "not a language tag") in issues(reading, "ctdl/schema_development/bcsp-sts.json")


def test_a_single_node_in_several_languages(reading: Any) -> None:
    found = reading.by_id(Credential)[ours("2")]
    assert (found.name, found.kind) == ("Certified Drone Inspector", CredentialKind.CERTIFICATION)
    assert found.aliases == ("طيار", "Certificado de piloto", "CDI")
    assert (found.description, found.code) == ("An exam and a test flight.", "CDI-1")
    assert found.issuer == "Drone Inspectors Guild"


def test_who_may_revoke_did_not_revoke(reading: Any) -> None:
    found = reading.by_id(Credential)[ours("2")]
    assert found.retired is False
    roles = {each.status: each.agency for each in reading.of(Accreditation) if each.provider_id == found.id}
    assert roles == {"accredited": "Council of Test Makers", "may_revoke": "Drone Inspectors Guild"}


def test_a_retired_credential_in_an_envelope(reading: Any) -> None:
    found = reading.by_id(Credential)[ours("6")]
    assert (found.kind, found.retired, str(found.retired_on)) == (CredentialKind.LICENSE, True, "2018-12-31")
    assert found.provenance.as_of == "2019-02-08"


def test_an_organization(reading: Any) -> None:
    found = reading.by_id(Provider)[ours("3")]
    assert found.aliases == ("DIG", "Gremio de Inspectores")
    assert (found.ids.ein, found.ids.opeid, found.ids.unitid) == ("123456789", "00123400", "123456")
    assert (found.place.city, found.place.state, found.place.zip) == ("Big Rapids", "MI", "49307")
    assert (found.control, found.kind) == (Control.NONPROFIT, "Assessment Body")
    assert found.claimed_approvals == ("accredited: Council of Test Makers",)


def test_a_quality_body_goes_into_the_record_that_names_it(reading: Any) -> None:
    names = {provider.name for provider in reading.of(Provider)}
    assert names == {"Drone Inspectors Guild", "Prairie Wings School", "Rotor Institute"}


def test_the_older_layout_with_an_organization_inside(reading: Any) -> None:
    program = reading.by_id(Program)[ours("b")]
    assert program.provider_name == "Rotor Institute"
    assert program.provider_id in reading.by_id(Provider)
    assert (program.credential_kind, program.degree_name) == (CredentialKind.CERTIFICATE, "Rotor Certificate")
    assert (program.delivery, program.length.weeks_max) == (None, None)
    assert {
        ("ceterms:exactDuration", "not an ISO 8601 duration"),
        ("ceterms:deliveryType", "several ways of teaching, and not which holds when"),
        ("ceterms:ctid", "not the CTID of the record's own id"),
    } <= issues(reading, OLDER)


def test_outcomes_by_year_with_the_people_behind_a_rate(reading: Any) -> None:
    found = [m for m in reading.of(Measure) if m.subject_id == ours("9")]
    (rate,) = [m for m in found if m.name == "exam_pass_rate"]
    assert (rate.value, rate.unit, rate.n, rate.period) == (0.98, Unit.FRACTION, 51, "2018-01-01 to 2018-12-31")
    assert {rate.subject_kind for rate in found} == {"credential"}


def test_pay_counts_only_with_its_time_and_currency(reading: Any) -> None:
    pay = {m.value: m.unit for m in reading.of(Measure) if m.name == "earnings_of_record"}
    assert pay == {21.5: Unit.USD_PER_HOUR, 44720: Unit.USD_PER_YEAR}
    reasons = Counter(issue["reason"] for issue in reading.issues_of(OUTCOMES, "field"))
    assert reasons["not said if a pay of an hour, a quarter or a year"] == 1
    assert reasons["a pay whose currency is not US dollars, or not said"] == 1
    assert reasons["not a percentage"] == reasons["not a number of people"] == 1


def test_an_aggregate_profile(reading: Any) -> None:
    found = {m.name: m for m in reading.of(Measure) if m.subject_id == ours("0")}
    assert sorted(found) == ["awards_made", "jobs_obtained_rate"]
    assert found["jobs_obtained_rate"].period == "60 months after receipt"


def test_competencies_say_their_sentences_only_in_definitions(reading: Any) -> None:
    codes = [code for code in reading.of(Code) if code.system.startswith("ctdl_") and code.system != "ctdl_term"]
    assert {code.system for code in codes} == {"ctdl_framework", "ctdl_assessment", "ctdl_competency"}
    sentences = {"Reads an air map", "Plans a safe flight", "Knows the wind"}
    assert {code.definition for code in codes if code.system == "ctdl_competency"} == sentences
    assert not sentences.intersection(code.title for code in codes)
    links = {(each.from_code, each.to_code) for each in reading.of(CodeMap) if each.from_system == "ctdl_record"}
    assert (ours("4"), ours("5")) in links
    assert len([code for code in codes if code.code == ours("5")]) <= 2


def test_the_vocabulary_is_kept_term_by_term(reading: Any) -> None:
    terms = {code.code: code for code in reading.of(Code) if code.system == "ctdl_term"}
    assert terms["ceterms:price"].level == "xsd:decimal"
    assert terms["ceterms:name"].level == "@language"


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_file_is_one_issue(reading: Any, name: str) -> None:
    (issue,) = reading.issues_of(f"ctdl/malformed/{name}.json")
    assert (issue["row"], issue["kind"]) == (1, "row")
    assert issue["reason"].startswith(("not valid JSON: ", "no JSON object"))


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("registry_fixtures/organization_3_import.json", "a record of a test server"),
        ("schema_development/basicDescription.json", "an invented example"),
        ("schema_development/CENSUS-DRAFT2.jsonld", "a draft"),
        ("schema_development/handbookQDataMultiDim_full.json", "a prefix that nobody declares"),
        ("schema_development/s1_2_DegreeInRegistryAndVC.json", "issued to a person"),
    ],
)
def test_what_only_looks_like_a_record_is_held_back(reading: Any, file: str, words: str) -> None:
    found = reading.issues_of(f"ctdl/{file}", "row")
    assert found
    assert all(words in issue["reason"] for issue in found)
    assert not [record for record in reading.of(Provider) if record.provenance.file == f"ctdl/{file}"]


def test_lines_are_records_of_their_own(reading: Any) -> None:
    found = {(issue["row"], issue["reason"]) for issue in reading.issues_of("ctdl/records.jsonl")}
    assert found == {
        (1, "a program whose school the files do not describe"),
        (2, "not valid JSON: Expecting value"),
    }
    (report,) = [each for each in reading.reports if each.file == "ctdl/records.jsonl"]
    assert (report.kept, report.merged, report.held_back) == (0, 1, 2)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "null",
        "7",
        "[]",
        '{"@graph": []}',
        '{"@graph": [7]}',
        "<!doctype html><p>Not here</p>",
        '{"@graph": ' + "[" * 100_000,
        '{"a": NaN',
    ],
)
def test_any_other_content_is_an_issue_and_no_crash(read_one: Callable[[Any], Any], content: str) -> None:
    reading = read_one(content)
    (report,) = [each for each in reading.reports if each.file == PROGRAM]
    assert (report.rows_read, report.held_back) == (1, 1)
    assert reading.issues_of(PROGRAM, "row")


@pytest.mark.parametrize(
    "more",
    [
        {"ceterms:name": None},
        {"ceterms:name": 7},
        {"ceterms:name": {"en": None}},
        {"ceterms:name": []},
        {"@type": None},
        {"@type": {"a": 1}},
        {"@id": 7},
    ],
)
def test_a_node_without_what_it_needs_is_held_back(read_one: Callable[[Any], Any], more: dict[str, Any]) -> None:
    assert read_one(credential() | more).of(Credential) == [] or more == {"@id": 7}


@pytest.mark.parametrize(
    "more",
    [
        {"ceterms:occupationType": "29-1141"},
        {"ceterms:occupationType": [None, 7, {"ceterms:codedNotation": {"a": 1}}]},
        {"ceterms:ownedBy": [{"@id": 7}, None, 7, {"ceterms:name": ["x"]}]},
        {"ceterms:accreditedBy": {"ceterms:name": {"en": ["Board"]}}},
        {"ceterms:credentialStatusType": {"ceterms:targetNode": {"@id": "credentialStat:Active"}}},
        {"ceterms:aggregateData": [{"ceterms:medianEarnings": "much", "ceterms:currency": 7}, None]},
        {"ceterms:aggregateData": {"qdata:passRate": [{"qdata:percentage": True}], "ceterms:numberAwarded": -1}},
        {"ceterms:ctid": 7, "ceterms:expirationDate": "soon", "ceterms:alternateName": {"en": [1, "A", "A"]}},
        {"ceterms:name": "<script>alert(1)</script>"},
    ],
)
def test_odd_values_never_crash(read_one: Callable[[Any], Any], more: dict[str, Any]) -> None:
    reading = read_one(credential() | more)
    assert len(reading.of(Credential)) == 1


def test_deep_nesting_is_walked_through(read_one: Callable[[Any], Any]) -> None:
    deep: Any = "end"
    for _ in range(300):
        deep = {"ceterms:requires": [deep]}
    deep = {"ceterms:unknownTerm": deep}
    assert len(read_one(credential(**{"ceterms:requires": [deep]})).of(Credential)) == 1


def test_a_vocabulary_that_is_none_is_an_error(
    read_source: Callable[..., Any], tmp_path: Path, fixture_raw: Path
) -> None:
    link_earlier_sources(fixture_raw, tmp_path)
    (tmp_path / "ctdl").mkdir()
    (tmp_path / VOCABULARY.path).write_text('{"terms": {}}', encoding="utf-8")
    with pytest.raises(SourceError, match="there is no @context"):
        read_source("ctdl", tmp_path)


def test_the_fixture_files_are_files_of_the_source(fixture_raw: Path) -> None:
    known = {file.path for file in SOURCE.files}
    found = {path.relative_to(fixture_raw).as_posix() for path in (fixture_raw / "ctdl").rglob("*") if path.is_file()}
    assert found <= known
    assert all(file.optional for file in (VOCABULARY, *RECORDS))


def test_the_real_files(read_source: Callable[..., Any], raw_data: Path) -> None:
    reading = read_source("ctdl", raw_data, check_counts=True)
    reports = [report for report in reading.reports if report.source == "ctdl"]
    assert len(reports) == len(SOURCE.files) - 1
    totals = [sum(getattr(r, part) for r in reports) for part in ("rows_read", "kept", "merged", "held_back")]
    assert totals == [860, 748, 11, 101]
    malformed = [issue for issue in reading.issues if "/malformed/" in issue["file"]]
    assert sorted({issue["file"] for issue in malformed}) == [f"ctdl/malformed/{name}.json" for name in MALFORMED]
    assert len(malformed) == len(MALFORMED)
    names = {each.name for each in reading.of(Credential) if each.provenance.source == "ctdl"}
    assert {"21st Century Skills for Workplace Success", "CompTIA A+", "B.S. in Nursing (Pre-Licensure)"} <= names
    (program,) = [each for each in reading.of(Program) if each.id.startswith("ctdl:")]
    assert (program.cip, program.soc, program.cost.tuition_usd) == ("49.0205", ("53-3032",), 4695)
    rates = {m.period: (m.value, m.n) for m in reading.of(Measure) if m.name == "exam_pass_rate"}
    assert rates["2019-01-01 to 2019-12-31"] == (0.948, 58)


def test_every_record_in_the_folder_is_read(raw_data: Path) -> None:
    known = {file.path for file in SOURCE.files}
    found = {path.relative_to(raw_data).as_posix() for path in (raw_data / "ctdl").rglob("*.json*")}
    assert {path for path in found - known if "/json_schema/" not in path} == set()
