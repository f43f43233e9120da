"""Evidence made by hand for the rules, and how a rule is asked."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

from catalog.records import (
    Accreditation,
    Cost,
    EventKind,
    Finding,
    Length,
    Measure,
    Place,
    Program,
    Provenance,
    Provider,
    ProviderEvent,
    ProviderIds,
    Reported,
    Unit,
)
from ingestion.evidence import Case

ON = date(2026, 8, 7)


class Make:
    """Makes evidence with plausible defaults; what a test is about, it says."""

    on = ON

    def __init__(self) -> None:
        self._row = 0

    def origin(self, source: str = "toy", as_of: str | None = "2025-06", **more: Any) -> Provenance:
        self._row += 1
        fields = {"source": source, "record_id": str(self._row), "as_of": as_of, "file": f"{source}.csv"}
        return Provenance(**{**fields, "row": self._row, "cells": (f"cell={self._row}",), **more})

    def provider(self, key: str = "ipeds:900001", state: str | None = "NJ", **more: Any) -> Provider:
        fields: dict[str, Any] = {"name": "Harbor School", "place": Place(city="Newark", state=state)}
        fields["ids"] = ProviderIds(unitid="900001", opeid="00999900")
        fields |= {"id": key, "entity_id": key, "provenance": self.origin("ipeds_directory", "2014")}
        return Provider(**{**fields, **more})

    def program(self, key: str = "nj_etpl:1", **more: Any) -> Program:
        fields: dict[str, Any] = {"id": key, "name": "Welding", "provider_id": "nj_providers:1", "cip": "48.0508"}
        fields |= {"cost": Cost(total_usd=4000), "length": Length(clock_hours=400, weeks_min=10, weeks_max=12)}
        return Program(**{**fields, "provenance": self.origin("nj_etpl", "2022-09"), **more})

    def measure(self, name: str, value: float | None, n: int | None = 100, **more: Any) -> Measure:
        as_of, source = more.pop("as_of", "2025-06"), more.pop("source", "toy")
        fields: dict[str, Any] = {"subject_kind": "program", "subject_id": "nj_etpl:1", "unit": Unit.FRACTION}
        fields |= {"name": name, "value": value, "n": n, "definition": name, "provenance": self.origin(source, as_of)}
        if value is None and "reported" not in more:
            more["reported"] = Reported.SUPPRESSED
        return Measure(**{**fields, **more})

    def pay(self, name: str, value: float | None, n: int | None = 100, **more: Any) -> Measure:
        return self.measure(name, value, n, unit=Unit.USD_PER_QUARTER, **more)

    def event(self, kind: EventKind, action: str, on: date | None = None, **more: Any) -> ProviderEvent:
        as_of, source = more.pop("as_of", "2020-11"), more.pop("source", "toy")
        origin = self.origin(source, as_of)
        fields: dict[str, Any] = {"id": f"event:{self._row}", "provider_id": "ipeds:900001", "provenance": origin}
        return ProviderEvent(**{**fields, "kind": kind, "action": action, "on": on, **more})

    def act(self, action: str, on: date | None, **more: Any) -> ProviderEvent:
        fields = {"agency": "Agency A", "scope": "Institutional Accreditation", "sequence": 1}
        return self.event(EventKind.ACCREDITOR_ACTION, action, on, **{**fields, **more})

    def accreditation(self, ended_on: date | None = None, **more: Any) -> Accreditation:
        origin = self.origin()
        fields: dict[str, Any] = {"id": f"accreditation:{self._row}", "provider_id": "ipeds:900001"}
        fields |= {"agency": "Agency A", "scope": "Institutional Accreditation", "status": "Accredited"}
        return Accreditation(**{**fields, "ended_on": ended_on, "provenance": origin, **more})

    def of_school(self, *events: ProviderEvent, **more: Any) -> Case:
        provider = more.pop("provider", None) or self.provider()
        fields = {"level": "provider", "subject_id": provider.id, "provider": provider, "school": provider}
        return Case(**{**fields, "events": events, **more})

    def of_program(self, *measures: Measure, **more: Any) -> Case:
        program = more.pop("program", None) or self.program()
        provider = more.pop("provider", None) or self.provider("nj_providers:1")
        fields = {"level": "program", "subject_id": program.id, "program": program, "provider": provider}
        return Case(**{**fields, "school": provider, "cip": program.cip, "measures": measures, **more})

    def of_field(self, *measures: Measure, **more: Any) -> Case:
        provider = more.pop("provider", None) or self.provider("nj_providers:1")
        fields = {"level": "provider_cip", "subject_id": f"{provider.id}|48.0508", "provider": provider}
        return Case(**{**fields, "school": provider, "cip": "48.0508", "measures": measures, **more})


@pytest.fixture
def make() -> Make:
    return Make()


@pytest.fixture
def judge() -> Any:
    """Ask a rule about a case; every finding must be a valid record with a receipt of rows."""

    def judging(rule: str, case: Case, on: date = ON) -> list[Finding]:
        module = importlib.import_module(f"ingestion.quality.{rule}")
        found = list(module.check(case, on))
        for each in found:
            assert Finding.model_validate(each.model_dump()) == each
            assert (each.rule, each.subject_id, each.subject_kind) == (rule, case.subject_id, case.level)
            assert each.provenance.file is not None
            assert each.provenance.row is not None
        assert len({each.id for each in found}) == len(found)
        return found

    return judging


@pytest.fixture
def verdicts(judge: Any) -> Any:
    """Return verdict and reason of each finding, as text."""

    def asking(rule: str, case: Case, on: date = ON) -> list[tuple[str, str]]:
        return sorted((each.verdict.value, each.reason) for each in judge(rule, case, on))

    return asking


@pytest.fixture
def one(judge: Any) -> Any:
    """Return the only finding."""

    def asking(rule: str, case: Case, on: date = ON) -> Finding:
        (found,) = judge(rule, case, on)
        return found

    return asking


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Parametrise `hit` and `left_alone` with the tables that each test file of a rule declares."""
    for argument, table in (("hit", "HITS"), ("left_alone", "LEFT_ALONE")):
        if argument in metafunc.fixturenames:
            cases: Iterable[str] = getattr(metafunc.module, table)
            metafunc.parametrize(argument, list(cases))
