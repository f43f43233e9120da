"""Whether a sentence of a model may be shown: each name, figure and word in it must be held by what it cites.

The check is of a closed world. It does not look for falsehoods: it accounts for every token of the sentence, by the
records cited or by a list of plain words, and drops what it can't account for. Judgements, promises and negations are
in no list, so no wording of them passes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from assistant.markup import escaped
from assistant.narration.facts import Held, Subject
from assistant.narration.figures import FigureReader
from assistant.narration.scan import Scanner, Token

SEPARATORS = frozenset(",;")
ESCAPED = re.compile(r"\\(?:\[(\d+)\\\]|(\$))")
"""A mark, or a price, that became harmless text; both were read and are held."""
EXTREMES = frozenset({"cheapest", "shortest", "nearest"})


@dataclass
class Run:
    """A part of a sentence about one program, or about none."""

    tokens: list[Token] = field(default_factory=list)
    subjects: frozenset[str] | None = None

    @property
    def marks(self) -> frozenset[int]:
        """The citations in it."""
        return frozenset(number for token in self.tokens for number in token.marks)

    def kinds(self, held: Held) -> Iterator[str]:
        """Yield what its names are of: `program` or `school`."""
        for token in self.tokens:
            if token.kind == "name" and any(token.value in each.names for each in held.subjects):
                yield "program"
            elif token.kind == "name" and any(token.value in each.school for each in held.subjects):
                yield "school"


class SentenceCheck:
    """Checks sentences in the order in which they are shown: what `it` means depends on the one before."""

    def __init__(self, held: Held, language: str) -> None:
        self._held, self._scanner = held, Scanner(held, language)
        self._words = self._scanner.words
        self._by_key = {subject.card.id: subject for subject in held.subjects}
        self._topic = frozenset(each for each in held.topic if not self._is_banned(each))
        self._last: frozenset[str] | None = None
        self._named = 0

    def shown(self, sentence: str) -> str | None:
        """Return the sentence as harmless Markdown, or None if it must not be shown."""
        tokens = self._scanner.tokens(sentence)
        if not tokens or not any(token.kind in ("word", "phrase") for token in tokens):
            return None
        if any(number not in self._held.citations for token in tokens for number in token.marks):
            return None
        runs = self._runs(tokens)
        if runs is None or not self._is_held(runs, tokens):
            return None
        return ESCAPED.sub(lambda found: found[2] or f"[{found[1]}]", escaped(sentence))

    def _is_held(self, runs: Sequence[Run], tokens: Sequence[Token]) -> bool:
        spoken_of: frozenset[str] | None = None
        self._named = sum(bool(list(run.kinds(self._held))) for run in runs)
        for run, others in _predicates(runs, self._held, self._words.separators):
            for each in (run, *others):
                subjects = each.subjects
                named = bool(list(each.kinds(self._held)))
                if subjects is not None and not named and not self._follows(subjects, run):
                    return False
                fitting = self._fitting(run, each, subjects, tokens)
                if fitting is None:
                    return False
                spoken_of = fitting or spoken_of
        self._last = spoken_of or self._last
        return True

    def _follows(self, subjects: frozenset[str], run: Run) -> bool:
        """Whether a run without a name is plainly about its subject: that of the sentence before, or an extreme."""
        says_which = any(token.value in self._words.claims[key] for key in EXTREMES for token in run.tokens)
        return self._last is None or says_which or bool(subjects & self._last)

    def _fitting(
        self, run: Run, each: Run, subjects: frozenset[str] | None, tokens: Sequence[Token]
    ) -> frozenset[str] | None:
        """Return the subjects that the predicate of a run is true of; None where there is none."""
        if subjects is None:
            return frozenset() if self._holds(run, None, frozenset(), tokens) else None
        if not each.marks:
            return None
        marks = each.marks | run.marks
        if run is not each:
            # The same is said of another program: all but the names and marks of the first.
            run = Run([token for token in run.tokens if self._subjects_of(token) is None])
        found = {key for key in subjects if self._holds(run, self._by_key[key], marks, tokens)}
        return frozenset(found) or None

    def _holds(self, run: Run, subject: Subject | None, marks: frozenset[int], tokens: Sequence[Token]) -> bool:
        reader = FigureReader(run.tokens, self._words, self._held, subject, marks, self._named)
        if not reader.read(tokens):
            return False
        said = {token.value for token in tokens}
        restates = bool(said & self._words.restated)
        allowed = self._words.plain | self._words.dated | self._words.phrases | self._words.shown
        allowed |= self._words.restated | self._words.separators
        for at, token in enumerate(run.tokens):
            if token.kind == "name" and not self._names(token, subject, run, restates):
                return False
            if token.kind == "date" and not reader.is_date(token):
                return False
            is_word = token.kind in ("word", "phrase") and at not in reader.used
            if is_word and not self._says(token, subject, run, said, allowed):
                return False
        return True

    def _says(self, token: Token, subject: Subject | None, run: Run, said: set[str], allowed: frozenset[str]) -> bool:
        """Whether a word is a claim that is held, or a plain word that makes none."""
        words = self._words
        claims = [key for key, texts in words.claims.items() if token.value in texts]
        if claims:
            return all(self._claims(key, subject, said) for key in claims)
        if token.value in words.unknown:
            topics = {key for key, texts in words.unknown_of.items() if texts & {each.value for each in run.tokens}}
            return subject is not None and bool(topics) and topics <= subject.unknown
        return token.value in allowed

    def _claims(self, key: str, subject: Subject | None, said: set[str]) -> bool:
        if subject is None:
            return key in self._held.wishes and bool(said & self._words.restated)
        if key in EXTREMES and not said & self._words.shown:
            return False
        return key in subject.claims

    def _names(self, token: Token, subject: Subject | None, run: Run, restates: bool) -> bool:
        if token.value in self._topic:
            return True
        is_place = token.value in self._held.places
        if subject is None:
            return is_place and restates
        if token.value in subject.names | subject.school | subject.held:
            return True
        # The place that was asked about stands beside a distance, or after `near`.
        near = any(each.value in self._words.claims["near"] | self._words.roles["miles"].after for each in run.tokens)
        return is_place and near and "near" in subject.claims

    def _is_banned(self, topic: str) -> bool:
        stems = self._words.banned
        return any(word.startswith(stem) for word in topic.split() for stem in stems if len(stem) > len("any")) or any(
            word in stems for word in topic.split()
        )

    def _runs(self, tokens: Sequence[Token]) -> list[Run] | None:
        """Return the sentence cut where it begins to speak of another program; None where marks contradict names."""
        runs = [Run()]
        for token in tokens:
            of = self._subjects_of(token)
            run = runs[-1]
            if of is not None and run.subjects is not None and not (run.subjects & of):
                if token.kind == "mark":
                    return None
                runs.append(self._moved(run))
                run = runs[-1]
            if of is not None:
                run.subjects = of if run.subjects is None else run.subjects & of
            run.tokens.append(token)
        return runs

    def _moved(self, run: Run) -> Run:
        """Start a new run with the words after the last separator, if they come after all names and marks."""
        for at in range(len(run.tokens) - 1, -1, -1):
            token = run.tokens[at]
            if token.kind == "mark" or self._subjects_of(token) is not None:
                break
            if token.value in SEPARATORS or token.value in self._words.separators:
                moved = run.tokens[at + 1 :]
                run.tokens = run.tokens[: at + 1]
                return Run(moved)
        return Run()

    def _subjects_of(self, token: Token) -> frozenset[str] | None:
        """Return which programs a token can be about; None where it is about none in particular."""
        if token.kind == "mark":
            found = [
                {key for key, subject in self._by_key.items() if number in subject.citations} for number in token.marks
            ]
            return frozenset(set.intersection(*found))
        if token.kind != "name" or token.value in self._topic:
            return None
        keys = {k for k, each in self._by_key.items() if token.value in each.names or token.value in each.school}
        return frozenset(keys) or None


def _predicates(runs: Sequence[Run], held: Held, separators: Iterable[str]) -> Iterator[tuple[Run, list[Run]]]:
    """Yield each run that says something, with the runs that only name programs of which the same is said."""
    passed = SEPARATORS | set(separators)
    bare = [all(t.kind in ("name", "mark", "end") or t.value in passed for t in run.tokens) for run in runs]
    waiting: list[Run] = []
    pairs: list[tuple[Run, list[Run]]] = []
    for run, is_bare in zip(runs, bare, strict=True):
        if not is_bare:
            pairs.append((run, waiting))
            waiting = []
        elif pairs and not waiting and run is runs[-1]:
            pairs[-1][1].append(run)
        else:
            waiting.append(run)
    kinds = {next(run.kinds(held), None) for run in runs}
    if waiting or (len(runs) > 1 and len(kinds) > 1):
        # Names without a predicate, or a school beside another school's program: nobody can tell what is said.
        yield Run([Token("word", "")]), []
    yield from pairs
