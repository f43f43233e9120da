"""Crosswalks: fields of study to occupations, SOC 2010 to 2018, and the codes of the wage survey.

`99-9999` and `99.9999` are the publisher's "no match". Such a row is kept as a pair from the code
that has no counterpart, with the note `no match`: nothing found is a published fact, not a gap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from catalog.records import Code, CodeMap
from ingestion import cells
from ingestion.context import Context
from ingestion.occupations import CipEdition, Crosswalks
from ingestion.row import Row
from ingestion.source import Source, SourceFile

System = Literal["cip2020", "soc2018", "soc2010", "oews2018", "oews2019"]

CIP_SOC = SourceFile("crosswalks/soc2018_cip2020_crosswalk.csv", as_of="2020", rows=(5_500, 7_000))
SOC_SOC = SourceFile("crosswalks/soc2010_to_2018_crosswalk.csv", as_of="2018", rows=(850, 1_000))
OES = SourceFile(
    "crosswalks/oes_hybrid_crosswalk.csv",
    as_of="2019",
    rows=(800, 1_000),
    ignored=frozenset({"SOCTitle2018", "SOCTitle2010"}),
)

NO_SOC, NO_CIP = "99-9999", "99.9999"
NO_MATCH = "no match"
MARK = re.compile(r"\s*\(#+\)$")
"""Marks behind a title: the occupation was split, or was put together from several."""


@dataclass
class Pairs:
    """Settles rows by the pairs and titles that they add to those already seen."""

    seen: set[tuple[str, ...]] = field(default_factory=set)
    cip2020: dict[str, Code] = field(default_factory=dict)

    def settle(self, row: Row, *pairs: CodeMap) -> None:
        """Keep the pairs that are new; a row that adds none was already said by another."""
        fresh = [p for p in pairs if self._is_new(p.from_system, p.from_code, p.to_system, p.to_code)]
        if not fresh:
            return row.merge(f"{pairs[0].from_system}:{pairs[0].from_code}")
        row.keep(fresh[0])
        for pair in fresh[1:]:
            row.also(pair)
        return None

    def title(self, row: Row, system: System, code: str, title: str | None) -> None:
        """Emit the title of a code that was not met before."""
        if not title or not self._is_new(system, code):
            return
        record = Code(system=system, code=code, title=title, provenance=row.provenance(code))
        if system == "cip2020":
            self.cip2020[code] = record
        row.also(record)

    def _is_new(self, *key: str) -> bool:
        before = len(self.seen)
        self.seen.add(key)
        return len(self.seen) > before


def read(context: Context) -> None:
    """Keep every pair and every code's title, and leave the lookups for other steps."""
    pairs = Pairs()
    soc_of_cip = _read_cip_soc(context, pairs)
    soc2018_of_2010 = _read_soc_soc(context, pairs)
    context.shelf.notes["crosswalks"] = Crosswalks(
        soc_of_cip={cip: tuple(sorted(codes)) for cip, codes in soc_of_cip.items()},
        cip2020_of=_older_codes(context, pairs.cip2020),
        soc2018_of_2010={old: tuple(sorted(new)) for old, new in soc2018_of_2010.items() if new != {old}},
        oews2019_of_title=_read_oes(context, pairs),
    )


def _read_cip_soc(context: Context, pairs: Pairs) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in context.rows(CIP_SOC):
        soc, cip = row.parse("SOC2018Code", cells.as_soc), row.parse("CIP2020Code", cells.as_cip)
        soc_title, cip_title = row.text("SOC2018Title"), row.text("CIP2020Title")
        if soc is None or cip is None or (soc == NO_SOC and cip == NO_CIP):
            row.hold("CIP2020Code", cip or "", "a pair without two codes")
        elif cip == NO_CIP:
            pairs.settle(row, _pair(row, ("soc2018", soc), ("cip2020", cip), NO_MATCH))
        else:
            note = NO_MATCH if soc == NO_SOC else soc_title
            pairs.settle(row, _pair(row, ("cip2020", cip), ("soc2018", soc), note))
            pairs.title(row, "cip2020", cip, (cip_title or "").removesuffix("."))
            found.setdefault(cip, set()).update({soc} - {NO_SOC})
    return found


