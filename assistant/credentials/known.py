"""What the snapshot knows of a credential: its record, its facts, the state's entries and the programs of both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.records import Credential, CredentialFact, FactName
from catalog.snapshot import Snapshot

CHECKED: tuple[FactName, ...] = (
    "what",
    "assessed",
    "requires",
    "validity",
    "renewal",
    "accredited",
    "regulator",
    "law",
    "verify",
)
"""Facts that are told as unknown where no page said them."""
ONLY_FOR = {"accredited": ("certification",), "renewal": ("certification", "license", "certificate")}
"""Kinds that a fact makes sense for; others lack it and are not said to."""


@dataclass(frozen=True)
class Known:
    """A credential with its facts; `listed` are the entries of the state's list that mean the same."""

    credential: Credential
    facts: tuple[CredentialFact, ...]
    listed: tuple[Credential, ...]
    programs: tuple[str, ...]

    def values(self, name: FactName) -> list[str]:
        """Return the values of one of our own relations."""
        return [fact.value for fact in self.facts if fact.name == name and fact.value is not None]

    def told(self, *names: FactName) -> list[CredentialFact]:
        """Return the worded facts of these names, in their order."""
        return [fact for fact in self.facts if fact.name in names and fact.text_en is not None]

    @property
    def level(self) -> str | None:
        """For whom it is meant."""
        return next(iter(self.values("level")), None)

    @property
    def unknowns(self) -> list[FactName]:
        """Names of the facts that no page was found for."""
        has = {fact.name for fact in self.facts}
        kind = self.credential.kind.value
        past = self.credential.retired and {"renewal", "verify", "law", "requires", "accredited"}
        return [
            name
            for name in CHECKED
            if name not in has and kind in ONLY_FOR.get(name, (kind,)) and name not in (past or ())
        ]


def known_of(snapshot: Snapshot, ids: Iterable[str]) -> list[Known]:
    """Return the credentials with these ids, with what belongs to them."""
    credentials = snapshot.get(Credential, ids)
    condition = "credential_id IN (SELECT unnest(?))"
    facts = snapshot.select(CredentialFact, condition, [list(credentials)], order="id") if credentials else []
    listed = {fact.credential_id: [f.value for f in facts if _lists(f, fact.credential_id)] for fact in facts}
    entries = snapshot.get(Credential, (key for keys in listed.values() for key in keys if key))
    return [
        Known(
            credential=each,
            facts=tuple(fact for fact in facts if fact.credential_id == key),
            listed=tuple(entries[value] for value in listed.get(key, ()) if value in entries),
            programs=_programs(snapshot, [key, *(value for value in listed.get(key, ()) if value)]),
        )
        for key, each in credentials.items()
    ]


def _lists(fact: CredentialFact, credential_id: str) -> bool:
    return fact.name == "listed_as" and fact.credential_id == credential_id


def _programs(snapshot: Snapshot, ids: list[str]) -> tuple[str, ...]:
    return tuple(snapshot.ids("programs", "list_has_any(credential_ids, ?)", [ids]))
