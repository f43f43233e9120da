"""Label cases of the provider check from the publishers' raw files, by code that the product does not share.

    NAVIGATOR_RAW_DATA=<folder> python -m evals.labels.warnings [--check]

writes `evals/cases/warnings.jsonl`, or fails when it is stale. Only schools whose case is beyond doubt become cases:

kind        what the raw files say, and what is expected
monitored   on the monitoring list, its name and OPEID are one school's in IPEDS; for level 2 the Scorecard of 2021
            has to say so too: alert `hcm`
monitored_2 those of level 2
sanctioned  the agency's last act is a warning, probation or show cause, alone on its day, the accreditation not
            ended: alert `accreditor_action`
flagged     VA caution flag or settlement under the name and number of one school: alert `va_caution_flag` or
            `settlement`
suspended   suspended in both copies of the New Jersey list, and in no later file: alert `list_status`
restored    each sanction of each location was ended later by the same agency: no alert `accreditor_action`
clean       in IPEDS 2023, and in none of those files, under any number or name: no alert of these rules
namesake    schools of several states share the name, the state is told: the school of that state
ambiguous   schools of several states share the name, nothing is told: no school, but candidates
placement   rate of New Jersey's outcome file, ten people or more and
            Wilson's interval against 70 %: `below`, `meets`, `cannot_tell`
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from evals.labels.derive import raw_folder
from evals.labels.schools import Files, Row, opeid, plain, read

SEED = 6
HOW_MANY = {
    "monitored": 40,
    "monitored_2": 10,
    "sanctioned": 30,
    "flagged": 20,
    "suspended": 15,
    "restored": 25,
    "clean": 80,
    "namesake": 25,
    "ambiguous": 15,
    "placement": 60,
}
ALERTS = ("hcm", "accreditor_action", "va_caution_flag", "settlement", "closed_or_closing")
SANCTIONS = frozenset(
    {
        "Probation or Equivalent or a More Severe Status: Probation",
        "Probation or Equivalent or a More Severe Status: Show Cause",
        "Probation or Equivalent or a More Severe Status: Warning",
    }
)
ENDINGS = frozenset(
    {
        "Accreditation Reaffirmed: Probation Removed",
        "Accreditation Reaffirmed:  Warning Removed",
        "Removal of Show Cause Status",
    }
)
TROUBLE = re.compile(
    r"Probation|Warning|Show Cause|Loss|Deni|Deny|Monitoring|Closed|Withdraw|Heightened|no longer", re.I
)
LEVEL_1 = "HCM - Cash Monitoring 1"
BAR = 0.70
TINY = 10
"""A rate over fewer people says nothing."""
Z = 1.959963984540054
SUPPRESSED = -99999.0
Case = dict[str, Any]


def monitored(found: Files) -> Iterator[Case]:
    """Yield schools on the monitoring list."""
    later = read(found.raw, "federal/scorecard_institution_api_202104.csv.gz")
    still = {row["unitid"] for row in later if row["hcm2"] == "1"}
    by_opeid = {opeid(row["opeid"]): row for row in found.directory if opeid(row["opeid"]).endswith("00")}
    for row in found.monitored:
        school = by_opeid.get(opeid(row["ope id"]))
        is_named = school and plain(school["instnm"]) == plain(row["institution name"]) and found.is_plain(school)
        if school and is_named and (row["stop pay/monitor method"] == LEVEL_1 or school["unitid"] in still):
            inquiry = {"name": school["instnm"], "state": school["stabbr"]}
            yield _case("monitored", inquiry, school, alerts=["hcm"], why=f"{row['stop pay/monitor method']}")


def monitored_2(found: Files) -> Iterator[Case]:
    """Yield the few schools on the list's second level that the Scorecard confirms."""
    yield from ({**case, "kind": "monitored_2"} for case in monitored(found) if case["why"] != LEVEL_1)


def sanctioned(found: Files) -> Iterator[Case]:
    """Yield institutions whose agency's last act is a sanction."""
    ended = {_key(row) for row in found.granted if row["AccreditationEndDate"].strip()}
    open_ = {_key(row) for row in found.granted} - ended
    for key, acts in sorted(_groups(found.acts).items()):
        last = acts[-1]
        is_alone = sum(_day(act) == _day(last) for act in acts) == 1
        is_open = not last["EndDate"].strip() and key in open_ and _day(last) >= (2015, 1, 1)
        campus = found.campuses.get(key[0])
        if last["ActionDescription"] in SANCTIONS and is_alone and is_open and campus:
            school = _school_of(found, campus)
            if school:
                why = f"{last['AgencyName']}: {last['ActionDescription']}, {last['ActionDate']}"
                yield _case("sanctioned", {"unitid": school["unitid"]}, school, alerts=["accreditor_action"], why=why)


