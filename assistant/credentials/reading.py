"""What an employer's question is about: credentials that are known, names that are not, and kinds of credentials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from assistant.credentials.names import CredentialNames, Mention, rest_of
from assistant.postings.words import Token, folded

KINDS = {
    "degree": r"degrees?|bachelors?|titulos? universitarios?|licenciatura",
    "diploma": r"diplomas?",
    "certificate": r"certificates?|certificados?|course cards?",
    "certification": r"certifications?|certificaci(?:on|ones)",
    "license": r"licen[sc]es?|licensure|licencias?",
    "registration": r"registrations?|registros?",
    "badge": r"badges?|insignias?",
    "micro_credential": r"micro-?\s?credentials?|micro-?\s?credencial(?:es)?|nano-?degrees?",
    "apprenticeship": r"apprenticeships?|aprendizajes?(?: terminado)?",
    "continuing_education": r"ceus?|continuing[- ]education(?: units?)?|educacion continua",
}
ABOUT_KINDS = re.compile(
    r"\b(?:difference|differ|compare|versus|vs|kinds?|types?|same as|better than|instead of|diferencias?|tipos?|"
    r"clases?|comparar|lo mismo que)\b"
)
NAMING = re.compile(r"^(?:certified|licensed|registered|certificad[oa]|registrad[oa])$")
SPEAKING = re.compile(
    r"^(?:certifications?|certificates?|certificaci(?:on|ones)|certificados?|licen[sc]es?|licencias?|credentials?|credencial)$"
)
CONNECTING = frozenset(["of", "in", "for", "and", "the", "de", "en", "para", "y", "del", "la", "el"])
ENDING = frozenset(
    word
    for line in (
        "a an i my our your his her their this that these those is are was were be been do does did has have had can",
        "could should would will what which who how when where why if or but with without as at by from on to about",
        "into says said lists listed shows show showed claims claim claimed mean means prove proves worth real legit",
        "valid check verify verified candidate applicant candidates applicants resume cv someone somebody person",
        "people",
        "holder we us he she they it its new jersey nj not no any some only just also both one two three hire hiring",
        "job work works working company need needs required require employer tell me please explain hvac osha epa",
        "un una los las mi su sus este esta es son fue que cual cuales quien como cuando donde por si o pero con sin",
        "segun tiene tienen dice muestra significa demuestra vale candidato candidata persona solicitante curriculum",
        "necesito necesita necesitan debo puedo puede hay expire expires expired renew renewed last lasts versus",
        "vs than legally took takes take vence vencen vencio caduca dura renovar compara comparar otro otra",
        "sirve sirven",
    )
    for word in line.split()
)
MOST_WORDS = 6
LONGEST_NAME = 8
"""A text of so few words, without a sign of a question, is taken for a name itself."""


@dataclass
class Asked:
    """What a question is about, in its order."""

    mentions: list[Mention] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    compares_kinds: bool = False


def is_a_name(text: str) -> bool:
    """Whether a text looks like a credential's name rather than like a question."""
    words = folded(text).split()
    return 0 < len(words) <= LONGEST_NAME and not set("?¿!") & set(text) and not ENDING & set(words) - CONNECTING


def asked_of(text: str, names: CredentialNames, *, whole: bool = False) -> Asked:
    """Return what a text asks about. With `whole` the text is a name itself, and not a question."""
    asked = Asked(mentions=names.find(text))
    for run in rest_of(text, asked.mentions):
        for words in _names_in(run, text, whole=whole and not asked.mentions):
            near = None if _is_kind(words) else names.nearly(words)
            if near is not None:
                asked.mentions.append(Mention(words, (names.same.get(near, near),), len(text), len(text)))
            elif not _is_kind(words):
                asked.unknown.append(words)
    left = folded(" ".join(" ".join(token.written for token in run) for run in rest_of(text, asked.mentions)))
    asked.kinds = [kind for kind, words in KINDS.items() if re.search(rf"\b(?:{words})\b", left)]
    asked.compares_kinds = bool(ABOUT_KINDS.search(folded(text))) and bool(asked.kinds)
    asked.unknown = [each for each in dict.fromkeys(asked.unknown) if not _repeats(each, asked.unknown, names)]
    return asked


def _repeats(words: str, others: Sequence[str], names: CredentialNames) -> bool:
    """Whether an abbreviation is that of an issuer, or of a name that is told in full."""
    initials = ("".join(word[:1] for word in other.split()).upper() for other in others if other != words)
    return names.is_issuer(words) or (words.isupper() and words in set(initials))


def _is_kind(words: str) -> bool:
    return any(re.fullmatch(rf"(?:{kind})", folded(words)) for kind in KINDS.values())


def _names_in(run: Sequence[Token], text: str, *, whole: bool) -> Iterator[str]:
    """Yield the parts of a run of words that look like the name of a credential."""
    if whole and 0 < len(run) <= MOST_WORDS:
        yield text[run[0].start : run[-1].end]
        return
    for part in _parts(run):
        inner = [at for at, token in enumerate(part) if token.word not in CONNECTING]
        kept = part[inner[0] : inner[-1] + 1] if inner else []
        if _looks_like_a_name(kept):
            yield text[kept[0].start : kept[-1].end]


def _parts(run: Sequence[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in run:
        if token.word in ENDING and token.word not in CONNECTING:
            yield part
            part = []
        else:
            part.append(token)
    yield part


def _looks_like_a_name(part: Sequence[Token]) -> bool:
    """Words after `certified`, capitals beside `certification`, three capitals in a row, or an abbreviation alone."""
    if not part or len(part) > 2 * MOST_WORDS:
        return False
    capital = [token for token in part if token.written[:1].isupper() and token.word not in CONNECTING]
    letters = [token for token in part if re.fullmatch(r"[A-Z][A-Z+]{2,7}", token.written)]
    speaks = any(SPEAKING.match(token.word) for token in part)
    names = any(NAMING.match(token.word) for token in part)
    if names and len(part) > 1:
        return True
    if speaks:
        others = [token for token in capital if not SPEAKING.match(token.word)]
        return bool(others)
    return len(capital) >= 3 or (len(letters) == 1 and len(part) == 1)
