"""Records of the Credential Registry in CTDL: credentials, organizations, programs, competencies, outcomes.

A row is a node. All files are opened first, since a record names others that lie in other files. What
only looks like a record is held back: test servers, drafts, and examples, some of which mix real names
with invented figures. Registry records that a publisher put into the trial area ("sandbox") are kept;
their address says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from catalog.errors import SourceError
from catalog.records import Code, CodeMap, Program, Provider
from ingestion import ctdl_records, files
from ingestion.context import Context
from ingestion.ctdl_competencies import Competencies
from ingestion.ctdl_documents import CTID, Entry, document_of, entries_of, listed, record_id, shown
from ingestion.ctdl_files import LINES, RECORDS, VOCABULARY
from ingestion.ctdl_library import Library, fault, is_quality_body, kind_of
from ingestion.ctdl_outcomes import Figures, Subject, subjects_of
from ingestion.ctdl_vocabulary import report_unknown, vocabulary_of
from ingestion.ctdl_words import ASSESSMENTS, COMPETENCIES, FRAMEWORKS, OUTCOME_PARTS, OUTCOMES, OWNERS
from ingestion.naming import slug
from ingestion.occupations import Crosswalks
from ingestion.row import Row
from ingestion.source import Source, SourceFile

ID, TYPE = "@id", "@type"


@dataclass(frozen=True)
class Broken:
    """A document that can't be read, which is one row."""

    reason: str


@dataclass
class Reading:
    """One reading of the source: all nodes, the vocabulary, and which records came of them."""

    context: Context
    vocabulary: dict[str, str]
    library: Library = field(default_factory=Library)
    competencies: Competencies = field(default_factory=Competencies)
    kept: set[str] = field(default_factory=set)
    shared: set[tuple[str | None, ...]] = field(default_factory=set)
    """Figures of a school's field of study, which each of its programs repeats."""

    def settle(self, row: Row, item: Entry | Broken) -> None:
        """Give one row its fate."""
        row.raw(ID), row.raw(TYPE)
        if isinstance(item, Broken):
            return row.hold(ID, "", item.reason)
        if item.refusal is not None:
            return row.hold(ID, shown(item.node.get(ID)), item.refusal)
        if self.vocabulary:
            report_unknown(item.node, self.vocabulary, row.issue)
        ctid = shown(item.node.get("ceterms:ctid", item.key)).lower()
        if CTID.fullmatch(item.key) and ctid != item.key:
            row.issue("ceterms:ctid", ctid, "not the CTID of the record's own id")
        if not self.library.is_first(item):
            return row.merge(record_id(item.key))
        return self._settle_record(row, item)

    def _settle_record(self, row: Row, entry: Entry) -> None:
        noun = kind_of(entry)
        if noun is None:
            return self._settle_other(row, entry)
        problem = fault(entry, self.library)
        if problem is not None:
            return row.hold(*problem)
        main = _main_of(entry)
        if noun == "provider" and is_quality_body(entry) and main in self.kept:
            return row.merge(main)
        self.kept.add(record_id(entry.key))
        make = {"provider": self._provider, "credential": self._credential, "program": self._program}[noun]
        return make(row, entry)

    def _settle_other(self, row: Row, entry: Entry) -> None:
        if any(kind in OUTCOMES for kind in entry.kinds):
            return self._data_set(row, entry)
        made = self.competencies.of(entry, row.provenance(entry.key, entry.address), row.issue)
        if made:
            row.keep(made[0])
            return _also(row, made[1:])
        if _main_of(entry) in self.kept and OUTCOME_PARTS.intersection(entry.kinds):
            return row.merge(_main_of(entry))
        bare = any(kind in known for kind in entry.kinds for known in (ASSESSMENTS, COMPETENCIES, FRAMEWORKS))
        reason = "a record without a name or text" if bare else "no noun here for records of this kind"
        return row.hold(TYPE, ", ".join(entry.kinds), reason)

    def _provider(self, row: Row, entry: Entry) -> None:
        made = ctdl_records.provider(entry, self.library, row.provenance(entry.key, entry.address), row.issue)
        if self.context.shelf.find(Provider, made.id) is not None:
            return row.merge(made.id)
        return row.keep(made)

    def _credential(self, row: Row, entry: Entry) -> None:
        provenance = row.provenance(entry.key, entry.address)
        crosswalks: Crosswalks | None = self.context.shelf.notes.get("crosswalks")
        row.keep(ctdl_records.credential(entry, self.library, crosswalks, provenance, row.issue))
        self._beside(row, entry, Subject("credential", record_id(entry.key)))

    def _program(self, row: Row, entry: Entry) -> None:
        made = ctdl_records.program(entry, self.library, row.provenance(entry.key, entry.address), row.issue)
        row.keep(made)
        for agent in self.library.agents(entry, OWNERS):
            inside = record_id(agent.key) == made.provider_id and not self.library.is_first(agent.entry)
            if inside and self.context.shelf.find(Provider, made.provider_id) is None:
                provenance = row.provenance(agent.key, entry.address)
                row.also(ctdl_records.provider(agent.entry, self.library, provenance, row.issue))
        self._beside(row, entry, _subject_of(made))

    def _beside(self, row: Row, entry: Entry, subject: Subject) -> None:
        """Emit what else a credential or program says: who judges it, what it assesses, its figures."""
        provenance = row.provenance(entry.key, entry.address)
        _also(row, ctdl_records.judges(entry, self.library, provenance))
        _also(row, self.competencies.assessed_by(entry, provenance, row.issue))
        figures = Figures(subject, lambda: row.provenance(entry.key, entry.address), row.issue)
        for profile in listed(entry.node.get("ceterms:aggregateData")):
            if isinstance(profile, dict):
                _also(row, figures.of_aggregate(profile))

    def _data_set(self, row: Row, entry: Entry) -> None:
        """Merge a data set into the one record that it is about, and emit its figures."""
        about = [found for key in subjects_of(entry.node, entry.document) if (found := self.library.entries.get(key))]
        about = [e for e in about if not e.refusal and kind_of(e) in ("program", "credential")]
        about = [e for e in about if fault(e, self.library) is None]
        if len(about) != 1:
            reason = "not about one credential or program that the files describe"
            row.hold("schema:about", shown(entry.node.get("schema:about")), reason)
            return
        (found,) = about
        subject = Subject("credential", record_id(found.key))
        if kind_of(found) == "program":
            provenance = row.provenance(entry.key, entry.address)
            subject = _subject_of(ctdl_records.program(found, self.library, provenance, lambda *_: None))
        row.merge(subject.id)
        figures = Figures(subject, lambda: row.provenance(entry.key, entry.address), row.issue)
        for measure in figures.of_data_set(entry.node, entry.document):
            shared = measure.subject_id, measure.name, measure.period, measure.definition
            if measure.subject_kind != "provider_cip" or shared not in self.shared:
                self.shared.add(shared)
                row.also(measure)


