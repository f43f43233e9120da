"""What goes out as CTDL comes back from our own source, and every term of it is one of CTDL's."""

from __future__ import annotations

import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.records import (
    Control,
    Cost,
    Credential,
    CredentialKind,
    Delivery,
    Length,
    Measure,
    Place,
    Program,
    Provenance,
    Provider,
    ProviderIds,
    Reported,
    Unit,
)
from ingestion import cells
from ingestion.context import Context, IssueLog
from ingestion.ctdl_documents import walk
from ingestion.ctdl_files import LINES, VOCABULARY
from ingestion.ctdl_words import CLASS_OF, DEFINITIONS
from ingestion.ctdl_writing import MAPPED, ctid_of, document_of, sayable
from ingestion.places import checked
from ingestion.shelf import Shelf
from ingestion.sources.ctdl import SOURCE

HERE = Provenance(source="nj_etpl", record_id="7", as_of="2022-09", file="nj/x.csv", row=1)


class Sink:
    def __init__(self) -> None:
        self.records: list[Any] = []

    def add(self, record: Any) -> None:
        self.records.append(record)


def read_back(*documents: Any) -> tuple[Shelf, list[Measure], list[dict[str, Any]]]:
    """Read documents from a file of lines with our own source."""
    sink, stream = Sink(), io.StringIO()
    shelf = Shelf(sink)  # type: ignore[arg-type]
    with TemporaryDirectory() as folder:
        path = Path(folder) / LINES.path
        path.parent.mkdir()
        path.write_text("\n".join(json.dumps(document) for document in documents), encoding="utf-8")
        context = Context(SOURCE, Path(folder), shelf, IssueLog(stream), check_counts=False)
        SOURCE.read(context)
    measures = [record for record in sink.records if isinstance(record, Measure)]
    return shelf, measures, [json.loads(line) for line in stream.getvalue().splitlines()]


def is_clean(text: str) -> bool:
    try:
        return cells.as_text(text) == text
    except cells.CellError:
        return False


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=40
).filter(is_clean)
NAMES = TEXTS.filter(lambda text: any(c.isascii() and c.isalnum() for c in text))
AMOUNTS = st.floats(0, 1e6, allow_nan=False) | st.integers(0, 100_000).map(float)
PLACES = st.builds(
    Place,
    street=st.none() | TEXTS,
    city=st.none() | TEXTS,
    state=st.none() | st.sampled_from(["NJ", "IL", "PR"]),
    zip=st.none() | st.sampled_from(["07102", "62702", "00001", "08901"]),
).map(lambda place: checked(place, lambda *_: None))
PROGRAMS = st.builds(
    Program,
    id=NAMES,
    name=NAMES,
    provider_id=st.just("nj_providers:1"),
    provider_name=st.just("Bright School"),
    cip=st.none() | st.sampled_from(["51.0801", "51", "49.02"]),
    soc=st.lists(st.sampled_from(["29-1141", "31-9092", "53-3032"]), unique=True).map(tuple),
    soc_method=st.sampled_from(["published", "crosswalk"]),
    cost=st.builds(Cost, **{part: st.none() | AMOUNTS for part in Cost.model_fields}),
    length=st.builds(
        Length,
        **{part: st.none() | AMOUNTS for part in ("clock_hours", "credit_hours", "weeks_min", "weeks_max")},
        competency_based=st.none() | st.booleans(),
    ),
    delivery=st.none() | st.sampled_from(Delivery),
    evening=st.none() | st.booleans(),
    place=PLACES,
    credential_kind=st.none() | st.sampled_from(CredentialKind),
    degree_name=st.none() | TEXTS,
    prerequisite_text=st.none() | TEXTS,
    description=st.none() | TEXTS,
    url=st.none() | st.sampled_from(["https://bright.test/p", "bright.test", "call us"]),
    provenance=st.just(HERE),
)
MEASURES = st.builds(
    Measure,
    subject_kind=st.sampled_from(["program", "provider_cip"]),
    subject_id=st.just(""),
    name=st.sampled_from(["completion_rate", "employment_rate_q2", "median_earnings_q2"]),
    value=st.none() | st.floats(-1e9, 1e9, allow_nan=False),
    unit=st.sampled_from(Unit),
    reported=st.sampled_from(Reported),
    n=st.none() | st.integers(0, 10**6),
    period=st.none() | TEXTS,
    definition=st.sampled_from(sorted(DEFINITIONS)),
    provenance=st.just(HERE),
)
SCHOOL = Provider(
    id="nj_providers:1",
    name="Bright School",
    aliases=("The Bright",),
    ids=ProviderIds(opeid="00123400", unitid="123456", ein="123456789"),
    place=checked(Place(city="Newark", state="NJ", zip="07102"), lambda *_: None),
    control=Control.FOR_PROFIT,
    website="https://bright.test",
    provenance=HERE,
)


