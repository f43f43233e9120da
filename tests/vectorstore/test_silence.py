"""Building and searching asks no host for anything, warns of nothing and prints nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILD_AND_SEARCH = """
import socket, sys, warnings
warnings.simplefilter("error")

def refuse(*arguments, **_named):
    raise AssertionError(f"a connection to {arguments}")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
from pathlib import Path
from catalog.home import Home
from catalog.settings import Settings
import vectorstore.dense
from vectorstore.index import ensure_index

vectorstore.dense.EXACT_ROWS = 0
home = Path(sys.argv[1])
snapshot = Home(home).open()
hits = ensure_index(snapshot, Settings(home=home)).searcher().search("welding", limit=1)
assert hits[0].id == "toy:1", hits
"""


def test_no_host_is_asked_and_nothing_is_said(snapshot, tmp_path):
    (tmp_path / ".env").write_text("ANONYMIZED_TELEMETRY=True\nCHROMA_OTEL_COLLECTION_ENDPOINT=http://otel.invalid\n")
    run = subprocess.run(
        [sys.executable, "-c", BUILD_AND_SEARCH, str(tmp_path / "home")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
