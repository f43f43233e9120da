from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from catalog.records import Occupation

FOLDER = "onet/db29_excel"


def test_titles_beside_the_codes_are_checked(read_source: Callable[..., Any], fixture_raw: Path) -> None:
    sample = read_source("onet_29", fixture_raw)
    found = [(i["row"], i["field"], i["value"]) for i in sample.issues_of(f"{FOLDER}/Job Zones.csv.gz", "field")]
    assert found == [(2, "Title", "Nurses")]
    assert sample.by_id(Occupation)["onet:31-9092.00"].job_zone == 3


def test_bad_cells_are_reported(read_source: Callable[..., Any], fixture_raw: Path) -> None:
    sample = read_source("onet_29", fixture_raw)
    assert [i["value"] for i in sample.issues_of(f"{FOLDER}/Technology Skills.csv.gz")] == ["maybe"]
    assert [(i["row"], i["value"]) for i in sample.issues_of(f"{FOLDER}/Job Zones.csv.gz", "row")] == [(3, "6")]
    assert sample.by_id(Occupation)["onet:15-2051.00"].job_zone is None


def test_the_real_tables(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("onet_29", raw_data, check_counts=True)
    assert real.issues == []
    occupations = real.by_id(Occupation)
    assert len(occupations) == 1016
    assert sum(each.job_zone is None for each in occupations.values()) == 93
    assert sum(len(each.technologies) for each in occupations.values()) == 32681
    assert sum(len(each.in_demand_technologies) for each in occupations.values()) == 2339
    assert sum(len(each.related) == 20 for each in occupations.values()) == 923
    nurse = occupations["onet:29-1141.00"]
    assert (nurse.title, nurse.job_zone, len(nurse.alternate_titles)) == ("Registered Nurses", 4, 127)
    assert nurse.related[:2] == ("29-1141.04", "29-1171.00")
    assert all("n/a" not in each.alternate_titles for each in occupations.values())
