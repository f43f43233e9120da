"""One program as nodes of CTDL: itself, its school, what it leads to, its figures; and what CTDL can't say."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from catalog.records import Credential, Measure, Place, Program, Provider, Reported, Unit
from ingestion import cells
from ingestion.ctdl_documents import Node
from ingestion.ctdl_parts import (
    LANGUAGE,
    alignment,
    concept,
    costs,
    durations,
    identifiers,
    listed,
    places,
    present,
    texts,
)
from ingestion.ctdl_words import CLASS_OF, CONTROLS, DELIVERY_CONCEPT
from ingestion.etp import as_url
from ingestion.places import NOT_A_COUNTY

CONTEXT = "https://credreg.net/ctdl/schema/context/json"
MAPPED = (
    "name",
    "provider_name",
    "cip",
    "soc",
    "soc_method",
    "cost",
    "length",
    "delivery",
    "evening",
    "place",
    "credential_kind",
    "degree_name",
    "prerequisite_text",
    "description",
    "url",
)
"""Fields of a program that come back as they went out, as far as `sayable` lets them go."""
CIP_FRAMEWORK = "https://nces.ed.gov/ipeds/cipcode/"
SOC_FRAMEWORK = "https://www.bls.gov/soc/"


def document_of(
    program: Program, school: Provider, credentials: Iterable[Credential], measures: Sequence[Measure]
) -> Node:
    """Return the document of one program: itself, its school, what it leads to, its figures."""
    awards = [each for each in credentials if each.kind in CLASS_OF]
    graph = [_program(sayable(program), program, school, awards), _school(school)]
    graph += [_credential(award) for award in awards]
    graph += _data_set(program, measures) if measures else ()
    return {"@context": CONTEXT, "@id": f"{address(program.id)}#graph", "@graph": graph}


def sayable(program: Program) -> Program:
    """Return a program as far as CTDL can say it."""
    published = program.soc_method == "published"
    return program.model_copy(
        update={
            "soc": program.soc if published else (),
            "soc_method": "published" if published and program.soc else None,
            "length": program.length.model_copy(update={"competency_based": None}),
            "evening": program.evening or None,
            "credential_kind": program.credential_kind if program.credential_kind in CLASS_OF else None,
            "degree_name": program.degree_name if program.credential_kind in CLASS_OF else None,
            "place": _sayable_place(program.place),
            "url": program.url if _is_address(program.url) else None,
        }
    )


def _sayable_place(place: Place) -> Place:
    """A place without any address is none, and words such as "out of state" are no county."""
    words: dict[str, str | None] = {
        part: cells.clean(text) for part in ("street", "city", "county") if (text := getattr(place, part))
    }
    if (words.get("county") or "").lower() in NOT_A_COUNTY:
        words["county"] = None
    place = place.model_copy(update=words)
    return place if places(place) else Place()


def ctid_of(record_id: str) -> str:
    """Return the CTID made from one of our ids."""
    return f"ce-{_uuid(record_id)}"


def address(record_id: str) -> str:
    """Return the identifier of one of our records: a name, not a web page."""
    return f"urn:uuid:{_uuid(record_id)}"


def _uuid(record_id: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:credential-navigator:{record_id}")


def _program(said: Program, program: Program, school: Provider, awards: Sequence[Credential]) -> Node:
    node = _start(program.id, "LearningProgram", said.name)
    node["ceterms:offeredBy"] = [address(school.id)]
    node |= texts({"description": said.description})
    node |= present({"ceterms:subjectWebpage": said.url})
    if said.cip:
        node["ceterms:instructionalProgramType"] = [alignment(said.cip, CIP_FRAMEWORK)]
    if said.soc:
        node["ceterms:occupationType"] = [alignment(code, SOC_FRAMEWORK) for code in said.soc]
    node |= listed("ceterms:estimatedCost", costs(said.cost))
    node |= listed("ceterms:estimatedDuration", durations(said.length))
    if said.length.credit_hours is not None:
        value = {"@type": "schema:ValueProfile", "schema:value": said.length.credit_hours}
        node["ceterms:creditValue"] = [value | {"ceterms:creditUnitType": [concept("creditUnit", "DegreeCredit")]}]
    if said.delivery:
        node["ceterms:deliveryType"] = [concept("deliveryType", DELIVERY_CONCEPT[said.delivery])]
    if said.evening:
        node["ceterms:scheduleTimingType"] = [concept("scheduleTiming", "Evening")]
    node |= listed("ceterms:availableAt", places(said.place))
    if said.prerequisite_text:
        condition = {"@type": "ceterms:ConditionProfile", "ceterms:description": {LANGUAGE: said.prerequisite_text}}
        node["ceterms:entryCondition"] = [condition]
    return node | listed("ceterms:isPreparationFor", _preparation(said, awards))


def _preparation(said: Program, awards: Sequence[Credential]) -> list[Node]:
    targets: list[Any] = [address(award.id) for award in awards]
    if said.credential_kind:
        sketch: Node = {"@type": f"ceterms:{CLASS_OF[said.credential_kind]}"}
        targets.append(sketch | texts({"name": said.degree_name}))
    return [{"@type": "ceterms:ConditionProfile", "ceterms:targetCredential": targets}] if targets else []


def _school(school: Provider) -> Node:
    node = _start(school.id, "CredentialOrganization", school.name)
    if school.aliases:
        node["ceterms:alternateName"] = {LANGUAGE: list(school.aliases)}
    ein = school.ids.ein
    node |= present(
        {
            "ceterms:opeID": school.ids.opeid,
            "ceterms:ipedsID": school.ids.unitid,
            "ceterms:fein": f"{ein[:2]}-{ein[2:]}" if ein else None,
            "ceterms:subjectWebpage": school.website if _is_address(school.website) else None,
        }
    )
    if school.control:
        sector = next(name for name, control in CONTROLS.items() if control is school.control)
        node["ceterms:agentSectorType"] = [concept("agentSector", sector)]
    return node | listed("ceterms:address", places(school.place))


def _credential(award: Credential) -> Node:
    node = _start(award.id, CLASS_OF[award.kind], award.name) | present({"ceterms:codedNotation": award.code})
    if award.aliases:
        node["ceterms:alternateName"] = {LANGUAGE: list(award.aliases)}
    if award.soc:
        node["ceterms:occupationType"] = [alignment(code, SOC_FRAMEWORK) for code in award.soc]
    if award.retired is not None:
        status = "Deprecated" if award.retired else "Active"
        node["ceterms:credentialStatusType"] = concept("credentialStat", status)
    return node


def _data_set(program: Program, measures: Sequence[Measure]) -> list[Node]:
    """Return the data set of a program, then a metric and an observation for each figure."""
    metrics: list[Node] = []
    observations: list[Node] = []
    for number, measure in enumerate(measures, start=1):
        metric = {"@id": f"_:metric{number}", "@type": "qdata:Metric", "ceterms:name": {LANGUAGE: measure.name}}
        said = {"measure": measure.name, "definition": measure.definition, "unit": measure.unit.value}
        metrics.append(metric | {"ceterms:identifier": identifiers(said)})
        observations.append(_observation(number, measure))
    head: Node = {
        "@id": address(f"{program.id}#figures"),
        "@type": "qdata:DataSetProfile",
        "ceterms:ctid": ctid_of(f"{program.id}#figures"),
        "schema:about": [address(program.id)],
        "qdata:hasMetric": [metric["@id"] for metric in metrics],
        "qdata:hasObservation": observations,
    }
    return [head, *metrics]


def _observation(number: int, measure: Measure) -> Node:
    said = {"reported": measure.reported.value, "subject": measure.subject_kind}
    said |= {"period": measure.period} if measure.period is not None else {}
    said |= {"as of": measure.provenance.as_of} if measure.provenance.as_of else {}
    node: Node = {
        "@type": "qdata:Observation",
        "qdata:isObservationOf": f"_:metric{number}",
        "ceterms:identifier": identifiers(said),
    }
    if measure.n is not None:
        node["qdata:sizeOfData"] = [{"@type": "schema:QuantitativeValue", "schema:value": measure.n}]
    if measure.value is not None:
        node["schema:value"] = measure.value
        if measure.unit is Unit.FRACTION and measure.reported is Reported.VALUE:
            node["qdata:percentage"] = round(measure.value * 100, 6)
        if measure.unit.value.startswith(Unit.USD.value):
            node["schema:currency"] = "USD"
    return node


def _start(record_id: str, kind: str, name: str) -> Node:
    return {
        "@id": address(record_id),
        "@type": f"ceterms:{kind}",
        "ceterms:ctid": ctid_of(record_id),
        "ceterms:name": {LANGUAGE: name},
        "ceterms:identifier": identifiers({"Credential Navigator": record_id}),
    }


def _is_address(text: str | None) -> bool:
    try:
        return text is not None and as_url(text) == text
    except cells.CellError:
        return False
