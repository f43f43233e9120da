"""Outcomes in CTDL, as measures: aggregate profiles, data sets by time frame, observations of a metric.

A pay counts only where the record says of which time it is; a share is a percentage as published and a
fraction here. Figures that another record of the graph describes belong to what the data set is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from catalog.records import Measure, Provenance, Reported, Unit
from ingestion.ctdl_documents import Document, Node, listed, shown, text_of
from ingestion.ctdl_values import Say, by_language, number
from ingestion.ctdl_words import DEFINITIONS, DOLLARS, PAY_UNITS, PAY_WORDS, SHARED_COHORT

COUNTS = {
    "qdata:totalWIOAParticipants": "learners_served",
    "qdata:totalWIOACompleters": "learners_completed",
    "qdata:totalWIOAExiters": "learners_exited",
    "qdata:holdersInSet": "credential_holders",
    "qdata:subjectsInSet": "people_in_set",
    "qdata:relatedEmployment": "employed_in_field",
    "qdata:unrelatedEmployment": "employed_outside_field",
    "ceterms:jobsObtained": "jobs_obtained",
    "ceterms:numberAwarded": "awards_made",
}
RATES = {
    "qdata:passRate": "exam_pass_rate",
    "qdata:employmentRate": "employment_rate_of_record",
    "ceterms:jobsObtained": "jobs_obtained_rate",
}
COHORT_OF = {"exam_pass_rate": "qdata:subjectsInSet"}
"""The count that is the denominator of a rate."""
PAY = {
    "qdata:earningsAmount": "earnings_of_record",
    "ceterms:medianEarnings": "median_earnings_of_record",
    "ceterms:lowEarnings": "low_earnings_of_record",
    "ceterms:highEarnings": "high_earnings_of_record",
}
DEFINITION = "ctdl_record"
PERIOD = "period not stated"
NEEDED = {"measure", "definition", "unit", "reported"}
"""Identifiers without which an observation is no figure here."""


@dataclass(frozen=True)
class Subject:
    """What a figure is about: kind and id, and the id that figures of a school's field of study bear."""

    kind: Literal["program", "credential"]
    id: str
    provider_cip: str | None = None


