"""Finding programs: filter on columns, search what is left, show the best with their figures."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import ProgramCard, Status
from assistant.cards import program_card
from assistant.drafts import Draft
from assistant.evidence import programs_of
from assistant.fitting import OLDER_LIST, Fit, fits_of
from assistant.relevance import on_topic
from assistant.replies.refusal import refuse
from assistant.writer import ProgramWriter
from catalog.records import Program

SHOWN = 5
SHOWN_RELAXED = 3
SEARCHED = 200


def find_programs(draft: Draft) -> None:
    """Fill the draft with the programs that fit, or with what comes closest."""
    ids = on_topic(draft.searcher, draft.query.topic, kind="program", limit=SEARCHED)
    if not ids:
        refuse(draft)
        draft.lines = [draft.texts("refuse.no_records")]
        return
    fits = fits_of(draft.snapshot, draft.query, ids)
    ranked = [fits[key] for key in _without_twins(draft, ids) if key in fits]
    ranked.sort(key=lambda fit: (fit.program_id.startswith(OLDER_LIST), len(fit.unknown)))
    fitting = [fit for fit in ranked if fit.fits]
    _show(draft, fitting, ranked)


def _show(draft: Draft, fitting: Sequence[Fit], ranked: Sequence[Fit]) -> None:
    writer = ProgramWriter(draft.texts, draft.query)
    shown = fitting[:SHOWN]
    if shown:
        priced = [fit for fit in fitting if fit.cost is not None]
        draft.programs = _cards(draft, shown)
        unknown_cost = len(fitting) - len(priced) if draft.query.max_cost else 0
        draft.counted(len(fitting), len(shown), unknown_cost, *range(1, len(shown) + 1))
        draft.lines += writer.found(draft.programs, len(fitting), unknown_cost)
        return
    draft.status = Status.NOTHING_FITS
    near = sorted(ranked, key=lambda fit: len(fit.missed))[:SHOWN_RELAXED]
    draft.relaxed = _cards(draft, near)
    draft.counted(*range(1, len(near) + 1))
    draft.lines += writer.nothing(draft.relaxed)


def _cards(draft: Draft, fits: Sequence[Fit]) -> list[ProgramCard]:
    by_id = {fit.program_id: fit for fit in fits}
    cards = [
        program_card(evidence, by_id[evidence.program.id], rank, draft.sources, draft.texts)
        for rank, evidence in enumerate(programs_of(draft.snapshot, by_id), start=1)
    ]
    for card in cards:
        draft.ledger.add_card(card)
    return cards


def _without_twins(draft: Draft, ids: Sequence[str]) -> list[str]:
    """A school that lists one program several times is shown once: the best-ranked of each name, school and price."""
    programs = draft.snapshot.get(Program, ids)
    seen: set[tuple[str, str, float | None]] = set()
    kept = []
    for key, program in programs.items():
        twin = (program.name.lower(), program.provider_id, program.cost.total_usd)
        if twin not in seen:
            seen.add(twin)
            kept.append(key)
    return kept
