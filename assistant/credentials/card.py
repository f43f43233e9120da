"""The employer's card of a credential: each line cites the page or the record that says it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import CredentialCard, CredentialFactCard, LeadCard, WageCard
from assistant.credentials.known import Known
from assistant.evidence import ProgramEvidence, Sources, programs_of
from assistant.findings import finding_card
from assistant.markup import escaped, plain, safe_url
from assistant.verify import FIGURE, Ledger
from assistant.wages import wage_cards, wages_in
from assistant.writer import mark
from catalog.records import Credential, CredentialFact, FactName, Finding, Provenance, Verdict
from catalog.snapshot import Snapshot
from prompts import Texts

STATE = "NJ"
"""The state whose wages and programs the records hold; other states' wages give way to the nation's."""
SHOWN_LEADS = 3
MOST_LEADS = 60
GRAVE = (Verdict.ALERT, Verdict.BELOW)


class CardMaker:
    """Makes cards from one snapshot for one answer, citing what each rests on."""

    def __init__(self, snapshot: Snapshot, texts: Texts, sources: Sources, ledger: Ledger) -> None:
        self.snapshot, self.texts, self.sources, self.ledger = snapshot, texts, sources, ledger

    def card(self, known: Known, *, one_of: str | None = None, in_full: bool = True) -> CredentialCard:
        """Return the card of a credential; wages and programs only when it is told in full."""
        credential = known.credential
        number = self.cite(credential)
        evidence = programs_of(self.snapshot, known.programs[:MOST_LEADS]) if in_full else []
        evidence.sort(key=lambda each: (not graves_of(each), each.program.id))
        return CredentialCard(
            id=credential.id,
            name=self.name(known),
            kind=credential.kind.value,
            retired=credential.retired,
            issuer=self.issuer(known),
            level=known.level,
            one_of=one_of,
            confused_with=tuple(self.others(known, "confused_with").values()),
            replaced_by=next(iter(self.others(known, "replaced_by").values()), None),
            facts=tuple(self.fact(fact, known) for fact in known.told(*FACTS)),
            unknowns=tuple(known.unknowns) if known.facts else (),
            wages=self._wages(known) if in_full else (),
            programs=len(known.programs),
            programs_warned=sum(bool(graves_of(each)) for each in evidence),
            leads=tuple(self._lead(each) for each in evidence[:SHOWN_LEADS]),
            citation=number,
        )

    def name(self, known: Known) -> str:
        """Return a credential's name in the language of the answer."""
        own = next(iter(known.told("name")), None)
        return plain(self.words(own)) if own else plain(known.credential.name)

    def words(self, fact: CredentialFact) -> str:
        """Return what a fact says in the language of the answer."""
        return (fact.text_es if self.texts.language == "es" else fact.text_en) or ""

    def cite(self, credential: Credential) -> int:
        """Cite the record of a credential, and allow its own words."""
        number = self.sources.cite(_safe(credential.provenance), plain(credential.name))
        said = [credential.name, *credential.aliases, *([credential.issuer] if credential.issuer else [])]
        days = [str(credential.retired_on)] if credential.retired_on else []
        self.ledger.add(number, [], [*(escaped(each) for each in said), *(plain(each) for each in said), *days])
        return number

    def fact(self, fact: CredentialFact, known: Known) -> CredentialFactCard:
        """Return a fact with the citation of its page."""
        text = self.words(fact)
        title = f"{plain(fact.publisher)}: {plain(known.credential.name)}"
        number = self.sources.cite(_safe(fact.provenance), title)
        self.ledger.add(number, FIGURE.findall(text), [text, escaped(text), str(fact.checked_on)])
        return CredentialFactCard(
            name=fact.name,
            text=plain(text),
            months=fact.months,
            page_kind=fact.page_kind,
            publisher=plain(fact.publisher),
            checked_on=fact.checked_on,
            citation=number,
        )

    def issuer(self, known: Known) -> str | None:
        """Return who gives a credential, in the language of the answer."""
        own = next(iter(known.told("issuer")), None)
        issuer = self.words(own) if own else known.credential.issuer
        return plain(issuer) if issuer else None

    def others(self, known: Known, name: FactName) -> dict[int, str]:
        """Return the names of the credentials that a relation of ours names, by the numbers of their citations."""
        found = self.snapshot.get(Credential, known.values(name))
        condition = "name = 'name' AND credential_id IN (SELECT unnest(?))"
        own = {f.credential_id: self.words(f) for f in self.snapshot.select(CredentialFact, condition, [list(found)])}
        return {self.cite(each): plain(own.get(key, each.name)) for key, each in found.items()}

    def _wages(self, known: Known) -> tuple[WageCard, ...]:
        socs = list(known.credential.soc)
        found = wages_in(self.snapshot, socs, STATE)
        wages = [found[soc] for soc in socs if soc in found]
        return wage_cards(wages, self.sources, self.ledger, self.texts)

    def _lead(self, evidence: ProgramEvidence) -> LeadCard:
        program = evidence.program
        school = evidence.provider.name if evidence.provider else program.provider_name
        number = self.sources.cite(_safe(program.provenance), plain(program.name))
        self.ledger.add(number, [], [escaped(program.name), escaped(school or "")])
        wholes = {whole.id: whole.name for whole in evidence.wholes}
        cards = tuple(
            finding_card(f, evidence.rules[f.rule], school, self.sources, self.texts, wholes.get(f.subject_id))
            for f in graves_of(evidence)
        )
        for card in cards:
            self.ledger.add_finding(card)
        return LeadCard(
            id=program.id,
            name=plain(program.name),
            provider=plain(school) if school else None,
            findings=cards,
            citation=number,
        )


def graves_of(evidence: ProgramEvidence) -> tuple[Finding, ...]:
    """Return the alerts and the results below a bar that concern a program."""
    return tuple(each for each in evidence.findings if each.verdict in GRAVE)


FACTS: tuple[FactName, ...] = (
    "what",
    "assessed",
    "requires",
    "validity",
    "renewal",
    "accredited",
    "regulator",
    "law",
    "verify",
    "retired",
    "flag",
    "ask",
)


def _safe(provenance: Provenance) -> Provenance:
    return provenance.model_copy(update={"url": safe_url(provenance.url)})


def marks(numbers: Sequence[int]) -> str:
    """Return the marks of several citations, each once."""
    return " ".join(mark(number) for number in dict.fromkeys(numbers))
