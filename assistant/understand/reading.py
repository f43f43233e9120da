"""Reading a question: language, limits, subject, and what is asked for; earlier turns are read first and refined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.answer import Intent, Language, Persona, Question
from assistant.understand import amounts, intents, turns
from assistant.understand.goal import goal_of
from assistant.understand.holdings import Holdings
from assistant.understand.language import language_of
from assistant.understand.likeness import Likeness
from assistant.understand.query import Amount, Choice, Places, Query, Schools, Slot, Wish, kept
from assistant.understand.schools import SchoolIndex
from assistant.understand.spelling import Speller
from assistant.understand.subject import Subject, subject_of
from assistant.understand.terms import TermIndex
from assistant.understand.text import Text, text_of
from assistant.understand.topic import TopicIndex
from assistant.understand.vague import FILLER, VAGUE
from assistant.understand.where import places
from assistant.understand.wishes import WANTS_DIPLOMA, wishes
from assistant.understand.words import Token
from catalog.snapshot import Snapshot

TELLING_WORDS = 8
"""So many words tell a language by themselves; fewer are read with the turns before."""
SHORT = 6
"""A question for a meaning with more words than this is about the term that it names."""
ABOUT_SCHOOL = frozenset(
    [
        "evening",
        "weekend",
        "spanish",
        "childcare",
        "accessible",
        "job_search_help",
        "transit",
        "funding",
        "gi_bill",
        "credential_kind",
        "delivery",
        "not_delivery",
        "min_employment_rate",
    ]
)
"""What a question about a named school asks, rather than asks for."""


RADIUS = "radius_miles"
"""A distance without a place: it is that of the place told before."""


@dataclass
class Turn:
    """One turn as read: its limits, its subject, and what it says of the turns before."""

    plain: str
    text: str
    limits: dict[str, Slot]
    order: Choice | None
    subject: Subject
    topic: str
    schools: list[Schools]
    language: Language
    refers_to: tuple[int, ...] = ()
    gone: tuple[str, ...] = ()
    radius_miles: float | None = None


@dataclass
class Conversation:
    """What is in force after the turns read so far."""

    limits: dict[str, Slot] = field(default_factory=dict)
    order: Choice | None = None
    leaning: str | None = None
    subject: Subject = field(default_factory=Subject)
    topic: str = ""
    has_goal: bool = False


class Reader:
    """Reads questions by what one snapshot holds; safe to share between threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._holdings = Holdings(snapshot)
        self.topics = TopicIndex(self._holdings)
        self._schools = SchoolIndex(snapshot, self._holdings)
        self._terms = TermIndex(snapshot)
        self._speller = Speller(self._holdings)
        self._likeness = Likeness()

    def read(self, question: Question) -> Query:
        """Return the query that a question asks, after the turns before it."""
        said = [*question.history, question.text]
        state, turn = Conversation(), None
        language = question.language or self._language(said)
        for place, text in enumerate(said):
            turn = self._turn(text, language, is_later=place > 0)
            _follow(state, turn)
        if turn is None:
            raise ValueError("a question without a turn")
        return self._query(question, state, turn, language)

    def _language(self, said: Sequence[str]) -> Language:
        """The last turn's language; where a few words don't tell, that of the whole conversation."""
        last = said[-1]
        return language_of(last if len(last.split()) >= TELLING_WORDS or len(said) == 1 else " ".join(said))

    def _turn(self, text: str, language: Language, *, is_later: bool) -> Turn:
        text = " ".join(text.split())
        read = text_of(text, language, self._speller.limits)
        read.unknown = self._speller.unknown(re.findall(r"[^\W\d_]+", read.plain))
        schools = self._schools.find(read)
        wants_diploma = WANTS_DIPLOMA.search(read.plain)
        limits = dict(_limits(read))
        if wants_diploma:
            limits.pop("prerequisite_max", None)
        if schools:
            limits = {
                name: slot for name, slot in limits.items() if name not in ABOUT_SCHOOL or not _is_question(read.plain)
            }
            limits.pop("place", None)
        gone = tuple(turns.dropped(read.plain))
        limits = {name: slot for name, slot in limits.items() if name not in gone or not isinstance(slot, Wish)}
        radius = limits.pop(RADIUS, None)
        order = limits.pop("order", None)
        compares = intents.COMPARE.search(read.plain) is not None or bool(schools)
        comparative = turns.order_of(read.rest) if is_later and not compares else None
        if order is None and comparative and "max_cost_usd" not in limits:
            order = Choice(value=comparative[0], words=comparative[1])
        left = _left(
            text, [*(s.words for s in limits.values()), *(s.words for s in schools), *([order.words] if order else [])]
        )
        topic = topic_of(left)
        subject = self._subject(left, topic)
        return Turn(
            plain=read.plain,
            text=text,
            limits=limits,
            order=order if isinstance(order, Choice) else None,
            subject=subject,
            topic=subject.name(language) if subject.topics else topic,
            schools=schools,
            language=language,
            refers_to=() if schools else turns.positions(read.rest),
            gone=gone,
            radius_miles=radius.value if isinstance(radius, Amount) else None,
        )

    def _subject(self, left: str, topic: str) -> Subject:
        named = subject_of(left, self._mend)
        words = topic.split()
        if not words or (_only_vague(words) and not named.topics):
            return named
        return goal_of(left, named, topic, self.topics, self._likeness)

    def _mend(self, row: Sequence[Token]) -> list[str]:
        return self._speller.subjects([token.key for token in row])

    def _query(self, question: Question, state: Conversation, turn: Turn, language: Language) -> Query:
        intent, entity = self._intent(question.persona, state, turn, not question.history)
        limits = dict(state.limits)
        if turn.schools and (intent is not Intent.COMPARE or len(turn.schools) == 1):
            limits["provider"] = _one_of(turn.schools)
        limits = kept(limits, question.without)
        return Query(
            text=turn.text,
            language=language,
            persona=question.persona,
            intent=intent,
            topic=state.topic,
            subject=state.subject,
            entity=entity,
            limits=limits,
            order=state.order,
            leaning=state.leaning,
            refers_to=turn.refers_to if question.history else (),
            history=question.history,
            schools=tuple(turn.schools),
        )

    def _intent(self, persona: Persona, state: Conversation, turn: Turn, is_first: bool) -> tuple[Intent, str | None]:
        if persona is Persona.SUPPORT:
            return Intent.TRIAGE, None
        check = intents.checked_name(turn.text)
        if check and (intents.is_doubt(turn.plain) or not turn.subject.topics):
            return Intent.CHECK_PROVIDER, check
        if intents.is_unsafe(turn.plain):
            return Intent.OFF_TOPIC, None
        return self._of_records(persona, state, turn, is_first)

    def _of_records(
        self, persona: Persona, state: Conversation, turn: Turn, is_first: bool
    ) -> tuple[Intent, str | None]:
        if _compares(state, turn, is_first):
            return Intent.COMPARE, None
        term = self._terms.find(turn.text)
        if _asks_meaning(turn, term) and (term or not intents.is_off_topic(turn.plain)):
            asked = thing(turn.text)
            return Intent.EXPLAIN_STANDARD, asked if term is None or len(asked.split()) <= SHORT else term
        if persona is Persona.EMPLOYER:
            return Intent.EXPLAIN_CREDENTIAL, turn.topic or None
        return self._about_programs(state, turn)

    def _about_programs(self, state: Conversation, turn: Turn) -> tuple[Intent, str | None]:
        known = state.subject.is_known
        if intents.is_off_topic(turn.plain) and not intents.is_about_work(turn.plain):
            return Intent.OFF_TOPIC, None
        if known and intents.PATH.search(turn.plain):
            return Intent.PATH, None
        if known and intents.is_count(turn.plain):
            return Intent.COUNT, None
        if known or turn.schools:
            return Intent.FIND_PROGRAMS, None
        return self._without_goal(state, turn)

    def _without_goal(self, state: Conversation, turn: Turn) -> tuple[Intent, str | None]:
        """Nothing that the records know is named: a goal of its own, none at all, or another matter."""
        words = [word for word in state.topic.split() if len(word) > 2]
        if state.limits or not words or _only_vague(words):
            return Intent.UNCLEAR, None
        if intents.is_about_work(turn.plain) and state.has_goal:
            return Intent.FIND_PROGRAMS, None
        return (Intent.UNCLEAR if intents.is_about_work(turn.plain) else Intent.OFF_TOPIC), None


