"""The questions of the benchmark, with none, one and three limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import yaml

Where = dict[str, Any] | None


@dataclass(frozen=True)
class Asked:
    """A question, and its limits as Chroma's `where`."""

    text: str
    topic: str
    where: Where


def questions() -> Mapping[str, list[Asked]]:
    """Return the questions by how many limits they have: `none`, `one`, `three`."""
    read = yaml.safe_load((files("evals.size") / "questions.yaml").read_text(encoding="utf-8"))
    return {
        name: [Asked(limits["text"].format(topic=topic), topic, limits["where"]) for topic in read["topics"]]
        for name, limits in read["limits"].items()
    }
