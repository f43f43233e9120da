"""A provider check as text for the command line, by the same code as in a conversation."""

from __future__ import annotations

from datetime import date

from assistant.check import MOST_CANDIDATES, Checker
from assistant.checked import Inquiry
from assistant.dossier_text import DossierWriter
from assistant.evidence import Sources
from assistant.replies.provider import reply_to
from assistant.verify import Ledger, verified
from assistant.writer import joined, sources_list
from prompts import Texts


def check_text(checker: Checker, inquiry: Inquiry, texts: Texts, on: date | None = None) -> str:
    """Return what the records say about an inquiry, verified like an answer, with the list of sources."""
    if inquiry.name is None and inquiry.program is not None and not checker.knows_program(inquiry.program):
        return texts("check.no_program", id=inquiry.program)
    sources, ledger = Sources(checker.snapshot), Ledger()
    writer = DossierWriter(texts, sources, ledger)
    reply = reply_to(checker.find(inquiry, on), inquiry.name or "", checker, writer, most=MOST_CANDIDATES)
    lines, _problems = verified(reply.lines, ledger)
    return joined([*lines, f"_{texts('notice.short')}_", *sources_list(texts, sources.citations, lines)])
