"""Judging a whole snapshot: evidence meets its school, order is kept, and nothing depends on the clock."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from catalog.errors import SourceError
from catalog.records import (
    Cost,
    EventKind,
    Finding,
    Grid,
    Known,
    ListStatus,
    Measure,
    Place,
    Program,
    Provenance,
    Provider,
    ProviderEvent,
    ProviderIds,
    Record,
    Rule,
    Unit,
    Verdict,
)
from catalog.tables import SORT_KEYS, TABLES, from_row
from catalog.writer import SnapshotWriter
from ingestion.context import IssueLog
from ingestion.judging import Judged, judge
from ingestion.rulebook import all_rules

ON = date(2026, 8, 7)


def origin(source: str, row: int = 1, as_of: str | None = "2020-11") -> Provenance:
    file = f"{source}.csv"
    return Provenance(source=source, record_id=str(row), as_of=as_of, file=file, row=row, cells=(f"cell={row}",))


def provider(key: str, name: str = "Harbor School", entity: str | None = None, **more: Any) -> Provider:
    fields: dict[str, Any] = {"id": key, "name": name, "entity_id": entity or key}
    fields |= {"place": Place(city="Newark", state="NJ"), "provenance": origin(key.partition(":")[0])}
    return Provider(**{**fields, **more})


def event(key: str, of: str, kind: EventKind, action: str, **more: Any) -> ProviderEvent:
    fields = {"provenance": origin(more.pop("source", "toy"))}
    return ProviderEvent(id=key, provider_id=of, kind=kind, action=action, **{**fields, **more})


def measure(subject: str, name: str, value: float | None, n: int | None = 60, **more: Any) -> Measure:
    kind = "provider_cip" if "|" in subject else "program"
    fields: dict[str, Any] = {"subject_kind": kind, "subject_id": subject, "unit": Unit.FRACTION, "n": n}
    fields |= {"name": name, "value": value, "definition": "wioa", "provenance": origin("toy", as_of="2025")}
    return Measure(**{**fields, **more})


def program(key: str, state: str = "NJ", **more: Any) -> Program:
    fields: dict[str, Any] = {"id": key, "name": "Welding", "provider_id": "nj_providers:1", "cip": "48.0508"}
    fields |= {"cost": Cost(total_usd=100), "place": Place(state=state), "provenance": origin("nj_etpl", 7, "2022-09")}
    return Program(**{**fields, **more})


SCHOOL = [
    provider("ipeds:1", ids=ProviderIds(opeid="00999900"), title_iv=True),
    provider("dapip:1", entity="ipeds:1"),
    provider("va:1", "HARBOR SCHOOL-CAMDEN", parent_id="ipeds:1"),
    provider("fsa_hcm:1", entity="ipeds:1", ids=ProviderIds(opeid="00999900")),
    provider("nj_providers:1", entity="ipeds:1", list_status=ListStatus.SUSPENDED, list_status_as_of="2020-08-11"),
    provider("nj_providers:2", entity="ipeds:1", list_status=ListStatus.APPROVED, list_status_as_of="2020-08-11"),
]
PROBATION = "Probation or Equivalent or a More Severe Status: Probation"


@pytest.fixture
def court(tmp_path: Path) -> Callable[..., Any]:
    """Write records as a snapshot, judge it, and return findings, grids, issues and what judging said."""

    def judging(records: Iterable[Record], on: date = ON, **more: Any) -> Any:
        folder = tmp_path / f"snapshot{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        writer = SnapshotWriter(folder)
        writer.add_all(records)
        writer.finish()
        stream = io.StringIO()
        judged = judge(folder, on, IssueLog(stream), **more)
        issues = [json.loads(line) for line in stream.getvalue().splitlines()]
        return Outcome(folder, judged, issues)

    return judging


class Outcome:
    """What judging one snapshot gave."""

    def __init__(self, folder: Path, judged: Judged, issues: list[dict[str, Any]]) -> None:
        self.folder, self.judged, self.issues = folder, judged, issues
        self.findings: list[Finding] = self._table("findings")
        self.grids: dict[str, Grid] = {grid.subject_id: grid for grid in self._table("grids")}

    def _table(self, name: str) -> list[Any]:
        return [from_row(TABLES[name], row) for row in pq.read_table(self.folder / f"{name}.parquet").to_pylist()]

    def of(self, rule: str) -> dict[str, tuple[str, str]]:
        return {f.subject_id: (f.verdict.value, f.reason) for f in self.findings if f.rule == rule}


def test_acts_about_any_record_of_a_school_are_the_school_s(court: Any) -> None:
    acts = [
        event("a", "dapip:1", EventKind.ACCREDITOR_ACTION, PROBATION, agency="A", on=date(2020, 1, 1)),
        event("b", "fsa_hcm:1", EventKind.CASH_MONITORING, "HCM - Cash Monitoring 1", source="fsa_hcm"),
    ]
    found = court([*SCHOOL, *acts])
    assert found.of("accreditor_action") == {"ipeds:1": ("alert", "probation")}
    assert found.of("hcm") == {"ipeds:1": ("alert", "level_1")}
    assert {f.provider_id for f in found.findings if f.rule in ("hcm", "accreditor_action")} == {"dapip:1", "fsa_hcm:1"}


def test_what_is_said_of_a_part_is_not_said_of_the_school(court: Any) -> None:
    found = court([*SCHOOL, event("a", "va:1", EventKind.CLOSURE, "School closing", on=date(2020, 1, 1))])
    assert found.of("closed_or_closing") == {"va:1": ("alert", "closed")}


def test_each_state_record_has_its_own_status(court: Any) -> None:
    assert court(SCHOOL).of("list_status") == {
        "nj_providers:1": ("alert", "suspended"),
        "nj_providers:2": ("cannot_tell", "approved_without_expiry_date"),
    }


def test_an_act_under_another_school_s_name_raises_no_flag_but_an_issue(court: Any) -> None:
    rows = [
        event(key, "ipeds:1", EventKind.CAUTION_FLAG, "FTC filed suit", subject_name=name, on=date(2020, 1, day))
        for key, name, day in (("a", "PALO ALTO COLLEGE", 1), ("b", "PALO ALTO COLLEGE", 2), ("c", "HARBOR SCHOOL", 3))
    ]
    found = court([*SCHOOL, *rows])
    flags = [f for f in found.findings if f.rule == "va_caution_flag"]
    assert [f.record_ids for f in flags] == [("c",)]
    (issue,) = found.issues
    assert (issue["kind"], issue["value"]) == ("link", "PALO ALTO COLLEGE")
    assert "no flag is raised" in issue["reason"]


def test_an_act_about_nobody_raises_nothing(court: Any) -> None:
    stray = event("a", "va:999", EventKind.CAUTION_FLAG, "FTC filed suit", subject_name="X")
    found = court([*SCHOOL, stray])
    assert not found.of("va_caution_flag")
    assert "which nobody has" in found.issues[0]["reason"]


def test_one_settlement_on_several_schools_is_the_chain_s(court: Any) -> None:
    others = [provider("ipeds:2", "Harbor School-Trenton"), provider("ipeds:3", "Meadow College")]
    words = {"action": "Settlement reached", "on": date(2016, 1, 1), "kind": EventKind.SETTLEMENT}
    same = {**words, "url": "https://a.example", "source": "va_settlements"}
    rows = [
        event("a", "ipeds:1", subject_name="HARBOR SCHOOL", **same),
        event("b", "ipeds:2", subject_name="HARBOR SCHOOL-TRENTON", **same),
        event("c", "ipeds:3", subject_name="MEADOW COLLEGE", **{**same, "url": "https://b.example"}),
    ]
    reasons = {subject: reason for subject, (_, reason) in court([*SCHOOL, *others, *rows]).of("settlement").items()}
    assert reasons == {"ipeds:1": "settlement_of_chain", "ipeds:2": "settlement_of_chain", "ipeds:3": "settlement"}


@pytest.mark.parametrize(
    ("name", "opeid", "flagged"),
    [
        ("Harbor School-Trenton", "00999901", True),
        ("Meadow College", "00999901", False),
        ("Harbor School-Trenton", "00888801", False),
        ("Harbor School-Trenton", None, False),
    ],
)
def test_monitoring_reaches_a_branch_by_number_and_name(
    court: Any, name: str, opeid: str | None, flagged: bool
) -> None:
    branch = provider("ipeds:2", name, ids=ProviderIds(opeid=opeid))
    listed = event("b", "fsa_hcm:1", EventKind.CASH_MONITORING, "HCM - Cash Monitoring 2")
    listed = listed.model_copy(update={"provenance": origin("fsa_hcm")})
    found = court([*SCHOOL, branch, listed]).of("hcm")
    assert found.pop("ipeds:1") == ("alert", "level_2")
    assert found == ({"ipeds:2": ("alert", "level_2_of_institution")} if flagged else {})


@pytest.mark.parametrize(
    ("number", "member", "opeid", "flagged"),
    [
        ("00888801", "dapip:2", "00999901", True),
        (None, "va:2", "00999901", True),
        ("00888801", "va:2", "00999901", False),
        ("00888801", "dapip:2", "00999900", False),
        ("00888801", "dapip:2", "00777701", False),
    ],
    ids=["older number", "VA's alone", "VA's slip", "the main school's own", "another institution's"],
)
def test_monitoring_reaches_a_branch_by_the_number_of_another_register(
    court: Any, number: str | None, member: str, opeid: str, flagged: bool
) -> None:
    branch = provider("ipeds:2", "Harbor School-Trenton", ids=ProviderIds(opeid=number))
    other = provider(member, "Harbor School-Trenton", ids=ProviderIds(opeid=opeid), entity_id="ipeds:2")
    listed = event("b", "fsa_hcm:1", EventKind.CASH_MONITORING, "HCM - Cash Monitoring 2")
    listed = listed.model_copy(update={"provenance": origin("fsa_hcm")})
    found = court([*SCHOOL, branch, other, listed]).of("hcm")
    assert found.pop("ipeds:1") == ("alert", "level_2")
    assert found == ({"ipeds:2": ("alert", "level_2_of_institution")} if flagged else {})


def test_each_program_meets_its_own_figures_in_any_order_of_states(court: Any) -> None:
    programs = [program("p:b", "AZ"), program("p:a", "WY"), program("p:c", "NJ"), program("p:é", "CA")]
    rates = {"p:a": 0.95, "p:b": 0.2, "p:é": 0.1}
    figures = [measure(key, "employment_rate_q2", rate, 500) for key, rate in rates.items()]
    noise = [measure(key, "credentials_earned", 5.0, unit=Unit.COUNT) for key in ("p:a", "p:c", "p:zzz")]
    found = court([*SCHOOL, *programs, *figures, *noise]).of("placement_q2")
    assert {key: verdict for key, (verdict, _) in found.items()} == {
        "p:a": "meets",
        "p:b": "below",
        "p:c": "cannot_tell",
        "p:é": "below",
    }


def test_an_outcome_of_a_field_is_judged_once_and_not_again_for_each_program(court: Any) -> None:
    subject = "nj_providers:1|48.0508"
    outcome = measure(subject, "employment_rate_q2", 0.2, 500, definition="nj_wage_match")
    found = court([*SCHOOL, program("p:1"), program("p:2"), outcome])
    assert found.of("placement_q2") == {subject: ("below", "whole_interval_below")}
    assert found.grids["p:1"].placement is Known.VERIFIED
    assert found.grids["ipeds:1"].placement is Known.VERIFIED


def test_peers_are_of_the_field_in_the_state(court: Any) -> None:
    programs = [program(f"p:{number}") for number in range(6)] + [program("p:far", "CA")]
    figures = [measure(each.id, "employment_rate_q2", 0.1 * at, 500) for at, each in enumerate(programs)]
    found = {f.subject_id: f.values for f in court([*SCHOOL, *programs, *figures]).findings if f.rule == "placement_q2"}
    assert {"peers=6", "peers_lower=3"} <= set(found["p:3"])
    assert not any(value.startswith("peers") for value in found["p:far"])


def test_grids_tell_reported_verified_and_missing_apart(court: Any) -> None:
    figures = [
        measure("p:1", "completion_rate", 0.8),
        measure("p:1", "employment_rate_q2", None, reported="suppressed"),
        measure("p:1", "median_earnings_q2", 9_000.0, unit=Unit.USD_PER_QUARTER, definition="wioa_median_earnings_q2"),
    ]
    found = court([*SCHOOL, program("p:1"), *figures])
    grid = found.grids["p:1"]
    assert (grid.learning, grid.completion, grid.placement, grid.earnings, grid.satisfaction) == (
        Known.MISSING,
        Known.REPORTED,
        Known.MISSING,
        Known.VERIFIED,
        Known.MISSING,
    )
    assert "completion|completion_rate=0.8|60|toy" in grid.figures
    assert found.grids["ipeds:1"].completion is Known.REPORTED
    assert found.judged.coverage["eqos program.completion"] == {"reported": 1}


def test_rules_lie_in_the_snapshot_and_verdicts_are_counted(court: Any) -> None:
    found = court(SCHOOL)
    rules = found._table("rules")
    assert all(isinstance(rule, Rule) for rule in rules)
    assert {rule.id: rule for rule in rules} == {name: module.rule for name, module in all_rules().items()}
    counted = {
        heading.removeprefix("rule "): counts
        for heading, counts in found.judged.coverage.items()
        if heading.startswith("rule ")
    }
    assert counted.keys() == all_rules().keys()
    assert sum(sum(counts.values()) for counts in counted.values()) == len(found.findings)
    assert counted["list_status"] == {"alert": 1, "cannot_tell": 1}


def test_a_rule_that_is_not_in_force_finds_nothing(court: Any) -> None:
    short = [*SCHOOL, program("p:1", length={"clock_hours": 20})]
    assert court(short).of("workforce_pell") == {"p:1": ("below", "too_short")}
    assert court(short, date(2026, 6, 30)).of("workforce_pell") == {}


def test_judging_again_gives_equal_bytes_in_whatever_order_records_came(court: Any) -> None:
    records = [*SCHOOL, program("p:1"), measure("p:1", "employment_rate_q2", 0.2)]
    one, other = court(records), court(records[::-1])
    assert one.judged == other.judged
    for name in ("rules", "findings", "grids"):
        assert (one.folder / f"{name}.parquet").read_bytes() == (other.folder / f"{name}.parquet").read_bytes()


def test_findings_and_grids_lie_in_the_order_of_their_tables(court: Any) -> None:
    outcome = measure("nj_providers:1|48.0508", "employment_rate_q2", 0.2)
    found = court([*SCHOOL, program("p:2"), program("p:1"), outcome])
    for name in ("findings", "grids"):
        keys = [tuple(row[key] for key in SORT_KEYS[name]) for row in _rows(found.folder, name)]
        assert keys == sorted(keys)
    assert {f.subject_kind for f in found.findings} == {"program", "provider", "provider_cip"}


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(folder / f"{name}.parquet").to_pylist()
    return rows


def test_an_empty_snapshot_is_judged(court: Any) -> None:
    found = court([])
    assert found.findings == []
    assert found.grids == {}


LEDGER = """
- id: harbor-reply
  subject_id: nj_providers:1
  rule: list_status
  text_en: The school says that a form was late.
  text_es: La escuela dice que un formulario llegó tarde.
  source_url: https://harbor.example/reply
  said_on: 2026-01-01
  expires_on: 2027-01-01
