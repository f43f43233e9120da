"""The benchmark: whole on a small snapshot, and its table says what was not measured."""

from __future__ import annotations

import io
import json

import pytest
from rich.console import Console

import evals.__main__ as command
from evals.bench import table
from evals.size.clocks import CLIENTS


def _printed(made):
    stream = io.StringIO()
    Console(width=200, file=stream).print(made)
    return stream.getvalue()


def test_a_table_has_the_ratio_of_the_largest_to_the_smallest():
    text = _printed(table("ours", {1_000: {"s": 0.5, "MB": 250.0, "x": None}, 10_000: {"s": 1.0, "MB": 1000.4}}))
    lines = [[cell.strip() for cell in line.strip("| ").split("|")] for line in text.splitlines() if "|" in line]
    assert lines[0] == ["ours", "1,000", "10,000", "ratio"]
    assert lines[2:] == [
        ["s", "0.5", "1", "2"],
        ["MB", "250", "1,000", "4"],
        ["x", "not measured", "not measured"],
    ]


def test_of_one_size_there_is_no_ratio():
    text = _printed(table("ours", {1_000: {"s": 0.5}}))
    assert "1,000" in text
    assert "ratio" not in text


def test_fewer_programs_than_there_are_say_so(capsys):
    assert command.main(["bench", "--programs", "10"]) == 2
    assert "ask for more" in capsys.readouterr().err


@pytest.mark.e2e
def test_all_is_measured(tmp_path):
    assert command.main(["bench", "--programs", "5100", "--json", str(tmp_path / "x.json")]) == 0
    found = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    ours, stock = (found[name]["5100"] for name in ("our assistant", "stock LangChain-Chroma"))
    for side in (ours, stock):
        assert all(side[f"{name} limits, 1 client, p50 ms"] > 0 for name in ("none", "one", "three"))
        assert side[f"answers/s, {CLIENTS} clients"] > 0
        assert side["index on disk, MB"] > 1
    assert ours["recall@20 against exact search"] == 1
    assert 0 < stock["recall@20 against exact search, three limits"] <= 1
