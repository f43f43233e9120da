"""Paths: each step leads up, is close to the next, and says what it costs and takes; the rest is said to be unknown."""

from __future__ import annotations

import re
import statistics
from datetime import date
from itertools import pairwise

import pytest

from assistant.evidence import Sources
from assistant.ladder import FARTHEST, MOST_STEPS, chain_to, distance, jobs_of, leads_up
from assistant.path import PathFinder
from assistant.path_text import PathWriter
from assistant.verify import Ledger, verified
from catalog.home import bundled_folder
from catalog.records import CredentialKind, Program, Unit
from catalog.snapshot import Snapshot
from prompts import Texts

TODAY = date(2026, 11, 24)
NURSE, PRACTICAL, AIDE = "29-1141.00", "29-2061.00", "31-1131.00"
PHARMACIST, TECHNICIAN = "29-1051.00", "29-2052.00"


@pytest.fixture(scope="module")
def bundled():
    snapshot = Snapshot(bundled_folder())
    yield snapshot
    snapshot.close()


@pytest.fixture(scope="module")
def finder(bundled):
    return PathFinder(bundled)


@pytest.fixture(scope="module")
def jobs(bundled):
    return jobs_of(bundled)


def codes(path):
    return [step.occupation.onet_soc for step in path.steps]


def test_the_way_to_nursing_goes_by_aide_and_practical_nurse(finder):
    assert codes(finder.find(NURSE, on=TODAY)) == [AIDE, PRACTICAL, NURSE]


def test_who_has_a_step_begins_after_it(finder):
    path = finder.find(NURSE, AIDE, on=TODAY)
    assert codes(path) == [PRACTICAL, NURSE]
    assert path.linked
    assert path.have.onet_soc == AIDE


def test_a_goal_that_asks_for_little_is_one_step(finder):
    assert codes(finder.find(AIDE, on=TODAY)) == [AIDE]
    assert codes(finder.find("51-4121.00", on=TODAY)) == ["51-4121.00"]


def test_no_way_is_made_up(finder):
    path = finder.find(PHARMACIST, TECHNICIAN, on=TODAY)
    assert not path.linked
    assert codes(path) == [PHARMACIST]


def test_a_job_that_is_not_there_has_no_path(finder):
    assert finder.find("99-9999.00") is None
    assert finder.find(NURSE, "99-9999.00", on=TODAY).have is None


def test_every_path_to_every_occupation_leads_up_and_stays_close(jobs):
    several = 0
    for goal in jobs.values():
        chain, _linked = chain_to(jobs, goal, None)
        several += len(chain) > 1
        assert 1 <= len(chain) <= MOST_STEPS
        assert chain[-1] == goal
        assert len({job.code for job in chain}) == len(chain)
        for earlier, later in pairwise(chain):
            assert leads_up(earlier, later)
            assert earlier.zone <= later.zone
            assert earlier.wage_usd < later.wage_usd
        assert sum(distance(one, other) for one, other in pairwise(chain)) <= FARTHEST
    assert several > 100


def test_every_path_from_somewhere_begins_close_to_it_or_says_that_it_does_not(jobs):
    for start in (jobs[AIDE], jobs["15-1232.00"], jobs["53-3032.00"]):
        for goal in jobs.values():
            chain, linked = chain_to(jobs, goal, start)
            assert start not in chain[:-1]
            if linked:
                assert leads_up(start, chain[0])
                assert distance(start, chain[0]) is not None
            else:
                assert chain == [goal]


def test_the_cost_of_a_step_is_that_of_the_programs_that_feed_it(bundled, finder):
    (step,) = finder.find(AIDE, on=TODAY).steps
    programs = bundled.select(Program, "list_contains(soc, '31-1131')")
    costs = [each.cost.total_usd for each in programs if each.cost.total_usd]
    assert step.programs.programs == len(programs)
    assert step.programs.cost_usd.median == statistics.median(costs)
    assert sum(step.asked.values()) + step.asked_unknown == len(programs)
    assert step.wage.measure.unit is Unit.USD_PER_YEAR


def test_only_the_programs_that_are_asked_for_are_counted(bundled, finder):
    some = bundled.ids("programs", "list_contains(soc, '31-1131')")[:2]
    (step,) = finder.find(AIDE, ids=some, on=TODAY).steps
    assert step.programs.programs == 2
    (none,) = finder.find(AIDE, ids=[], on=TODAY).steps
    assert none.programs is None


def test_a_licence_is_named_where_one_goes_with_the_job(finder):
    by_code = {step.occupation.onet_soc: step for step in finder.find(NURSE, on=TODAY).steps}
    assert [each.name.upper() for each in by_code[PRACTICAL].licenses] == ["LICENSED PRACTICAL NURSE (LPN)"]


def test_what_the_programs_of_a_step_lead_to_is_named_the_most_common_first(bundled, finder):
    (step,) = finder.find(AIDE, on=TODAY).steps
    programs = bundled.select(Program, "list_contains(soc, '31-1131')")
    led_to = [sum(each.id in program.credential_ids for program in programs) for each in step.credentials]
    assert led_to == sorted(led_to, reverse=True)
    assert led_to[0] > 1
    assert {each.kind for each in step.credentials} <= {CredentialKind.LICENSE, CredentialKind.CERTIFICATION}
    lines = list(PathWriter(Sources(bundled), Ledger(), Texts("en")).lines(finder.find(AIDE, on=TODAY)))
    assert any(step.credentials[0].name in line for line in lines)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("goal", "have"),
    [(NURSE, None), (NURSE, AIDE), (PHARMACIST, TECHNICIAN), ("29-1126.00", None), ("55-2013.00", None)],
)
def test_every_line_stands_and_ends_with_what_nobody_can_tell(bundled, finder, language, goal, have):
    texts, sources, ledger = Texts(language), Sources(bundled), Ledger()
    path = finder.find(goal, have, on=TODAY)
    lines = list(PathWriter(sources, ledger, texts).lines(path))
    assert verified(lines, ledger) == (lines, [])
    assert lines[-1] == texts("path.note")
    assert sum(line.startswith("### ") for line in lines) == len(path.steps)
    assert "None" not in " ".join(lines)
    paid = [line for line in lines if re.search(r"a year|al año", line)]
    assert len(paid) == sum(step.wage is not None for step in path.steps)
    for line in paid:
        assert ledger.problem_of(line.replace("$", "$9")) is not None


def test_the_cards_say_the_same_as_the_steps(bundled, finder):
    path = finder.find(NURSE, on=TODAY)
    cards = PathWriter(Sources(bundled), Ledger(), Texts("en")).steps(path)
    assert [card.occupation for card in cards] == codes(path)
    assert all(card.detail and card.citations and card.programs for card in cards)
    assert [card.wage.usd_per_year for card in cards] == sorted(card.wage.usd_per_year for card in cards)


def test_a_four_year_job_is_not_promised_by_a_short_course(bundled, finder):
    texts = Texts("en")
    lines = list(PathWriter(Sources(bundled), Ledger(), texts).lines(finder.find("15-1252.00", on=TODAY)))
    assert f"- {texts('path.short_courses')}" in lines
    assert f"- {texts('path.zone_4')}" in " ".join(lines)
