"""Derive graded relevance labels for learner cases from the publisher's raw files.

Plain Python that reads the New Jersey files itself. It shares no code with the assistant, so that a mistake in
one is not repeated in the other. The only third-party package is `zipcodes` (coordinates and counties of ZIP
codes).

    NAVIGATOR_RAW_DATA=<folder> python evals/labels/derive.py CASES.jsonl            # write labels into the file
    NAVIGATOR_RAW_DATA=<folder> python evals/labels/derive.py CASES.jsonl --check    # fail if they are stale

A case states a topic (CIP codes, title words, ids put in or left out with a reason) and slots. Every slot named
in `hard` is a constraint with three answers per program: True (met for certain), False (broken), None (the
publisher does not say). From these:

    2  right topic and every hard constraint True
    1  right topic, none False, at least one None;  or near topic and every hard constraint True
    0  everything else (left out of `labels`)

With an `order` (cheapest, fastest, best paid, most employed) only the best three keep their 2, ties included; the
other right ones become 1. `judge()` and `broken()` are there for a runner that has to know which constraint a
shown program breaks.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import math
import os
import re
import statistics
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import zipcodes

csv.field_size_limit(10**9)

NEAR_MILES = 15.0
"""'near X' without a distance: from the middle of the town's ZIP codes."""
SLACK_MILES = (0.5, 2.0)
"""This far inside and outside of the radius two sources of coordinates may disagree: unknown, not broken."""
BEST_OF_ORDER = 3
SUPPRESSED = -99999.0
DAMAGED = frozenset({"50532", "50762"})
"""Rows whose quoting swallowed another row."""

# Weeks that each calendar length of the publisher can mean, both ends included. A month is 4.33 weeks; "6 to 12
# months" ends where "13 months" begins.
LENGTH_WEEKS: dict[str, tuple[float, float]] = {
    "1": (0.0, 0.2),
    "2": (0.2, 0.4),
    "3": (0.4, 1.0),
    "4": (2.0, 3.0),
    "5": (4.0, 11.0),
    "6": (12.0, 22.0),
    "7": (26.0, 52.0),
    "8": (56.0, 104.4),
    "9": (156.0, 208.8),
    "10": (208.9, 520.0),
}


def _ids(text: str) -> frozenset[str]:
    return frozenset(text.split())


# How a program is taught, where its own title or description says so. Read by hand: no flag of the publisher holds
# it, and word search mistakes "online store" or "remote sites" for a way of teaching.
READ_ONLINE = _ids("""
    36430 41761 41762 41764 41765 41766 44806 45348 45351 45492 45496 47800 49106 49109 49111 49113 49114 49116 49117
    49125 49126 49127 49128 49129 49386 49390 49532 49608 49729 49732 49872 49876 49957 49959 50003 50473 50595
    50773""")
READ_EITHER = _ids("33642 47874 49241 49253 49255 49739 49753 50390")
"""Offered both ways: the learner chooses."""
READ_MIXED = _ids("34160 38230 42486 43106 44330 45014 45015 45145 47828 49252 49260 50575 50736 51195")
"""Part online, part on site (practice, clinic, meetings)."""
READ_UNDECIDED = _ids("47591 47592 48550 49110 49982 50558")
"""Named online or listed as online, while the text asks for days on site."""


@dataclass(frozen=True)
class Program:
    """What the publisher says of one program, unknown kept as None."""

    id: str
    provider_id: str
    title: str
    text: str
    provider: str
    cip: str
    city: str | None
    state: str | None
    zip: str | None
    counties: frozenset[str]
    place_conflict: bool
    cost_low: float | None
    cost_high: float | None
    hours: float | None
    weeks: tuple[float, float] | None
    evening: bool | None
    distance: bool | None
    taught: str | None
    spanish: bool | None
    childcare: bool | None
    accessible: bool | None
    job_help: bool | None
    bus: bool | None
    train: bool | None
    financial_aid: bool | None
    wioa: bool
    license: bool | None
    certification: bool | None
    degree: str
    prerequisites: str
    employed: tuple[float | None, ...]
    wages: tuple[float | None, ...]
    row: dict[str, str]


def _plain(text: str) -> str:
    """Lower case, without accents, quotes, hyphens and doubled blanks."""
    folded = unicodedata.normalize("NFKD", text)
    folded = "".join(c for c in folded if not unicodedata.combining(c))
    return re.sub(r"[\s\-\"'’.]+", " ", folded.lower()).strip()


