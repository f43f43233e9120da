"""The report on a badge as lines of text, in one language; the badge's own words are shown as text, never as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assistant.badges.report import Achievement, Check, Content, Outcome, Party, Report
from assistant.markup import plain
from catalog.errors import shorten
from prompts import Texts

LONGEST = 400
MOST = 12
"""How many achievements, alignments, pieces of evidence or inner credentials are listed; the rest is counted."""
MARKS = {Outcome.PASSED: "ok", Outcome.FAILED: "failed", Outcome.UNKNOWN: "open"}
Shown = Callable[[str], str]


def short(value: str) -> str:
    """Return a text on one line, without hidden characters, cut when long."""
    return shorten(plain(value), LONGEST)


def lines_of(report: Report, texts: Texts, shown: Shown = short) -> list[str]:
    """Return the report; `shown` makes a text of the badge harmless where the lines go (Markdown: `escaped`)."""
    return list(_report(report, texts, shown, ""))


def _report(report: Report, texts: Texts, shown: Shown, indent: str) -> Iterator[str]:
    head = texts(f"badge.verdict_{report.verdict}", date=report.on.isoformat())
    yield f"{indent}{head}"
    yield from (f"{indent}{line}" for line in _checks(report, texts, shown))
    yield from (f"{indent}{line}" for line in _content(report.content, texts, shown))
    for number, each in enumerate(report.inner[:MOST], 1):
        yield f"{indent}{texts('badge.inner', number=number, count=len(report.inner))}"
        yield from _report(each, texts, shown, f"{indent}  ")
    if not indent:
        yield texts("badge.limits")


def _checks(report: Report, texts: Texts, shown: Shown) -> Iterator[str]:
    for check in report.checks:
        mark = texts(f"badge.mark_{MARKS[check.outcome]}")
        yield f"  {mark}: {reason_of(check, texts, shown)}"


def reason_of(check: Check, texts: Texts, shown: Shown = short) -> str:
    """Say what one check found, and why."""
    key = check.reason if check.reason.startswith("fetch_") else f"{check.about}_{check.reason}"
    return texts(f"badge_check.{key}", **{name: shown(value) for name, value in check.values.items()})


def _content(content: Content, texts: Texts, shown: Shown) -> Iterator[str]:
    yield texts("badge.says", kind=texts(f"badge_kind.{content.kind}"))
    fields = (
        ("name", content.name),
        ("description", content.description),
        ("id", content.id),
        ("issuer", _party(content.issuer)),
        ("recipient", _party(content.recipient)),
        ("valid_from", content.valid_from),
        ("valid_until", content.valid_until),
    )
    yield from _fields(fields, texts, shown, "  ")
    for achievement in content.achievements[:MOST]:
        yield from _achievement(achievement, texts, shown)
    yield from _more(len(content.achievements), texts)
    for evidence in content.evidence[:MOST]:
        parts = (evidence.name, evidence.description, evidence.url)
        yield f"  {texts('badge.evidence', value=shown(' · '.join(part for part in parts if part)))}"
    yield from _more(len(content.evidence), texts)
    if content.endorsements:
        yield f"  {texts('badge.endorsements', count=content.endorsements)}"


def _achievement(achievement: Achievement, texts: Texts, shown: Shown) -> Iterator[str]:
    name = achievement.name or achievement.id or texts("badge.unnamed")
    yield f"  {texts('badge.achievement', value=shown(name))}"
    fields = (
        ("kind", achievement.kind),
        ("description", achievement.description),
        ("criteria", achievement.criteria),
        ("criteria_url", achievement.criteria_url),
        ("creator", _party(achievement.creator)),
    )
    yield from _fields(fields, texts, shown, "    ")
    if achievement.criteria is None and achievement.criteria_url is None:
        yield f"    {texts('badge.no_criteria')}"
    for each in achievement.alignments[:MOST]:
        parts = (each.name, each.framework, each.code, each.url)
        yield f"    {texts('badge.alignment', value=shown(' · '.join(part for part in parts if part)))}"
    yield from _more(len(achievement.alignments), texts)


def _fields(fields: tuple[tuple[str, str | None], ...], texts: Texts, shown: Shown, indent: str) -> Iterator[str]:
    for name, value in fields:
        if value is not None:
            yield f"{indent}{texts(f'badge.{name}', value=shown(value))}"


def _party(party: Party | None) -> str | None:
    if party is None:
        return None
    return " · ".join(part for part in (party.name, party.id, party.url) if part) or None


def _more(count: int, texts: Texts) -> Iterator[str]:
    if count > MOST:
        yield f"  {texts('badge.more', count=count - MOST)}"
