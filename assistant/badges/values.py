"""Reading values of any JSON: a missing or odd one is `None` or empty, never an exception."""

from __future__ import annotations

from typing import Any


def text(value: Any) -> str | None:
    """Return a text; of a language-tagged value its text, of a list the first one."""
    if isinstance(value, list):
        return next((found for found in map(text, value) if found is not None), None)
    if isinstance(value, dict):
        return text(value.get("@value"))
    return value.strip() or None if isinstance(value, str) else None


def mapping(value: Any) -> dict[str, Any]:
    """Return an object; of a list with one object that one; else an empty one."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, dict) else {}


def listed(value: Any) -> list[Any]:
    """Return a list; a single value becomes a list of one, nothing an empty one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def mappings(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a list, or the one object."""
    return [each for each in listed(value) if isinstance(each, dict)]


def identifier(value: Any) -> str | None:
    """Return the id of an object, or the text itself where only the id is given."""
    return text(value.get("id")) if isinstance(value, dict) else text(value)


def types(document: dict[str, Any]) -> set[str]:
    """Return the types of an object, as written."""
    return {each for each in listed(document.get("type")) if isinstance(each, str)}
