"""Deadlines from the day a message came; dates that are none."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.desk.deadlines import deadlines

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I lose my refund on Friday", ["2026-11-27"]),
        ("the last day is Tuesday", ["2026-12-01"]),
        ("me dieron hasta el 30 de noviembre", ["2026-11-30"]),
        ("you have 48 hours to withdraw", ["2026-11-26"]),
        ("deadline is 12/1", ["2026-12-01"]),
        ("vence el 25/12/2026", ["2026-12-25"]),
        ("antes del viernes", ["2026-11-27"]),
        ("the refund deadline is tomorrow!!", ["2026-11-25"]),
        ("tengo hasta mañana para retirarme", ["2026-11-25"]),
        ("hasta fin de año", ["2026-12-31"]),
        ("I must answer by January 4", ["2027-01-04"]),
        ("must be in by 2026-12-02", ["2026-12-02"]),
        ("by the 30th", ["2026-11-30"]),
        ("cancel within 3 days or within two weeks", ["2026-11-27", "2026-12-08"]),
    ],
)
def test_resolved(text, expected):
    assert [each.on.isoformat() for each in deadlines(text, TUESDAY)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "I called on Monday three times",
        "it ran from 2019 to 2020",
        "the 12 week program",
        "I was born on 5/5/1990",
        "the deadline was 11/20/2026",
        "due 13/45/2026",
        "until February 31",
    ],
)
def test_none(text):
    assert deadlines(text, TUESDAY) == []


def test_the_words_are_the_messages():
    (found,) = deadlines("Pierdo todo el VIERNES.", TUESDAY)
    assert found.words == "el VIERNES"
