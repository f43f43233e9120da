"""An accreditor's probation, warning, show-cause order or loss that no later act of the same agency ended.

Acts belong together by campus, agency and program. A later restorative act of the same agency ends a
negative one; one on the same day or without a date leaves it unclear. A loss is not ended by another
agency. Plain monitoring is no negative act, and a loss by closing, merger or withdrawal is no sanction.
The school stays accredited meanwhile. Policy: https://github.com/department-of-veterans-affairs/gibct-data-service
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from catalog.ageing import LESS_SEVERE
from catalog.records import EventKind, Finding, ProviderEvent, Rule, Severity, Verdict
from ingestion.accreditors import INSTITUTIONAL, NEGATIVE, Standing, State, is_negative, standing
from ingestion.evidence import Case
from ingestion.findings import finding

RULE = Rule(
    id="accreditor_action",
    title="accreditor_action",
    url="https://github.com/department-of-veterans-affairs/gibct-data-service",
    standards=(
        "accreditor_action",
        "accreditor_warning",
        "accreditor_probation",
        "show_cause",
        "accreditation_loss",
    ),
    basis="practice",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.SERIOUS,
    level="provider",
    for_whom="everyone",
    population="schools_in_the_accreditation_database",
    measure="accreditor_acts",
    horizon="list",
    current_url="https://ope.ed.gov/dapip/",
)
SUBJECTS = ("school",)

Key = tuple[str, str | None, str | None]


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield one finding per campus, agency and program that has an open or an unclear negative act."""
    groups: dict[Key, list[ProviderEvent]] = defaultdict(list)
    for act in case.of_kind(EventKind.ACCREDITOR_ACTION):
        groups[act.provider_id, act.agency, act.scope].append(act)
    for key in sorted(groups, key=repr):
        negative = [act for act in groups[key] if is_negative(act)]
        if negative:
            parents = [act for act in case.parent_events if (act.agency, act.scope) == key[1:]]
            given = [a for a in case.accreditations if (a.provider_id, a.agency, a.scope) == key]
            yield from _judge(case, on, key, [standing(act, groups[key], parents, given) for act in negative])


def _judge(case: Case, on: date, key: Key, standings: Sequence[Standing]) -> Iterator[Finding]:
    ordered = sorted(standings, key=lambda each: (each.act.on or date.min, each.act.id))
    still_open = [each for each in ordered if each.state is State.OPEN]
    unclear = [each for each in ordered if each.state is State.UNCLEAR]
    if still_open:
        main = still_open[-1]
        yield _finding(case, on, key, main, still_open, Verdict.ALERT, main.key)
    elif unclear:
        main = unclear[-1]
        yield _finding(case, on, key, main, unclear, Verdict.CANNOT_TELL, main.why)


def _finding(
    case: Case, on: date, key: Key, main: Standing, all_of: Sequence[Standing], verdict: Verdict, reason: str
) -> Finding:
    act = main.act
    acts = [act, *(each.act for each in reversed(all_of) if each is not main)]
    others = [each.other for each in all_of if each.other is not None]
    values = [f"agency={act.agency}", f"scope={act.scope}", f"act={act.action}"]
    values += [f"dated={act.on.isoformat() if act.on else 'not_stated'}", f"stated_reason={act.reason or 'not_stated'}"]
    values += [f"earlier={each.on}:{each.action}" for each in acts[1:]]
    values += [f"later={each.on}:{each.action}" for each in others]
    severity = NEGATIVE[act.action][1]
    return finding(
        RULE,
        case,
        on,
        verdict,
        reason,
        [each.provenance for each in (*acts, *others)],
        key="|".join(str(part) for part in key),
        severity=severity if act.scope == INSTITUTIONAL else LESS_SEVERE[severity],
        missing="current_standing_with_the_agency" if verdict is Verdict.CANNOT_TELL else None,
        provider_id=act.provider_id,
        record_ids=tuple(each.id for each in (*acts, *others)),
        values=tuple(dict.fromkeys(values)),
    )
