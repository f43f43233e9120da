"""The publisher's facts that hard constraints are judged by, kept so that no raw file is needed.

`evals/labels/nj_facts.jsonl.gz` has one line per program of the New Jersey file: the fields of `derive.Program`
without its texts. With the raw files the table is made again, or checked:

    NAVIGATOR_RAW_DATA=<folder> python -m evals.labels.facts [--check]
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from evals.labels.derive import Program, load, raw_folder
from evals.labels.derive import broken as broken_constraints

LEFT_OUT = ("text", "row")
"""Long texts and the raw row; no constraint reads them."""


def table() -> Path:
    """Return where the table is kept."""
    return Path(str(files("evals"))) / "labels" / "nj_facts.jsonl.gz"


@cache
def facts() -> dict[str, Program]:
    """Return every labelled program by record id (`nj_etpl:<programid>`)."""
    lines = gzip.decompress(table().read_bytes()).decode().splitlines()
    return {f"nj_etpl:{program.id}": program for program in map(_read, lines)}


def broken(case: dict[str, Any], key: str, records: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return the hard constraints that a shown program breaks for certain.

    A program of another list than the labelled one is judged by what the snapshot says of its cost and place.
    """
    return broken_constraints(case, facts().get(key) or _of_another_list(records[key]))


def _of_another_list(record: Mapping[str, Any]) -> Program:
    unknown: dict[str, Any] = dict.fromkeys(Program.__dataclass_fields__)
    cost, county = record["cost_total_usd"], record["place_county"]
    told: dict[str, Any] = {
        "id": record["id"],
        "title": record["name"],
        "provider": record["provider_name"] or "",
        "cip": record["cip"] or "",
        "city": record["place_city"],
        "state": record["place_state"],
        "zip": record["place_zip"],
        "counties": frozenset([county] if county else []),
        "place_conflict": False,
        "cost_low": cost,
        "cost_high": cost,
        "prerequisites": "",
        "degree": "",
        "employed": (None,),
        "wages": (None,),
        "wioa": None,
    }
    return Program(**unknown | told)


def written(programs: dict[str, Program]) -> bytes:
    """Return the table of programs; the same programs give the same bytes."""
    lines = [json.dumps(_kept(programs[key]), ensure_ascii=False, sort_keys=True) for key in sorted(programs)]
    return gzip.compress(("\n".join(lines) + "\n").encode(), mtime=0)


def _kept(program: Program) -> dict[str, Any]:
    fields = {name: value for name, value in vars(program).items() if name not in LEFT_OUT}
    return fields | {"counties": sorted(program.counties)}


def _read(line: str) -> Program:
    fields = json.loads(line)
    for name in ("weeks", "employed", "wages"):
        fields[name] = None if fields[name] is None else tuple(fields[name])
    return Program(**fields | {"counties": frozenset(fields["counties"]), "text": "", "row": {}})


def main() -> int:
    """Write the table, or fail when it is stale."""
    parser = argparse.ArgumentParser(prog="python -m evals.labels.facts", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail when the table is stale")
    options = parser.parse_args()
    fresh = load(raw_folder())
    if options.check:
        is_same = gzip.decompress(written(fresh)) == gzip.decompress(table().read_bytes())
        sys.stdout.write(f"{len(fresh)} programs, {'as kept' if is_same else 'other than kept'}\n")
        return 0 if is_same else 1
    table().write_bytes(written(fresh))
    sys.stdout.write(f"{len(fresh)} programs\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
