"""Question and answer: the contract of the page, the command line, the API and the evals.

The JSON Schema of `Answer` is in `assistant/answer.schema.json`; a test keeps the two equal.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from catalog.records import AsOf, Cost, Delivery, Length, Record, Reported, Unit

Language = Literal["en", "es"]


class Persona(StrEnum):
    """Who asks."""

    LEARNER = "learner"
    EMPLOYER = "employer"
    SUPPORT = "support"


class Intent(StrEnum):
    """What is asked for."""

    FIND_PROGRAMS = "find_programs"
    COUNT = "count"
    COMPARE = "compare"
    PATH = "path"
    CHECK_PROVIDER = "check_provider"
    EXPLAIN_CREDENTIAL = "explain_credential"
    EXPLAIN_STANDARD = "explain_standard"
    TRIAGE = "triage"
    UNCLEAR = "unclear"
    OFF_TOPIC = "off_topic"


class Status(StrEnum):
    """How the question ended."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NOTHING_FITS = "nothing_fits"
    REFUSED = "refused"


class Filter(Record):
    """One limit that was understood, with the words that it came from; a place has its state and radius beside it."""

    name: str
    value: str | float | bool
    words: str
    state: str | None = None
    radius_miles: float | None = None


class Question(Record):
    """What a person asks; earlier turns of the conversation come first in `history`.

    `without` are limits of an earlier answer that are given up: the same words set them no more.
    """

    text: str
    persona: Persona = Persona.LEARNER
    language: Language | None = None
    history: tuple[str, ...] = ()
    without: tuple[Filter, ...] = ()


class QueryCard(Record):
    """How the question was understood."""

    text: str
    topic: str | None = None
    occupation: str | None = None
    filters: tuple[Filter, ...] = ()
    refers_to: tuple[int, ...] = ()
    not_understood: tuple[str, ...] = ()


class Citation(Record):
    """A record that a figure or fact comes from; `number` is its mark in the text."""

    number: int
    source: str
    record_id: str
    title: str
    publisher: str | None = None
    url: str | None = None
    as_of: AsOf | None = None


class MeasureCard(Record):
    """One reported figure: `value` is None where `reported` says why."""

    name: str
    value: float | None
    unit: Unit
    reported: Reported
    n: int | None
    period: str | None
    as_of: AsOf | None = None
    definition: str
    shared_by_field: bool = False
    citation: int


class FindingCard(Record):
    """A rule's verdict on a program or provider."""

    id: str
    rule: str
    verdict: Literal["meets", "below", "cannot_tell", "alert"]
    severity: str
    stale: bool
    message: str
    citation: int | None = None


class FundingCard(Record):
    """Whether a kind of help with the cost is likely, with the reason, the date of its fact, and whom to ask."""

    kind: str
    verdict: Literal["likely", "unlikely", "cannot_tell"]
    reason: str
    as_of: AsOf | None = None
    ask: str = ""
    citations: tuple[int, ...] = ()


class WageCard(Record):
    """What all who work in an occupation earn in a year, in the middle: not beginners, not one program's graduates."""

    soc: str
    title: str
    area: str
    usd_per_year: float
    as_of: AsOf | None = None
    citation: int
    title_citation: int | None = None


class ProgramCard(Record):
    """One program of an answer."""

    id: str
    name: str
    provider: str | None
    provider_id: str
    city: str | None
    state: str | None
    distance_miles: float | None = None
    cost: Cost
    length: Length
    delivery: Delivery | None
    evening: bool | None = None
    leads_to: tuple[str, ...] = ()
    as_of: AsOf | None = None
    measures: tuple[MeasureCard, ...] = ()
    findings: tuple[FindingCard, ...] = ()
    rank_reason: str = ""
    unknowns: tuple[str, ...] = ()
    funding: tuple[FundingCard, ...] = ()
    wages: tuple[WageCard, ...] = ()
    missed: tuple[str, ...] = ()
    url: str | None = None
    citation: int


class CredentialFactCard(Record):
    """One fact about a credential, with who wrote the page that it was checked against, and the day.

    `months` is how long the credential is valid, or how often it is renewed.
    """

    name: str
    text: str
    months: float | None = None
    page_kind: str
    publisher: str
    checked_on: date
    citation: int


class LeadCard(Record):
    """A program that leads to a credential, with the alerts and the results below a bar that concern it."""

    id: str
    name: str
    provider: str | None
    findings: tuple[FindingCard, ...] = ()
    citation: int


