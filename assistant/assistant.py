"""The assistant: understand, retrieve, write, verify."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager

from assistant.answer import Answer, Intent, Question
from assistant.check import Checker
from assistant.desk.about import Subjects
from assistant.desk.triager import Triager
from assistant.drafts import Draft
from assistant.model import ChatModel, Usage
from assistant.names import NameIndex
from assistant.narration.narrator import Narration, Narrator
from assistant.ranking import Ranker
from assistant.replies import REPLIES
from assistant.structure import Structurer
from assistant.understand.reading import Reader
from assistant.verify import verified
from assistant.writer import joined, sources_list
from catalog.snapshot import Snapshot
from prompts import Texts, digest
from vectorstore.search import Searcher

MAX_QUESTION_CHARACTERS = 4_000


class Assistant:
    """Answers questions from one snapshot and its index; safe to share between threads.

    With a chat model the summary of an answer is worded by it; without one everything is written by code.
    """

    def __init__(self, snapshot: Snapshot, searcher: Searcher, model: ChatModel | None = None) -> None:
        self.snapshot, self.searcher = snapshot, searcher
        names = NameIndex(snapshot)
        self.checker = Checker(snapshot, names)
        self.triager = Triager(Subjects(snapshot, names))
        self.reader, self.ranker = Reader(snapshot), Ranker(snapshot, searcher)
        self.narrator = Narrator(model) if model is not None else None
        self.structurer = Structurer(model, self.reader.read, self.narrator.masked) if model and self.narrator else None
        self._texts = {language: Texts(language) for language in ("en", "es")}

    def ask(self, question: Question) -> Answer:
        """Answer one question; every sentence shown is held by the records that it cites."""
        stream = self.stream(question)
        while True:
            try:
                next(stream)
            except StopIteration as end:
                answer: Answer = end.value
                return answer

    def stream(self, question: Question) -> Generator[str, None, Answer]:
        """Yield what is already certain of an answer, as it comes; return the whole.

        What is yielded is the first line and the sentences of a chat model, each checked; the answer's text has all of
        it, but for the sentences of a model that was given up. Closing the generator ends the model's work.
        """
        clock, usage = Clock(), Usage()
        with clock("understand"):
            question = question.model_copy(update={"text": question.text[:MAX_QUESTION_CHARACTERS]})
            query = self.reader.read(question)
        if self.structurer is not None:
            with clock("structure"):
                query = self.structurer.filled(query, question, usage)
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
        said = None
        if self.narrator is not None and draft.told and lines:
            yield lines[0]
            with clock("narrate"):
                said = yield from self._narrated(self.narrator, draft, question, usage)
            lines[1:1] = said.paragraphs(draft.texts)
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
            writer=self.narrator.name if self.narrator and said and said.ended == "written" else "embedded",
            dropped_sentences=len(problems) + (said.dropped if said else 0),
            tokens_in=usage.tokens_in,
            tokens_out=usage.tokens_out,
            timings_ms=clock.timings,
            **draft.parts(),
        )

    def _narrated(
        self, narrator: Narrator, draft: Draft, question: Question, usage: Usage
    ) -> Generator[str, None, Narration]:
        beside = [card for card in draft.programs if card not in draft.told]
        return narrator.narrate(
            draft.told, draft.query, question.history, draft.texts, found=draft.matching, beside=beside, usage=usage
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
