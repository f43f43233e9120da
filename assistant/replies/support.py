"""Triage of a support message, with a draft reply that a person checks."""

from __future__ import annotations

import re

from assistant.answer import TriageCard
from assistant.desk.drafting import help_lines, reply
from assistant.desk.message import Message
from assistant.desk.triager import Triage
from assistant.drafts import Draft
from assistant.markup import escaped

FIGURE = re.compile(r"\d[\d,.-]*\d|\d")


def triage_message(draft: Draft) -> None:
    """Fill the draft with category, urgency, flags and a reply; help lines come first in a crisis."""
    found = draft.triager.triage(Message(ticket_id="question", body=draft.query.text))
    draft.triage = card_of(found)
    lines = [draft.texts("triage.crisis"), *map(draft.texts, help_lines(found))] if help_lines(found) else []
    answer = reply(found, draft.texts)
    draft.ledger.add(0, FIGURE.findall("\n".join([*lines, answer])), [answer, *lines])
    draft.lines += lines[:1]
    category = draft.texts(f"category.{found.category.value}")
    draft.say("triage.intro", category=category, urgency=draft.texts(f"urgency.{found.urgency.value}"))
    if found.urgency_words:
        words = escaped(found.urgency_words)
        draft.ledger.add(0, FIGURE.findall(words), [words])
        draft.say("triage.because", words=words)
    else:
        draft.say("triage.no_words")
    if found.flags:
        draft.say("triage.flags", names=", ".join(draft.texts(f"flag.{each.flag.value}") for each in found.flags))
    draft.say("triage.draft")
    draft.lines += [f"> {line}" for line in answer.splitlines() if line]


def card_of(found: Triage) -> TriageCard:
    """Return what an answer shows of a triage."""
    return TriageCard(
        category=found.category.value,
        urgency=found.urgency.value,
        flags=tuple(each.flag.value for each in found.flags),
        reason=found.urgency_words or "",
    )
