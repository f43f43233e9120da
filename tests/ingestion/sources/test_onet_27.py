from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.records import Occupation

FOLDER = "onet/db27_text"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("onet_27", fixture_raw)


def test_one_occupation_per_code(sample: Any) -> None:
    found = sample.by_id(Occupation)
    assert sorted(found) == ["onet:29-1141.00", "onet:29-1141.01", "onet:31-9092.00", "onet:53-3099.00"]
    assert found["onet:29-1141.01"].soc == "29-1141"
    assert found["onet:29-1141.00"].description == 'Look after "patients".'


def test_an_occupation_may_have_no_job_zone(sample: Any) -> None:
    found = sample.by_id(Occupation)
    assert found["onet:29-1141.00"].job_zone == 3
    assert found["onet:53-3099.00"].job_zone is None


def test_not_available_is_a_text_that_means_none(sample: Any) -> None:
    titles = sample.by_id(Occupation)["onet:29-1141.00"].alternate_titles
    assert titles == ("Cardiac Care Unit Nurse (CCU Nurse)", "CCU Nurse", "Staff Nurse", "RN")
    assert sample.by_id(Occupation)["onet:31-9092.00"].alternate_titles == ()


def test_related_occupations_come_in_the_order_of_their_index(sample: Any) -> None:
    assert sample.by_id(Occupation)["onet:29-1141.00"].related == ("29-1141.01", "31-9092.00")


def test_technologies_without_a_column_for_demand(sample: Any) -> None:
    nurse = sample.by_id(Occupation)["onet:29-1141.00"]
    assert (nurse.technologies, nurse.hot_technologies) == (("Epic Systems", "Old Charting"), ("Epic Systems",))
    assert nurse.in_demand_technologies == ()


@pytest.mark.parametrize(
    ("file", "held"),
    [
        ("Occupation Data.txt.gz", [(5, "O*NET-SOC Code"), (6, "O*NET-SOC Code"), (7, "O*NET-SOC Code")]),
        ("Job Zones.txt", [(4, "O*NET-SOC Code"), (5, "Job Zone")]),
        ("Technology Skills.txt.gz", [(4, "Example")]),
        ("Alternate Titles.txt.gz", [(5, "Alternate Title"), (6, "O*NET-SOC Code")]),
        ("Related Occupations.txt.gz", [(3, "Related O*NET-SOC Code"), (4, "Related O*NET-SOC Code")]),
    ],
)
def test_unusable_rows_are_held_back(sample: Any, file: str, held: list[tuple[int, str]]) -> None:
    assert [(i["row"], i["field"]) for i in sample.issues_of(f"{FOLDER}/{file}", "row")] == held
    assert sample.issues_of(f"{FOLDER}/{file}", "column") == []


def test_a_renamed_column_is_an_error_that_names_it(
    read_source: Callable[..., Any], fixture_raw: Path, tmp_path: Path
) -> None:
    for path in (fixture_raw / FOLDER).iterdir():
        target = tmp_path / FOLDER / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    zones = tmp_path / FOLDER / "Job Zones.txt"
    zones.write_text(zones.read_text().replace("Job Zone\t", "Job Zones\t"))
    with pytest.raises(SourceError, match=r"Job Zones\.txt.*'Job Zone'.*nearest is 'Job Zones'"):
        read_source("onet_27", tmp_path)


def test_the_real_tables(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("onet_27", raw_data, check_counts=True)
    read = {report.file.removeprefix(f"{FOLDER}/"): report.rows_read for report in real.reports}
    assert read == {
        "Occupation Data.txt.gz": 1016,
        "Job Zones.txt": 923,
        "Technology Skills.txt.gz": 30826,
        "Alternate Titles.txt.gz": 52754,
        "Related Occupations.txt.gz": 18460,
    }
    assert real.issues == []
    assert len(real.of(Occupation)) == 1016
