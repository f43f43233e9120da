"""New Jersey's outcomes: withheld, zero and nobody found are three different things."""

from __future__ import annotations

import pytest

from catalog.records import Measure, Reported, Unit


@pytest.fixture(scope="module")
def reading(read_source, fixture_raw):
    return read_source("nj_outcomes", fixture_raw)


@pytest.fixture(scope="module")
def figures(reading):
    return {(m.subject_id, m.name): m for m in reading.of(Measure)}


def test_fates(reading):
    report = reading.reports[0]
    assert (report.rows_read, report.kept, report.held_back) == (6, 4, 2)


def test_a_rate_is_a_fraction_with_its_cohort(figures):
    rate = figures["nj_providers:9001|51.1009", "employment_rate_q2"]
    assert (rate.value, rate.unit, rate.n, rate.reported) == (0.82, Unit.FRACTION, 50, Reported.VALUE)


def test_pay_is_a_quarters(figures):
    pay = figures["nj_providers:9001|51.1009", "average_quarterly_wage_q2"]
    assert (pay.value, pay.unit, pay.n) == (9100, Unit.USD_PER_QUARTER, 41)


def test_withheld_is_none_and_keeps_its_small_count(figures):
    rate = figures["nj_providers:9001|51.3902", "employment_rate_q2"]
    assert (rate.value, rate.reported, rate.n) == (None, Reported.SUPPRESSED, 3)


def test_nobody_found_in_wage_records_is_not_a_rate_of_zero(figures):
    rate = figures["nj_providers:9003|49.0205", "employment_rate_q2"]
    assert (rate.value, rate.reported, rate.n) == (None, Reported.NOBODY_FOUND, 12)


def test_a_lost_zero_comes_back(figures):
    assert ("nj_providers:9003|04.9205", "employment_rate_q2") in figures


def test_real_outcomes(read_source, raw_data):
    reading = read_source("nj_outcomes", raw_data, check_counts=True)
    assert reading.reports[0].kept == 1565
    measures = reading.of(Measure)
    rates = [m for m in measures if m.name == "employment_rate_q2"]
    assert sum(m.reported is Reported.SUPPRESSED for m in rates) == 476
    assert sum(m.reported is Reported.NOBODY_FOUND for m in rates) == 29
    assert len({m.subject_id.partition("|")[0] for m in rates}) == 417
    assert all(0 <= m.value <= 1 for m in measures if m.unit is Unit.FRACTION and m.value is not None)
    suppressed = [m for m in rates if m.reported is Reported.SUPPRESSED]
    assert all(m.n is not None and m.n < 5 for m in suppressed)
