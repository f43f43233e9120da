"""An assistant over the small files in the publishers' layouts."""

from __future__ import annotations

import pytest

from assistant.opening import open_assistant
from catalog.home import Home
from catalog.settings import Settings
from ingestion.run import run
from ingestion.source import all_sources


@pytest.fixture(scope="session")
def settings(fixture_raw, tmp_path_factory):
    home = tmp_path_factory.mktemp("assistant-home")
    run(fixture_raw, Home(home), all_sources(), check_counts=False)
    return Settings(home=home, embeddings="use")


@pytest.fixture(scope="session")
def assistant(settings):
    opened = open_assistant(settings)
    yield opened
    opened.snapshot.close()
