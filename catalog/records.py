"""The nouns: frozen records in which `None` means *not reported*, never zero.

Units are part of a name or of `Unit`; dates that a publisher states only by month or year keep
that precision (`AsOf`). Every record says where it came from (`Provenance`).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

AsOf = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$")]
Cip = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}(\.[0-9]{2}([0-9]{2})?)?$")]
Soc = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{4}$")]
OnetSoc = Annotated[str, StringConstraints(pattern=r"^[0-9]{2}-[0-9]{4}\.[0-9]{2}$")]
Opeid = Annotated[str, StringConstraints(pattern=r"^[0-9]{8}$")]
UnitId = Annotated[str, StringConstraints(pattern=r"^[0-9]{6}$")]
Ein = Annotated[str, StringConstraints(pattern=r"^[0-9]{9}$")]
FacilityCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{8}$")]


ALL_FIELDS: set[str] = set()
"""Stands for the set of fields given, which nobody asks of a trusted record."""


class Record(BaseModel):
    """Base of all records: immutable, and strict about unknown fields; a figure is a number or None, never NaN."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    @classmethod
    def trusted(cls, fields: dict[str, Any]) -> Self:
        """Return a record with exactly these fields, all that it has, unchecked.

        For values that code of ours took from other records, where millions are made. The dictionary
        becomes the record's own.
        """
        record = cls.__new__(cls)
        object.__setattr__(record, "__dict__", fields)
        object.__setattr__(record, "__pydantic_fields_set__", ALL_FIELDS)
        object.__setattr__(record, "__pydantic_extra__", None)
        object.__setattr__(record, "__pydantic_private__", None)
        return record


class Provenance(Record):
    """Where a record or a figure comes from; `file` and `row` name the published cell's line.

    `cells` are the cells behind a figure or an act, as published: `column=value`.
    """

    source: str
    record_id: str
    url: str | None = None
    as_of: AsOf | None = None
    file: str | None = None
    row: int | None = None
    cells: tuple[str, ...] = ()


class Place(Record):
    """A postal place; `zip` is always five digits, `state` the two-letter code."""

    street: str | None = None
    city: str | None = None
    county: str | None = None
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    zip: Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")] | None = None
    latitude: float | None = None
    longitude: float | None = None


class ProviderIds(Record):
    """Identifiers of a provider in public registers."""

    opeid: Opeid | None = None
    unitid: UnitId | None = None
    ein: Ein | None = None
    va_facility: FacilityCode | None = None
    dapip: str | None = None
    nj_provider: str | None = None


class Services(Record):
    """What a provider says it offers; `None` where it does not say."""

    evening: bool | None = None
    distance_learning: bool | None = None
    spanish: bool | None = None
    other_languages: tuple[str, ...] = ()
    childcare: bool | None = None
    childcare_help: bool | None = None
    job_search_help: bool | None = None
    personal_help: bool | None = None
    wheelchair_access: bool | None = None
    customized_training: bool | None = None
    bus: bool | None = None
    train: bool | None = None


class Control(StrEnum):
    """Who runs a provider."""

    PUBLIC = "public"
    NONPROFIT = "private_nonprofit"
    FOR_PROFIT = "private_for_profit"


class ListStatus(StrEnum):
    """Status on a state's list of eligible training providers."""

    APPROVED = "approved"
    SUSPENDED = "suspended"
    PENDING = "pending"
    EXPIRED = "expired"


class Provider(Record):
    """Who teaches: a system, an institution, a campus or a further location of one.

    `entity_id` is the id of the record that stands for the same school in all sources (its own id where
    no other source knows it); linking fills it. Findings about the school bear it as their subject.
    """

    id: str
    entity_id: str | None = None
    name: str
    level: Literal["system", "institution", "campus", "location"] | None = None
    parent_id: str | None = None
    aliases: tuple[str, ...] = ()
    ids: ProviderIds = ProviderIds()
    place: Place = Place()
    control: Control | None = None
    kind: str | None = None
    website: str | None = None
    services: Services = Services()
    list_status: ListStatus | None = None
    list_status_as_of: AsOf | None = None
    approval_expires_on: date | None = None
    claimed_approvals: tuple[str, ...] = ()
    title_iv: bool | None = None
    closed_on: date | None = None
    provenance: Provenance


