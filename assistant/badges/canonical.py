"""The canonical text of a JSON-LD document (RDFC-1.0), over which its signature is made; what it leaves out is refused.

JSON-LD drops what it does not know: a signature over the canonical text would then say nothing of a dropped part that
people still read. So a document is refused when any part of it would not be covered, or could be written so that it
reads differently with the same canonical text: unknown words, addresses as names of fields, own or unknown contexts.

A small document can be made so that its canonical text takes hours: the work is done in a process of its own, limited.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.badges.contexts import UnknownContextError, context

SECONDS = 10
SECONDS_FOR_ALL = 30
MEMORY = 1024**3
RELATIVE = "unresolved"
"""Scheme of the base that relative addresses get: PyLD would else make them absolute with a base of its own."""
ABSOLUTE = re.compile(rf"(?!{RELATIVE}:)" r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
VALUE_NAMES = frozenset({"@value", "@language"})
MOST_DIGITS = 15
"""Canonical numbers keep 16 digits: one with more could be changed in its last without notice."""


class RefusedError(Exception):
    """A document that no canonical text can stand for: `reason` is a key of the texts, `part` the place."""

    def __init__(self, reason: str, part: str = "") -> None:
        self.reason, self.part = reason, part[:120]
        super().__init__(f"{reason}: {self.part}")


def canonical(document: dict[str, Any]) -> str:
    """Return the canonical N-Quads of a document; raises RefusedError. May take long: see `canonical_bounded`."""
    from pyld import jsonld

    for part in _contexts(document):
        _check_context(part)
    _check_written(document, "")
    _check_one_root(document, document.get("id"), top=True)
    dropped: list[str] = []
    options = {"documentLoader": _load, "base": f"{RELATIVE}://here/", "processingMode": "json-ld-1.1"}
    try:
        expanded = jsonld.expand(document, options, on_property_dropped=lambda name: dropped.append(str(name)))
        if dropped:
            raise RefusedError("not_covered", dropped[0])
        _check_expanded(expanded)
        text = jsonld.normalize(expanded, options | {"algorithm": "URDNA2015", "format": "application/n-quads"})
    except jsonld.JsonLdError as error:
        raise RefusedError("not_json_ld", str(error.code or error.type or "")) from None
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, AssertionError) as error:
        # PyLD is careful with documents, less so with broken ones.
        raise RefusedError("not_json_ld", type(error).__name__) from None
    return str(text)


class BoundedWork:
    """Makes canonical texts in other processes, for at most `seconds` over all calls: one for each file."""

    def __init__(self, seconds: float = SECONDS_FOR_ALL) -> None:
        self._left = seconds

    def __call__(self, documents: Sequence[dict[str, Any]]) -> list[str]:
        """Return the canonical texts; raises RefusedError, at once when the time is used up."""
        start = time.monotonic()
        try:
            return canonical_bounded(documents, min(SECONDS, self._left))
        finally:
            self._left -= time.monotonic() - start


def canonical_bounded(documents: Sequence[dict[str, Any]], seconds: float = SECONDS) -> list[str]:
    """Return the canonical texts, made in another process within some seconds; raises RefusedError."""
    if seconds <= 0:
        raise RefusedError("too_much_work")
    command = [sys.executable, "-m", "assistant.badges.canonical"]
    root = Path(__file__).parents[2]
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the documents go in as data
            command,
            input=json.dumps(documents).encode(),
            capture_output=True,
            timeout=seconds,
            cwd=root,
            env=os.environ | {"PYTHONPATH": str(root)},
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RefusedError("too_much_work") from None
    if done.returncode != 0:
        raise RefusedError("too_much_work")
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise RefusedError(answer["refused"], answer["part"])
    return [str(text) for text in answer["canonical"]]


def in_this_process(documents: Sequence[dict[str, Any]]) -> list[str]:
    """Return the canonical texts without limits of time; raises RefusedError."""
    return [canonical(document) for document in documents]


def _load(url: str, _: dict[str, Any]) -> dict[str, Any]:
    try:
        document = context(url)
    except UnknownContextError:
        raise RefusedError("unknown_context", url) from None
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}


def _contexts(value: Any) -> Iterator[Any]:
    """Give each context that a document or a part of it names."""
    if isinstance(value, list):
        for each in value:
            yield from _contexts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name == "@context":
                yield from each if isinstance(each, list) else [each]
            else:
                yield from _contexts(each)


def _check_context(part: Any) -> None:
    if not isinstance(part, str):
        raise RefusedError("own_context")
    try:
        context(part)
    except UnknownContextError:
        raise RefusedError("unknown_context", part) from None


def _check_written(value: Any, at: str) -> None:
    """Refuse what can be read in two ways, or is left out of the canonical text, before it is expanded."""
    if isinstance(value, list):
        for each in value:
            # JSON-LD opens a list in a list; readers of plain JSON would miss what is in it.
            if isinstance(each, list):
                raise RefusedError("not_covered", at.rstrip("."))
            _check_written(each, at)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name == "@context":
                continue
            if ":" in name or (name.startswith("@") and not VALUE_NAMES.issuperset(value)):
                raise RefusedError("not_covered", f"{at}{name}")
            if name == "id" and isinstance(each, str) and each.startswith("_:"):
                raise RefusedError("not_covered", f"{at}{name}")
            _check_written(each, f"{at}{name}.")
    elif value is None or (isinstance(value, int | float) and _digits(value) > MOST_DIGITS):
        raise RefusedError("not_covered", at.rstrip("."))


def _check_one_root(value: Any, root: Any, *, top: bool = False) -> None:
    """Refuse another part with the id of the whole: JSON-LD makes one of both, so fields could move between them."""
    if isinstance(value, list):
        for each in value:
            _check_one_root(each, root)
    elif isinstance(value, dict):
        if not top and root is not None and value.get("id") == root and value.keys() - {"id", "type"}:
            raise RefusedError("two_places", str(root))
        for each in value.values():
            _check_one_root(each, root)


def _digits(value: float) -> int:
    return len(re.sub(r"e.*|\D", "", repr(value)).strip("0"))


def _check_expanded(value: Any) -> None:
    """Refuse ids, types and languages that the canonical text would leave out."""
    if isinstance(value, list):
        for each in value:
            _check_expanded(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name in {"@id", "@type"}:
                for word in each if isinstance(each, list) else [each]:
                    if not ABSOLUTE.fullmatch(str(word)):
                        raise RefusedError("not_covered", str(word))
            elif name == "@language" and not LANGUAGE.fullmatch(str(each)):
                raise RefusedError("not_covered", str(each))
            else:
                _check_expanded(each)


def _limit() -> None:
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    """Read documents from standard input, write their canonical texts or the reason for refusing them."""
    _limit()
    try:
        answer: dict[str, Any] = {"canonical": in_this_process(json.load(sys.stdin))}
    except RefusedError as error:
        answer = {"refused": error.reason, "part": error.part}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