def restored(found: Files) -> Iterator[Case]:
    """Yield institutions all of whose sanctions were ended."""
    groups = _groups(found.acts)
    troubled: dict[str, list[list[Row]]] = defaultdict(list)
    for key, acts in groups.items():
        if any(TROUBLE.search(act["ActionDescription"]) for act in acts):
            campus = found.campuses.get(key[0])
            if campus:
                troubled[_family(campus)].append(acts)
    for campus in found.campuses.values():
        sets = troubled.get(_family(campus), [])
        school = _school_of(found, campus) if sets else None
        if school and all(_is_ended(acts) for acts in sets):
            why = "; ".join(f"{a['ActionDescription']} {a['ActionDate']}" for a in sets[0][-2:])
            yield _case("restored", {"unitid": school["unitid"]}, school, silent=["accreditor_action"], why=why)


def flagged(found: Files) -> Iterator[Case]:
    """Yield schools with a VA flag or settlement under their own number and name."""
    named = [(row["unitid"], row["instnm"], row["settlement_description"]) for row in found.settlements]
    for row in found.flags:
        link = found.crosswalk.get(row["id"])
        if link and plain(link["institution name"]) == plain(row["instnm"]):
            named.append((link["ipeds"], row["instnm"], row["settlement title"]))
    for unitid, name, why in named:
        school = found.by_unitid.get(unitid)
        if school and plain(school["instnm"]) == plain(name):
            yield _case("flagged", {"unitid": unitid}, school, any_of=["va_caution_flag", "settlement"], why=why)


def suspended(found: Files) -> Iterator[Case]:
    """Yield New Jersey providers that both copies of the list call suspended, and that no program is listed for."""
    before = {row["PROVIDERID"]: row for row in read(found.raw, "nj/nj_providers_20191118.csv.gz")}
    listed = {row["providerid"] for row in read(found.raw, "nj/nj_etpl_programs_with_outcomes.csv.gz")}
    for row in read(found.raw, "nj/nj_providers_20200811.csv.gz"):
        key = row["PROVIDERID"]
        was = before.get(key)
        if row["STATUSNAME"] == "Suspend" and was and was["STATUSNAME"] == "Suspend" and key not in listed:
            yield {
                "kind": "suspended",
                "inquiry": {"nj_providerid": key},
                "alerts": ["list_status"],
                "ids": {"nj_providerid": key},
                "why": f"{row['NAME']}: Suspend in 2019 and 2020",
            }


def clean(found: Files) -> Iterator[Case]:
    """Yield schools that are in none of the files of trouble."""
    numbers = {opeid(row["ope id"])[:6] for row in found.monitored}
    unitids = {row["unitid"] for row in found.settlements}
    names = {plain(row["instnm"]) for row in [*found.flags, *found.settlements]}
    names |= {plain(row["institution name"]) for row in [*found.closures, *found.monitored]}
    for row in found.flags:
        unitids.add(found.crosswalk.get(row["id"], {}).get("ipeds", ""))
    for act in found.acts:
        campus = found.campuses.get(act["DapipId"])
        if campus and TROUBLE.search(act["ActionDescription"]):
            numbers.add(_family(campus))
            names |= {plain(campus["LocationName"]), plain(campus["ParentName"])}
            unitids |= set(re.findall(r"\d{6}", campus["IpedsUnitIds"]))
    for row in found.now:
        school = found.by_unitid.get(row["UnitID"])
        number = opeid(row["OPEID"])[:6]
        if not school or not number or number in numbers or row["UnitID"] in unitids:
            continue
        if plain(row["INSTITUTION"]) in names or plain(school["instnm"]) in names:
            continue
        if plain(row["INSTITUTION"]) == plain(school["instnm"]) and found.is_plain(school):
            yield _case("clean", {"name": row["INSTITUTION"], "state": row["STATE"]}, school, silent=list(ALERTS))


def namesake(found: Files) -> Iterator[Case]:
    """Yield schools that share their name with one of another state, asked for with their state."""
    for school in found.directory:
        if len(found.states[plain(school["instnm"])]) > 1 and found.is_plain(school):
            yield _case("namesake", {"name": school["instnm"], "state": school["stabbr"]}, school)


def ambiguous(found: Files) -> Iterator[Case]:
    """Yield names that schools of several states share, asked for without a state."""
    for name, states in sorted(found.states.items()):
        if len(states) > 1:
            rows = [row for row in found.directory if plain(row["instnm"]) == name]
            why = ", ".join(f"{row['city']} {row['stabbr']}" for row in rows)
            yield {"kind": "ambiguous", "inquiry": {"name": rows[0]["instnm"]}, "why": why}


def placement(found: Files) -> Iterator[Case]:
    """Yield New Jersey programs with the verdict that their published rate allows."""
    outcomes = {
        (r["providerid"], r["cipcode"].zfill(6)): r for r in read(found.raw, "nj/nj_outcomes_by_provider_cip.csv")
    }
    states: dict[str, str] = {}
    for name in ("nj/nj_providers_20191118.csv.gz", "nj/nj_providers_20200811.csv.gz"):
        states |= {row["PROVIDERID"]: row["STATE"].strip() for row in read(found.raw, name)}
    for row in read(found.raw, "nj/nj_etpl_programs_with_outcomes.csv.gz"):
        outcome = outcomes.get((row["providerid"], row["cipcode"].strip().zfill(6)))
        state = row["state"].strip() or states.get(row["providerid"], "")
        if outcome and state:
            verdict, why = _placement(outcome, state)
            cip = row["cipcode"].strip().zfill(6)
            yield {
                "kind": "placement",
                "inquiry": {"program": f"nj_etpl:{row['programid']}"},
                "placement": verdict,
                "field": f"{cip[:2]}.{cip[2:]}",
                "why": why,
            }


