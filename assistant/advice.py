"""What to ask a school, and where to complain, from what its records leave open."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.dossier import Dossier
from catalog.records import EventKind, Known, Verdict
from prompts import Texts

DOMAINS = ("learning", "completion", "placement", "earnings", "satisfaction")
"""The domains of the EQOS rubric."""
MOST_QUESTIONS = 6
STATES = ("NJ", "CA")
"""States whose complaint offices are named in the texts."""


def domains_of(dossier: Dossier) -> dict[str, Known]:
    """Return what is known of each of the rubric's domains; without a grid nothing is."""
    return {domain: getattr(dossier.grid, domain) if dossier.grid else Known.MISSING for domain in DOMAINS}


def questions(dossier: Dossier, texts: Texts) -> Iterator[str]:
    """Yield what to ask the school: about what can't be told, then what nobody reports."""
    missing = [f.missing for f in dossier.findings if f.verdict is Verdict.CANNOT_TELL and f.missing]
    asked = [f"ask.{key}" if texts.has(f"ask.{key}") else "ask.figure" for key in missing]
    asked += [f"ask.domain_{domain}" for domain, known in domains_of(dossier).items() if known is Known.MISSING]
    said = dict.fromkeys(texts(key) for key in asked)
    yield from list(said)[:MOST_QUESTIONS]
    yield texts("ask.always")


def complaint_places(dossier: Dossier, texts: Texts) -> Iterator[str]:
    """Yield the offices that take complaints about the school."""
    state = dossier.school.place.state
    yield texts(f"complain.state_{state}" if state in STATES else "complain.state")
    if dossier.accreditations:
        yield texts("complain.accreditor")
    if dossier.school.title_iv or any(act.event.kind is EventKind.CASH_MONITORING for act in dossier.acts):
        yield texts("complain.federal_aid")
    if any(record.ids.va_facility for record in dossier.records):
        yield texts("complain.veterans")
    yield texts("complain.ftc")
