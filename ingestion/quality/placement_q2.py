"""Placement: of those who finished, the share at work in the second quarter after, held against 70 %.

The bar is ours, set where Workforce Pell and the accreditor ACCET put theirs, on other measures:
theirs count 180 days, or jobs in the field only; this one any pay in the second quarter. New Jersey
looks for its completers in its own wage records, and finds few of those whose school lies elsewhere:
of such schools it can't tell. Policy: https://www.federalregister.gov/d/2026-10013
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.records import Finding, Measure, Rule, Severity, Verdict
from ingestion.bars import Judged, agreed, figure_finding, judge_rate, missing_finding
from ingestion.evidence import Case

RULE = Rule(
    id="placement_q2",
    title="placement_q2",
    url="https://www.federalregister.gov/d/2026-10013",
    standards=("workforce_pell_placement", "accet_floors", "wioa_employment_q2"),
    basis="ours",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="provider_cip",
    for_whom="job_seekers",
    population="state_training_lists",
    measure="employment_rate_q2",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("provider_cip", "program")
NAME, BAR = "employment_rate_q2", 0.70
IN_STATE = {"nj_wage_match": "NJ"}
"""Definitions that rest on one state's wage records, and the state."""


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield the verdict on the subject's rate; of a program without one, unless its field of study has it."""
    measures = case.measured(NAME)
    if not measures:
        if not any(measure.name == NAME for measure in case.field_measures):
            missing = missing_finding(RULE, case, on, NAME)
            if missing is not None:
                yield missing
        return
    judged = agreed([_judge(case, measure) for measure in measures])
    yield figure_finding(RULE, case, on, measures, judged, BAR, values=_peers(case))


def _judge(case: Case, measure: Measure) -> Judged:
    state = IN_STATE.get(measure.definition)
    if state is None:
        return judge_rate(measure, BAR)
    where = case.provider.place.state if case.provider else None
    if where is None:
        return Judged(Verdict.CANNOT_TELL, "provider_state_unknown", "provider_state")
    if where != state:
        return Judged(Verdict.CANNOT_TELL, "provider_outside_state", "wage_records_of_other_states")
    return judge_rate(measure, BAR)


def _peers(case: Case) -> tuple[str, ...]:
    peers = case.peers
    if peers is None:
        return ()
    return (
        f"peers_state={peers.state}",
        f"peers_cip={peers.cip}",
        f"peers={peers.programs}",
        f"peers_lower={peers.lower}",
    )
