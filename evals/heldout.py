"""Held-out cases: only sums are ever told, and each run is logged."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from evals.scores import Mean

HEADING = """# Runs on the held-out cases

Each run adds its lines, the bad ones too. A commit with + had changes that were not committed.

| date (UTC) | commit | cases | score | mean | 95 % interval | English | Spanish |
|---|---|---|---|---|---|---|---|
"""


def is_held_out(path: Path) -> bool:
    """Whether a file of cases may only be summed."""
    return "heldout" in path.resolve().parts


def log_run(path: Path, cases: int, scores: Mapping[str, Mapping[str, Mean]]) -> Path:
    """Append the sums of a run to the log beside the cases; returns the log."""
    log = path.resolve().parent / "LOG.md"
    if not log.exists():
        log.write_text(HEADING, encoding="utf-8")
    when, what = datetime.now(UTC).strftime("%Y-%m-%d %H:%M"), commit(log.parent)
    with log.open("a", encoding="utf-8") as stream:
        for name, groups in scores.items():
            every = groups["all"]
            cells = [
                when,
                what,
                str(cases),
                name,
                _figure(every.value),
                f"{_figure(every.low)} to {_figure(every.high)}",
                _of(groups, "en"),
                _of(groups, "es"),
            ]
            stream.write(f"| {' | '.join(cells)} |\n")
    return log


def commit(folder: Path) -> str:
    """Return the commit that is checked out, with + when files differ from it; `unknown` outside of a repository."""
    head = _git(folder, "rev-parse", "--short", "HEAD")
    if head is None:
        return "unknown"
    changed = _git(folder, "status", "--porcelain", "--untracked-files=no", "--", ":(top)", ":(top,exclude)*LOG.md")
    return head + ("+" if changed else "")


def _git(folder: Path, *arguments: str) -> str | None:
    try:
        ran = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=True)  # noqa: S603,S607
    except (OSError, subprocess.CalledProcessError):
        return None
    return ran.stdout.strip()


def _of(groups: Mapping[str, Mean], name: str) -> str:
    return _figure(groups[name].value if name in groups else None)


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
