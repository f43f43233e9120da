"""Explaining a quality standard in our own words, with the page that it was read from."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from assistant.answer import StandardCard
from assistant.drafts import Draft
from assistant.relevance import on_topic
from assistant.replies.credential import compares_kinds, explain_credential, is_about_credentials
from assistant.verify import FIGURE
from assistant.writer import mark
from catalog.records import Standard

SAME_NAME = 88
SHOWN = 2


def explain_standard(draft: Draft) -> None:
    """Fill the draft with the standard that is named; else look for a credential of that name."""
    found = [] if compares_kinds(draft) else _named(draft)
    if not found and not is_about_credentials(draft):
        found = _near(draft)
    if not found:
        explain_credential(draft)
        return
    for standard in found[:SHOWN]:
        _write(draft, standard)


def _write(draft: Draft, standard: Standard) -> None:
    spanish = draft.query.language == "es"
    title = standard.title_es if spanish else standard.title_en
    text = standard.text_es if spanish else standard.text_en
    number = draft.sources.cite(standard.provenance, title)
    dates = [str(d) for d in (standard.superseded_on, standard.last_checked) if d]
    draft.ledger.add(number, FIGURE.findall(f"{title} {text} {standard.threshold or ''}"), [title, text, *dates])
    draft.standards.append(StandardCard(id=standard.id, title=title, citation=number))
    draft.say("standard.heading", title=title, mark=mark(number))
    draft.lines.append(f"{text} {mark(number)}")
    if standard.superseded_on:
        draft.lines.append(f"{draft.texts('standard.superseded', on=standard.superseded_on)} {mark(number)}")
    draft.lines.append(f"{draft.texts('standard.checked', on=standard.last_checked)} {mark(number)}")


def _named(draft: Draft) -> list[Standard]:
    """The standards whose title or an alias is what was asked for."""
    wanted = default_process(draft.query.entity or "")
    standards = draft.snapshot.select(Standard, "TRUE", order="id")
    names = {(s.id, name): default_process(name) for s in standards for name in (s.title_en, s.title_es, *s.aliases)}
    hits = process.extract(wanted, names, scorer=fuzz.ratio, processor=None, score_cutoff=SAME_NAME, limit=SHOWN)
    ids = list(dict.fromkeys(key[0] for _name, _score, key in hits))
    by_id = {s.id: s for s in standards}
    return [by_id[key] for key in ids][:1]


def _near(draft: Draft) -> list[Standard]:
    """The standard whose passage answers the question best, when it is close."""
    ids = on_topic(draft.searcher, draft.query.entity or draft.query.text, kind="standard", limit=1)
    return list(draft.snapshot.get(Standard, ids).values())
