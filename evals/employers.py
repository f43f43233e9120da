"""Judging answers to employers by the facts that a case expects; it shares no code with the assistant.

A fact is *said*, *unknown* (the answer says that it is not known), *missing* or *wrong* (another value is told).
Numbers and dates are looked for in what the answer tells of that credential, booleans by the words that state them,
names and sentences by the share of their words that stand there: that is rough, and a reader may judge otherwise. A
fact that is told in Spanish is read in both languages, since the records hold each in both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from evals.records import Row
from evals.reply import Case, Reply
from evals.slots import plain

SAME_NAME = 90
SAID_SHARE = 0.6
NEW_NAME = 85
KINDS = {
    "badge": ("badge", "insignia"),
    "certificate": ("certificate", "certificado"),
    "certification": ("certification", "certificacion"),
    "diploma": ("diploma",),
    "degree": ("degree", "titulo"),
    "license": ("license", "licencia"),
    "licence": ("license", "licencia"),
    "registration": ("registration", "registro"),
    "micro_credential": ("micro credential", "microcredencial"),
    "apprenticeship": ("apprenticeship", "aprendizaje"),
    "ceu": ("ceu", "continuing education", "educacion continua"),
}
SAME_KIND = {"licence": "license", "ceu": "continuing_education"}
ASPECTS = {
    "validity_years": ("validity",),
    "renewal_months": ("renewal", "validity"),
    "upkeep_months": ("renewal", "validity"),
    "evaluation_every_years": ("renewal", "validity", "law", "assessed", "verify"),
    "refresher_every_months": ("renewal", "validity"),
    "retired_on": ("retired",),
    "verify_at": ("verify",),
    "verify_with": ("verify",),
    "regulator": ("regulator",),
}
"""Which facts of a card speak of a fact of a case; all of them where none is named."""
IN_MONTHS = {"validity_years": 12, "evaluation_every_years": 12}
NUMBERS = {
    1: "one un una uno every year yearly annual cada ano anual",
    2: "two dos",
    3: "three tres",
    4: "four cuatro",
    5: "five cinco",
    6: "six seis",
    7: "seven siete",
    8: "eight ocho",
    9: "nine nueve",
    10: "ten diez",
}
YES = re.compile(r"^(?:yes|si|sí)\b", re.IGNORECASE)
NO = re.compile(
    r"^no\b|\b(?:does not require|no la exige|is voluntary|es voluntari|no license is needed|no hace falta)\b", re.I
)
STATES = {
    "is_certification_or_licence": (
        None,
        r"not a certification|no es una certificacion|not considered a certification",
    ),
    "required_by_osha": (r"osha requires", r"osha does not require|osha no la exige"),
    "meets_osha_training_standards": (None, r"does not meet the training|no cumple con el deber"),
    "osha_licence_exists": (
        None,
        r"license is shown: there is none|licencia de montacargas de osha: no existe|not osha, sees to training",
    ),
    "on_the_job": (r"on the job|at that workplace|paid work|full time|en el trabajo", None),
    "certificate_follows_a_course": (r"course|curso", None),
}
"""Words that state a fact as true, and as false."""


@dataclass(frozen=True)
class Judged:
    """One expected fact, and what the answer did with it."""

    fact: dict[str, Any]
    verdict: str


def expected(case: Case) -> dict[str, Any]:
    """Return what a case expects."""
    found: dict[str, Any] = case["expects"]
    return found


def listed(case: Case, key: str) -> list[str]:
    """Return the names under a key, which may be one name, a list, or true for all credentials of the case."""
    value = expected(case).get(key)
    if not value:
        return []
    if value is True:
        return list(expected(case).get("credentials") or [])
    return (
        [value] if isinstance(value, str) else [each if isinstance(each, str) else each["credential"] for each in value]
    )


def is_told(name: str, reply: Reply) -> bool:
    """Whether the answer speaks of a credential, or of a kind of credentials."""
    if name in KINDS:
        return any(word in plain(reply.last["text"]) for word in KINDS[name])
    return card_of(name, reply) is not None


def card_of(name: str, reply: Reply) -> dict[str, Any] | None:
    """Return the answer's card of a credential: by a name, an abbreviation, or the state's entry of that name."""
    cards = reply.last.get("credentials", [])
    scored = [(max((_likeness(name, each) for each in _names_of(card, reply)), default=0.0), card) for card in cards]
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= SAME_NAME else None


def _likeness(name: str, other: str) -> float:
    if set(_short(name)) & set(_short(other)):
        return 100.0
    return max(fuzz.ratio(plain(name), plain(other)), fuzz.token_sort_ratio(_core(name), _core(other)))


def _core(name: str) -> str:
    return plain(re.sub(r"\([^)]*\)|[®™]", " ", name))


def _short(name: str) -> list[str]:
    """Return the abbreviations in a name, such as CPT of `Certified Phlebotomy Technician (CPT)`."""
    whole = [name] if re.fullmatch(r"[A-Za-z]{2,6}[+]?(?:-[A-Z])?", name) and not name.islower() else []
    return [each.upper() for each in [*re.findall(r"\(([A-Za-z/+-]{2,9})\)", name), *whole]]


def _names_of(card: dict[str, Any], reply: Reply) -> Iterator[str]:
    yield card["name"]
    for row in reply.records.rows("credentials", "id", card["id"]):
        yield from (row["name"], *(row["aliases"] or ()))
    for row in facts_of(card, reply):
        if row["name"] == "abbreviation":
            yield f"({row['value']})"
        if row["name"] == "listed_as":
            yield from (each["name"] for each in reply.records.rows("credentials", "id", row["value"]))


def facts_of(card: dict[str, Any], reply: Reply) -> list[Row]:
    """Return the rows of the snapshot that belong to a card."""
    return reply.records.rows("credential_facts", "credential_id", card["id"])


def told_of(card: dict[str, Any], reply: Reply, aspects: tuple[str, ...] = ()) -> str:
    """Return what an answer tells of a credential, in both languages; of some aspects only, where they are named."""
    shown = {(fact["name"], fact["text"]) for fact in card["facts"] if not aspects or fact["name"] in aspects}
    rows = [
        row for row in facts_of(card, reply) if {(row["name"], row[f"text_{each}"]) for each in ("en", "es")} & shown
    ]
    texts = [text for _name, text in shown]
    texts += [row[f"text_{language}"] for row in rows for language in ("en", "es") if row[f"text_{language}"]]
    return "\n".join(texts)


def judged(case: Case, reply: Reply) -> list[Judged]:
    """Return each expected fact with its verdict."""
    return [Judged(fact, _verdict(fact, reply)) for fact in expected(case).get("must_say", ())]


def _verdict(fact: dict[str, Any], reply: Reply) -> str:
    card = card_of(fact["credential"], reply)
    if card is None:
        return "said" if _in_words(fact["value"], reply.last["text"]) else "missing"
    aspects = ASPECTS.get(fact["fact"], ())
    verdict = _stated(fact, card, reply, aspects)
    if verdict == "missing" and (set(aspects) | {_law(fact)}) & set(card["unknowns"]):
        return "unknown"
    return verdict


def _law(fact: dict[str, Any]) -> str:
    return "law" if fact["fact"] in ("legally_required", "required_for", "may_be_required_by") else fact["fact"]


def _stated(fact: dict[str, Any], card: dict[str, Any], reply: Reply, aspects: tuple[str, ...]) -> str:
    value, name = fact["value"], fact["fact"]
    if name in IN_MONTHS or name.endswith("_months"):
        return _lasting(value, name, card, aspects)
    if isinstance(value, bool):
        return _claimed(name, value, card, reply)
    told = told_of(card, reply, aspects)
    if isinstance(value, int | float):
        return "said" if has_number(value, told) else "missing"
    if re.fullmatch(r"\d{4}(?:-\d{2}){0,2}", str(value)):
        return _dated(str(value), card, reply)
    around = f"{told}\n{card['issuer'] or ''}\n{card['replaced_by'] or ''}\n{card['kind']}"
    return "said" if _in_words(value, around) else "missing"


def _lasting(value: Any, name: str, card: dict[str, Any], aspects: tuple[str, ...]) -> str:
    months = [fact["months"] for fact in card["facts"] if fact["name"] in aspects and fact["months"] is not None]
    texts = " ".join(fact["text"] for fact in card["facts"] if fact["name"] in aspects)
    if value == "none":
        said = re.search(r"do(?:es)? not (?:run out|expire)|no vence", texts)
        return "said" if said else "wrong" if months else "missing"
    wanted = float(value) * IN_MONTHS.get(name, 1)
    if wanted in months or has_number(wanted, texts) or has_number(wanted / 12, texts):
        return "said"
    return "wrong" if months else "missing"


def _claimed(name: str, value: bool, card: dict[str, Any], reply: Reply) -> str:
    told = plain(told_of(card, reply))
    if name in STATES:
        yes, no = (bool(words and re.search(words, told)) for words in STATES[name])
    else:
        law = told_of(card, reply, ("law",)).splitlines()
        yes, no = any(YES.search(line) for line in law), any(NO.search(line) for line in law)
    if yes == no:
        return "missing"
    return "said" if yes == value else "wrong"


def _dated(value: str, card: dict[str, Any], reply: Reply) -> str:
    rows = reply.records.rows("credentials", "id", card["id"])
    days = [str(row["retired_on"]) for row in rows if row["retired_on"]]
    if not card["retired"]:
        return "missing"
    year = value[:4]
    return "said" if year in told_of(card, reply) or any(day.startswith(value[:7]) for day in days) else "wrong"


def has_number(value: float, text: str) -> bool:
    """Whether a number stands in a text, in figures or, up to ten, as a word."""
    found = [float(each.replace(",", "")) for each in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text)]
    words = NUMBERS.get(int(value), "").split() if value == int(value) else []
    return value in found or bool(set(words) & set(plain(text).split()))


def _in_words(value: Any, text: str) -> bool:
    """Whether most of the words of a name or a sentence stand in a text; words are cut to their first letters."""
    wanted = {word[:5] for word in re.findall(r"[a-z0-9]{3,}", plain(str(value)))}
    has = {word[:5] for word in re.findall(r"[a-z0-9]{3,}", plain(text))}
    return bool(wanted) and len(wanted & has) / len(wanted) >= SAID_SHARE


def unmasked(name: str, reply: Reply) -> bool:
    """Whether a made-up name is said to be unknown, and nothing is told of it as if it were real."""
    known = [each["words"] for each in reply.last.get("unknown_credentials", [])]
    says = any(fuzz.partial_ratio(plain(name), plain(each)) >= NEW_NAME for each in known)
    told = [card["name"] for card in reply.last.get("credentials", [])]
    return says and not any(fuzz.ratio(plain(name), plain(each)) >= SAME_NAME for each in told)


def states(fact: dict[str, Any], reply: Reply) -> bool:
    """Whether the answer states a fact that it must not."""
    return _verdict(fact, reply) == "said" if card_of(fact["credential"], reply) else False


def kind_is_right(entry: dict[str, Any], reply: Reply) -> bool:
    """Whether a credential is said to be of one of the kinds that are right."""
    kinds = [SAME_KIND.get(each, each) for each in entry["kind"]]
    card = card_of(entry["credential"], reply)
    if card is not None:
        return card["kind"] in kinds
    return entry["credential"] in KINDS and is_told(entry["credential"], reply)
