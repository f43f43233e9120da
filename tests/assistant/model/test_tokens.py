"""Tokens are counted exactly, without a network, and without touching the operator's environment."""

from __future__ import annotations

import os

from assistant import tokens


def test_tokens_are_those_of_the_encoding(monkeypatch):
    monkeypatch.setenv(tokens.PLACE, "/nowhere")
    tokens._encoding.cache_clear()
    # Counts of o200k_base that others publish: one token for each short common word.
    assert tokens.count_tokens("hello world") == 2
    assert tokens.count_tokens("") == 0
    assert os.environ[tokens.PLACE] == "/nowhere"


def test_control_tokens_in_source_text_are_plain_text():
    assert tokens.count_tokens("<|endoftext|>") > 1