def _limits(read: Text) -> Iterator[tuple[str, Slot]]:
    """Yield the limits of a turn by name; each takes its words, so that no other is read from them."""
    if rate := amounts.min_employment(read):
        yield "min_employment_rate", rate
    if wage := amounts.min_wage(read):
        yield "min_wage_usd_per_year", wage
    least, most = amounts.hours(read)
    for name, amount in (("min_hours", least), ("max_hours", most), ("max_weeks", amounts.max_weeks(read))):
        if amount:
            yield name, amount
    inside, outside, radius = places(read)
    if inside:
        yield "place", inside
    elif radius is not None:
        yield RADIUS, Amount(value=radius, words=read.original)
    if outside:
        yield "not_place", outside
    cost, monthly = amounts.max_cost(read)
    if cost:
        yield ("monthly_usd" if monthly else "max_cost_usd"), cost
    yield from wishes(read)


def _follow(state: Conversation, turn: Turn) -> None:
    """Take a turn into what is in force."""
    refers = bool(turn.refers_to) and state.subject.is_known
    state.limits = turns.merged(state.limits, {} if refers else turn.limits, iter(turn.gone))
    place = state.limits.get("place")
    if turn.radius_miles is not None and isinstance(place, Places):
        state.limits["place"] = place.within(turn.radius_miles)
    if turn.order:
        state.order = turn.order
    elif "order" in turn.gone:
        state.order = None
    state.leaning = turns.preferred(turn.plain) or state.leaning
    new, old = turn.subject, state.subject
    if new.topics and old.is_known and not new.is_sure and not turns.SWITCH.search(turn.plain):
        # What only comes near in meaning changes no subject by itself: 'is there anything shorter?'
        new = Subject(without=new.without)
    if new.topics:
        if not refers:
            joined = old if old.is_known and turns.ADDS.search(turn.plain) else Subject()
            state.subject = _joined(joined, new, _kept(old, new))
            state.topic = state.subject.name(turn.language)
    elif new.without and old.is_known:
        state.subject = old.model_copy(update={"without": tuple(dict.fromkeys((*old.without, *new.without)))})
    elif new.is_known and (
        not old.is_known or (not turn.limits and not turn.refers_to and turns.SWITCH.search(turn.plain))
    ):
        state.subject, state.topic = new, turn.topic
    elif not old.is_known and turn.topic and not state.topic:
        state.topic = turn.topic
    state.has_goal = state.has_goal or bool(state.topic)


