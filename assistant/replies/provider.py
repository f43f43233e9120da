"""What the records say of one school; several with a like name are listed, never guessed."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.answer import ProviderCard, Status
from assistant.check import Checker, Found
from assistant.checked import Inquiry, Match
from assistant.dossier_text import DossierWriter
from assistant.drafts import Draft
from assistant.markup import escaped, plain
from assistant.replies.credential import explain_credential, is_about_a_holder
from catalog.records import Provider
from prompts.library import number

CLARIFIED = 8
"""How many candidates a conversation lists."""


@dataclass
class SchoolReply:
    """What is said about an inquiry: the lines, the schools that they speak of, and whether it must be asked back."""

    status: Status = Status.ANSWERED
    lines: list[str] = field(default_factory=list)
    schools: list[tuple[Provider, str]] = field(default_factory=list)
    clarification: str | None = None


def check_provider(draft: Draft) -> None:
    """Fill the draft with the school that is named, or ask which one is meant; an employer may mean a credential."""
    if is_about_a_holder(draft):
        explain_credential(draft)
        return
    name = draft.query.entity or draft.query.topic
    found = draft.checker.find(Inquiry(name=name))
    slot = draft.query.limits.get("place")
    if found.dossier is None and slot is not None:
        # The place may be part of the school's name, so it is taken out of it only when the whole name fails.
        where = draft.query.places()[0]
        rest = name.replace(slot.words, " ").strip(" ,")
        within = draft.checker.find(Inquiry(name=rest, state=where.state, city=where.city))
        found = within if within.candidates else found
    reply = reply_to(found, name, draft.checker, DossierWriter(draft.texts, draft.sources, draft.ledger))
    draft.status, draft.clarification = reply.status, reply.clarification
    draft.lines += reply.lines
    for provider, said in reply.schools:
        place = provider.place
        draft.providers.append(
            ProviderCard(
                id=provider.id,
                name=plain(said),
                city=place.city,
                state=place.state,
                list_status=provider.list_status,
                citation=draft.sources.cite(provider.provenance, plain(said)),
            )
        )


def reply_to(found: Found, name: str, checker: Checker, writer: DossierWriter, most: int = CLARIFIED) -> SchoolReply:
    """Say what an inquiry found: the school, whom it may mean, or where else to look."""
    if found.dossier is not None:
        dossier = found.dossier
        lines = list(writer.lines(dossier, found.method, found.namesakes))
        return SchoolReply(lines=lines, schools=[(dossier.school, dossier.name)])
    if found.candidates:
        return _which(found, checker, writer, most)
    said = writer.texts("check.none", name=escaped(name))
    writer.ledger.add(0, (), [said])
    return SchoolReply(status=Status.NOTHING_FITS, lines=[said, writer.texts("provider.ask")])


def _which(found: Found, checker: Checker, writer: DossierWriter, most: int) -> SchoolReply:
    texts, ledger, count = writer.texts, writer.ledger, len(found.candidates)
    matches = checker.candidates(found.candidates[:most], found.method)
    names = escaped("; ".join(f"{match.name} ({_place(match)})" for match in matches))
    ledger.add(0, {number(count), number(count - len(matches))})
    key = "check.contradiction" if found.method == "contradiction" else "check.several"
    lines = [texts(key, count=count) if key == "check.several" else texts(key)]
    for match in matches:
        numbers = writer.numbers(match.ids)
        said = texts("check.candidate", name=escaped(match.name), place=escaped(_place(match)), numbers=numbers)
        ledger.add(0, (), [said])
        lines.append(f"- {said}")
    if count > len(matches):
        lines.append(f"- {texts('check.more', count=count - len(matches))}")
    records = checker.snapshot.get(Provider, [match.id for match in matches])
    return SchoolReply(
        status=Status.CLARIFY,
        lines=lines,
        schools=[(records[match.id], match.name) for match in matches],
        clarification=texts("provider.several", names=names),
    )


def _place(match: Match) -> str:
    return ", ".join(part for part in (match.city, match.state) if part) or "?"