class Cost(Record):
    """What a learner is charged, in US dollars; `total` is as published, not our sum."""

    tuition_usd: float | None = None
    fees_usd: float | None = None
    books_usd: float | None = None
    supplies_usd: float | None = None
    other_usd: float | None = None
    total_usd: float | None = None


class Length(Record):
    """How long a program takes; calendar lengths are ranges where the publisher uses bands."""

    clock_hours: float | None = None
    credit_hours: float | None = None
    weeks_min: float | None = None
    weeks_max: float | None = None
    competency_based: bool | None = None


class Delivery(StrEnum):
    """How a program is taught."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    HYBRID = "hybrid"


class Prerequisite(StrEnum):
    """The schooling that a program asks for, read from the publisher's words."""

    NONE = "none"
    SOME_SCHOOL = "some_school"
    HS_DIPLOMA_OR_GED = "hs_diploma_or_ged"
    SOME_COLLEGE = "some_college"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    GRADUATE = "graduate"


class CredentialKind(StrEnum):
    """What kind of thing is earned."""

    DEGREE = "degree"
    DIPLOMA = "diploma"
    CERTIFICATE = "certificate"
    CERTIFICATION = "certification"
    LICENSE = "license"
    REGISTRATION = "registration"
    BADGE = "badge"
    APPRENTICESHIP = "apprenticeship"
    CONTINUING_EDUCATION = "continuing_education"


class Program(Record):
    """A way to earn a credential, taught by one provider.

    `soc` holds SOC 2018 codes: as published, or through the CIP crosswalk (`soc_method`).
    `held_back` names published fields that were implausible and are therefore `None` here.
    """

    id: str
    name: str
    provider_id: str
    provider_name: str | None = None
    cip: Cip | None = None
    soc: tuple[Soc, ...] = ()
    soc_method: Literal["published", "crosswalk"] | None = None
    cost: Cost = Cost()
    length: Length = Length()
    delivery: Delivery | None = None
    evening: bool | None = None
    place: Place = Place()
    credential_kind: CredentialKind | None = None
    credential_ids: tuple[str, ...] = ()
    degree_name: str | None = None
    claims_degree: bool | None = None
    claims_license: bool | None = None
    claims_certification: bool | None = None
    prerequisite: Prerequisite | None = None
    prerequisite_text: str | None = None
    description: str | None = None
    features: str | None = None
    federal_aid_claimed: bool | None = None
    in_demand: bool | None = None
    list_status: ListStatus | None = None
    list_status_as_of: AsOf | None = None
    submitted_on: date | None = None
    held_back: tuple[str, ...] = ()
    url: str | None = None
    provenance: Provenance


class Credential(Record):
    """What is earned: a degree, licence, certification or other credential, apart from any program."""

    id: str
    name: str
    kind: CredentialKind
    aliases: tuple[str, ...] = ()
    issuer: str | None = None
    code: str | None = None
    soc: tuple[Soc, ...] = ()
    description: str | None = None
    retired: bool | None = None
    retired_on: date | None = None
    provenance: Provenance


FactName = Literal[
    "name",
    "issuer",
    "abbreviation",
    "cue",
    "level",
    "confused_with",
    "replaced_by",
    "listed_as",
    "what",
    "assessed",
    "requires",
    "validity",
    "renewal",
    "accredited",
    "regulator",
    "law",
    "verify",
    "retired",
    "flag",
    "ask",
]


class CredentialFact(Record):
    """One statement about a credential, with the page that it was checked against and the day.

    Up to `listed_as` the names are our own relations: `value` holds a word, a level or an id. The others are worded
    in both languages; `months` is how long a credential is valid, or how often it is renewed. `page_kind` says who
    wrote the page: the body that grants it, a public authority, or somebody else about it. A fact that could not be
    checked has no record.
    """

    id: str
    credential_id: str
    name: FactName
    value: str | None = None
    text_en: str | None = None
    text_es: str | None = None
    months: float | None = None
    page_kind: Literal["issuer", "government", "secondary", "ours"]
    publisher: str
    checked_on: date
    provenance: Provenance