def _number(text: str | None) -> float | None:
    try:
        return float((text or "").strip())
    except ValueError:
        return None


def _yes(text: str | None) -> bool | None:
    return {"1": True, "2": False, "t": True, "f": False, "True": True, "False": False}.get((text or "").strip())


def _any(*answers: bool | None) -> bool | None:
    """True when one is True, False when all are False, else None."""
    if True in answers:
        return True
    return False if all(a is False for a in answers) else None


def _route(*cells: str | None) -> bool | None:
    """True when a route is named, False when the cells only say that there is none, None when they are blank."""
    told = [_plain(c or "") for c in cells if (c or "").strip()]
    if not told:
        return None
    none = re.compile(r"^(none( available)?|no|n/?a|not available|0)$")
    return not all(none.match(t) for t in told)


def _cost(row: dict[str, str]) -> tuple[float | None, float | None]:
    """Lowest and highest total cost that the row supports; a total in the millions is a slip, so unknown."""
    total = _number(row["totalcost"])
    if total is None or total > 1_000_000:
        return None, None
    parts = sum(
        _number(row[c]) or 0.0 for c in ("tuition", "fees", "booksmaterialscost", "suppliestoolscost", "othercosts")
    )
    return (min(total, parts), max(total, parts)) if abs(total - parts) > 1 else (total, total)


def _hours(row: dict[str, str]) -> float | None:
    hours = _number(row["totalclockhours"])
    return None if hours is None or hours in (0, 9999) else hours


def _outcome(row: dict[str, str], column: str) -> float | None:
    value = _number(row[column])
    return None if value is None or value == SUPPRESSED else value


@cache
def _zip_row(code: str) -> dict[str, Any] | None:
    found = zipcodes.matching(code) if re.fullmatch(r"\d{5}", code) else []
    return found[0] if found else None


@cache
def place_of_zip(code: str) -> tuple[float, float] | None:
    """Return the coordinates of a ZIP code."""
    row = _zip_row(code)
    return (float(row["lat"]), float(row["long"])) if row else None


@cache
def middle_of_town(name: str, state: str) -> tuple[float, float] | None:
    """Mean of the coordinates of the town's ZIP codes (its own ones, else those that accept its name)."""
    wanted = _plain(name)
    rows = [r for r in zipcodes.filter_by(state=state) if _plain(r["city"]) == wanted]
    standard = [r for r in rows if r["zip_code_type"] == "STANDARD"] or rows
    if not standard:
        standard = [r for r in zipcodes.filter_by(state=state) if wanted in {_plain(c) for c in r["acceptable_cities"]}]
    if not standard:
        return None
    return (
        statistics.fmean(float(r["lat"]) for r in standard),
        statistics.fmean(float(r["long"]) for r in standard),
    )


def miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance."""
    la, lo, lb, lp = (math.radians(v) for v in (*a, *b))
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return 2 * 3958.8 * math.asin(math.sqrt(h))


ONLINE_TITLE = re.compile(r"\bon[- ]?line\b|\bvirtual\b|\bself-paced\b", re.I)
HYBRID_TITLE = re.compile(r"\bhybrid\b|\bblended\b", re.I)
UNDECIDED_TEXT = re.compile(r"residential, blended learning or online|practice remotely if they choose", re.I)


def _way_of_teaching(row: dict[str, str], title: str, online_ids: set[str]) -> str | None:
    """online, either, hybrid or None (not said of the program itself)."""
    code = row["programid"]
    if code in READ_EITHER:
        return "either"
    if code in READ_UNDECIDED:
        return "undecided"
    if code in READ_MIXED or row["mention_hybrid"] == "True" or HYBRID_TITLE.search(title):
        return "hybrid"
    if code in READ_ONLINE or code in online_ids or row["mention_remote"] == "True" or ONLINE_TITLE.search(title):
        return "online"
    return "undecided" if UNDECIDED_TEXT.search(row["description"] + row["featuresdescription"]) else None


def _read(raw: Path, name: str) -> Iterator[dict[str, str]]:
    path = raw / "nj" / name
    opener: Callable[..., Any] = gzip.open if name.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as handle:
        yield from csv.DictReader(handle)


def load(raw: Path) -> dict[str, Program]:
    """All programs of the New Jersey list, with the provider block from the provider tables where it is missing."""
    providers: dict[str, dict[str, str]] = {}
    for name in ("nj_providers_20191118.csv.gz", "nj_providers_20200811.csv.gz"):
        for row in _read(raw, name):
            providers[row["PROVIDERID"]] = {k.lower(): v for k, v in row.items()}
    online_ids = {row["PROGRAMID"] for row in _read(raw, "nj_online_program_ids.csv")}
    programs = {}
    for row in _read(raw, "nj_etpl_programs_with_outcomes.csv.gz"):
        if row["programid"] not in DAMAGED:
            block = row if row["name"].strip() else providers.get(row["providerid"], {})
            programs[row["programid"]] = _program(row, block, online_ids)
    return programs


def _program(row: dict[str, str], block: dict[str, str], online_ids: set[str]) -> Program:
    code = block.get("zip", "").strip()[:5]
    code = code.zfill(5) if code.isdigit() else ""
    zip_row = _zip_row(code) if code else None
    state = block.get("state", "").strip() or None
    published = block.get("county", "").strip()
    counties = {published} if published not in ("", "Select One", "Out of State") else set()
    if zip_row and zip_row["state"] == "NJ":
        counties.add(str(zip_row["county"]).removesuffix(" County"))
    city = block.get("city", "").strip().strip('"') or None
    near_city = middle_of_town(city, state) if city and state else None
    here = place_of_zip(code) if code else None
    title = row["officialname"].strip().strip('"')
    wages = tuple(_outcome(row, f"AvgQuarterlyWage{q}") for q in (2, 4, 8))
    cost_low, cost_high = _cost(row)
    spanish = _yes(block.get("speakspanish"))
    if spanish is False and "spanish" in block.get("languages", "").lower():
        spanish = True
    return Program(
        id=row["programid"],
        provider_id=row["providerid"],
        title=title,
        text=f"{row['description']} {row['featuresdescription']}",
        provider=block.get("name", "").strip().strip('"'),
        cip=row["cipcode"].strip().zfill(6),
        city=city,
        state=state,
        zip=code or None,
        counties=frozenset(counties),
        place_conflict=bool(near_city and here and miles(near_city, here) > 12),
        cost_low=cost_low,
        cost_high=cost_high,
        hours=_hours(row),
        weeks=LENGTH_WEEKS.get(row["calendarlengthid"].strip()),
        evening=_yes(block.get("eveningcourses")),
        distance=_yes(block.get("distancelearning")),
        taught=_way_of_teaching(row, title, online_ids),
        spanish=spanish,
        childcare=_any(_yes(block.get("childcare")), _yes(block.get("assistobtainingchildcare"))),
        accessible=_yes(block.get("accessfordisabled")),
        job_help=_yes(block.get("careerassist")),
        bus=_route(block.get("busroute1"), block.get("busroute2")),
        train=_route(block.get("trnroute1"), block.get("trnroute2")),
        financial_aid=_yes(row["financialaid"]),
        wioa=row["wiaeligible"] == "True",
        license=_yes(row["leadtolicense"]),
        certification=_yes(row["leadtoindustrycredential"]),
        degree=row["degreeawardedname"],
        prerequisites=row["prerequisites"].strip().strip('"'),
        employed=tuple(_outcome(row, f"PerEmployed{q}") for q in (2, 4, 8)),
        wages=wages,
        row=row,
    )


# ---------------------------------------------------------------- constraints: slot value, program -> True/False/None
def _max_cost(limit: float, p: Program) -> bool | None:
    if p.cost_low is None or p.cost_high is None:
        return None
    return True if p.cost_high <= limit else False if p.cost_low > limit else None


def _max_weeks(limit: float, p: Program) -> bool | None:
    if p.weeks is None:
        return None
    return True if p.weeks[1] <= limit else False if p.weeks[0] > limit else None


def _max_hours(limit: float, p: Program) -> bool | None:
    return None if p.hours is None else p.hours <= limit


def _min_hours(limit: float, p: Program) -> bool | None:
    return None if p.hours is None else p.hours >= limit


def _online(p: Program) -> bool | None:
    """Wholly online: said of the program; a provider that teaches at a distance leaves it open."""
    if p.taught in ("online", "either"):
        return True
    if p.taught == "hybrid":
        return False
    return None if p.taught == "undecided" else False if p.distance is False else None


def _in_person(p: Program) -> bool | None:
    if p.taught in ("online", "hybrid"):
        return False
    if p.taught == "either":
        return True
    return True if p.distance is False and p.taught is None else None


def _hybrid(p: Program) -> bool | None:
    if p.taught == "hybrid":
        return True
    if p.taught == "online":
        return False
    return None if p.taught is not None else False if p.distance is False else None


def _delivery(value: str, p: Program) -> bool | None:
    return {"online": _online, "in_person": _in_person, "hybrid": _hybrid}[value](p)


def _not_delivery(value: str, p: Program) -> bool | None:
    if value == "online":
        return True if p.taught == "hybrid" else _in_person(p)
    answer = _delivery(value, p)
    return None if answer is None else not answer


def _city(name: str, p: Program) -> bool | None:
    if p.city is None:
        return None
    here = {_plain(part) for part in re.split(r"[/,]", p.city)}
    if _plain(name) in here:
        return None if p.place_conflict else True
    return False


def _near(point: tuple[float, float] | None, radius: float, p: Program) -> bool | None:
    if point is None:
        raise ValueError("unknown place")
    if p.zip is None or (here := place_of_zip(p.zip)) is None:
        return None
    distance = miles(point, here)
    if p.place_conflict:
        return None
    inner, outer = radius - SLACK_MILES[0], radius + SLACK_MILES[1]
    return True if distance <= inner else None if distance <= outer else False


def _around(value: dict[str, Any], p: Program) -> bool | None:
    name, radius = value["name"], float(value.get("radius_miles", NEAR_MILES))
    middle = place_of_zip(name) if value["kind"] == "zip" else middle_of_town(name, value.get("state", "NJ"))
    return _near(middle, radius, p)


def _county(name: str, p: Program) -> bool | None:
    """Unknown where the publisher's county and the ZIP code's county differ."""
    if not p.counties:
        return None
    return False if name not in p.counties else True if len(p.counties) == 1 else None


def _inside(value: dict[str, Any], p: Program) -> bool | None:
    kind, name, state = value["kind"], value["name"], value.get("state", "NJ")
    if p.state is None:
        return None
    if p.state != state:
        return False
    tests: dict[str, Callable[[], bool | None]] = {
        "state": lambda: p.state == name,
        "county": lambda: _county(name, p),
        "city": lambda: _city(name, p),
        "zip": lambda: None if p.zip is None else p.zip == name,
    }
    return tests[kind]()


def _place(value: dict[str, Any], p: Program) -> bool | None:
    return _around(value, p) if value.get("near") else _inside(value, p)


def _one_of(value: Any, p: Program, test: Callable[[Any, Program], bool | None]) -> bool | None:
    return _any(*(test(v, p) for v in (value if isinstance(value, list) else [value])))


def _transit(value: Any, p: Program) -> bool | None:
    if value == "bus":
        return p.bus
    return p.train if value == "train" else _any(p.bus, p.train)


def _funding(value: str, p: Program) -> bool | None:
    return {"wioa": p.wioa, "financial_aid": p.financial_aid, "pell": p.financial_aid}[value]


def _credential(value: str, p: Program) -> bool | None:
    if value == "license":
        return p.license
    if value == "certification":
        return p.certification
    degree = {"associate_degree": "Associate", "bachelor_degree": "Bachelor", "master_degree": "Master"}[value]
    if not p.degree:
        return None
    return p.degree.startswith(degree)


SCHOOLING = re.compile(
    r"diploma|dipl?oma|\bged\b|g\.e\.d|\bh\.?s\.?d\b|\bhse\b|high ?sch|\bhs\b|h\. ?s\.|\bdegree\b|bachelor|associate|"
    r"baccalaureate|\bb[as]\b|college degree|college credit",
    re.I,
)
COLLEGE_ENTRY = re.compile(r"college|accuplacer|placement|bulletin|enrolled student|transcript|\bgpa\b", re.I)
WAY_ROUND = re.compile(
    r"tabe|\batb\b|ability to benefit|or 18 years|or hs diploma|reading level|grade reading|not needed|preferred|"
    r"for licensing|certification exam|entrance (test|exam)|or pass|approved atb|without a diploma",
    re.I,
)


def _no_diploma(p: Program) -> bool | None:
    """Open to somebody without a high-school diploma or its equivalent?"""
    text = p.prerequisites
    if not text or text == "0":
        return None
    if SCHOOLING.search(text):
        return None if WAY_ROUND.search(text) else False
    return None if COLLEGE_ENTRY.search(text) else True


def _prerequisite_max(value: str, p: Program) -> bool | None:
    if value == "no_diploma":
        return _no_diploma(p)
    raise ValueError(value)


def _min_wage(limit: float, p: Program) -> bool | None:
    """Yearly figure from the publisher's quarterly wages: met when every known quarter reaches it."""
    known = [w * 4 for w in p.wages if w is not None]
    if not known:
        return None
    return True if min(known) >= limit else False if max(known) < limit else None


