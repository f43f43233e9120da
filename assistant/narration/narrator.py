"""A chat model words the summary: asked, read sentence by sentence, and believed only where the records hold it."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from assistant.answer import ProgramCard
from assistant.desk.personal import Masker
from assistant.failures import ModelError
from assistant.model import ChatModel, Usage
from assistant.narration.checking import SentenceCheck
from assistant.narration.facts import held_by
from assistant.narration.packing import packed
from assistant.narration.sentences import sentences
from assistant.understand.query import Query
from prompts import Texts

LOG = logging.getLogger(__name__)
MOST_TOKENS = 300
MOST_SENTENCES = 8
MOST_READ = 40
"""Sentences of a model that are read at most, shown or dropped."""
MOST_DROPPED = 0.5
"""Share of the sentences; where more are dropped, the rest is no text any more."""


@dataclass
class Narration:
    """What became of a summary: its sentences, if it may be shown, and what was dropped."""

    lines: list[str] = field(default_factory=list)
    dropped: int = 0
    ended: Literal["written", "failed", "dropped"] = "written"
    failure: ModelError | None = None
    usage: Usage = field(default_factory=Usage)
    first_ms: float | None = None
    packed: int = 0
    shown: int = 0

    def close(self) -> None:
        """Decide whether what was read is good enough to be shown."""
        read = len(self.lines) + self.dropped
        if self.failure is not None:
            self.ended = "failed"
        elif not self.lines or self.dropped > MOST_DROPPED * read:
            self.ended = "dropped"

    def paragraphs(self, texts: Texts) -> list[str]:
        """Return what an answer shows of it: the summary, and a note where there is one."""
        note = self.note(texts)
        summary = [" ".join(self.lines)] if self.ended == "written" else []
        return [*summary, *([f"_{note}_"] if note else [])]

    def note(self, texts: Texts) -> str | None:
        """Return what a reader should know of it."""
        if self.ended != "written":
            return texts("narration.fallback", why=texts(f"narration.why_{self.ended}"))
        if self.packed < self.shown:
            return texts("narration.left_out", packed=self.packed, shown=self.shown)
        return None


class Narrator:
    """Words summaries; made once, safe to share between threads."""

    def __init__(self, model: ChatModel) -> None:
        self.model = model

    @property
    def name(self) -> str:
        """What an answer says of who wrote it."""
        return f"model:{self.model.name}"

    def narrate(
        self,
        cards: Sequence[ProgramCard],
        query: Query,
        history: Sequence[str],
        texts: Texts,
        found: int | None = None,
        *,
        beside: Sequence[ProgramCard] = (),
        usage: Usage | None = None,
    ) -> Generator[str, None, Narration]:
        """Yield each sentence as soon as it is known to be held, and return what became of the whole.

        Closing the generator ends the model's stream. A failure of the model is told in what is returned.
        """
        held = held_by(cards, query, found, beside)
        messages, programs = packed(held, query, history, texts, self.masked, self.model.evidence_tokens)
        said = Narration(packed=programs, shown=len(cards), usage=usage or Usage())
        check, begun = SentenceCheck(held, query.language), time.perf_counter()
        try:
            with closing(self.model.stream(messages, MOST_TOKENS, said.usage)) as pieces:
                for line in self._checked(pieces, check, said):
                    said.first_ms = said.first_ms or round((time.perf_counter() - begun) * 1000, 1)
                    yield line
        except ModelError as error:
            said.failure = error
        said.close()
        LOG.info(
            "narration %s: shown %d, dropped %d, first after %s ms, tokens in %s out %s",
            said.ended, len(said.lines), said.dropped, said.first_ms, said.usage.tokens_in, said.usage.tokens_out,
        )  # fmt: skip
        return said

    def masked(self, text: str) -> str:
        """Return a text without personal data; nothing else of a person leaves the machine."""
        return self._masker.mask(text).text

    def _checked(self, pieces: Iterator[str], check: SentenceCheck, said: Narration) -> Iterator[str]:
        for read, sentence in enumerate(sentences(pieces)):
            if read >= MOST_READ or len(said.lines) >= MOST_SENTENCES:
                return
            line = check.shown(sentence)
            if line is None or line in said.lines:
                said.dropped += 1
            else:
                said.lines.append(line)
                yield line

    @cached_property
    def _masker(self) -> Masker:
        return Masker()
