"""Layouts of documents, what an id stands for, and walking through whatever they hold."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.ctdl_documents import Document, document_of, entries_of, record_id, shown, walk

CTID = "ce-0000000a-aaaa-4bbb-8ccc-00000000000a"
NODE = {"@id": f"https://credentialengineregistry.org/resources/{CTID}", "@type": "ceterms:License"}
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@id", "@type", "@graph", "@context", "ceterms:ctid", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "content",
    [
        NODE,
        {"@graph": [NODE]},
        {"envelope_id": "1", "decoded_resource": {"@graph": [NODE]}},
        {"decoded_resource": NODE},
        {"GraphInput": {"@context": "c", "@graph": [NODE]}},
    ],
)
def test_every_layout_gives_the_same_node(content: Any) -> None:
    (entry,) = entries_of(document_of(content, "file-1"))
    assert (entry.key, entry.kinds, entry.refusal) == (CTID, ("License",), None)


@pytest.mark.parametrize(
    ("node_id", "key"),
    [
        (f"https://credentialengineregistry.org/resources/{CTID}", CTID),
        (f"https://sandbox.credentialengineregistry.org/graph/{CTID.upper()}", CTID),
        (f"urn:uuid:{CTID.removeprefix('ce-')}", CTID),
        (f"res:{CTID}", CTID),
        ("_:b1", "file-1-b1"),
        ("https://school.test/p", "https://school.test/p"),
    ],
)
def test_an_id_stands_for_one_thing_however_it_is_written(node_id: str, key: str) -> None:
    document = Document("file-1", (), {"res": "https://credentialengineregistry.org/resources/"})
    assert document.key(node_id) == key


def test_blank_nodes_of_two_documents_are_two_things() -> None:
    assert Document("a", (), {}).key("_:b1") != Document("b", (), {}).key("_:b1")


def test_a_node_with_a_ctid_at_an_address_of_its_own_is_a_record() -> None:
    node = {
        "@id": "https://school.test/p.json",
        "@type": "ceterms:Course",
        "ceterms:ctid": CTID.upper().replace("CE", "ce"),
    }
    (entry,) = entries_of(document_of(node, "file-1"))
    assert (entry.key, entry.refusal) == (CTID, None)


def test_a_blank_node_shares_the_refusal_of_its_graph() -> None:
    graph = [{"@id": "https://www.example.org/1"}, {"@id": "_:b1"}, {"@id": "https://school.test/2"}]
    assert [bool(entry.refusal) for entry in entries_of(document_of({"@graph": graph}, "f"))] == [True, True, False]


@pytest.mark.parametrize("page", ["https://example.com/x", "http://www.example.edu", "https://a.example/x"])
def test_pages_of_invented_hosts_are_seen_at_any_depth(page: str) -> None:
    (entry,) = entries_of(document_of(NODE | {"ceterms:requires": [{"ceterms:source": [page]}]}, "f"))
    assert entry.refusal
    assert "invented" in entry.refusal


@pytest.mark.parametrize(
    "page", ["https://myexample.com/x", "https://example.school.test", "example.com", "http://[bad"]
)
def test_other_pages_are_left_alone(page: str) -> None:
    (entry,) = entries_of(document_of(NODE | {"ceterms:source": page}, "f"))
    assert entry.refusal is None


@given(JSON)
def test_any_json_is_entries_or_a_value_error(content: Any) -> None:
    try:
        entries = list(entries_of(document_of(content, "f")))
    except ValueError:
        return
    for entry in entries:
        assert record_id(entry.key).startswith("ctdl:")
        assert isinstance(entry.kinds, tuple)


@given(JSON)
def test_what_is_shown_is_short_text(value: Any) -> None:
    assert isinstance(shown(value), str)
    assert shown(None) == ""


def test_walking_names_every_member() -> None:
    assert sorted(name for name, _ in walk([{"a": {"b": [{"c": 1}]}}, {"d": 2}])) == ["a", "b", "c", "d"]
