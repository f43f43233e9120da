"""From fields of study to occupations: the crosswalks, and the step that gives programs their SOC codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from catalog.records import Program
from ingestion.shelf import Shelf

Reach = Literal["exact", "moved", "series", "no_match", "unknown"]
SERIES = 5
"""Characters of a four-digit CIP series, `51.08`."""


@dataclass(frozen=True)
class CipEdition:
    """An older edition of the CIP: its titles by code, and where codes of the edition before went."""

    titles: Mapping[str, str]
    moved: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Crosswalks:
    """The published crosswalks, as lookups.

    `soc_of_cip` holds every six-digit code of CIP 2020; an empty tuple means that its publishers
    found no occupation for it. `cip2020_of` holds older CIP codes that moved. `oews2019_of_title`
    holds the wage survey's own codes by lower-case title.
    """

    soc_of_cip: Mapping[str, tuple[str, ...]]
    cip2020_of: Mapping[str, tuple[str, ...]]
    soc2018_of_2010: Mapping[str, tuple[str, ...]]
    oews2019_of_title: Mapping[str, str]

    def occupations_of(self, cip: str) -> tuple[tuple[str, ...], Reach]:
        """Return the SOC 2018 codes of a CIP code of any edition, and how they were reached.

        A code of CIP 2020 gives exactly its published occupations, also when these are none. An
        older code goes where it moved. Only a code that no edition explains falls back on its
        four-digit series, whose occupations are a wider circle.
        """
        code = f"{cip}00" if len(cip) == SERIES and f"{cip}00" in self.soc_of_cip else cip
        if code in self.soc_of_cip:
            found = self.soc_of_cip[code]
            return found, "exact" if found else "no_match"
        if code in self.cip2020_of:
            found = self._union(self.cip2020_of[code])
            return found, "moved" if found else "no_match"
        if len(cip) >= SERIES:
            found = self._union(tuple(c for c in self.soc_of_cip if c.startswith(cip[:SERIES])))
            return found, "series" if found else "unknown"
        return (), "unknown"

    def current_soc(self, codes: tuple[str, ...]) -> tuple[str, ...]:
        """Return the codes with those of SOC 2010 that were renumbered replaced by their successors."""
        out = (new for code in codes for new in self.soc2018_of_2010.get(code, (code,)))
        return tuple(dict.fromkeys(out))

    def _union(self, cips: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({soc for cip in cips for soc in self.soc_of_cip.get(cip, ())}))


def fill_occupations(shelf: Shelf) -> dict[str, int]:
    """Give each program without published occupations those of its field of study; return the counts.

    Counts: `all`, `published`, one per `Reach`, `no_cip`, and `renumbered` (published codes of
    SOC 2010 brought to SOC 2018). Without the crosswalks nothing is filled.
    """
    crosswalks: Crosswalks | None = shelf.notes.get("crosswalks")
    counts: Counter[str] = Counter()
    for program in list(shelf.all(Program)):
        counts["all"] += 1
        if program.soc:
            counts["published"] += 1
            current = crosswalks.current_soc(program.soc) if crosswalks else program.soc
            if current != program.soc:
                counts["renumbered"] += 1
                shelf.replace(program.model_copy(update={"soc": current}))
        elif program.cip is None:
            counts["no_cip"] += 1
        elif crosswalks is not None:
            found, reach = crosswalks.occupations_of(program.cip)
            counts[reach] += 1
            if found:
                shelf.replace(program.model_copy(update={"soc": found, "soc_method": "crosswalk"}))
    return dict(sorted(counts.items()))
