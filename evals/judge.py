"""A judge, when one is asked for: any OpenAI-compatible chat endpoint grades how much an answer helps.

Its output is parsed strictly: one JSON object with a whole number from 1 to 5 and a reason, and nothing else. Broken
output has the default and is counted, it never leaves the mean. What a judge says is never in the baseline, so that no
gate rests on it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

import httpx
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.gate import JUDGED
from evals.reply import Reply, asked
from evals.runner import Outcome
from evals.scores import Score

HELPFUL, PARSED = f"{JUDGED}helpful", f"{JUDGED}parsed"
DEFAULT = 0.0
BEST = 5
SECONDS = 60.0


class Grade(BaseModel):
    """What a judge has to say, and nothing else."""

    model_config = ConfigDict(extra="forbid", strict=True)

    score: int = Field(ge=1, le=BEST)
    reason: str


@dataclass(frozen=True)
class Judge:
    """A chat model behind `<url>/chat/completions`."""

    url: str
    model: str
    key: str | None = None

    def judged(self, outcome: Outcome) -> Outcome:
        """Return an outcome with the judge's scores beside the others."""
        return replace(outcome, scores={**outcome.scores, **dict(self._scores(outcome))})

    def _scores(self, outcome: Outcome) -> Iterator[tuple[str, Score]]:
        if outcome.reply.error is not None:
            yield HELPFUL, Score(DEFAULT, "no answer")
            return
        try:
            grade = Grade.model_validate_json(self._answer(asked(outcome.case), outcome.reply))
        except (ValidationError, httpx.HTTPError, KeyError, IndexError, TypeError, ValueError) as error:
            yield HELPFUL, Score(DEFAULT, f"the judge's output is broken: {str(error).splitlines()[0]}")
            yield PARSED, Score(0.0, "broken")
            return
        yield HELPFUL, Score((grade.score - 1) / (BEST - 1), f"{grade.score} of {BEST}: {grade.reason}")
        yield PARSED, Score(1.0, "as asked for")

    def _answer(self, question: list[str], reply: Reply) -> str:
        body = {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": _instruction()},
                {"role": "user", "content": _data(question, reply)},
            ],
        }
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        response = httpx.post(f"{self.url.rstrip('/')}/chat/completions", json=body, headers=headers, timeout=SECONDS)
        response.raise_for_status()
        return str(response.json()["choices"][0]["message"]["content"])


def _data(question: list[str], reply: Reply) -> str:
    return json.dumps({"question": question, "answer": reply.last.get("text", "")}, ensure_ascii=False)


def _instruction() -> str:
    text = (Path(str(files("prompts"))) / "judge" / "helpful.md").read_text(encoding="utf-8")
    return text.split("---", 2)[2].strip()
