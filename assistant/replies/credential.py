"""What a credential means: the credentials that a question names, looked up and told as an employer needs it."""

from __future__ import annotations

import re

from assistant.answer import Persona, Status
from assistant.credentials.names import OURS
from assistant.credentials.reading import Asked, asked_of, is_a_name
from assistant.credentials.reply import CredentialReply
from assistant.drafts import Draft
from assistant.postings.words import folded

UNMASKING = re.compile(
    r"\b(?:tell|spot|detect|check|verify|know|recogni[sz]e|find out|catch|se si|saber|detectar|comprobar|verificar|"
    r"reconocer|descubrir|notar)\b"
)
FAKING = re.compile(
    r"\b(?:mak(?:e|ing)|buy(?:ing)?|get|getting|creat(?:e|ing)|print|sell|forge|obtain|pass|need|my|"
    r"hacer|comprar|conseguir|obtener|sacar|vender|imprimir|crear|pasar|mi)\b"
)


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
    return _names_ours(asked)


def is_about_a_holder(draft: Draft) -> bool:
    """Whether an employer who asks to check something means a credential, and no school that we know."""
    query = draft.query
    return query.persona is Persona.EMPLOYER and not query.schools and _names_ours(_asked(draft))


def is_about_a_fake(draft: Draft) -> bool:
    """Whether an employer asks how to tell a false credential from a true one, and not how to come by one."""
    said = folded(draft.query.text)
    asks = bool(UNMASKING.search(said)) and not FAKING.search(said)
    return asks and draft.query.persona is Persona.EMPLOYER and _names_ours(_asked(draft))


def compares_kinds(draft: Draft) -> bool:
    """Whether an employer asks how kinds of credentials differ."""
    asked = _asked(draft)
    return draft.query.persona is Persona.EMPLOYER and asked.compares_kinds and len(asked.kinds) > 1


def _names_ours(asked: Asked) -> bool:
    return any(key.startswith(OURS) for mention in asked.mentions for key in mention.ids)


def _asked(draft: Draft) -> Asked:
    """Return what is asked about; what was understood, then earlier turns, stand in for words that name nothing."""
    query, names = draft.query, draft.checker.credential_names
    for text in (query.text, query.entity or query.topic, *reversed(query.history)):
        asked = asked_of(text, names, whole=is_a_name(text) and text is query.text)
        if asked.mentions or asked.unknown or asked.kinds:
            return asked
    return Asked()
