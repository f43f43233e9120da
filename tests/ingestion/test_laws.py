"""The laws of the rulebook, on evidence made at random.

`LAW_EXAMPLES=10000 pytest --timeout 7200 tests/ingestion/test_laws.py` tries ten thousand pieces of evidence per law.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.ageing import aged
from catalog.records import (
    Accreditation,
    Cost,
    EventKind,
    Finding,
    Length,
    ListStatus,
    Measure,
    Place,
    Program,
    Provenance,
    Provider,
    ProviderEvent,
    ProviderIds,
    Record,
    Reported,
    Unit,
    Verdict,
)
from ingestion.accreditors import INSTITUTIONAL, NEGATIVE, RESTORATIVE, STAYED
from ingestion.evidence import Case
from ingestion.quality.hcm import LEVEL_1, LEVEL_2, OFF_2, ON_2
from ingestion.rulebook import all_rules

RULES = all_rules()
ON = date(2026, 8, 7)
AS_OF = st.sampled_from([None, "2014", "2019-06", "2020-04", "2020-10-07", "2020-11", "2023", "2025-05-19"])
DAYS = st.one_of(st.none(), st.dates(date(2017, 1, 1), date(2020, 10, 31)))
SCHOOL, CAMPUS = "ipeds:900001", "dapip:1"
SOURCES = st.sampled_from(["ipeds_directory", "scorecard_institution", "va_settlements", "va_caution_flags", "fsa_hcm"])
ORDINARY = ("Grant Substantive Change: Program", "Heightened Monitoring or Focused Review", "Institution Closed")
ACTIONS = {
    EventKind.ACCREDITOR_ACTION: st.sampled_from([*NEGATIVE, *sorted(RESTORATIVE), STAYED, *ORDINARY]),
    EventKind.CASH_MONITORING: st.sampled_from([LEVEL_1, LEVEL_2, ON_2, OFF_2, "something new"]),
    EventKind.CAUTION_FLAG: st.sampled_from(["FTC filed suit", "Settlement reached", "Upcoming Campus Closure"]),
    EventKind.SETTLEMENT: st.sampled_from(["Settlement reached", "Settlement with U.S. Government"]),
    EventKind.CLOSURE: st.sampled_from(["Out of business", "School closing", "School closing date"]),
    EventKind.LIST_STATUS: st.sampled_from([*(status.value for status in ListStatus), "on hold"]),
    EventKind.COMPLAINTS: st.just("Complaints"),
}
UNITS = {
    "completion_rate": Unit.FRACTION,
    "completion_rate_150pct": Unit.FRACTION,
    "employment_rate_q2": Unit.FRACTION,
    "median_earnings_q2": Unit.USD_PER_QUARTER,
    "average_quarterly_wage_q2": Unit.USD_PER_QUARTER,
    "learner_rating": Unit.RATING_1_TO_6,
    "undergraduates": Unit.COUNT,
    "award_rate_6yr": Unit.FRACTION,
    "median_earnings_10yr_after_entry": Unit.USD_PER_YEAR,
}
VALUES = {
    Unit.FRACTION: st.sampled_from([0.0, 0.1, 0.45, 0.69, 0.7, 0.9, 1.0]),
    Unit.USD_PER_QUARTER: st.sampled_from([3_000.0, 5_868.75, 7_000.0, 12_000.0]),
    Unit.RATING_1_TO_6: st.sampled_from([1.0, 2.5, 5.5, 6.0]),
    Unit.COUNT: st.sampled_from([0.0, 40.0, 1_000.0, 90_000.0]),
    Unit.USD_PER_YEAR: st.sampled_from([18_000.0, 60_000.0]),
}
COHORTS = st.sampled_from([60, 5_000, 60, 5_000, 10, 9, 4, None])
OF_SCHOOL = ("completion_rate_150pct", "undergraduates", "award_rate_6yr", "median_earnings_10yr_after_entry")
DEFINITIONS = {"employment_rate_q2": st.sampled_from(["nj_wage_match", "wioa_employment_q2"])}


@st.composite
def origins(draw: Any, source: st.SearchStrategy[str] = SOURCES) -> Provenance:
    row = draw(st.integers(1, 10_000))
    return Provenance(
        source=draw(source), record_id=str(row), as_of=draw(AS_OF), file="toy.csv", row=row, cells=(f"a={row}",)
    )


@st.composite
def measures(draw: Any, kind: str, subject: str, names: tuple[str, ...] = tuple(UNITS)) -> Measure:
    name = draw(st.sampled_from(names))
    unit = UNITS[name]
    value = draw(st.one_of(VALUES[unit], VALUES[unit], VALUES[unit], st.none()))
    withheld = st.sampled_from([Reported.SUPPRESSED, Reported.NOT_RELEASED, Reported.NOBODY_FOUND])
    return Measure(
        subject_kind=kind,  # type: ignore[arg-type]
        subject_id=subject,
        name=name,
        value=value,
        unit=unit,
        reported=Reported.VALUE if value is not None else draw(withheld),
        n=draw(COHORTS),
        period=draw(st.sampled_from([None, "program year 2024", "program year not stated"])),
        definition=draw(DEFINITIONS.get(name, st.sampled_from(["wioa_completion", "other"]))),
        provenance=draw(origins()),
    )


@st.composite
def events(draw: Any, kinds: tuple[EventKind, ...], provider: str = SCHOOL) -> ProviderEvent:
    kind = draw(st.sampled_from(kinds))
    number = draw(st.integers(0, 10**9))
    acts = kind is EventKind.ACCREDITOR_ACTION
    on = draw(DAYS)
    complaints = kind is EventKind.COMPLAINTS
    return ProviderEvent(
        id=f"{kind}:{number}",
        provider_id=draw(st.sampled_from([provider, CAMPUS])),
        kind=kind,
        action=draw(ACTIONS[kind]),
        reason=draw(st.sampled_from([None, "closure", "Financial Responsibility", "Expiration of term"])),
        agency=draw(st.sampled_from(["A", "B"])) if acts else None,
        scope=draw(st.sampled_from([INSTITUTIONAL, "Nursing"])) if acts else "all issues" if complaints else None,
        on=on,
        ended_on=on + timedelta(days=draw(st.integers(-5, 60))) if acts and on and draw(st.booleans()) else None,
        count=draw(st.sampled_from([1, 12, 400])) if complaints else None,
        provenance=draw(origins()),
    )


@st.composite
def providers(draw: Any, key: str = SCHOOL) -> Provider:
    return Provider(
        id=key,
        name="Harbor School",
        ids=ProviderIds(unitid="900001", opeid="00999900"),
        place=Place(city="Newark", state=draw(st.sampled_from(["NJ", "NJ", "CA", "PA", None]))),
        control=draw(st.sampled_from([None, "public", "private_for_profit"])),
        kind=draw(st.sampled_from([None, "Private For-Profit", "Public", "Other"])),
        list_status=draw(st.sampled_from([None, *ListStatus])),
        list_status_as_of=draw(AS_OF),
        approval_expires_on=draw(st.sampled_from([None, date(2015, 1, 1), date(2030, 1, 1)])),
        title_iv=draw(st.sampled_from([None, True, False])),
        provenance=draw(origins()),
    )


@st.composite
def accreditations(draw: Any) -> Accreditation:
    return Accreditation(
        id=f"accreditation:{draw(st.integers(0, 10**9))}",
        provider_id=draw(st.sampled_from([SCHOOL, CAMPUS])),
        agency=draw(st.sampled_from(["A", "B"])),
        scope=draw(st.sampled_from([INSTITUTIONAL, "Nursing"])),
        status="Accredited",
        ended_on=draw(DAYS),
        provenance=draw(origins()),
    )


OF_SCHOOLS = tuple(kind for kind in EventKind if kind is not EventKind.LIST_STATUS)


def _unique(strategy: Any, most: int = 5) -> Any:
    return st.lists(strategy, max_size=most, unique_by=lambda each: each.id).map(tuple)


def _schools() -> Any:
    provider = providers()
    return st.builds(
        Case,
        level=st.just("provider"),
        subject_id=st.just(SCHOOL),
        provider=provider,
        school=provider,
        linked=st.lists(providers(CAMPUS), max_size=1).map(tuple),
        events=_unique(events(OF_SCHOOLS), 7),
        parent_events=_unique(events((EventKind.ACCREDITOR_ACTION,), "dapip:9"), 2),
        part_events=_unique(events((EventKind.SETTLEMENT, EventKind.CAUTION_FLAG), "va:9"), 2),
        institution_events=_unique(events((EventKind.CASH_MONITORING,), "fsa_hcm:00999900"), 1),
        accreditations=_unique(accreditations(), 3),
        measures=st.lists(measures("provider", SCHOOL, OF_SCHOOL), max_size=5).map(tuple),
        threshold=st.one_of(st.none(), measures("state", "NJ", ("median_earnings_10yr_after_entry",))),
    )


def _records() -> Any:
    return st.builds(
        Case,
        level=st.just("provider"),
        subject_id=st.just(SCHOOL),
        provider=providers(),
        events=_unique(events((EventKind.LIST_STATUS,)), 4),
    )


OUTCOMES = ("employment_rate_q2", "average_quarterly_wage_q2", "completion_rate")


def _fields() -> Any:
    return st.builds(
        Case,
        level=st.just("provider_cip"),
        subject_id=st.just(f"{SCHOOL}|48.0508"),
        provider=st.one_of(st.none(), providers()),
        cip=st.just("48.0508"),
        measures=st.lists(measures("provider_cip", f"{SCHOOL}|48.0508", OUTCOMES), max_size=4).map(tuple),
    )


@st.composite
def programs(draw: Any) -> Program:
    return Program(
        id="nj_etpl:1",
        name="Welding",
        provider_id=SCHOOL,
        cip="48.0508",
        cost=Cost(total_usd=draw(st.sampled_from([None, 0.0, 4_000.0, 60_000.0]))),
        length=Length(
            clock_hours=draw(st.sampled_from([None, 20.0, 300.0, 900.0])),
            weeks_min=draw(st.sampled_from([None, 2.0, 9.0, 40.0])),
            weeks_max=draw(st.sampled_from([None, 10.0, 60.0])),
        ),
        claims_license=draw(st.sampled_from([None, True, False])),
        list_status=draw(st.sampled_from([None, *ListStatus])),
        list_status_as_of=draw(AS_OF),
        held_back=draw(st.sampled_from([(), ("cost_total_usd",)])),
        provenance=draw(origins(st.sampled_from(["nj_etpl", "dol_etp"]))),
    )


def _programs() -> Any:
    provider = providers()
    return st.builds(
        Case,
        level=st.just("program"),
        subject_id=st.just("nj_etpl:1"),
        provider=provider,
        school=st.one_of(st.none(), provider),
        program=programs(),
        cip=st.just("48.0508"),
        measures=st.lists(measures("program", "nj_etpl:1"), max_size=5).map(tuple),
        field_measures=st.lists(measures("provider_cip", f"{SCHOOL}|48.0508", OUTCOMES), max_size=3).map(tuple),
    )


CASES = {"school": _schools(), "record": _records(), "provider_cip": _fields(), "program": _programs()}
WHOM = st.sampled_from(sorted(CASES)).flatmap(lambda subject: st.tuples(st.just(subject), CASES[subject]))
settings.register_profile(
    "laws",
    max_examples=int(os.environ.get("LAW_EXAMPLES", "40")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    deadline=None,
)
law = settings(settings.get_profile("laws"))


def judged(subject: str, case: Case, on: date = ON) -> dict[str, Finding]:
    """Return what all rules about such a subject find, by id."""
    found = [f for module in RULES.values() if subject in module.subjects for f in module.check(case, on)]
    assert len({each.id for each in found}) == len(found)
    return {each.id: each for each in found}


def _with(found: dict[str, Finding], verdict: Verdict) -> set[str]:
    return {key for key, each in found.items() if each.verdict is verdict}


def blanked(case: Case) -> Iterator[Case]:
    """Yield the case with each part of its evidence, and each optional field of a part, blanked in turn."""
    for field in fields(Case):
        part = getattr(case, field.name)
        if isinstance(part, Record):
            yield replace(case, **{field.name: None})
            yield from (replace(case, **{field.name: less}) for less in _blanked(part))
        elif isinstance(part, tuple):
            for at, each in enumerate(part):
                for less in _blanked(each):
                    yield replace(case, **{field.name: (*part[:at], less, *part[at + 1 :])})


def _blanked(record: Record) -> Iterator[Record]:
    for name, info in type(record).model_fields.items():
        part = getattr(record, name)
        if isinstance(part, Record):
            yield from (record.model_copy(update={name: less}) for less in _blanked(part))
        elif part is not None and type(None) in getattr(info.annotation, "__args__", ()):
            yield record.model_copy(update={name: None})


@law
@given(WHOM)
def test_blanking_any_field_never_makes_it_meet_a_bar(whom: tuple[str, Case]) -> None:
    subject, case = whom
    before = _with(judged(subject, case), Verdict.MEETS)
    for less in blanked(case):
        assert _with(judged(subject, less), Verdict.MEETS) <= before


def _endings(case: Case) -> Iterator[Case]:
    """Yield the case without each of what can end an alert."""
    for at, event in enumerate(case.events):
        without = (*case.events[:at], *case.events[at + 1 :])
        if event.action in RESTORATIVE or event.action in (OFF_2, STAYED):
            yield replace(case, events=without)
        if event.ended_on is not None:
            open_ended = event.model_copy(update={"ended_on": None})
            yield replace(case, events=(*case.events[:at], open_ended, *case.events[at + 1 :]))
    for at in range(len(case.parent_events)):
        yield replace(case, parent_events=(*case.parent_events[:at], *case.parent_events[at + 1 :]))
    for at, given_ in enumerate(case.accreditations):
        if given_.ended_on is not None:
            yield replace(case, accreditations=(*case.accreditations[:at], *case.accreditations[at + 1 :]))
    if case.linked:
        yield replace(case, linked=())


@law
@given(_schools())
def test_removing_an_ending_never_ends_an_alert(case: Case) -> None:
    before = _with(judged("school", case), Verdict.ALERT)
    for without in _endings(case):
        assert before <= _with(judged("school", without), Verdict.ALERT)


@law
@given(_schools(), origins())
def test_a_later_restoring_act_ends_an_accreditor_s_alert(case: Case, origin: Provenance) -> None:
    acts = [event for event in case.events if event.kind is EventKind.ACCREDITOR_ACTION]
    endings = tuple(
        ProviderEvent(
            id=f"ending:{number}",
            provider_id=act.provider_id,
            kind=EventKind.ACCREDITOR_ACTION,
            action="Renewal of Accreditation",
            agency=act.agency,
            scope=act.scope,
            on=date(2021, 1, 1),
            provenance=origin,
        )
        for number, act in enumerate(acts)
    )
    after = judged("school", replace(case, events=(*case.events, *endings)))
    assert not [f for f in after.values() if f.rule == "accreditor_action" and f.verdict is Verdict.ALERT]


@law
@given(_schools(), origins())
def test_being_off_the_list_later_ends_what_a_dated_source_said(case: Case, origin: Provenance) -> None:
    dated = [e for e in case.events if e.kind is EventKind.CASH_MONITORING and e.provenance.as_of is not None]
    off = ProviderEvent(
        id="off",
        provider_id=SCHOOL,
        kind=EventKind.CASH_MONITORING,
        action=OFF_2,
        provenance=origin.model_copy(update={"as_of": "2026-01"}),
    )
    after = judged("school", replace(case, events=(*dated, off), institution_events=()))
    assert not [f for f in after.values() if f.rule == "hcm" and f.reason.startswith("level_2")]


@law
@given(_records(), origins())
def test_a_later_approval_ends_a_suspension(case: Case, origin: Provenance) -> None:
    assert case.provider is not None
    dated = tuple(event for event in case.events if event.provenance.as_of is not None)
    provider = case.provider.model_copy(
        update={"list_status": ListStatus.APPROVED, "list_status_as_of": "2026-01", "provenance": origin}
    )
    after = judged("record", replace(case, events=dated, provider=provider))
    assert not _with(after, Verdict.ALERT)


@st.composite
def unrelated(draw: Any) -> ProviderEvent:
    """An act that no rule is about: an issue's count, or an ordinary act of an agency that did nothing else."""
    issue = {"kind": EventKind.COMPLAINTS, "action": "Complaints", "scope": "financial", "count": 99}
    act = {"kind": EventKind.ACCREDITOR_ACTION, "action": "Grant Substantive Change: Degree", "agency": "Z"}
    return ProviderEvent(
        id="unrelated", provider_id=SCHOOL, **draw(st.sampled_from([issue, act])), provenance=draw(origins())
    )


