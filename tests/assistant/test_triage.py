"""Plain rules for support messages: a red flag is never missed for the sake of precision."""

from __future__ import annotations

import pytest

from assistant.triage import triage


@pytest.mark.parametrize(
    ("message", "category", "urgency", "flags"),
    [
        (
            "My school just closed and I lose my refund on Friday",
            "school_closing",
            "urgent",
            {"closing", "refund_deadline"},
        ),
        ("I want to die, they took everything", "other", "urgent", {"crisis"}),
        ("no quiero vivir", "other", "urgent", {"crisis"}),
        ("This school is a scam", "fraud_or_identity", "high", {"fraud"}),
        ("Someone opened a loan in my name", "fraud_or_identity", "urgent", {"identity_theft"}),
        ("I want my money back", "refund_or_withdrawal", "normal", set()),
        ("Can I use Pell for this?", "financial_aid", "normal", set()),
        ("Looking for a nurse aide class", "program_search", "normal", set()),
        ("hello", "other", "low", set()),
        ("voy a demandar a la escuela", "program_search", "high", {"legal_threat"}),
    ],
)
def test_triage(message, category, urgency, flags):
    card, _words = triage(message)
    assert (card.category, card.urgency, set(card.flags)) == (category, urgency, flags)


def test_the_reason_is_in_the_message():
    message = "They said my refund deadline is tomorrow"
    card, words = triage(message)
    assert words
    assert card.reason in message
