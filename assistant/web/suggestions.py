"""What one may ask next, worded so that the assistant understands it."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import Answer, Intent, Persona, Status
from prompts import Texts

MOST = 3


def suggestions(answer: Answer, texts: Texts) -> list[str]:
    """Return up to three questions that may follow an answer."""
    return list(dict.fromkeys(_suggestions(answer, texts)))[:MOST]


def _suggestions(answer: Answer, texts: Texts) -> Iterator[str]:
    if answer.persona is Persona.SUPPORT:
        return
    if answer.intent is Intent.FIND_PROGRAMS and answer.status is Status.ANSWERED:
        if len(answer.programs) > 1:
            yield texts("page.next_compare")
            yield texts("page.next_count")
        yield from (texts("page.next_check", name=card.provider) for card in answer.programs[:1] if card.provider)
    elif answer.intent is Intent.COMPARE:
        schools = dict.fromkeys(card.provider for card in answer.programs if card.provider)
        yield from (texts("page.next_check", name=name) for name in list(schools)[:2])
    elif answer.intent in (Intent.UNCLEAR, Intent.OFF_TOPIC) or answer.status is Status.CLARIFY:
        yield from examples(answer.persona, texts)


def examples(persona: Persona, texts: Texts) -> list[str]:
    """Return questions to begin with."""
    kind = "example" if persona is Persona.LEARNER else f"example_{persona.value}"
    return [texts(f"page.{kind}_{number}") for number in (1, 2, 3)]
