"""What a credential is, as far as the records know it."""

from __future__ import annotations

import re

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from assistant.answer import CredentialCard, Status
from assistant.drafts import Draft
from assistant.markup import escaped, plain
from assistant.writer import mark
from catalog.records import Code, Credential

ASKED = re.compile(r"\b(prove|proves|mean|means|worth|certification|certificate|credential|the|an?)\b")
SAME_NAME = 82
SHOWN = 3


def explain_credential(draft: Draft) -> None:
    """Fill the draft with the credentials that a question names."""
    found = named_credentials(draft)
    if not found:
        draft.status = Status.NOTHING_FITS
        draft.say("credential.none")
        return
    for credential in found:
        _write(draft, credential)
    draft.say("credential.not_recorded")
    draft.say("credential.proves")


def _write(draft: Draft, credential: Credential) -> None:
    number = draft.sources.cite(credential.provenance, plain(credential.name))
    name = escaped(credential.name)
    count = draft.snapshot.query(
        "SELECT count(*) FROM programs WHERE list_contains(credential_ids, ?)", [credential.id]
    )
    titles = _occupations(draft, credential)
    draft.ledger.add(number, (), [name, escaped("; ".join(titles)), str(credential.retired_on)])
    draft.credentials.append(
        CredentialCard(
            id=credential.id,
            name=plain(credential.name),
            kind=credential.kind,
            retired=credential.retired,
            citation=number,
        )
    )
    draft.counted(count[0][0])
    kind = draft.texts(f"kind.{credential.kind.value}")
    draft.say("credential.intro", name=name, kind=kind, mark=mark(number))
    if credential.retired:
        draft.lines.append(f"{draft.texts('credential.retired', on=credential.retired_on)} {mark(number)}")
    if titles:
        said = draft.texts("credential.occupations", names=escaped("; ".join(titles)))
        draft.lines.append(f"{said} {mark(number)}")
    draft.say("credential.programs", count=count[0][0])


def _occupations(draft: Draft, credential: Credential) -> list[str]:
    codes = draft.snapshot.select(
        Code, "system = 'soc2018' AND code IN (SELECT unnest(?))", [list(credential.soc)], order="code"
    )
    return [code.title for code in codes]


def named_credentials(draft: Draft) -> list[Credential]:
    """Return the credentials whose name is in the question, best first; current ones before retired ones."""
    wanted = ASKED.sub(" ", default_process(draft.query.entity or draft.query.topic or draft.query.text)).strip()
    if not wanted:
        return []
    rows = draft.snapshot.query("SELECT id, name FROM credentials ORDER BY id")
    names = {key: default_process(name) for key, name in rows}
    hits = process.extract(
        wanted, names, scorer=fuzz.token_sort_ratio, processor=None, score_cutoff=SAME_NAME, limit=SHOWN
    )
    if not hits:
        ids = [key for key, name in names.items() if len(name) > len("cpt") and f" {name} " in f" {wanted} "]
        ids += [key for key, name in names.items() if f" {wanted} " in f" {name} "]
    else:
        ids = [key for _name, _score, key in hits]
    found = list(draft.snapshot.get(Credential, dict.fromkeys(ids)).values())
    return sorted(found, key=lambda credential: bool(credential.retired))[:SHOWN]
