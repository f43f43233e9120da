"""The embedded writer: composes an answer about programs from records, without a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.answer import Citation, FindingCard, MeasureCard, ProgramCard
from assistant.cards import SHARED
from assistant.fitting import OLDER_LIST
from assistant.markup import escaped
from assistant.understand.query import Query
from assistant.verify import DAYS_BAND_WEEKS, MARK
from catalog.records import Length, Reported
from prompts import Texts

SCREENS = ("workforce_pell",)
"""Rules that say whom a grant is for: outside of it nothing is below a bar of quality."""
LIMITS_OF_OURS = ("subject", "current_list")
"""What is given up without having been asked for: the very subject, and a list that still counts."""


def mark(number: int) -> str:
    """Return the mark of a citation in the text."""
    return f"[{number}]"


class ProgramWriter:
    """Writes about programs; one line is one statement, and carries its citation."""

    def __init__(self, texts: Texts, query: Query) -> None:
        self._say, self._query = texts, query

    def limits(self) -> str:
        """Return the limits in force, in words."""
        return ", ".join(dict.fromkeys(self.limit(f.name, "limit") for f in self._query.filters() if f.name != "order"))

    def limit(self, name: str, group: str) -> str:
        """Return one limit in words: as asked for (`limit`), not met (`missed`) or not known (`open`)."""
        query = self._query
        where = query.places("not_place" if name.startswith("not_in") or name == "not_near" else "place")
        radius = where[0].radius_miles if where else None
        choice = query.choice(name)
        schools = query.limits.get("provider")
        return self._say(
            f"{group}.{name}",
            value=query.amount(name),
            place=escaped(f" {self._say('place.or')} ".join(each.name for each in where)),
            radius=radius,
            choice=self._say(f"choice.{choice}") if choice else "",
            school=escaped(schools.words) if schools else "",
        )

    def summary(self, shown: int, count: int) -> str:
        """Return the sentence that answers the question: how many programs fit what was asked for."""
        topic = escaped(self._query.topic)
        return self._say("find.summary", count=count, shown=shown, topic=topic, limits=self.limits())

    def beside(self, cards: Sequence[ProgramCard]) -> Iterator[str]:
        """Yield one line a program for those of fields beside the one that was asked for."""
        yield self._say("find.beside")
        for card in cards:
            name = self._say("program.name", name=escaped(card.name), provider=self._school(card))
            yield f"- {name}: {self._cost(card)} {mark(card.citation)}"

    def nothing(self, groups: Mapping[str, Sequence[ProgramCard]]) -> Iterator[str]:
        """Yield the lines of an answer that found nothing, with what each limit given up would bring."""
        yield self._say("find.nothing", topic=escaped(self._query.topic), limits=self.limits())
        rank = 0
        for name, cards in groups.items():
            given_up = self.limit(name, "limit")
            yield self._say("find.relaxed" if name in LIMITS_OF_OURS else "find.without", what=given_up)
            for card in cards:
                rank += 1
                yield from self.program(card, rank)

    def _school(self, card: ProgramCard) -> str:
        return escaped(card.provider) if card.provider else self._say("program.no_school")

    def brief(self, card: ProgramCard, rank: int) -> Iterator[str]:
        """Yield a program further down in one line, with its alerts in full."""
        heading = self._say("program.heading", rank=rank, name=escaped(card.name), provider=self._school(card))
        place = "; ".join(self._place(card))
        facts = "; ".join(part for part in (self._cost(card), self._length(card.length), place) if part)
        yield f"- **{heading}**: {facts} {mark(card.citation)}"
        yield from (finding_line(each, self._say) for each in card.findings if each.verdict == "alert")

    def warnings(self, card: ProgramCard) -> Iterator[str]:
        """Yield the alerts about one program, under its name."""
        alerts = [each for each in card.findings if each.verdict == "alert"]
        if alerts:
            name = self._say("program.name", name=escaped(card.name), provider=self._school(card))
            yield f"**{name}** {mark(card.citation)}"
        yield from (finding_line(each, self._say) for each in alerts)

    def program(self, card: ProgramCard, rank: int) -> Iterator[str]:
        """Yield the heading and the facts of one program."""
        heading = self._say("program.heading", rank=rank, name=escaped(card.name), provider=self._school(card))
        yield f"### {heading} {mark(card.citation)}"
        yield from (finding_line(each, self._say) for each in card.findings if each.verdict == "alert")
        facts = [self.limit(name, "missed") for name in card.missed]
        facts += [self._cost(card), self._length(card.length), *self._place(card), *self._schedule(card)]
        if card.leads_to:
            facts.append(self._say("program.leads_to", names=escaped("; ".join(card.leads_to))))
        for fact in facts:
            yield f"- {fact} {mark(card.citation)}"
        for measure in card.measures:
            yield f"- {self._measure(measure, card)} {mark(measure.citation)}"
        yield from (finding_line(each, self._say) for each in card.findings if each.verdict == "below")
        yield from undecided_line(card.findings, self._say)
        if card.unknowns:
            yield f"- {self._say('program.unknowns', names=', '.join(card.unknowns))}"
        if card.rank_reason:
            yield f"- {self._say('program.why', why=card.rank_reason)}"
        if card.id.startswith(OLDER_LIST):
            yield f"- {self._say('find.older', as_of=card.as_of)} {mark(card.citation)}"

    def _cost(self, card: ProgramCard) -> str:
        cost = card.cost
        if cost.total_usd is None:
            return self._say("program.cost_unknown")
        if cost.total_usd == 0:
            return self._say("program.cost_zero")
        parts = [
            self._say(f"cost_part.{name}", amount=amount)
            for name in ("tuition_usd", "fees_usd", "books_usd", "supplies_usd", "other_usd")
            if (amount := getattr(cost, name))
        ]
        return self._say("program.cost", total=cost.total_usd, parts=", ".join(parts))

    def _length(self, length: Length) -> str:
        parts = []
        if length.clock_hours is not None:
            parts.append(self._say("program.hours", hours=length.clock_hours))
        if length.weeks_max is not None and length.weeks_max <= DAYS_BAND_WEEKS:
            parts.append(self._say("program.days", high=length.weeks_max))
        elif length.weeks_min is not None or length.weeks_max is not None:
            parts.append(self._say("program.weeks", low=length.weeks_min, high=length.weeks_max))
        if length.credit_hours is not None:
            parts.append(self._say("program.credits", credits=length.credit_hours))
        if length.competency_based:
            parts.append(self._say("program.self_paced"))
        return self._say("program.length", parts=", ".join(parts)) if parts else self._say("program.length_unknown")

    def _place(self, card: ProgramCard) -> Iterator[str]:
        place = ", ".join(part for part in (card.city, card.state) if part)
        if place:
            yield self._say("program.place", place=escaped(place), miles=card.distance_miles)

    def _schedule(self, card: ProgramCard) -> Iterator[str]:
        if card.delivery is not None:
            yield self._say(f"program.delivery_{card.delivery.value}")
        if card.evening:
            yield self._say("program.evening_program")
        elif "evening" in self._query.limits and self._school_has_evenings(card):
            yield self._say("program.evening_provider")

    def _school_has_evenings(self, card: ProgramCard) -> bool:
        """Whether the school says so: neither denied nor left open."""
        return "evening" not in card.missed and self._say("unknown.schedule") not in card.unknowns

    def _measure(self, measure: MeasureCard, card: ProgramCard) -> str:
        definition = measure.definition.removesuffix(SHARED)
        known = measure.reported is Reported.VALUE and measure.value is not None
        said = self._say(
            f"measure.{definition if known else WITHHELD[measure.reported]}",
            what=self._say(f"measure_name.{measure.name}"),
            value=measure.value,
            n=measure.n,
            as_of=measure.as_of,
        )
        if measure.shared_by_field:
            said += f" ({self._say('program.shared', provider=escaped(card.provider or ''))})"
        return said


WITHHELD = {
    Reported.VALUE: "not_released",
    Reported.SUPPRESSED: "suppressed",
    Reported.NOT_RELEASED: "not_released",
    Reported.ABOVE_TOP_CODE: "not_released",
    Reported.NOBODY_FOUND: "nobody_found",
}


def finding_line(card: FindingCard, say: Texts) -> str:
    """Return a finding as a line with its label and its citation."""
    verdict = say(f"verdict.{card.verdict}")
    if card.verdict == "below" and card.rule in SCREENS:
        said = card.message
    elif card.verdict in ("alert", "below"):
        said = say(
            "finding_note.label", verdict=verdict, severity=say(f"severity.{card.severity}"), message=card.message
        )
    else:
        said = say("finding_note.label_plain", verdict=verdict, message=card.message)
    return f"- {said} {mark(card.citation)}" if card.citation is not None else f"- {said}"


def undecided_line(cards: Iterable[FindingCard], say: Texts) -> Iterator[str]:
    """Yield one line that names all that can't be told."""
    names = list(dict.fromkeys(say(f"rule.{card.rule}") for card in cards if card.verdict == "cannot_tell"))
    if names:
        yield f"- {say('finding_note.cannot_tell', names='; '.join(names))}"


def joined(lines: Iterable[str]) -> str:
    """Return lines as Markdown: a paragraph each, the items of one list and the rows of one table together."""
    out = ""
    previous = ""
    for line in lines:
        together = any(line.startswith(sign) and previous.startswith(sign) for sign in ("- ", "| "))
        out += ("" if not out else "\n" if together else "\n\n") + line
        previous = line
    return out


def sources_list(texts: Texts, citations: Sequence[Citation], lines: Iterable[str]) -> Iterator[str]:
    """Yield the list of the sources that the lines cite; those of cards alone are not in it."""
    cited = {int(found) for line in lines for found in MARK.findall(line)}
    shown = [citation for citation in citations if citation.number in cited]
    if shown:
        yield f"**{texts('notice.sources')}**"
    for citation in shown:
        yield "- " + texts(
            "notice.source",
            number=citation.number,
            title=escaped(citation.title),
            publisher=escaped(citation.publisher or ""),
            as_of=citation.as_of,
            url=citation.url,
        )