@law
@given(WHOM, unrelated(), origins())
def test_an_unrelated_record_changes_nothing(whom: tuple[str, Case], event: ProviderEvent, origin: Provenance) -> None:
    subject, case = whom
    pell = Measure(
        subject_kind="provider",
        subject_id=SCHOOL,
        name="share_with_pell_grant",
        value=0.5,
        unit=Unit.FRACTION,
        definition="scorecard_pctpell",
        provenance=origin,
    )
    given_ = Accreditation(id="z", provider_id=SCHOOL, agency="Z", status="Accredited", provenance=origin)
    more = replace(
        case,
        events=(*case.events, event),
        measures=(pell, *case.measures),
        accreditations=(*case.accreditations, given_),
    )
    assert judged(subject, more) == judged(subject, case)


@law
@given(WHOM, st.randoms(use_true_random=False))
def test_the_order_of_records_changes_nothing(whom: tuple[str, Case], random: Any) -> None:
    subject, case = whom
    shuffled = {}
    for field in fields(Case):
        part = getattr(case, field.name)
        if isinstance(part, tuple):
            shuffled[field.name] = tuple(random.sample(part, len(part)))
    assert judged(subject, replace(case, **shuffled)) == judged(subject, case)


@law
@given(WHOM, st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_age_changes_no_verdict(whom: tuple[str, Case], on: date) -> None:
    subject, case = whom
    then, now = judged(subject, case, on), judged(subject, case)
    assert then.keys() == now.keys()
    for key, finding in then.items():
        assert aged(finding, RULES[finding.rule].rule, ON) == now[key]


@pytest.mark.parametrize("subject", sorted(CASES))
def test_random_evidence_reaches_every_verdict_that_its_rules_can_give(subject: str) -> None:
    """Guards the laws above against evidence so odd that no rule ever fires."""
    seen: set[Verdict] = set()

    @settings(max_examples=400, database=None, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    @given(CASES[subject])
    def look(case: Case) -> None:
        seen.update(found.verdict for found in judged(subject, case).values())

    look()
    expected = {
        "school": {Verdict.ALERT, Verdict.CANNOT_TELL, Verdict.MEETS, Verdict.BELOW},
        "record": {Verdict.ALERT, Verdict.CANNOT_TELL, Verdict.MEETS},
        "provider_cip": {Verdict.BELOW, Verdict.CANNOT_TELL, Verdict.MEETS},
        "program": set(Verdict),
    }
    assert seen >= expected[subject]
