"""Texts: both languages say the same things, with the same variables."""

from __future__ import annotations

import re

import pytest
from jinja2 import Environment, meta

from prompts import LANGUAGES, Texts, digest
from prompts.library import TextError, _root, money, number, percent


@pytest.fixture(scope="module")
def sources():
    import yaml

    found = {}
    for language in LANGUAGES:
        for path in sorted((_root() / "messages" / language).glob("*.yaml")):
            for group, texts in yaml.safe_load(path.read_text(encoding="utf-8")).items():
                for key, text in texts.items():
                    assert (language, f"{group}.{key}") not in found, f"{group}.{key} stands twice"
                    found[language, f"{group}.{key}"] = text
    return found


def test_every_key_is_in_both_languages():
    assert Texts("en").keys() == Texts("es").keys()


def test_both_languages_use_the_same_variables(sources):
    environment = Environment(autoescape=False)
    environment.filters |= {"money": money, "number": number, "percent": percent}
    for language, key in sources:
        mine, other = (
            meta.find_undeclared_variables(environment.parse(sources[each, key])) for each in (language, "en")
        )
        assert mine == other, key


def test_digits_in_the_texts_are_the_same_in_both_languages(sources):
    for key in sorted(Texts("en").keys()):
        digits = [sorted(re.findall(r"\d+", re.sub(r"{[{%].*?[%}]}", "", sources[each, key]))) for each in LANGUAGES]
        assert digits[0] == digits[1], key


def test_texts_differ_between_languages(sources):
    same = {key for key in sorted(Texts("en").keys()) if sources["en", key] == sources["es", key]}
    assert same <= {
        "page.title",
        "category.other",
        "urgency.normal",
        "provider.intro",
        "standard.heading",
        "flag.crisis",
    } | {key for key in same if not re.search(r"[a-z]{4}", re.sub(r"{[{%].*?[%}]}", "", sources["en", key]))} | {
        "flag.fraud"
    }


def test_a_missing_variable_is_an_error_not_an_empty_word():
    with pytest.raises(TextError, match="total"):
        Texts("en")("program.cost", parts="")


def test_an_unknown_key_or_language_is_an_error():
    with pytest.raises(TextError, match=r"no\.such"):
        Texts("en")("no.such")
    with pytest.raises(TextError, match="fr"):
        Texts("fr")


def test_digest_is_a_hash():
    assert re.fullmatch(r"[0-9a-f]{64}", digest())


@pytest.mark.parametrize(
    ("amount", "written"), [(0, "$0"), (1999, "$1,999"), (1999.5, "$1,999.50"), (41984198, "$41,984,198")]
)
def test_money(amount, written):
    assert money(amount) == written


def test_numbers_and_percents():
    assert (number(1234), number(14.25), percent(0.705882)) == ("1,234", "14.2", "71%")
