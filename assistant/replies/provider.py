"""What the records say of one school; several with a like name are listed, never guessed."""

from __future__ import annotations

from assistant.answer import ProviderCard, Status
from assistant.check import MOST_CANDIDATES, Found
from assistant.checked import Inquiry, Match
from assistant.dossier_text import DossierWriter
from assistant.drafts import Draft
from assistant.markup import escaped, plain
from catalog.records import Provider
from prompts.library import number

CLARIFIED = 8


def check_provider(draft: Draft) -> None:
    """Fill the draft with the school that is named, or ask which one is meant."""
    name = draft.query.entity or draft.query.topic
    found = draft.checker.find(Inquiry(name=name))
    where = draft.query.where
    if found.dossier is None and where is not None:
        # The place may be part of the school's name, so it is taken out of it only when the whole name fails.
        rest = name.replace(where.words, " ").strip(" ,")
        within = draft.checker.find(Inquiry(name=rest, state=where.state, city=where.city))
        found = within if within.candidates else found
    show(draft, found, name)


def show(draft: Draft, found: Found, name: str, most: int = CLARIFIED) -> None:
    """Fill the draft with what an inquiry found."""
    writer = DossierWriter(draft.texts, draft.sources, draft.ledger)
    if found.dossier is not None:
        draft.providers = [_card(draft, found.dossier.school, found.dossier.name)]
        draft.lines += writer.lines(found.dossier, found.method, found.namesakes)
    elif found.candidates:
        _ask_which(draft, found, writer, most)
    else:
        draft.status = Status.NOTHING_FITS
        said = draft.texts("check.none", name=escaped(name))
        draft.ledger.add(0, (), [said])
        draft.lines.append(said)
        draft.say("provider.ask")


def _ask_which(draft: Draft, found: Found, writer: DossierWriter, most: int) -> None:
    draft.status = Status.CLARIFY
    matches = [draft.checker.candidate(key, found.method) for key in found.candidates[: min(most, MOST_CANDIDATES)]]
    places = [_place(match) for match in matches]
    names = escaped("; ".join(f"{match.name} ({place})" for match, place in zip(matches, places, strict=True)))
    draft.clarification = draft.texts("provider.several", names=names)
    draft.counted(len(found.candidates))
    if found.method == "contradiction":
        draft.say("check.contradiction")
    else:
        draft.say("check.several", count=len(found.candidates))
    records = draft.snapshot.get(Provider, [match.id for match in matches])
    for match, place in zip(matches, places, strict=True):
        draft.providers.append(_card(draft, records[match.id], match.name))
        numbers = writer.numbers(match.ids)
        said = draft.texts("check.candidate", name=escaped(match.name), place=escaped(place), numbers=numbers)
        draft.ledger.add(0, (), [said])
        draft.lines.append(f"- {said}")
    left = len(found.candidates) - len(matches)
    if left > 0:
        draft.ledger.add(0, {number(left)})
        draft.lines.append(f"- {draft.texts('check.more', count=left)}")


def _place(match: Match) -> str:
    return ", ".join(part for part in (match.city, match.state) if part)


def _card(draft: Draft, provider: Provider, name: str) -> ProviderCard:
    return ProviderCard(
        id=provider.id,
        name=plain(name),
        city=provider.place.city,
        state=provider.place.state,
        list_status=provider.list_status,
        citation=draft.sources.cite(provider.provenance, plain(name)),
    )
