"""Facts about the credentials that employers meet, in our own words, each with the page that it was checked against."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from catalog.errors import SourceError
from catalog.records import Credential, CredentialFact, CredentialKind, Provenance
from ingestion.context import Context
from ingestion.credential_entries import Entry, Fact, check_across, entries_of
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FACTS = Path(__file__).parent.parent / "facts"
SUBFOLDER = "credentials"
MAX_ENTRIES = 400
SOURCE_NAME = "credential_facts"
STATE_LIST = "nj_credentials"
OURS = "Credential Navigator"


def read(context: Context) -> None:
    """Keep every entry of our own files; any flaw is an error, since it is ours to correct."""
    read_from(FACTS, context)


def read_from(facts: Path, context: Context) -> None:
    """Read `facts/credentials/*.yaml` as published files are read, each entry counted as a row.

    Raises SourceError naming file, row, entry id, field and value.
    """
    paths = sorted((facts / SUBFOLDER).glob("*.yaml"))
    if not paths:
        raise SourceError(SUBFOLDER, "the package holds no credentials", remedy="Install the package again.")
    entries_by_file = {f"{SUBFOLDER}/{path.name}": entries_of(path, f"{SUBFOLDER}/{path.name}") for path in paths}
    check_across(entries_by_file)
    ours = replace(context, raw=facts)
    for name, entries in entries_by_file.items():
        newest = max(entry.checked for entry in entries).isoformat()
        file = SourceFile(name, as_of=newest, rows=(1, MAX_ENTRIES))
        for row, entry in zip(ours.items(file, [{"id": entry.id} for entry in entries]), entries, strict=True):
            _keep(row, entry, context)


def _keep(row: Row, entry: Entry, context: Context) -> None:
    origin = row.provenance(row.raw("id"))
    row.keep(_credential(entry, origin))
    for number, fact in enumerate(_facts(entry, origin), start=1):
        if fact.name == "listed_as" and context.shelf.find(Credential, str(fact.value)) is None:
            continue  # a sample of the state's list lacks most of its entries
        row.also(fact.model_copy(update={"id": f"{fact.credential_id}|{number:03d}"}))


def credential_id(entry_id: str) -> str:
    """Return the id of a credential's record."""
    return f"{SOURCE_NAME}:{entry_id}"


def _credential(entry: Entry, origin: Provenance) -> Credential:
    first = next((page.url for page in entry.pages.values()), origin.url)
    return Credential(
        id=credential_id(entry.id),
        name=entry.name,
        kind=CredentialKind(entry.kind),
        aliases=(*entry.aliases, *([entry.name_es] if entry.name_es else [])),
        issuer=entry.issuer,
        soc=tuple(entry.soc),
        description=next((each.en for each in entry.facts if each.fact == "what"), None),
        retired=entry.retired_on is not None,
        retired_on=entry.retired_on,
        provenance=origin.model_copy(update={"url": first, "as_of": entry.checked.isoformat()}),
    )


def _facts(entry: Entry, origin: Provenance) -> Iterator[CredentialFact]:
    """Yield our own relations, then what was checked, then our advice."""
    if entry.name_es:
        yield _relation(entry, origin, "name", text_en=entry.name, text_es=entry.name_es)
    if entry.issuer and entry.issuer_es:
        yield _relation(entry, origin, "issuer", text_en=entry.issuer, text_es=entry.issuer_es)
    for name, values in (
        ("abbreviation", entry.short),
        ("cue", entry.cues),
        ("level", [entry.level]),
        ("confused_with", [credential_id(each) for each in entry.confused_with]),
        ("replaced_by", [credential_id(entry.replaced_by)] if entry.replaced_by else []),
        ("listed_as", [f"{STATE_LIST}:{each}" for each in entry.state_list]),
    ):
        yield from (_relation(entry, origin, name, value=value) for value in values)
    for each in entry.facts:
        yield _checked(entry, each, origin)
    for name, sayings in (("flag", entry.flags), ("ask", entry.asks)):
        yield from (_relation(entry, origin, name, text_en=each.en, text_es=each.es) for each in sayings)


def _relation(entry: Entry, origin: Provenance, name: Any, **words: str) -> CredentialFact:
    return CredentialFact(
        id="",
        credential_id=credential_id(entry.id),
        name=name,
        page_kind="ours",
        publisher=OURS,
        checked_on=entry.checked,
        provenance=origin.model_copy(update={"as_of": entry.checked.isoformat()}),
        **words,
    )


def _checked(entry: Entry, fact: Fact, origin: Provenance) -> CredentialFact:
    page = entry.pages[fact.page]
    update = {"record_id": f"{entry.id}|{fact.page}", "url": page.url, "as_of": entry.checked.isoformat()}
    return CredentialFact(
        id="",
        credential_id=credential_id(entry.id),
        name=fact.fact,
        text_en=fact.en,
        text_es=fact.es,
        months=fact.months,
        page_kind=page.kind,
        publisher=page.publisher,
        checked_on=entry.checked,
        provenance=origin.model_copy(update=update),
    )


SOURCE = Source(
    name=SOURCE_NAME,
    title="Facts about the credentials that employers meet, in English and Spanish",
    publisher=OURS,
    url="https://www.careeronestop.org/Toolkit/Training/find-certifications.aspx",
    licence="Apache-2.0 (own words); the facts are those of the publishers named beside each",
    vintage="each fact carries the page that it was checked against, and the day",
    files=(),
    read=read,
    after=(STATE_LIST,),
)
