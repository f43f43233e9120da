"""What is said about the credentials of a question: each that is named, each that nobody knows, kinds compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.answer import CredentialCard, UnknownCredential
from assistant.credentials.card import CardMaker
from assistant.credentials.kinds import KINDS, kinds_table
from assistant.credentials.known import Known, known_of
from assistant.credentials.names import CredentialNames, Mention
from assistant.credentials.reading import Asked
from assistant.credentials.text import CardWriter
from assistant.evidence import Sources
from assistant.markup import escaped, plain
from assistant.verify import Ledger
from assistant.writer import mark
from catalog.snapshot import Snapshot
from prompts import Texts
from prompts.library import number

MOST_SHOWN = 6
BESIDE = ("name", "proves", "not", "check")


class CredentialReply:
    """Lines and cards about what was asked; `is_empty` when nothing is known of any of it."""

    def __init__(
        self, snapshot: Snapshot, names: CredentialNames, texts: Texts, sources: Sources, ledger: Ledger
    ) -> None:
        self.snapshot, self.names, self.texts, self.ledger = snapshot, names, texts, ledger
        self.maker = CardMaker(snapshot, texts, sources, ledger)
        self.writer = CardWriter(self.maker)
        self.lines: list[str] = []
        self.cards: list[CredentialCard] = []
        self.unknown: list[UnknownCredential] = []
        self.clarification: str | None = None

    def write(self, asked: Asked) -> bool:
        """Write all that was asked about; return whether anything of it is known."""
        for words in asked.unknown:
            self._unknown(words)
        ids = {key for mention in asked.mentions for key in mention.ids}
        if len(asked.mentions) > 1:
            self._counted(len(asked.mentions))
            self._say("card.several", count=len(asked.mentions))
        for mention in asked.mentions:
            self._mention(mention, in_full=len(ids) == 1)
        self._kinds(asked, has_names=bool(ids or asked.unknown))
        if not (ids or asked.unknown or asked.kinds):
            self._say("card.nothing")
        return bool(ids or asked.kinds)

    def _say(self, key: str, **variables: Any) -> None:
        self.lines.append(self.texts(key, **variables))

    def _counted(self, *counts: int) -> None:
        self.ledger.add(0, {number(count) for count in counts})

    def _mention(self, mention: Mention, *, in_full: bool) -> None:
        several = len(mention.ids) > 1
        if several:
            self._say("card.which", words=escaped(mention.words))
            self.clarification = self.texts("card.which", words=plain(mention.words))
        for known in known_of(self.snapshot, mention.ids[:MOST_SHOWN]):
            self._credential(known, in_full=in_full, one_of=plain(mention.words) if several else None)
        if several:
            self._say("card.which_ask")

    def _credential(self, known: Known, *, in_full: bool, one_of: str | None) -> None:
        if any(card.id == known.credential.id for card in self.cards):
            return
        card = self.maker.card(known, one_of=one_of, in_full=in_full)
        self.cards.append(card)
        self._counted(card.programs, card.programs_warned)
        if not known.facts:
            self._from_the_state(known, card, in_full=in_full)
            return
        self.lines += self.writer.full(known, card) if in_full else self.writer.short(known, card)

    def _from_the_state(self, known: Known, card: CredentialCard, *, in_full: bool) -> None:
        """Tell of a credential that only the state's list knows: there it has a name and nothing more."""
        credential = known.credential
        name, kind = escaped(card.name), self.texts(f"kind.{card.kind}")
        self._say("credential.intro", name=name, kind=kind, mark=mark(card.citation))
        if credential.retired:
            said = self.texts("credential.retired", on=credential.retired_on)
            self.lines.append(f"{said} {mark(card.citation)}")
        if in_full:
            self.lines += self.writer.from_the_state(card)
        self._say("credential.not_recorded")

    def _unknown(self, words: str) -> None:
        nearest = known_of(self.snapshot, self.names.nearest(words))
        names = tuple(plain(each.credential.name) for each in nearest)
        self.unknown.append(UnknownCredential(words=plain(words), nearest=names))
        self.ledger.add(0, [], [escaped(words)])
        self._say("card.unknown_name", words=escaped(words))
        if nearest:
            named = [f"{escaped(each.credential.name)} {mark(self.maker.cite(each.credential))}" for each in nearest]
            self._say("card.nearest", names="; ".join(named))
        self._say("card.unknown_ask")

    def _kinds(self, asked: Asked, *, has_names: bool) -> None:
        if asked.kinds and (asked.compares_kinds or not has_names):
            self.lines += kinds_table(self.texts, asked.kinds if len(asked.kinds) > 1 else KINDS)
            return
        self._beside(asked.kinds)

    def _beside(self, kinds: Sequence[str]) -> None:
        """Say of kinds that were named beside a credential what they are, unless a card says it."""
        told = {card.kind for card in self.cards}
        for kind in (each for each in kinds if each not in told):
            name, proves, denied, check = (self.texts(f"kinds.{kind}_{each}") for each in BESIDE)
            self._say("card.kind_named", name=name, proves=proves, denied=denied, check=check)