def program(**more: Any) -> Program:
    fields = {"id": "nj_etpl:7", "name": "Welding", "provider_id": SCHOOL.id, "provenance": HERE}
    return Program(**(fields | more))


@settings(max_examples=100, deadline=None)
@given(PROGRAMS, st.lists(MEASURES, max_size=4))
def test_a_program_comes_back_equal_in_all_mapped_fields(given_program: Program, figures: list[Measure]) -> None:
    field_id = f"{given_program.provider_id}|{given_program.cip}"
    measures = [
        m.model_copy(update={"subject_id": given_program.id if m.subject_kind == "program" else field_id})
        for m in figures
        if m.subject_kind == "program" or given_program.cip
    ]
    shelf, found, _ = read_back(document_of(given_program, SCHOOL, [], measures))
    back = shelf.find(Program, f"ctdl:{ctid_of(given_program.id)}")
    assert back is not None
    said = sayable(given_program)
    assert {name: getattr(back, name) for name in MAPPED} == {name: getattr(said, name) for name in MAPPED}
    assert sorted(map(figure_of, found)) == sorted(map(figure_of, without_repeats(measures)))


def without_repeats(measures: list[Measure]) -> list[Measure]:
    """A figure of a field of study is one, however many programs repeat it."""
    kept: dict[Any, Measure] = {}
    for number, measure in enumerate(measures):
        shared = (
            (measure.name, measure.period, measure.definition) if measure.subject_kind == "provider_cip" else number
        )
        kept.setdefault(shared, measure)
    return list(kept.values())


def figure_of(m: Measure) -> str:
    return str((m.subject_kind, m.name, m.value, m.unit, m.reported, m.n, m.period, m.definition))


def test_only_what_would_claim_too_much_is_not_said() -> None:
    full = program(
        cip="48.0508",
        soc=("51-4121",),
        soc_method="crosswalk",
        evening=False,
        credential_kind=CredentialKind.REGISTRATION,
        url="not an address",
    )
    said = sayable(full)
    assert (said.soc, said.soc_method, said.evening, said.credential_kind, said.url) == ((), None, None, None, None)
    kept = {name for name in MAPPED if getattr(full, name) == getattr(said, name)}
    assert set(MAPPED) - kept == {"soc", "soc_method", "evening", "credential_kind", "url"}


def test_the_school_comes_back() -> None:
    shelf, _, issues = read_back(document_of(program(), SCHOOL, [], []))
    back = shelf.find(Provider, f"ctdl:{ctid_of(SCHOOL.id)}")
    assert back is not None
    for name in ("name", "aliases", "ids", "place", "control", "website"):
        assert getattr(back, name) == getattr(SCHOOL, name)
    assert issues == []


@pytest.mark.parametrize("kind", CLASS_OF)
def test_what_a_program_leads_to_comes_back(kind: CredentialKind) -> None:
    award = Credential(
        id="nj_credentials:license-3",
        name="Welder",
        kind=kind,
        aliases=("WLD",),
        code="W-1",
        soc=("51-4121",),
        retired=True,
        provenance=HERE,
    )
    shelf, _, issues = read_back(document_of(program(credential_ids=(award.id,)), SCHOOL, [award], []))
    back = shelf.find(Credential, f"ctdl:{ctid_of(award.id)}")
    assert back is not None
    for name in ("name", "kind", "aliases", "code", "soc", "retired"):
        assert getattr(back, name) == getattr(award, name)
    found = shelf.find(Program, f"ctdl:{ctid_of('nj_etpl:7')}")
    assert found is not None
    assert found.credential_ids == (back.id,)
    assert issues == []


