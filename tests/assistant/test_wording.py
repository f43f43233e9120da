"""Words of findings: one for every branch that a rule can take, in both languages, and every figure from the record."""

from __future__ import annotations

import ast
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import ingestion.bars
import ingestion.quality
from assistant.findings import rules_of
from assistant.verify import FIGURE
from assistant.wording import ANY, figures_of, message, text_key
from catalog.records import Finding, ListStatus, Provenance, Reported, Rule, Severity, Unit, Verdict
from ingestion.accreditors import NEGATIVE
from ingestion.bars import WITHHELD
from ingestion.notices import KINDS
from ingestion.quality.credential_unnamed import CLAIMS
from ingestion.rulebook import all_rules
from prompts import LANGUAGES, Texts

RULES = {name: module.rule for name, module in all_rules().items()}
OF_INSTITUTION = "_of_institution"
SHARED = ("judge_rate", "unusable", "agreed", "missing_finding")
PAY = ("earnings_q2", "cost_payback", "low_earnings")
VALUES = (
    "agency=Commission on Trades",
    "scope=Institutional Accreditation",
    "act=Probation or Equivalent or a More Severe Status: Probation",
    "dated=2019-03-08",
    "stated_reason=Audit Late/Missing.",
    "later=2019-03-08:Renewal of Accreditation",
    "words=HCM - Cash Monitoring 1, under Section 702, for $95.5 million",
    "link=https://example.org/notice-2019",
    "named=EXAMPLE COLLEGE",
    "place_of=Example University",
    "chain=Example Holdings",
    "of_chain=yes",
    "complaints=12",
    "undergraduates=1424.0:2019-06",
    "definition=nj_wage_match",
    "peers_state=NJ",
    "peers_cip=51.3902",
    "peers=59",
    "peers_lower=43",
    "pay_of=provider_cip",
    "cost_total_usd=7217.67",
    "quarters_allowed=4",
    "quarters_needed=3.1",
    "held_back=clock_hours",
    "clock_hours=300.0",
    "weeks_min=13.0",
    "weeks_max=26.0",
    "threshold_state=NJ",
    "2019-11-18=approved",
    "2020-08-11=suspended",
)


def _constants(node: ast.AST) -> set[str]:
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def _says_verdict(node: ast.AST) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "Verdict" for each in ast.walk(node))


def _reasons_in(tree: ast.AST) -> set[str]:
    """Constants that follow a verdict in a call or tuple, and those that functions named for it return."""
    found: set[str] = set()
    for node in ast.walk(tree):
        parts = node.args if isinstance(node, ast.Call) else node.elts if isinstance(node, ast.Tuple) else []
        for verdict, reason in pairwise(parts):
            if _says_verdict(verdict) and not _says_verdict(reason):
                found |= _constants(reason)
        if isinstance(node, ast.FunctionDef) and node.name in ("_doubt", "_reason"):
            returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
            for value in returned:
                branches = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
                found |= {b.value for b in branches if isinstance(b, ast.Constant) and isinstance(b.value, str)}
    return found


def reasons_of(name: str) -> set[str]:
    """Every branch that a rule's file can decide by, read from its source and from what it shares."""
    source = Path(ingestion.quality.__path__[0], f"{name}.py").read_text(encoding="utf-8")
    found = _reasons_in(ast.parse(source))
    shared = ast.parse(Path(ingestion.bars.__file__).read_text(encoding="utf-8"))
    functions = {node.name: node for node in shared.body if isinstance(node, ast.FunctionDef)}
    for each in SHARED:
        if f"{each}(" in source:
            found |= _reasons_in(functions[each])
    if "judge_rate(" in source:
        found |= _reasons_in(functions["unusable"])
    if "WITHHELD[" in source or "unusable(" in source or "judge_rate(" in source:
        found |= set(WITHHELD.values())
    if name == "credential_unnamed":
        found = {f"{claim}_not_named" for claim, _ in CLAIMS}
    if name == "accreditor_action":
        found |= {key for key, _ in NEGATIVE.values()} | _standings()
    if name == "va_caution_flag":
        found |= ({kind for kind, _ in KINDS} | {"other_notice"}) - {"settlement"}
    if name == "list_status":
        found |= set(ListStatus)
    if OF_INSTITUTION in source:
        found |= {f"{reason}{OF_INSTITUTION}" for reason in found}
    return {reason for reason in found if reason.isidentifier()}


