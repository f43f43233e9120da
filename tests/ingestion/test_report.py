"""The report shows rows, verdicts, domains and what corrections changed."""

from __future__ import annotations

import io
from datetime import date

from rich.console import Console

from catalog.manifest import FileReport, Manifest
from ingestion.report import tables


def test_each_table_has_its_rows() -> None:
    file = FileReport(
        file="a.csv",
        source="a",
        sha256="0",
        bytes=1,
        as_of=None,
        rows_read=1234,
        kept=1234,
        merged=0,
        held_back=0,
        field_issues=0,
    )
    manifest = Manifest(
        schema_version=2,
        input_digest="x",
        sources=(),
        files=(file,),
        tables={},
        coverage={
            "rule hcm": {"alert": 7, "cannot_tell": 1},
            "rule settlement": {},
            "eqos program.completion": {"missing": 5000, "reported": 2},
            "corrections": {"harbor-reply": 3},
            "programs": {"all": 9},
        },
        judged_on=date(2026, 8, 7),
    )
    stream = io.StringIO()
    for table in tables(manifest):
        Console(file=stream, width=160).print(table)
    said = stream.getvalue()
    assert "verdicts as on 2026-08-07" in said
    for words in ("1,234", "hcm", "settlement", "program.completion", "5,000", "harbor-reply", "cannot tell"):
        assert words in said
