"""The fairness ledger: what providers replied to findings, shown beside them, never in their stead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import Field, StringConstraints, ValidationError

from catalog.errors import SourceError
from catalog.records import Finding, Record

LEDGER = Path(__file__).parent / "facts" / "corrections.yaml"
REMEDY = "Correct the entry in the ledger, renew it with a new source, or take it out."
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class Correction(Record):
    """One documented reply or correction; it belongs to all findings of a rule about a subject, or to one."""

    id: Words
    subject_id: Words
    rule: Words
    finding: str | None = None
    text_en: Words
    text_es: Words
    source_url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    said_on: date
    expires_on: date


class Ledger:
    """The corrections in force on a day, and how often each was attached."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._by_subject: dict[tuple[str, str], list[Correction]] = {}
        self.attached: Counter[str] = Counter()
        for each in corrections:
            self._by_subject.setdefault((each.rule, each.subject_id), []).append(each)
            self.attached[each.id] = 0

    def beside(self, finding: Finding) -> Finding:
        """Return the finding with the correction that belongs to it; nothing else of it changes."""
        if not self._by_subject:
            return finding
        entries = self._by_subject.get((finding.rule, finding.subject_id), ())
        # A reply to this one finding goes before one to all findings of the rule.
        for each in sorted(entries, key=lambda entry: entry.finding is None):
            if each.finding in (None, finding.id):
                self.attached[each.id] += 1
                return finding.model_copy(
                    update={
                        "correction_en": each.text_en,
                        "correction_es": each.text_es,
                        "correction_url": each.source_url,
                        "correction_expires_on": each.expires_on,
                    }
                )
        return finding


def read_ledger(on: date, rules: Iterable[str], path: Path = LEDGER) -> Ledger:
    """Return the ledger as it stands on a day.

    Raises SourceError for an entry that has expired, lacks a source or a text, names an unknown rule,
    or repeats an id: nothing is left out silently.
    """
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    except yaml.YAMLError as error:
        raise SourceError(path.name, f"not YAML: {error}", remedy=REMEDY) from None
    if not isinstance(entries, list):
        raise SourceError(path.name, "not a list of corrections", remedy=REMEDY)
    known, found = set(rules), {}
    taken: set[tuple[str, str, str | None]] = set()
    for number, entry in enumerate(entries, start=1):
        correction = _entry(entry, number, path.name)
        problem = _problem(correction, on, known)
        if correction.id in found:
            problem = "id", correction.id, "a second entry with this id"
        target = correction.rule, correction.subject_id, correction.finding
        if target in taken:
            problem = "subject_id", correction.subject_id, "a second entry about the same finding"
        if problem is not None:
            field, value, reason = problem
            raise SourceError(path.name, reason, row=number, field=field, value=value, remedy=REMEDY)
        found[correction.id] = correction
        taken.add(target)
    return Ledger(found.values())


def _entry(entry: object, number: int, name: str) -> Correction:
    try:
        return Correction.model_validate(entry)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field, value = ".".join(str(part) for part in first["loc"]), str(first["input"])
        raise SourceError(name, first["msg"], row=number, field=field, value=value, remedy=REMEDY) from None


def _problem(correction: Correction, on: date, rules: set[str]) -> tuple[str, str, str] | None:
    if correction.rule not in rules:
        return "rule", correction.rule, "no such rule"
    if correction.expires_on < on:
        return "expires_on", correction.expires_on.isoformat(), f"expired before {on.isoformat()}"
    return None
