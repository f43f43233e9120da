"""The terms that CTDL knows, read from its JSON-LD context, and those of a record that it does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ingestion.ctdl_documents import Node, shown
from ingestion.ctdl_values import TAG, Say

LANGUAGE = "@language"
MEMBERS = frozenset({"id", "type"})
"""Names that JSON-LD contexts often give to `@id` and `@type`."""


def vocabulary_of(context: Any) -> dict[str, str]:
    """Return each term of a JSON-LD context with what its values are: a datatype, `@language`, or empty.

    Raises ValueError where the content is no context.
    """
    terms = context.get("@context") if isinstance(context, dict) else None
    if not isinstance(terms, dict) or not terms:
        raise ValueError("there is no @context")
    return {term: _values_of(given) for term, given in terms.items()}


def _values_of(given: Any) -> str:
    if not isinstance(given, dict):
        return ""
    return str(given.get("@container") or given.get("@type") or "")


def report_unknown(node: Node, vocabulary: Mapping[str, str], say: Say) -> None:
    """Report each term that the vocabulary does not know, and each language tag that is none, once."""
    seen: set[str] = set()
    todo: list[tuple[Any, bool]] = [(node, False)]
    while todo:
        value, is_text = todo.pop()
        if isinstance(value, list):
            todo += ((each, is_text) for each in value)
        elif isinstance(value, dict):
            for name, inner in value.items():
                reason = _fault(name, is_text, vocabulary)
                if reason is None:
                    todo.append((inner, not is_text and vocabulary.get(name) == LANGUAGE))
                elif name not in seen:
                    seen.add(name)
                    say(name, shown(inner), reason)


def _fault(name: str, is_text: bool, vocabulary: Mapping[str, str]) -> str | None:
    if name.startswith("@") or (not is_text and (name in vocabulary or name in MEMBERS or "://" in name)):
        return None
    if is_text:
        return None if TAG.fullmatch(name) else "not a language tag"
    return "a term that the vocabulary does not know"
