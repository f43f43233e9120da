"""Opening the assistant: the current snapshot, its index (built when it is missing), the searcher."""

from __future__ import annotations

from collections.abc import Callable

from assistant.assistant import Assistant
from assistant.model import chat_model
from catalog.home import Home
from catalog.settings import Settings
from catalog.snapshot import Snapshot

LOOKED_UP = ("providers", "findings")
"""Large tables of which every answer looks up a few rows."""


def open_assistant(
    settings: Settings, on_progress: Callable[[str], None] = lambda _text: None, *, many: bool = False
) -> Assistant:
    """Return an assistant over the current snapshot.

    With `many` questions to come, tables that each of them looks into are held in memory; that takes longer to open
    and about 150 MB. Raises SnapshotError, SearchIndexError or SettingsError with what to do.
    """
    from vectorstore.index import ensure_index

    model = chat_model(settings)
    snapshot = open_snapshot(settings)
    if many:
        snapshot.hold(*LOOKED_UP)
    return Assistant(snapshot, ensure_index(snapshot, settings, on_progress).searcher(), model)


def open_snapshot(settings: Settings) -> Snapshot:
    """Return the current snapshot, for what needs no search; raises SnapshotError with what to do."""
    return Home(settings.home_folder).open()