def read(context: Context) -> None:
    """Keep what is a record of the registry; everything else is held back with its reason."""
    reading = Reading(context, _read_vocabulary(context))
    batches = [(file, list(_items(context, file))) for file in RECORDS if (context.raw / file.path).is_file()]
    for _, items in batches:
        for item in items:
            if isinstance(item, Entry):
                reading.library.add(item)
    for file, items in batches:
        names = [{ID: _member(item, ID), TYPE: _member(item, TYPE)} for item in items]
        for row, item in zip(context.items(file, names), items, strict=True):
            reading.settle(row, item)


def _read_vocabulary(context: Context) -> dict[str, str]:
    if not (context.raw / VOCABULARY.path).is_file():
        return {}
    content = files.read_json(context.path_of(VOCABULARY), VOCABULARY.path)
    try:
        terms = vocabulary_of(content)
    except ValueError as error:
        raise SourceError(VOCABULARY.path, str(error), remedy=files.FETCH_AGAIN) from None
    for row in context.items(VOCABULARY, [{"term": term, "values": values} for term, values in terms.items()]):
        term, values = row.raw("term"), row.raw("values")
        title = term.rpartition(":")[2]
        row.keep(
            Code(system="ctdl_term", code=term, title=title, level=values or None, provenance=row.provenance(term))
        )
    return terms


def _items(context: Context, file: SourceFile) -> Iterator[Entry | Broken]:
    path = context.path_of(file)
    try:
        contents = files.json_lines(path, file.path) if file is LINES else iter([files.read_json(path, file.path)])
        for number, content in enumerate(contents, start=1):
            name = f"{slug(file.path)}-{number}"
            if isinstance(content, SourceError):
                yield Broken(content.reason)
                continue
            try:
                yield from entries_of(document_of(content, name))
            except ValueError as error:
                yield Broken(str(error))
    except SourceError as error:
        where = f" (line {error.row})" if error.row else ""
        yield Broken(f"{error.reason}{where}")


def _main_of(entry: Entry) -> str:
    """Return the id of the record that a document is about: its first node."""
    return record_id(next(entries_of(entry.document)).key)


def _member(item: Entry | Broken, name: str) -> str:
    return shown(item.node.get(name)) if isinstance(item, Entry) else ""


def _subject_of(program: Program) -> Subject:
    field_of_study = f"{program.provider_id}|{program.cip}" if program.cip else None
    return Subject("program", program.id, field_of_study)


def _also(row: Row, records: Iterable[Code | CodeMap] | Iterable[object]) -> None:
    for record in records:
        row.also(record)  # type: ignore[arg-type]


SOURCE = Source(
    name="ctdl",
    title="Credential Registry, sample records in CTDL",
    publisher="Credential Engine, and those who published to its registry",
    url="https://credentialengineregistry.org/",
    licence="Apache-2.0 (repositories of Credential Engine); some sample files state none",
    vintage="2019-02-08 (one envelope) and records that state no date; vocabulary of 2026-08-06",
    files=(VOCABULARY, *RECORDS),
    read=read,
    after=("crosswalks",),
)
