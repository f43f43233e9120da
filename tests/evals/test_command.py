"""The command: held-out cases are only summed, wrong arguments say so, the gate decides the exit code."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

import evals.__main__ as command
from evals.gate import prompt_digests
from evals.suites import SUITES


class Stub:
    """Stands in for the assistant: explains one standard, whatever is asked."""

    snapshot = SimpleNamespace(location="nowhere", content_hash="0" * 32)

    def ask(self, question):
        return self

    def model_dump(self, mode):
        answer = {"text": "A secret answer", "language": "en", "standards": [{"id": "eqos"}], "dropped_sentences": 0}
        return answer | {"citations": [], "query": {"filters": []}, "writer": "embedded", "programs": []}


@pytest.fixture
def baseline(monkeypatch, tmp_path):
    monkeypatch.setattr(command, "open_assistant", lambda *_, **__: Stub())
    path = tmp_path / "baseline.json"
    bar = {"standards.standard_right": {"value": 0.0, "tolerance": 0.0}}
    path.write_text(json.dumps({"scores": bar, "prompts": prompt_digests()}), encoding="utf-8")
    monkeypatch.setattr(command, "baseline_path", lambda: path)
    return path


def test_of_held_out_cases_only_sums_are_told(baseline, tmp_path, capsys):
    folder = tmp_path / "heldout"
    folder.mkdir()
    cases = [{"id": f"secret-{n}", "turns": ["A secret question"], "standards": ["wioa"]} for n in (1, 2)]
    (folder / "x.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases), encoding="utf-8")
    told = [tmp_path / "run.json", tmp_path / "run.html", folder / "LOG.md"]
    options = [
        "--cases",
        str(folder / "x.jsonl"),
        "--show-failures",
        "9",
        "--json",
        str(told[0]),
        "--html",
        str(told[1]),
    ]
    assert command.main(["run", "--suite", "standards", *options]) == 0
    output = "".join(capsys.readouterr()) + "".join(path.read_text(encoding="utf-8") for path in told)
    assert "standard_right" in output
    assert "secret" not in output.lower().replace(str(tmp_path).lower(), "")


@pytest.mark.parametrize(("bar", "code"), [(0.0, 0), (0.9, 1)])
def test_the_exit_code_is_the_gate_s(baseline, bar, code):
    kept = json.loads(baseline.read_text(encoding="utf-8"))
    kept["scores"]["standards.standard_right"]["value"] = bar
    baseline.write_text(json.dumps(kept), encoding="utf-8")
    assert command.main(["run", "--suite", "standards"]) == code


def test_accepting_one_suite_keeps_the_prompts_of_the_baseline(baseline):
    kept = json.loads(baseline.read_text(encoding="utf-8")) | {"prompts": {"old.md": "1"}}
    baseline.write_text(json.dumps(kept), encoding="utf-8")
    assert command.main(["run", "--suite", "standards", "--accept"]) == 0
    new = json.loads(baseline.read_text(encoding="utf-8"))
    assert new["prompts"] == {"old.md": "1"}
    assert 0 < new["scores"]["standards.standard_right"]["value"] < 1
    assert command.main(["run", "--suite", "standards"]) == 1


def test_a_model_that_words_nothing_is_an_error(baseline, capsys):
    assert command.main(["run", "--suite", "standards", "--writer", "some-model"]) == 2
    assert "some-model" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["run", "--suite", "no_such"], ["run", "--cases", "x.jsonl"]])
def test_wrong_arguments_say_so(arguments):
    with pytest.raises(SystemExit):
        command.main(arguments)


def test_cases_that_are_not_there_say_so(baseline, capsys):
    assert command.main(["run", "--suite", next(iter(SUITES)), "--cases", "nowhere.jsonl"]) == 2
    assert "nowhere.jsonl" in capsys.readouterr().err


def test_a_judge_needs_an_address(baseline, capsys):
    assert command.main(["run", "--suite", "standards", "--judge"]) == 2
    assert "NAVIGATOR_JUDGE_URL" in capsys.readouterr().err