def _read_soc_soc(context: Context, pairs: Pairs) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in context.rows(SOC_SOC):
        old, new = row.parse("SOCCode2010", cells.as_soc), row.parse("SOCCode2018", cells.as_soc)
        title, new_title = row.text("SOCTitle2010") or "", row.text("SOCTitle2018") or ""
        if old is None or new is None:
            row.hold("SOCCode2010", old or "", "a pair without two codes")
            continue
        note = "split" if MARK.search(title) else MARK.sub("", new_title) or None
        pairs.settle(row, _pair(row, ("soc2010", old), ("soc2018", new), note))
        pairs.title(row, "soc2010", old, MARK.sub("", title))
        found.setdefault(old, set()).add(new)
    return found


def _read_oes(context: Context, pairs: Pairs) -> dict[str, str]:
    """A row links four codes: those of the survey of 2019 and 2018 with SOC 2018 and 2010."""
    titles: dict[str, str] = {}
    for row in context.rows(OES):
        new, soc = row.parse("OES2019EstimatesCode", cells.as_soc), row.parse("SOCCode2018", cells.as_soc)
        old, soc2010 = row.parse("OES2018EstimatesCode", cells.as_soc), row.parse("SOCCode2010", cells.as_soc)
        new_title, old_title = row.text("OES2019EstimatesTitle"), row.text("OES2018EstimatesTitle")
        note = row.text("NOTES")
        if new is None or soc is None or old is None or soc2010 is None:
            row.hold("OES2019EstimatesCode", new or "", "a row without its four codes")
            continue
        current = _pair(row, ("soc2018", soc), ("oews2019", new), note)
        pairs.settle(row, current, _pair(row, ("soc2010", soc2010), ("oews2018", old), None))
        pairs.title(row, "oews2019", new, new_title)
        pairs.title(row, "oews2018", old, old_title)
        titles[(new_title or "").lower()] = new
    return titles


def _older_codes(context: Context, current: dict[str, Code]) -> dict[str, tuple[str, ...]]:
    """Codes of CIP 2010 that are gone go to the CIP 2020 code of equal title, those of CIP 2000 likewise."""
    edition: CipEdition | None = context.shelf.notes.get("cip_codes")
    if edition is None:
        return {}
    by_title = {record.title.lower(): code for code, record in sorted(current.items(), reverse=True)}
    renumbered: dict[str, tuple[str, ...]] = {}
    for code, title in edition.titles.items():
        new = by_title.get(title.lower())
        if code not in current and len(code) == len(NO_CIP) and new is not None:
            renumbered[code] = (new,)
            context.emit(_same_title(code, current[new]))
    for old, steps in edition.moved.items():
        reached = tuple(c for step in steps for c in renumbered.get(step, (step,)) if c in current)
        if reached and old not in current:
            renumbered[old] = reached
    return renumbered


def _same_title(old: str, new: Code) -> CodeMap:
    return CodeMap(
        from_system="cip2010",
        from_code=old,
        to_system=new.system,
        to_code=new.code,
        note="same title",
        provenance=new.provenance,
    )


def _pair(row: Row, start: tuple[str, str], end: tuple[str, str], note: str | None) -> CodeMap:
    return CodeMap(
        from_system=start[0],
        from_code=start[1],
        to_system=end[0],
        to_code=end[1],
        note=note,
        provenance=row.provenance(start[1]),
    )


SOURCE = Source(
    name="crosswalks",
    title="Crosswalks between fields of study and occupations",
    publisher="National Center for Education Statistics and US Bureau of Labor Statistics",
    url="https://nces.ed.gov/ipeds/cipcode/post3.aspx?y=56",
    licence="public domain (US government)",
    vintage="CIP 2020 to SOC 2018 (2020), SOC 2010 to 2018, wage survey codes of 2018 and 2019",
    files=(CIP_SOC, SOC_SOC, OES),
    read=read,
    after=("cip_codes",),
)
