"""Making a finding: its id, its age, and the published cells that it rests on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from catalog.ageing import LESS_SEVERE, is_stale
from catalog.records import Finding, Horizon, Level, Provenance, Rule, Severity, Verdict
from ingestion.current_lists import current_list
from ingestion.evidence import Case

WEIGHTY = (Verdict.ALERT, Verdict.BELOW)
"""Verdicts that weigh what their rule weighs; the others are for information."""


def finding(
    rule: Rule,
    case: Case,
    on: date,
    verdict: Verdict,
    reason: str,
    about: Sequence[Provenance],
    *,
    key: str = "",
    severity: Severity | None = None,
    **more: Any,
) -> Finding:
    """Return the finding of a rule about a case's subject, as it stands on a day.

    `about` are the origins of the evidence, the deciding one first: its date is the finding's,
    unless `as_of` is given. `key` tells several findings of one rule about one subject apart.
    """
    main = about[0]
    full = (severity or rule.severity) if verdict in WEIGHTY else Severity.INFO
    as_of = more.pop("as_of", main.as_of)
    stale = _stale(as_of, rule.horizon, on)
    current = current_list(rule, main.source)
    if current is not None:
        more["values"] = (*more.get("values", ()), f"current_url={current}")
    fields: dict[str, Any] = {
        "provider_id": case.provider.id if case.provider else None,
        **BLANK,
        **more,
        "id": finding_id(rule.id, case.level, case.subject_id, key),
        "rule": rule.id,
        "subject_kind": case.level,
        "subject_id": case.subject_id,
        "verdict": verdict,
        "severity": LESS_SEVERE[full] if stale else full,
        "full_severity": full,
        "stale": stale,
        "judged_on": on,
        "as_of": as_of,
        "reason": reason,
        "evidence": receipt(about),
        "provenance": without_cells(main),
    }
    # Rules are code, not data: their findings are validated in tests, not a million times over.
    return Finding.trusted(fields)


BLANK = {name: field.default for name, field in Finding.model_fields.items() if not field.is_required()}
BLANK.pop("provider_id")


def finding_id(rule: str, level: Level, subject: str, key: str = "") -> str:
    """Return the id of a finding: the same in every run, whatever its verdict."""
    text = "\0".join((rule, level, subject, key))
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def receipt(about: Sequence[Provenance]) -> tuple[str, ...]:
    """Return the published cells behind the evidence as `file|row|column=value`, each once."""
    return tuple(dict.fromkeys(f"{p.file}|{p.row}|{cell}" for p in about for cell in p.cells))


def without_cells(origin: Provenance) -> Provenance:
    """Return the origin without the cells, which are in the finding's evidence."""
    return Provenance.trusted({**origin.__dict__, "cells": ()}) if origin.cells else origin


@lru_cache(maxsize=4096)
def _stale(as_of: str | None, horizon: Horizon, on: date) -> bool:
    return is_stale(as_of, horizon, on)
