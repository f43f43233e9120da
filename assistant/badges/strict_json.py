"""JSON read strictly: what two readers could understand differently is refused, not guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from assistant.badges.report import UnreadableError

DEEPEST = 40
MOST_VALUES = 20_000
STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


def parse(text: str) -> dict[str, Any]:
    """Return the one object that a text holds.

    Raises UnreadableError for broken JSON, a name given twice, NaN, half a character, too deep or too many values.
    """
    _check_depth(text)
    try:
        value = json.loads(text, object_pairs_hook=_once, parse_constant=_not_a_number)
        json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise UnreadableError("json", line=error.lineno, column=error.colno) from None
    except UnicodeEncodeError:
        raise UnreadableError("half_character") from None
    except ValueError:  # an integer of thousands of digits
        raise UnreadableError("number") from None
    if not isinstance(value, dict):
        raise UnreadableError("no_object")
    return value


def _check_depth(text: str) -> None:
    depth = 0
    # Strings are taken out first: brackets in them nest nothing.
    for values, character in enumerate(re.findall(r"[\[{}\],]", STRING.sub("", text))):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(character, 0)
        if depth > DEEPEST:
            raise UnreadableError("too_deep", most=DEEPEST)
        if values > MOST_VALUES:
            raise UnreadableError("too_many", most=MOST_VALUES)


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise UnreadableError("twice", name=next(name for name in names if names.count(name) > 1)[:80])
    return found


def _not_a_number(_: str) -> NoReturn:
    raise UnreadableError("number")