def test_a_school_and_a_shared_figure_of_two_programs_are_there_once() -> None:
    shared = Measure(
        subject_kind="provider_cip",
        subject_id=f"{SCHOOL.id}|48.0508",
        name="employment_rate_q2",
        value=0.5,
        unit=Unit.FRACTION,
        n=12,
        definition="nj_wage_match",
        provenance=HERE,
    )
    documents = [document_of(program(id=key, cip="48.0508"), SCHOOL, [], [shared]) for key in ("a", "b")]
    shelf, found, issues = read_back(*documents)
    assert (len(list(shelf.all(Provider))), len(list(shelf.all(Program)))) == (1, 2)
    (back,) = found
    assert (back.value, back.n, back.subject_id) == (0.5, 12, f"ctdl:{ctid_of(SCHOOL.id)}|48.0508")
    assert issues == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("definition", "made_up"), ("unit", "parsecs"), ("reported", "rumoured")],
)
def test_a_figure_whose_kind_is_not_known_is_reported(name: str, value: str) -> None:
    known = Measure(
        subject_kind="program",
        subject_id="nj_etpl:7",
        name="completion_rate",
        value=0.5,
        unit=Unit.FRACTION,
        definition="wioa_completion",
        provenance=HERE,
    )
    document = document_of(program(), SCHOOL, [], [known])
    for term, inner in walk(document):
        for each in inner if term == "ceterms:identifier" else ():
            if each["ceterms:identifierTypeName"] == {"en": name}:
                each["ceterms:identifierValueCode"] = value
    _, found, issues = read_back(document)
    assert found == []
    assert [issue["field"] for issue in issues] == ["ceterms:identifier"]


def full_document() -> Any:
    award = Credential(
        id="c", name="W", kind=CredentialKind.LICENSE, code="1", soc=("51-4121",), retired=False, provenance=HERE
    )
    measures = [
        Measure(
            subject_kind="program",
            subject_id="nj_etpl:7",
            name=unit.value,
            value=0.5,
            unit=unit,
            n=3,
            period="2020",
            definition="wioa_count",
            provenance=HERE,
        )
        for unit in Unit
    ]
    full = program(
        cip="48.0508",
        soc=("51-4121",),
        soc_method="published",
        cost=Cost(**dict.fromkeys(Cost.model_fields, 1.5)),
        length=Length(clock_hours=1.5, credit_hours=2, weeks_min=3, weeks_max=4),
        delivery=Delivery.HYBRID,
        evening=True,
        place=SCHOOL.place,
        credential_kind=CredentialKind.CERTIFICATE,
        degree_name="Certificate",
        prerequisite_text="None",
        description="Text",
        url="https://bright.test/p",
    )
    return document_of(full, SCHOOL, [award], measures)


def test_it_is_well_formed_against_the_published_context(raw_data: Path) -> None:
    terms = json.loads((raw_data / VOCABULARY.path).read_text(encoding="utf-8"))["@context"]
    used = 0
    todo: list[Any] = [full_document()["@graph"]]
    while todo:
        current = todo.pop()
        if isinstance(current, list):
            todo += current
        elif isinstance(current, dict):
            for name, value in current.items():
                used += 1
                if name.startswith("@"):
                    values = value if isinstance(value, list) else [value]
                    assert all(str(each).partition(":")[0] in {*terms, "_", "urn"} for each in values), value
                    continue
                assert name in terms
                fits(terms[name], value, terms)
                if terms[name].get("@container") != "@language":
                    todo.append(value)
    assert used > 200


def fits(declared: dict[str, str], value: Any, terms: dict[str, Any]) -> None:
    """A value is of the kind that the context declares for its term."""
    kind = declared.get("@container") or declared.get("@type")
    for each in value if isinstance(value, list) else [value]:
        if kind == "@language":
            assert set(each) == {"en"}
        elif kind == "@id":
            prefix = "" if isinstance(each, dict) else each.partition(":")[0]
            assert isinstance(each, dict) or prefix in {*terms, "https", "urn", "_"}, each
        elif kind in ("xsd:float", "xsd:decimal"):
            assert isinstance(each, int | float), each
        else:
            assert isinstance(each, str), each
