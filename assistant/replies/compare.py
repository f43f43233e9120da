"""Comparing programs side by side: those shown before, those of the schools that are named, or one school's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answer import Status
from assistant.comparison import LEAST, MOST, compare, table_lines
from assistant.drafts import Draft
from assistant.fitting import Fit
from assistant.replies.program import cards_of, find_programs, ranked_fits, referred
from assistant.writer import ProgramWriter


def compare_programs(draft: Draft) -> None:
    """Fill the draft with a table of two to five programs; with fewer, show what was found."""
    chosen = list(_chosen(draft, [fit for fit in ranked_fits(draft) if fit.is_current]))[:MOST]
    if len(chosen) < LEAST:
        draft.say("compare.too_few")
        find_programs(draft)
        return
    draft.status = Status.ANSWERED
    draft.programs = cards_of(draft, chosen)
    draft.comparison = compare(draft.programs, draft.ledger, draft.texts)
    draft.say("compare.intro", count=len(chosen))
    draft.counted(len(chosen))
    draft.lines += table_lines(draft.comparison)
    writer = ProgramWriter(draft.texts, draft.query)
    for card in draft.programs:
        draft.lines += writer.warnings(card)


def _chosen(draft: Draft, fits: Sequence[Fit]) -> Iterator[Fit]:
    query = draft.query
    if query.refers_to:
        yield from referred([fit for fit in fits if fit.fits] or fits, query)
    elif len(query.schools) > 1:
        for school in query.schools:
            yield from [fit for fit in fits if fit.provider_id in school.ids][:1]
    elif query.schools:
        yield from [fit for fit in fits if fit.provider_id in query.schools[0].ids]
    else:
        yield from [fit for fit in fits if fit.fits][:LEAST]
