"""California's floor: at least half of those who left in the last program year must have finished.

The state's own rule for staying on its training list; public colleges, adult schools and
apprenticeships are exempt. It speaks of one program year: of a rate whose year nobody states it
can't tell. Policy: https://publicdocs.santa-ana.org/WebLink/1/doc/139079/Page104.aspx
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from catalog.records import Control, Finding, Measure, Rule, Severity, Verdict
from ingestion.bars import Judged, agreed, figure_finding, judge_rate
from ingestion.evidence import Case

RULE = Rule(
    id="california_completion",
    title="california_completion",
    url="https://publicdocs.santa-ana.org/WebLink/1/doc/139079/Page104.aspx",
    standards=("california_etpl_floor",),
    basis="rule",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="program",
    for_whom="californians",
    population="california_list_private",
    measure="completers_of_exiters_in_last_program_year",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("program",)
NAME, BAR, STATE = "completion_rate", 0.50, "CA"
OF_THE_LIST = "wioa_completion"
EXEMPT_KINDS = frozenset({"Public", "National Apprenticeship"})
UNCLEAR_KINDS = re.compile(r"Higher Ed|Other|adult", re.IGNORECASE)
PROGRAM_YEAR = re.compile(r"(?:program year|PY) ?(20\d\d)", re.IGNORECASE)


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield the verdict on a Californian program's rate; none for exempt providers, nor outside the state."""
    measures = tuple(m for m in case.measured(NAME) if m.definition.startswith(OF_THE_LIST))
    if not measures or not _may_be_californian(case) or _is_exempt(case):
        return
    judged = agreed([_judge(case, measure) for measure in measures])
    yield figure_finding(RULE, case, on, measures, judged, BAR)


def _judge(case: Case, measure: Measure) -> Judged:
    provider = case.provider
    if provider is None or provider.place.state is None:
        return Judged(Verdict.CANNOT_TELL, "provider_state_unknown", "provider_state")
    if provider.kind is None or provider.control is None or UNCLEAR_KINDS.search(provider.kind):
        return Judged(Verdict.CANNOT_TELL, "kind_of_provider_unknown", "kind_of_provider")
    if measure.period is None or not PROGRAM_YEAR.search(measure.period):
        return Judged(Verdict.CANNOT_TELL, "program_year_not_stated", "program_year")
    return judge_rate(measure, BAR)


def _may_be_californian(case: Case) -> bool:
    return case.provider is None or case.provider.place.state in (STATE, None)


def _is_exempt(case: Case) -> bool:
    provider = case.provider
    return provider is not None and (provider.kind in EXEMPT_KINDS or provider.control == Control.PUBLIC)
