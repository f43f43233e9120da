"""A path to an occupation, step by step."""

from __future__ import annotations

from assistant.drafts import Draft
from assistant.path import PathFinder
from assistant.path_text import PathWriter
from assistant.replies.program import find_programs
from assistant.understand.lexicon import lexicon
from catalog.records import Occupation


def show_path(draft: Draft) -> None:
    """Fill the draft with the steps to the occupation that the subject leads to; without one, find programs."""
    goal = _occupation(draft)
    path = PathFinder(draft.snapshot).find(goal.onet_soc) if goal else None
    if path is None:
        find_programs(draft)
        return
    writer = PathWriter(draft.sources, draft.ledger, draft.texts)
    draft.path = list(writer.steps(path))
    draft.lines += writer.lines(path)


def _occupation(draft: Draft) -> Occupation | None:
    subject, topics = draft.query.subject, lexicon().topics
    codes = [*subject.soc, *(code for key in subject.topics for code in sorted(topics[key].soc))]
    found = draft.snapshot.select(Occupation, "soc IN (SELECT unnest(?))", [codes], order="onet_soc") if codes else []
    return min(found, key=lambda each: (codes.index(each.soc), each.onet_soc), default=None)
