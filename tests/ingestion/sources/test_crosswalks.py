from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Code, CodeMap
from ingestion.occupations import Crosswalks

CIP_SOC = "crosswalks/soc2018_cip2020_crosswalk.csv"
SOC_SOC = "crosswalks/soc2010_to_2018_crosswalk.csv"
OES = "crosswalks/oes_hybrid_crosswalk.csv"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("crosswalks", fixture_raw)


@pytest.fixture(scope="module")
def lookups(sample: Any) -> Crosswalks:
    return sample.shelf.notes["crosswalks"]  # type: ignore[no-any-return]


def pairs(reading: Any, file: str) -> list[tuple[str, ...]]:
    return [
        (pair.from_system, pair.from_code, pair.to_system, pair.to_code, pair.note)
        for pair in reading.of(CodeMap)
        if pair.provenance.file == file and pair.from_system != "cip2010"
    ]


def test_pairs_run_from_field_to_occupation(sample: Any, lookups: Crosswalks) -> None:
    found = pairs(sample, CIP_SOC)
    assert found[0] == ("cip2020", "51.3801", "soc2018", "29-1141", "Registered Nurses")
    assert lookups.soc_of_cip["51.3801"] == ("25-1072", "29-1141")


def test_no_match_is_kept_from_the_side_that_has_none(sample: Any, lookups: Crosswalks) -> None:
    found = pairs(sample, CIP_SOC)
    assert ("cip2020", "32.0107", "soc2018", "99-9999", "no match") in found
    assert ("soc2018", "13-1074", "cip2020", "99.9999", "no match") in found
    assert lookups.soc_of_cip["32.0107"] == ()
    assert "99.9999" not in lookups.soc_of_cip


def test_a_repeated_pair_is_merged_and_damaged_ones_held_back(sample: Any) -> None:
    report = next(report for report in sample.reports if report.file == CIP_SOC)
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (14, 11, 1, 2)
    assert [i["row"] for i in sample.issues_of(CIP_SOC, "row")] == [13, 14]
    assert [i["row"] for i in sample.issues_of(SOC_SOC, "row")] == [6]
    assert [i["row"] for i in sample.issues_of(OES, "row")] == [6]


def test_marks_are_cut_from_titles_and_a_split_is_noted(sample: Any, lookups: Crosswalks) -> None:
    found = pairs(sample, SOC_SOC)
    assert ("soc2010", "11-2031", "soc2018", "11-2033", "split") in found
    assert ("soc2010", "15-1132", "soc2018", "15-1252", "Software Developers") in found
    titles = {code.code: code.title for code in sample.of(Code) if code.system == "soc2010"}
    assert titles["11-2031"] == "Public Relations and Fundraising Managers"
    assert lookups.soc2018_of_2010["11-2031"] == ("11-2032", "11-2033")
    assert "11-1011" not in lookups.soc2018_of_2010


def test_the_wage_survey_has_codes_of_its_own(sample: Any, lookups: Crosswalks) -> None:
    found = pairs(sample, OES)
    assert ("soc2018", "11-2032", "oews2019", "11-2030", "2018 SOC broad occupation") in found
    assert ("soc2010", "11-2031", "oews2018", "11-2031", None) in found
    assert lookups.oews2019_of_title["public relations and fundraising managers"] == "11-2030"
    titles = {(code.system, code.code): code.title for code in sample.of(Code)}
    assert titles["oews2019", "11-2030"] == "Public Relations and Fundraising Managers"


def test_older_fields_are_found_by_title_or_by_where_they_moved(sample: Any, lookups: Crosswalks) -> None:
    assert lookups.cip2020_of == {"51.0808": ("01.8301",), "23.0501": ("23.1302",)}
    same = [(pair.from_code, pair.to_code) for pair in sample.of(CodeMap) if pair.from_system == "cip2010"]
    assert same == [("51.0808", "01.8301")]


def test_titles_of_the_current_edition_come_from_here(sample: Any) -> None:
    titles = {code.code: code.title for code in sample.of(Code) if code.system == "cip2020"}
    assert titles["51.0801"] == "Medical/Clinical Assistant"
    assert len(titles) == 8


def test_the_real_files(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("crosswalks", raw_data, check_counts=True)
    assert [report.rows_read for report in real.reports[1:]] == [6093, 900, 868]
    assert real.issues == []
    notes = Counter((pair.from_system, pair.note) for pair in real.of(CodeMap))
    assert (notes["cip2020", "no match"], notes["soc2018", "no match"], notes["soc2010", "split"]) == (194, 180, 102)
    lookups: Crosswalks = real.shelf.notes["crosswalks"]
    sizes = sorted(len(found) for found in lookups.soc_of_cip.values() if found)
    assert (len(lookups.soc_of_cip), sizes[len(sizes) // 2], sizes[-1]) == (2141, 3, 23)
    assert lookups.occupations_of("51.0808") == (("25-1071", "29-2056", "31-9096"), "moved")
