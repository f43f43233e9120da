"""Errors, named by who must act on them."""

from __future__ import annotations


class NavigatorError(Exception):
    """Base of every error that this project raises on purpose; its text is fit to be shown."""


class SettingsError(NavigatorError):
    """The operator must correct a setting."""


class SourceError(NavigatorError):
    """A published file can't be read; whoever supplied the file must act.

    The text says what is wrong, where (file, row, field, value) and what to do.
    """

    def __init__(
        self,
        file: str,
        reason: str,
        *,
        row: int | None = None,
        field: str | None = None,
        value: str | None = None,
        remedy: str,
    ) -> None:
        self.file, self.row, self.field, self.value = file, row, field, value
        self.reason, self.remedy = reason, remedy
        where = [file]
        if row is not None:
            where.append(f"row {row}")
        if field is not None:
            where.append(f"field {field!r}")
        if value is not None:
            where.append(f"value {shorten(value)!r}")
        super().__init__(f"{', '.join(where)}: {reason}. {remedy}")


class SnapshotError(NavigatorError):
    """The snapshot is missing, damaged or of another schema; run the ingestion again or roll back."""


class StorageError(NavigatorError):
    """The home folder can't be written; the operator must free space or correct its rights."""


class SearchIndexError(NavigatorError):
    """The index is missing, damaged or was built by another embedding model; build it again."""


class RunInProgressError(NavigatorError):
    """Another ingestion holds the home folder; wait for it to end."""


def shorten(text: str, limit: int = 80) -> str:
    """Return the text cut to `limit` characters, with its length said, for messages and issues."""
    return text if len(text) <= limit else f"{text[:limit]}… ({len(text)} characters)"
