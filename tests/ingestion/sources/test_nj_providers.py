"""New Jersey's provider tables: who they are, and how their list status changed."""

from __future__ import annotations

import pytest

from catalog.records import ListStatus, Provider, ProviderEvent

EARLIER, LATER = "nj/nj_providers_20191118.csv.gz", "nj/nj_providers_20200811.csv.gz"


@pytest.fixture(scope="module")
def reading(read_source, fixture_raw):
    return read_source("nj_providers", fixture_raw)


@pytest.fixture(scope="module")
def providers(reading):
    return reading.by_id(Provider)


def test_every_row_has_one_fate(reading):
    earlier, later = reading.reports
    assert (earlier.rows_read, earlier.kept, earlier.merged, earlier.held_back) == (4, 4, 0, 0)
    assert (later.rows_read, later.kept, later.merged, later.held_back) == (9, 2, 4, 3)


def test_the_later_table_counts_and_both_statuses_stay(reading, providers):
    assert providers["nj_providers:9001"].list_status is ListStatus.SUSPENDED
    dated = {(e.action, e.provenance.as_of) for e in reading.of(ProviderEvent) if e.provider_id == "nj_providers:9001"}
    assert dated == {("approved", "2019-11-18"), ("suspended", "2020-08-11")}


def test_the_day_of_a_copy_is_not_the_day_of_a_decision(reading):
    assert all(event.on is None for event in reading.of(ProviderEvent))


def test_tax_id_is_the_first_nine_digits(providers):
    assert providers["nj_providers:9001"].ids.ein == "990000001"
    assert providers["nj_providers:9002"].ids.ein == "990000002"
    assert providers["nj_providers:9003"].ids.ein is None


def test_a_county_that_contradicts_zip_and_city_is_corrected_and_reported(reading, providers):
    assert providers["nj_providers:9003"].place.county == "Hudson"
    assert any(i["field"] == "county" and i["value"] == "Bergen" for i in reading.issues)


def test_a_zip_that_contradicts_city_and_county_is_held_back(reading, providers):
    place = providers["nj_providers:9004"].place
    assert (place.zip, place.county, place.latitude) == (None, "Atlantic", None)
    assert any(i["field"] == "zip" and i["value"] == "08830" for i in reading.issues)


def test_yes_no_and_unknown_stay_apart(providers):
    services = providers["nj_providers:9001"].services
    assert (services.evening, services.childcare, services.bus, services.train) == (True, False, True, False)
    silent = providers["nj_providers:9005"].services
    assert (silent.bus, silent.train) == (None, None)
    assert silent.other_languages == ("Arabic", "Polish")


def test_a_lost_apostrophe_comes_back(providers):
    assert providers["nj_providers:9005"].name == "Carney's Point Academy"


def test_bad_rows_are_held_back_with_their_reason(reading):
    reasons = {(i["row"], i["field"]) for i in reading.issues_of(LATER, "row")}
    assert reasons == {(6, "PROVIDERID"), (7, "PROVIDERID"), (8, "NAME")}


def test_an_unknown_status_is_reported_not_guessed(reading, providers):
    assert providers["nj_providers:9007"].list_status is None
    assert any(i["field"] == "STATUSNAME" and i["value"] == "Unknown" for i in reading.issues)


def test_real_status_changes(read_source, raw_data):
    reading = read_source("nj_providers", raw_data, check_counts=True)
    by_provider: dict[str, dict[str, str]] = {}
    for event in reading.of(ProviderEvent):
        by_provider.setdefault(event.provider_id, {})[event.provenance.as_of] = event.action
    both = [s for s in by_provider.values() if len(s) == 2]
    moves = [(s["2019-11-18"], s["2020-08-11"]) for s in both]
    assert moves.count(("approved", "suspended")) == 22
    assert moves.count(("approved", "pending")) == 42
    assert moves.count(("suspended", "approved")) == 6
    assert sum(p.list_status is ListStatus.SUSPENDED for p in reading.of(Provider)) == 1407
