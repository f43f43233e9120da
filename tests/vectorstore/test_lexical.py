"""Words: accents folded, signs kept, and no question is ever query syntax."""

from __future__ import annotations

import pytest

from vectorstore.lexical import LexicalIndex
from vectorstore.passages import dense_passages, lexical_passages


@pytest.fixture
def index(snapshot, tmp_path):
    folder = tmp_path / "lexical"
    LexicalIndex.build(folder, [*dense_passages(snapshot), *lexical_passages(snapshot)])
    return LexicalIndex(folder)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("welding", "toy:1"),
        ("WELD", "toy:1"),
        ("tecnico refrigeracion", "toy:5"),
        ("TÉCNICO", "toy:5"),
        ("Te\u0301cnico en Refrigeracio\u0301n", "toy:5"),
        ("A+", "toy:4"),
        ("C#", "toy:6"),
    ],
)
def test_the_right_program_is_first(index, text, key):
    assert index.search(text, ("program",), None, 5)[0].id == key


def test_kinds_and_ids_narrow_the_search(index):
    assert [hit.id for hit in index.search("garden", ("provider",), None, 5)] == ["toy:p"]
    assert [hit.id for hit in index.search("newark", ("program",), {"toy:2"}, 5)] == ["toy:2"]
    assert index.search("newark", ("program",), set(), 5) == []


@pytest.mark.parametrize("text", ["", "   ", "!!!", "*:*", 'id:"toy:1" OR (', "\x00", "AND OR NOT", "a" * 50_000])
def test_hostile_text_is_just_words(index, text):
    index.search(text, ("program",), None, 5)


def test_texts_by_id(index):
    texts = index.texts(["toy:1", "eqos", "toy:p", "nobody"])
    assert set(texts) == {"toy:1", "eqos", "toy:p"}
    assert texts["toy:1"][0] == "Welding Technology"
    assert "Five parts" in texts["eqos"][1]
    assert "Cinco partes" in texts["eqos"][1]
    assert index.texts([]) == {}


def test_words_that_nobody_has_find_nothing(index):
    assert index.search("xylophone", ("program",), None, 5) == []
