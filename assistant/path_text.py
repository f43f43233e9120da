"""The words of a path: each step with what it asks for, its programs, their cost and time, and what it pays."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answer import PathStep
from assistant.counting_text import CountWriter
from assistant.evidence import Sources
from assistant.markup import escaped, plain
from assistant.path import CareerPath, Step
from assistant.verify import Ledger
from assistant.wages import area_words, wage_cards
from assistant.writer import mark
from catalog.records import Provenance
from prompts import Texts
from prompts.library import number

SHOWN_LICENSES = 2
DEGREE_ZONE = 4


class PathWriter:
    """Writes a path, citing what it rests on and entering its figures in the ledger."""

    def __init__(self, sources: Sources, ledger: Ledger, texts: Texts) -> None:
        self._sources, self._ledger, self._say = sources, ledger, texts
        self._counts = CountWriter(sources.snapshot, sources, ledger, texts)

    def steps(self, path: CareerPath) -> tuple[PathStep, ...]:
        """Return the steps as cards."""
        return tuple(self._card(step) for step in path.steps)

    def lines(self, path: CareerPath) -> Iterator[str]:
        """Yield the path in words: where it starts, its steps in order, and what nobody can tell from the records."""
        goal = f"{escaped(path.goal.title)} {self._cite(path.goal.provenance, path.goal.title)}"
        count = len(path.steps)
        self._ledger.add(0, {number(place) for place in range(1, count + 1)})
        if path.have is None:
            yield self._say("path.intro", goal=goal, count=count)
        else:
            have = f"{escaped(path.have.title)} {self._cite(path.have.provenance, path.have.title)}"
            yield self._say("path.from" if path.linked else "path.not_linked", goal=goal, have=have, count=count)
        for place, step in enumerate(path.steps, start=1):
            occupation = step.occupation
            title = self._say("path.step", place=place, title=escaped(occupation.title))
            yield f"### {title} {self._cite(occupation.provenance, occupation.title)}"
            yield from self._facts(step)
        yield self._say("path.note")

    def _card(self, step: Step) -> PathStep:
        group, facts = step.programs, [line.removeprefix("- ") for line in self._facts(step)]
        wages = wage_cards([step.wage] if step.wage else [], self._sources, self._ledger, self._say)
        origin = step.occupation.provenance
        cited = [self._sources.cite(origin, plain(step.occupation.title)), *(wage.citation for wage in wages)]
        return PathStep(
            title=plain(step.occupation.title),
            detail=" ".join(facts),
            occupation=step.occupation.onet_soc,
            job_zone=step.occupation.job_zone,
            programs=group.programs if group else 0,
            cost_usd=group.cost_usd if group else None,
            clock_hours=group.clock_hours if group else None,
            weeks_min=group.weeks_min if group else None,
            weeks_max=group.weeks_max if group else None,
            wage=wages[0] if wages else None,
            citations=tuple(cited),
        )

    def _facts(self, step: Step) -> Iterator[str]:
        yield from self._preparation(step)
        yield from self._programs(step)
        for license_ in step.licenses[:SHOWN_LICENSES]:
            said = self._say("path.license", name=escaped(license_.name))
            yield f"- {said} {self._cite(license_.provenance, license_.name)}"
        others = [each for each in step.credentials if each not in step.licenses][:SHOWN_LICENSES]
        if others:
            names = "; ".join(f"{escaped(each.name)} {self._cite(each.provenance, each.name)}" for each in others)
            yield f"- {self._say('path.credentials', names=names)}"
        if step.asked:
            yield f"- {self._asked(step)}"
        for wage in wage_cards([step.wage] if step.wage else [], self._sources, self._ledger, self._say):
            area = area_words(wage.area, self._say)
            said = self._say("path.pays", wage=wage.usd_per_year, area=area, as_of=wage.as_of)
            yield f"- {said} {mark(wage.citation)}"

    def _preparation(self, step: Step) -> Iterator[str]:
        zone, origin = step.occupation.job_zone, step.occupation.provenance
        if zone is None:
            yield f"- {self._say('path.zone_unknown')}"
            return
        citation = self._cite(origin, step.occupation.title)
        self._ledger.add(self._sources.cite(origin, step.occupation.title), {number(zone), number(5)})
        yield f"- {self._say(f'path.zone_{zone}')} {citation}"

    def _programs(self, step: Step) -> Iterator[str]:
        group = step.programs
        if group is None:
            yield f"- {self._say('path.no_program')}"
            return
        self._ledger.add(0, {number(group.programs)})
        yield f"- {self._say('path.programs', count=group.programs)}"
        yield from (f"- {fact}" for fact in self._counts.facts(group))
        if (step.occupation.job_zone or 0) >= DEGREE_ZONE:
            yield f"- {self._say('path.short_courses')}"

    def _asked(self, step: Step) -> str:
        self._ledger.add(0, {number(each) for each in (*step.asked.values(), step.asked_unknown)})
        said = [
            self._say("path.asked_one", what=self._say(f"prerequisite.{what.value}"), count=count)
            for what, count in step.asked.items()
        ]
        return self._say("path.asked", asked="; ".join(said), unknown=step.asked_unknown)

    def _cite(self, origin: Provenance, title: str) -> str:
        citation = self._sources.cite(origin, plain(title))
        self._ledger.add(citation, (), [escaped(title)])
        return mark(citation)