class Occupation(Record):
    """An O*NET-SOC occupation; `soc` is its SOC 2018 code."""

    id: str
    onet_soc: OnetSoc
    soc: Soc
    title: str
    description: str | None = None
    alternate_titles: tuple[str, ...] = ()
    job_zone: Annotated[int, Field(ge=1, le=5)] | None = None
    related: tuple[OnetSoc, ...] = ()
    technologies: tuple[str, ...] = ()
    hot_technologies: tuple[str, ...] = ()
    in_demand_technologies: tuple[str, ...] = ()
    provenance: Provenance


class Unit(StrEnum):
    """Unit of a figure; quarterly, annual and hourly pay are different units."""

    FRACTION = "fraction"
    COUNT = "count"
    USD = "usd"
    USD_PER_HOUR = "usd_per_hour"
    USD_PER_QUARTER = "usd_per_quarter"
    USD_PER_YEAR = "usd_per_year"
    HOURS = "hours"
    WEEKS = "weeks"
    RATING_1_TO_6 = "rating_1_to_6"


class Reported(StrEnum):
    """Whether a figure is known, and if not, why; an absent measure was never published."""

    VALUE = "value"
    SUPPRESSED = "suppressed"
    NOT_RELEASED = "not_released"
    ABOVE_TOP_CODE = "above_top_code"
    NOBODY_FOUND = "nobody_found"


class Measure(Record):
    """A reported figure about a subject.

    `subject_id` is the id of a provider, program, credential, occupation, or `provider_id|CIP` for an outcome
    that belongs to a provider and field of study, or `SOC|area` for a wage. `n` is the number of
    people behind the figure. `definition` is a key whose words are in prompts/.
    """

    subject_kind: Literal["provider", "program", "provider_cip", "soc_area", "state", "field_of_study", "credential"]
    subject_id: str
    name: str
    value: float | None
    unit: Unit
    reported: Reported = Reported.VALUE
    n: int | None = None
    period: str | None = None
    definition: str
    provenance: Provenance


class EventKind(StrEnum):
    """What kind of dated act concerns a provider."""

    CASH_MONITORING = "cash_monitoring"
    CAUTION_FLAG = "caution_flag"
    SETTLEMENT = "settlement"
    CLOSURE = "closure"
    ACCREDITOR_ACTION = "accreditor_action"
    LIST_STATUS = "list_status"
    COMPLAINTS = "complaints"


class ProviderEvent(Record):
    """A dated act about a provider, in its source's words; judging it is the rulebook's job.

    `on` is `None` where the source gives no date. `subject_name` is the name that the source
    itself puts beside the id, so that name and id can be checked against each other.
    """

    id: str
    provider_id: str
    subject_name: str | None = None
    kind: EventKind
    action: str
    reason: str | None = None
    agency: str | None = None
    scope: str | None = None
    sequence: int | None = None
    on: date | None = None
    ended_on: date | None = None
    system_name: str | None = None
    count: int | None = None
    url: str | None = None
    provenance: Provenance


class Accreditation(Record):
    """One accreditation of a provider by an agency: institutional, or of one program.

    In records of the Credential Registry `provider_id` may be the id of a credential or program, and
    `status` is the agency's role, such as `accredited`; `may_revoke` is a power, not an act.
    """

    id: str
    provider_id: str
    agency: str
    agency_id: str | None = None
    scope: str | None = None
    status: str
    since: date | None = None
    since_estimated: bool | None = None
    review_on: date | None = None
    ended_on: date | None = None
    ending_action_id: str | None = None
    provenance: Provenance


class Standard(Record):
    """A quality standard in our own words, in both languages, with the page that it was read from."""

    id: str
    topic: str
    kind: Literal["rubric", "law", "rule", "practice", "term"]
    title_en: str
    title_es: str
    text_en: str
    text_es: str
    aliases: tuple[str, ...] = ()
    threshold: str | None = None
    publisher: str
    in_force_from: date | None = None
    superseded_on: date | None = None
    superseded_by: str | None = None
    last_checked: date
    basis: Literal["page_read", "code_read", "memory", "draft", "data"]
    provenance: Provenance


