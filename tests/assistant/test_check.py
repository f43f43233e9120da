"""The provider check: one school or several, its findings with receipts, acts and what ended them, batches."""

from __future__ import annotations

import json
import time
from datetime import date

import pytest

from assistant.answer import Intent, Question, Status
from assistant.check import Checker, opeids
from assistant.checked import Checked, Inquiry
from assistant.dossier import acts_of, is_review_past
from assistant.inquiries import check_batch
from assistant.printing import check_text
from catalog.records import Accreditation, EventKind, Finding, Provenance, Provider, ProviderEvent, Verdict
from prompts import Texts

TEXTS = Texts("en")
ON = date(2026, 11, 24)
ORIGIN = Provenance(source="dapip", record_id="dapip:1", as_of="2020-11")


@pytest.fixture(scope="module")
def checker(assistant) -> Checker:
    return assistant.checker


def check(checker: Checker, **inquiry: str) -> Checked:
    return checker.check(Inquiry(**inquiry), TEXTS, ON)


def act(key: str, action: str, on: date | None, **changes: object) -> ProviderEvent:
    fields = {
        "provider_id": "a",
        "kind": EventKind.ACCREDITOR_ACTION,
        "agency": "X",
        "scope": "S",
        "provenance": ORIGIN,
    }
    return ProviderEvent.model_validate({"id": key, "action": action, "on": on} | fields | changes)


PROBATION = "Probation or Equivalent or a More Severe Status: Probation"
REMOVED = "Accreditation Reaffirmed: Probation Removed"
SCHOOL = Provider(id="a", name="Elm College", provenance=ORIGIN)


def test_a_school_with_its_numbers_and_how_it_was_found(checker):
    found = check(checker, name="Northfield Technical College")
    assert found.matched is not None
    assert (found.matched.id, found.matched.method) == ("ipeds:900001", "name")
    assert found.matched.ids == {"unitid": ("900001",), "opeid": ("00900100",)}
    assert found.candidates == ()
    assert found.snapshot == checker.snapshot.content_hash[:16]


def test_findings_have_words_and_receipts(checker):
    found = check(checker, name="Gone Career Center")
    closed = next(each for each in found.findings if each.rule == "closed_or_closing")
    assert (closed.verdict, closed.stale) == ("alert", True)
    assert closed.message
    assert closed.evidence
    assert all(len(cell.split("|", 2)) == 3 and "=" in cell for cell in closed.evidence)
    assert closed.source.publisher
    assert closed.source.url


def test_several_schools_are_listed_and_none_is_guessed(checker):
    found = check(checker, name="Lakeside Training")
    assert found.matched is None
    assert found.findings == ()
    assert found.candidate_count == 2
    assert {each.city for each in found.candidates} == {"Boston", "Columbus"}


def test_a_school_that_three_registers_have_by_one_number_is_one(checker):
    found = check(checker, name="Larkspur College")
    assert found.matched.id == "dapip:900010"
    assert {record.id for record in found.matched.records} == {"dapip:900010", "fsa_hcm:09900100", "va:99000131"}
    assert {"hcm", "settlement"} <= {each.rule for each in found.findings if each.verdict == "alert"}


def test_nobody_of_that_name(checker):
    found = check(checker, name="Zorblatt Academy")
    assert (found.matched, found.candidates) == (None, ())
    said = check_text(checker, Inquiry(name="Zorblatt <b>Academy</b>"), TEXTS)
    assert "says nothing about it" in said
    assert "https://ope.ed.gov/dapip/" in said
    assert "<b>" not in said.replace("\\<b\\>", "")


@pytest.mark.parametrize(
    ("inquiry", "school"),
    [
        ({"unitid": "900001"}, "ipeds:900001"),
        ({"opeid": "00900100", "name": "Northfield Technical"}, "ipeds:900001"),
        ({"nj_providerid": "9003"}, "nj_providers:9003"),
        ({"nj_providerid": "9003", "name": "Garden Path Truck Driving"}, "nj_providers:9003"),
    ],
)
def test_register_numbers(checker, inquiry, school):
    found = check(checker, **inquiry)
    assert found.matched is not None or inquiry.get("opeid")
    assert school in {found.matched.id if found.matched else None, *(each.id for each in found.candidates)}


