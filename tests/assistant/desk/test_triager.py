"""The triage as a whole, over the shipped weights."""

from __future__ import annotations

from datetime import datetime

import pytest

from assistant.desk.drafting import help_lines, note, reply
from assistant.desk.labels import Category, Flag, Queue, Urgency
from assistant.desk.message import Message
from assistant.desk.training import cases
from assistant.desk.triager import Triager
from prompts import Texts

NOW = datetime.fromisoformat("2026-11-24T10:00:00-05:00")


@pytest.fixture(scope="module")
def triage():
    triager = Triager()
    return lambda body, subject="": triager.triage(Message(ticket_id="t", received_at=NOW, subject=subject, body=body))


@pytest.mark.parametrize(
    ("body", "category", "urgency", "flags"),
    [
        ("My school just closed and I lose my refund on Friday", Category.SCHOOL_CLOSING, Urgency.URGENT, {Flag.CLOSING, Flag.REFUND_DEADLINE}),
        ("no quiero vivir", Category.OTHER, Urgency.URGENT, {Flag.CRISIS}),
        ("Can I use Pell for this?", Category.FINANCIAL_AID, Urgency.NORMAL, set()),
        ("Looking for a nurse aide class near Newark", Category.PROGRAM_SEARCH, Urgency.NORMAL, set()),
        ("Thank you so much, no need to reply!", Category.OTHER, Urgency.LOW, set()),
        ("busco un curso de soldadura en la noche", Category.PROGRAM_SEARCH, Urgency.NORMAL, set()),
    ],
)  # fmt: skip
def test_judged(triage, body, category, urgency, flags):
    found = triage(body)
    assert category in found.categories
    assert (found.urgency, {each.flag for each in found.flags}) == (urgency, flags)


def test_a_flag_in_a_quoted_mail_counts(triage):
    found = triage(
        "What does this mean for me?\n\nOn Mon, Nov 23, 2026 at 9:00 AM Office wrote:\n> The campus will close its doors on Friday."
    )
    assert Flag.CLOSING in {each.flag for each in found.flags}
    assert [due.on.isoformat() for due in found.deadlines] == ["2026-11-27"]


def test_a_crisis_goes_to_safety_with_the_help_lines_first(triage):
    found = triage("my husband hits me and we have nowhere to sleep tonight")
    assert found.queue is Queue.SAFETY
    assert found.person_decides
    assert help_lines(found) == ("help.suicide", "help.danger", "help.violence", "help.shelter")
    for language in ("en", "es"):
        assert "988" in reply(found, Texts(language)).splitlines()[0]


def test_no_help_lines_without_a_crisis(triage):
    assert help_lines(triage("the homework is killing me")) == ()


def test_nothing_personal_in_what_is_kept(triage):
    found = triage(
        "My name is Ana Ruiz, ssn 123-45-6789. They sell fake diplomas, call 201-555-0134 by Friday or I lose my deposit"
    )
    kept = found.model_dump_json() + note(found, Texts("en"))
    assert not any(each in kept for each in ("Ruiz", "6789", "0134"))


def test_the_note_names_flags_and_words(triage):
    text = note(triage("Somebody took out a loan in my name"), Texts("en"))
    assert "identity theft" in text
    assert "in my name" in text


def test_words_are_escaped_in_the_note(triage):
    text = note(triage("<b>I want to die</b> **now**"), Texts("en"))
    assert "<b>" not in text


@pytest.mark.parametrize("body", ["", " ", "\x00\x01", "🙂" * 500, "a" * 100_000])
def test_any_body_is_judged(triage, body):
    assert triage(body).queue in Queue


def test_many_give_the_same_as_one_by_one():
    triager = Triager()
    given = [Message(ticket_id=str(n), received_at=NOW, body=case["body"]) for n, case in enumerate(cases()[:8])]
    assert triager.triage_all(given) == [triager.triage(each) for each in given]


def test_the_cases_are_labelled_in_the_known_words():
    given = cases()
    assert len({case["id"] for case in given}) == len(given)
    assert sum(case["language"] == "es" for case in given) >= len(given) / 3 - 1
    for case in given:
        assert case["category"] == case["categories"][0]
        assert {Category(each) for each in case["categories"]}
        assert Urgency(case["urgency"])
        assert all(Flag(each) for each in case["flags"])
