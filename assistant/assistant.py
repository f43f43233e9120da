"""The assistant: understand, retrieve, write, verify."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.answer import Answer, Intent, Question
from assistant.check import Checker
from assistant.desk.about import Subjects
from assistant.desk.triager import Triager
from assistant.drafts import Draft
from assistant.names import NameIndex
from assistant.ranking import Ranker
from assistant.replies import REPLIES
from assistant.understand.reading import Reader
from assistant.verify import verified
from assistant.writer import joined, sources_list
from catalog.snapshot import Snapshot
from prompts import Texts, digest
from vectorstore.search import Searcher

MAX_QUESTION_CHARACTERS = 4_000


class Assistant:
    """Answers questions from one snapshot and its index; safe to share between threads."""

    def __init__(self, snapshot: Snapshot, searcher: Searcher) -> None:
        self.snapshot, self.searcher = snapshot, searcher
        names = NameIndex(snapshot)
        self.checker = Checker(snapshot, names)
        self.triager = Triager(Subjects(snapshot, names))
        self.reader, self.ranker = Reader(snapshot), Ranker(snapshot, searcher)
        self._texts = {language: Texts(language) for language in ("en", "es")}

    def ask(self, question: Question) -> Answer:
        """Answer one question; every sentence shown is held by the records that it cites."""
        clock = Clock()
        with clock("understand"):
            query = self.reader.read(question.model_copy(update={"text": question.text[:MAX_QUESTION_CHARACTERS]}))
        draft = Draft(
            query=query,
            texts=self._texts[query.language],
            snapshot=self.snapshot,
            searcher=self.searcher,
            checker=self.checker,
            triager=self.triager,
            topics=self.reader.topics,
            ranker=self.ranker,
        )
        with clock("compose"):
            REPLIES[query.intent](draft)
        with clock("verify"):
            lines, problems = verified(draft.lines, draft.ledger)
        if query.intent is not Intent.TRIAGE:
            lines.append(f"_{draft.texts('notice.short')}_")
        lines += list(sources_list(draft.texts, draft.sources.citations, lines))
        return Answer(
            text=joined(lines),
            language=query.language,
            persona=query.persona,
            intent=query.intent,
            query=draft.query_card(),
            citations=tuple(draft.sources.citations),
            snapshot=self.snapshot.content_hash[:16],
            prompt_digest=digest()[:16],
            dropped_sentences=len(problems),
            timings_ms=clock.timings,
            **draft.parts(),
        )


class Clock:
    """Times named stretches of work, in milliseconds."""

    def __init__(self) -> None:
        self.timings: dict[str, float] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Time what runs inside."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.timings[name] = round((time.perf_counter() - start) * 1000, 1)
