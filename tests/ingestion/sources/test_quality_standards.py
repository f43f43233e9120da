from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.errors import SourceError
from catalog.records import Standard
from ingestion.context import Context, IssueLog
from ingestion.shelf import Shelf
from ingestion.sources.quality_standards import FACTS, SOURCE, Entry, entries_of, folded, read_from

FILES = sorted((FACTS / "standards").glob("*.yaml"))
ENTRIES = [entry for path in FILES for entry in entries_of(path, path.name)]
IDS = [entry.id for entry in ENTRIES]
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
NUMBER_WORDS = {
    "two": "dos",
    "three": "tres",
    "four": "cuatro",
    "five": "cinco",
    "six": "seis",
    "ten": "diez",
    "twelve": "doce",
}
GOOD: dict[str, Any] = {
    "id": "sample_rule",
    "topic": "claims",
    "kind": "rule",
    "title_en": "Sample rule",
    "title_es": "Regla de muestra",
    "text_en": "At least 70% finish. It is invented.",
    "text_es": "Al menos el 70% termina. Es inventada.",
    "aliases": ["sample", "muestra"],
    "publisher": "Nobody",
    "url": "https://example.org/rule",
    "last_checked": date(2026, 11, 24),
    "basis": "page_read",
}


class Records(list[Any]):
    """Stands in for the snapshot's writer."""

    add = list.append


def read_entries(folder: Path, *files: list[dict[str, Any]] | str) -> tuple[list[Standard], Context]:
    """Write the files, read them, and return the standards and the context, whose shelf wrote into `Records`."""
    (folder / "standards").mkdir(exist_ok=True)
    for number, content in enumerate(files, start=1):
        text = content if isinstance(content, str) else yaml.safe_dump(content, allow_unicode=True)
        (folder / "standards" / f"file{number}.yaml").write_text(text, encoding="utf-8")
    records = Records()
    context = Context(SOURCE, folder / "raw", Shelf(records), IssueLog(io.StringIO()))  # type: ignore[arg-type]
    try:
        read_from(folder, context)
    except SourceError:
        assert records == []
        raise
    return [record for record in records if isinstance(record, Standard)], context


def changed(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**GOOD, **changes}.items() if value is not ...}


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


def figures(text: str) -> Counter[str]:
    """Count the figures; `2028-29` counts as two years."""
    text = re.sub(r"\b20(\d\d)-(\d\d)\b", r"20\1 20\2", text)
    return Counter(NUMBER.findall(text))


def number_words(text: str, words: list[str]) -> list[int]:
    found = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    return [found[word] for word in words]


@pytest.fixture(scope="module")
def by_id() -> dict[str, Entry]:
    return {entry.id: entry for entry in ENTRIES}


def test_our_standards_are_read_and_counted(read_source: Callable[..., Any], tmp_path: Path) -> None:
    reading = read_source("quality_standards", tmp_path, check_counts=True)
    standards = reading.by_id(Standard)
    assert len(standards) == len(ENTRIES) >= 55
    assert not reading.issues
    assert [report.file for report in reading.reports] == [f"standards/{path.name}" for path in FILES]
    assert sum(report.rows_read for report in reading.reports) == len(ENTRIES)
    assert all(report.rows_read == report.kept and report.column_issues == 0 for report in reading.reports)
    assert all(standard.provenance.source == "quality_standards" for standard in standards.values())


def test_a_standard_says_where_it_was_read(read_source: Callable[..., Any], tmp_path: Path) -> None:
    standard = read_source("quality_standards", tmp_path).by_id(Standard)["ninety_ten"]
    assert standard.provenance.url == "https://www.collegecost.ed.gov/9010info.aspx"
    assert standard.provenance.file == "standards/federal_aid.yaml"
    assert standard.provenance.row is not None
    assert standard.provenance.as_of == standard.last_checked.isoformat()


def test_a_url_that_we_lack_is_not_replaced_by_the_source_s(read_source: Callable[..., Any], tmp_path: Path) -> None:
    assert read_source("quality_standards", tmp_path).by_id(Standard)["cannot_tell"].provenance.url is None


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_both_languages_say_the_same_figures(entry: Entry) -> None:
    assert figures(entry.text_en) == figures(entry.text_es)
    assert figures(entry.title_en) == figures(entry.title_es)
    english = number_words(entry.text_en, list(NUMBER_WORDS))
    assert english == number_words(entry.text_es, list(NUMBER_WORDS.values()))


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_texts_are_short_and_plain(entry: Entry) -> None:
    for text, longest in ((entry.text_en, 36), (entry.text_es, 42)):
        parts = sentences(text)
        assert 2 <= len(parts) <= 6
        assert max(len(part.split()) for part in parts) <= longest
        assert all(part.endswith((".", "!", "?")) for part in parts)
        assert "\u00a0" not in text


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_each_has_names_in_both_languages_and_a_checked_date(entry: Entry) -> None:
    assert entry.title_en != entry.title_es
    assert len(entry.aliases) >= 2
    assert date(2026, 11, 1) <= entry.last_checked
    if entry.in_force_from and entry.superseded_on:
        assert entry.in_force_from < entry.superseded_on