def _placement(outcome: Row, state: str) -> tuple[str, str]:
    rate, n, used = (float(outcome[c] or SUPPRESSED) for c in ("PerEmployed2", "NumCompleted2", "NumUsedWageCalc2"))
    told = f"rate {rate}, {n:.0f} finished, {used:.0f} with wages, {state}"
    if rate == SUPPRESSED or state != "NJ" or (rate == 0 and used == 0) or n < TINY:
        return "cannot_tell", told
    middle, half = (
        (rate + Z * Z / (2 * n)) / (1 + Z * Z / n),
        Z * math.sqrt(rate * (1 - rate) / n + Z * Z / (4 * n * n)),
    )
    low, high = middle - half / (1 + Z * Z / n), middle + half / (1 + Z * Z / n)
    return ("below" if high < BAR else "meets" if low > BAR else "cannot_tell"), f"{told}; {low:.3f} to {high:.3f}"


def _case(kind: str, inquiry: Case, school: Row, **rest: Any) -> Case:
    return {"kind": kind, "inquiry": inquiry, "ids": {"unitid": school["unitid"]}, **rest}


def _key(row: Row) -> tuple[str, str, str]:
    return row["DapipId"], row["AgencyId"], row["ProgramId"]


def _day(act: Row) -> tuple[int, int, int]:
    found = re.match(r"(\d+)/(\d+)/(\d{4})", act["ActionDate"])
    return (int(found[3]), int(found[1]), int(found[2])) if found else (0, 0, 0)


def _groups(acts: Iterable[Row]) -> dict[tuple[str, str, str], list[Row]]:
    groups: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for act in acts:
        groups[_key(act)].append(act)
    return {key: sorted(found, key=_day) for key, found in groups.items()}


def _is_ended(acts: list[Row]) -> bool:
    """Whether these acts are sanctions only, with an ending later than the last of them."""
    trouble = [
        act for act in acts if TROUBLE.search(act["ActionDescription"]) and act["ActionDescription"] not in ENDINGS
    ]
    endings = [act for act in acts if act["ActionDescription"] in ENDINGS]
    if not trouble or not endings or any(act["ActionDescription"] not in SANCTIONS for act in trouble):
        return False
    return _day(endings[-1]) > _day(trouble[-1]) > (0, 0, 0)


def _family(campus: Row) -> str:
    """Return what a campus shares with its siblings: the six digits of its OPEID, else its parent's number."""
    parent = campus["ParentDapipId"].strip("- ")
    return opeid(campus["OpeId"])[:6] or parent or campus["DapipId"]


def _school_of(found: Files, campus: Row) -> Row | None:
    """Return the one directory row of an institution: same UNITID, same name."""
    unitids = re.findall(r"\d{6}", campus["IpedsUnitIds"])
    if campus["LocationType"] != "Institution" or len(unitids) != 1:
        return None
    school = found.by_unitid.get(unitids[0])
    return school if school and plain(school["instnm"]) == plain(campus["LocationName"]) else None


KINDS: tuple[Callable[[Files], Iterator[Case]], ...] = (
    monitored,
    monitored_2,
    sanctioned,
    flagged,
    suspended,
    restored,
    clean,
    namesake,
    ambiguous,
    placement,
)


def cases(raw: Path) -> list[Case]:
    """Return the cases, a fixed sample of each kind."""
    found = Files(raw)
    made = []
    for kind in KINDS:
        unique = {json.dumps(case["inquiry"], sort_keys=True): case for case in kind(found)}
        every = [unique[key] for key in sorted(unique)]
        name = kind.__name__
        drawn = random.Random(f"{SEED} {name}").sample(every, min(HOW_MANY[name], len(every)))  # noqa: S311
        made += [{"id": f"{name}-{place:02}", **case} for place, case in enumerate(drawn, start=1)]
    return made


def main() -> int:
    """Write the cases, or fail when they are stale."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.labels.warnings", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--check", action="store_true", help="write nothing, fail when the cases are stale")
    options = parser.parse_args()
    text = "".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases(raw_folder()))
    path = Path(str(files("evals"))) / "cases" / "warnings.jsonl"
    if options.check:
        is_same = path.read_text(encoding="utf-8") == text
        sys.stdout.write(f"{'as kept' if is_same else 'other than kept'}\n")
        return 0 if is_same else 1
    path.write_text(text, encoding="utf-8")
    sys.stdout.write(f"{text.count(chr(10))} cases\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
