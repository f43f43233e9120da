"""One visitor's conversation: the turns, the limits given up, and what the last answer offers next."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.answer import Answer, Filter, Language, Persona, Question
from assistant.web.limits import grouped, key_of
from catalog.records import Record

MOST_TURNS = 12
"""Earlier turns are forgotten, so that a long visit stays as quick as a short one."""


class Conversation(Record):
    """Turns so far, the oldest first; `limits` are those of the last answer, `without` those that are given up."""

    turns: tuple[str, ...] = ()
    limits: tuple[Filter, ...] = ()
    without: tuple[Filter, ...] = ()

    def asking(self, text: str) -> Conversation:
        """Return the conversation with one more turn; a limit that it states again holds again."""
        said = text.lower()
        without = tuple(each for each in self.without if each.words.lower() not in said)
        return self.model_copy(update={"turns": (*self.turns, text)[-MOST_TURNS:], "without": without})

    def holding(self, names: Iterable[str]) -> Conversation:
        """Return the conversation with only these of its limits in force."""
        kept = set(names)
        gone = tuple(each for key, group in self.choices() if key not in kept for each in group)
        return self.model_copy(update={"without": gone})

    def answered(self, answer: Answer) -> Conversation:
        """Return the conversation with the limits of an answer."""
        return self.model_copy(update={"limits": answer.query.filters})

    def question(self, persona: Persona, language: Language) -> Question:
        """Return the last turn as a question."""
        *history, text = self.turns
        return Question(
            text=text, persona=persona, language=language, history=tuple(history), without=self.without
        )  # fmt: skip

    def choices(self) -> list[tuple[str, tuple[Filter, ...]]]:
        """Return every limit by its key, those in force first."""
        return [("|".join(key_of(group[0])), group) for group in grouped((*self.limits, *self.without))]

    def in_force(self) -> list[str]:
        """Return the keys of the limits in force."""
        gone = {key_of(each) for each in self.without}
        return [key for key, group in self.choices() if key_of(group[0]) not in gone]
