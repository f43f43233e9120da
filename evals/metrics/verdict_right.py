"""Below, meets or cannot tell: the verdict on a published placement rate is the one that its interval allows."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("warnings",)
DEFAULT = 0.0
TOLERANCE = 0.0
RULE = "placement_q2"


def applies(case: Case) -> bool:
    """Cases with a published rate."""
    return "placement" in case


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when every verdict of the rule on the program or its field at the school is the expected one."""
    asked = (case["inquiry"]["program"], f"|{case['field']}")
    found = {
        each["verdict"]
        for each in reply.last["findings"]
        if each["rule"] == RULE and (each["subject_id"] == asked[0] or each["subject_id"].endswith(asked[1]))
    }
    return Score(
        float(found == {case["placement"]}), f"wanted {case['placement']}, got {sorted(found)} ({case['why']})"
    )
