"""Quality standards and terms in our own words, in English and Spanish: YAML files inside the package."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from catalog.errors import SourceError
from catalog.records import Provenance, Standard
from ingestion import files
from ingestion.context import Context
from ingestion.source import Source, SourceFile

FACTS = Path(__file__).parent.parent / "facts"
SUBFOLDER = "standards"
MAX_ENTRIES = 200
REMEDY = "Correct the entry."
UNCONFIRMED = {"memory": ("not confirmed", "no está confirmad"), "draft": ("draft", "borrador")}
READ_SOMEWHERE = ("page_read", "code_read")

Line = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$")]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Entry(BaseModel):
    """One standard or term as it is written in YAML; nothing is coerced, and no field may be unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)

    id: Key
    topic: Literal[
        "eqos",
        "wioa",
        "federal_aid",
        "accreditation",
        "provider_signals",
        "claims",
        "credential_quality",
        "credential_kinds",
        "data_terms",
    ]
    kind: Literal["rubric", "law", "rule", "practice", "term"]
    title_en: Line
    title_es: Line
    text_en: Line
    text_es: Line
    aliases: list[Line]
    threshold: Line | None = None
    publisher: Line
    url: Url | None = None
    in_force_from: date | None = None
    superseded_on: date | None = None
    superseded_by: Key | None = None
    last_checked: date
    basis: Literal["page_read", "code_read", "memory", "draft", "data"]

    def names(self) -> list[str]:
        """Return everything that the entry may be called, folded for comparison."""
        return [folded(name) for name in (self.title_en, self.title_es, *self.aliases)]

    def flaw(self) -> tuple[str, str, str] | None:
        """Return field, value and reason where two fields contradict each other."""
        for field in ("title", "text"):
            if getattr(self, f"{field}_en") == getattr(self, f"{field}_es"):
                return f"{field}_es", getattr(self, f"{field}_es"), "the same in both languages"
        if (self.superseded_on is None) != (self.superseded_by is None):
            return "superseded_by", str(self.superseded_by), "superseded_on and superseded_by belong together"
        if self.superseded_by == self.id:
            return "superseded_by", self.id, "an entry cannot supersede itself"
        if self.url is None and self.basis in READ_SOMEWHERE:
            return "url", "", f"missing, though basis is {self.basis}"
        for language, words in zip(("en", "es"), UNCONFIRMED.get(self.basis, ()), strict=False):
            text: str = getattr(self, f"text_{language}")
            if words not in text:
                return f"text_{language}", text, f"does not say {words!r}, though basis is {self.basis}"
        return None


def folded(name: str) -> str:
    """Return a name without case, accents and repeated spaces, as two names are compared."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split())


def read(context: Context) -> None:
    """Keep every entry of our own files; any flaw is an error, since it is ours to correct."""
    read_from(FACTS, context)


def read_from(facts: Path, context: Context) -> None:
    """Read `facts/standards/*.yaml` as published files are read, each entry counted as a row.

    Raises SourceError naming file, row, entry id, field and value.
    """
    paths = sorted((facts / SUBFOLDER).glob("*.yaml"))
    if not paths:
        raise SourceError(SUBFOLDER, "the package holds no standards", remedy="Install the package again.")
    entries_by_file = {f"{SUBFOLDER}/{path.name}": entries_of(path, f"{SUBFOLDER}/{path.name}") for path in paths}
    _check_across(entries_by_file)
    ours = replace(context, raw=facts)
    for name, entries in entries_by_file.items():
        newest = max(entry.last_checked for entry in entries).isoformat()
        file = SourceFile(name, as_of=newest, rows=(1, MAX_ENTRIES))
        for row, entry in zip(ours.items(file, [{"id": entry.id} for entry in entries]), entries, strict=True):
            row.keep(_standard(entry, row.provenance(row.raw("id"), entry.url)))


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


def _check_across(entries_by_file: dict[str, list[Entry]]) -> None:
    """Check what holds between entries: ids and names occur once, and a successor exists."""
    ids = {entry.id for entries in entries_by_file.values() for entry in entries}
    seen: dict[str, str] = {}
    named: dict[str, str] = {}
    for name, entries in entries_by_file.items():
        for number, entry in enumerate(entries, start=1):
            if entry.id in seen:
                raise _error(name, number, entry.id, "id", entry.id, f"also the id of an entry in {seen[entry.id]}")
            seen[entry.id] = name
            repeated = _first_repeated(entry.names(), named)
            if repeated is not None:
                reason = f"already a name of entry {named.get(repeated, entry.id)!r}"
                raise _error(name, number, entry.id, "aliases", repeated, reason)
            named.update(dict.fromkeys(entry.names(), entry.id))
            if entry.superseded_by is not None and entry.superseded_by not in ids:
                raise _error(name, number, entry.id, "superseded_by", entry.superseded_by, "no such entry")


def _first_repeated(names: list[str], taken: Iterable[str]) -> str | None:
    known = set(taken)
    for name in names:
        if name in known:
            return name
        known.add(name)
    return None


def _error(name: str, number: int, entry: str, field: str, value: str | None, reason: str) -> SourceError:
    return SourceError(name, f"entry {entry!r}: {reason}", row=number, field=field, value=value, remedy=REMEDY)


def _standard(entry: Entry, provenance: Provenance) -> Standard:
    facts = entry.model_dump(exclude={"url", "aliases"})
    checked = provenance.model_copy(update={"url": entry.url, "as_of": entry.last_checked.isoformat()})
    return Standard(**facts, aliases=tuple(entry.aliases), provenance=checked)


SOURCE = Source(
    name="quality_standards",
    title="Quality standards and terms, in English and Spanish",
    publisher="Credential Navigator",
    url="https://eqos.org/our-method",
    licence="Apache-2.0 (own words); the facts are those of the publishers named in each entry",
    vintage="each entry carries the day on which it was last checked",
    files=(),
    read=read,
)
