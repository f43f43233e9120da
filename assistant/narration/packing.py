"""What a chat model is given: the best-ranked records, each whole, as far as they fit; the talk before, by turns."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from assistant.answer import Persona
from assistant.markup import plain
from assistant.narration.facts import Held, Subject
from assistant.tokens import count_tokens
from assistant.understand.query import Query
from prompts import Texts
from prompts.documents import prompt

HISTORY_TOKENS = 400
LANGUAGES = {"en": "English", "es": "Spanish"}
Message = tuple[str, str]


class Packed(NamedTuple):
    """The messages, and of how many of the programs shown they have the records."""

    messages: list[Message]
    programs: int


def packed(
    held: Held,
    query: Query,
    history: Sequence[str],
    texts: Texts,
    mask: Callable[[str], str],
    budget: int,
) -> Packed:
    """Return the prompt about what is held; `mask` takes personal data out of what the person wrote."""
    # Nobody who writes a source text can know the key, so none can close a block.
    key = secrets.token_hex(6)
    blocks = list(_within(("\n".join(statements(each, texts)) for each in held.subjects), budget))
    found = next((fact.figure for fact in held.asked if fact.role == "found"), None)
    head = [texts("narrate.found", found=int(found.replace(",", "")))] if found else []
    left_out = len(held.subjects) - len(blocks)
    said = [_block(key, "\n".join([*head, *blocks]))]
    if left_out:
        said.append(f"Left out for want of room: {left_out} more programs, of a lower rank. Don't speak of them.")
    earlier = turns([mask(turn) for turn in history], query.text, HISTORY_TOKENS)
    if earlier:
        said.append("What the person said before:\n" + _block(key, "\n".join(earlier)))
    said.append("What the person asks now:\n" + _block(key, mask(query.text)))
    persona = prompt(f"personas/{Persona(query.persona).value}")
    system = prompt("narrate", persona=persona, language=LANGUAGES[query.language], key=key)
    return Packed([("system", system), ("user", "\n\n".join(said))], len(blocks))


def turns(history: Sequence[str], question: str, budget: int) -> list[str]:
    """Return the turns that matter for a question, whole and in their order: the last one, then the most alike."""
    ranked = sorted(
        range(len(history)),
        key=lambda at: (at != len(history) - 1, -fuzz.token_set_ratio(history[at], question), -at),
    )
    kept: set[int] = set()
    for at in ranked:
        cost = count_tokens(history[at])
        if cost <= budget:
            kept.add(at)
            budget -= cost
    return [plain(history[at]) for at in sorted(kept)]


def statements(subject: Subject, texts: Texts) -> Iterator[str]:
    """Yield everything that a summary may say of a program, one sentence each."""
    card = subject.card
    name, school = plain(card.name), plain(card.provider or card.name)
    given = {"name": name, "school": school, "mark": f"[{card.citation}]"}
    for key, more in _said(subject, texts):
        yield texts(f"narrate.{key}", **(given | more))


def _said(subject: Subject, texts: Texts) -> Iterator[tuple[str, dict[str, object]]]:
    yield from _price(subject, texts)
    yield from _length(subject)
    card = subject.card
    if card.city:
        yield "city", {"city": plain(card.city), "state": card.state}
    if card.distance_miles is not None:
        yield "miles", {"miles": card.distance_miles}
    for claim in ("evening", "online", "hybrid", "in_person", "cheapest", "shortest", "nearest"):
        if claim in subject.claims:
            yield claim, {}
    for credential in card.leads_to:
        yield "leads", {"credential": plain(credential)}
    yield from _outcomes(subject)


def _price(subject: Subject, texts: Texts) -> Iterator[tuple[str, dict[str, object]]]:
    cost = subject.card.cost
    if "cost" in subject.unknown:
        yield "no_cost", {}
    if cost.total_usd:
        yield "cost", {"cost": cost.total_usd}
    parts = [
        texts(f"narrate.{role}", amount=amount)
        for role in ("tuition", "fees", "books", "supplies")
        if (amount := getattr(cost, f"{role}_usd"))
    ]
    if cost.total_usd and parts:
        yield "parts", {"cost": cost.total_usd, "parts": ", ".join(parts)}


def _length(subject: Subject) -> Iterator[tuple[str, dict[str, object]]]:
    length, roles = subject.card.length, {fact.role for fact in subject.facts}
    if length.clock_hours is not None:
        yield "hours", {"hours": length.clock_hours}
    if "weeks_span" in roles:
        yield "weeks_span", {"low": length.weeks_min, "high": length.weeks_max}
    elif "weeks" in roles:
        yield "weeks", {"high": length.weeks_max}


def _outcomes(subject: Subject) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the figures of the field; those of the program alone are rare, and shown by code."""
    for measure in subject.card.measures:
        role = next((f.role for f in subject.facts if f.measure == measure.name and f.role != "people"), None)
        if role not in ("share_found", "pay_average") or measure.n is None or not measure.shared_by_field:
            continue
        key = "share" if role == "share_found" else "pay"
        yield role, {key: measure.value, "n": measure.n, "as_of": measure.as_of, "mark": f"[{measure.citation}]"}


def _within(blocks: Iterable[str], budget: int) -> Iterator[str]:
    """Yield blocks in their order while they fit; the first is always given."""
    spent = 0
    for at, block in enumerate(blocks):
        spent += count_tokens(block)
        if at and spent > budget:
            return
        yield block


def _block(key: str, text: str) -> str:
    return f"BEGIN {key}\n{text}\nEND {key}"
