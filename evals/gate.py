"""The gate: scores against the committed baseline, and prompts against those that it was measured with.

`evals/baseline.json` holds for each gated score its value and by how much it may fall, and a digest of every prompt
file. A prompt that changed, came or went fails the gate until a new baseline was accepted: its scores were measured
with other words.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from catalog.errors import NavigatorError
from evals.metrics import USUAL_TOLERANCE, metrics
from evals.scores import Mean

Scores = Mapping[str, Mapping[str, Mapping[str, Mean]]]
"""Suite -> metric -> group -> mean."""
PROMPT_KINDS = frozenset({".md", ".yaml", ".yml", ".txt", ".j2"})
DIGITS = 4
JUDGED = "judge_"
"""What a judge says is no evidence for a gate."""


class BaselineError(NavigatorError):
    """The baseline can't be used; whoever edited it must act."""


def baseline_path() -> Path:
    """Return where the baseline is kept."""
    return Path(str(files("evals"))) / "baseline.json"


def read_baseline(path: Path) -> dict[str, Any]:
    """Return a baseline; raises BaselineError naming the file."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise BaselineError(f"{path}: {error}. Write one with `python -m evals run --accept`.") from None
    if not {"scores", "prompts"} <= found.keys():
        raise BaselineError(f"{path}: `scores` and `prompts` are needed; `python -m evals run --accept` writes them.")
    return found


def failures(scores: Scores, baseline: Mapping[str, Any], prompts: Mapping[str, str]) -> Iterator[str]:
    """Yield in words each score that fell by more than its tolerance, and each prompt that is another.

    Only the suites that were run are judged; of those every score of the baseline has to be there.
    """
    for key, bar in baseline["scores"].items():
        suite, _, metric = key.partition(".")
        if suite not in scores:
            continue
        found = scores[suite].get(metric, {}).get("all")
        value = found.value if found else None
        if value is None:
            yield f"{key} was not measured; the baseline has {bar['value']}"
        elif value < bar["value"] - bar["tolerance"] - 1e-9:
            yield f"{key} fell from {bar['value']} to {value:.4f}, more than {bar['tolerance']}"
    before = baseline["prompts"]
    for name in sorted(before.keys() | prompts.keys()):
        if before.get(name) != prompts.get(name):
            what = "is new" if name not in before else "is gone" if name not in prompts else "changed"
            yield f"prompts/{name} {what} since the baseline"


def accepted(scores: Scores, prompts: Mapping[str, str], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the baseline that a run makes: its scores with the tolerances that the metrics state, and its prompts.

    Suites that were not run keep what the baseline before said of them.
    """
    tolerances = {metric.name: metric.tolerance for metric in metrics()}
    bars: dict[str, Any] = {key: bar for key, bar in before["scores"].items() if key.partition(".")[0] not in scores}
    for suite, found in scores.items():
        for metric, groups in found.items():
            value, key = groups["all"].value, f"{suite}.{metric}"
            if value is not None and not metric.startswith(JUDGED):
                bars[key] = {"value": round(value, DIGITS), "tolerance": tolerances.get(metric, USUAL_TOLERANCE)}
    return {"scores": dict(sorted(bars.items())), "prompts": dict(prompts)}


def prompt_digests(folder: Path | None = None) -> dict[str, str]:
    """Return a digest of every prompt file, by its path under prompts/ (or another folder with its layout)."""
    root = folder or Path(str(files("prompts")))
    found = sorted(path for path in root.rglob("*") if path.suffix in PROMPT_KINDS)
    return {path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in found}
