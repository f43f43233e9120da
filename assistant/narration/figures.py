"""Whether each figure of a part of a sentence is held, in the meaning that the words beside it give it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.narration.facts import Fact, Held, Subject
from assistant.narration.scan import Token
from prompts.plain_words import PlainWords, Role

SIGNS = frozenset(",;:()-")
LOOK_AHEAD = 4
UNITS = ("hours", "weeks", "credits", "miles")
"""Roles whose unit may stand nowhere but behind a figure of theirs."""
BASE = {"weeks_up": "weeks", "weeks_from": "weeks", "weeks_span": "weeks"}
"""Roles that are spoken of in the words of another one."""
ACROSS = ("cost", "pay_average", "pay_median")
"""Roles whose words may stand in another part of the same run, where there is one such figure only."""


class FigureReader:
    """Reads the figures of one run against what one program, or the question, holds."""

    def __init__(
        self,
        tokens: Sequence[Token],
        words: PlainWords,
        held: Held,
        subject: Subject | None,
        marks: frozenset[int],
        named: int,
    ) -> None:
        self._tokens, self._words, self._subject, self._marks = tokens, words, subject, marks
        # Limits are of the question: beside a program's name they would be a claim about the program.
        limits = [fact for fact in held.asked if subject is None or not fact.role.startswith("limit")]
        own = [fact for fact in subject.facts if fact.citation in marks] if subject is not None else []
        # A sentence may say how many programs it names.
        self._facts = [*limits, *own, *([Fact("shown", str(named), 0)] if named > 1 else [])]
        self._segments = list(self._cut())
        self.used: set[int] = set()

    def read(self, sentence: Sequence[Token]) -> bool:
        """Whether every figure is held; afterwards `used` has the words that only stand beside such figures."""
        dates = {token.value for token in sentence if token.kind == "date"}
        found: dict[int, Fact] = {}
        for at, token in enumerate(self._tokens):
            if token.kind == "figure":
                fact = next((each for each in self._facts if self._says(each, at, dates)), None)
                if fact is None:
                    return False
                found[at] = fact
        for segment in self._segments:
            here = [found[at] for at in segment if at in found] or list(found.values())
            self._use(segment, {self._role(fact).words for fact in here})
        if any(fact.of_field for fact in found.values()):
            self.used |= {at for at, token in enumerate(self._tokens) if token.value in self._words.of_field}
        return all(self._counts_its_own(at, fact, found) for at, fact in found.items() if fact.role == "people")

    def is_date(self, token: Token) -> bool:
        """Whether a date is that of a record that is cited here."""
        dates = self._subject.dates if self._subject is not None else {}
        return any(dates[number].startswith(token.value) for number in self._marks if number in dates)

    def _cut(self) -> Iterator[list[int]]:
        """Yield the places of the tokens between signs and words such as `and`."""
        segment: list[int] = []
        for at, token in enumerate(self._tokens):
            hyphen = token.value == "-" and at > 0 and self._tokens[at - 1].kind == "figure"
            if (token.value in SIGNS and not hyphen) or token.value in self._words.separators:
                yield segment
                segment = []
            else:
                segment.append(at)
        yield segment

    def _role(self, fact: Fact) -> Role:
        return self._words.roles[BASE.get(fact.role, fact.role)]

    def _says(self, fact: Fact, at: int, dates: set[str]) -> bool:
        if fact.figure != self._tokens[at].value:
            return False
        if fact.of_field and not {token.value for token in self._tokens} & self._words.of_field:
            return False
        if fact.measure is not None and not self._is_dated(fact, dates):
            return False
        role = self._role(fact)
        bound, unit = self._bound(fact, role, at), self._unit(role, at)
        if bound is None or unit is None or not self._is_near(fact, role, at):
            return False
        self.used |= set(bound) | set(unit)
        return True

    def _is_dated(self, fact: Fact, dates: set[str]) -> bool:
        own = self._subject.dates.get(fact.citation) if self._subject is not None else None
        return own is None or any(own.startswith(date) for date in dates)

    def _before(self, at: int) -> str:
        return self._tokens[at - 1].value if at > 0 else ""

    def _bound(self, fact: Fact, role: Role, at: int) -> list[int] | None:
        """Return where a word such as `at most` stands before a figure, if it may; None if it may not or must."""
        said = self._before(at)
        has = said in self._words.bounds
        may = role.bound or self._words.bound_of.get(fact.role, frozenset())
        must = fact.role.startswith("limit") or fact.role in ("weeks_up", "weeks_from")
        if has:
            return [at - 1] if said in may else None
        return None if must else []

    def _unit(self, role: Role, at: int) -> list[int] | None:
        """Return where the unit stands behind a figure, with the words between; None if it is missing."""
        if not role.after:
            return []
        if role.before and self._before(at) not in role.before:
            return None
        for after in range(at + 1, min(at + 1 + LOOK_AHEAD, len(self._tokens))):
            token = self._tokens[after]
            if token.value in role.after:
                return list(range(at + 1, after + 1))
            if token.kind != "name" and token.value != "-" and token.value not in role.words:
                return None
        return None

    def _is_near(self, fact: Fact, role: Role, at: int) -> bool:
        segment = next(each for each in self._segments if at in each)
        scope = {self._tokens[each].value for each in segment}
        sign = self._tokens[at].value[0]
        alone = sum(token.kind == "figure" and token.value[0] == sign for token in self._tokens) == 1
        if fact.role in ACROSS and sign == "$" and alone:
            scope = {token.value for token in self._tokens}
        near = not (role.near or role.just_before) or bool(scope & role.near) or self._before(at) in role.just_before
        return near and (not role.near_too or bool(scope & role.near_too))

    def _use(self, segment: Sequence[int], permitted: set[frozenset[str]]) -> None:
        units = {word for name in UNITS for word in self._words.roles[name].after}
        for at in segment:
            value = self._tokens[at].value
            if value not in units and any(value in words for words in permitted):
                self.used.add(at)

    def _counts_its_own(self, at: int, fact: Fact, found: dict[int, Fact]) -> bool:
        """Whether a number of people stands by the figure that it is of: the nearest one."""
        others = {each: other for each, other in found.items() if other.measure and other.role != "people"}
        nearest = min(others, key=lambda each: abs(each - at), default=None)
        return nearest is not None and others[nearest].measure == fact.measure