@pytest.mark.parametrize(
    ("given", "full"),
    [
        ("00900100", ["00900100"]),
        ("009001", ["00900100", "00009001"]),
        ("9001", ["00900100", "00009001"]),
        ("900100", ["90010000", "00900100"]),
        ('"00900100"', ["00900100"]),
        ("1" * 9, []),
        ("none", []),
        (None, []),
    ],
)
def test_opeids_with_and_without_their_zeros(given, full):
    assert opeids(given) == full


def test_numbers_may_be_numbers_and_states_names(checker):
    found = checker.check(Inquiry.model_validate({"id": 7, "unitid": 900001, "state": "new jersey"}), TEXTS, ON)
    assert found.id == 7
    assert found.matched is not None


def test_a_number_and_a_name_that_contradict_each_other_name_nobody(checker):
    found = check(checker, unitid="900001", name="Oak Street Trade School")
    assert found.matched is None
    assert {each.id for each in found.candidates} == {"ipeds:900001", "nj_providers:9004"}


def test_a_programs_check_has_the_programs_findings(checker):
    found = check(checker, program="nj_etpl:70001")
    assert found.matched is not None
    assert (found.matched.id, found.program) == ("nj_providers:9001", "nj_etpl:70001")
    assert {"program", "provider"} <= {each.subject_kind for each in found.findings}
    assert {each.subject_id for each in found.findings if each.subject_kind == "program"} == {"nj_etpl:70001"}


def test_a_program_is_found_by_its_name_at_the_school(checker):
    program = checker.snapshot.query("SELECT name FROM programs WHERE id = 'nj_etpl:70001'")[0][0]
    found = check(checker, nj_providerid="9001", program=program.upper())
    assert found.program == "nj_etpl:70001"
    assert check(checker, nj_providerid="9001", program="underwater basket weaving").program is None


def test_what_nobody_reports_and_what_to_ask(checker):
    found = check(checker, name="Oak Street Trade School")
    assert found.eqos["learning"] == "missing"
    assert "learning" in found.nobody_reports
    assert found.ask[-1].startswith("Its license number")
    assert any("New Jersey" in place for place in found.complain)
    assert any("reportfraud.ftc.gov" in place for place in found.complain)


def test_a_later_restorative_act_ends_an_earlier_one():
    acts = acts_of([act("1", PROBATION, date(2018, 1, 1)), act("2", REMOVED, date(2019, 1, 1))], [], [SCHOOL])
    assert [(a.event.id, a.state, a.ended_by.id if a.ended_by else None) for a in acts] == [("1", "ended", "2")]


@pytest.mark.parametrize(
    "other",
    [
        {"agency": "Y"},
        {"scope": "T"},
        {"provider_id": "b"},
        {"on": date(2018, 1, 1)},
        {"on": date(2017, 1, 1)},
        {"action": "Heightened Monitoring or Focused Review"},
    ],
)
def test_no_other_act_is_shown_as_its_end(other):
    later = {"action": REMOVED, "on": date(2019, 1, 1)} | other
    assert acts_of([act("1", PROBATION, date(2018, 1, 1)), act("2", **later)], [], [SCHOOL]) == []


def test_an_act_that_a_finding_leaves_open_is_open(assistant):
    some = assistant.snapshot.select(Finding, "verdict = 'alert' LIMIT 1")[0]
    finding = some.model_copy(update={"record_ids": ("1", "2")})
    acts = acts_of([act("1", PROBATION, date(2018, 1, 1)), act("2", REMOVED, date(2018, 1, 1))], [finding], [SCHOOL])
    assert [(a.event.id, a.state) for a in acts] == [("1", "open")]
    unclear = finding.model_copy(update={"verdict": Verdict.CANNOT_TELL})
    assert [a.state for a in acts_of([act("1", PROBATION, None)], [unclear], [SCHOOL])] == ["unclear"]


