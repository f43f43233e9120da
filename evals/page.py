"""The report as one page of HTML: it opens without a network, on a phone as well; every case can be read in full."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from importlib.resources import files
from pathlib import Path
from textwrap import shorten
from typing import Any

from evals.plots import intervals, times
from evals.reply import asked
from evals.runner import Outcome
from evals.saved import Run
from evals.scores import Score

MOST_OF_A_QUESTION = 400


def page(run: Run, floors: Mapping[str, float], failures: list[str]) -> str:
    """Return the whole page."""
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Evals</title><style>{_style()}</style></head><body><main>"
    )
    told = f"{run.date}, commit {run.commit}, writer {run.writer}, snapshot {run.snapshot}"
    gate = "".join(f'<li class="bad">{escape(each)}</li>' for each in failures)
    links = "".join(f'<a href="#{escape(suite)}">{escape(suite)}</a>' for suite in run.scores)
    body = [
        f"<h1>Evals</h1><p>{escape(told)}</p><nav>{links}</nav>",
        f"<section><b>Gate:</b> {'<ul>' + gate + '</ul>' if gate else '<span class=good>passed</span>'}</section>",
        "<p>Dot: mean. Bar: 95 % interval. Red tick: the lowest value that passes.</p>",
    ]
    body += [_suite(run, suite, floors) for suite in run.scores]
    return head + "".join(body) + "</main></body></html>\n"


def _style() -> str:
    return (Path(str(files("evals"))) / "page.css").read_text(encoding="utf-8")


def _suite(run: Run, suite: str, floors: Mapping[str, float]) -> str:
    scores, outcomes = run.scores[suite], run.outcomes.get(suite, [])
    ours = {key.partition(".")[2]: floor for key, floor in floors.items() if key.partition(".")[0] == suite}
    plot = intervals({name: groups["all"] for name, groups in scores.items()}, ours)
    clock = times([each.reply.milliseconds for each in outcomes if each.reply.milliseconds])
    cases = "".join(_case(each) for each in sorted(outcomes, key=_total))
    return (
        f'<h2 id="{escape(suite)}">{escape(suite)}</h2><section>{plot}</section>'
        f"<section class=scroll>{_groups(scores)}</section>"
        f"{'<section>Time of whole cases' + clock + '</section>' if clock else ''}{cases}"
    )


def _groups(scores: Mapping[str, Mapping[str, Any]]) -> str:
    groups = list(dict.fromkeys(group for found in scores.values() for group in found))
    heads = "".join(f"<th>{escape(group)}</th>" for group in groups)
    rows = "".join(
        f"<tr><td>{escape(name)}</td>{''.join(_cell(found.get(group)) for group in groups)}</tr>"
        for name, found in scores.items()
    )
    return f"<table><tr><th>score</th>{heads}</tr>{rows}</table>"


def _cell(mean: Any) -> str:
    return "<td></td>" if mean is None or mean.value is None else f"<td>{mean.value:.3f} <small>/{mean.of}</small></td>"


def _total(outcome: Outcome) -> float:
    return sum(score.value - 1 for score in outcome.scores.values())


def _case(outcome: Outcome) -> str:
    case, reply = outcome.case, outcome.reply
    question = shorten(" ⏎ ".join(asked(case)), MOST_OF_A_QUESTION, placeholder=" …")
    bad = sum(score.value < 1 for score in outcome.scores.values())
    flag = f'<span class="bad">{bad} short</span>' if bad else '<span class="good">all right</span>'
    chips = " ".join(escape(str(case[name])) for name in ("id", "kind", "language") if name in case)
    return (
        f'<details><summary><span class="chip">{chips}</span> {flag}<br>{escape(question)}</summary><div>'
        + (f"<p>Why: {escape(case['why'])}</p>" if case.get("why") else "")
        + f"<ul>{''.join(_score(name, score) for name, score in outcome.scores.items())}</ul>"
        + (f'<pre class="bad">{escape(reply.error)}</pre>' if reply.error else "")
        + "".join(_answer(answer) for answer in reply.answers)
        + "</div></details>"
    )


def _score(name: str, score: Score) -> str:
    mood = "good" if score.value >= 1 else "bad"
    return f'<li><b class="{mood}">{escape(name)} {score.value:.2f}</b> {escape(score.reason)}</li>'


def _answer(answer: Mapping[str, Any]) -> str:
    sources = "".join(f"<li>{escape(each)}</li>" for each in _sources(answer))
    told = answer.get("text") or "\n".join(each["message"] for each in answer.get("findings", ()))
    return f"<pre>{escape(told)}</pre>" + (f"<p>Evidence</p><ul>{sources}</ul>" if sources else "")


def _sources(answer: Mapping[str, Any]) -> Iterator[str]:
    for each in answer.get("citations", ()):
        parts = [each["title"], each["publisher"], each["as_of"], f"{each['source']} {each['record_id']}", each["url"]]
        yield f"[{each['number']}] " + ", ".join(str(part) for part in parts if part)