def _min_employed(limit: float, p: Program) -> bool | None:
    rate = p.employed[0]
    return None if rate is None else rate >= limit


def _flag(attribute: str) -> Callable[[Any, Program], bool | None]:
    def test(value: Any, p: Program) -> bool | None:
        answer: bool | None = getattr(p, attribute)
        return answer if value or answer is None else not answer

    return test


CONSTRAINTS: dict[str, Callable[[Any, Program], bool | None]] = {
    "max_cost_usd": _max_cost,
    "max_weeks": _max_weeks,
    "max_hours": _max_hours,
    "min_hours": _min_hours,
    "evening": _flag("evening"),
    "delivery": _delivery,
    "not_delivery": _not_delivery,
    "place": lambda v, p: _one_of(v, p, _place),
    "not_place": lambda v, p: {True: False, False: True, None: None}[_place(v, p)],
    "spanish": _flag("spanish"),
    "childcare": _flag("childcare"),
    "accessible": _flag("accessible"),
    "job_search_help": _flag("job_help"),
    "transit": _transit,
    "funding": _funding,
    "credential_kind": _credential,
    "prerequisite_max": _prerequisite_max,
    "min_wage_usd_per_year": _min_wage,
    "min_employment_rate": _min_employed,
    "provider": lambda v, p: bool(re.search(rf"\b{re.escape(_plain(v))}\b", _plain(p.provider))),
}

