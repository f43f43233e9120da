"""What staff start from: the help lines of a crisis, a draft reply in the writer's language, a hand-off note.

Nothing here sends anything. The reply states no fact about a provider; what the records say stands in the note.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.desk.labels import Flag
from assistant.desk.reading import Folded
from assistant.desk.triager import Triage
from assistant.markup import escaped
from prompts import Texts

VIOLENCE = re.compile(
    r"\b(?:husband|boyfriend|wife|girlfriend|partner|my ex|at home|domestic|locks? (?:me|her)|hits?|beats?|restraining|abus\w+|he found|"
    r"esposo|marido|novio|pareja|mi ex|en casa|me pega|encerrada|domestica|golpe\w+|maltrat\w+)\b"
)
NEED = re.compile(
    r"\b(?:evict\w+|homeless|shelter|sleep\w*|food|eat\w*|hungry|meals?|locks|curb|nowhere|no where|terminal|"
    r"desaloj\w+|refugio|dorm\w+|comida|comer|comido|hambre|cenar|calle|donde ir|chapa|banqueta|cuarto)\b"
)


def help_lines(triage: Triage) -> tuple[str, ...]:
    """Return the keys of the help lines that a crisis calls for; without a crisis there are none."""
    raised = {each.flag for each in triage.flags}
    if Flag.CRISIS not in raised:
        return ()
    folded = Folded(f"{triage.masked_subject}\n{triage.masked_body}")
    lines = ["help.suicide", "help.danger"]
    lines += ["help.violence"] if folded.search(VIOLENCE) else []
    lines += ["help.shelter"] if folded.search(NEED) else []
    return (*lines, *(["help.child"] if Flag.MINOR in raised else []))


def reply(triage: Triage, texts: Texts) -> str:
    """Return the draft reply: help lines first, then what to do, then what to ask."""
    return "\n\n".join(_reply(triage, texts))


def _reply(triage: Triage, texts: Texts) -> Iterator[str]:
    for line in help_lines(triage):
        yield texts(line)
    category = triage.category.value
    key = f"draft.reply_{category}"
    yield texts(key if texts.has(key) else f"triage.reply_{category}")
    if triage.deadlines and {Flag.REFUND_DEADLINE, Flag.CLOSING} & {each.flag for each in triage.flags}:
        yield texts("draft.deadline", day=triage.deadlines[0].on.isoformat())
    if any(each.flag is Flag.IDENTITY_THEFT for each in triage.flags):
        yield texts("draft.identity")
    if triage.missing:
        yield texts("draft.ask", items="; ".join(texts(f"ask.{item}") for item in triage.missing))
    yield texts("draft.closing")


def note(triage: Triage, texts: Texts, findings: Iterable[str] = ()) -> str:
    """Return the hand-off note as Markdown; `findings` are worded findings about the schools named."""
    return "\n".join(
        ["**" + texts("note.title", id=escaped(triage.ticket_id)) + "**", "", *_note(triage, texts, findings)]
    )


def _note(triage: Triage, texts: Texts, findings: Iterable[str]) -> Iterator[str]:
    names = ", ".join(texts(f"category.{each.value}") for each in triage.categories)
    yield "- " + texts("note.category", names=names, confidence=f"{triage.confidence:.2f}")
    urgency = texts(f"urgency.{triage.urgency.value}")
    words = triage.urgency_words
    key = "note.urgency_because" if words else "note.urgency"
    yield "- " + (texts(key, name=urgency, words=escaped(words)) if words else texts(key, name=urgency))
    for raised in triage.flags:
        name = texts(f"flag.{raised.flag.value}")
        said = texts("note.flag", name=name, words=escaped(raised.words)) if raised.words else None
        yield "- " + (said or texts("note.flag_unsaid", name=name))
    for due in triage.deadlines:
        yield "- " + texts("note.deadline", day=due.on.isoformat(), words=escaped(due.words))
    for subject in triage.about:
        name = escaped(subject.name)
        yield "- " + (
            texts("note.about_linked", name=name, id=subject.id) if subject.id else texts("note.about", name=name)
        )
    for message in findings:
        yield "- " + texts("note.finding", message=message)
    yield "- " + texts("note.queue", name=texts(f"queue.{triage.queue.value}"))
    if triage.person_decides:
        yield "- " + texts("note.person")
