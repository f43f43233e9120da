"""Counting tokens without a network: the ranks of the current OpenAI chat models ship with the program.

For other models the count is an estimate; budgets leave room for it.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

ENCODING = "o200k_base"
RANKS = Path(__file__).parent / "ranks" / "o200k_base.gz"
SOUGHT = "fb374d419588a4632f3f557e76b4b70aebbca790"
"""The file name by which tiktoken looks for these ranks; it checks their hash itself."""
PLACE = "TIKTOKEN_CACHE_DIR"
_LOADING = Lock()


def count_tokens(text: str) -> int:
    """Return how many tokens a text has; what looks like a control token counts as plain text."""
    return len(_encoding().encode(text, disallowed_special=()))


@cache
def _encoding() -> Encoding:
    import tiktoken

    with _LOADING, _ranks_in_place():
        return tiktoken.get_encoding(ENCODING)


@contextmanager
def _ranks_in_place() -> Iterator[None]:
    """Let tiktoken find the ranks; the operator's own setting is put back."""
    before = os.environ.get(PLACE)
    with TemporaryDirectory() as folder:
        (Path(folder) / SOUGHT).write_bytes(gzip.decompress(RANKS.read_bytes()))
        os.environ[PLACE] = folder
        try:
            yield
        finally:
            os.environ.pop(PLACE)
            if before is not None:
                os.environ[PLACE] = before
