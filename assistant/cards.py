"""Program cards: the facts of one program, each with the record that it comes from."""

from __future__ import annotations

from assistant.answer import MeasureCard, ProgramCard
from assistant.evidence import ProgramEvidence, Sources
from assistant.findings import finding_card
from assistant.fitting import OLDER_LIST, Fit
from assistant.markup import plain, safe_url
from assistant.understand.topic import RIGHT
from catalog.records import Measure, Program, Reported, Verdict
from prompts import Texts

SHOWN_MEASURES = (
    "completion_rate",
    "employment_rate_q2",
    "average_quarterly_wage_q2",
    "median_earnings_q2",
    "learner_rating",
)
SHARED = "_shared_cohort"
"""Ending of the definitions whose figure covers several sibling programs."""
OUTCOMES = frozenset(SHOWN_MEASURES) - {"learner_rating"}


def program_card(evidence: ProgramEvidence, fit: Fit, sources: Sources, texts: Texts) -> ProgramCard:
    """Return the card of a program."""
    program, provider = evidence.program, evidence.provider
    measures = tuple(_measure_card(m, sources, evidence, texts) for m in _shown(evidence.measures))
    name = provider.name if provider else program.provider_name
    # The program's own record is cited first, so that its number names the program.
    citation = sources.cite(program.provenance, plain(program.name))
    wholes = {whole.id: whole.name for whole in evidence.wholes}
    findings = tuple(
        finding_card(f, evidence.rules[f.rule], name, sources, texts, wholes.get(f.subject_id))
        for f in evidence.findings
    )
    return ProgramCard(
        id=program.id,
        name=plain(program.name),
        provider=plain(name) if name else None,
        provider_id=program.provider_id,
        city=program.place.city,
        state=program.place.state,
        distance_miles=fit.distance_miles,
        cost=program.cost,
        length=program.length,
        delivery=program.delivery,
        evening=program.evening,
        leads_to=evidence.credential_names,
        as_of=program.provenance.as_of,
        measures=measures,
        findings=findings,
        rank_reason=_rank_reason(fit, evidence, measures, texts),
        unknowns=tuple(texts(f"unknown.{key}") for key in unknowns_of(program, fit, measures)),
        missed=fit.given_up,
        url=safe_url(program.url) or safe_url(program.provenance.url),
        citation=citation,
    )


def unknowns_of(program: Program, fit: Fit, measures: tuple[MeasureCard, ...]) -> list[str]:
    """Return the keys of what a learner would want to know and the records don't say."""
    length = program.length
    missing = {
        "cost": program.cost.total_usd is None,
        "length": length.clock_hours is None and length.weeks_max is None and length.weeks_min is None,
        "schedule": "evening" in fit.unknown,
        "delivery": program.delivery is None,
        "place": program.place.city is None,
        "outcomes": not any(m.name in OUTCOMES for m in measures),
        "completion": not any(m.name == "completion_rate" for m in measures),
        "status": program.list_status is None or program.id.startswith(OLDER_LIST),
    }
    if missing["outcomes"]:
        missing["completion"] = False
    return [key for key, is_missing in missing.items() if is_missing]


def _shown(measures: tuple[Measure, ...]) -> list[Measure]:
    return [m for name in SHOWN_MEASURES for m in measures if m.name == name]


def _measure_card(measure: Measure, sources: Sources, evidence: ProgramEvidence, texts: Texts) -> MeasureCard:
    program = evidence.program
    if measure.subject_kind == "provider_cip":
        title = texts("program.outcomes_title", provider=plain(program.provider_name or program.provider_id))
    elif measure.name == "learner_rating":
        title = texts("program.ratings_title", name=plain(program.name))
    else:
        title = plain(program.name)
    return MeasureCard(
        name=measure.name,
        value=measure.value,
        unit=measure.unit,
        reported=measure.reported,
        n=measure.n,
        period=measure.period,
        as_of=measure.provenance.as_of,
        definition=measure.definition,
        shared_by_field=measure.subject_kind == "provider_cip" or measure.definition.endswith(SHARED),
        citation=sources.cite(measure.provenance, title),
    )


def _rank_reason(fit: Fit, evidence: ProgramEvidence, measures: tuple[MeasureCard, ...], texts: Texts) -> str:
    """Return why a program stands where it stands, in the order in which these things count."""
    near = fit.match.grade != RIGHT
    reasons = [texts("reason.near" if near else f"reason.witnesses_{fit.match.witnesses}")]
    asked = len(fit.met) + len(fit.missed) + len(fit.unknown)
    if asked:
        reasons.append(texts("reason.known_limits", met=len(fit.met), asked=asked))
    if any(each.verdict is Verdict.ALERT for each in evidence.findings):
        reasons.append(texts("reason.alert"))
    known = any(m.name in OUTCOMES and m.reported is Reported.VALUE for m in measures)
    reasons.append(texts("reason.outcomes_known" if known else "reason.no_outcomes"))
    return "; ".join(reasons)
