"""Support messages by plain rules: category, urgency and red flags, with the words that decided."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from assistant.answer import TriageCard


class Triage(NamedTuple):
    """The card, and the words of the message that it rests on."""

    card: TriageCard
    words: str | None


FLAGS = {
    "crisis": r"suicid\w*|kill myself|end my life|hurt myself|want to die|quitarme la vida|matarme|no quiero vivir|hacerme da[nñ]o",
    "identity_theft": r"identity theft|stole my (?:identity|social)|opened (?:a loan|an account) in my name|robo de identidad|a mi nombre sin",
    "fraud": r"\bscam\w*|\bfraud\w*|fake (?:school|diploma|certificate)|estafa\w*|fraude",
    "refund_deadline": r"refund .{0,60}(?:deadline|by (?:mon|tues|wednes|thurs|fri|satur|sun)day|tomorrow|today)|"
    r"(?:lose|losing) my refund|reembolso .{0,60}(?:plazo|ma[nñ]ana|hoy|viernes|lunes)|perder (?:mi|el) reembolso",
    "closing": r"(?:school|college|academy|campus|program) .{0,30}(?:clos(?:ed|ing)|shut(?:ting)? down)|closed (?:its|their) doors|"
    r"(?:escuela|instituto|colegio) .{0,30}(?:cerr[oó]|cierra|va a cerrar)",
    "legal_threat": r"\b(?:lawyer|attorney|sue|lawsuit|legal action)\b|\b(?:abogad[oa]|demandar|demanda)\b",
    "discrimination": r"discriminat\w*|because (?:of my|i am|i'm) (?:race|black|muslim|disab\w+|pregnan\w+|gender|religion)|discrimin\w+",
    "minor": r"\b(?:i am|i'm|my (?:son|daughter|child) is) (?:1[0-7]|[5-9])\b|tengo (?:1[0-7]) a[nñ]os|mi hij[oa] (?:tiene|de) (?:1[0-7]|[5-9]) a[nñ]os",
}
CATEGORIES = {
    "school_closing": FLAGS["closing"],
    "fraud_or_identity": f"{FLAGS['fraud']}|{FLAGS['identity_theft']}",
    "refund_or_withdrawal": r"\brefund\w*|money back|withdraw\w*|drop(?:ped|ping)? out|reembols\w+|devoluci[oó]n|retirarme",
    "provider_complaint": r"complain\w*|terrible|never answer\w*|lied|misled|promised|queja|mintieron|prometieron",
    "financial_aid": r"financial aid|\bpell\b|\bgrant\b|\bwioa\b|\bloan\w*|fafsa|gi bill|ayuda financiera|beca|pr[eé]stamo",
    "credential_meaning": r"what (?:is|does) (?:a|an|the|my) .{0,40}(?:certificate|certification|license|credential|badge)|qu[eé] significa",
    "program_search": r"\b(?:program|course|class|classes|training|school)s?\b|\b(?:curso|clase|programa|escuela|capacitaci[oó]n)s?\b",
}
URGENT = frozenset({"crisis", "identity_theft", "refund_deadline"})
HIGH = frozenset({"closing", "fraud", "legal_threat", "discrimination", "minor"})
Urgency = Literal["urgent", "high", "normal", "low"]


def triage(message: str) -> Triage:
    """Return the triage of a message; every red flag that any rule sees is raised."""
    flags = {name: found[0] for name, pattern in FLAGS.items() if (found := _search(pattern, message))}
    category, words = "other", None
    for name, pattern in CATEGORIES.items():
        found = _search(pattern, message)
        if found:
            category, words = name, found[0]
            break
    decisive = next((flags[name] for name in FLAGS if name in flags), words)
    card = TriageCard(category=category, urgency=_urgency(flags, category), flags=tuple(flags), reason=decisive or "")
    return Triage(card, decisive)


def _urgency(flags: dict[str, str], category: str) -> Urgency:
    if URGENT & flags.keys():
        return "urgent"
    if HIGH & flags.keys():
        return "high"
    return "low" if category == "other" else "normal"


def _search(pattern: str, message: str) -> re.Match[str] | None:
    return re.search(pattern, message, re.IGNORECASE)
