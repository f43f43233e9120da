"""Scores as a table of the terminal, and single cases in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.table import Table

from evals.comparing import Difference
from evals.labels.facts import broken
from evals.reply import asked
from evals.runner import Outcome
from evals.scores import Mean

LANGUAGES = ("en", "es")
SHOWN = 4


def tables(suite: str, scores: Mapping[str, Mapping[str, Mean]]) -> Iterator[Table]:
    """Yield the scores of a suite: all cases with interval and number and the two languages, then each kind."""
    made = Table("score", "all", "95 %", "n", *LANGUAGES, title=suite)
    for name, found in scores.items():
        every = found["all"]
        interval = "" if every.low is None else f"{every.low:.3f} to {every.high:.3f}"
        made.add_row(name, _figure(every), interval, str(every.of), *(_figure(found.get(each)) for each in LANGUAGES))
    yield made
    kinds = [group for found in scores.values() for group in found if group not in ("all", *LANGUAGES)]
    if kinds:
        by_kind = Table("score", *dict.fromkeys(kinds), title=f"{suite} by kind")
        for name, found in scores.items():
            by_kind.add_row(name, *(_figure(found.get(kind)) for kind in dict.fromkeys(kinds)))
        yield by_kind


def compared(found: Iterable[Difference]) -> Table:
    """Return how scores differ between two runs; cases that changed are named, the first few of them."""
    made = Table("score", "before", "after", "difference", "95 %", "better", "worse", title="after against before")
    for each in found:
        interval = "" if each.low is None else f"{each.low:+.3f} to {each.high:+.3f}"
        made.add_row(
            f"{each.suite}.{each.metric}",
            *("" if value is None else f"{value:.3f}" for value in (each.before, each.after)),
            "" if each.difference is None else f"{each.difference:+.3f}",
            interval,
            *(f"{len(ids)} {' '.join(ids[:SHOWN])}" for ids in (each.better, each.worse)),
        )
    return made


def worst(outcomes: Sequence[Outcome], most: int) -> Iterator[str]:
    """Yield the cases with the lowest sums of scores in full, the worst first."""
    short = [each for each in outcomes if any(score.value < 1 for score in each.scores.values())]
    short.sort(key=lambda each: sum(score.value - 1 for score in each.scores.values()))
    for outcome in short[:most]:
        yield "\n".join(_lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    case, reply = outcome.case, outcome.reply
    yield f"{case['id']} ({case.get('kind', '')} {case.get('language', '')}): {' / '.join(asked(case))}"
    if reply.error:
        yield f"  error: {reply.error}"
    elif "labels" in case:
        query = reply.last["query"]
        yield f"  topic understood: {query['topic']}; status {reply.last['status']}; intent {reply.last['intent']}"
        for card in reply.last["programs"]:
            wrong = broken(case, card["id"], reply.records.programs)
            told = f"{card['name']} ({card['provider']}, {card['city']})"
            ends = f"  breaks {', '.join(wrong)}" if wrong else ""
            yield f"  {case['labels'].get(card['id'], 0)}  {card['id']}  {told}{ends}"
        missed = [key for key, grade in case["labels"].items() if grade == 2 and key not in reply.shown]
        yield f"  right ones not shown: {', '.join(missed) or 'none'}"
    for name, score in outcome.scores.items():
        if score.value < 1:
            yield f"  {name} {score.value:.2f}: {score.reason}"


def _figure(mean: Mean | None) -> str:
    return "" if mean is None or mean.value is None else f"{mean.value:.3f}"
