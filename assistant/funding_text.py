"""The words of what is known of help with the cost, each with its sources and whom to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from assistant.answer import FundingCard
from assistant.evidence import ProgramEvidence, Sources
from assistant.funding import Funding, Help, funding_of
from assistant.markup import plain
from assistant.registers import School, schools_of
from assistant.verify import FIGURE, Ledger
from assistant.writer import mark
from catalog.records import Program, Provider, Standard
from catalog.snapshot import Snapshot
from prompts import Texts

STANDARDS = ("workforce_pell_length",)


def funding_cards_of(
    snapshot: Snapshot,
    evidence: Sequence[ProgramEvidence],
    sources: Sources,
    ledger: Ledger,
    texts: Texts,
    on: date | None = None,
) -> dict[str, tuple[FundingCard, ...]]:
    """Return the funding cards of programs by program id, citing and entering in the ledger what they rest on."""
    schools = schools_of(snapshot, evidence)
    standards = snapshot.get(Standard, STANDARDS)
    found = {}
    for each in evidence:
        school = schools.get(each.program.provider_id, School())
        kinds = funding_of(each, school, on or date.today())
        cards = tuple(_card(kind, each.program, school, standards, sources, texts) for kind in kinds)
        for card in cards:
            _enter(card, ledger)
        found[each.program.id] = cards
    return found


def _card(
    kind: Funding, program: Program, school: School, standards: Mapping[str, Standard], sources: Sources, texts: Texts
) -> FundingCard:
    records: dict[str, Program | Provider | None] = {
        "program": program,
        "aided": school.aided,
        "facility": school.facility,
        "seen": school.seen,
    }
    behind = [record for name in kind.records if (record := records[name]) is not None]
    cited = [sources.cite(record.provenance, plain(record.name)) for record in behind]
    standard = standards.get(kind.standard or "")
    if standard is not None:
        title = standard.title_es if texts.language == "es" else standard.title_en
        cited.append(sources.cite(standard.provenance, title))
    return FundingCard(
        kind=kind.help.value,
        verdict=kind.chance,
        reason=_reason(kind, texts),
        as_of=kind.as_of,
        ask=texts(f"funding_ask.{kind.help.value}"),
        citations=tuple(dict.fromkeys(cited)),
    )


def _reason(kind: Funding, texts: Texts) -> str:
    own, shared = f"funding_{kind.help.value}.{kind.reason}", f"funding_any.{kind.reason}"
    status = kind.values.get("status")
    return texts(
        own if texts.has(own) else shared,
        as_of=kind.as_of,
        seen=kind.values.get("seen"),
        code=kind.values.get("code"),
        status=texts(f"status.{status}") if status else None,
    )


def _enter(card: FundingCard, ledger: Ledger) -> None:
    """The words were composed by code from the records cited, so their figures are those of the records."""
    for number in card.citations:
        ledger.add(number, FIGURE.findall(card.reason), [card.reason])


def funding_lines(cards: Sequence[FundingCard], texts: Texts) -> Iterator[str]:
    """Yield one line per kind of help; kinds with the same reason share one.

    That a longer program is outside Workforce Pell is not worth a line, since ordinary Pell is for those.
    """
    verdicts = {card.kind: card.verdict for card in cards}
    shown = [card for card in cards if not (_is_no_to_short_pell(card) and verdicts.get(Help.PELL) != "unlikely")]
    for (verdict, reason), group in groupby(shown, key=lambda card: (card.verdict, card.reason)):
        alike = list(group)
        names = f" {texts('funding.and')} ".join(texts(f"funding_help.{card.kind}") for card in alike)
        marks = " ".join(mark(number) for number in dict.fromkeys(n for card in alike for n in card.citations))
        said = texts(
            "funding.line",
            names=names,
            chance=texts(f"funding_chance.{verdict}"),
            reason=reason,
            ask=alike[0].ask,
        )
        yield f"- {said} {marks}".rstrip()


def _is_no_to_short_pell(card: FundingCard) -> bool:
    return card.kind == Help.WORKFORCE_PELL and card.verdict == "unlikely"
