"""Counting programs: how many there are, and what the typical one costs and takes."""

from __future__ import annotations

from assistant.answer import Status
from assistant.counting import counted
from assistant.counting_text import CountWriter
from assistant.drafts import Draft
from assistant.markup import escaped
from assistant.replies.program import all_fits
from assistant.writer import ProgramWriter


def count_programs(draft: Draft) -> None:
    """Fill the draft with a count of the programs of the subject that meet each limit, and of those that may."""
    fits = [fit for fit in all_fits(draft) if fit.fits]
    certain = [fit.program_id for fit in fits if not fit.unknown]
    draft.count = counted(draft.snapshot, certain, [fit.program_id for fit in fits if fit.unknown])
    draft.status = Status.ANSWERED if fits else Status.NOTHING_FITS
    limits = ProgramWriter(draft.texts, draft.query).limits()
    writer = CountWriter(draft.snapshot, draft.sources, draft.ledger, draft.texts)
    draft.lines += writer.lines(draft.count, escaped(draft.query.topic), limits)
