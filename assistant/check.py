"""The provider check: one school or several candidates, its findings with receipts, its grid, whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rapidfuzz import fuzz, process

from assistant.checked import Checked, Inquiry, Match
from assistant.credentials.names import CredentialNames
from assistant.dossier import Dossier, read_dossier
from assistant.names import Named, NameIndex, alike, by_numbers, comparable
from assistant.receipts import checked, ids_of, shown_name
from catalog.records import Program, Provider
from catalog.snapshot import Snapshot
from prompts import Texts

SAME_PROGRAM = 85
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Found:
    """What an inquiry found: the one school with its dossier, or the candidates."""

    dossier: Dossier | None
    candidates: tuple[str, ...]
    method: str
    namesakes: int = 0


class Checker:
    """Checks schools against one snapshot; safe to share between threads."""

    def __init__(self, snapshot: Snapshot, names: NameIndex) -> None:
        self.snapshot, self.names = snapshot, names

    @cached_property
    def credential_names(self) -> CredentialNames:
        """The names of all credentials, read when a question about one comes first."""
        return CredentialNames(self.snapshot)

    def find(self, inquiry: Inquiry, on: date | None = None) -> Found:
        """Return the school that is meant, with all that is known of it, or whom it may mean."""
        program = self._program(inquiry.program)
        if program is not None and not inquiry.name:
            entry = self.names.entries.get(program.provider_id)
            if entry is None:
                return Found(None, (), "program")
            return Found(read_dossier(self.snapshot, self.names, entry.school, program, on), (entry.school,), "program")
        named = self._named(inquiry)
        if len(named.schools) != 1:
            return Found(None, named.schools, named.method)
        school = named.schools[0]
        program = program or self._program_of(school, inquiry.program)
        dossier = read_dossier(self.snapshot, self.names, school, program, on)
        return Found(dossier, named.schools, named.method, named.namesakes)

    def _named(self, inquiry: Inquiry) -> Named:
        """Return the schools meant: a register number counts before a name, unless the name contradicts it."""
        given = [("ids_unitid", inquiry.unitid), ("ids_nj_provider", inquiry.nj_providerid)]
        given += [("ids_opeid", number) for number in opeids(inquiry.opeid)]
        known = [(column, number.strip()) for column, number in given if number and number.strip()]
        schools = by_numbers(self.snapshot, known)
        if schools and inquiry.name and not any(self._bears(key, inquiry.name) for key in schools):
            other = self.names.find(inquiry.name, inquiry.state, inquiry.city)
            return Named((*schools, *(key for key in other.schools if key not in schools)), "contradiction")
        if schools:
            return Named(schools, "id")
        return self._by_name(inquiry)

    def _by_name(self, inquiry: Inquiry) -> Named:
        if not inquiry.name:
            return Named((), "name")
        found = self.names.find(inquiry.name, inquiry.state, inquiry.city)
        if not found.schools and inquiry.city:
            found = self.names.find(inquiry.name, inquiry.state)
        return found

    def _bears(self, school: str, name: str) -> bool:
        sql = "SELECT name, aliases FROM providers WHERE coalesce(entity_id, id) = ?"
        return any(alike(name, (own, *(aliases or ()))) for own, aliases in self.snapshot.query(sql, [school]))

    def knows_program(self, key: str) -> bool:
        """Whether a program of that id is in the snapshot."""
        return self._program(key) is not None

    def _program(self, key: str | None) -> Program | None:
        return self.snapshot.get(Program, [key]).get(key) if key else None

    def _program_of(self, school: str, name: str | None) -> Program | None:
        """Return the school's program of that name, when one is clearly meant."""
        if not name:
            return None
        sql = """SELECT p.id, p.name FROM programs p JOIN providers v ON v.id = p.provider_id
                 WHERE coalesce(v.entity_id, v.id) = ? ORDER BY p.id"""
        names = {key: comparable(own) for key, own in self.snapshot.query(sql, [school])}
        best = process.extractOne(
            comparable(name), names, scorer=fuzz.token_sort_ratio, processor=None, score_cutoff=SAME_PROGRAM
        )
        return self._program(best[2]) if best else None

    def check(self, inquiry: Inquiry, texts: Texts, on: date | None = None) -> Checked:
        """Answer one inquiry as data."""
        found = self.find(inquiry, on)
        if found.dossier is None:
            candidates = self.candidates(found.candidates[:MOST_CANDIDATES], found.method)
            return Checked(
                matched=None,
                candidates=tuple(candidates),
                candidate_count=len(found.candidates),
                id=inquiry.id,
                snapshot=self.snapshot.content_hash[:16],
            )
        return checked(found.dossier, found.method, self.snapshot, texts, inquiry.id)

    def candidates(self, schools: Sequence[str], method: str) -> list[Match]:
        """Return the schools that may be meant, in the order given."""
        found = self.snapshot.select(
            Provider, "coalesce(entity_id, id) IN (SELECT unnest(?))", [list(schools)], order="id"
        )
        records = {school: [r for r in found if (r.entity_id or r.id) == school] for school in schools}
        return [_match(school, records[school], method) for school in schools]


def _match(school: str, records: Sequence[Provider], method: str) -> Match:
    own = next((record for record in records if record.id == school), records[0])
    return Match(
        id=school,
        name=shown_name(own.name, [record.name for record in records]),
        city=own.place.city,
        state=own.place.state,
        ids=ids_of(records),
        method=method,
    )


def opeids(given: str | None) -> list[str]:
    """Return what an OPEID may be in full: six digits are a school without its branch, or lost their zeros."""
    digits = "".join(char for char in given or "" if char.isdecimal())
    if not digits or len(digits) > 8:
        return []
    return [f"{digits.zfill(6)}00", digits.zfill(8)] if len(digits) <= 6 else [digits.zfill(8)]
