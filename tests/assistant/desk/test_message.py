"""Threads: what was written now, what it answers, and the day of the quoted mail."""

from __future__ import annotations

import time
from datetime import date

import pytest

from assistant.desk.message import split


@pytest.mark.parametrize(
    ("body", "newest", "earlier", "on"),
    [
        ("just this", "just this", "", None),
        ("Yes.\n\nOn Mon, Nov 2, 2026 at 9:00 AM Desk <d@x.example> wrote:\n> Hello\n> you", "Yes.", "Hello\nyou", date(2026, 11, 2)),
        ("gracias\n\nEl lun, 2 nov 2026 a las 9:00, Mesa escribió:\n> Hola", "gracias", "Hola", date(2026, 11, 2)),
        ("Help\n\nFrom: a@b.example\nSent: 11/2/2026\nTo: x\nSubject: y\n\nold text", "Help", "old text", date(2026, 11, 2)),
        ("see\n-----Original Message-----\nold", "see", "old", None),
        ("> quoted first\nmy answer", "my answer", "quoted first", None),
        ("> only\n> quotes", "only\nquotes", "", None),
    ],
)  # fmt: skip
def test_split(body, newest, earlier, on):
    thread = split(body)
    assert (thread.newest, "\n".join(line for line in thread.earlier.splitlines() if line), thread.on) == (
        newest,
        earlier,
        on,
    )


def test_a_sentence_with_on_is_no_heading():
    assert split("On Monday he wrote: nothing.\nSo I wait.").earlier == ""


@pytest.mark.parametrize(
    "body", ["On \n" * 25_000, "\n" * 100_000, "From: a\n" * 12_000, ">" * 100_000, "On " * 30_000]
)
def test_hostile_bodies_take_no_time(body):
    start = time.monotonic()
    split(body)
    assert time.monotonic() - start < 3