ORDER_KEYS: dict[str, Callable[[Program], float | None]] = {
    "cheapest": lambda p: p.cost_high,
    "fastest": lambda p: p.weeks[0] if p.weeks else None,
    "best_paid": lambda p: -p.wages[0] if p.wages[0] is not None else None,
    "most_employed": lambda p: -p.employed[0] if p.employed[0] is not None else None,
}


# -------------------------------------------------------------------------------------------------- topic and label
def topic_grade(topic: dict[str, Any], p: Program) -> int:
    """2 right topic, 1 near topic, 0 neither. Ids named in the case win over codes and words."""
    ids = topic.get("ids", {})
    if p.id in ids.get("exclude", {}):
        return 0
    if p.id in ids.get("partial", {}):
        return 1
    if p.id in ids.get("include", {}):
        return 2
    if p.cip in topic.get("cip", []):
        return 2
    title = _plain(p.title)
    if any(re.search(rf"(?<!\w){re.escape(_plain(k))}(?!\w)", title) for k in topic.get("keywords", [])):
        return 2
    return 1 if p.cip in topic.get("cip_partial", []) else 0


def judge(case: dict[str, Any], p: Program) -> dict[str, bool | None]:
    """The answer of every hard constraint of the case for one program."""
    return {name: CONSTRAINTS[name](case["slots"][name], p) for name in case.get("hard", [])}


def broken(case: dict[str, Any], p: Program) -> list[str]:
    """Hard constraints that showing this program would break."""
    return [name for name, answer in judge(case, p).items() if answer is False]


def grade(case: dict[str, Any], p: Program) -> int:
    """2, 1 or 0 before any order is applied."""
    topic = topic_grade(case["topic"], p)
    answers = judge(case, p).values() if topic else ()
    if not topic or False in answers:
        return 0
    if topic == 2:
        return 1 if None in answers else 2
    return 0 if None in answers else 1