@pytest.mark.parametrize("entry", [e for e in ENTRIES if e.threshold], ids=lambda entry: entry.id)
def test_every_figure_of_a_threshold_is_in_both_texts(entry: Entry) -> None:
    wanted = set(figures(entry.threshold or ""))
    assert not wanted - set(figures(f"{entry.title_en} {entry.text_en}"))
    assert not wanted - set(figures(f"{entry.title_es} {entry.text_es}"))


def test_names_are_unique(by_id: dict[str, Entry]) -> None:
    names = Counter(name for entry in by_id.values() for name in entry.names())
    assert [name for name, times in names.items() if times > 1] == []


def test_unconfirmed_standards_say_so(by_id: dict[str, Entry]) -> None:
    drafts = [entry for entry in by_id.values() if entry.basis == "draft"]
    assert [entry.id for entry in drafts] == ["workforce_pell_small_cohorts"]
    assert "draft" in drafts[0].text_en
    assert "borrador" in drafts[0].text_es


def test_eqos_has_five_parts_and_no_pass_mark(by_id: dict[str, Entry]) -> None:
    parts = [f"eqos_{part}" for part in ("learning", "completion", "placement", "earnings", "satisfaction")]
    assert all(by_id[part].threshold is None and by_id[part].kind == "rubric" for part in ("eqos", *parts))
    assert "publishes no numeric pass marks" in by_id["eqos"].text_en
    assert "no publica puntajes mínimos" in by_id["eqos"].text_es


def test_the_old_debt_rule_is_history(by_id: dict[str, Entry]) -> None:
    old = by_id["debt_to_earnings"]
    assert old.superseded_by == "low_earning_outcome"
    assert old.superseded_on == by_id["low_earning_outcome"].in_force_from == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("entry_id", "threshold"),
    [
        ("workforce_pell_length", "150 <= clock hours < 600 and 8 <= weeks < 15"),
        ("workforce_pell_completion", ">= 70 % within 150 % of normal time"),
        (
            "workforce_pell_placement",
            ">= 70 % within 180 days of completion; any employment through award year 2028-29, "
            "in the trained occupation from 2029-30",
        ),
        (
            "workforce_pell_value_added",
            "published tuition and fees <= (median completer earnings, regional-price adjusted) - 150 % of the "
            "poverty line; interim bar: median > $23,475 (150 % of the 2025 line)",
        ),
        (
            "workforce_pell_small_cohorts",
            "roll years together until 50 completers, else at least 30; at least 16 matched earnings or no value",
        ),
        (
            "low_earning_outcome",
            "median completer earnings 4 years on < median of 25-34 year-olds who work and hold only a high-school "
            "diploma (state; national if under half are in-state); fails in 2 of 3 years",
        ),
        ("debt_to_earnings", "pass if <= 8 % of annual OR <= 20 % of discretionary earnings"),
        (
            "cohort_default_rate",
            "> 40 % in one year, or >= 30 % in three years; cohorts repaid during the 2020-23 payment pause are "
            "uninformative",
        ),
        ("ninety_ten", "for-profit: >= 10 % of revenue from non-federal sources; one miss is provisional"),
        ("heightened_cash_monitoring", "HCM1 = caution, HCM2 = serious"),
        ("california_etpl_floor", ">= 50 % of exiters complete"),
        ("accet_floors", "completion >= 67 %, placement >= 70 %"),
        ("texas_return_on_cost", "earns back its cost AND exceeds a high-school graduate's earnings within 10 years"),
        ("wage_premium", "Lumina 10 to 15 %"),
        ("wage_premium_louisiana", "Louisiana >= 20 % over a high-school diploma"),
        (
            "unverifiable_placement_claim",
            "a placement rate with no denominator, or with n < 10 (the 10 is ours)",
        ),
        ("closed_or_closing", "a closing date"),
    ],
)
def test_threshold_is_the_register_s(by_id: dict[str, Entry], entry_id: str, threshold: str) -> None:
    assert by_id[entry_id].threshold == threshold


