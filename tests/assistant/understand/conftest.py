"""Readers for the tests of understanding: of the small fixtures, and of the bundled snapshot."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from assistant.answer import Question
from assistant.understand.reading import Reader
from catalog.snapshot import Snapshot


@pytest.fixture(scope="session")
def reader():
    """A reader of the snapshot that a fresh machine starts with."""
    snapshot = Snapshot(Path(str(files("catalog").joinpath("bundled"))))
    yield Reader(snapshot)
    snapshot.close()


@pytest.fixture(scope="session")
def read(reader):
    """Return how a question is understood; earlier turns come before the last."""

    def asked(*turns, **fields):
        return reader.read(Question(text=turns[-1], history=turns[:-1], **fields))

    return asked


@pytest.fixture(scope="session")
def limits(read):
    """Return the limits of a question as name and value, places as `kind:name`."""

    def asked(*turns):
        found = {}
        for each in read(*turns).filters():
            key = "place" if each.name.split("_")[0] in ("near", "in") else each.name
            found[key] = f"{each.name}:{each.value}" if key == "place" else each.value
        return found

    return asked
