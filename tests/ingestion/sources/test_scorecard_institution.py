from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Control, EventKind, Measure, Provider, ProviderEvent, Unit

OF_2019 = "federal/scorecard_institution_201906.csv.gz"
OF_2021 = "federal/scorecard_institution_api_202104.csv.gz"


@pytest.fixture(scope="module")
def reading(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("scorecard_institution", fixture_raw)


@pytest.fixture(scope="module")
def figures(reading: Any) -> Callable[[str, str], dict[str, Measure]]:
    def of(subject: str, file: str) -> dict[str, Measure]:
        return {m.name: m for m in reading.of(Measure) if (m.subject_id, m.provenance.file) == (subject, file)}

    return of


Figures = Callable[[str, str], dict[str, Measure]]


def test_the_figures_of_2019(figures: Figures) -> None:
    found = figures("ipeds:900001", OF_2019)
    assert {name: m.value for name, m in found.items()} == {
        "undergraduates": 350,
        "share_with_pell_grant": 0.4,
        "share_with_federal_loan": 0.31,
        "share_25_or_older": 0.2,
        "share_part_time": 0.5,
        "net_price": -120,
        "retention_full_time": 0.6,
        "retention_part_time": 0.4,
        "median_earnings_10yr_after_entry": 31200,
        "share_earning_over_25000_6yr_after_entry": 0.61,
        "median_debt_monthly_payment": 98.22767844,
        "repayment_rate_3yr": 0.45,
        "completion_rate_150pct": 0.3512,
    }
    assert found["median_earnings_10yr_after_entry"].unit is Unit.USD_PER_YEAR
    assert found["completion_rate_150pct"].definition == "scorecard_c150_l4_pooled_supp"
    assert {m.n for m in found.values()} == {None}
    assert {m.period for m in found.values()} == {"cohort years not stated; loaded June 2019"}


def test_four_year_and_shorter_institutions_have_their_own_definitions(figures: Figures) -> None:
    found = figures("ipeds:900003", OF_2019)
    assert {name: m.definition for name, m in found.items()} == {
        "net_price": "scorecard_npt4_priv",
        "retention_full_time": "scorecard_ret_ft4",
        "retention_part_time": "scorecard_ret_pt4",
        "completion_rate_150pct": "scorecard_c150_4_pooled_supp",
    }


def test_the_debt_of_2021_is_not_a_monthly_payment(figures: Figures) -> None:
    found = figures("ipeds:900001", OF_2021)
    assert "median_debt_monthly_payment" not in found
    assert (found["median_debt_of_graduates"].value, found["median_debt_of_graduates"].unit) == (9500, Unit.USD)
    assert found["median_earnings_10yr_after_entry"].value == 32000


def test_blank_is_no_figure_and_zero_is_one(figures: Figures) -> None:
    assert set(figures("ipeds:900002", OF_2019)) == {"median_earnings_10yr_after_entry"}
    assert figures("ipeds:900003", OF_2021)["completion_rate_150pct"].value == 0


def test_names_of_2019_do_not_replace_those_of_2023(reading: Any) -> None:
    providers = reading.by_id(Provider)
    assert providers["ipeds:900001"].name == "Northfield Technical College"
    assert "NORTHFIELD TECHNICAL COLLEGE" not in providers["ipeds:900001"].aliases
    assert providers["ipeds:900003"].control is Control.NONPROFIT


def test_what_2021_adds(reading: Any) -> None:
    college = reading.by_id(Provider)["ipeds:900001"]
    assert (college.place.latitude, college.place.longitude, college.place.city) == (39.37, -74.55, "Northfield")
    assert college.website == "https://northfield2021.example"
    assert "Northfield Trade" in college.aliases
    assert "N/A" not in college.aliases


def test_a_blank_website_replaces_none(reading: Any) -> None:
    assert reading.by_id(Provider)["ipeds:900002"].website == "www.northfield2019.example"


def test_numbers_of_eight_digits_are_locations(reading: Any) -> None:
    providers = reading.by_id(Provider)
    downtown, online = providers["ipeds:90000101"], providers["ipeds:90000102"]
    assert (downtown.level, downtown.parent_id, downtown.ids.unitid) == ("campus", "ipeds:900001", None)
    assert (downtown.name, downtown.place.city) == ("Northfield Technical College-Downtown", "Northfield")
    assert online.level == "location"


def test_monitoring_is_an_event_and_its_end_another(reading: Any) -> None:
    events = [
        (e.provider_id, e.action, e.provenance.as_of, e.on)
        for e in reading.of(ProviderEvent)
        if e.kind is EventKind.CASH_MONITORING and e.provenance.source == "scorecard_institution"
    ]
    assert events == [
        ("ipeds:900002", "Heightened Cash Monitoring 2", "2019-06", None),
        ("ipeds:900003", "Heightened Cash Monitoring 2", "2019-06", None),
        ("ipeds:900002", "Heightened Cash Monitoring 2", "2021-04", None),
        ("ipeds:900003", "Not on Heightened Cash Monitoring 2", "2021-04", None),
    ]
    assert not [m for m in reading.of(Measure) if "hcm" in m.definition]


def test_being_off_is_kept_for_whom_the_undated_list_has(
    read_source: Callable[..., Any], fixture_raw: Path, tmp_path: Path
) -> None:
    raw = shutil.copytree(fixture_raw, tmp_path / "raw")
    with (raw / "federal" / "hcm.csv").open("a", encoding="utf-8") as file:
        file.write('"""00900100""",NORTHFIELD TECHNICAL COLLEGE,Northfield,NJ,,Public,HCM - Cash Monitoring 2,OIG\n')
    off = [e for e in read_source("scorecard_institution", raw).of(ProviderEvent) if e.action.startswith("Not on")]
    assert {e.provider_id for e in off} == {"ipeds:900001", "ipeds:90000101", "ipeds:900003"}
    assert {e.provenance.as_of for e in off} == {"2021-04"}


def test_an_institution_that_is_listed_later_has_not_closed(reading: Any) -> None:
    closed = [e.provider_id for e in reading.of(ProviderEvent) if e.action.startswith("Not currently certified")]
    assert closed == ["ipeds:900005"]


def test_values_out_of_range_and_unknown_words_are_reported(reading: Any, figures: Figures) -> None:
    assert figures("ipeds:900020", OF_2019) == {}
    reported = {(i["field"], i["value"]) for i in reading.issues_of(OF_2019, "field")}
    assert reported == {
        ("ugds", "-3"),
        ("pctpell", "1.2"),
        ("md_earn_wne_p10", "PrivacySuppressed"),
        ("hcm2", "maybe"),
        ("control", "4"),
        ("opeid", '"BAD"'),
    }
    assert reading.by_id(Provider)["ipeds:900020"].ids.opeid is None


def test_what_nobody_names_is_held_back(reading: Any) -> None:
    assert [(i["field"], i["value"]) for i in reading.issues_of(OF_2019, "row")] == [("unitid", "9000"), ("instnm", "")]
    assert [i["value"] for i in reading.issues_of(OF_2021, "row")] == ["900099", "x"]
    assert "ipeds:900099" not in reading.by_id(Provider)


def test_every_column_is_known(reading: Any) -> None:
    assert [i for i in reading.issues if i["kind"] == "column"] == []


def test_the_real_scorecard(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("scorecard_institution", raw_data, check_counts=True)
    by_file = {report.file: report for report in real.reports}
    assert (by_file[OF_2019].kept, by_file[OF_2019].merged, by_file[OF_2019].held_back) == (220, 6_955, 0)
    assert (by_file[OF_2021].kept, by_file[OF_2021].merged, by_file[OF_2021].held_back) == (0, 6_744, 62)
    assert sum(report.column_issues + report.field_issues for f, report in by_file.items() if "institution_" in f) == 0
    actions = Counter(e.action for e in real.of(ProviderEvent))
    assert actions["Heightened Cash Monitoring 2"] == 128
    assert actions["Not on Heightened Cash Monitoring 2"] == 667
    assert actions["Not currently certified as an operating institution"] == 374
    keys = [(m.subject_id, m.name, m.provenance.file) for m in real.of(Measure)]
    assert len(keys) == len(set(keys))
    payments = [m.value for m in real.of(Measure) if m.name == "median_debt_monthly_payment"]
    debts = [m.value for m in real.of(Measure) if m.name == "median_debt_of_graduates"]
    assert max(payments) < 1_000 < min(debts)
    trinity = "ipeds:131876"
    assert trinity not in {e.provider_id for e in real.of(ProviderEvent) if e.kind is EventKind.CLOSURE}