class Link(Record):
    """Two records of different sources that are the same provider, with how that is known."""

    left_id: str
    right_id: str
    method: Literal["ein", "opeid", "unitid", "va_facility", "dapip", "name_city", "name_state"]
    score: float
    accepted: bool
    note: str | None = None


class Code(Record):
    """One code of a classification, with its title."""

    system: Literal[
        "cip2010",
        "cip2020",
        "soc2018",
        "soc2010",
        "oews2018",
        "oews2019",
        "ctdl_term",
        "ctdl_assessment",
        "ctdl_competency",
        "ctdl_framework",
    ]
    code: str
    title: str
    level: str | None = None
    definition: str | None = None
    provenance: Provenance


class CodeMap(Record):
    """One pair of a crosswalk between two classifications."""

    from_system: str
    from_code: str
    to_system: str
    to_code: str
    note: str | None = None
    provenance: Provenance


class Verdict(StrEnum):
    """What a rule says of a subject; *cannot tell* is neither good nor bad."""

    MEETS = "meets"
    BELOW = "below"
    CANNOT_TELL = "cannot_tell"
    ALERT = "alert"


class Severity(StrEnum):
    """How much a finding weighs, the least first."""

    INFO = "info"
    CAUTION = "caution"
    SERIOUS = "serious"


Horizon = Literal["list", "outcome"]
Level = Literal["provider", "provider_cip", "program"]


class Rule(Record):
    """What a rule of the rulebook declares; `title`, `population`, `measure` and `for_whom` are keys of texts.

    `url` is the policy that it rests on, `standards` the ids of the standards that state it;
    `basis` says whose bar it is: a law's or a rule's own, a practice's that we follow, or ours.
    `current_url` is where the newest copy can be looked up, for a rule about one list; where it is None,
    each finding's values say where, by its source.
    """

    id: str
    title: str
    url: str | None
    standards: tuple[str, ...] = ()
    basis: Literal["law", "rule", "practice", "ours"]
    in_force_from: date | None
    superseded_on: date | None = None
    last_checked: date
    severity: Severity
    level: Level
    for_whom: str
    population: str
    measure: str
    horizon: Horizon
    current_url: str | None = None


class Finding(Record):
    """What one rule says of one subject, with its receipt; the words come from prompts/ later.

    `reason` names the branch that decided. `severity` and `stale` are as on `judged_on`;
    `full_severity` is what the finding weighs while its source is current (`catalog.ageing`).
    `value`, `n`, `threshold` and the interval are in `unit`; `missing` is the key of the field
    whose absence made it *cannot tell*. `values` are further figures and words used, `key=value`;
    `evidence` the published cells, `file|row|column=value`; `record_ids` the records that they
    became. `provider_id` is the provider record that the evidence itself names.
    """

    id: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    rule: str
    subject_kind: Level
    subject_id: str
    provider_id: str | None = None
    verdict: Verdict
    severity: Severity
    full_severity: Severity
    stale: bool
    judged_on: date
    as_of: AsOf | None = None
    reason: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    value: float | None = None
    unit: Unit | None = None
    n: int | None = None
    threshold: float | None = None
    interval_low: float | None = None
    interval_high: float | None = None
    missing: str | None = None
    values: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    record_ids: tuple[str, ...] = ()
    correction_en: str | None = None
    correction_es: str | None = None
    correction_url: str | None = None
    correction_expires_on: date | None = None
    provenance: Provenance


class Known(StrEnum):
    """What is known of one domain of quality: nothing, what the provider reports, or what records confirm."""

    MISSING = "missing"
    REPORTED = "reported"
    VERIFIED = "verified"


class Grid(Record):
    """The five domains of the EQOS rubric for one subject; `figures` are `domain|measure=value|n|source`."""

    subject_kind: Literal["provider", "program"]
    subject_id: str
    learning: Known
    completion: Known
    placement: Known
    earnings: Known
    satisfaction: Known
    figures: tuple[str, ...] = ()


class Fate(Record):
    """What became of one row of a published file; `record_id` says which record it went into."""

    file: str
    row: int
    fate: Literal["kept", "merged", "held_back"]
    record_id: str | None = None
