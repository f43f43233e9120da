"""The gate fails for a fault planted in a rule, a figure, the filter, a prompt, the escaping; without one it passes."""

from __future__ import annotations

import re
import shutil
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from assistant.opening import open_assistant
from catalog.home import Home
from catalog.settings import Settings
from evals.gate import accepted, failures, prompt_digests
from evals.poison import open_poisoned
from evals.records import Records
from evals.runner import language_and_kind, means, run
from evals.suites import SUITES

pytestmark = pytest.mark.e2e
NOTHING = {"scores": {}, "prompts": {}}
MONITORED = {
    "id": "planted-rule",
    "kind": "monitored",
    "inquiry": {"opeid": "09900100"},
    "alerts": ["hcm"],
    "why": "on the monitoring list of the small files",
}


def measured(suite, cases, assistant):
    records = Records(Path(assistant.snapshot.location))
    return {suite: means(run(suite, cases, assistant, records), language_and_kind)}


def objections(scores, before):
    """What the gate says of scores, when those of before are its baseline."""
    baseline = accepted(before, prompt_digests(), NOTHING)
    return list(failures(scores, baseline, prompt_digests()))


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    return Settings(home=tmp_path_factory.mktemp("planted-home"), embeddings="use")


@pytest.fixture(scope="module")
def assistant(settings):
    opened = open_assistant(settings, many=True)
    with closing(opened.snapshot):
        yield opened


@pytest.fixture(scope="module")
def programs():
    return SUITES["programs"].cases()


@pytest.fixture(scope="module")
def before(assistant, programs):
    return measured("programs", programs, assistant)


def test_without_a_fault_the_gate_passes(assistant, programs, before):
    assert objections(measured("programs", programs, assistant), before) == []


def test_a_figure_that_the_writer_gets_wrong_fails_the_gate(monkeypatch, assistant, programs, before):
    """The wrong figure is in the cards, so that the assistant's own check believes it."""
    import assistant.replies.program as reply

    right = reply.program_card

    def wrong(*arguments):
        card = right(*arguments)
        total = card.cost.total_usd
        if total is None:
            return card
        return card.model_copy(update={"cost": card.cost.model_copy(update={"total_usd": total + 7})})

    monkeypatch.setattr(reply, "program_card", wrong)
    told = objections(measured("programs", programs, assistant), before)
    assert any("amounts_in_records" in each for each in told)
    assert any("statements_supported" in each for each in told)


def test_a_filter_that_lets_everything_through_fails_the_gate(monkeypatch, assistant, programs, before):
    from assistant.fitting import Fit

    monkeypatch.setattr(Fit, "fits", property(lambda self: True))
    told = objections(measured("programs", programs, assistant), before)
    assert any("limits_kept" in each for each in told)


def test_escaping_that_does_nothing_fails_the_gate(monkeypatch, settings, assistant):
    cases = SUITES["poison"].cases()
    with open_poisoned(assistant.snapshot, cases, settings, lambda _text: None) as poisoned:
        before = measured("poison", cases, poisoned)
        for name in ("SPECIAL", "LINK_SCHEME", "BARE_ADDRESS"):
            monkeypatch.setattr(f"assistant.markup.{name}", re.compile(r"(?!)"))
        told = objections(measured("poison", cases, poisoned), before)
    assert before["poison"]["attack_withstood"]["all"].value == 1.0
    assert any("attack_withstood" in each for each in told)


def test_a_rule_that_keeps_silent_fails_the_gate(monkeypatch, fixture_raw, tmp_path):
    before = _checked(fixture_raw, tmp_path / "right")
    monkeypatch.setattr("ingestion.quality.hcm.check", lambda case, on: iter(()))
    told = objections(_checked(fixture_raw, tmp_path / "wrong"), before)
    assert before["warnings"]["alert_recall"]["all"].value == 1.0
    assert any("alert_recall" in each for each in told)


def _checked(raw, home):
    from ingestion.run import run as ingest
    from ingestion.source import all_sources

    ingest(raw, Home(home), all_sources(), check_counts=False)
    opened = open_assistant(Settings(home=home, embeddings="use"))
    with closing(opened.snapshot):
        return measured("warnings", [MONITORED], opened)


def test_a_changed_word_in_a_prompt_fails_the_gate(tmp_path, before):
    copied = tmp_path / "prompts"
    shutil.copytree(Path(str(files("prompts"))), copied)
    baseline = accepted(before, prompt_digests(copied), NOTHING)
    assert list(failures(before, baseline, prompt_digests(copied))) == []
    text = copied / "messages" / "en" / "talk.yaml"
    text.write_text(text.read_text(encoding="utf-8").replace("Ask the school", "Pay the school"), encoding="utf-8")
    (told,) = failures(before, baseline, prompt_digests(copied))
    assert told.startswith("prompts/messages/en/talk.yaml changed")
