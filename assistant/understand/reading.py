"""Reading a question: language, slots, what is left as the topic, and what is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.answer import Intent, Persona, Question
from assistant.understand import limits
from assistant.understand.language import language_of
from assistant.understand.query import Query, Slot
from assistant.understand.where import where

STATES = ("NJ", "CA")
FILLER = frozenset(
    word
    for line in (
        "a an and any are as at be but by can class classes course courses do does find for from get give good have",
        "help how i i'm i'd im in into is it job jobs less like looking me my need near of on or our out please program",
        "programs quick school schools show some something take teach than that the there these to training under up",
        "want what where which who will with without work would year you your become becoming about around only fast",
        "cheap cheapest best not no single mom dad",
        "un una unos unas y o de del la las el los en para por que qué quiero busco necesito curso cursos clase clases",
        "programa programas escuela escuelas cerca menos más con sin mi me hay algo como cómo dónde cuál cuáles ser",
        "estudiar trabajo trabajar gustaría certificado certificate",
    )
    for word in line.split()
)
DEFINITION = re.compile(
    r"^[\s¿¡]*(?:what(?:'s| is| are| does| do)|explain|define|meaning of|tell me about|qu[eé] (?:es|son|significa|quiere decir)|explique|"
    r"expl[ií]came|significado de)\b",
    re.IGNORECASE,
)
CHECK = re.compile(
    r"\b(?:is|are|check|was)\s+(.+?)\s+(?:legit(?:imate)?|a scam|accredited|any good|good|safe|trustworthy|closing|closed|real)\b|"
    r"\bcheck (?:out )?(?:the school |on )?(.+)$|"
    r"\b(?:es|est[aá])\s+(.+?)\s+(?:leg[ií]tim[ao]|una estafa|acreditad[ao]|confiable|segur[ao]|buen[ao]|cerrad[ao])\b",
    re.IGNORECASE,
)


def read(question: Question) -> Query:
    """Return the query that a question asks."""
    text = " ".join(question.text.split())
    language = question.language or language_of(text)
    slots: dict[str, Slot | None] = {
        "max_cost": limits.max_cost(text),
        "max_weeks": limits.max_weeks(text),
        "where": where(text, STATES),
        "evening": limits.wish(limits.EVENING, text),
        "spanish": limits.wish(limits.SPANISH, text),
        "childcare": limits.wish(limits.CHILDCARE, text),
        "delivery": limits.delivery(text),
    }
    topic = topic_of(text, [slot.words for slot in slots.values() if slot])
    intent, entity = intent_of(question.persona, text, topic, asks_limits=any(slots.values()))
    return Query(
        text=text, language=language, persona=question.persona, intent=intent, topic=topic, entity=entity, **slots
    )


def topic_of(text: str, taken: Iterable[str]) -> str:
    """Return the words that name the subject: without slots' words and without filler."""
    for words in sorted(taken, key=len, reverse=True):
        text = re.sub(re.escape(words), " ", text, count=1, flags=re.IGNORECASE)
    kept = [
        word for word in re.findall(r"[\w+#&./'-]+", text) if word == "IT" or word.lower().strip(".'") not in FILLER
    ]
    return " ".join(word.strip(".") for word in kept if any(c.isalnum() for c in word))


def intent_of(persona: Persona, text: str, topic: str, *, asks_limits: bool) -> tuple[Intent, str | None]:
    """Return what is asked for, and the name that it is about."""
    if persona is Persona.SUPPORT:
        return Intent.TRIAGE, None
    check = CHECK.search(text)
    if check:
        return Intent.CHECK_PROVIDER, next(name for name in check.groups() if name).strip(" ?.!")
    if DEFINITION.search(text) and not asks_limits:
        return Intent.EXPLAIN_STANDARD, _thing(text)
    if persona is Persona.EMPLOYER:
        return Intent.EXPLAIN_CREDENTIAL, topic or None
    return (Intent.FIND_PROGRAMS if topic else Intent.UNCLEAR), None


def _thing(text: str) -> str:
    """Return what a question for a meaning is about: 'the completion bar' of 'what does the completion bar mean?'."""
    rest = DEFINITION.sub("", text).strip(" ?.!¿¡\"'")
    rest = re.sub(r"\s+(?:mean|means|stand for)$", "", rest, flags=re.IGNORECASE)
    return re.sub(r"^(?:the|an?|el|la|los|las|una?)\s+", "", rest, flags=re.IGNORECASE)
