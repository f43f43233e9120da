"""The kinds of credentials side by side, in our own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from prompts import Texts

KINDS = (
    "degree",
    "diploma",
    "certificate",
    "certification",
    "license",
    "registration",
    "badge",
    "micro_credential",
    "apprenticeship",
    "continuing_education",
)
COLUMNS = ("given", "proves", "not", "lasts", "check")


def kinds_table(texts: Texts, kinds: Sequence[str] = KINDS) -> Iterator[str]:
    """Yield the comparison of kinds as the lines of a Markdown table, with its title and a note."""
    yield f"**{texts('kinds_table.title')}**"
    heads = [texts("kinds_table.head_kind"), *(texts(f"kinds_table.head_{column}") for column in COLUMNS)]
    yield _row(heads)
    yield _row(["---"] * len(heads))
    for kind in kinds:
        yield _row([f"**{texts(f'kinds.{kind}_name')}**", *(texts(f"kinds.{kind}_{column}") for column in COLUMNS)])
    yield texts("kinds_table.note")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
