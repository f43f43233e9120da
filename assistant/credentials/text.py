"""The lines of an employer's card: one line is one statement, and carries its citation."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import CredentialCard, CredentialFactCard
from assistant.credentials.card import CardMaker, marks
from assistant.credentials.known import Known
from assistant.markup import escaped
from assistant.wages import wage_lines
from assistant.writer import finding_line, mark

IN_FULL = ("assessed", "requires", "validity", "renewal", "regulator", "accredited", "law")
SHOWN_LISTED = 3
SHOWN_FINDINGS = 2


class CardWriter:
    """Writes cards in the language of the answer."""

    def __init__(self, maker: CardMaker) -> None:
        self.maker, self.say = maker, maker.texts

    def full(self, known: Known, card: CredentialCard) -> Iterator[str]:
        """Yield the whole card."""
        yield from self._head(known, card)
        if not card.issuer:
            yield from self._others(known)
            return
        yield from self._proofs(card)
        yield from self._facts(card, IN_FULL)
        if not card.retired:
            yield from self._check(card)
            yield f"- {self._by_kind('beside', 'beside', card)}"
        yield from self._others(known)
        yield from wage_lines(card.wages, self.say)
        yield from self._programs(card)
        yield from self._advice(card)
        yield from self._ends(card)

    def short(self, known: Known, card: CredentialCard) -> Iterator[str]:
        """Yield what matters most, for one of several credentials."""
        yield from self._head(known, card)
        yield from self._proofs(card)
        yield from self._facts(card, IN_FULL)
        if card.issuer and not card.retired:
            yield from self._where(card)
        yield from self._others(known, only_confused=True)

    def from_the_state(self, card: CredentialCard) -> Iterator[str]:
        """Yield what can be said of a credential that only the state's list knows."""
        yield from self._proofs(card)
        yield f"- {self.say('card.verify_first', text=self.say(f'kind_first.{card.kind}'))}"
        yield f"- {self.say('card.verify_last')}"
        yield f"- {self._by_kind('beside', 'beside', card)}"
        yield from wage_lines(card.wages, self.say)
        yield from self._programs(card)
        yield from self._advice(card)

    def _head(self, known: Known, card: CredentialCard) -> Iterator[str]:
        yield f"### {self.say('card.heading', name=escaped(card.name))} {mark(card.citation)}"
        yield from self._retired(known, card)
        kind = self.say(f"kind.{card.kind}")
        what = next((fact for fact in card.facts if fact.name == "what"), None)
        if card.issuer:
            yield f"- {self.say('card.what', kind=kind, issuer=escaped(card.issuer))} {mark(card.citation)}"
        if what:
            yield f"- {escaped(what.text)} {mark(what.citation)}"

    def _retired(self, known: Known, card: CredentialCard) -> Iterator[str]:
        for fact in (each for each in card.facts if each.name == "retired"):
            yield f"- {self.say('card.retired')} {escaped(fact.text)} {mark(fact.citation)}"
        for number, name in self.maker.others(known, "replaced_by").items():
            yield f"- {self.say('card.replaced', name=escaped(name))} {mark(number)}"

    def _proofs(self, card: CredentialCard) -> Iterator[str]:
        if not card.issuer and card.facts:
            return  # nobody gives it: it is no credential
        yield f"- {self._by_kind('proves', 'proves', card)}"
        yield f"- {self._by_kind('proves_not', 'not', card)}"

    def _facts(self, card: CredentialCard, names: tuple[str, ...]) -> Iterator[str]:
        for name in names:
            for fact in (each for each in card.facts if each.name == name):
                key = "verify_then" if name == "verify" else name
                yield f"- {self.say(f'card.{key}', text=escaped(fact.text))} {mark(fact.citation)}"

    def _check(self, card: CredentialCard) -> Iterator[str]:
        yield self.say("card.verify_title")
        yield f"- {self.say('card.verify_first', text=self.say(f'kind_first.{card.kind}'))}"
        yield from self._where(card)
        yield f"- {self.say('card.verify_last')}"

    def _where(self, card: CredentialCard) -> Iterator[str]:
        told = [fact for fact in card.facts if fact.name == "verify"]
        yield from self._facts(card, ("verify",))
        if not told:
            said = self.say("card.verify_then_unknown", issuer=escaped(card.issuer or ""))
            yield f"- {said} {mark(card.citation)}"

    def _by_kind(self, key: str, column: str, card: CredentialCard) -> str:
        text = self.say(f"kinds.{card.kind}_{column}")
        return self.say(f"card.{key}", text=text if text.endswith(".") else f"{text}.")

    def _others(self, known: Known, *, only_confused: bool = False) -> Iterator[str]:
        confused = self.maker.others(known, "confused_with")
        if confused:
            yield f"- {self.say('card.confused', names=_named(confused))}"
        if known.listed and not only_confused:
            listed = {self.maker.cite(entry): entry.name for entry in known.listed[:SHOWN_LISTED]}
            yield f"- {self.say('card.listed', names=_named(listed))}"

    def _programs(self, card: CredentialCard) -> Iterator[str]:
        if not card.programs:
            yield f"- {self.say('card.programs_none')}"
            return
        yield f"- {self.say('card.programs', count=card.programs, warned=card.programs_warned)}"
        for lead in card.leads:
            said = self.say("card.program", name=escaped(lead.name), provider=escaped(lead.provider or "?"))
            clear = "" if lead.findings else f": {self.say('card.program_clear')}"
            yield f"- {said}{clear} {mark(lead.citation)}"
            yield from (finding_line(each, self.say) for each in lead.findings[:SHOWN_FINDINGS])

    def _advice(self, card: CredentialCard) -> Iterator[str]:
        for name in ("flag", "ask"):
            for fact in (each for each in card.facts if each.name == name):
                yield f"- {self.say(f'card.{name}s', text=escaped(fact.text))} {mark(fact.citation)}"
            yield f"- {self.say(f'card.{name}s', text=self.say(f'kind_{name}s.{card.kind}'))}"

    def _ends(self, card: CredentialCard) -> Iterator[str]:
        if card.unknowns:
            names = "; ".join(self.say(f"card.name_{name}") for name in card.unknowns)
            yield f"- {self.say('card.unknown', names=names)}"
        checked = [fact for fact in card.facts if fact.page_kind != "ours"]
        if checked:
            newest = max(fact.checked_on for fact in checked)
            yield f"{self.say('card.checked', on=newest)} {marks([fact.citation for fact in checked])}"
        yield from self._secondary(checked)

    def _secondary(self, facts: list[CredentialFactCard]) -> Iterator[str]:
        written = [fact for fact in facts if fact.page_kind == "secondary"]
        if written:
            names = "; ".join(dict.fromkeys(self.say(f"card.name_{fact.name}") for fact in written))
            yield f"{self.say('card.secondary', names=names)} {marks([fact.citation for fact in written])}"


def _named(names: dict[int, str]) -> str:
    return "; ".join(f"{escaped(name)} {mark(number)}" for number, name in names.items())
