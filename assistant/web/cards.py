"""The programs of an answer as cards: closed they say the essentials, open they show figures, findings and sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import Answer, Citation, FindingCard, ProgramCard
from assistant.comparison import properties
from assistant.verify import MARK
from assistant.web.elements import badge, bullets, fold, inline, link, pairs, section, text
from prompts import Texts
from prompts.library import money, number

GRAVE = ("alert", "below")
SHOWN_IN_HEAD = ("program", "school", "warnings")
"""Properties that the card says elsewhere."""


def program_cards(answer: Answer, texts: Texts) -> str:
    """Return the cards of all programs of an answer, or of what comes closest; empty when it has none."""
    cards = answer.programs or answer.relaxed
    if not cards:
        return ""
    heading = texts("page.cards" if answer.programs else "page.cards_relaxed")
    shown = "".join(_card(card, answer.citations, texts) for card in cards)
    return section(heading, shown)


def _card(card: ProgramCard, citations: Sequence[Citation], texts: Texts) -> str:
    leave_out = {texts(f"compare.{name}") for name in SHOWN_IN_HEAD}
    rows = [(label, inline(said)) for label, said in properties(card, texts) if label not in leave_out]
    body = pairs(rows) + _findings(card.findings, texts) + _sources(card, rows, citations, texts)
    return fold(_head(card, texts), body)


def _head(card: ProgramCard, texts: Texts) -> str:
    facts = "".join(f"<span>{text(fact)}</span>" for fact in _facts(card, texts))
    return (
        f'<span class="nav-card-name">{text(card.name)}</span> '
        f'<span class="nav-card-school">{text(card.provider)}</span>'
        f' <span class="nav-facts">{facts}</span> <span class="nav-badges">{_badges(card.findings, texts)}</span>'
    )


def _facts(card: ProgramCard, texts: Texts) -> Iterator[str]:
    total = card.cost.total_usd
    yield texts("page.no_price") if total is None else texts("page.free") if total == 0 else money(total)
    if card.length.clock_hours is not None:
        yield texts("program.hours", hours=card.length.clock_hours)
    place = ", ".join(part for part in (card.city, card.state) if part)
    if place and card.distance_miles is not None:
        place = f"{place}, {texts('page.miles', miles=number(card.distance_miles))}"
    if place:
        yield place
    yield texts("page.dated", as_of=card.as_of)


def _badges(findings: Sequence[FindingCard], texts: Texts) -> str:
    """Return each alert and each result below a bar with its rule; of the rest, how many there are."""
    grave = dict.fromkeys((each.verdict, each.rule) for each in findings if each.verdict in GRAVE)
    shown = [badge(verdict, f"{texts(f'verdict.{verdict}')}: {texts(f'rule.{rule}')}") for verdict, rule in grave]
    for verdict in ("meets", "cannot_tell"):
        count = len({each.rule for each in findings if each.verdict == verdict})
        if count:
            shown.append(badge(verdict, f"{texts(f'verdict.{verdict}')}: {count}"))
    return " ".join(shown)


def _findings(findings: Sequence[FindingCard], texts: Texts) -> str:
    if not findings:
        return ""
    items = (
        f"{badge(each.verdict, texts(f'verdict.{each.verdict}'))} <strong>{text(texts(f'rule.{each.rule}'))}</strong>: "
        f"{inline(each.message)} {_receipt(each, texts)}"
        for each in findings
    )
    return f"<h3>{text(texts('page.findings'))}</h3>{bullets(items)}"


def _receipt(finding: FindingCard, texts: Texts) -> str:
    mark = f"[{finding.citation}] " if finding.citation is not None else ""
    address = f"/{texts.language}/receipt/{finding.id}"
    return f'{mark}<a href="{address}" target="_blank">{text(texts("page.receipt", id=finding.id))}</a>'


def _sources(card: ProgramCard, rows: Iterable[tuple[str, str]], citations: Sequence[Citation], texts: Texts) -> str:
    cited = {card.citation, *(each.citation for each in card.measures), *(each.citation for each in card.findings)}
    cited |= {int(found) for _, said in rows for found in MARK.findall(said)}
    items = [source_line(each, texts) for each in citations if each.number in cited]
    own = f"<p>{link(card.url, texts('page.program_page'), card.name)}</p>" if card.url else ""
    return f"<h3>{text(texts('notice.sources'))}</h3>{bullets(items)}{own}"


def source_line(citation: Citation, texts: Texts) -> str:
    """Return one source: its mark, title, publisher, date and page."""
    said = texts(
        "notice.source", number=citation.number, title=citation.title, publisher=citation.publisher,
        as_of=citation.as_of, url=None,
    )  # fmt: skip
    return f"{text(said)} {link(citation.url, texts('page.source_page'), citation.title) if citation.url else ''}"
