"""`python -m assistant triage`: a file of messages in, their triage out, and into the queue where that is asked for."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from assistant.desk.about import Subjects
from assistant.desk.batch import Taken, triage_file
from assistant.desk.intake import read_messages
from assistant.desk.triager import Triager
from assistant.names import NameIndex
from assistant.opening import open_snapshot
from catalog.settings import Settings

WHO = "command line"


def run_triage(settings: Settings, name: str, out: Path, *, into_queue: bool) -> int:
    """Triage a file into another one; returns the exit code."""
    messages = read_messages(name, sys.stdin.buffer.read() if name == "-" else b"")
    with ExitStack() as stack:
        snapshot = open_snapshot(settings)
        stack.callback(snapshot.close)
        triager = Triager(Subjects(snapshot, NameIndex(snapshot)))
        taken: Taken | None = None
        if into_queue:
            # The database's libraries are loaded only where a queue is wanted.
            from assistant.desk.desk import open_desk

            desk = open_desk(settings)
            stack.callback(desk.close)
            taken = partial(desk.add, who=WHO)
        triage_file(triager, messages, out, taken)
    return 0
