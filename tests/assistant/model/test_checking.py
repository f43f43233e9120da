"""What a model may say, and what never reaches the screen: true sentences, and many kinds of falsehoods."""

from __future__ import annotations

import itertools
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from assistant.narration.checking import SentenceCheck
from assistant.narration.facts import held_by
from assistant.narration.narrator import MOST_READ, Narrator
from prompts import Texts
from prompts.library import money, number, percent

TEMPLATES = yaml.safe_load((Path(__file__).parent / "true_sentences.yaml").read_text(encoding="utf-8"))
FOUND = 32
LANGUAGES = ("en", "es")


@pytest.fixture(scope="session")
def check(cards, unpriced, question):
    """Return a fresh check; with `all_shown` the program without a price is among those shown."""

    def made(language, all_shown=False):
        shown = [*cards, unpriced] if all_shown else cards
        return SentenceCheck(held_by(shown, question(language), FOUND), language)

    return made


def spoken(card, outcome=None):
    """Return what sentences say of a program."""
    cost, length = card.cost, card.length
    found = {
        "name": card.name, "school": card.provider, "city": card.city, "state": card.state, "c": card.citation,
        "leads": "; ".join(card.leads_to) or None, "hours": number(length.clock_hours),
        "low": length.weeks_min and number(length.weeks_min), "high": length.weeks_max and number(length.weeks_max),
        "miles": card.distance_miles and number(card.distance_miles), "month": "September 2022",
        "cost": cost.total_usd and money(cost.total_usd), "tuition": cost.tuition_usd and money(cost.tuition_usd),
        "fees": cost.fees_usd and money(cost.fees_usd), "books": cost.books_usd and money(cost.books_usd),
    }  # fmt: skip
    if card.measures:
        share, pay = card.measures
        found |= {
            "share": percent(share.value), "n": number(share.n), "pay": money(pay.value), "pn": number(pay.n),
            "m": share.citation, "date": share.as_of, "month": "June 2020", "mes": "junio de 2020",
        }  # fmt: skip
    return SimpleNamespace(**found)


def render(template, cards, unpriced):
    """Yield a template said of each pair of programs that has what it needs."""
    fixed = {
        "cheap": spoken(cards[0]), "short": spoken(cards[0]), "near": spoken(cards[1]), "eve": spoken(cards[1]),
        "online": spoken(cards[3]), "person": spoken(cards[0]), "noprice": spoken(unpriced), "found": FOUND,
        "shown": len(cards),
    }  # fmt: skip
    for first, second in itertools.permutations(cards, 2):
        both = {"a": spoken(first), "b": spoken(second), "f": spoken(first)}
        if "{f." in template and not first.measures:
            continue
        # What a program is listed as of is not when its figures were published.
        both["a"].month = "September 2022"
        yield template.format(**both, **fixed)


def trues(language, cards, unpriced):
    for template in TEMPLATES[language]:
        for sentence in dict.fromkeys(render(template, cards, unpriced)):
            yield sentence, "noprice" in template


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_most_two_percent_of_true_sentences_are_dropped(check, cards, unpriced, language):
    said = list(trues(language, cards, unpriced))
    dropped = [sentence for sentence, odd in said if check(language, odd).shown(sentence) is None]
    assert len(said) > 200
    assert len(dropped) <= 0.02 * len(said), f"{len(dropped)} of {len(said)}: " + "\n".join(dropped)


FALSE = yaml.safe_load((Path(__file__).parent / "falsehoods.yaml").read_text(encoding="utf-8"))
FIGURE = re.compile(r"\d[\d,.]*\d|\d")


def written(language, cards, unpriced):
    """Yield falsehoods written by hand, said of each pair of programs for which they are false."""
    for template in FALSE[language]:
        for first, second in itertools.permutations(cards, 2):
            a, b = spoken(first), spoken(second)
            if "{f." not in template or first.measures:
                yield template.format(a=a, b=b, f=a, shown=len(cards))


def slips(sentence):
    """Yield a true sentence with one of its figures changed."""
    bare = re.sub(r"\[\d+\]", lambda mark: "x" * len(mark[0]), sentence)
    for found in FIGURE.finditer(bare):
        digits = found[0]
        for changed in (
            str(int(digits[0]) % 9 + 1) + digits[1:],
            f"{digits}0",
            digits[:-1] + str((int(digits[-1]) + 1) % 10),
        ):
            if changed and float(changed.replace(",", "")) != float(digits.replace(",", "")):
                yield sentence[: found.start()] + changed + sentence[found.end() :]


def additions(language):
    """Return what a model may add to a true sentence."""
    return {
        "en": [
            ", and it is accredited", ", with no complaints", " and you qualify for Pell", ", with a guaranteed job",
            " <b>now</b>", ", see www.example.com", ", which is safe", " every month", " or less", ", never more",
        ],
        "es": [
            ", y está acreditado", ", sin quejas", " y usted califica para Pell", ", con trabajo garantizado",
            " cada mes", " o menos", ", y es seguro", ", vea www.example.com",
        ],
    }[language]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_falsehood_written_by_hand_is_shown(check, cards, unpriced, language):
    said = list(dict.fromkeys(written(language, cards, unpriced)))
    shown = [sentence for sentence in said if check(language).shown(sentence) is not None]
    assert not shown, f"{len(shown)} of {len(said)}:\n" + "\n".join(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_true_sentence_with_a_changed_figure_is_shown(check, cards, unpriced, language):
    known = {sentence for sentence, _ in trues(language, cards, unpriced)}
    said = [
        (slip, odd)
        for sentence, odd in trues(language, cards, unpriced)
        for slip in slips(sentence)
        if slip not in known
    ]
    shown = [slip for slip, odd in said if check(language, odd).shown(slip) is not None]
    assert len(said) > 500
    assert not shown, f"{len(shown)} of {len(said)}:\n" + "\n".join(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_true_sentence_with_something_added_is_shown(check, cards, unpriced, language):
    said = [
        sentence.replace(" [", f"{added} [", 1) if " [" in sentence else sentence[:-1] + added + "."
        for sentence, _ in trues(language, cards, unpriced)
        for added in additions(language)
    ]
    shown = [sentence for sentence in said if check(language).shown(sentence) is not None]
    assert not shown, f"{len(shown)} of {len(said)}:\n" + "\n".join(shown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_of_many_falsehoods_that_an_endpoint_sends_reaches_the_screen(
    check, cards, unpriced, question, language, endpoint, script
):
    said = list(dict.fromkeys(written(language, cards, unpriced)))
    narrator, texts, query = Narrator(endpoint.model()), Texts(language), question(language)
    shown, ends = [], []
    for at in range(0, len(said), MOST_READ):
        lies = [" ".join(lie.split()) for lie in said[at : at + MOST_READ]]
        endpoint.will(script.say("\n".join([*lies, ""])))
        stream = narrator.narrate(cards, query, (), texts, FOUND)
        while True:
            try:
                shown.append(next(stream))
            except StopIteration as end:
                ends.append(end.value)
                break
    assert shown == []
    assert {end.ended for end in ends} == {"dropped"}
    assert sum(end.dropped for end in ends) >= {"en": 500, "es": 300}[language]
