"""Files: every form is told by its bytes; big, broken, ambiguous and double files are refused with a clear message."""

from __future__ import annotations

import io
import json
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.badges.container import MOST_BYTES, open_bytes, read_bounded
from assistant.badges.report import UnreadableError
from assistant.badges.strict_json import DEEPEST, parse
from prompts import Texts


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableError) as error:
        open_bytes(data)
    assert error.value.text(Texts("es")) != str(error.value)
    return error.value.reason


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"hello", "unknown_kind"),
        (b"%PDF-1.7", "unknown_kind"),
        (b"GIF89a", "unknown_kind"),
        (b"PK\x03\x04\xff", "unknown_kind"),
        (b"\xff\xfe{\x00}\x00", "unknown_kind"),
        (b"<svg></svg>", "unknown_kind"),
        (b"<script>alert(1)</script>", "unknown_kind"),
        (b"\x89PNG\r\n\x1a\n", "png_damaged"),
        (b'{"a": 1', "json"),
        (b'{"a": 1}{"b": 2}', "json"),
        (b"{'a': 1}", "json"),
        (b'{"a": 1} <script>', "json"),
        (b"[]", "no_object"),
        (b'[{"a": 1}]', "no_object"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"b": {"a": 1, "a": 1}}', "twice"),
        (b'{"a": NaN}', "number"),
        (b'{"a": -Infinity}', "number"),
        (b'{"a": ' + b"9" * 5000 + b"}", "number"),
        (b'{"a": "\\ud800"}', "half_character"),
        (b'{"\\udfff": 1}', "half_character"),
        (b'{"a": ' * 100 + b"1" + b"}" * 100, "too_deep"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a": [' + b"1," * 30_000 + b"1]}", "too_many"),
        (b'{"envelope_type": "x", "resource": "no token"}', "envelope"),
        (b'{"a": "' + b"x" * 1024 * 1024 + b'"}', "too_big"),
        (b"x" * (MOST_BYTES + 1), "too_big"),
    ],
)
def test_a_bad_file_is_named(data, expected):
    assert reason(data) == expected


def test_fifty_megabytes_are_not_read():
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size=-1):
            self.given += size
            return b"x" * size

    stream = Endless()
    with pytest.raises(UnreadableError, match="8 MB"):
        read_bounded(stream)
    assert stream.given == MOST_BYTES + 1


def test_brackets_in_a_text_nest_nothing():
    assert parse(json.dumps({"a": "[" * 500 + '"{'}))["a"].startswith("[[")
    assert parse('{"a":' * (DEEPEST - 1) + "1" + "}" * (DEEPEST - 1))


def test_a_byte_order_mark_is_no_error():
    assert open_bytes(b'\xef\xbb\xbf{"a": 1}').document == {"a": 1}


def test_an_address_is_kept_and_not_fetched():
    opened = open_bytes(b"https://college.example/badge.json\n")
    assert (opened.form, opened.address) == ("address", "https://college.example/badge.json")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (b"iTXt", b"openbadgecredential\0\0\0\0\0"),
        (b"iTXt", b"openbadges\0\0\0en\0Insignia\0"),
        (b"tEXt", b"openbadges\0"),
    ],
)
def test_a_baked_badge_is_taken_out(bake, kind, body):
    opened = open_bytes(bake((b"tEXt", b"Comment\0hello"), (kind, body + b'{"name": "\xc3\xb1"}')))
    assert (opened.form, opened.document) == ("png", {"name": "ñ"})
    assert open_bytes(bake((kind, body + b"YQ.YQ.YQ"))).token == "YQ.YQ.YQ"


def test_pictures_without_one_clear_badge_are_refused(bake):
    good = (b"iTXt", b"openbadgecredential\0\0\0\0\0{}")
    assert reason(bake()) == "png_without_badge"
    assert reason(bake((b"iTXt", b"Comment\0\0\0\0\0{}"))) == "png_without_badge"
    assert reason(bake(good, good)) == "png_two_badges"
    assert reason(bake(good, (b"tEXt", b"openbadges\0{}"))) == "png_two_badges"
    packed = b"openbadgecredential\0\1\0\0\0" + zlib.compress(b"{}" * 1000)
    assert reason(bake((b"iTXt", packed))) == "png_compressed"
    assert reason(bake((b"iTXt", b"openbadgecredential\0\0\0no"))) == "png_damaged"
    assert reason(bake((b"iTXt", b"openbadgecredential\0\0\0\0\0\xff"))) == "not_utf8"
    assert reason(bake((b"iTXt", b"openbadgecredential\0\0\0\0\0<svg>"))) == "unknown_kind"


def test_a_file_that_is_two_files_is_refused(bake):
    picture = bake((b"iTXt", b"openbadgecredential\0\0\0\0\0{}"))
    for tail in (b"PK\x03\x04", b"<script>", b'{"a": 1}', b"\0"):
        assert reason(picture + tail) == "png_more_behind"
    assert reason(picture[:-4]) == "png_damaged"
    assert reason(picture[:40]) == "png_damaged"


def test_every_changed_byte_of_a_picture_is_caught(bake):
    picture = bake((b"iTXt", b"openbadgecredential\0\0\0\0\0{}"))
    for place in range(len(picture)):
        with pytest.raises(UnreadableError):
            open_bytes(picture[:place] + bytes([picture[place] ^ 1]) + picture[place + 1 :])


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_are_opened_or_refused(data):
    for each in (data, b"\x89PNG\r\n\x1a\n" + data, b'{"a":' + data):
        with suppress(UnreadableError):
            open_bytes(each)
