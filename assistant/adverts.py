"""Checking an advert: claims that need proof, each with its place, the rule that speaks of it, and what is missing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from assistant.claims import CLAIMS
from assistant.markup import escaped, safe_url
from assistant.names import NameIndex
from catalog.records import Record, Standard
from catalog.snapshot import Snapshot
from prompts import Texts

MOST_CHARACTERS = 100_000
SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?=\S)|(?<=\b[A-Z])\.)+[.!?]*")
WORD = r"[A-Z][\w'’&-]{0,30}"
KIND = r"(?:University|College|Institute|Academy|School|Universidad|Instituto|Academia|Colegio)"
SCHOOL = re.compile(
    rf"(?:{WORD}\s){{1,5}}{KIND}\b(?:\sof(?:\sthe)?(?:\s{WORD}){{1,3}})?|{KIND}\s(?:of|de)(?:\sthe|\sla)?(?:\s{WORD}){{1,3}}"
)
LOOK_ALIKE = "look_alike"
LIKE_STANDARD = "diploma_mill"
MOST_NAMES = 40


class Source(Record):
    """The rule that speaks of a claim: its heading, who wrote it, and when the page was read."""

    id: str
    heading: str
    publisher: str
    url: str | None
    last_checked: str


class Mark(Record):
    """One marked claim: characters `start` to `end` of the text, and what a fair claim would need."""

    kind: str
    start: int
    end: int
    words: str
    says: str
    needs: str
    rules: tuple[Source, ...]


class Audit(Record):
    """What was marked in one advert."""

    characters: int
    cut: bool
    marks: tuple[Mark, ...]


def audit(text: str, snapshot: Snapshot, names: NameIndex, texts: Texts) -> Audit:
    """Mark the claims of an advert; longer texts are cut, and said to be."""
    shown = text[:MOST_CHARACTERS]
    clean, places = _clean(shown)
    standards = {standard.id: standard for standard in snapshot.select(Standard, "TRUE", order="id")}
    found = [*_claims(clean), *_look_alikes(clean, names, texts)]
    marks = []
    for kind, start, end, needs, rules in sorted(found, key=lambda each: (each[1], each[0])):
        first, last = places[start], places[end - 1] + 1
        marks.append(
            Mark(
                kind=kind,
                start=first,
                end=last,
                words=" ".join(shown[first:last].split()),
                says=texts(f"advert.{kind}"),
                needs=needs if kind == LOOK_ALIKE else _needs(kind, needs, texts),
                rules=tuple(_source(standards[key], texts) for key in rules if key in standards),
            )
        )
    return Audit(characters=len(text), cut=len(text) > len(shown), marks=tuple(marks))


Found = tuple[str, int, int, str, Sequence[str]]


def _clean(text: str) -> tuple[str, list[int]]:
    """Return the text without invisible characters, wide ones made plain, and where each character stood."""
    kept, places = [], []
    for at, char in enumerate(text):
        if unicodedata.category(char) == "Cf":
            continue
        plain = unicodedata.normalize("NFKC", char)
        kept.append(plain if len(plain) == 1 else char)
        places.append(at)
    return "".join(kept).replace("’", "'"), places


def _claims(text: str) -> Iterator[Found]:
    """Yield the claims of each sentence, one of a kind a sentence."""
    for sentence in SENTENCE.finditer(text):
        said = sentence.group()
        taken: list[tuple[int, int]] = []
        for claim in CLAIMS:
            hit = claim.pattern.search(said)
            if hit is None or (claim.unless and claim.unless.search(said)):
                continue
            if claim.only_with and not claim.only_with.search(said):
                continue
            missing = [key for key, pattern in claim.needs.items() if not pattern.search(said)]
            inside = any(a <= hit.start() and hit.end() <= b for a, b in taken)
            if (missing or not claim.needs) and not inside:
                taken.append(hit.span())
                start = sentence.start()
                yield claim.key, start + hit.start(), start + hit.end(), ",".join(missing), claim.standards


def _look_alikes(text: str, names: NameIndex, texts: Texts) -> Iterator[Found]:
    """Yield the names of schools that are spelled almost like a school's in the records, but are none."""
    seen: set[str] = set()
    for hit in SCHOOL.finditer(text):
        name = " ".join(hit.group().split())
        if name in seen or len(seen) >= MOST_NAMES:
            continue
        seen.add(name)
        # `Stamford University of Technology`: the part before `of` may be what looks like another school.
        shorter = re.split(r"\s(?:of|de)\s", name, maxsplit=1)[0]
        entries = names.look_alikes(name) or (names.look_alikes(shorter) if " " in shorter else [])
        if entries:
            known = [f"{each.name} ({', '.join(p for p in (each.city, each.state) if p)})" for each in entries]
            needs = texts("advert.look_alike_needs", names="; ".join(known))
            yield LOOK_ALIKE, hit.start(), hit.end(), needs, (LIKE_STANDARD,)


def _needs(kind: str, missing: str, texts: Texts) -> str:
    """Return what a fair claim would need: the parts that are missing, or all that its kind needs."""
    if not missing:
        return texts(f"advert.{kind}_needs")
    return texts("advert.needs_parts", parts="; ".join(texts(f"advert_part.{key}") for key in missing.split(",")))


def _source(standard: Standard, texts: Texts) -> Source:
    return Source(
        id=standard.id,
        heading=standard.title_es if texts.language == "es" else standard.title_en,
        publisher=standard.publisher,
        url=safe_url(standard.provenance.url),
        last_checked=standard.last_checked.isoformat(),
    )


def lines_of(found: Audit, texts: Texts) -> Iterator[str]:
    """Yield an audit in words; what the advert says is shown as text only."""
    if not found.marks:
        yield texts("advert.none")
    else:
        yield texts("advert.intro", count=len(found.marks))
    for mark in found.marks:
        where = texts("advert.where", start=mark.start, end=mark.end)
        # What is said of a look-alike quotes a record's name; the rest is our own text with our own links.
        needs = escaped(mark.needs) if mark.kind == LOOK_ALIKE else mark.needs
        yield f'- "{escaped(mark.words)}" ({where}): {mark.says} {needs}'
        for rule in mark.rules:
            said = texts(
                "advert.rule", heading=rule.heading, publisher=rule.publisher, url=rule.url, checked=rule.last_checked
            )
            yield f"  - {said}"
    if found.cut:
        yield texts("advert.cut", most=MOST_CHARACTERS)
    yield texts("advert.report")
