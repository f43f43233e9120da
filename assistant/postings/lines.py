"""What was read in a posting as lines of text, in one language; the posting's own words are shown as text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.markup import plain
from assistant.postings.posting import MOST_CHARACTERS, Demand, Named, Posting
from catalog.errors import shorten
from prompts import Texts

Shown = Callable[[str], str]
GROUNDS = ("law", "custom", "driving", "unknown")


def short(value: str) -> str:
    """Return a text on one line, without hidden characters, cut when long."""
    return shorten(plain(value), 120)


def lines_of(posting: Posting, texts: Texts, shown: Shown = short) -> list[str]:
    """Return the whole reading; `shown` makes words of others harmless where the lines go (Markdown: `escaped`)."""
    return list(_lines(posting, texts, shown))


def _lines(posting: Posting, texts: Texts, shown: Shown) -> Iterator[str]:
    yield from _job(posting, texts, shown)
    degrees = [demand for demand in posting.demands if demand.kind == "degree"]
    if degrees:
        yield texts("posting.degrees")
        yield from (_degree(demand, posting, texts, shown) for demand in degrees)
    credentials = [demand for demand in posting.demands if demand.kind == "credential"]
    for ground in GROUNDS:
        of_ground = [demand for demand in credentials if demand.ground == ground]
        if of_ground:
            yield texts(f"posting.ground_{ground}")
            yield from (_credential(demand, texts, shown) for demand in of_ground)
    if not posting.demands:
        yield texts("posting.none")
    if posting.licenses:
        yield texts("posting.licenses", names=_names(posting.licenses, shown), count=len(posting.licenses))
    yield from _instead(posting, texts, shown)
    if posting.cut:
        yield texts("posting.cut", most=MOST_CHARACTERS)
    for source in posting.sources:
        yield texts("posting.source", publisher=source.publisher, as_of=source.as_of, url=source.url)
    yield texts("posting.limits")


def _job(posting: Posting, texts: Texts, shown: Shown) -> Iterator[str]:
    if not posting.jobs:
        yield texts("posting.no_job")
        return
    title = shown(posting.title or "")
    yield texts("posting.job", title=title, names="; ".join(shown(job.title) for job in posting.jobs))
    for job in posting.jobs:
        if job.job_zone is not None:
            zone = texts(f"posting.zone_{job.job_zone}")
            yield f"- {shown(job.title)}: {zone}"


def _degree(demand: Demand, posting: Posting, texts: Texts, shown: Shown) -> str:
    said = texts(f"posting.degree_{demand.ground}")
    if demand.instead:
        said = f"{said} {texts('posting.degree_instead')}"
    elif demand.ground == "usual":
        said = f"{said} {texts('posting.degree_say')}"
    elif demand.ground == "look_again" and any(each.ground == "law" for each in posting.demands):
        said = f"{said} {texts('posting.degree_license')}"
    return f"- {_quoted(demand, texts, shown)}: {said}"


def _credential(demand: Demand, texts: Texts, shown: Shown) -> str:
    line = f"- {_quoted(demand, texts, shown)}"
    if len(demand.means) > 1:
        line = f"{line}: {texts('posting.means_several', names=_names(demand.means, shown))}"
    elif demand.means:
        line = f"{line}: {texts('posting.means', names=_names(demand.means, shown))}"
    if demand.means and all(each.retired for each in demand.means):
        line = f"{line} {texts('posting.retired')}"
    return line


def _quoted(demand: Demand, texts: Texts, shown: Shown) -> str:
    return f'"{shown(demand.words)}" ({texts(f"posting.wanted_{demand.wanted}")})'


def _instead(posting: Posting, texts: Texts, shown: Shown) -> Iterator[str]:
    if posting.skills:
        yield texts("posting.skills")
        for skill in posting.skills:
            yield f"- {shown(skill.technology)}: {_names(skill.certifications, shown)}"
    if posting.short_programs:
        yield texts("posting.programs", count=posting.short_programs)


def _names(named: Sequence[Named], shown: Shown) -> str:
    return "; ".join(shown(each.name) for each in named)
