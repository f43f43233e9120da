"""Facts about credentials as they are written in YAML: each entry valid in itself, and all of them together."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from catalog.errors import SourceError
from catalog.records import CredentialKind, Soc
from ingestion import files

REMEDY = "Correct the entry."

Line = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
Checked = Literal[
    "what", "assessed", "requires", "validity", "renewal", "accredited", "regulator", "law", "verify", "retired"
]


class Strict(BaseModel):
    """What is written in YAML; nothing is coerced, and no field may be unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Page(Strict):
    """A page that facts were checked against, and who wrote it."""

    url: Url
    publisher: Line
    kind: Literal["issuer", "government", "secondary"]


class Fact(Strict):
    """One statement in both languages, with the key of its page; `months` for how long or how often."""

    fact: Checked
    en: Line
    es: Line
    page: Key
    months: float | None = None


class Saying(Strict):
    """A sign of trouble, or a question to the holder: our own advice, in both languages."""

    en: Line
    es: Line


class Entry(Strict):
    """One credential as it is written in YAML."""

    id: Key
    name: Line
    name_es: Line | None = None
    kind: str
    issuer: Line | None = None
    issuer_es: Line | None = None
    aliases: list[Line] = []
    short: list[Line] = []
    cues: list[Line] = []
    level: Literal["entry", "intermediate", "advanced"]
    soc: list[Soc] = []
    state_list: list[Line] = []
    confused_with: list[Key] = []
    retired_on: date | None = None
    replaced_by: Key | None = None
    checked: date
    pages: dict[Key, Page]
    facts: Annotated[list[Fact], Field(min_length=1)]
    flags: list[Saying] = []
    asks: list[Saying] = []

    def flaw(self) -> tuple[str, str, str] | None:
        """Return field, value and reason where two fields contradict each other."""
        return next(self._flaws(), None)

    def _flaws(self) -> Iterator[tuple[str, str, str]]:
        if self.kind not in set(CredentialKind):
            yield "kind", self.kind, f"no such kind; there are {', '.join(CredentialKind)}"
        for each in self.facts:
            if each.page not in self.pages:
                yield "facts.page", each.page, "no such page in the entry"
            if each.en == each.es:
                yield "facts.es", each.es, "the same in both languages"
            if each.months is not None and each.fact not in ("validity", "renewal"):
                yield "facts.months", str(each.months), "only validity and renewal have months"
        for unused in sorted(set(self.pages) - {each.page for each in self.facts}):
            yield "pages", unused, "no fact was checked against it"
        if (self.retired_on is not None) != any(each.fact == "retired" for each in self.facts):
            yield "retired_on", str(self.retired_on), "needs the fact `retired`, and the other way round"


def entries_of(path: Path, name: str) -> list[Entry]:
    """Return the entries of one YAML file, each valid in itself; raises SourceError for the first that is not."""
    items = files.read_yaml(path, name)
    if not isinstance(items, list) or not items:
        raise SourceError(name, "not a list of entries", remedy="Write it as a YAML list.")
    return [_entry(item, name, number) for number, item in enumerate(items, start=1)]


def _entry(item: Any, name: str, number: int) -> Entry:
    if not isinstance(item, dict):
        raise SourceError(name, "an entry must be a mapping", row=number, value=str(item), remedy=REMEDY)
    try:
        entry = Entry.model_validate(item)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(step) for step in first["loc"])
        value = None if first["type"] == "missing" else str(first["input"])
        raise _error(name, number, str(item.get("id")), field, value, first["msg"]) from None
    flaw = entry.flaw()
    if flaw is not None:
        field, value, reason = flaw
        raise _error(name, number, entry.id, field, value, reason)
    return entry


def check_across(entries_by_file: dict[str, list[Entry]]) -> None:
    """Check what holds between entries: ids and names occur once, and whoever is named exists.

    An abbreviation may stand for several: that is what it is kept for.
    """
    ids = {entry.id for entries in entries_by_file.values() for entry in entries}
    named: dict[str, str] = {}
    seen: set[str] = set()
    for name, entries in entries_by_file.items():
        for number, entry in enumerate(entries, start=1):
            if entry.id in seen:
                raise _error(name, number, entry.id, "id", entry.id, "a second entry with this id")
            seen.add(entry.id)
            for each in (entry.name, *entry.aliases):
                owner = named.setdefault(each.casefold(), entry.id)
                if owner != entry.id:
                    raise _error(name, number, entry.id, "aliases", each, f"already a name of entry {owner!r}")
            for other in (*entry.confused_with, *([entry.replaced_by] if entry.replaced_by else [])):
                if other not in ids or other == entry.id:
                    raise _error(name, number, entry.id, "confused_with", other, "no other entry has this id")


def _error(name: str, number: int, entry: str, field: str, value: str | None, reason: str) -> SourceError:
    return SourceError(name, f"entry {entry!r}: {reason}", row=number, field=field, value=value, remedy=REMEDY)
