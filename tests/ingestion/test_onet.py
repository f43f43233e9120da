from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Occupation
from ingestion.onet import occupation_id


@pytest.fixture(scope="module")
def both(read_source: Callable[..., Any], fixture_raw: Path) -> dict[str, Occupation]:
    return read_source("onet_29", fixture_raw).by_id(Occupation)  # type: ignore[no-any-return]


def test_an_id_is_the_onet_code() -> None:
    assert occupation_id("29-1141.01") == "onet:29-1141.01"


def test_the_later_release_wins_where_it_has_a_table(both: dict[str, Occupation]) -> None:
    nurse = both["onet:29-1141.00"]
    assert nurse.description == "Look after patients, newly said."
    assert nurse.job_zone == 4
    assert nurse.technologies == ("Epic Systems", "Word, and more", "Local Charting")
    assert nurse.hot_technologies == ("Epic Systems", "Word, and more")
    assert nurse.in_demand_technologies == ("Epic Systems",)
    assert (nurse.provenance.source, nurse.provenance.as_of) == ("onet_29", "2024-11")


def test_the_earlier_release_stays_where_the_later_has_no_table(both: dict[str, Occupation]) -> None:
    nurse = both["onet:29-1141.00"]
    assert "Staff Nurse" in nurse.alternate_titles
    assert nurse.related == ("29-1141.01", "31-9092.00")


def test_what_the_later_table_leaves_out_is_gone(both: dict[str, Occupation]) -> None:
    assistant = both["onet:31-9092.00"]
    assert (assistant.technologies, assistant.in_demand_technologies) == ((), ())
    assert both["onet:29-1141.01"].job_zone is None


def test_a_new_occupation_is_kept(both: dict[str, Occupation]) -> None:
    assert both["onet:15-2051.00"].provenance.source == "onet_29"
    assert len(both) == 5
