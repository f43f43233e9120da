"""Prompts of one file each: front matter, and a body with strict variables."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, Template, UndefinedError

from prompts.library import TextError

FENCE = "---"


def prompt(name: str, **variables: Any) -> str:
    """Return the body of `prompts/<name>.md`, filled in; raises TextError for a missing file or variable."""
    try:
        return _body(name).render(**variables).strip()
    except FileNotFoundError:
        raise TextError(f"No prompt {name!r}.") from None
    except UndefinedError as error:
        raise TextError(f"Prompt {name!r}: {error.message}.") from None


def front_matter(name: str) -> dict[str, str]:
    """Return the title and the description of a prompt."""
    found: dict[str, str] = yaml.safe_load(_read(name)[0])
    return found


@cache
def _body(name: str) -> Template:
    # A prompt is no HTML; what it quotes is set apart by the caller.
    return Environment(undefined=StrictUndefined, autoescape=False).from_string(_read(name)[1])  # noqa: S701


def _read(name: str) -> tuple[str, str]:
    text = (Path(str(files("prompts"))) / f"{name}.md").read_text(encoding="utf-8")
    _, head, body = text.split(f"{FENCE}\n", 2)
    return head, body
