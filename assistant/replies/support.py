"""Triage of a support message, with a draft reply that a person checks."""

from __future__ import annotations

from assistant.drafts import Draft
from assistant.markup import escaped
from assistant.triage import triage

CRISIS_LINES = {"988", "911"}


def triage_message(draft: Draft) -> None:
    """Fill the draft with category, urgency, flags and a reply; help lines come first in a crisis."""
    card, words = triage(draft.query.text)
    draft.triage = card
    if "crisis" in card.flags:
        draft.ledger.add(0, CRISIS_LINES)
        draft.say("triage.crisis")
    category, urgency = draft.texts(f"category.{card.category}"), draft.texts(f"urgency.{card.urgency}")
    draft.say("triage.intro", category=category, urgency=urgency)
    if words:
        draft.ledger.add(0, (), [escaped(words)])
        draft.say("triage.because", words=escaped(words))
    else:
        draft.say("triage.no_words")
    if card.flags:
        draft.say("triage.flags", names=", ".join(draft.texts(f"flag.{flag}") for flag in card.flags))
    draft.say("triage.draft")
    draft.lines.append("> " + draft.texts(f"triage.reply_{card.category}"))
