"""Loading texts: strict variables, equal keys in both languages, one digest over all of them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, Template, UndefinedError

from catalog.errors import NavigatorError

LANGUAGES = ("en", "es")
SUFFIXES = (".yaml", ".md")


class TextError(NavigatorError):
    """A text is missing, or was given too few variables; whoever wrote the template must act."""


class Texts:
    """The texts of one language, rendered by key; source text must be escaped by the caller."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise TextError(f"No texts in language {language!r}; there are {', '.join(LANGUAGES)}.")
        self.language = language
        self._templates = _templates(language)

    def keys(self) -> frozenset[str]:
        """Return every key of this language."""
        return frozenset(self._templates)

    def has(self, key: str) -> bool:
        """Whether there is a text with this key."""
        return key in self._templates

    def __call__(self, key: str, **variables: Any) -> str:
        """Return the text with its variables filled in; raises TextError for a missing one."""
        try:
            return self._templates[key].render(**variables).strip()
        except KeyError:
            raise TextError(f"No text {key!r} in {self.language}.") from None
        except UndefinedError as error:
            raise TextError(f"Text {key!r} in {self.language}: {error.message}.") from None


def money(amount: float) -> str:
    """Return US dollars as both languages write them here: `$1,999`, cents only where there are any."""
    return f"${amount:,.0f}" if amount == int(amount) else f"${amount:,.2f}"


def number(amount: float) -> str:
    """Return a number with thousands separators and at most one decimal."""
    return f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.1f}"


def percent(fraction: float) -> str:
    """Return a fraction as whole percent."""
    return f"{fraction * 100:.0f}%"


@cache
def digest() -> str:
    """Return a hash over every prompt file, to be stamped on answers."""
    sha = hashlib.sha256()
    root = _root()
    for path in sorted(path for path in root.rglob("*") if path.suffix in SUFFIXES):
        sha.update(f"{path.relative_to(root).as_posix()}\0".encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()


def _root() -> Path:
    return Path(str(files("prompts")))


@cache
def _templates(language: str) -> dict[str, Template]:
    # The texts become Markdown, not HTML: values from records are escaped by assistant.markup.
    environment = Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    environment.filters |= {"money": money, "number": number, "percent": percent}
    found: dict[str, Template] = {}
    for path in sorted((_root() / "messages" / language).glob("*.yaml")):
        for group, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            for key, text in texts.items():
                found[f"{group}.{key}"] = environment.from_string(text)
    return found