def labels(case: dict[str, Any], programs: dict[str, Program]) -> dict[str, int]:
    """Grades above 0 by record id, best first."""
    if "topic" not in case or not case["topic"]:
        return {}
    grades = {p.id: g for p in programs.values() if (g := grade(case, p))}
    order = case["slots"].get("order")
    if order:
        key = ORDER_KEYS[order]
        right = sorted(k for pid, g in grades.items() if g == 2 and (k := key(programs[pid])) is not None)
        bar = right[min(BEST_OF_ORDER, len(right)) - 1] if right else None
        for pid, g in grades.items():
            value = key(programs[pid])
            if g == 2 and (value is None or bar is None or value > bar):
                grades[pid] = 1
    return {f"nj_etpl:{pid}": g for pid, g in sorted(grades.items(), key=lambda item: (-item[1], int(item[0])))}


def siblings(found: dict[str, int], programs: dict[str, Program]) -> list[list[str]]:
    """Relevant programs of one provider under one title: a runner may count a group as one answer."""
    groups: dict[tuple[str, str], list[str]] = {}
    for key in found:
        p = programs[key.split(":")[1]]
        groups.setdefault((p.provider_id, _plain(p.title)), []).append(key)
    return [g for g in groups.values() if len(g) > 1]


def expected(case: dict[str, Any], programs: dict[str, Program], found: dict[str, int]) -> dict[str, Any]:
    """Figures that an answer to a count question must give."""
    if case.get("ask_columns"):
        return {"facts": {k: {c: programs[k.split(":")[1]].row[c] for c in case["ask_columns"]} for k in found}}
    if case["kind"] != "count":
        return dict(case.get("expected", {}))
    right = [p for p in programs.values() if topic_grade(case["topic"], p) == 2]
    answers = {p.id: list(judge(case, p).values()) for p in right}
    certain = [p for p in right if all(a is True for a in answers[p.id])]
    open_ = [p for p in right if False not in answers[p.id] and None in answers[p.id]]
    near = [p for p in programs.values() if topic_grade(case["topic"], p) == 1]
    near = [p for p in near if all(a is True for a in judge(case, p).values())]
    out: dict[str, Any] = {
        "count": len(certain),
        "count_unknown": len(open_),
        "count_with_near": len(certain) + len(near),
    }
    costs = sorted(p.cost_high for p in certain if p.cost_high is not None)
    if "cost" in case["slots"].get("ask", "") and costs:
        out |= {"cost_n": len(costs), "cost_median": statistics.median(costs), "cost_range": [costs[0], costs[-1]]}
    return out


def derive(case: dict[str, Any], programs: dict[str, Program]) -> dict[str, Any]:
    """The case with its labels, its groups of siblings and its figures made anew."""
    named = (case.get("topic") or {}).get("ids", {})
    if unknown := [i for group in named.values() for i in group if i not in programs]:
        sys.exit(f"{case['id']}: no program {', '.join(unknown)}")
    if unknown := [name for name in case["hard"] if name not in case["slots"] or name not in CONSTRAINTS]:
        sys.exit(f"{case['id']}: no constraint {', '.join(unknown)}")
    found = labels(case, programs)
    fresh = {k: v for k, v in case.items() if k not in ("labels", "siblings", "expected")}
    fresh["labels"] = found
    if groups := siblings(found, programs):
        fresh["siblings"] = groups
    if figures := expected(case, programs, found):
        fresh["expected"] = figures
    return fresh


def raw_folder() -> Path:
    """The folder that the environment names."""
    folder = os.environ.get("NAVIGATOR_RAW_DATA")
    if not folder:
        sys.exit("set NAVIGATOR_RAW_DATA to the folder that holds the publishers' files (with nj/ in it)")
    return Path(folder)


def main() -> int:
    """Write or check the labels of case files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a label is stale")
    options = parser.parse_args()
    programs = load(raw_folder())
    stale = 0
    for path in options.cases:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        fresh = [derive(case, programs) for case in lines]
        for old, new in zip(lines, fresh, strict=True):
            if any(old.get(k) != new.get(k) for k in ("labels", "siblings", "expected")):
                stale += 1
                sys.stdout.write(f"{'stale' if options.check else 'set'}: {new['id']}\n")
        if not options.check:
            path.write_text("".join(json.dumps(c, ensure_ascii=False) + "\n" for c in fresh), encoding="utf-8")
    sys.stdout.write(f"{stale} case(s) {'stale' if options.check else 'updated'}\n")
    return 1 if options.check and stale else 0


if __name__ == "__main__":
    raise SystemExit(main())
