"""Deciding what a question is about: names of fields in its words first, then its meaning, then names in the records."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.understand.lexicon import lexicon
from assistant.understand.likeness import Likeness
from assistant.understand.subject import NOT_WANTED, Subject
from assistant.understand.topic import TopicIndex
from assistant.understand.vague import EMPTY, FILLER
from assistant.understand.words import folded

MEANS = ((8, 0.40), (5, 0.45), (2, 0.55), (1, 0.75))
"""Least likeness at which a clause of so many words means a topic: long clauses are never very like. Off-topic clauses
of the development cases stay below."""
AHEAD = 0.06
"""How much nearer another topic has to be than the one that a single word names."""
BESIDE = 0.3
"""Of several fields that are named, one so much less near than the best is a slip."""
NEVER_BY_MEANING = frozenset(("job_readiness",))
"""Every goal comes near to finding a job: only its own words name this field."""
MOST_CLAUSES, LONGEST_CLAUSE = 8, 300
"""A goal is told early and in few words; endless texts cost the models seconds."""
BREAK = re.compile(r"[.,;:!?()¿¡]+|\b(?:but|because|since|so|although|pero|porque|porke|aunque|sino|asi que)\b")
OTHERS = re.compile(
    r"\b(?:my|mi|his|her) (?:uncle|aunt|cousin|brother|sister|father|dad|husband|wife|boyfriend|girlfriend|boss|neighbor|landlord|friend|ti[oa]|prim[oa]|herman[oa]|papa|espos[oa]|jef[ea]|vecin[oa]|amig[oa])\b"
)


def goal_of(text: str, named: Subject, topic: str, index: TopicIndex, likeness: Likeness) -> Subject:
    """Return what a question is about; `text` is what is left of it without its limits, `named` what the lexicon finds."""
    if named.topics and named.is_sure and len(named.topics) == 1:
        return named
    clauses = clauses_of(text)
    rows = likeness.scores(clauses) if clauses else []
    if named.topics and named.is_sure:
        return _without_slips(named, rows)
    best, score = _nearest(clauses, rows, set(named.without))
    if named.topics:
        return _settled(named, best, score, list(zip(clauses, rows, strict=True)))
    if best is not None:
        return Subject(topics=(best,), called=(best,), without=named.without, unwanted=named.unwanted, words=topic)
    beyond = index.beyond_lexicon(topic) if topic else Subject()
    return beyond.model_copy(update={"without": named.without, "unwanted": named.unwanted})


def _without_slips(named: Subject, rows: Sequence[Mapping[str, float]]) -> Subject:
    """Of several fields that are named, keep those that the question comes near to."""
    own = {key: max((_of(row, key) for row in rows), default=0.0) for key in named.topics}
    most = max(own.values(), default=0.0)
    kept = tuple(key for key in named.topics if own[key] >= most - BESIDE)
    called = tuple(key for key in named.called if key in kept) or kept
    return named.model_copy(update={"topics": kept, "called": called})


def _settled(
    named: Subject, best: str | None, score: float, clauses: Sequence[tuple[str, Mapping[str, float]]]
) -> Subject:
    """Let meaning confirm what a single word names, or put another field in its place."""
    words = set(folded(named.words).split())
    own, there, bound = 0.0, 0.0, 1.0
    for clause, row in clauses:
        if words & set(clause.split()):
            value = max(_of(row, key) for key in named.topics)
            if value > own:
                own, there, bound = value, max(v for k, v in row.items() if k not in named.without), _bound(clause)
    if own >= there - AHEAD and own >= min(bound, max(score - AHEAD, 0.0)):
        return named.model_copy(update={"is_sure": True})
    if best is None or score < own + AHEAD:
        return named
    return named.model_copy(update={"topics": (best,), "called": (best,)})


def _of(row: Mapping[str, float], topic: str) -> float:
    return max((row.get(key, 0.0) for key in lexicon().flat((topic,))), default=0.0)


def clauses_of(text: str) -> list[str]:
    """Return the clauses that may tell a goal: not those of what is unwanted, of other people, or of nothing."""
    out = []
    for part in BREAK.split(folded(text)):
        clause = " ".join(part.split())
        if _content(clause) and not OTHERS.search(clause) and not NOT_WANTED.search(f"{clause} "):
            out.append(clause[:LONGEST_CLAUSE])
    return out[:MOST_CLAUSES]


def _content(clause: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+(?:'[a-z]+)?", clause) if word not in FILLER and word not in EMPTY]


def _nearest(
    clauses: Sequence[str], rows: Sequence[Mapping[str, float]], without: set[str]
) -> tuple[str | None, float]:
    """Return the topic that a clause means, and how near it is; none when no clause is near enough."""
    found = [
        (value, key)
        for clause, row in zip(clauses, rows, strict=True)
        for key, value in row.items()
        if key not in without and key not in NEVER_BY_MEANING and value >= _bound(clause)
    ]
    score, best = max(found, default=(0.0, None))
    return best, score


def _bound(clause: str) -> float:
    size = len(clause.split()) if len(_content(clause)) > 1 else 1
    return next(bound for words, bound in MEANS if size >= words)
