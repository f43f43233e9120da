"""The limits that a question set, in words, to be switched off and on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.answer import Filter
from assistant.markup import plain
from prompts import Texts

ORDER = "order"
"""Not a limit: it leaves nothing out."""


def grouped(filters: Iterable[Filter]) -> list[tuple[Filter, ...]]:
    """Return filters that the same words set together: two towns of which either will do are one limit."""
    groups: dict[tuple[str, str], list[Filter]] = {}
    for each in filters:
        if each.name != ORDER:
            groups.setdefault(key_of(each), []).append(each)
    return [tuple(group) for group in groups.values()]


def key_of(limit: Filter) -> tuple[str, str]:
    """Return what tells one limit from another."""
    return limit.name, limit.words


def words_of(group: Sequence[Filter], texts: Texts) -> str:
    """Return one limit in words."""
    first = group[0]
    value, choice = first.value, f"choice.{first.value}"
    return texts(
        f"limit.{first.name}",
        value=value if isinstance(value, int | float) else None,
        place=plain(f" {texts('place.or')} ".join(str(each.value) for each in group)),
        radius=first.radius_miles,
        choice=texts(choice) if isinstance(value, str) and texts.has(choice) else "",
        school=plain(first.words),
    )
