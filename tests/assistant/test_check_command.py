"""The command line: check, explain and audit-ad, as text and JSON, and bad input."""

from __future__ import annotations

import io
import json

import pytest

from assistant.__main__ import main


@pytest.fixture(autouse=True)
def home(settings, monkeypatch):
    monkeypatch.setenv("NAVIGATOR_HOME", str(settings.home))
    monkeypatch.setenv("NAVIGATOR_EMBEDDINGS", "use")


def test_check_as_text_has_sources(capsys):
    assert main(["check", "Gone Career Center", "--state", "nj"]) == 0
    said = capsys.readouterr().out
    assert "GONE CAREER CENTER" in said
    assert "**Sources**" in said
    assert "Alert" in said


def test_check_in_spanish(capsys):
    assert main(["check", "Gone Career Center", "--lang", "es"]) == 0
    assert "Alerta" in capsys.readouterr().out


def test_check_as_json_then_explain(capsys):
    assert main(["check", "Gone Career Center", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    key = found["findings"][0]["id"]
    assert main(["explain", key]) == 0
    assert key in capsys.readouterr().out
    assert main(["explain", key, "--json", "--lang", "es"]) == 0
    assert json.loads(capsys.readouterr().out)["finding"]["id"] == key


def test_check_a_program(capsys):
    assert main(["check", "--program", "nj_etpl:70001"]) == 0
    assert "Found by its program" in capsys.readouterr().out
    assert main(["check", "--program", "nobody"]) == 0
    assert "No program has the id" in capsys.readouterr().out


def test_check_a_batch(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "a", "name": "Gone Career Center"}\n', encoding="utf-8")
    assert main(["check", "--batch", str(source), "--out", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8"))["matched"]["id"] == "ipeds:900005"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "line 2"),
        ('{"name": "x"}', "'id'"),
        ('{"id": "a", "state": "Jersey"}', "state"),
        ('{"id": "a", "extra": 1}', "extra"),
        ('{"id": [7], "name": "x"}', "id"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_written(tmp_path, capsys, line, message):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": "ok", "name": "x"}\n' + line, encoding="utf-8")
    assert main(["check", "--batch", str(source), "--out", str(target)]) == 1
    assert message in capsys.readouterr().err.replace("\n", " ")
    assert not target.exists()


@pytest.mark.parametrize(
    "arguments", [["check"], ["check", "x", "--state", "Jersey"], ["check", "--batch", "in.jsonl"], ["explain"]]
)
def test_wrong_arguments_say_so(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err


def test_an_unknown_finding(capsys):
    assert main(["explain", "nope"]) == 1
    assert "nope" in capsys.readouterr().err


def test_an_advert_from_a_file_and_from_standard_input(tmp_path, capsys, monkeypatch):
    advert = tmp_path / "ad.txt"
    advert.write_bytes("¡Trabajo garantizado! \xff".encode("latin-1"))
    assert main(["audit-ad", str(advert), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["marks"][0]["kind"] == "guaranteed_job"
    monkeypatch.setattr("sys.stdin", io.StringIO("Enroll today!"))
    assert main(["audit-ad", "-", "--lang", "es"]) == 0
    assert "Le presiona para decidir" in capsys.readouterr().out


def test_an_advert_that_is_not_there(tmp_path, capsys):
    assert main(["audit-ad", str(tmp_path / "no.txt")]) == 1
    assert "no.txt" in capsys.readouterr().err.replace("\n", "")
