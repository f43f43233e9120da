from __future__ import annotations

import pytest

from assistant.answer import Filter, Persona
from assistant.web.conversation import MOST_TURNS, Conversation
from assistant.web.limits import grouped, words_of
from prompts import Texts

PRICE = Filter(name="max_cost_usd", value=2000.0, words="under $2,000")
NEWARK = Filter(name="in_city", value="Newark", words="in Newark or Elizabeth", state="NJ")
ELIZABETH = Filter(name="in_city", value="Elizabeth", words="in Newark or Elizabeth", state="NJ")
ORDER = Filter(name="order", value="cheapest", words="cheapest")


def test_the_question_has_the_turns_before_it():
    asked = Conversation().asking("welding").asking("in Newark").question(Persona.LEARNER, "es")
    assert (asked.text, asked.history, asked.language) == ("in Newark", ("welding",), "es")


def test_only_the_last_turns_are_kept():
    conversation = Conversation()
    for number in range(MOST_TURNS + 5):
        conversation = conversation.asking(str(number))
    assert len(conversation.turns) == MOST_TURNS
    assert conversation.turns[-1] == str(MOST_TURNS + 4)


def test_towns_named_together_are_one_limit_and_the_order_is_none():
    groups = grouped([PRICE, NEWARK, ORDER, ELIZABETH])
    assert groups == [(PRICE,), (NEWARK, ELIZABETH)]
    assert words_of(groups[1], Texts("en")) == "in Newark or Elizabeth"
    assert words_of(groups[0], Texts("en")) == "at most $2,000"


def test_a_limit_given_up_can_be_taken_back():
    conversation = Conversation(turns=("welding under $2,000",), limits=(PRICE, NEWARK, ELIZABETH))
    price, towns = (key for key, _ in conversation.choices())
    without = conversation.holding([towns])
    assert without.without == (PRICE,)
    after = without.model_copy(update={"limits": (NEWARK, ELIZABETH)})
    assert [key for key, _ in after.choices()] == [towns, price]
    assert after.in_force() == [towns]
    assert after.holding([towns, price]).without == ()


def test_a_limit_said_again_holds_again():
    conversation = Conversation(turns=("welding under $2,000",), without=(PRICE,))
    assert conversation.asking("in Newark").without == (PRICE,)
    assert conversation.asking("now Under $2,000 again").without == ()


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_limit_has_words(language):
    texts = Texts(language)
    names = [key.removeprefix("limit.") for key in texts.keys() if key.startswith("limit.")]  # noqa: SIM118
    values = {"transit": "bus", "funding": "wioa", "credential_kind": "license", "near": "Newark"}
    for name in names:
        value = values.get(name, 3.0)
        said = words_of([Filter(name=name, value=value, words="x", radius_miles=5.0)], texts)
        assert said
        assert "None" not in said