def _standings() -> set[str]:
    import ingestion.accreditors

    found: set[str] = set()
    for node in ast.walk(ast.parse(Path(ingestion.accreditors.__file__).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Standing" and _is_unclear(node.args[1]):
            found |= _constants(node.args[2])
    return found


def _is_unclear(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "UNCLEAR"


PAIRS = sorted((name, reason) for name in RULES for reason in reasons_of(name))


def finding_of(rule: Rule, reason: str, **changes: object) -> Finding:
    """A finding with everything that a branch may speak of."""
    money = rule.id in PAY
    measures = {"learner_rating": "learner_rating", "completion_rate": "completion_rate"}
    measure = measures.get(rule.id, "median_earnings_q2" if money else "employment_rate_q2")
    fields: dict[str, object] = {
        "id": "0123456789abcdef",
        "rule": rule.id,
        "subject_kind": rule.level,
        "subject_id": "x:1",
        "verdict": Verdict.CANNOT_TELL,
        "severity": Severity.INFO,
        "full_severity": Severity.INFO,
        "stale": False,
        "judged_on": date(2026, 11, 24),
        "as_of": "2026-06-30",
        "reason": reason,
        "value": 5_123.5 if money else 0.694,
        "unit": Unit.USD_PER_QUARTER if money else Unit.FRACTION,
        "n": 1_250,
        "threshold": 5_868.75 if money else 0.7,
        "interval_low": 0.41,
        "interval_high": 0.699,
        "values": (f"measure={measure}", *VALUES),
        "evidence": ("a.csv|1|rate=0.694",),
        "provenance": Provenance(source="nj_etpl", record_id="x:1", as_of="2026-06-30"),
    }
    return Finding.model_validate(fields | changes)


def test_the_scan_of_the_rules_finds_their_branches():
    assert len(PAIRS) > 100
    assert {("hcm", "level_2"), ("placement_q2", "provider_outside_state"), ("closed_or_closing", "not_dated")} <= {
        *PAIRS
    }
    assert {("accreditor_action", "show_cause"), ("accreditor_action", "stayed_pending_appeal")} <= {*PAIRS}


@pytest.mark.parametrize(("rule", "reason"), PAIRS)
def test_every_branch_has_words_in_both_languages(rule, reason):
    for language in LANGUAGES:
        texts = Texts(language)
        assert texts.has(text_key(finding_of(RULES[rule], reason), texts)), f"{rule}.{reason} has no {language} text"


@pytest.mark.parametrize(("rule", "reason"), PAIRS)
def test_a_finding_of_every_branch_is_worded_with_its_own_figures_only(rule, reason):
    finding = finding_of(RULES[rule], reason)
    for language in LANGUAGES:
        said = message(finding, RULES[rule], Texts(language))
        assert "None" not in said
        assert "2026-06-30" in said
        allowed = figures_of(finding, RULES[rule])
        assert {f for f in FIGURE.findall(said) if f.replace(" ", "") not in allowed} == set()


@pytest.mark.parametrize("reason", sorted(WITHHELD.values()))
def test_what_is_withheld_is_never_called_bad(reason):
    finding = finding_of(RULES["placement_q2"], reason, value=None, n=None, interval_low=None, interval_high=None)
    said = message(finding, RULES["placement_q2"], Texts("en"))
    assert not {"bad", "poor", "below", "low"} & set(said.lower().split())


def test_every_finding_of_a_snapshot_is_worded_with_its_own_figures_only(assistant):
    rules = rules_of(assistant.snapshot)
    findings = assistant.snapshot.select(Finding, "TRUE")
    assert len(findings) > 150
    assert {(f.rule, f.reason) for f in findings} <= {*PAIRS}
    for finding in findings:
        for language in LANGUAGES:
            said = message(finding, rules[finding.rule], Texts(language))
            allowed = figures_of(finding, rules[finding.rule])
            assert "None" not in said
            assert {f for f in FIGURE.findall(said) if f.replace(" ", "") not in allowed} == set(), said


def test_texts_hold_no_branch_that_no_rule_takes():
    texts = Texts("en")
    groups = {f"finding_{name}" for name in RULES}
    written = {
        tuple(key.removeprefix("finding_").split(".")) for key in sorted(texts.keys()) if key.split(".")[0] in groups
    }
    assert written <= {*PAIRS}


def test_rules_have_their_words():
    for language in LANGUAGES:
        texts = Texts(language)
        for rule in RULES.values():
            keys = (f"rule.{rule.title}", f"population.{rule.population}", f"rule_measure.{rule.measure}")
            for key in (*keys, f"for_whom.{rule.for_whom}", f"basis.{rule.basis}"):
                assert texts.has(key), key


def test_what_is_missing_can_be_asked_for(assistant):
    texts = Texts("en")
    missing = {f.missing for f in assistant.snapshot.select(Finding, "missing IS NOT NULL")}
    assert missing
    assert {key for key in missing if not texts.has(f"ask.{key}")} == set()


def test_an_old_finding_says_its_date_first_and_where_the_current_list_is():
    old = finding_of(RULES["list_status"], "suspended", stale=True, as_of="2020-08-11")
    there = old.model_copy(update={"values": (*old.values, "current_url=https://mycareer.nj.gov/training")})
    said = message(there, RULES["list_status"], Texts("en"))
    assert said.startswith("As of 2020-08-11")
    assert "The current list: https://mycareer.nj.gov/training" in said
    assert "The current list" not in message(old, RULES["list_status"], Texts("en"))


def test_a_rule_about_one_list_names_it_whatever_the_source():
    old = finding_of(RULES["hcm"], "level_2", stale=True, as_of="2019")
    elsewhere = old.model_copy(update={"values": (*old.values, "current_url=https://collegescorecard.ed.gov/")})
    said = message(elsewhere, RULES["hcm"], Texts("en"))
    assert RULES["hcm"].current_url in said
    assert "collegescorecard" not in said


@pytest.mark.parametrize(("language", "words"), [("en", "of which it is a part"), ("es", "de la que forma parte")])
def test_a_finding_about_the_whole_says_whose_it_is(language, words):
    said = message(finding_of(RULES["hcm"], "level_2"), RULES["hcm"], Texts(language), whole="Harbor <b>College")
    assert words in said
    assert "Harbor" in said
    assert "<b>" not in said


def test_an_act_on_single_programs_asks_whether_this_one_is_meant():
    act = finding_of(RULES["accreditor_action"], "probation")
    said = message(act, RULES["accreditor_action"], Texts("en"), program_scope="Nursing (ADNUR)")
    assert "programs named Nursing (ADNUR): ask if this one is among them" in said.replace("\\", "")
    assert "among them" not in message(act, RULES["accreditor_action"], Texts("en"))


def test_a_list_without_a_date_says_so():
    said = message(finding_of(RULES["hcm"], "level_1", stale=True, as_of=None), RULES["hcm"], Texts("es"))
    assert said.startswith("De una lista que no dice su fecha")


def test_a_chains_settlement_is_said_to_be_the_chains():
    said = message(finding_of(RULES["settlement"], "settlement_of_chain"), RULES["settlement"], Texts("en"))
    assert "it is the chain's" in said
    assert "need not admit a fault" in said


def test_a_notice_is_no_finding():
    assert "A notice is not a finding" in message(
        finding_of(RULES["va_caution_flag"], "lawsuit_filed"), RULES["va_caution_flag"], Texts("en")
    )


def test_words_of_a_source_are_no_markup():
    values = ("words=<b>[x](javascript:alert)", "dated=2020-01-01", "link=javascript:alert(1)")
    said = message(finding_of(RULES["settlement"], "settlement", values=values), RULES["settlement"], Texts("en"))
    assert "<b>" not in said.replace("\\<b\\>", "")
    assert "javascript:alert(1)" not in said


def test_a_rate_just_under_the_bar_does_not_look_like_the_bar():
    finding = finding_of(RULES["placement_q2"], "whole_interval_below", value=0.697)
    said = message(finding, RULES["placement_q2"], Texts("en"))
    assert "69.7%" in said
    assert "69.9%" in said


def test_a_correction_is_shown_beside_the_finding():
    finding = finding_of(
        RULES["hcm"],
        "level_1",
        correction_en="The audit was filed.",
        correction_es="Se entregó.",
        correction_url="https://example.org/a",
    )
    assert message(finding, RULES["hcm"], Texts("en")).endswith(
        "Reply or correction: The audit was filed. (https://example.org/a)"
    )
    assert "Se entregó" in message(finding, RULES["hcm"], Texts("es"))


def test_reported_keys_are_those_of_the_records():
    assert set(WITHHELD) == set(Reported) - {Reported.VALUE}
    assert Texts("en").has(f"{ANY}.suppressed")
