"""What a credential means: the credentials that a question names, looked up and told as an employer needs it."""

from __future__ import annotations

from assistant.answer import Persona, Status
from assistant.credentials.names import OURS
from assistant.credentials.reading import Asked, asked_of, is_a_name
from assistant.credentials.reply import CredentialReply
from assistant.drafts import Draft


def explain_credential(draft: Draft) -> None:
    """Fill the draft with the credentials that a question names."""
    names = draft.checker.credential_names
    reply = CredentialReply(draft.snapshot, names, draft.texts, draft.sources, draft.ledger)
    if not reply.write(_asked(draft)):
        draft.status = Status.NOTHING_FITS
    draft.lines += reply.lines
    draft.credentials += reply.cards
    draft.unknown_credentials += reply.unknown
    draft.clarification = reply.clarification


def is_about_credentials(draft: Draft) -> bool:
    """Whether a question names a credential in so many words, or, of an employer, kinds to compare."""
    asked = _asked(draft)
    if draft.query.persona is Persona.EMPLOYER:
        return bool(asked.mentions or asked.unknown or len(asked.kinds) > 1)
    return any(key.startswith(OURS) for mention in asked.mentions for key in mention.ids)


def _asked(draft: Draft) -> Asked:
    """Return what the question is about; what was understood of it stands in where its own words name nothing."""
    query, names = draft.query, draft.checker.credential_names
    asked = asked_of(query.text, names, whole=is_a_name(query.text))
    before = query.entity or query.topic
    if before and not (asked.mentions or asked.unknown or asked.kinds):
        asked = asked_of(before, names, whole=is_a_name(before))
    return asked
