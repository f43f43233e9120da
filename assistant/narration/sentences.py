"""Cutting a stream of text into whole sentences, as early as each is complete."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST = 600
"""Characters: what goes on longer without an end is no sentence, and is passed on to be dropped."""
ENDS = re.compile(r"(?:[.?!]+[\"”»)]?(?:\s*\[\d+\])*(?=\s)|\n)")
SHORT = re.compile(
    r"(?:^|[\s(\[\"“])(?:[A-Za-z]|Inc|Co|Corp|Ltd|LLC|St|Ste|Ave|Dr|Mr|Mrs|Ms|No|Núm|Sr|Sra|Srta|Prof|Dept|Univ|Inst|approx|aprox|"
    r"vs|etc|e\.g|i\.e|p\.ej|a\.m|p\.m|U\.S|EE\.UU|N\.J|Ph\.D|B\.S|A\.A)\.$",
    re.IGNORECASE,
)


def sentences(pieces: Iterable[str]) -> Iterator[str]:
    """Yield each sentence when the text after it has begun; a last one only if it is complete."""
    rest = ""
    for piece in pieces:
        rest += piece
        found, rest = _cut(rest)
        yield from found
    found, rest = _cut(f"{rest}\n" if rest.rstrip().endswith((".", "?", "]", "!")) else rest)
    yield from found


def _cut(text: str) -> tuple[list[str], str]:
    """Return the sentences that are complete, and the rest."""
    found, begin = [], 0
    for end in ENDS.finditer(text):
        said = text[begin : end.end()]
        # A mark may still follow what looks like an end.
        if _is_open(said, text[end.end() :]):
            continue
        if said.strip():
            found.append(" ".join(said.split()))
        begin = end.end()
    rest = text[begin:]
    if len(rest) > LONGEST:
        return [*found, " ".join(rest.split())], ""
    return found, rest


def _is_open(said: str, after: str) -> bool:
    if said.endswith("\n"):
        return False
    if SHORT.search(said.rstrip()):
        return True
    following = after.lstrip()
    return not following or following[0] == "["
