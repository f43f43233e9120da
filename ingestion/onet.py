"""The O*NET database's tables: tab-separated text with codes only, or a later layout with titles beside the codes.

One occupation is spread over several tables. Each reader settles the rows of one table and collects
what they say by occupation; `finish` puts the parts into the records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from catalog.records import Occupation
from ingestion import cells
from ingestion.context import Context
from ingestion.row import Row
from ingestion.source import SourceFile

CODE = "O*NET-SOC Code"
NOT_AVAILABLE = "n/a"
JOB_ZONES = range(1, 6)


@dataclass
class Parts:
    """What the tables after the first say of one occupation; lists keep the published order."""

    id: str
    job_zone: int | None = None
    titles: dict[str, str] = field(default_factory=dict)
    related: dict[int, str] = field(default_factory=dict)
    technologies: list[str] = field(default_factory=list)
    hot: list[str] = field(default_factory=list)
    in_demand: list[str] = field(default_factory=list)


def occupation_id(onet_soc: str) -> str:
    """Return the id of an occupation's record."""
    return f"onet:{onet_soc}"


class Tables:
    """The tables of one release, read in turn; the occupations' own table comes first."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._parts: dict[str, Parts] = {}
        self._titles: dict[str, str] = {}
        self._read: set[str] = set()

    def read_occupations(self, file: SourceFile) -> None:
        """Keep each occupation, or bring the title and description of an earlier release up to date."""
        for row in self._context.rows(file):
            code, title, description = row.raw(CODE).strip(), _text(row, "Title"), _text(row, "Description")
            if not _is_code(code) or title is None or code in self._titles:
                row.hold(CODE, code, "no code, no title, or a second row with this code")
                continue
            self._titles[code] = title
            self._parts[code] = Parts(occupation_id(code))
            record = Occupation(
                id=occupation_id(code),
                onet_soc=code,
                soc=code[:7],
                title=title,
                description=description,
                provenance=row.provenance(code),
            )
            earlier = self._context.shelf.find(Occupation, record.id)
            if earlier is None:
                row.keep(record)
                continue
            row.merge(record.id)
            news = {"title": title, "description": description, "provenance": record.provenance}
            self._context.shelf.replace(earlier.model_copy(update=news))

    def read_job_zones(self, file: SourceFile) -> None:
        """Collect the job zone of each occupation that has one."""
        for row, parts in self._rows(file):
            raw = row.raw("Job Zone").strip()
            if parts is None:
                continue
            if not raw.isdecimal() or int(raw) not in JOB_ZONES:
                row.hold("Job Zone", raw, "not a job zone of 1 to 5")
                continue
            parts.job_zone = int(raw)
            row.merge(parts.id)
        self._read.add("job_zone")

    def read_technologies(self, file: SourceFile) -> None:
        """Collect technologies; "Hot Technology" is of all employers, "In Demand" of this occupation's."""
        for row, parts in self._rows(file):
            name, hot = _text(row, "Example"), row.flag("Hot Technology")
            in_demand = row.flag("In Demand") if row.has("In Demand") else None
            if parts is None:
                continue
            if name is None:
                row.hold("Example", "", "a technology without a name")
                continue
            parts.technologies.append(name)
            if hot:
                parts.hot.append(name)
            if in_demand:
                parts.in_demand.append(name)
            row.merge(parts.id)
        self._read |= {"technologies", "hot_technologies", "in_demand_technologies"}

    def read_alternate_titles(self, file: SourceFile) -> None:
        """Collect titles by which an occupation is also known, short ones included."""
        for row, parts in self._rows(file):
            title, short = _text(row, "Alternate Title"), _text(row, "Short Title")
            if parts is None:
                continue
            if title is None:
                row.hold("Alternate Title", "", "a row without a title")
                continue
            for name in (title, short):
                if name is not None:
                    parts.titles.setdefault(name.lower(), name)
            row.merge(parts.id)
        self._read.add("alternate_titles")

    def read_related(self, file: SourceFile) -> None:
        """Collect related occupations in the order of their index; the first ten are the primary tier."""
        for row, parts in self._rows(file):
            other, index = row.raw("Related O*NET-SOC Code").strip(), row.int("Index")
            if parts is None:
                continue
            if other not in self._parts or index is None or index in parts.related:
                row.hold("Related O*NET-SOC Code", other, "no such occupation, no index, or an index used twice")
                continue
            parts.related[index] = other
            row.merge(parts.id)
        self._read.add("related")

    def finish(self) -> None:
        """Put what was collected into the occupations; what no table of this release says stays as it was."""
        for parts in self._parts.values():
            occupation = self._context.shelf.find(Occupation, parts.id)
            if occupation is not None:
                news = _news(occupation, parts)
                update = {name: value for name, value in news.items() if name in self._read}
                self._context.shelf.replace(occupation.model_copy(update=update))

    def _rows(self, file: SourceFile) -> Iterable[tuple[Row, Parts | None]]:
        """Yield rows with the parts of their occupation; a row of an unknown one is held back here."""
        for row in self._context.rows(file):
            code = row.raw(CODE).strip()
            title = row.text("Title") if row.has("Title") else None
            parts = self._parts.get(code)
            if parts is None:
                row.hold(CODE, code, "no such occupation in the occupations' table")
            elif title is not None and title != self._titles[code]:
                row.issue("Title", title, f"the occupation {code} is called {self._titles[code]!r}")
            yield row, parts


def _news(occupation: Occupation, parts: Parts) -> dict[str, Any]:
    titles = (name for key, name in parts.titles.items() if key != occupation.title.lower())
    return {
        "job_zone": parts.job_zone,
        "alternate_titles": tuple(titles),
        "related": tuple(parts.related[index] for index in sorted(parts.related)),
        "technologies": tuple(parts.technologies),
        "hot_technologies": tuple(parts.hot),
        "in_demand_technologies": tuple(parts.in_demand),
    }


def _text(row: Row, column: str) -> str | None:
    text = row.text(column)
    return None if text is not None and text.lower() == NOT_AVAILABLE else text


def _is_code(code: str) -> bool:
    try:
        return cells.as_soc(code) is not None and len(code) == len("00-0000.00")
    except cells.CellError:
        return False