def test_an_act_under_another_schools_name_is_left_out():
    other = act("1", PROBATION, date(2018, 1, 1), subject_name="Zorblatt Academy", ended_on=date(2019, 1, 1))
    assert acts_of([other], [], [SCHOOL]) == []
    own = other.model_copy(update={"subject_name": "ELM COLLEGE"})
    assert [a.ended_on for a in acts_of([own], [], [SCHOOL])] == [date(2019, 1, 1)]


def test_being_off_the_monitoring_list_later_ends_it():
    listed = act("1", "Heightened Cash Monitoring 2", None, kind=EventKind.CASH_MONITORING)
    off = act("2", "Not on Heightened Cash Monitoring 2", None, kind=EventKind.CASH_MONITORING)
    later = off.model_copy(update={"provenance": ORIGIN.model_copy(update={"as_of": "2021-04"})})
    assert [a.state for a in acts_of([listed, later], [], [SCHOOL])] == ["ended"]
    undated = listed.model_copy(update={"provenance": ORIGIN.model_copy(update={"as_of": None})})
    assert acts_of([undated, later], [], [SCHOOL]) == []


@pytest.mark.parametrize(("review", "past"), [(date(2015, 1, 1), True), (date(2020, 11, 30), False), (None, False)])
def test_a_review_before_the_file_is_not_current(review, past):
    given = Accreditation(id="1", provider_id="a", agency="X", status="Accredited", review_on=review, provenance=ORIGIN)
    assert is_review_past(given) is past


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_school_can_be_written_and_nothing_of_it_is_dropped(assistant, language):
    names = {row[0] for row in assistant.snapshot.query("SELECT DISTINCT name FROM providers")}
    for name in sorted(names):
        question = "is {} legit?" if language == "en" else "¿es {} legítima?"
        answer = assistant.ask(Question(text=question.format(name), language=language))
        assert answer.intent is Intent.CHECK_PROVIDER
        assert answer.dropped_sentences == 0, name
        assert "None" not in answer.text, name


def test_chat_shows_what_the_check_finds(assistant, checker):
    answer = assistant.ask(Question(text="is Gone Career Center legit?"))
    for finding in check(checker, name="Gone Career Center").findings:
        if finding.verdict == "alert":
            assert finding.message in answer.text
    assert answer.providers[0].id == "ipeds:900005"


def test_chat_asks_which_of_several(assistant):
    answer = assistant.ask(Question(text="is Lakeside Training accredited?"))
    assert answer.status is Status.CLARIFY
    assert len(answer.providers) == 2
    assert answer.clarification


def test_chat_takes_the_place_from_the_question(assistant):
    answer = assistant.ask(Question(text="is Garden Path Truck Driving in Union City, NJ legit?"))
    assert [provider.id for provider in answer.providers] == ["nj_providers:9003"]


def test_a_check_is_quick(checker):
    check(checker, name="Northfield Technical College")
    start = time.perf_counter()
    check(checker, name="Northfeild Technical College")
    assert time.perf_counter() - start < 1.5


def test_batch(checker, tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": "1", "name": "Northfield Technical College", "state": "NJ"},
        {"id": "2", "unitid": "900005"},
        {"id": "3", "name": "Zorblatt"},
        {"id": "4", "name": "Lakeside Training"},
        {"id": "5", "program": "nj_etpl:70001"},
        {"id": "6"},
    ]
    source.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    assert check_batch(checker, source, target, TEXTS, ON) == 0
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [each["id"] for each in found] == ["1", "2", "3", "4", "5", "6"]
    matched = [each["matched"] and each["matched"]["id"] for each in found]
    assert matched == ["ipeds:900001", "ipeds:900005", None, None, "nj_providers:9001", None]
    assert {"id", "rule", "verdict", "severity", "stale", "message", "evidence", "source"} <= found[1]["findings"][
        0
    ].keys()
    assert len(found[3]["candidates"]) == 2
