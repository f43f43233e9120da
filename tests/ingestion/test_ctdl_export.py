"""The command that writes our programs as CTDL, and its way back through a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from catalog.home import Home, bundled_folder
from catalog.records import Program
from catalog.snapshot import Snapshot
from ingestion.__main__ import main
from ingestion.ctdl_export import documents
from ingestion.ctdl_files import LINES
from ingestion.ctdl_words import DEFINITIONS, SHARED_COHORT
from ingestion.ctdl_writing import MAPPED, ctid_of, sayable
from ingestion.run import run
from ingestion.source import all_sources

STRIDE = 25


@pytest.fixture(scope="module")
def bundled():
    snapshot = Snapshot(bundled_folder())
    yield snapshot
    snapshot.close()


@pytest.fixture
def home(tmp_path: Path, fixture_raw: Path) -> Path:
    names = ("nj_providers", "nj_credentials", "nj_in_demand", "nj_etpl", "nj_outcomes")
    run(fixture_raw, Home(tmp_path / "h"), {name: all_sources()[name] for name in names}, check_counts=False)
    return tmp_path / "h"


def test_the_command_writes_what_a_run_reads(home: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "raw" / LINES.path
    out.parent.mkdir(parents=True)
    assert main(["export-ctdl", "--home", str(home), "--out", str(out)]) == 0
    lines = out.read_text(encoding="utf-8").splitlines()
    assert capsys.readouterr().out.startswith(f"{len(lines)} programs in ")
    again = Home(tmp_path / "again")
    run(tmp_path / "raw", again, {"ctdl": all_sources()["ctdl"]}, check_counts=False)
    with_measures = Home(home).open()
    back = again.open()
    ids = with_measures.ids("programs", "provider_id IN (SELECT id FROM providers) OR provider_name IS NOT NULL")
    assert len(ids) == len(lines)
    assert sorted(back.ids("programs")) == sorted(f"ctdl:{ctid_of(key)}" for key in ids)
    for key, program in with_measures.get(Program, ids).items():
        found = back.get(Program, [f"ctdl:{ctid_of(key)}"])[f"ctdl:{ctid_of(key)}"]
        said = sayable(program)
        names = [name for name in MAPPED if name != "provider_name"]
        assert {name: getattr(found, name) for name in names} == {name: getattr(said, name) for name in names}
    figures = (
        "SELECT count(*), sum(n) FROM measures WHERE subject_id IN (SELECT provider_id || '|' || cip FROM programs)"
    )
    assert back.query(figures) == with_measures.query(figures)
    assert back.query(figures)[0][0] > 0
    with_measures.close()
    back.close()


def test_one_program(home: Path, tmp_path: Path) -> None:
    snapshot = Home(home).open()
    key = snapshot.ids("programs")[0]
    snapshot.close()
    out = tmp_path / "one.jsonl"
    out.write_text("old", encoding="utf-8")
    assert main(["export-ctdl", "--home", str(home), "--out", str(out), "--program", key]) == 0
    (line,) = out.read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["@graph"][0]["ceterms:ctid"] == ctid_of(key)


def test_an_unknown_program_is_said_and_nothing_is_written(home: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "none.jsonl"
    assert main(["export-ctdl", "--home", str(home), "--out", str(out), "--program", "nj_etpl:none"]) == 1
    assert "No program has the id nj_etpl:none" in " ".join(capsys.readouterr().err.split())
    assert not out.exists()


def test_a_folder_that_is_not_there_is_said(home: Path, tmp_path: Path, capsys) -> None:
    assert main(["export-ctdl", "--home", str(home), "--out", str(tmp_path / "no" / "x.jsonl")]) == 1
    assert "x.jsonl" in capsys.readouterr().err.replace("\n", "")


def test_programs_of_the_bundled_snapshot_name_their_school_and_are_json(bundled: Snapshot) -> None:
    ids = bundled.ids("programs")[::STRIDE]
    written = list(documents(bundled, ids))
    assert len(ids) - len(written) < len(ids) / 10
    for document in written:
        json.dumps(document, allow_nan=False)
        program, school = document["@graph"][:2]
        assert program["ceterms:offeredBy"] == [school["@id"]]
        assert school["ceterms:name"]["en"]


def test_programs_of_the_bundled_snapshot_come_back(bundled: Snapshot, tmp_path: Path) -> None:
    programs = bundled.get(Program, bundled.ids("programs")[::STRIDE])
    lines = [json.dumps(document) for document in documents(bundled, list(programs))]
    (tmp_path / LINES.path).parent.mkdir()
    (tmp_path / LINES.path).write_text("\n".join(lines), encoding="utf-8")
    run(tmp_path, Home(tmp_path / "home"), {"ctdl": all_sources()["ctdl"]}, check_counts=False)
    back = Home(tmp_path / "home").open()
    compared = 0
    for key, program in programs.items():
        for found in back.get(Program, [f"ctdl:{ctid_of(key)}"]).values():
            said, compared = sayable(program), compared + 1
            names = [name for name in MAPPED if name != "provider_name"]
            assert {name: getattr(found, name) for name in names} == {name: getattr(said, name) for name in names}
    assert compared == len(lines) > len(programs) * 0.9
    assert back.manifest.files[0].held_back == 0
    back.close()


def test_every_definition_of_a_programs_figure_is_known(bundled: Snapshot) -> None:
    sql = """
        SELECT DISTINCT definition FROM measures WHERE subject_kind = 'program' OR (subject_kind = 'provider_cip'
        AND subject_id IN (SELECT provider_id || '|' || cip FROM programs))
    """
    found = {definition.removesuffix(SHARED_COHORT) for (definition,) in bundled.query(sql)}
    assert found <= DEFINITIONS
    assert len(found) > 5
