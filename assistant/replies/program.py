"""Finding programs: decide the topic, hold the limits against columns, order what is left, show the best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from assistant.answer import ProgramCard, Status
from assistant.cards import program_card
from assistant.drafts import Draft
from assistant.evidence import programs_of
from assistant.fitting import Fit, fits_of
from assistant.funding_text import funding_cards_of, funding_lines
from assistant.steps import choices_of, extreme_lines, extremes_of, step_lines
from assistant.understand.lexicon import lexicon
from assistant.understand.query import Query
from assistant.understand.words import keys
from assistant.wages import wage_cards, wage_lines, wages_of
from assistant.writer import ProgramWriter

SHOWN = 10
"""Programs in an answer; the text tells the first few in full, the others in a line."""
TOLD = 3
SHOWN_RELAXED = 2
"""Programs for each limit that could be given up."""
SHOWN_WAGES = 3
MOST_RELAXED = 3
"""Limits that are offered to be given up."""


def ranked_fits(draft: Draft) -> list[Fit]:
    """Return how the programs of a subject stand to the limits, the best first; of twins only one."""
    return draft.ranker.ranked(draft.query, all_fits(draft))


def all_fits(draft: Draft) -> list[Fit]:
    """Return how each program of a subject stands to the limits; none when the subject has no program."""
    query = draft.query
    if query.subject.is_known:
        matches = draft.topics.programs(query.subject, keys(query.text))
    else:
        matches = draft.topics.at_schools(key for school in query.schools for key in school.ids)
    return list(fits_of(draft.snapshot, query, matches).values()) if matches else []


def find_programs(draft: Draft) -> None:
    """Fill the draft with the programs that fit, or with what comes closest."""
    fits = ranked_fits(draft)
    fitting = [fit for fit in fits if fit.fits]
    near = [fit for fit in fits if fit.given_up == ("subject",) and not fit.unknown]
    if not fitting:
        _nothing(draft, fits)
    elif draft.query.refers_to:
        _found(draft, referred([*fitting, *near], draft.query), [])
    else:
        _found(draft, fitting, near)


def referred(fits: Sequence[Fit], query: Query) -> list[Fit]:
    """Return the programs at the places that a question refers to, among those shown before."""
    shown = fits[:SHOWN]
    places = [len(shown) if place == -1 else place for place in query.refers_to]
    return [shown[place - 1] for place in places if 0 < place <= len(shown)] or list(fits)


def _found(draft: Draft, fitting: Sequence[Fit], near: Sequence[Fit]) -> None:
    """Show what fits; below it, where there is room, programs of fields beside it that meet each limit for certain."""
    writer = ProgramWriter(draft.texts, draft.query)
    shown = [*fitting, *near][:SHOWN]
    draft.programs = cards_of(draft, shown)
    told = draft.programs[: min(TOLD, len(fitting))]
    draft.told, draft.matching = told, len(fitting)
    open_names = _open(fitting)
    draft.counted(len(fitting), len(told), *range(SHOWN + 1), *open_names.values())
    draft.lines.append(writer.summary(min(SHOWN, len(fitting)), len(fitting)))
    warned = [fit.program_id for fit in fitting if draft.ranker.is_alerted(fit)]
    extremes = extremes_of(choices_of(draft.snapshot, [fit.program_id for fit in fitting], warned))
    draft.lines += extreme_lines(extremes, draft.snapshot, draft.sources, draft.ledger, draft.texts)
    for rank, card in enumerate(told, start=1):
        draft.lines += writer.program(card, rank)
        draft.lines += wage_lines(card.wages, draft.texts)
        draft.lines += funding_lines(card.funding, draft.texts)
    more = draft.programs[len(told) : len(fitting)]
    if more:
        draft.say("find.more")
    for rank, card in enumerate(more, start=len(told) + 1):
        draft.lines += writer.brief(card, rank)
    for name, count in open_names.items():
        draft.say("find.open", count=count, what=writer.limit(name, "open"))
    beside = draft.programs[len(fitting) :]
    if beside:
        draft.lines += writer.beside(beside)
    first = programs_of(draft.snapshot, [fitting[0].program_id])[0]
    draft.lines += step_lines(first, fitting[0].unknown, draft.ledger, draft.texts)


def _open(fitting: Iterable[Fit]) -> Mapping[str, int]:
    """Return for each limit how many of the programs don't say whether they meet it."""
    counts: dict[str, int] = defaultdict(int)
    for fit in fitting:
        for name in fit.unknown:
            counts[name] += 1
    return counts


def _nothing(draft: Draft, fits: Sequence[Fit]) -> None:
    draft.status = Status.NOTHING_FITS
    groups = _by_given_up(fits)
    by_id = {card.id: card for card in cards_of(draft, [fit for found in groups.values() for fit in found])}
    cards = {name: [by_id[fit.program_id] for fit in found] for name, found in groups.items()}
    draft.relaxed = [card for found in cards.values() for card in found]
    draft.counted(*range(max(len(draft.relaxed), len(draft.query.limits)) + 2))
    draft.lines += ProgramWriter(draft.texts, draft.query).nothing(cards)
    if not draft.relaxed:
        draft.say("find.nothing_near")


def _by_given_up(fits: Iterable[Fit]) -> dict[str, list[Fit]]:
    """Return what giving up one thing brings, a stated limit before the subject itself, the nearest first."""
    groups: dict[str, list[Fit]] = defaultdict(list)
    for fit in fits:
        if len(fit.given_up) == 1:
            groups[fit.given_up[0]].append(fit)
    if not groups:
        least = [fit for fit in fits if fit.given_up][:SHOWN_RELAXED]
        return {fit.given_up[0]: [fit] for fit in least}
    order = sorted(groups, key=lambda name: (name == "current_list", name == "subject"))
    return {name: groups[name][:SHOWN_RELAXED] for name in order[:MOST_RELAXED]}


def cards_of(draft: Draft, fits: Sequence[Fit]) -> list[ProgramCard]:
    """Return the cards of programs with who may pay and what the work pays; their figures may then be said."""
    by_id = {fit.program_id: fit for fit in fits}
    known = programs_of(draft.snapshot, by_id)
    cards = [program_card(evidence, by_id[evidence.program.id], draft.sources, draft.texts) for evidence in known]
    funding = funding_cards_of(draft.snapshot, known, draft.sources, draft.ledger, draft.texts)
    wages = wages_of(draft.snapshot, [evidence.program for evidence in known], _occupations(draft.query))
    for card in cards:
        draft.ledger.add_card(card)
    return [
        card.model_copy(
            update={
                "funding": funding[card.id],
                "wages": wage_cards(wages[card.id][:SHOWN_WAGES], draft.sources, draft.ledger, draft.texts),
            }
        )
        for card in cards
    ]


def _occupations(query: Query) -> list[str]:
    topics = lexicon().topics
    return [*query.subject.soc, *(code for key in query.subject.topics for code in sorted(topics[key].soc))]
