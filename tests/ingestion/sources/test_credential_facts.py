from __future__ import annotations

import io
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.errors import SourceError
from catalog.records import Credential, CredentialFact
from ingestion.context import Context, IssueLog
from ingestion.credential_entries import Entry, entries_of
from ingestion.shelf import Shelf
from ingestion.sources.credential_facts import FACTS, SOURCE, read_from

FILES = sorted((FACTS / "credentials").glob("*.yaml"))
ENTRIES = [entry for path in FILES for entry in entries_of(path, path.name)]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
GOOD: dict[str, Any] = {
    "id": "sample",
    "name": "Sample certification (SC)",
    "name_es": "Certificación de muestra (SC)",
    "kind": "certification",
    "issuer": "Nobody",
    "aliases": ["Sample cert"],
    "short": ["SC"],
    "level": "entry",
    "soc": ["31-9092"],
    "checked": date(2026, 11, 24),
    "pages": {"one": {"url": "https://example.org/sample", "publisher": "Nobody", "kind": "issuer"}},
    "facts": [
        {"fact": "what", "page": "one", "en": "An invented certification.", "es": "Una certificación inventada."},
        {"fact": "validity", "page": "one", "months": 24.0, "en": "2 years.", "es": "2 años."},
    ],
    "asks": [{"en": "Is it real?", "es": "¿Es real?"}],
}


class Records(list[Any]):
    """Stands in for the snapshot's writer."""

    add = list.append

    def add_all(self, records: Any) -> None:
        self.extend(records)


def read_entries(folder: Path, *entries: dict[str, Any]) -> Records:
    """Write the entries, read them, and return the records."""
    (folder / "credentials").mkdir(exist_ok=True)
    text = yaml.safe_dump(list(entries), allow_unicode=True)
    (folder / "credentials" / "file.yaml").write_text(text, encoding="utf-8")
    records = Records()
    shelf = Shelf(records)  # type: ignore[arg-type]
    read_from(folder, Context(SOURCE, folder, shelf, IssueLog(io.StringIO())))
    shelf.write_held()
    return records


def facts_of(records: Records) -> list[CredentialFact]:
    return [each for each in records if isinstance(each, CredentialFact)]


def test_an_entry_becomes_a_credential_and_its_facts(tmp_path: Path) -> None:
    records = read_entries(tmp_path, GOOD)
    (credential,) = [each for each in records if isinstance(each, Credential)]
    assert (credential.id, credential.retired, credential.issuer) == ("credential_facts:sample", False, "Nobody")
    assert "Sample cert" in credential.aliases
    by_name = {fact.name: fact for fact in facts_of(records)}
    assert by_name["abbreviation"].value == "SC"
    assert by_name["validity"].months == 24
    assert by_name["validity"].provenance.url == "https://example.org/sample"
    assert by_name["validity"].provenance.as_of == "2026-11-24"
    assert by_name["ask"].page_kind == "ours"
    assert len({fact.id for fact in facts_of(records)}) == len(facts_of(records))


def test_an_entry_of_the_state_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    records = read_entries(tmp_path, {**GOOD, "state_list": ["industry-1"]})
    assert not [fact for fact in facts_of(records) if fact.name == "listed_as"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"kind": "medal"}, "no such kind"),
        ({"facts": []}, "at least 1"),
        ({"facts": [{"fact": "what", "page": "two", "en": "A.", "es": "B."}]}, "no such page"),
        ({"facts": [{"fact": "what", "page": "one", "en": "A.", "es": "A."}]}, "same in both languages"),
        ({"facts": [{"fact": "what", "page": "one", "en": "A.", "es": "B.", "months": 3.0}]}, "only validity"),
        ({"facts": [{"fact": "rumor", "page": "one", "en": "A.", "es": "B."}]}, "Input should be"),
        ({"retired_on": date(2020, 1, 1)}, "needs the fact"),
        ({"confused_with": ["nothing"]}, "no other entry"),
        ({"soc": ["nurse"]}, "pattern"),
        ({"surprise": 1}, "Extra inputs"),
        ({"pages": {**GOOD["pages"], "two": GOOD["pages"]["one"]}}, "no fact was checked"),
        ({"pages": {"one": {**GOOD["pages"]["one"], "url": "somewhere"}}}, "pattern"),
    ],
)
def test_a_flaw_stops_the_run_and_names_the_entry(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        read_entries(tmp_path, {**GOOD, **change})
    assert "'sample'" in str(caught.value)


def test_two_entries_may_share_an_abbreviation_but_no_name(tmp_path: Path) -> None:
    other = {**GOOD, "id": "other", "name": "Other", "name_es": "Otra", "aliases": []}
    assert Counter(fact.value for fact in facts_of(read_entries(tmp_path, GOOD, other)))["SC"] == 2
    with pytest.raises(SourceError, match="already a name"):
        read_entries(tmp_path, GOOD, {**other, "aliases": ["sample CERT"]})


def test_no_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no credentials"):
        read_from(tmp_path, Context(SOURCE, tmp_path, Shelf(Records()), IssueLog(io.StringIO())))  # type: ignore[arg-type]


def test_all_of_ours_are_read(read_source: Any, fixture_raw: Path) -> None:
    reading = read_source("credential_facts", fixture_raw)
    ours = [each for each in reading.of(Credential) if each.id.startswith("credential_facts:")]
    assert len(ours) == len(ENTRIES)
    checked = [fact for fact in reading.of(CredentialFact) if fact.page_kind != "ours"]
    assert len(checked) == sum(len(entry.facts) for entry in ENTRIES)
    assert all(fact.text_en and fact.text_es and fact.provenance.url and fact.provenance.as_of for fact in checked)
    assert not [issue for issue in reading.issues if issue["source"] == "credential_facts"]


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.id for entry in ENTRIES])
def test_both_languages_say_the_same_figures(entry: Entry) -> None:
    for fact in entry.facts:
        assert sorted(NUMBER.findall(fact.en)) == sorted(NUMBER.findall(fact.es)), fact
        assert len(fact.en) < 400


@pytest.mark.parametrize("entry", ENTRIES, ids=[entry.id for entry in ENTRIES])
def test_months_are_said_in_the_text(entry: Entry) -> None:
    spelled = {1: "one|1|every year|year", 2: "two|2", 3: "three|3", 4: "four|4", 5: "five|5"}
    for fact in entry.facts:
        if fact.months is None:
            continue
        years = fact.months / 12
        said = rf"\b({fact.months:.0f}|six) months|\b{fact.months:.0f}\b|366 days|six months"
        if years == int(years):
            said += rf"|\b({spelled.get(int(years), 'x')})\b"
        text = f"{fact.en} {' '.join(each.en for each in entry.facts if each.fact == 'validity')}".lower()
        assert re.search(said, text), fact


def test_every_abbreviation_with_several_meanings_has_words_that_tell_them_apart() -> None:
    owners: dict[str, list[Entry]] = {}
    for entry in ENTRIES:
        for short in entry.short:
            owners.setdefault(short.casefold(), []).append(entry)
    shared = {short: entries for short, entries in owners.items() if len(entries) > 1}
    assert {"cpt", "cda"} <= set(shared)
    assert all(entry.cues for entries in shared.values() for entry in entries)


def test_the_states_entries_are_there(read_source: Any, raw_data: Path) -> None:
    reading = read_source("credential_facts", raw_data, check_counts=True)
    listed = [fact for fact in reading.of(CredentialFact) if fact.name == "listed_as"]
    assert len(listed) == sum(len(entry.state_list) for entry in ENTRIES)
