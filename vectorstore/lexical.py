"""The lexical index: BM25 over passages and provider names, accents folded (tantivy)."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from vectorstore.passages import Passage

if TYPE_CHECKING:
    import tantivy

ANALYZER = "folded"
TITLE_BOOST = 2.0
MAX_TERMS = 64
MAX_PASSAGES = 2
"""Of one record: a standard has one in each language."""
WRITER_BYTES = 128_000_000
WORD = r"[\p{L}\p{N}]+[+#]*"
"""Letters and digits of any script; `A+` and `C#` stay whole."""


class LexicalHit(NamedTuple):
    """A record and its BM25 score."""

    id: str
    kind: str
    score: float


class LexicalIndex:
    """Opens the index in a folder; a question's words are terms, never query syntax."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._index = tantivy.Index.open(str(folder))
        self._register(self._index)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    @classmethod
    def build(cls, folder: Path, passages: Iterable[Passage]) -> None:
        """Write an index of passages into an empty folder."""
        import tantivy

        folder.mkdir(parents=True)
        schema = tantivy.SchemaBuilder()
        for field in ("id", "kind"):
            schema.add_text_field(field, stored=True, tokenizer_name="raw", index_option="basic")
        for field in ("title", "text"):
            schema.add_text_field(field, stored=True, tokenizer_name=ANALYZER, index_option="freq")
        index = tantivy.Index(schema.build(), path=str(folder))
        cls._register(index)
        writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
        for passage in passages:
            title, text = composed(passage.title), composed(passage.text)
            writer.add_document(tantivy.Document(id=passage.id, kind=passage.kind, title=title, text=text))
        writer.commit()
        writer.wait_merging_threads()

    @staticmethod
    def _register(index: tantivy.Index) -> None:
        index.register_tokenizer(ANALYZER, _analyzer())

    def search(self, text: str, kinds: Collection[str], ids: Collection[str] | None, limit: int) -> list[LexicalHit]:
        """Return the records that share words with a text, best first, each once."""
        import tantivy

        words = _terms(text)
        if not words or limit < 1:
            return []
        must = tantivy.Occur.Must
        parts: list[tuple[Any, Any]] = [(must, self._any_word(words))]
        if kinds:
            parts.append((must, self._one_of("kind", kinds)))
        if ids is not None:
            parts.append((must, self._one_of("id", ids)))
        found = self._searcher.search(tantivy.Query.boolean_query(parts), limit * 2)
        hits: dict[str, LexicalHit] = {}
        for score, address in found.hits:
            document = self._searcher.doc(address)
            key = document["id"][0]
            if key not in hits:
                hits[key] = LexicalHit(key, document["kind"][0], float(score))
        ordered = sorted(hits.values(), key=lambda hit: (-hit.score, hit.id))
        return ordered[:limit]

    def texts(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return the title and the text of records, by id; several passages of one are joined."""
        if not ids:
            return {}
        found = self._searcher.search(self._one_of("id", ids), MAX_PASSAGES * len(ids))
        passages: dict[str, list[tuple[str, str]]] = {}
        for _score, address in found.hits:
            document = self._searcher.doc(address)
            passages.setdefault(document["id"][0], []).append((document["title"][0], document["text"][0]))
        return {key: (said[0][0], "\n".join(text for _, text in said)) for key, said in passages.items()}

    def _any_word(self, words: list[str]) -> Any:
        import tantivy

        should = tantivy.Occur.Should
        terms = []
        for word in words:
            title = tantivy.Query.term_query(self._schema, "title", word)
            terms.append((should, tantivy.Query.boost_query(title, TITLE_BOOST)))
            terms.append((should, tantivy.Query.term_query(self._schema, "text", word)))
        return tantivy.Query.boolean_query(terms)

    def _one_of(self, field: str, values: Collection[str]) -> Any:
        import tantivy

        query = tantivy.Query.term_set_query(self._schema, field, sorted(values))
        return tantivy.Query.const_score_query(query, 0.0)


def _analyzer() -> tantivy.TextAnalyzer:
    import tantivy

    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(WORD))
    return (
        builder.filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def _terms(text: str) -> list[str]:
    """Return the analysed words of a text, each once."""
    return list(dict.fromkeys(_analyzer().analyze(composed(text))))[:MAX_TERMS]


def composed(text: str) -> str:
    """Return a text in which a letter and its accent are one character, else the accent would part the word."""
    return unicodedata.normalize("NFKC", text)
