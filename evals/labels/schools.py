"""The publishers' raw files that provider checks are judged by, read by code of our own."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

Row = dict[str, str]


def read(raw: Path, name: str) -> list[Row]:
    """Return the rows of a raw file."""
    path = raw / name
    opener: Callable[..., Any] = gzip.open if name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8-sig", newline="", errors="replace") as handle:
        return list(csv.DictReader(handle))


def plain(name: str) -> str:
    """Return a name for comparing: letters and digits only."""
    return re.sub(r"[^a-z0-9]+", " ", name.lower().replace("&", " and ")).strip()


def opeid(text: str) -> str:
    """Return the eight digits of an OPEID; empty when there are none."""
    digits = re.sub(r"\D", "", text)
    return digits.zfill(8) if digits.strip("0") else ""


class Files:
    """The raw files that cases are drawn from, with what they say of a school by its numbers and names."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw
        self.directory = read(raw, "federal/ipeds_hd.csv.gz")
        self.now = read(raw, "federal/ipeds_2023_institutions.csv.gz")
        self.monitored = read(raw, "federal/hcm.csv")
        self.acts = read(raw, "federal/dapip_accreditation_actions.csv.gz")
        self.campuses = {row["DapipId"]: row for row in read(raw, "federal/dapip_institute_campuses.csv.gz")}
        self.granted = read(raw, "federal/dapip_accreditation_records.csv.gz")
        self.flags = read(raw, "federal/va_caution_flag.csv")
        self.settlements = read(raw, "federal/va_settlement.csv")
        self.closures = read(raw, "federal/va_school_closure.csv")
        self.crosswalk = {row["facility code"]: row for row in read(raw, "federal/va_facility_crosswalk.csv.gz")}
        self.by_unitid = {row["unitid"]: row for row in self.directory}
        self.state_names = Counter((plain(r["instnm"]), r["stabbr"]) for r in self.directory)

        self.states: dict[str, set[str]] = defaultdict(set)
        for row in self.directory:
            self.states[plain(row["instnm"])].add(row["stabbr"])
        wholes = [row for row in self.campuses.values() if not row["ParentDapipId"].strip("- ")]
        self.others = (
            Counter((plain(r["INSTITUTION"]), r["STATE"]) for r in self.now),
            Counter((plain(r["LocationName"]), _state(r["Address"])) for r in wholes),
        )

    def is_plain(self, row: Row) -> bool:
        """Whether a directory row's name is told apart by its state, in every list of names at hand."""
        key = (plain(row["instnm"]), row["stabbr"])
        return self.state_names[key] == 1 and all(names[key] <= 1 for names in self.others)


def _state(address: str) -> str:
    found = re.search(r",? ([A-Z]{2}) \d{5}", address)
    return found[1] if found else ""
