"""Plain BM25: tantivy with its English stemmer over one passage per program, any word of the question counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from evals.neighbours.documents import Document, Search


@contextmanager
def bm25(documents: Sequence[Document]) -> Iterator[Search]:
    """Lend a search over an index in memory."""
    import tantivy

    schema = tantivy.SchemaBuilder()
    schema.add_text_field("id", stored=True, tokenizer_name="raw")
    schema.add_text_field("text", tokenizer_name="en_stem")
    index = tantivy.Index(schema.build())
    writer = index.writer(num_threads=1)  # One thread, one segment: equal scores keep one order.
    for each in documents:
        writer.add_document(tantivy.Document(id=each.id, text=each.passage))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(text: str, limit: int) -> list[str]:
        query, _errors = index.parse_query_lenient(text, ["text"])
        return [searcher.doc(address)["id"][0] for _score, address in searcher.search(query, limit).hits]

    yield search
