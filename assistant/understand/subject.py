"""What a question is about: fields of work named in it, wanted, not wanted, or only a person's background."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.understand.lexicon import Lexicon, Span, lexicon
from assistant.understand.words import Token, folded, keys, tokens
from catalog.records import Record

CLAUSE = re.compile(r"[.,;:!?()¡¿\n]| (?:but|though|although|because|since|pero|aunque|porque|sino) ")
GAP = r"(?: [^\s]+){0,4}"
NOT_WANTED = re.compile(
    r"\b(?:"
    rf"(?:hate|dislike|despise|odio|detesto|aborrezco|afraid of|scared of|squeamish about|bad at|good at avoiding){GAP}|"
    rf"can(?:'?t|not) (?:stand|do|handle|deal with|take){GAP}|"
    rf"(?:do not|don'?t|dont|doesn'?t|didn'?t|won'?t) (?:really |ever )?(?:want|wanna|like|enjoy|care for|do){GAP}|"
    rf"not (?:interested in|into|looking for|a fan of){GAP}|"
    rf"(?:nothing|anything but|other than|except(?: for)?|sick of|tired of|instead of|rather than|get(?:ting)? out of|leave|quit|done with){GAP}|"
    rf"no (?:me gustan?|quiero|me interesan?|deseo|soporto|aguanto){GAP}|"
    rf"(?:nada|que no sea|excepto|en vez de|en lugar de|me dan? (?:miedo|asco)|le tengo miedo a|cansad[oa] de|dejar){GAP}|"
    r"(?:not|no|without|sin|menos|never)(?: (?:a|an|any|the|more|as|in|with|for|de|la|el|los|las))?"
    r")\s*$"
)
BACKGROUND = re.compile(
    r"\b(?:i am|i'?m|im|i was|was|been|i work(?:ed)?(?: as| in)?|working as|worked as|i used to(?: be| work| do)?|i(?: already)? have|i'?ve|already|have my|got my|"
    r"experience (?:as|in)|background in|years (?:as|of|in)|currently|current|as|from|out of|have|soy|era|fui|trabaj[oeé](?: de| como| en)?|trabajaba(?: de| como| en)?|"
    r"trabajando (?:de|como|en)|ya (?:soy|tengo)|tengo|experiencia (?:de|como|en)|an[io]s (?:de|como|en)|actualmente|mother|mom|mama|sister|brother|husband|wife|friend|cousin|uncle|aunt|dad|father|boss|landlord|neighbor|son|daughter|"
    r"hermana|hermano|esposo|esposa|prima|primo|amiga|amigo|tia|tio|papa|hija|hijo|suegra|suegro|vecina|vecino|jefe|jefa)"
    r"(?: (?:a|an|un|una|my|mi|the|certified|licensed|registered|working|is|es|in|been|doing|el|la|de|as|al|certificado|licencia|\d+|years?))*\s*$"
)
WANTED = re.compile(
    r"\b(?:become|becoming|be|learn|study|get into|go into|into|want|train(?:ing)?|class(?:es)?|course|looking for|interested in|job as|"
    r"work (?:as|in)|ser|aprender|estudiar|quiero|convertirme en|trabajar (?:de|como|en)|curso|clases?|interesa|gustaria|busco)\b"
    r"(?: [^\s]+){0,4}\s*$"
)


class Subject(Record):
    """What a question is about.

    `topics` are ids of the lexicon, wanted; `without` those not wanted; `called` what to call them. Where the lexicon knows none,
    `titles` are words that a program's title must have, `soc` and `cip` codes, `credentials` ids.
    """

    topics: tuple[str, ...] = ()
    called: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    soc: tuple[str, ...] = ()
    cip: tuple[str, ...] = ()
    credentials: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    """Words of a title that is not wanted within a field that is: 'trucks, but no trailers'."""
    words: str = ""
    is_sure: bool = False
    """Whether a field itself is named, not only one that holds many."""

    @property
    def is_known(self) -> bool:
        """Whether anything in the records may be about it."""
        return bool(self.topics or self.titles or self.soc or self.cip or self.credentials)

    def name(self, language: str) -> str:
        """Return its name, for an answer."""
        topics = lexicon().topics
        return ", ".join(topics[key].names[language] for key in self.called or self.topics) or self.words


@dataclass(frozen=True)
class _Mention:
    span: Span
    stance: str
    words: str


def subject_of(text: str, mend: Callable[[Sequence[Token]], list[str]] | None = None) -> Subject:
    """Return what a text is about, by the lexicon alone; `mend` returns its words with typing errors mended."""
    known = lexicon()
    row = tokens(text)
    spelled = mend(row) if mend else [token.key for token in row]
    mentions = [_mention(text, row, span) for span in known.asked.find(spelled)]
    against = _ids(mentions, "against")
    for key in list(against):
        against |= set(known.topics[key].kin)
    wanted = [m for m in mentions if m.stance == "wanted"] or [m for m in mentions if m.stance == "background"]
    both = against & {key for m in wanted for key in m.span.topics}
    unwanted = tuple(k for m in mentions if m.stance == "against" and both & set(m.span.topics) for k in keys(m.words))
    against -= both
    called = _named(known, [key for m in wanted for key in m.span.topics if key not in against])
    chosen = _split(known, called, set(known.flat(against)))
    said = " ".join(m.words for m in wanted)
    without = tuple(sorted(set(known.flat(against)) - set(chosen)))
    sure = any(not known.topics[key].members for m in wanted for key in m.span.topics)
    return Subject(topics=chosen, called=called, without=without, unwanted=unwanted, words=said, is_sure=sure)


def _ids(mentions: Iterable[_Mention], stance: str) -> set[str]:
    return {key for m in mentions if m.stance == stance for key in m.span.topics}


def _named(known: Lexicon, ids: Iterable[str]) -> tuple[str, ...]:
    """Return topics once each; a field gives way to its members that are named too, and two fields to what they mean together."""
    once = list(dict.fromkeys(ids))
    for topic in known.topics.values():
        if topic.both and topic.both <= set(once):
            once = [topic.id, *(key for key in once if key not in topic.both and key != topic.id)]
    return tuple(key for key in once if not set(known.topics[key].members) & set(once))


def _split(known: Lexicon, ids: Iterable[str], against: set[str]) -> tuple[str, ...]:
    """Return topics with a field that has unwanted members replaced by its other members."""
    out: dict[str, None] = {}
    for key in ids:
        members = known.topics[key].members
        out |= dict.fromkeys(m for m in members if m not in against) if set(members) & against else {key: None}
    return tuple(out)


def _mention(text: str, row: Sequence[Token], span: Span) -> _Mention:
    start, end = row[span.start].start, row[span.end - 1].end
    clause = CLAUSE.split(folded(text[:start]).replace("\n", ". "))[-1]
    before = " ".join(clause.split())
    if NOT_WANTED.search(before):
        stance = "against"
    elif BACKGROUND.search(before) and not WANTED.search(before):
        stance = "background"
    else:
        stance = "wanted"
    return _Mention(span, stance, text[start:end])
