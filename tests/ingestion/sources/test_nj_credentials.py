"""New Jersey's lookups of licences, industry credentials and degree levels."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.records import Credential, CredentialKind


@pytest.fixture(scope="module")
def reading(read_source, fixture_raw):
    return read_source("nj_credentials", fixture_raw)


def test_kinds_codes_and_retired_entries(reading):
    found = reading.by_id(Credential)
    assert found["nj_credentials:license-926"].soc == ("31-1014",)
    assert found["nj_credentials:license-926"].retired is False
    assert found["nj_credentials:industry-1214"].kind is CredentialKind.CERTIFICATION
    assert found["nj_credentials:industry-430"].retired_on == date(2018, 11, 2)
    assert found["nj_credentials:degree-200"].kind is CredentialKind.DEGREE


def test_a_code_that_is_none_is_reported(reading):
    assert reading.by_id(Credential)["nj_credentials:license-804"].soc == ()
    assert any(i["field"] == "CODE" for i in reading.issues_of("nj/nj_TBLLICENSE.csv", "field"))


def test_entries_without_number_or_meaning_are_held_back(reading):
    assert sum(r.held_back for r in reading.reports) == 2


def test_real_lookups(read_source, raw_data):
    reading = read_source("nj_credentials", raw_data, check_counts=True)
    credentials = reading.of(Credential)
    assert len(credentials) == 2041 + 228 + 12
    assert sum(bool(c.retired) for c in credentials) == 264 + 22
