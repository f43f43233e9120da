"""Passages: what stands for a record in the index."""

from __future__ import annotations

from vectorstore.passages import MAX_WORDS, _joined, dense_passages, lexical_passages


def test_a_program_is_told_by_name_field_occupation_school_and_place(snapshot):
    found = {p.id: p for p in dense_passages(snapshot) if p.kind == "program"}
    text = found["toy:1"].text
    for part in ("Welding Technology", "Welders, Cutters", "Garden Trade School", "Newark", "NJ", "Hands-on"):
        assert part in text
    assert "Phlebotomy Technician/Phlebotomist" in found["toy:2"].text


def test_a_standard_has_a_passage_in_each_language(snapshot):
    texts = [p.text for p in dense_passages(snapshot) if p.id == "eqos"]
    assert len(texts) == 2
    assert "Cinco partes" in texts[1]


def test_providers_and_retired_credentials_are_lexical_only(snapshot):
    dense, lexical = ({p.id for p in each(snapshot)} for each in (dense_passages, lexical_passages))
    assert {"toy:p", "toy:old"} == lexical
    assert "toy:new" in dense
    assert not dense & lexical


def test_the_order_is_fixed(snapshot):
    assert list(dense_passages(snapshot)) == list(dense_passages(snapshot))


def test_passages_are_bounded_and_say_nothing_twice():
    assert len(_joined("word " * 1000).split()) == MAX_WORDS
    assert _joined("Welding", None, " ", "Welding.", "Steel") == "Welding. Steel"


def test_a_changed_text_has_another_digest(snapshot):
    digests = [p.digest for p in dense_passages(snapshot)]
    assert len(set(digests)) == len(digests)