"""


def test_a_correction_stands_beside_its_finding_and_removes_nothing(court: Any, tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"
    path.write_text(LEDGER)
    with_, without = court(SCHOOL, ledger=path), court(SCHOOL)
    assert [f.id for f in with_.findings] == [f.id for f in without.findings]
    beside = {f.subject_id: f.correction_en for f in with_.findings if f.rule == "list_status"}
    assert beside == {"nj_providers:1": "The school says that a form was late.", "nj_providers:2": None}
    assert with_.judged.coverage["corrections"] == {"harbor-reply": 1}
    (changed,) = [f for f in with_.findings if f.correction_en]
    assert (changed.verdict, changed.correction_url) == (Verdict.ALERT, "https://harbor.example/reply")


def test_an_expired_correction_stops_the_judging(court: Any, tmp_path: Path) -> None:
    path = tmp_path / "ledger.yaml"
    path.write_text(LEDGER)
    with pytest.raises(SourceError, match="expired before 2027-01-02"):
        court(SCHOOL, date(2027, 1, 2), ledger=path)


@pytest.mark.e2e
@pytest.mark.timeout(900)
def test_the_real_files_are_judged_as_counted(raw_data: Path, tmp_path: Path) -> None:
    """On the publishers' files: what was read by hand stays as it was read."""
    from catalog.home import Home
    from ingestion.run import run
    from ingestion.source import all_sources

    home = Home(tmp_path)
    run(raw_data, home, all_sources())
    snapshot = home.open()
    assert snapshot.manifest.judged_on == ON

    def count(where: str) -> int:
        return int(snapshot.query(f"SELECT count(*) FROM findings WHERE {where}")[0][0])

    assert count("rule = 'placement_q2' AND reason = 'interval_straddles_bar'") >= 400
    outside = "rule = 'placement_q2' AND reason = 'provider_outside_state'"
    assert count(outside) >= 39
    assert count(f"{outside} AND verdict <> 'cannot_tell'") == 0
    assert 400 <= count("rule = 'accreditor_action' AND verdict = 'alert'") <= 1_000
    palo_alto = "rule = 'va_caution_flag' AND list_contains(\"values\", 'named=PALO ALTO COLLEGE')"
    assert snapshot.query(f"SELECT subject_id FROM findings WHERE {palo_alto} AND subject_id = 'ipeds:442222'") == []
    # Records of CTDL are documents, not rows of cells: their receipt is the document.
    bare = "(evidence IS NULL OR len(evidence) = 0) AND provenance_source <> 'ctdl'"
    assert count(bare) == count("reason = 'not_published' AND provenance_source <> 'ctdl'")
    assert count("verdict = 'alert' AND len(evidence) = 0") == 0
    snapshot.close()
