"""No figure reaches the screen that the cited record does not hold."""

from __future__ import annotations

import pytest

from assistant.answer import MeasureCard, ProgramCard
from assistant.verify import Ledger, verified
from catalog.records import Cost, Length, Reported, Unit


@pytest.fixture
def ledger():
    rate = MeasureCard(
        name="employment_rate_q2",
        value=0.71,
        unit=Unit.FRACTION,
        reported=Reported.VALUE,
        n=26,
        period="2019",
        definition="nj_wage_match",
        citation=2,
    )
    card = ProgramCard(
        id="nj_etpl:1",
        name="Course 101",
        provider="School 7",
        provider_id="nj_providers:1",
        city="Newark",
        state="NJ",
        cost=Cost(total_usd=1800, tuition_usd=1700),
        length=Length(clock_hours=120, weeks_min=4, weeks_max=11),
        delivery=None,
        measures=(rate,),
        citation=1,
    )
    made = Ledger()
    made.add(0, {"$2,000"})
    made.add_card(card)
    return made


@pytest.mark.parametrize(
    "line",
    [
        "Cost: $1,800 in all (tuition $1,700) [1]",
        "Your limit is $2,000.",
        "120 hours, 4 to 11 weeks [1]",
        "71% of 26 people [2]",
        "71 % of 26 people [2]",
        "Course 101 by School 7 [1]",
        "Nothing to count here.",
    ],
)
def test_true_lines_stand(ledger, line):
    assert ledger.problem_of(line) is None


@pytest.mark.parametrize(
    "line",
    [
        "Cost: $1,900 in all [1]",
        "Cost: $1,800 in all [2]",
        "Cost: $1,800 in all",
        "71% of 26 people [1]",
        "72% of 26 people [2]",
        "1,800% of people [1]",
        "120 hours [3]",
        "$120 [1]",
        "Founded in 1998 [1]",
    ],
)
def test_false_lines_are_dropped(ledger, line):
    assert ledger.problem_of(line) is not None


def test_dropped_lines_are_counted(ledger):
    kept, problems = verified(["fine", "$1 [1]"], ledger)
    assert kept == ["fine"]
    assert len(problems) == 1
