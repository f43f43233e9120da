"""Finding records by meaning and by words: passages, embeddings, Chroma, a lexical index, a retriever.

`ensure_index(snapshot, settings)` opens the index of a snapshot, building it when it is missing;
`.searcher()` gives a `Searcher`, and `retriever.RecordRetriever` is its LangChain face.
"""
