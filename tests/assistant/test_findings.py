"""Findings beside programs: the gravest first, aged to the day, and an alert is never dropped."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import FindingCard, Persona, Question
from assistant.assistant import Assistant
from assistant.evidence import Sources
from assistant.findings import finding_card, findings_about, findings_of, gravity, rules_of
from assistant.understand.reading import Reader
from assistant.verify import MARK, Ledger, verified
from assistant.writer import ProgramWriter, finding_line, undecided_line
from catalog.records import Finding, Program, Provider, Severity, Verdict
from prompts import Texts


def card(**changes: object) -> FindingCard:
    fields = {"id": "a" * 16, "rule": "hcm", "verdict": "alert", "severity": "serious", "stale": False}
    return FindingCard.model_validate(fields | {"message": "It says 41% of 9.", "citation": 3} | changes)


@pytest.fixture
def snapshot(assistant: Assistant):
    return assistant.snapshot


def test_alerts_come_first_then_weight_then_the_current_ones(snapshot):
    found = snapshot.select(Finding, "TRUE")
    ordered = sorted(found, key=gravity)
    verdicts = [each.verdict for each in ordered]
    assert verdicts == sorted(verdicts, key=[Verdict.ALERT, Verdict.BELOW, Verdict.CANNOT_TELL, Verdict.MEETS].index)
    alerts = [each.severity for each in ordered if each.verdict is Verdict.ALERT]
    assert alerts == sorted(alerts, key=[Severity.SERIOUS, Severity.CAUTION, Severity.INFO].index)


def test_a_program_bears_its_own_findings_its_fields_and_its_providers(snapshot):
    programs = snapshot.get(Program, ["nj_etpl:70001"])
    providers = snapshot.get(Provider, [p.provider_id for p in programs.values()])
    found = findings_of(snapshot, list(programs.values()), providers, rules_of(snapshot))["nj_etpl:70001"]
    assert {each.subject_kind for each in found} == {"program", "provider", "provider_cip"}
    assert {each.subject_id.partition("|")[0] for each in found} == {"nj_etpl:70001", "nj_providers:9001"}


def test_a_program_does_not_bear_the_findings_of_other_programs(snapshot):
    programs = snapshot.get(Program, ["nj_etpl:70001", "nj_etpl:70002"])
    providers = snapshot.get(Provider, [p.provider_id for p in programs.values()])
    found = findings_of(snapshot, list(programs.values()), providers, rules_of(snapshot))
    for key, findings in found.items():
        assert {each.subject_id for each in findings if each.subject_kind == "program"} <= {key}


def test_age_weighs_and_the_verdict_stays(snapshot):
    rules = rules_of(snapshot)
    subjects = {
        "provider": ["ipeds:900002", "ipeds:900007"],
        "program": ["dol_etp:00000001-aaaa-bbbb-cccc-000000000000"],
    }
    young = {each.id: each for each in findings_about(snapshot, subjects, rules, date(2026, 11, 24))}
    old = {each.id: each for each in findings_about(snapshot, subjects, rules, date(2036, 11, 24))}
    assert young.keys() == old.keys()
    assert any(old[key].stale and not young[key].stale for key in old)
    assert {key: each.verdict for key, each in young.items()} == {key: each.verdict for key, each in old.items()}


def test_a_clock_that_runs_behind_makes_nothing_younger(snapshot):
    found = findings_about(snapshot, {"provider": ["ipeds:900007"]}, rules_of(snapshot), date(2018, 1, 1))
    assert all(each.stale for each in found)


def test_nobody_asked_for_is_nothing_found(snapshot):
    assert findings_about(snapshot, {"program": []}, rules_of(snapshot)) == []
    assert findings_about(snapshot, {"program": ["no:1"]}, rules_of(snapshot)) == []


def test_an_answer_shows_findings_with_their_citation(assistant):
    answer = assistant.ask(Question(text="truck driving in Union City", persona=Persona.LEARNER))
    shown = [finding for program in answer.programs for finding in program.findings]
    assert shown
    numbers = {citation.number for citation in answer.citations}
    assert {finding.citation for finding in shown} <= numbers
    assert answer.dropped_sentences == 0
    assert "That is neither good nor bad; ask the school." in answer.text


def test_an_alert_stands_right_below_its_programs_heading(assistant):
    shown = assistant.ask(Question(text="truck driving in Union City")).programs[0]
    cards = (card(), card(verdict="below", severity="info"), card(verdict="cannot_tell"), card(verdict="meets"))
    program = shown.model_copy(update={"findings": cards})
    ledger = Ledger()
    ledger.add_card(program)
    ledger.add(0, {"1"})
    query = Reader(assistant.snapshot).read(Question(text="truck driving"))
    lines, problems = verified(ProgramWriter(Texts("en"), query).program(program, 1), ledger)
    assert lines[1] == "- Alert (serious): It says 41% of 9. [3]"
    assert "- Below the bar (for information): It says 41% of 9. [3]" in lines
    assert not any(line.startswith("- Meets") for line in lines)
    assert problems == []


def test_the_sources_below_an_answer_are_those_that_it_cites(assistant):
    answer = assistant.ask(Question(text="truck driving in Union City"))
    body, _, sources = answer.text.partition("**Sources**")
    assert {int(n) for n in MARK.findall(body)} == {int(n) for n in MARK.findall(sources)}


def test_a_program_outside_of_a_grants_length_is_not_called_below_a_bar():
    screen = card(rule="workforce_pell", verdict="below", severity="info", message="Too short for a grant.")
    assert finding_line(screen, Texts("en")) == "- Too short for a grant. [3]"


def test_an_alert_is_never_dropped_by_verification():
    ledger = Ledger()
    ledger.add_finding(card())
    lines = [finding_line(card(), Texts("en"))]
    assert verified(lines, ledger) == (lines, [])


def test_a_finding_changed_on_its_way_is_dropped():
    ledger = Ledger()
    ledger.add_finding(card())
    kept, problems = verified([finding_line(card(message="It says 14% of 9."), Texts("en"))], ledger)
    assert (kept, len(problems)) == ([], 1)


def test_what_cannot_be_told_is_one_line():
    cards = [card(verdict="cannot_tell", rule=rule) for rule in ("hcm", "placement_q2", "hcm")]
    lines = list(undecided_line(cards, Texts("en")))
    assert len(lines) == 1
    assert lines[0].count("Heightened cash monitoring") == 1
    assert list(undecided_line([card()], Texts("en"))) == []


def _of_part(snapshot, whole: str, **program: object) -> tuple[Finding, ...]:
    """What a program bears whose school is said to be a part of a whole."""
    own = snapshot.get(Program, ["nj_etpl:70001"])["nj_etpl:70001"].model_copy(update=program)
    providers = snapshot.get(Provider, [own.provider_id])
    wholes = {own.provider_id: list(snapshot.get(Provider, [whole]).values())}
    return findings_of(snapshot, [own], providers, rules_of(snapshot), wholes=wholes)[own.id]


def _alerted(snapshot, rule: str) -> Finding:
    return snapshot.select(Finding, "verdict = 'alert' AND subject_kind = 'provider' AND rule = ?", [rule])[0]


def test_a_program_of_a_part_bears_the_alerts_of_the_whole(snapshot):
    alert = _alerted(snapshot, "hcm")
    found = _of_part(snapshot, alert.subject_id)
    assert alert.id in {each.id for each in found}
    others = [each for each in found if each.subject_id == alert.subject_id]
    assert {each.verdict for each in others} == {Verdict.ALERT}
    assert list(found) == sorted(found, key=gravity)


def test_a_program_of_no_part_bears_no_others_alerts(snapshot):
    alert = _alerted(snapshot, "hcm")
    programs = snapshot.get(Program, ["nj_etpl:70001"])
    providers = snapshot.get(Provider, [p.provider_id for p in programs.values()])
    found = findings_of(snapshot, list(programs.values()), providers, rules_of(snapshot))["nj_etpl:70001"]
    assert alert.id not in {each.id for each in found}


def test_a_card_names_the_whole(snapshot):
    alert, rules = _alerted(snapshot, "hcm"), rules_of(snapshot)
    sources = Sources(snapshot)
    said = finding_card(alert, rules["hcm"], "Harbor Camden", sources, Texts("en"), whole="Harbor College")
    assert "About Harbor College, of which it is a part: " in said.message
    assert sources.citations[0].title.endswith("Harbor College")
    assert "part:" not in finding_card(alert, rules["hcm"], "Harbor Camden", sources, Texts("en")).message
