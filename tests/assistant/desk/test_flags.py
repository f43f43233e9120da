"""Red flags by rules: an event raises them in both languages, an alarming word alone does not."""

from __future__ import annotations

import pytest

from assistant.desk.flags import FlagRules
from assistant.desk.labels import Flag
from assistant.desk.reading import Folded

RULES = FlagRules()


def strong(text):
    return {sign.flag for sign in RULES.signs(Folded(text)) if sign.strong}


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("The institute shut its doors last night", Flag.CLOSING),
        ("la academia cerró sin avisar", Flag.CLOSING),
        ("they told us the campus is closing in May", Flag.CLOSING),
        ("I lose my deposit unless I cancel by Friday", Flag.REFUND_DEADLINE),
        ("tengo hasta el lunes para cancelar sin pagar", Flag.REFUND_DEADLINE),
        ("he sells fake diplomas", Flag.FRAUD),
        ("venden certificados por 200 dólares", Flag.FRAUD),
        ("somebody took a loan in my name", Flag.IDENTITY_THEFT),
        ("me hackearon la cuenta", Flag.IDENTITY_THEFT),
        ("I want to die", Flag.CRISIS),
        ("no quiero vivir", Flag.CRISIS),
        ("my husband hits me", Flag.CRISIS),
        ("we sleep in the car tonight", Flag.CRISIS),
        ("i am thinking about suiside", Flag.CRISIS),
        ("my lawyer will contact you", Flag.LEGAL_THREAT),
        ("los voy a demandar", Flag.LEGAL_THREAT),
        ("they refused the interpreter because I'm deaf", Flag.DISCRIMINATION),
        ("me sacaron por estar embarazada", Flag.DISCRIMINATION),
        ("my son is 15", Flag.MINOR),
        ("mi hija tiene 16 años", Flag.MINOR),
    ],
)
def test_raised(text, flag):
    assert flag in strong(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is the office closed for the holidays?",
        "My school closed in 1998, where are the papers?",
        "the homework is killing me",
        "I'd like to work in suicide prevention",
        "My lawyer for my immigration case needs a letter",
        "It's a minor issue",
        "I have 15 years of experience",
        "What is the refund policy if I drop out in the second week, before I enroll?",
        "la página me está matando jaja",
        "Is there an age limit for the police academy? I'm 41",
        "I'm looking for a class in fraud prevention",
        "They gave me until close of business to sign up",
        "WIOA paga la licencia de camión si trabajo medio tiempo? Vivo en 48 Chestnut Ave",
        "un préstamo de estudiante de 9,800 dólares",
        "I want to file a formal complaint against the school",
    ],
)
def test_left_alone(text):
    assert strong(text) == set()


def test_the_words_are_those_of_the_message():
    text = "Hola. Me quiero MORIR, ya no sé qué hacer"
    (sign,) = [each for each in RULES.signs(Folded(text)) if each.flag is Flag.CRISIS]
    assert sign.words in text


def test_every_flag_has_rules():
    assert set(RULES._rules) == set(Flag)
