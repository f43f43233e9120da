"""Competencies in CTDL: frameworks, their statements, assessments, and which record assesses or teaches what.

A statement is a sentence of its publisher: it goes into a code's definition, which the bundled snapshot
leaves out; the title only counts it within its framework.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from catalog.records import Code, CodeMap, Provenance
from ingestion.ctdl_documents import Entry, listed, record_id, text_of
from ingestion.ctdl_values import Say, unreported, words
from ingestion.ctdl_words import ASSESSMENTS, COMPETENCIES, FRAMEWORKS

ASSESSED = ("ceterms:assesses", "ceterms:teaches", "ceterms:targetCompetency")
UNNAMED = "competency"
DIGEST = 12


@dataclass
class Competencies:
    """Makes codes of competencies, each once."""

    seen: set[str] = field(default_factory=set)

    def of(self, entry: Entry, provenance: Provenance, say: Say) -> list[Code | CodeMap]:
        """Return the code that a framework, competency or assessment becomes first, then what goes with it."""
        if any(kind in FRAMEWORKS for kind in entry.kinds):
            return self._named("ctdl_framework", "ceasn:name", "ceasn:description", entry, provenance, say)
        if any(kind in ASSESSMENTS for kind in entry.kinds):
            made = self._named("ctdl_assessment", "ceterms:name", "ceterms:description", entry, provenance, say)
            return [*made, *self.assessed_by(entry, provenance, say)] if made else []
        if any(kind in COMPETENCIES for kind in entry.kinds):
            return self._competency(entry, provenance, say)
        return []

    def assessed_by(self, entry: Entry, provenance: Provenance, say: Say) -> Iterator[Code | CodeMap]:
        """Yield the competencies that a record says it assesses, teaches or asks for, with a link to each."""
        conditions = [each for each in listed(entry.node.get("ceterms:requires")) if isinstance(each, dict)]
        given = [each for node in (entry.node, *conditions) for term in ASSESSED for each in listed(node.get(term))]
        linked: set[str] = set()
        for position, target in enumerate((each for each in given if isinstance(each, dict)), start=1):
            text = words(target.get("ceterms:targetNodeName"), "ceterms:targetNodeName", say)
            key = _code(entry, target, text)
            if key is None or key in linked:
                continue
            linked.add(key)
            if key not in self.seen:
                self.seen.add(key)
                framework = words(target.get("ceterms:frameworkName"), "ceterms:frameworkName", unreported)
                title = f"{framework or UNNAMED} {position}"
                yield Code(system="ctdl_competency", code=key, title=title, definition=text, provenance=provenance)
            yield CodeMap(
                from_system="ctdl_record",
                from_code=record_id(entry.key),
                to_system="ctdl_competency",
                to_code=key,
                provenance=provenance,
            )

    def _named(
        self, system: Any, name: str, description: str, entry: Entry, provenance: Provenance, say: Say
    ) -> list[Code | CodeMap]:
        title = words(entry.node.get(name) or entry.node.get("ceterms:name"), name, say)
        if title is None:
            return []
        about = words(entry.node.get(description), description, say)
        code = record_id(entry.key)
        return [Code(system=system, code=code, title=title, definition=about, provenance=provenance)]

    def _competency(self, entry: Entry, provenance: Provenance, say: Say) -> list[Code | CodeMap]:
        node = entry.node
        text = words(node.get("ceasn:competencyText"), "ceasn:competencyText", say)
        if text is None:
            return []
        label = words(
            node.get("ceasn:competencyLabel", node.get("ceasn:CompetencyLabel")), "ceasn:competencyLabel", say
        )
        position = text_of(node.get("ceasn:codedNotation")) or text_of(node.get("ceasn:listID")) or ""
        code, framework = record_id(entry.key), record_id(_part_of(entry))
        self.seen.add(code)
        title = " ".join(part for part in (_framework_name(entry) or UNNAMED, label, position) if part)
        made: list[Code | CodeMap] = [
            Code(system="ctdl_competency", code=code, title=title, level=label, definition=text, provenance=provenance),
            CodeMap(
                from_system="ctdl_framework",
                from_code=framework,
                to_system="ctdl_competency",
                to_code=code,
                provenance=provenance,
            ),
        ]
        return made


def _part_of(entry: Entry) -> str:
    given = next(iter(listed(entry.node.get("ceasn:isPartOf"))), None)
    given = given.get("@id") if isinstance(given, dict) else given
    return entry.document.key(given) if isinstance(given, str) else entry.document.name


def _framework_name(entry: Entry) -> str | None:
    for node in entry.document.nodes:
        own = node.get("@id")
        if isinstance(own, str) and entry.document.key(own) == _part_of(entry):
            return words(node.get("ceasn:name"), "ceasn:name", unreported)
    return None


def _code(entry: Entry, target: dict[str, Any], text: str | None) -> str | None:
    aim = target.get("ceterms:targetNode", target.get("@id"))
    if isinstance(aim, str):
        return record_id(entry.document.key(aim))
    return f"ctdl:{hashlib.sha256(text.encode()).hexdigest()[:DIGEST]}" if text else None
