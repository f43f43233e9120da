"""Triage: a message in, everything a member of staff needs to know of it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime

from assistant.answer import Language
from assistant.desk.about import Subject, Subjects
from assistant.desk.classifier import QUIET, Classifier, Seen
from assistant.desk.deadlines import Deadline, deadlines
from assistant.desk.flags import FlagRules, Sign
from assistant.desk.labels import FLAG_QUEUES, QUEUES, Category, Flag, Queue, Urgency
from assistant.desk.message import Message, split
from assistant.desk.missing import missing_in
from assistant.desk.personal import Masker, Span
from assistant.desk.reading import Folded
from assistant.desk.urgency import Judged, urgency_of
from assistant.understand.language import language_of
from catalog.records import Record

ALSO = 0.3
"""Least probability of a further category."""
ALONE = {
    Flag.CRISIS: 0.2,
    Flag.IDENTITY_THEFT: 0.4,
    Flag.REFUND_DEADLINE: 0.45,
    Flag.CLOSING: 0.45,
    Flag.FRAUD: 0.45,
    Flag.DISCRIMINATION: 0.4,
    Flag.LEGAL_THREAT: 0.3,
    Flag.MINOR: 0.6,
}
"""Least probability at which a flag is raised without a sign; with a weak sign half of it, with a strong one none.

Chosen on left-out cases for recall: the gravest are raised at the least suspicion.
"""
EXCUSED = 0.7
"""The same where a harmless turn of speech stands in the text and no sign."""
UNSURE = 0.45
"""Confidence below which a person should decide."""
OF_FLAGS = {Flag.CLOSING: Category.SCHOOL_CLOSING, Flag.FRAUD: Category.FRAUD, Flag.IDENTITY_THEFT: Category.FRAUD}


class Raised(Record):
    """A red flag, the words that it rests on (None where only the classifier sees it), and its probability."""

    flag: Flag
    words: str | None
    probability: float


class Triage(Record):
    """What is known of a message; spans point into `body` as it came, `masked_*` may be stored and shown."""

    ticket_id: str
    language: Language
    category: Category
    categories: tuple[Category, ...]
    confidence: float
    person_decides: bool
    urgency: Urgency
    urgency_words: str | None
    flags: tuple[Raised, ...]
    deadlines: tuple[Deadline, ...]
    about: tuple[Subject, ...]
    missing: tuple[str, ...]
    queue: Queue
    pii: tuple[Span, ...]
    masked_subject: str
    masked_body: str
    cut: bool


class Triager:
    """Judges messages; safe to share between threads. `subjects` may be left out where no snapshot is at hand."""

    def __init__(self, subjects: Subjects | None = None, classifier: Classifier | None = None) -> None:
        self._subjects, self._classifier = subjects, classifier or Classifier()
        self._rules, self._masker = FlagRules(), Masker()

    def triage(self, message: Message) -> Triage:
        """Return the triage of one message."""
        return self.triage_all([message])[0]

    def triage_all(self, messages: Sequence[Message]) -> list[Triage]:
        """Return the triage of messages; their embeddings are made at once."""
        seen = [self._seen(message) for message in messages]
        found = self._classifier.probabilities(seen)
        return [self._judge(*each) for each in zip(messages, seen, found, strict=True)]

    def _seen(self, message: Message) -> Seen:
        """Return the newest part for the classifier; the signs of flags count in quoted mails as well."""
        newest = split(message.body).newest
        text = f"{message.subject}\n{newest}".strip()
        whole = Folded(message.text)
        return Seen(
            text,
            Folded(text) if text != message.text.strip() else whole,
            self._rules.signs(whole),
            self._rules.excused(whole),
        )

    def _judge(self, message: Message, seen: Seen, found: Mapping[str, float]) -> Triage:
        received = (message.received_at or datetime.now(UTC)).date()
        flags = self._flags(seen, found)
        words = {each.flag: each.words or "" for each in flags}
        categories = _categories(found, flags)
        due = _due(message, received)
        judged = urgency_of(seen.folded, words, categories[0], due, received, found[QUIET])
        confidence = _confidence(found)
        about = self._subjects.find(message.text) if self._subjects else ()
        body, subject = self._masker.mask(message.body), self._masker.mask(message.subject)
        return Triage(
            ticket_id=message.ticket_id,
            language=language_of(seen.text[:1000]),
            category=categories[0],
            categories=categories,
            confidence=confidence,
            person_decides=_person_decides(confidence, flags, judged),
            urgency=judged.urgency,
            urgency_words=self._masker.mask(judged.words).text if judged.words else None,
            flags=tuple(flags),
            deadlines=tuple(due),
            about=about,
            missing=missing_in(categories[0], seen.folded, about, due, body.spans),
            queue=_queue(categories[0], words),
            pii=body.spans,
            masked_subject=subject.text,
            masked_body=body.text,
            cut=message.cut,
        )

    def _flags(self, seen: Seen, found: Mapping[str, float]) -> list[Raised]:
        """Return the union of what the rules and the classifier see."""
        signs = {sign.flag: sign for sign in seen.signs}
        raised = []
        for flag in Flag:
            sign, probability = signs.get(flag), found[f"flag_{flag.value}"]
            if probability >= _least(flag, sign, excused=flag in seen.excused):
                words = self._masker.mask(sign.words).text if sign else None
                raised.append(Raised(flag=flag, words=words, probability=round(probability, 3)))
        return raised


def _least(flag: Flag, sign: Sign | None, *, excused: bool) -> float:
    """Return the least probability at which a flag is raised."""
    if sign:
        return 0.0 if sign.strong else ALONE[flag] / 2
    return max(ALONE[flag], EXCUSED) if excused else ALONE[flag]


def _categories(found: Mapping[str, float], flags: Sequence[Raised]) -> tuple[Category, ...]:
    ranked = sorted(Category, key=lambda each: -found[each.value])
    also: list[Category] = [each for each in ranked[1:] if found[each.value] >= ALSO and each is not Category.OTHER]
    also += [OF_FLAGS[each.flag] for each in flags if each.flag in OF_FLAGS]
    return tuple(dict.fromkeys((ranked[0], *also)))


def _confidence(found: Mapping[str, float]) -> float:
    """Return the probability of the best category."""
    return round(max(found[each.value] for each in Category), 3)


def _person_decides(confidence: float, flags: Sequence[Raised], judged: Judged) -> bool:
    unsure_flag = any(each.words is None or each.probability < ALONE[each.flag] for each in flags)
    return confidence < UNSURE or unsure_flag or judged.urgency is Urgency.URGENT


def _queue(category: Category, flags: Mapping[Flag, str]) -> Queue:
    return next((FLAG_QUEUES[flag] for flag in Flag if flag in flags and flag in FLAG_QUEUES), QUEUES[category])


def _due(message: Message, received: date) -> list[Deadline]:
    """Return the deadlines; a quoted mail's are reckoned from its own day, where it says one."""
    thread = split(message.body)
    found = deadlines(f"{message.subject}\n{thread.newest}", received)
    if thread.earlier:
        found += deadlines(thread.earlier, thread.on or received)
    days = {each.on: each for each in found if each.on >= received}
    return [days[on] for on in sorted(days)]
