"""Outcomes in the federal training provider reports: what was filed for a program, as measures.

The employment rate's denominator is those whose second quarter after exit had come, not all who
exited; median earnings are of a quarter, among those found employed. One cohort is sometimes filed
for several programs of a provider: then the definition's key ends in `_shared_cohort`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from catalog.records import Measure, Provenance, Reported, Unit
from ingestion import cells
from ingestion.etp import WITHHELD
from ingestion.row import Row

PERIOD = "program year not stated"
QUARTERLY_USD = (1_000.0, 75_000.0)
"""Below, an amount is an hourly or weekly wage; above, a year's pay or an error."""
TOLERANCE = 0.0101
"""One step of a rate with two decimals, and what binary fractions add."""
MIN_COHORT = 10
"""Equal figures of smaller cohorts may be equal by chance."""
SHARED = "_shared_cohort"


class Filed(NamedTuple):
    """A figure as filed; `value` is None where it is withheld."""

    value: float | None
    reported: Reported = Reported.VALUE


class Outcome(NamedTuple):
    """What was filed for one program; a part is None where nothing was filed or it was held back.

    `receipts` holds the published cells behind each headline figure, by the figure's name.
    """

    program_id: str
    provider_id: str
    provenance: Provenance
    counts: dict[str, int]
    completion: Filed | None
    employment: Filed | None
    employment_n: int | None
    earnings: Filed | None
    shared: bool = False
    receipts: Mapping[str, tuple[str, ...]] = {}

    def cohort(self) -> tuple[object, ...] | None:
        """Return what two programs have in common that were filed with one cohort; None for small ones."""
        if max(self.counts.get("learners_served", 0), self.counts.get("learners_exited", 0)) < MIN_COHORT:
            return None
        figures = (self.completion, self.employment, self.earnings)
        return self.provider_id, tuple(sorted(self.counts.items())), figures


def filed(row: Row, column: str, blank: Reported | None = None) -> Filed | None:
    """Pop a figure: `-1` is withheld; `blank` says what an empty cell means, by default nothing filed."""
    value = row.float(column)
    if value is None:
        return Filed(None, blank) if blank else None
    return Filed(None, Reported.SUPPRESSED) if value == WITHHELD else Filed(value)


def count(row: Row, column: str) -> int | None:
    """Pop a number of people; None when blank or withheld."""

    def parse(raw: str) -> int | None:
        number = cells.as_integer(raw)
        if number is None or number == WITHHELD:
            return None
        if number < 0:
            raise cells.CellError("a negative count")
        return number

    return row.parse(column, parse)


def plausible_rate(row: Row, column: str, rate: Filed | None, part: int | None, whole: int | None) -> Filed | None:
    """Return the rate, or None after reporting one that is no fraction or contradicts its own counts."""
    if rate is None or rate.value is None:
        return rate
    if not 0 <= rate.value <= 1:
        row.issue(column, f"{rate.value:g}", "not a fraction between 0 and 1")
        return None
    if part is not None and whole and abs(part / whole - rate.value) > TOLERANCE:
        row.issue(column, f"{rate.value:g}", f"not {part} of {whole}")
        return None
    return rate


def plausible_earnings(row: Row, column: str, earnings: Filed | None) -> Filed | None:
    """Return a quarter's earnings, or None after reporting an amount that can't be of a quarter."""
    if earnings is None or earnings.value is None:
        return earnings
    low, high = QUARTERLY_USD
    if earnings.value < low:
        row.issue(column, f"{earnings.value:g}", "too little for a quarter: an hourly or weekly wage")
        return None
    if earnings.value > high:
        row.issue(column, f"{earnings.value:g}", "too much for a quarter")
        return None
    return earnings


def implied_denominator(rate: float | None, part: int | None) -> int | None:
    """Return the smallest whole of which `part` is the rate, rounded to two decimals; None where there is none.

    For files that publish a rate and its numerator but not its denominator. The smallest is the
    cautious choice: it makes the rate less certain, never more.
    """
    if not rate or not part:
        return None
    low = max(part, math.ceil(part / (rate + 0.005) - 1e-9))
    high = part / (rate - 0.005) if rate > 0.005 else math.inf
    return low if low <= high + 1e-9 else None


def measures(outcomes: Iterable[Outcome], *, counts: bool = True) -> Iterator[Measure]:
    """Yield the measures of all programs; those that share a cohort with a sibling are marked."""
    filings = list(outcomes)
    times = Counter(cohort for filing in filings if (cohort := filing.cohort()) is not None)
    for filing in filings:
        cohort = filing.cohort()
        shared = filing.shared or (cohort is not None and times[cohort] > 1)
        yield from _measures(filing, SHARED if shared else "", counts)


def _measures(filing: Outcome, suffix: str, counts: bool) -> Iterator[Measure]:
    people = filing.counts
    headline = (
        ("completion_rate", filing.completion, Unit.FRACTION, people.get("learners_exited"), "wioa_completion"),
        ("employment_rate_q2", filing.employment, Unit.FRACTION, filing.employment_n, "wioa_employment_q2"),
        (
            "median_earnings_q2",
            filing.earnings,
            Unit.USD_PER_QUARTER,
            people.get("employed_q2"),
            "wioa_median_earnings_q2",
        ),
    )
    for name, figure, unit, n, definition in headline:
        if figure is not None:
            yield _measure(filing, name, figure, unit, n, f"{definition}{suffix}")
    for name, number in people.items() if counts else ():
        yield _measure(filing, name, Filed(number), Unit.COUNT, None, f"wioa_count{suffix}")


def _measure(filing: Outcome, name: str, figure: Filed, unit: Unit, n: int | None, definition: str) -> Measure:
    return Measure(
        subject_kind="program",
        subject_id=filing.program_id,
        name=name,
        value=figure.value,
        unit=unit,
        reported=figure.reported,
        n=n,
        period=PERIOD,
        definition=definition,
        provenance=filing.provenance.model_copy(update={"cells": filing.receipts.get(name, ())}),
    )
