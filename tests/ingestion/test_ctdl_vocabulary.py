"""Terms that CTDL does not know are reported, once each, wherever they stand."""

from __future__ import annotations

from typing import Any

import pytest

from ingestion.ctdl_vocabulary import report_unknown, vocabulary_of

CONTEXT = {
    "@context": {
        "ceterms": "https://purl.org/ctdl/terms/",
        "ceterms:name": {"@container": "@language"},
        "ceterms:price": {"@type": "xsd:decimal"},
        "ceterms:requires": {"@type": "@id"},
    }
}


def reported(node: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    report_unknown(node, vocabulary_of(CONTEXT), lambda term, _value, reason: found.append((term, reason)))
    return found


def test_what_the_values_of_a_term_are() -> None:
    assert vocabulary_of(CONTEXT)["ceterms:name"] == "@language"
    assert vocabulary_of(CONTEXT)["ceterms:price"] == "xsd:decimal"
    assert vocabulary_of(CONTEXT)["ceterms"] == ""


@pytest.mark.parametrize("content", [None, [], {}, {"@context": {}}, {"@context": "https://credreg.net"}])
def test_what_is_no_context_is_refused(content: Any) -> None:
    with pytest.raises(ValueError, match="there is no @context"):
        vocabulary_of(content)


@pytest.mark.parametrize(
    "node",
    [
        {"@id": "x", "@type": "y", "ceterms:name": {"en": "A", "pt-BR": "B", "zh-Hans-CN": "C"}},
        {"ceterms:requires": [{"ceterms:price": 3, "@type": "z"}]},
        {"http://purl.org/other": 1, "id": "x", "type": "y"},
        {"ceterms:name": "Plain"},
    ],
)
def test_known_terms_are_left_alone(node: dict[str, Any]) -> None:
    assert reported(node) == []


def test_a_misspelled_term_is_reported_once() -> None:
    node = {"ceterms:requires": [{"ceterms:prize": {"en": "x"}}, {"ceterms:prize": 2}], "cetermsname": 1}
    unknown = "a term that the vocabulary does not know"
    assert sorted(reported(node)) == [("ceterms:prize", unknown), ("cetermsname", unknown)]


def test_a_term_with_a_blank_at_its_end_is_another_term() -> None:
    assert reported({"ceterms:price ": 1}) == [("ceterms:price ", "a term that the vocabulary does not know")]


def test_a_tag_that_is_no_language_is_reported() -> None:
    assert reported({"ceterms:name": {"en:us": "A", "english": "B"}}) == [
        ("en:us", "not a language tag"),
        ("english", "not a language tag"),
    ]
