"""The command `credential`: the card of one or several credentials, verified like an answer."""

from __future__ import annotations

import json

from pydantic import Field

from assistant.answer import Citation, CredentialCard, UnknownCredential
from assistant.credentials.names import CredentialNames
from assistant.credentials.reading import asked_of, is_a_name
from assistant.credentials.reply import CredentialReply
from assistant.evidence import Sources
from assistant.verify import Ledger, verified
from assistant.writer import joined, sources_list
from catalog.records import Record
from catalog.snapshot import Snapshot
from prompts import Texts

MOST_CHARACTERS = 4_000


class Explained(Record):
    """What is known of the credentials that were named."""

    text: str
    language: str
    credentials: tuple[CredentialCard, ...] = ()
    unknown_credentials: tuple[UnknownCredential, ...] = ()
    clarification: str | None = None
    citations: tuple[Citation, ...] = Field(default=())
    dropped_sentences: int = 0


def explained(snapshot: Snapshot, text: str, texts: Texts, names: CredentialNames | None = None) -> Explained:
    """Return what is known of the credentials that a text names; the text may be one name or a question."""
    text, sources, ledger = text[:MOST_CHARACTERS], Sources(snapshot), Ledger()
    index = names or CredentialNames(snapshot)
    reply = CredentialReply(snapshot, index, texts, sources, ledger)
    reply.write(asked_of(text, index, whole=is_a_name(text)))
    lines, problems = verified(reply.lines, ledger)
    lines.append(f"_{texts('notice.short')}_")
    return Explained(
        text=joined([*lines, *sources_list(texts, sources.citations, lines)]),
        language=texts.language,
        credentials=tuple(reply.cards),
        unknown_credentials=tuple(reply.unknown),
        clarification=reply.clarification,
        citations=tuple(sources.citations),
        dropped_sentences=len(problems),
    )


def credential_text(snapshot: Snapshot, text: str, texts: Texts, *, as_json: bool) -> str:
    """Return the same as text or as JSON."""
    found = explained(snapshot, text, texts)
    return json.dumps(found.model_dump(mode="json"), ensure_ascii=False, indent=1) if as_json else found.text
