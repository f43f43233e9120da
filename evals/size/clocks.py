"""Times, sizes and memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np

T = TypeVar("T")
CLIENTS = 32
MEGABYTE = 1_000_000
Figures = dict[str, float | None]
"""What was measured, by a name that has its unit; None was not measured."""


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """Return what work gives, and its seconds."""
    start = time.perf_counter()
    return work(), time.perf_counter() - start


def latencies(ask: Callable[[T], object], groups: Mapping[str, Sequence[T]]) -> Figures:
    """Ask each group one by one, then all of them by 32 clients at once; return milliseconds and the rate."""
    figures: Figures = {}
    for name, group in groups.items():
        figures |= _percentiles(f"{name} limits, 1 client", [timed(lambda each=each: ask(each))[1] for each in group])  # type: ignore[misc]
    every = [each for group in groups.values() for each in group]
    with ThreadPoolExecutor(CLIENTS) as pool:
        seconds, whole = timed(lambda: list(pool.map(lambda each: timed(lambda: ask(each))[1], every)))
    figures |= _percentiles(f"all, {CLIENTS} clients", seconds)
    return figures | {f"answers/s, {CLIENTS} clients": len(every) / whole}


def _percentiles(name: str, seconds: Sequence[float]) -> Figures:
    p50, p95 = np.percentile(np.array(seconds) * 1000, [50, 95])
    return {f"{name}, p50 ms": float(p50), f"{name}, p95 ms": float(p95)}


def megabytes(folder: Path) -> float:
    """Return the size of all files under a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / MEGABYTE


def peak_megabytes() -> float | None:
    """Return the most memory that this process had so far; None where the system does not say."""
    if not sys.platform.startswith("linux"):
        return None
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024 / MEGABYTE


def recall(found: Sequence[Sequence[str]], exact: Sequence[Sequence[str]]) -> float | None:
    """Return the mean share of the exact ones that were found; None when there was nothing to find."""
    shares = [len(set(got) & set(wanted)) / len(wanted) for got, wanted in zip(found, exact, strict=True) if wanted]
    return float(np.mean(shares)) if shares else None
