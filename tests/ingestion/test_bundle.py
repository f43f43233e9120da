"""The bundled snapshot holds facts and figures, and no publisher's sentences."""

from __future__ import annotations

import pytest

from catalog.home import Home
from catalog.records import Program
from catalog.snapshot import Snapshot
from ingestion.bundle import SENTENCES, write_bundle
from ingestion.run import run
from ingestion.source import all_sources

NAMES = ("nj_providers", "nj_credentials", "nj_in_demand", "nj_etpl", "nj_outcomes", "ctdl")
SENTENCES_OF_RECORDS = (
    "An exam and a test flight.",
    "Reads an air map",
    "Forty questions in one hour.",
    "A driver's licence.",
)


@pytest.fixture(scope="module")
def full(fixture_raw, tmp_path_factory):
    home = Home(tmp_path_factory.mktemp("home"))
    run(fixture_raw, home, {name: all_sources()[name] for name in NAMES}, check_counts=False)
    snapshot = home.open()
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="module")
def bundled(full, tmp_path_factory):
    folder = tmp_path_factory.mktemp("bundle") / "bundled"
    write_bundle(full, folder)
    snapshot = Snapshot(folder)
    yield snapshot
    snapshot.close()


def test_it_is_a_whole_snapshot_of_its_own(full, bundled):
    bundled.verify()
    assert bundled.content_hash != full.content_hash
    assert bundled.manifest.sources == full.manifest.sources


def test_it_holds_no_sentences(full, bundled):
    for table, columns in SENTENCES.items():
        for column in columns:
            assert bundled.query(f"SELECT count({column}) FROM {table}") == [(0,)]
    assert full.query("SELECT count(description) FROM programs")[0][0] > 0


def test_it_keeps_the_facts(full, bundled):
    for key, program in full.get(Program, full.ids("programs")).items():
        kept = bundled.get(Program, [key])[key]
        blank = {"description": None, "features": None, "prerequisite_text": None}
        assert kept == program.model_copy(update=blank)


def test_writing_again_gives_the_same_hash(full, bundled, tmp_path):
    assert write_bundle(full, tmp_path / "again").content_hash == bundled.content_hash


def test_it_holds_no_sentence_of_a_registry_record(full, bundled):
    def held(snapshot: Snapshot) -> str:
        found = []
        for table in ("credentials", "programs", "codes", "code_maps", "measures", "accreditations", "providers"):
            found += snapshot.query(f"SELECT * FROM {table} WHERE provenance_source = 'ctdl'")
        return str(found)

    before, after = held(full), held(bundled)
    assert all(sentence in before or sentence.replace("'", "\\'") in before for sentence in SENTENCES_OF_RECORDS)
    assert not any(sentence in after for sentence in SENTENCES_OF_RECORDS)
    assert "Certified Drone Inspector" in after
