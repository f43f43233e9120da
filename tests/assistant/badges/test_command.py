"""The command: a report in both languages, JSON, a clear error, and no network unless it is allowed."""

from __future__ import annotations

import io
import json
import socket

import pytest

from assistant.__main__ import main


@pytest.fixture(autouse=True)
def no_look_ups(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("a name was looked up"))


@pytest.fixture
def badge(issuer, tmp_path):
    path = tmp_path / "badge.json"
    college = "https://college.example/issuer"
    path.write_text(json.dumps(issuer.sign(issuer.badge(issuer=college), method=f"{college}#1")))
    return path


def test_the_report_is_printed(badge, issuer, tmp_path, capsys):
    key = tmp_path / "key.txt"
    key.write_text(issuer.multikey)
    assert main(["badge", str(badge), "--key", str(key), "--on", "2026-11-24"]) == 0
    assert capsys.readouterr().out.startswith("Valid on 2026-11-24")
    assert main(["badge", str(badge), "--lang", "es", "--on", "2026-11-24"]) == 0
    assert capsys.readouterr().out.startswith("No se puede saber el 2026-11-24")


def test_json_holds_every_check(badge, capsys):
    assert main(["badge", str(badge), "--json", "--on", "2025-01-01"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["verdict"], report["on"]) == ("invalid", "2025-01-01")
    assert {check["about"] for check in report["checks"]} == {"structure", "dates", "signature", "status"}


def test_standard_input_is_read(badge, monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(badge.read_bytes())))
    assert main(["badge", "-"]) == 0
    assert "Forklift" in capsys.readouterr().out


@pytest.mark.parametrize(("language", "words"), [("en", "one object as a badge is"), ("es", "un objeto como lo es")])
def test_a_bad_file_is_an_error_in_the_readers_language(tmp_path, capsys, language, words):
    path = tmp_path / "bad.json"
    path.write_text("[1]")
    assert main(["badge", str(path), "--lang", language]) == 1
    assert words in " ".join(capsys.readouterr().err.split())


def test_a_missing_file_or_key_is_an_error(badge, tmp_path, capsys):
    assert main(["badge", str(tmp_path / "none.json")]) == 1
    assert main(["badge", str(badge), "--key", str(tmp_path / "none.pem")]) == 1
    assert main(["badge", str(badge), "--key", str(badge)]) == 1
    assert "none.json" in capsys.readouterr().err.replace("\n", "")


def test_fifty_megabytes_are_refused_without_being_read(tmp_path, capsys):
    path = tmp_path / "big.json"
    with path.open("wb") as stream:
        stream.truncate(50 * 1024**2)
    assert main(["badge", str(path)]) == 1
    assert "too big" in capsys.readouterr().err
