"""Clocks: percentiles, all clients at once, sizes, recall."""

from __future__ import annotations

import sys
import threading
import time

import pytest

from evals.size.clocks import CLIENTS, latencies, megabytes, peak_megabytes, recall, timed


def test_timed():
    value, seconds = timed(lambda: time.sleep(0.02) or "done")
    assert value == "done"
    assert 0.02 <= seconds < 2


def test_percentiles_of_each_group():
    waits = {"none": [0.0] * 18 + [0.05] * 2, "one": [0.02]}
    figures = latencies(time.sleep, waits)
    assert figures["none limits, 1 client, p50 ms"] < 10 < 45 < figures["none limits, 1 client, p95 ms"]
    assert figures["one limits, 1 client, p50 ms"] >= 20


def test_all_clients_ask_at_once():
    together = threading.Barrier(CLIENTS, timeout=20)
    alone = iter([True] * CLIENTS)

    def ask(_question):
        if not next(alone, False):
            together.wait()

    figures = latencies(ask, {"none": list(range(CLIENTS))})
    assert figures[f"answers/s, {CLIENTS} clients"] > 0


def test_an_error_is_not_a_fast_answer():
    def ask(_question):
        raise RuntimeError("no answer")

    with pytest.raises(RuntimeError):
        latencies(ask, {"none": [1]})


def test_sizes(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"x" * 1_500_000)
    (tmp_path / "c").write_bytes(b"x" * 500_000)
    assert megabytes(tmp_path) == 2


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the system does not say")
def test_memory_that_was_given_back_still_counts():
    before = peak_megabytes()
    held = bytearray(b"x" * 300_000_000)
    del held
    assert before is not None
    assert peak_megabytes() > 300


@pytest.mark.parametrize(
    ("found", "exact", "share"),
    [([["a", "b"]], [["a", "b"]], 1), ([["a"], []], [["a", "b"], ["c"]], 0.25), ([["a"], []], [["a"], []], 1)],
)
def test_recall(found, exact, share):
    assert recall(found, exact) == share


def test_recall_of_nothing_is_not_known():
    assert recall([[]], [[]]) is None
