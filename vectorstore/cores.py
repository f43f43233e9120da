"""Threads: each model call and matrix product stays on its own; work is spread by making several calls at once."""

from __future__ import annotations

import os
from functools import cache

import threadpoolctl

THREADS_OF_A_CALL = 1
"""With more, the threads of one call wait for each other at every layer: beside another busy
process a question of 10 ms was seen to take a second."""


@cache
def use_one_blas_thread() -> None:
    """Keep numpy's matrix products on the thread that asks for them, in the whole process."""
    threadpoolctl.threadpool_limits(limits=THREADS_OF_A_CALL, user_api="blas")


def usable_cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
