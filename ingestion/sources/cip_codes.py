"""The classification of fields of study (CIP), with definitions, and what the edition before became.

The file's publisher calls it CIP 2020, but its codes are those of CIP 2010: it has `51.0808`, which
CIP 2020 moved, none of the fields that CIP 2020 added, and its `Action` column speaks of changes to
CIP 2000. Its codes are therefore kept as `cip2010`; CIP 2020's own come with the crosswalk.
"""

from __future__ import annotations

import re

from catalog.records import Code, CodeMap
from ingestion import cells
from ingestion.context import Context
from ingestion.occupations import CipEdition
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILE = SourceFile(
    "federal/cip_code_2020.csv.gz",
    as_of="2010",
    rows=(2_000, 3_000),
    ignored=frozenset({"CIPFamily", "TextChange", "CrossReferences", "Examples"}),
)
SYSTEM, EARLIER = "cip2010", "cip2000"
NO_CODE = "99.9999"
GONE = frozenset({"Moved from", "Deleted"})
LEVELS = {2: "family", 5: "series", 7: "program"}
SUCCESSOR = re.compile(r"\d{2}\.\d{2}(?:\d{2})?")


def read(context: Context) -> None:
    """Keep each code; a code of the edition before that moved or was deleted becomes pairs old to new."""
    titles: dict[str, str] = {}
    moved: dict[str, tuple[str, ...]] = {}
    for row in context.rows(FILE):
        raw = row.raw("CIPCode")
        action, definition = row.text("Action"), row.text("CIPDefinition")
        title = (row.text("CIPTitle") or "").removesuffix(".")
        code = _code(raw)
        if code is None or not title:
            row.hold("CIPCode", raw, "no readable code, or no title")
        elif code in titles or code in moved:
            row.hold("CIPCode", raw, "a second row with this code")
        elif action in GONE:
            moved[code] = _successors(code, definition or "")
            _keep_pairs(row, code, moved[code], action)
        else:
            titles[code] = title
            row.keep(_code_record(row, code, title, definition))
    context.shelf.notes["cip_codes"] = CipEdition(titles, {old: new for old, new in moved.items() if new})


def _code(raw: str) -> str | None:
    try:
        return cells.as_cip(raw)
    except cells.CellError:
        return None


def _code_record(row: Row, code: str, title: str, definition: str | None) -> Code:
    return Code(
        system=SYSTEM,
        code=code,
        title=title,
        level=LEVELS[len(code)],
        definition=definition,
        provenance=row.provenance(code),
    )


def _successors(code: str, words: str) -> tuple[str, ...]:
    """Read `Moved from A to B` and `Deleted, Report under A, B`; a plain `Deleted` has none."""
    named = SUCCESSOR.findall(words.rsplit(" to ", maxsplit=1)[-1] if words.startswith("Moved") else words)
    return tuple(dict.fromkeys(new for new in named if new != code))


def _keep_pairs(row: Row, code: str, successors: tuple[str, ...], action: str | None) -> None:
    note = "moved" if action == "Moved from" else "deleted, report under" if successors else "deleted"
    first, *others = (
        CodeMap(
            from_system=EARLIER,
            from_code=code,
            to_system=SYSTEM,
            to_code=new,
            note=note,
            provenance=row.provenance(code),
        )
        for new in successors or (NO_CODE,)
    )
    row.keep(first)
    for pair in others:
        row.also(pair)


SOURCE = Source(
    name="cip_codes",
    title="Classification of Instructional Programs, with definitions",
    publisher="National Center for Education Statistics",
    url="https://nces.ed.gov/ipeds/cipcode/",
    licence="public domain (US government)",
    vintage="CIP 2010, with its changes to CIP 2000 (the file is named 2020)",
    files=(FILE,),
    read=read,
)