def test_a_good_entry_is_kept(tmp_path: Path) -> None:
    standards, context = read_entries(
        tmp_path, [GOOD], [changed(id="other", title_en="O", title_es="P", aliases=["q"])]
    )
    assert [standard.id for standard in standards] == ["sample_rule", "other"]
    assert standards[0].aliases == ("sample", "muestra")
    assert [report.file for report in context.reports] == ["standards/file1.yaml", "standards/file2.yaml"]


@pytest.mark.parametrize(
    ("changes", "field", "value"),
    [
        ({"title_es": ...}, "title_es", None),
        ({"tittle": "x"}, "tittle", "x"),
        ({"last_checked": "2026-13-01"}, "last_checked", "2026-13-01"),
        ({"in_force_from": 2026}, "in_force_from", "2026"),
        ({"last_checked": ...}, "last_checked", None),
        ({"topic": "weather"}, "topic", "weather"),
        ({"basis": "hearsay"}, "basis", "hearsay"),
        ({"text_en": ""}, "text_en", ""),
        ({"text_en": "One.\nTwo."}, "text_en", "One.\nTwo."),
        ({"aliases": "sample"}, "aliases", "sample"),
        ({"aliases": ["sample", 5]}, "aliases.1", "5"),
        ({"id": "Sample Rule"}, "id", "Sample Rule"),
        ({"threshold": 70}, "threshold", "70"),
        ({"url": "example.org"}, "url", "example.org"),
        ({"url": ...}, "url", ""),
        ({"title_es": "Sample rule"}, "title_es", "Sample rule"),
        ({"text_es": GOOD["text_en"]}, "text_es", GOOD["text_en"]),
        ({"basis": "draft"}, "text_en", GOOD["text_en"]),
        ({"basis": "memory", "text_en": "It is not confirmed. Ask."}, "text_es", GOOD["text_es"]),
        ({"superseded_on": date(2026, 1, 1)}, "superseded_by", "None"),
        ({"superseded_on": date(2026, 1, 1), "superseded_by": "nowhere"}, "superseded_by", "nowhere"),
        ({"superseded_on": date(2026, 1, 1), "superseded_by": "sample_rule"}, "superseded_by", "sample_rule"),
        ({"aliases": ["sample", "SÁMPLE "]}, "aliases.1", "SÁMPLE "),
        ({"aliases": ["sample", "SÁMPLE"]}, "aliases", "sample"),
    ],
)
def test_a_bad_entry_is_an_error_that_names_it(tmp_path: Path, changes: Any, field: str, value: str | None) -> None:
    with pytest.raises(SourceError) as caught:
        read_entries(tmp_path, [changed(**changes)])
    error = caught.value
    assert (error.file, error.row, error.field, error.value) == ("standards/file1.yaml", 1, field, value)
    assert repr(changes.get("id", "sample_rule")) in str(error)
    assert "Correct the entry" in str(error)


def test_a_second_id_is_an_error_across_files(tmp_path: Path) -> None:
    again = changed(title_en="Another", title_es="Otra", aliases=["third"])
    with pytest.raises(SourceError, match=r"file2.yaml, row 1, field 'id', value 'sample_rule'.*file1.yaml"):
        read_entries(tmp_path, [GOOD], [again])


def test_a_name_of_two_entries_is_an_error(tmp_path: Path) -> None:
    other = changed(id="other", title_en="Another", title_es="Otra", aliases=["MUESTRA"])
    with pytest.raises(SourceError, match="already a name of entry 'sample_rule'"):
        read_entries(tmp_path, [GOOD, other])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- id: [unclosed", "not valid YAML"),
        ("id: one", "not a list of entries"),
        ("[]", "not a list of entries"),
        ("- just text", "an entry must be a mapping"),
        ("", "the file is empty"),
    ],
)
def test_a_file_that_is_no_list_of_entries_is_an_error(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(SourceError, match=rf"standards/file1.yaml.*{reason}"):
        read_entries(tmp_path, text)


def test_no_files_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="the package holds no standards"):
        read_entries(tmp_path)


def test_one_bad_entry_stops_all_of_them(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="entry 'other'"):
        read_entries(tmp_path, [GOOD], [changed(id="other", kind="idea")])


def test_names_are_compared_without_case_accents_and_spaces() -> None:
    assert folded("  Período de   PRUEBA ") == "periodo de prueba"
