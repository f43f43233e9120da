"""How many programs match, and what the typical one costs and takes: a query over columns, unknown values counted."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from assistant.answer import Counted, CountGroup, Spread
from assistant.fitting import OLDER_LIST
from catalog.snapshot import Snapshot

SPREAD = """
    {name}_list[1] AS {name}_low, {name}_list[-1] AS {name}_high, len({name}_list) AS {name}_n,
    {name}_list[(len({name}_list) + 1) // 2] AS {name}_lower, {name}_list[len({name}_list) // 2 + 1] AS {name}_upper
"""
QUERY = f"""
    WITH matching AS (
        SELECT p.id, starts_with(p.id, $older) AS older, p.id IN (SELECT unnest($maybe)) AS maybe,
            coalesce(v.entity_id, p.provider_id) AS school, p.provenance_as_of AS as_of,
            p.cost_total_usd AS cost, p.length_clock_hours AS hours,
            CASE WHEN coalesce(p.length_weeks_min, p.length_weeks_max) IS NOT NULL
                THEN {{'low': p.length_weeks_min, 'high': p.length_weeks_max}} END AS weeks
        FROM programs p LEFT JOIN providers v ON v.id = p.provider_id
        WHERE p.id IN (SELECT unnest($ids)) OR p.id IN (SELECT unnest($maybe))
    ), grouped AS (
        SELECT older,
            min({{'as_of': as_of, 'id': id}}) FILTER (as_of IS NOT NULL) AS first,
            max({{'as_of': as_of, 'id': id}}) FILTER (as_of IS NOT NULL) AS last,
            count(*) FILTER (NOT maybe) AS programs, count(*) FILTER (maybe) AS maybe,
            count(DISTINCT school) FILTER (NOT maybe) AS schools,
            list({{'value': cost, 'id': id}} ORDER BY cost, id) FILTER (cost > 0 AND NOT maybe) AS cost_list,
            count(*) FILTER (cost = 0 AND NOT maybe) AS cost_zero,
            count(*) FILTER (cost IS NULL AND NOT maybe) AS cost_unknown,
            list({{'value': hours, 'id': id}} ORDER BY hours, id)
                FILTER (hours IS NOT NULL AND NOT maybe) AS hours_list,
            count(*) FILTER (hours IS NULL AND NOT maybe) AS hours_unknown,
            mode(weeks ORDER BY weeks) FILTER (NOT maybe) AS weeks, count(weeks) FILTER (NOT maybe) AS weeks_n
        FROM matching GROUP BY older
    )
    SELECT older, first, last, programs, maybe, schools, cost_zero, cost_unknown, hours_unknown, weeks,
        weeks_n, {SPREAD.format(name="cost")}, {SPREAD.format(name="hours")}
    FROM grouped ORDER BY older
"""  # noqa: S608 (no outside text in it)
SPREAD_COLUMNS = ("low", "high", "n", "lower", "upper")
COLUMNS = (
    *("older", "first", "last", "programs", "maybe", "schools", "cost_zero", "cost_unknown"),
    *("hours_unknown", "weeks", "weeks_n"),
    *(f"cost_{name}" for name in SPREAD_COLUMNS),
    *(f"hours_{name}" for name in SPREAD_COLUMNS),
)


def counted(snapshot: Snapshot, ids: Collection[str], maybe: Collection[str] = ()) -> Counted:
    """Count the programs with these ids; those of the older list are counted apart, for their prices are older too.

    `maybe` are programs that match if a limit holds that is not known for them; they are only counted.
    """
    given = {"older": f"{OLDER_LIST}:", "ids": [*(set(ids) - set(maybe))], "maybe": [*maybe]}
    rows = snapshot.query(QUERY, given)
    return Counted(groups=tuple(_group(dict(zip(COLUMNS, row, strict=True))) for row in rows))


def _group(row: dict[str, Any]) -> CountGroup:
    weeks = row["weeks"] or {"low": None, "high": None}
    first, last = (row[each] or {"as_of": None, "id": None} for each in ("first", "last"))
    return CountGroup(
        older=row["older"],
        first_as_of=first["as_of"],
        last_as_of=last["as_of"],
        first_program=first["id"],
        last_program=last["id"],
        programs=row["programs"],
        maybe=row["maybe"],
        schools=row["schools"],
        cost_usd=_spread(row, "cost"),
        cost_zero=row["cost_zero"],
        cost_unknown=row["cost_unknown"],
        clock_hours=_spread(row, "hours"),
        clock_hours_unknown=row["hours_unknown"],
        weeks_min=weeks["low"],
        weeks_max=weeks["high"],
        weeks_n=row["weeks_n"],
    )


def _spread(row: dict[str, Any], name: str) -> Spread | None:
    if not row[f"{name}_n"]:
        return None
    low, high, lower, upper = (row[f"{name}_{place}"] for place in ("low", "high", "lower", "upper"))
    middle = {each["value"]: each["id"] for each in (upper, lower)}
    values = sorted(middle)
    return Spread(
        n=row[f"{name}_n"],
        median=round((lower["value"] + upper["value"]) / 2, 2),
        low=low["value"],
        high=high["value"],
        middle=tuple(values),
        low_program=low["id"],
        high_program=high["id"],
        middle_programs=tuple(middle[value] for value in values),
    )
