"""E-mail of any kind becomes plain text: HTML, charsets, broken MIME, binary, five megabytes."""

from __future__ import annotations

import time
from datetime import datetime

import pytest

from assistant.desk.mail import clean, read_mail, read_mbox, text_of_html
from assistant.desk.message import MOST_CHARACTERS

HTML = b"""From: =?utf-8?q?Jos=C3=A9?= <jose@x.example>
To: desk@y.example
Subject: =?utf-8?b?Qm9sZXTDrW4=?=
Date: Tue, 24 Nov 2026 10:00:00 -0500
Message-ID: <a1@x.example>
MIME-Version: 1.0
Content-Type: text/html; charset=utf-8

<html><head><style>p{}</style><title>t</title></head><body><script>alert(1)</script><p>I want my <b>money</b> back</p>
<img src="https://track.example/p.gif?u=77"><a href="https://evil.example/?id=77">click &amp; see</a></body></html>
"""


def test_html_without_scripts_pictures_and_addresses():
    message = read_mail(HTML, "x")
    assert (message.ticket_id, message.sender, message.subject) == ("a1@x.example", "José <jose@x.example>", "Boletín")
    assert message.received_at == datetime.fromisoformat("2026-11-24T10:00:00-05:00")
    assert message.body == "I want my money back\nclick & see"


def test_plain_text_is_preferred_and_attachments_are_left():
    mail = (
        b'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: multipart/alternative; boundary="c"\n\n'
        b"--c\nContent-Type: text/plain\n\nplain words\n--c\nContent-Type: text/html\n\n<p>html words</p>\n--c--\n"
        b"--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nattached\n--b--\n"
    )
    assert read_mail(mail, "x").body.strip() == "plain words"


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        bytes(range(256)) * 50,
        b"Content-Type: text/plain; charset=klingon\n\nwords",
        b"Content-Type: multipart/mixed; boundary=\n\n--\nno end",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!! words",
        b"Date: not a day\nSubject: =?utf-8?b?!!?=\n\nwords",
        b"Date: Tue, 99 Nov 2026 10:00:00\n\nwords",
        b"Content-Type: text/html\n\n<![bad<!-- <p>words",
        b"Content-Type: message/rfc822\n\nSubject: inner\n\nwords",
    ],
)
def test_broken_mail_is_read_as_far_as_it_goes(mail):
    message = read_mail(mail, "x")
    assert message.ticket_id == "x"
    assert "\x00" not in message.body


@pytest.mark.parametrize("kind", ["plain", "html"])
@pytest.mark.parametrize("filler", [b"a ", b"<", b"<p>", b"\xff", b"&", b"\n"])
def test_five_megabytes(kind, filler):
    start = time.monotonic()
    message = read_mail(f"Content-Type: text/{kind}\n\n".encode() + filler * (5_000_000 // len(filler)), "x")
    assert len(message.body) <= MOST_CHARACTERS
    assert time.monotonic() - start < 30


def test_a_mailbox(tmp_path):
    path = tmp_path / "in.mbox"
    path.write_bytes(b"From a\nSubject: one\n\nfirst\n\nFrom b\nSubject: two\n\nsecond\n>From here\n")
    assert [(m.subject, m.body.strip()) for m in read_mbox(path)] == [("one", "first"), ("two", "second\n>From here")]


def test_clean_keeps_letters_and_lines():
    assert clean("a\u202eb\x00c\r\nñ\ud800🙂") == "abc\nñ🙂"


def test_text_of_html_without_an_end():
    assert text_of_html("<div>one<div>two<script>three") == "one\ntwo"
