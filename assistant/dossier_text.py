"""A dossier in words: one line is one statement, with its citation; every figure goes into the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.advice import complaint_places, domains_of, questions
from assistant.answer import FindingCard
from assistant.dossier import INSTITUTIONAL, Act, Dossier, is_review_past
from assistant.evidence import Sources
from assistant.markup import escaped, plain
from assistant.receipts import ids_of
from assistant.verify import Ledger
from assistant.wording import figures_of
from assistant.writer import finding_line, mark, undecided_line
from catalog.records import EventKind, Finding, Known, Provenance, Verdict
from prompts import Texts
from prompts.library import number

WITH_AN_END = (EventKind.CASH_MONITORING, EventKind.ACCREDITOR_ACTION)
"""Kinds of acts that go on until something ends them."""
SHOWN_FINDINGS = 5
SHOWN_ACTS = 12
SHOWN_ACCREDITATIONS = 3
TOLD_APART = ("accreditor_action", "hcm", "closed_or_closing", "list_status", "low_earnings")
"""Rules whose *cannot tell* is worth a line of its own."""


@dataclass(frozen=True)
class DossierWriter:
    """Writes about one school; what it quotes goes into the ledger under the citation that it gives."""

    texts: Texts
    sources: Sources
    ledger: Ledger

    def lines(self, dossier: Dossier, method: str, namesakes: int = 0) -> Iterator[str]:
        """Yield the whole check: who it is, what the rules say, accreditation, acts, the grid, whom to ask."""
        yield from self._who(dossier, method)
        if namesakes:
            self.ledger.add(0, {number(namesakes)})
            yield self.texts("check.namesakes", count=namesakes)
        yield from self._findings(dossier)
        yield from self._accreditation(dossier)
        yield from self._acts(dossier)
        yield from self._grid(dossier)
        yield self.texts("check.ask")
        yield from (f"- {each}" for each in questions(dossier, self.texts))
        yield self.texts("check.complain")
        for place in complaint_places(dossier, self.texts):
            self.ledger.add(0, (), [place])
            yield f"- {place}"

    def numbers(self, ids: dict[str, tuple[str, ...]]) -> str:
        """Return register numbers in words."""
        said = [self.texts(f"number.{kind}", number=each) for kind, found in ids.items() for each in found]
        return "; ".join(said)

    def _quote(self, origin: Provenance, title: str, *words: str | None) -> str:
        """Cite a record, let its words stand in the text, and return the mark."""
        citation = self.sources.cite(origin, plain(title))
        self.ledger.add(citation, (), [word for word in words if word])
        return mark(citation)

    def _who(self, dossier: Dossier, method: str) -> Iterator[str]:
        texts, school = self.texts, dossier.school
        place = escaped(", ".join(part for part in (school.place.city, school.place.state) if part))
        name, numbers = escaped(dossier.name), self.numbers(ids_of(dossier.records))
        others = [each for each in dossier.records if each.id != school.id]
        records = [self._record(each.name, each.provenance, dossier.method_of(each)) for each in others]
        wholes = escaped("; ".join(whole.name for whole in dossier.wholes))
        program = escaped(dossier.program.name) if dossier.program else None
        shown = self._quote(school.provenance, dossier.name, name, place, numbers, wholes, program, *records)
        yield texts("provider.intro", name=name, place=place, mark=shown)
        yield f"{texts(f'check.how_{method}')} {texts('check.numbers', numbers=numbers) if numbers else ''} {shown}"
        if program is not None:
            yield f"{texts('check.program', name=program)} {shown}"
        if records:
            yield f"{texts('check.records', names='; '.join(records))} {shown}"
        if wholes:
            yield f"{texts('check.part_of', names=wholes)} {shown}"
        self.ledger.add(0, {number(dossier.programs)})
        yield texts("provider.programs", count=dossier.programs)

    def _record(self, name: str, origin: Provenance, method: str | None) -> str:
        if method is None:
            return escaped(name)
        source = escaped(self.sources.publisher_of(origin.source) or origin.source)
        return self.texts("check.record", name=escaped(name), source=source, method=self.texts(f"link.{method}"))

    def _findings(self, dossier: Dossier) -> Iterator[str]:
        cards = {each.id: self._card(each, dossier) for each in dossier.findings}
        alerts, below, meets, unclear = (
            [f for f in dossier.findings if f.verdict is verdict]
            for verdict in (Verdict.ALERT, Verdict.BELOW, Verdict.MEETS, Verdict.CANNOT_TELL)
        )
        yield self.texts("check.outcomes")
        if not alerts:
            yield f"- {self.texts('check.clean')}"
        # An alert is always shown; of the rest the first few are.
        yield from (self._line(cards[each.id]) for each in (*alerts, *below[:SHOWN_FINDINGS]))
        yield from self._more(len(below) - SHOWN_FINDINGS)
        yield from self._met(dossier, meets, cards)
        apart = [each for each in unclear if each.rule in TOLD_APART]
        yield from (self._line(cards[each.id]) for each in apart[:SHOWN_FINDINGS])
        yield from undecided_line([cards[each.id] for each in unclear if each not in apart], self.texts)

    def _line(self, card: FindingCard) -> str:
        """Return a finding as a line, with the id by which its receipt is asked for."""
        receipt = self.texts("check.receipt", id=card.id)
        self.ledger.add(card.citation or 0, (), [receipt])
        return f"{finding_line(card, self.texts)} {receipt}"

    def _more(self, left: int) -> Iterator[str]:
        if left > 0:
            self.ledger.add(0, {number(left)})
            yield f"- {self.texts('check.more', count=left)}"

    def _met(self, dossier: Dossier, meets: Sequence[Finding], cards: Mapping[str, FindingCard]) -> Iterator[str]:
        """Yield one line for each rule whose bar is met, with whom it is met for."""
        for rule in dict.fromkeys(each.rule for each in meets):
            names = {each.id: escaped(dossier.about(each) or dossier.name) for each in meets if each.rule == rule}
            marked = "; ".join(f"{name} {mark(cards[key].citation or 0)}" for key, name in names.items())
            first = next(each for each in meets if each.rule == rule)
            self.ledger.add(cards[first.id].citation or 0, (), [*names.values(), first.as_of or ""])
            yield f"- {self.texts('check.meets', rule=self.texts(f'rule.{rule}'), names=marked, as_of=first.as_of)}"

    def _card(self, finding: Finding, dossier: Dossier) -> FindingCard:
        rule = dossier.rules[finding.rule]
        citation = self.sources.cite(finding.provenance, f"{self.texts(f'rule.{rule.id}')}: {plain(dossier.name)}")
        words = dossier.message(finding, self.texts)
        self.ledger.add(citation, figures_of(finding, rule), [words])
        return FindingCard(
            id=finding.id,
            rule=finding.rule,
            verdict=finding.verdict.value,
            severity=finding.severity.value,
            stale=finding.stale,
            message=words,
            citation=citation,
        )

    def _accreditation(self, dossier: Dossier) -> Iterator[str]:
        whole = [each for each in dossier.accreditations if each.scope == INSTITUTIONAL]
        single = [each for each in dossier.accreditations if each.scope != INSTITUTIONAL]
        if not whole and not single:
            yield self.texts("check.not_accredited")
        for each in whole[:SHOWN_ACCREDITATIONS]:
            said = self.texts(
                "check.accredited",
                agency=escaped(each.agency),
                since=each.since,
                as_of=each.provenance.as_of,
                review_on=each.review_on if is_review_past(each) else None,
            )
            yield f"- {said} {self._quote(each.provenance, each.agency, said)}"
        if single:
            scopes = list(dict.fromkeys(each.scope or each.agency for each in single))
            names = escaped("; ".join(scopes[:SHOWN_FINDINGS]) + ("; …" if len(scopes) > SHOWN_FINDINGS else ""))
            said = self.texts("check.accredited_programs", names=names, as_of=single[0].provenance.as_of)
            yield f"- {said} {self._quote(single[0].provenance, single[0].agency, said)}"

    def _acts(self, dossier: Dossier) -> Iterator[str]:
        if dossier.acts:
            yield self.texts("check.acts")
        for act in dossier.acts[-SHOWN_ACTS:]:
            said = self._act(act)
            origin = act.event.provenance
            yield f"- {said} {self._quote(origin, act.event.subject_name or dossier.name, said)}"
        yield from self._more(len(dossier.acts) - SHOWN_ACTS)

    def _act(self, act: Act) -> str:
        event = act.event
        words = {
            "action": escaped(event.action.rstrip(".")),
            "agency": escaped(event.agency or ""),
            "scope": escaped(event.scope or ""),
        }
        key = "check.act" if event.on else "check.act_listed" if act.day else "check.act_undated"
        said = self.texts(key, **words, **({"day": act.day} if act.day else {}))
        ended = act.ended_by
        on = (ended.on.isoformat() if ended.on else ended.provenance.as_of) if ended else act.ended_on
        by = escaped(ended.action) if ended else None
        if event.kind not in WITH_AN_END:
            return f"{said}."
        return self.texts(f"check.act_{act.state}", act=said, **({"on": on, "by": by} if act.state == "ended" else {}))

    def _grid(self, dossier: Dossier) -> Iterator[str]:
        known = domains_of(dossier)
        parts = [f"{self.texts(f'domain.{key}')}: {self.texts(f'known.{how.value}')}" for key, how in known.items()]
        yield self.texts("check.grid", parts="; ".join(parts))
        missing = [self.texts(f"domain.{key}") for key, how in known.items() if how is Known.MISSING]
        if missing:
            yield self.texts("check.nobody", names="; ".join(missing))