@dataclass(frozen=True)
class Figures:
    """Reads the figures of one subject; `provenance` is that of the row, given the terms read."""

    subject: Subject
    provenance: Callable[[], Provenance]
    say: Say

    def of_aggregate(self, profile: Node) -> Iterator[Measure]:
        """Yield the figures of an aggregate data profile, which states no time frame beyond months after receipt."""
        months = number(profile.get("ceterms:postReceiptMonths"), "ceterms:postReceiptMonths", self.say)
        period = PERIOD if months is None else f"{months:g} months after receipt"
        yield from self._profile(profile, period)

    def of_data_set(self, node: Node, document: Document) -> Iterator[Measure]:
        """Yield the figures of a data set: its observations, and the profiles of its time frames."""
        metrics = {text_of(each.get("@id")): each for each in document.nodes}
        for given in listed(node.get("qdata:hasObservation")):
            observation = given if isinstance(given, dict) else metrics.get(given)
            if observation is not None:
                yield from self._observation(node, observation, metrics)
        for frame in self._inner(node, "qdata:dataSetTimePeriod", metrics):
            period = _period(frame)
            for profile in self._inner(frame, "qdata:dataAttributes", metrics):
                yield from self._profile(profile, period)

    @staticmethod
    def _inner(node: Node, term: str, nodes: dict[str | None, Node]) -> Iterator[Node]:
        for each in listed(node.get(term)):
            found = each if isinstance(each, dict) else nodes.get(text_of(each))
            if found is not None:
                yield found

    def _profile(self, profile: Node, period: str) -> Iterator[Measure]:
        people = {}
        for term, name in COUNTS.items():
            for value in self._values(profile, term, "schema:value"):
                if value < 0 or value != int(value):
                    self.say(term, f"{value:g}", "not a number of people")
                    continue
                people[term] = int(value)
                yield self._measure(name, value, Unit.COUNT, period)
        for term, name in RATES.items():
            for value in self._percentages(profile, term):
                yield self._measure(name, value / 100, Unit.FRACTION, period, people.get(COHORT_OF.get(name, "")))
        for term, name in PAY.items():
            yield from self._pay(profile, term, name, period)

    def _values(self, profile: Node, term: str, member: str) -> Iterator[float]:
        for each in listed(profile.get(term)):
            raw = each.get(member) if isinstance(each, dict) else each
            value = number(raw, term, self.say) if member == "schema:value" or isinstance(each, dict) else None
            if value is not None:
                yield value

    def _percentages(self, profile: Node, term: str) -> Iterator[float]:
        given = list(self._values(profile, term, "qdata:percentage"))
        if not given and term not in COUNTS:
            given = list(self._values(profile, term, "schema:value"))
        for value in given:
            if 0 <= value <= 100:
                yield value
            else:
                self.say(term, f"{value:g}", "not a percentage")

    def _pay(self, profile: Node, term: str, name: str, period: str) -> Iterator[Measure]:
        for each in listed(profile.get(term)):
            given: Node = each if isinstance(each, dict) else {"schema:value": each}
            value = number(given.get("schema:value"), term, self.say)
            if value is None:
                continue
            currency = shown(given.get("schema:currency") or profile.get("ceterms:currency"))
            unit = _pay_unit(given)
            if currency.upper() not in DOLLARS:
                self.say(term, f"{value:g} {currency}", "a pay whose currency is not US dollars, or not said")
            elif unit is None:
                self.say(term, f"{value:g}", "not said if a pay of an hour, a quarter or a year")
            elif value < 0:
                self.say(term, f"{value:g}", "a negative pay")
            else:
                yield self._measure(name, value, unit, period)

    def _measure(self, name: str, value: float, unit: Unit, period: str, n: int | None = None) -> Measure:
        return Measure(
            subject_kind=self.subject.kind,
            subject_id=self.subject.id,
            name=name,
            value=value,
            unit=unit,
            n=n,
            period=period,
            definition=DEFINITION,
            provenance=self.provenance(),
        )

    def _observation(self, node: Node, observation: Node, nodes: dict[str | None, Node]) -> Iterator[Measure]:
        """Yield the figure of an observation whose metric bears the identifiers that our export writes."""
        metric = nodes.get(text_of(observation.get("qdata:isObservationOf")), {})
        said = identifiers(metric) | identifiers(observation) | identifiers(node)
        if not said.keys() >= NEEDED:
            self.say(
                "qdata:isObservationOf", shown(observation.get("@id")), "a metric whose unit and kind are not said"
            )
            return
        try:
            unit, reported = Unit(said["unit"]), Reported(said["reported"])
        except ValueError:
            self.say("ceterms:identifier", str(said), "a unit or a state that is not known")
            return
        if said["definition"].removesuffix(SHARED_COHORT) not in DEFINITIONS:
            self.say("ceterms:identifier", said["definition"], "a definition that is not known")
            return
        shared = said.get("subject") == "provider_cip"
        subject = self.subject.provider_cip if shared else self.subject.id
        people = next(self._values(observation, "qdata:sizeOfData", "schema:value"), None)
        if subject is None:
            self.say("ceterms:identifier", "provider_cip", "a figure of a field of study, of a program without one")
            return
        yield Measure(
            subject_kind="provider_cip" if shared else self.subject.kind,
            subject_id=subject,
            name=said["measure"],
            value=number(observation.get("schema:value"), "schema:value", self.say),
            unit=unit,
            reported=reported,
            n=None if people is None else int(people),
            period=said.get("period"),
            definition=said["definition"],
            provenance=self.provenance(),
        )


def identifiers(node: Node) -> dict[str, str]:
    """Return the identifiers of a node: the name of each type and its code."""
    found = {}
    for each in listed(node.get("ceterms:identifier")):
        if isinstance(each, dict):
            name = next((text for _, text in by_language(each.get("ceterms:identifierTypeName"))), None)
            code = text_of(each.get("ceterms:identifierValueCode"))
            if name and code is not None:
                found[name] = code
    return found


def subjects_of(node: Node, document: Document) -> list[str]:
    """Return the keys of what a data set is about."""
    named: list[Any] = [*listed(node.get("schema:about")), *listed(node.get("qdata:relevantDataSetFor"))]
    given = [each.get("@id") if isinstance(each, dict) else each for each in named]
    return list(dict.fromkeys(document.key(each) for each in given if isinstance(each, str)))


def _period(frame: Node) -> str:
    start, end = text_of(frame.get("ceterms:startDate")), text_of(frame.get("ceterms:endDate"))
    return f"{start or '?'} to {end or '?'}" if start or end else PERIOD


def _pay_unit(amount: Node) -> Unit | None:
    stated = text_of(amount.get("schema:unitText"))
    if stated is not None:
        return PAY_UNITS.get(stated.rpartition(":")[2].upper())
    said = " ".join(text.lower() for _, text in by_language(amount.get("schema:description")))
    found = {unit for word, unit in PAY_WORDS if word in said}
    return found.pop() if len(found) == 1 else None
