"""A credential is said to be of the right kind: a license, a certification, a certificate and so on."""

from __future__ import annotations

from evals.employers import expected, kind_is_right
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("employers",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases that tell kinds."""
    return bool(expected(case).get("kinds"))


def score(case: Case, reply: Reply) -> Score:
    """Return the share of the credentials whose kind is right."""
    entries = _entries(case)
    missed = [str(entry["credential"]) for entry in entries if not kind_is_right(entry, reply)]
    reason = f"another kind, or none: {', '.join(missed)}" if missed else "all"
    return Score((len(entries) - len(missed)) / len(entries), reason, of=len(entries))


def _entries(case: Case) -> list[dict[str, object]]:
    kinds = expected(case)["kinds"]
    return [kinds] if isinstance(kinds, dict) else list(kinds)
