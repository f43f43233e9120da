"""What the records say of one school; several with a like name are listed, never guessed."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from assistant.answer import ProviderCard, Status
from assistant.drafts import Draft
from assistant.markup import escaped, plain
from assistant.writer import mark
from catalog.records import Provider

SAME_NAME = 90
LISTED = 5


def check_provider(draft: Draft) -> None:
    """Fill the draft with the school that is named, or ask which one is meant."""
    name = draft.query.entity or draft.query.topic
    found = _named(draft, name)
    if not found:
        draft.status = Status.NOTHING_FITS
        draft.ledger.add(0, (), [escaped(name)])
        draft.say("provider.none", name=escaped(name))
    elif len(found) > 1:
        draft.status = Status.CLARIFY
        places = [f"{p.name} ({', '.join(x for x in (p.place.city, p.place.state) if x)})" for p in found]
        listed = escaped("; ".join(dict.fromkeys(places)))
        draft.ledger.add(0, (), [listed])
        draft.providers = [_card(draft, provider) for provider in found]
        draft.clarification = draft.texts("provider.several", names=listed)
        draft.lines.append(draft.clarification)
    else:
        _write(draft, found[0])
    draft.say("provider.ask")


def _write(draft: Draft, provider: Provider) -> None:
    card = _card(draft, provider)
    draft.providers = [card]
    count = draft.snapshot.query("SELECT count(*) FROM programs WHERE provider_id = ?", [provider.id])[0][0]
    draft.counted(count)
    place = escaped(", ".join(part for part in (provider.place.city, provider.place.state) if part))
    name = escaped(provider.name)
    draft.ledger.add(card.citation, (), [name, place, str(provider.list_status_as_of)])
    draft.say("provider.intro", name=name, place=place, mark=mark(card.citation))
    if provider.list_status:
        status = draft.texts(f"status.{provider.list_status.value}")
        said = draft.texts("provider.status", status=status, as_of=provider.list_status_as_of)
        draft.lines.append(f"{said} {mark(card.citation)}")
    else:
        draft.say("provider.no_status")
    draft.say("provider.programs", count=count)


def _card(draft: Draft, provider: Provider) -> ProviderCard:
    return ProviderCard(
        id=provider.id,
        name=plain(provider.name),
        city=provider.place.city,
        state=provider.place.state,
        list_status=provider.list_status,
        citation=draft.sources.cite(provider.provenance, plain(provider.name)),
    )


def _named(draft: Draft, name: str) -> list[Provider]:
    wanted = default_process(name)
    if not wanted:
        return []
    rows = draft.snapshot.query("SELECT id, name FROM providers ORDER BY id")
    names = {key: default_process(each) for key, each in rows}
    exact = [key for key, each in names.items() if each == wanted]
    if not exact:
        hits = process.extract(
            wanted, names, scorer=fuzz.token_set_ratio, processor=None, score_cutoff=SAME_NAME, limit=LISTED
        )
        exact = [key for _name, _score, key in hits]
    return list(draft.snapshot.get(Provider, exact[:LISTED]).values())