def _is_question(plain: str) -> bool:
    return (
        "?" in plain
        or re.match(r"\W*(?:is|are|does|do|did|how|what|which|when|compar\w+|cuanto|cuantas|que|es|tiene|da)\b", plain)
        is not None
    )


def _joined(old: Subject, new: Subject, without: tuple[str, ...]) -> Subject:
    """Return a new subject, beside the old one where one more is asked for."""
    return new.model_copy(
        update={
            "topics": tuple(dict.fromkeys((*old.topics, *new.topics))),
            "called": tuple(dict.fromkeys((*old.called, *new.called))),
            "without": tuple(dict.fromkeys((*without, *new.without))),
        }
    )


def _kept(old: Subject, new: Subject) -> tuple[str, ...]:
    return tuple(key for key in old.without if key not in new.topics)


def _one_of(schools: Sequence[Schools]) -> Schools:
    ids = frozenset(key for school in schools for key in school.ids)
    words = "; ".join(school.words for school in schools)
    return Schools(value="; ".join(school.value for school in schools), ids=ids, words=words)


def _compares(state: Conversation, turn: Turn, is_first: bool) -> bool:
    """Whether at least two things are set side by side: named schools, places in the list, or one school's programs."""
    if not intents.COMPARE.search(turn.plain):
        return False
    several = len(turn.schools) > 1 or len(turn.refers_to) > 1
    return several or (state.subject.is_known and (bool(turn.schools) or not is_first))


def _asks_meaning(turn: Turn, term: str | None) -> bool:
    """Whether a question asks what something means rather than where to learn it."""
    if turn.schools or intents.is_count(turn.plain):
        return False
    asks = intents.DEFINITION.search(turn.plain) is not None
    means = intents.MEANS.search(turn.plain) is not None
    if term is not None and "place" not in turn.limits:
        return means or (asks and not turn.subject.is_sure)
    return asks and means and not turn.limits


def _only_vague(words: Sequence[str]) -> bool:
    return all(word.lower() in VAGUE for word in words)


def _left(text: str, taken: Sequence[str]) -> str:
    """Return a text with the words of limits cut out; what stood on both sides of one stays apart."""
    for words in sorted(taken, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", " , ", text, count=1, flags=re.IGNORECASE) if words else text
    return text


def topic_of(text: str) -> str:
    """Return the words that name the subject: without filler."""
    kept = [
        word for word in re.findall(r"[\w+#&./'-]+", text) if word == "IT" or word.lower().strip(".'") not in FILLER
    ]
    return " ".join(word.strip(".") for word in kept if any(c.isalpha() for c in word))


def thing(text: str) -> str:
    """Return what a question for a meaning is about: 'the completion bar' of 'what does the completion bar mean?'."""
    rest = re.sub(
        r"^[\s¿¡]*(?:what(?:'s| is| are| does| do)|explain|define|meaning of|tell me about|qu[eé] (?:es|son|significa|quiere decir)|explique|expl[ií]came|significado de)\b",
        "",
        text,
        flags=re.IGNORECASE,
    )
    rest = rest.strip(" ?.!¿¡\"'")
    rest = re.sub(r"\s+(?:mean|means|stand for)$", "", rest, flags=re.IGNORECASE)
    return re.sub(r"^(?:the|an?|el|la|los|las|una?)\s+", "", rest, flags=re.IGNORECASE)
