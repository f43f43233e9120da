"""A small snapshot of our own making, and an embedding model that counts its work."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest

from catalog.home import Home
from catalog.manifest import Manifest
from catalog.records import (
    Code,
    Credential,
    CredentialKind,
    Occupation,
    Place,
    Program,
    Provenance,
    Provider,
    Standard,
)
from catalog.tables import SCHEMA_VERSION
from catalog.writer import SnapshotWriter

PROGRAMS = {
    "1": ("Welding Technology", "48.0508", "Hands-on welding of steel."),
    "2": ("Phlebotomy Technician", "51.1009", "Drawing blood."),
    "3": ("Certified Nurse Aide", "51.3902", None),
    "4": ("CompTIA A+ Computer Repair", "47.0104", None),
    "5": ("Técnico en Refrigeración", "47.0201", None),
    "6": ("C# Programming", "11.0201", None),
}


def source(key):
    return Provenance(source="toy", record_id=key)


def records():
    yield Provider(
        id="toy:p", name="Garden Trade School", place=Place(city="Newark", state="NJ"), provenance=source("p")
    )
    for key, (name, cip, text) in PROGRAMS.items():
        yield Program(
            id=f"toy:{key}",
            name=name,
            provider_id="toy:p",
            provider_name="Garden Trade School",
            cip=cip,
            soc=("51-4121",) if key == "1" else (),
            description=text,
            place=Place(city="Newark", state="NJ"),
            provenance=source(key),
        )
    yield Code(
        system="soc2018", code="51-4121", title="Welders, Cutters, Solderers, and Brazers", provenance=source("c")
    )
    yield Code(system="cip2020", code="51.1009", title="Phlebotomy Technician/Phlebotomist", provenance=source("d"))
    for key, retired in (("new", False), ("old", True)):
        yield Credential(
            id=f"toy:{key}",
            name=f"Switch Specialist {key}",
            kind=CredentialKind.CERTIFICATION,
            retired=retired,
            provenance=source(key),
        )
    yield Occupation(
        id="onet:51-4121.00",
        onet_soc="51-4121.00",
        soc="51-4121",
        title="Welders",
        alternate_titles=("Arc Welder",),
        provenance=source("o"),
    )
    yield Standard(
        id="eqos",
        topic="quality",
        kind="rubric",
        title_en="EQOS, a rubric",
        title_es="EQOS, una guía",
        text_en="Five parts.",
        text_es="Cinco partes.",
        publisher="JFF",
        last_checked=date(2026, 11, 24),
        basis="page_read",
        provenance=source("eqos"),
    )


def write_snapshot(home: Home, extra=()):
    with home.writing() as folder:
        writer = SnapshotWriter(folder)
        writer.add_all([*records(), *extra])
        manifest = Manifest(
            schema_version=SCHEMA_VERSION, input_digest="toy", sources=(), files=(), tables=writer.finish()
        ).sealed()
        manifest.write(folder / "manifest.json")
        home.make_current(folder, manifest.content_hash)
    return home.open()


@pytest.fixture
def snapshot(tmp_path):
    opened = write_snapshot(Home(tmp_path / "home"))
    yield opened
    opened.close()


@pytest.fixture
def add_to():
    """Make a snapshot with one program more the current one of a home."""
    opened = []

    def adding(settings, key, name):
        new = Program(id=key, name=name, provider_id="toy:p", provenance=source(key))
        opened.append(write_snapshot(Home(settings.home_folder), [new]))
        return opened[-1]

    yield adding
    for snapshot in opened:
        snapshot.close()


class CountingEmbedding:
    """Unit vectors from hashed words; counts the texts that it was given."""

    name, dimensions = "counting-1", 32

    def __init__(self) -> None:
        self.texts = 0
        self._lock = threading.Lock()

    def embed_passages(self, texts: Sequence[str]):
        with self._lock:
            self.texts += len(texts)
        return np.vstack([self._vector(text) for text in texts])

    def embed_query(self, text: str):
        return self._vector(text)

    def _vector(self, text: str):
        vector = np.full(self.dimensions, 1e-3, dtype=np.float32)
        for word in text.lower().split():
            vector[int(hashlib.sha256(word.strip(".,").encode()).hexdigest(), 16) % self.dimensions] += 1
        return (vector / np.linalg.norm(vector)).astype(np.float32)


@pytest.fixture
def counting(monkeypatch):
    """The counting model in the place of every packaged one."""
    model = CountingEmbedding()
    monkeypatch.setattr("vectorstore.index.embeddings_of", lambda _setting: (model,))
    return model
