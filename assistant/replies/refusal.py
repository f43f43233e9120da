"""Saying no, and asking back."""

from __future__ import annotations

from assistant.answer import Status
from assistant.drafts import Draft
from assistant.replies.credential import explain_credential, is_about_a_fake


def ask_back(draft: Draft) -> None:
    """Ask for the goal."""
    draft.status = Status.CLARIFY
    empty = not any(c.isalnum() for c in draft.query.text)
    draft.clarification = draft.texts("refuse.empty" if empty else "clarify.goal")
    draft.lines.append(draft.clarification)


def refuse(draft: Draft) -> None:
    """Say kindly that this is not what the records hold; to unmask a false credential is what they are for."""
    if is_about_a_fake(draft):
        explain_credential(draft)
        return
    draft.status = Status.REFUSED
    draft.say("refuse.off_topic")
