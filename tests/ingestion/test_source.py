"""What every source must declare; a new file in the folder is checked without being named here."""

from __future__ import annotations

import importlib
import pkgutil
import re
import sys
import types
from collections import Counter
from graphlib import CycleError
from pathlib import PurePosixPath

import pytest

import ingestion.sources
from catalog.records import Provenance
from ingestion.source import Source, SourceFile, all_sources

NAMES = sorted(module.name for module in pkgutil.iter_modules(ingestion.sources.__path__))


@pytest.fixture(params=NAMES)
def source(request: pytest.FixtureRequest) -> Source:
    found = importlib.import_module(f"ingestion.sources.{request.param}").SOURCE
    assert isinstance(found, Source)
    assert found.name == request.param
    return found


def test_it_says_who_publishes_it_where_and_under_which_terms(source: Source) -> None:
    for text in (source.title, source.publisher, source.licence, source.vintage):
        assert text.strip() == text
        assert len(text) > 2
    assert re.fullmatch(r"https://[^\s/]+\.[^\s]+", source.url)


def test_its_name_is_a_plain_word(source: Source) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9_]*", source.name)


def test_it_describes_itself(source: Source) -> None:
    module = sys.modules[f"ingestion.sources.{source.name}"]
    assert module.__doc__
    assert callable(source.read)
    assert isinstance(source.read, types.FunctionType)


def test_its_files_are_declared_soundly(source: Source) -> None:
    for file in source.files:
        path = PurePosixPath(file.path)
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert len(path.parts) > 1
        low, high = file.rows
        assert 1 <= low <= high <= 10_000_000
        assert Provenance(source=source.name, record_id="x", as_of=file.as_of).as_of == file.as_of
        assert file.url is None or file.url.startswith("https://")
        assert len(file.delimiter) == 1


def test_the_sources_that_it_looks_up_exist(source: Source) -> None:
    assert source.name not in source.after
    assert set(source.after) <= set(NAMES)


def test_no_file_belongs_to_two_sources() -> None:
    times = Counter(file.path for source in all_sources().values() for file in source.files)
    assert [path for path, count in times.items() if count > 1] == []


def test_every_source_comes_after_those_that_it_looks_up() -> None:
    order = list(all_sources())
    assert sorted(order) == NAMES
    for source in all_sources().values():
        assert all(order.index(name) < order.index(source.name) for name in source.after)


def test_the_order_is_always_the_same() -> None:
    assert list(all_sources()) == list(all_sources())


def _source(name: str, *after: str) -> Source:
    file = SourceFile(f"toy/{name}.csv", None, (1, 2))
    return Source(name, name, "p", "https://x.example/", "l", "v", (file,), lambda _: None, after)


def _discover(monkeypatch: pytest.MonkeyPatch, *sources: Source) -> dict[str, Source]:
    infos = [pkgutil.ModuleInfo(None, source.name, False) for source in sources]  # type: ignore[arg-type]
    monkeypatch.setattr(pkgutil, "iter_modules", lambda _path: iter(infos))
    for source in sources:
        module = types.ModuleType(source.name)
        module.SOURCE = source  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, f"ingestion.sources.{source.name}", module)
    return all_sources()


def test_the_order_does_not_depend_on_the_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = [_source("a", "c"), _source("b"), _source("c", "d"), _source("d")]
    first = list(_discover(monkeypatch, *sources))
    assert list(_discover(monkeypatch, *reversed(sources))) == first
    assert first.index("d") < first.index("c") < first.index("a")


def test_sources_that_look_each_other_up_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CycleError):
        _discover(monkeypatch, _source("a", "b"), _source("b", "a"))