class CredentialCard(Record):
    """A credential that the answer speaks of.

    `one_of` is the abbreviation that has other meanings as well; `unknowns` are names of facts that no page said.
    `programs` lead to it; `programs_warned` of them have an alert or a result below a bar, and come first in `leads`.
    """

    id: str
    name: str
    kind: str
    retired: bool | None
    issuer: str | None = None
    level: str | None = None
    one_of: str | None = None
    confused_with: tuple[str, ...] = ()
    replaced_by: str | None = None
    facts: tuple[CredentialFactCard, ...] = ()
    unknowns: tuple[str, ...] = ()
    wages: tuple[WageCard, ...] = ()
    programs: int = 0
    programs_warned: int = 0
    leads: tuple[LeadCard, ...] = ()
    citation: int


class UnknownCredential(Record):
    """A name that no credential bears that is known here, with the names that come nearest."""

    words: str
    nearest: tuple[str, ...] = ()


class ProviderCard(Record):
    """A provider that the answer speaks of."""

    id: str
    name: str
    city: str | None
    state: str | None
    list_status: str | None
    citation: int


class StandardCard(Record):
    """A quality standard that the answer speaks of."""

    id: str
    title: str
    citation: int


class TriageCard(Record):
    """What a support desk needs to know of a message."""

    category: str
    urgency: Literal["urgent", "high", "normal", "low"]
    flags: tuple[str, ...] = ()
    reason: str = ""


class Comparison(Record):
    """Programs side by side: one row of values for each property."""

    program_ids: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Spread(Record):
    """How figures of `n` programs lie: the middle one, the least, the most, and the programs that have them.

    `middle` holds the one or two published figures in the middle; `median` is their mean.
    """

    n: int
    median: float
    low: float
    high: float
    middle: tuple[float, ...]
    low_program: str
    high_program: str
    middle_programs: tuple[str, ...]


class CountGroup(Record):
    """Programs of lists of one age, counted by a query over columns; unknown is counted, and is in no spread.

    `first_program` and `last_program` bear the first and the last date. `maybe` more match if a limit that is not known
    for them holds; they are in no other figure. `weeks_min` and
    `weeks_max` are the band of calendar length that most of the `weeks_n` programs with one have. Programs listed at
    $0 are in `cost_zero` and not in `cost_usd`.
    """

    older: bool
    first_as_of: AsOf | None
    last_as_of: AsOf | None
    first_program: str | None = None
    last_program: str | None = None
    programs: int
    maybe: int = 0
    schools: int
    cost_usd: Spread | None
    cost_zero: int
    cost_unknown: int
    clock_hours: Spread | None
    clock_hours_unknown: int
    weeks_min: float | None
    weeks_max: float | None
    weeks_n: int


class Counted(Record):
    """How many programs match, apart by the age of the lists that have them; the newer lists first."""

    groups: tuple[CountGroup, ...]

    @property
    def programs(self) -> int:
        """How many there are in all."""
        return sum(group.programs for group in self.groups)


class PathStep(Record):
    """One step from where a person is to an occupation; `programs` are those on the lists that feed it."""

    title: str
    detail: str
    occupation: str = ""
    job_zone: int | None = None
    programs: int = 0
    cost_usd: Spread | None = None
    clock_hours: Spread | None = None
    weeks_min: float | None = None
    weeks_max: float | None = None
    wage: WageCard | None = None
    citations: tuple[int, ...] = ()


class Answer(Record):
    """What the assistant says, with everything that it rests on."""

    text: str
    language: Language
    persona: Persona
    intent: Intent
    status: Status
    refused: bool = False
    query: QueryCard
    programs: tuple[ProgramCard, ...] = ()
    relaxed: tuple[ProgramCard, ...] = ()
    clarification: str | None = None
    credentials: tuple[CredentialCard, ...] = ()
    unknown_credentials: tuple[UnknownCredential, ...] = ()
    providers: tuple[ProviderCard, ...] = ()
    standards: tuple[StandardCard, ...] = ()
    triage: TriageCard | None = None
    comparison: Comparison | None = None
    counted: Counted | None = None
    path: tuple[PathStep, ...] = ()
    citations: tuple[Citation, ...] = ()
    writer: str = "embedded"
    snapshot: str = ""
    prompt_digest: str = ""
    dropped_sentences: int = 0
    tokens_in: int | None = None
    tokens_out: int | None = None
    timings_ms: dict[str, float] = Field(default_factory=dict)
