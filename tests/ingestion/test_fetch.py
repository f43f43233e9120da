"""Fetching, from a server on this machine that misbehaves in every way that publishers' servers do."""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import gzip
import hashlib
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import StorageError
from ingestion import __main__ as command
from ingestion import fetch as fetch_module
from ingestion.fetch import Fetched, FetchError, Limits, fetch, fetch_file
from ingestion.source import Source, SourceFile

BODY = b"ID,NAME\n" + b"".join(b"%d,Name %d\n" % (i, i) for i in range(2000))
QUICK = Limits(bytes=1_000_000, seconds=20, stall_seconds=5, attempts=3, first_wait=0.01, longest_wait=0.5)
Act = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Does what the test scripted: the nth request gets the nth act, the last act repeats."""

    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        asked = self.server.asked
        asked.append({key.lower(): value for key, value in self.headers.items()})
        script = self.server.script
        with contextlib.suppress(ConnectionError):
            script[min(len(asked), len(script)) - 1](self)

    def answer(self, status: int = 200, body: bytes = b"", **headers: str | None) -> None:
        """Send a whole answer; a header that is None is left out."""
        self.send_response(status)
        wanted = {"Content-Length": str(len(body)), **{k.replace("_", "-"): v for k, v in headers.items()}}
        for name, value in wanted.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.script: list[Act] = []
        self.asked: list[dict[str, str]] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/data.csv"

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("NO_PROXY", "*")
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "raw" / "data.csv"


def _note(target: Path) -> dict[str, Any]:
    note: dict[str, Any] = json.loads(target.with_name(target.name + ".fetched.json").read_text())
    return note


def _fails(url: str, target: Path, match: str, limits: Limits = QUICK) -> None:
    """The fetch fails with a message that names the address, and leaves no file with the final name."""
    before = target.read_bytes() if target.exists() else None
    with pytest.raises(FetchError, match=match) as caught:
        fetch_file(url, target, limits=limits)
    assert url in str(caught.value)
    assert (target.read_bytes() if target.exists() else None) == before


def _left(target: Path) -> set[str]:
    return {path.name for path in target.parent.iterdir()}


def good(handler: Handler) -> None:
    handler.answer(body=BODY, ETag='"v1"')


def ranged(body: bytes = BODY, etag: str = '"v1"', *, mind_if_range: bool = True) -> Act:
    """A server that resumes."""

    def act(handler: Handler) -> None:
        asked = re.fullmatch(r"bytes=(\d+)-", handler.headers.get("Range", ""))
        fits = handler.headers.get("If-Range") == etag or not mind_if_range
        if asked is None or not fits:
            return handler.answer(body=body, ETag=etag)
        start = int(asked[1])
        if start >= len(body):
            return handler.answer(416, Content_Range=f"bytes */{len(body)}")
        part = f"bytes {start}-{len(body) - 1}/{len(body)}"
        return handler.answer(206, body[start:], ETag=etag, Content_Range=part)

    return act


def cut(body: bytes = BODY, at: int = 10_000, **headers: str) -> Act:
    """Promise the whole body, send its beginning, and hang up."""

    def act(handler: Handler) -> None:
        headers.setdefault("ETag", '"v1"')
        handler.answer(body=body[:at], Content_Length=str(len(body)), **headers)
        handler.close_connection = True

    return act


def says(status: int, **headers: str) -> Act:
    return lambda handler: handler.answer(status, b"no", **headers)


def stalls(handler: Handler) -> None:
    handler.answer(body=b"ID,NAME\n", Content_Length="1000", ETag='"v1"')
    handler.server.over.wait(10)


def drips(handler: Handler) -> None:
    handler.answer(Content_Length="100000")
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"x")


def drips_headers(handler: Handler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    while not handler.server.over.wait(0.05):
        handler.wfile.write(b"x")


def never_ends(handler: Handler) -> None:
    handler.answer(Content_Length=None, Transfer_Encoding="chunked")
    while not handler.server.over.is_set():
        handler.wfile.write(b"10000\r\n" + b"9" * 0x10000 + b"\r\n")


def goes_to(address: str) -> Act:
    return lambda handler: handler.answer(302, Location=address)


def test_a_file_is_fetched_dated_and_hashed(server: Server, target: Path) -> None:
    server.script = [lambda h: h.answer(body=BODY, ETag='"v1"', Last_Modified="Tue, 11 Aug 2020 10:00:00 GMT")]
    told: list[tuple[str, int, int | None]] = []
    before = datetime.now(UTC).replace(microsecond=0)
    fetched = fetch_file(server.url, target, limits=QUICK, on_progress=lambda *each: told.append(each))
    assert target.read_bytes() == BODY
    assert _left(target) == {"data.csv", "data.csv.fetched.json"}
    assert Fetched.model_validate(_note(target)) == fetched
    assert fetched.sha256 == hashlib.sha256(BODY).hexdigest()
    assert (fetched.url, fetched.bytes, fetched.etag) == (server.url, len(BODY), '"v1"')
    assert before <= datetime.fromisoformat(fetched.fetched_at) <= datetime.now(UTC)
    assert told[-1] == ("data.csv", len(BODY), len(BODY))
    assert server.asked[0]["accept-encoding"] == "identity"


def test_a_body_of_unsaid_length(server: Server, target: Path) -> None:
    def chunked(handler: Handler) -> None:
        handler.answer(Content_Length=None, Transfer_Encoding="chunked")
        for at in range(0, len(BODY), 5000):
            piece = BODY[at : at + 5000]
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
        handler.wfile.write(b"0\r\n\r\n")

    server.script = [chunked]
    assert fetch_file(server.url, target, limits=QUICK).bytes == len(BODY)


def test_what_was_cut_off_is_resumed(server: Server, target: Path) -> None:
    server.script = [cut(), ranged()]
    fetch_file(server.url, target, limits=QUICK)
    assert target.read_bytes() == BODY
    assert (server.asked[1]["range"], server.asked[1]["if-range"]) == ("bytes=10000-", '"v1"')
    assert _left(target) == {"data.csv", "data.csv.fetched.json"}


def test_a_later_call_resumes(server: Server, target: Path) -> None:
    server.script = [cut(), ranged()]
    _fails(server.url, target, "connection failed", dataclasses.replace(QUICK, attempts=1))
    assert _left(target) == {"data.csv.part", "data.csv.part.fetched.json"}
    fetch_file(server.url, target, limits=QUICK)
    assert target.read_bytes() == BODY
    assert server.asked[1]["range"] == "bytes=10000-"


def test_the_part_of_another_address_is_not_resumed(server: Server, target: Path) -> None:
    server.script = [cut(), ranged()]
    _fails(server.url, target, "connection failed", dataclasses.replace(QUICK, attempts=1))
    fetch_file(server.url + "?other", target, limits=QUICK)
    assert "range" not in server.asked[1]
    assert target.read_bytes() == BODY


def test_a_date_is_the_validator_where_the_etag_is_weak(server: Server, target: Path) -> None:
    modified = "Tue, 11 Aug 2020 10:00:00 GMT"
    server.script = [cut(ETag='W/"v1"', Last_Modified=modified), good]
    fetch_file(server.url, target, limits=QUICK)
    assert server.asked[1]["if-range"] == modified


def test_without_a_validator_it_starts_again(server: Server, target: Path) -> None:
    server.script = [cut(ETag='W/"v1"'), good]
    fetch_file(server.url, target, limits=QUICK)
    assert "range" not in server.asked[1]
    assert "if-none-match" not in server.asked[1]
    assert target.read_bytes() == BODY


def test_a_server_that_ignores_the_range(server: Server, target: Path) -> None:
    server.script = [cut(), good]
    fetch_file(server.url, target, limits=QUICK)
    assert server.asked[1]["range"] == "bytes=10000-"
    assert target.read_bytes() == BODY


NEW = BODY.replace(b"Name", b"New!")


def part_from(start: int) -> Act:
    said = f"bytes {start}-{len(NEW) - 1}/{len(NEW)}"
    return lambda handler: handler.answer(206, NEW[start:], ETag='"v1"', Content_Range=said)


@pytest.mark.parametrize(
    "then",
    [
        [ranged(NEW, '"v2"')],
        [ranged(NEW, '"v2"', mind_if_range=False)],
        [part_from(9000), ranged(NEW, '"v2"')],
        [lambda h: h.answer(206, NEW[10000:], ETag='"v1"'), ranged(NEW, '"v2"')],
        [says(416), ranged(NEW, '"v2"')],
    ],
    ids=["said", "unsaid", "wrong start", "no range", "refused"],
)
def test_a_file_that_changed_meanwhile_is_not_patched_together(server: Server, target: Path, then: list[Act]) -> None:
    server.script = [cut(), *then]
    fetch_file(server.url, target, limits=QUICK)
    assert target.read_bytes() == NEW
    assert _note(target)["etag"] == '"v2"'


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (cut(at=0), "connection failed in each of several attempts"),
        (cut(at=10_000), "connection failed in each of several attempts"),
        (says(500), "says 500 Internal Server Error, in each"),
        (says(503), "says 503"),
        (says(429), "says 429"),
        (lambda h: h.wfile.write(b"this is not HTTP\r\n\r\n"), "connection failed"),
    ],
    ids=["nothing", "cut off", "500", "503", "429", "no HTTP"],
)
def test_what_may_pass_is_tried_again_and_then_said(server: Server, target: Path, act: Act, message: str) -> None:
    server.script = [act]
    _fails(server.url, target, message)
    assert len(server.asked) == QUICK.attempts


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429, 408])
def test_what_passes_is_not_said(server: Server, target: Path, status: int) -> None:
    server.script = [says(status), good]
    fetch_file(server.url, target, limits=QUICK)
    assert target.read_bytes() == BODY


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (says(404), "says 404 Not Found.*moved"),
        (says(403), "says 403"),
        (says(410), "says 410"),
        (says(204), "says 204"),
        (says(206), "says 206"),
        (says(304), "says 304"),
        (lambda h: h.answer(body=b"", ETag='"v"'), "the file is empty"),
        (lambda h: h.answer(body=b"\n \n"), "the file is empty"),
        (lambda h: h.answer(body=b"<!DOCTYPE html><title>Not\n \x1b[31mthere</title>"), r"page \('Not \[31mthere'\)"),
        (lambda h: h.answer(body=b"\n  <HTML><body>Sorry", Content_Type="text/csv"), "a web page came instead of data"),
        (lambda h: h.answer(body=BODY, Content_Length="2000000"), "more than the 1,000,000 bytes"),
        (never_ends, "more than the 1,000,000 bytes"),
        (lambda h: h.answer(body=BODY, Content_Encoding="br"), "packs the file as 'br'"),
        (goes_to("ftp://127.0.0.1/data.csv"), "neither http nor https"),
        (goes_to("file:///etc/passwd"), "neither http nor https"),
    ],
)
def test_what_will_not_pass_is_said_at_once(server: Server, target: Path, act: Act, message: str) -> None:
    server.script = [act]
    _fails(server.url, target, message)
    assert len(server.asked) == 1
    assert _left(target) == set()


def test_a_redirect_is_followed(server: Server, target: Path) -> None:
    server.script = [goes_to("/elsewhere"), good]
    fetch_file(server.url, target, limits=QUICK)
    assert target.read_bytes() == BODY


def test_a_redirect_loop(server: Server, target: Path) -> None:
    server.script = [goes_to("/data.csv")]
    _fails(server.url, target, "more than 5 redirects")
    assert len(server.asked) == 6


def test_a_silent_server(server: Server, target: Path) -> None:
    server.script = [stalls]
    began = time.monotonic()
    _fails(server.url, target, "silent for 0.2 seconds", dataclasses.replace(QUICK, stall_seconds=0.2))
    assert time.monotonic() - began < 5
    assert len(server.asked) == 3
    assert (target.with_name("data.csv.part")).read_bytes() == b"ID,NAME\n"


@pytest.mark.parametrize("act", [drips, drips_headers, lambda h: h.server.over.wait(10)])
def test_a_server_that_takes_for_ever(server: Server, target: Path, act: Act) -> None:
    server.script = [act]
    began = time.monotonic()
    _fails(server.url, target, "not finished within 0.5 seconds", dataclasses.replace(QUICK, seconds=0.5))
    assert time.monotonic() - began < 3


def test_nobody_there(target: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    _fails(f"http://127.0.0.1:{port}/x", target, "connection failed")


def test_retry_after_is_respected(server: Server, target: Path) -> None:
    server.script = [says(429, Retry_After="1"), good]
    began = time.monotonic()
    fetch_file(server.url, target, limits=dataclasses.replace(QUICK, longest_wait=5))
    assert time.monotonic() - began >= 1
    assert target.read_bytes() == BODY


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_a_long_retry_after_is_told_and_not_waited_for(server: Server, target: Path, form: str) -> None:
    day = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    after = "3600" if form == "seconds" else day
    server.script = [says(429, Retry_After=after)]
    _fails(server.url, target, r"says 429 Too Many Requests and asks to wait 3[56]\d\d seconds")
    assert len(server.asked) == 1


@pytest.mark.parametrize("after", ["soon", "-5", "²", "", "Tue, 99 Foo 2020"])
def test_a_senseless_retry_after_counts_as_none(server: Server, target: Path, after: str) -> None:
    server.script = [lambda h: h.answer(503, Retry_After=after.encode().decode("latin-1")), good]
    fetch_file(server.url, target, limits=QUICK)
    assert len(server.asked) == 2


def test_packing_for_the_way_is_undone(server: Server, target: Path) -> None:
    server.script = [lambda h: h.answer(body=gzip.compress(BODY), Content_Encoding="gzip")]
    assert fetch_file(server.url, target, limits=QUICK).bytes == len(BODY)
    assert target.read_bytes() == BODY


def test_packing_can_not_hide_an_endless_file(server: Server, target: Path) -> None:
    server.script = [lambda h: h.answer(body=gzip.compress(b"9" * 50_000_000), Content_Encoding="gzip")]
    _fails(server.url, target, "more than the 1,000,000 bytes")


@pytest.mark.parametrize("encoding", [None, "gzip", "x-gzip"])
def test_an_archive_stays_one(server: Server, tmp_path: Path, encoding: str | None) -> None:
    packed = gzip.compress(BODY)
    server.script = [lambda h: h.answer(body=packed, Content_Encoding=encoding)]
    fetch_file(server.url, tmp_path / "data.csv.gz", limits=QUICK)
    assert (tmp_path / "data.csv.gz").read_bytes() == packed


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("data.csv.gz", BODY),
        ("data.csv.gz", gzip.compress(BODY)[:-9]),
        ("data.csv.gz", b"\x1f\x8b garbage"),
        ("data.xlsx", b"PK\x03\x04 the rest is missing"),
        ("data.zip", BODY),
    ],
)
def test_a_damaged_archive_gets_no_name(server: Server, tmp_path: Path, name: str, body: bytes) -> None:
    """A too small content length cuts the body, and the connection can't tell."""
    server.script = [lambda h: h.answer(body=body)]
    _fails(server.url, tmp_path / "raw" / name, "the file is damaged")
    assert _left(tmp_path / "raw" / name) == set()


def test_an_archive_that_unpacks_without_end(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_module, "UNPACKED_TO_PACKED", 2)
    server.script = [lambda h: h.answer(body=gzip.compress(b"9" * 5_000_000))]
    _fails(server.url, tmp_path / "raw" / "data.csv.gz", "implausible size")


def test_an_earlier_copy_is_kept_under_another_name(server: Server, target: Path) -> None:
    server.script = [good, ranged(NEW, '"v2"')]
    fetch_file(server.url, target, limits=QUICK)
    fetch_file(server.url, target, limits=QUICK)
    assert target.read_bytes() == NEW
    earlier = target.with_name(f"data.csv.{hashlib.sha256(BODY).hexdigest()[:12]}.earlier")
    assert earlier.read_bytes() == BODY
    assert _note(earlier)["etag"] == '"v1"'
    assert len(_left(target)) == 4


def test_an_unchanged_file_is_not_fetched_again(server: Server, target: Path) -> None:
    server.script = [good, says(304)]
    first = fetch_file(server.url, target, limits=QUICK)
    second = fetch_file(server.url, target, limits=QUICK)
    assert server.asked[1]["if-none-match"] == '"v1"'
    assert second.model_copy(update={"fetched_at": first.fetched_at}) == first
    assert _left(target) == {"data.csv", "data.csv.fetched.json"}


def test_a_copy_that_was_edited_is_fetched_again(server: Server, target: Path) -> None:
    server.script = [good]
    fetch_file(server.url, target, limits=QUICK)
    target.write_bytes(b"edited")
    fetch_file(server.url, target, limits=QUICK)
    assert "if-none-match" not in server.asked[1]
    assert target.read_bytes() == BODY


@pytest.mark.parametrize("act", [says(404), cut(at=0), never_ends, says(500)])
def test_a_failure_leaves_the_earlier_copy(server: Server, target: Path, act: Act) -> None:
    server.script = [good, act]
    fetch_file(server.url, target, limits=QUICK)
    note = _note(target)
    _fails(server.url, target, "http")
    assert target.read_bytes() == BODY
    assert _note(target) == note


def test_the_note_of_a_first_answer_is_no_copy(server: Server, target: Path) -> None:
    """The version of a body that was cut off before its first byte must not come back as 'unchanged'."""
    server.script = [cut(at=0), ranged()]
    fetch_file(server.url, target, limits=QUICK)
    assert "if-none-match" not in server.asked[1]
    assert target.read_bytes() == BODY


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/x", "file:///etc/passwd", "/etc/passwd", "", "javascript:1"])
def test_only_web_addresses(url: str, target: Path) -> None:
    with pytest.raises(FetchError, match="neither an http nor an https address"):
        fetch_file(url, target, limits=QUICK)


def test_two_fetches_of_one_file(server: Server, target: Path) -> None:
    server.script = [good]
    target.parent.mkdir()
    with target.with_name("data.csv.part").open("ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        _fails(server.url, target, "another fetch is writing")
    assert server.asked == []


def test_a_full_disk(server: Server, target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server.script = [good]

    def full(*arguments: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(fetch_module.os, "fsync", full)
    with pytest.raises(StorageError, match=r"data\.csv: No space left on device\. Free space"):
        fetch_file(server.url, target, limits=QUICK)
    assert not target.exists()


def test_a_folder_that_is_a_file(server: Server, tmp_path: Path) -> None:
    (tmp_path / "raw").write_text("x")
    with pytest.raises(StorageError, match="Can't write"):
        fetch_file(server.url, tmp_path / "raw" / "data.csv", limits=QUICK)


def _source(*files: SourceFile) -> Source:
    return Source("toy", "Toys", "Department of Toys", "https://toy.example/data", "CC0", "2020", files, lambda _: None)


def test_a_source_without_direct_addresses_says_where_to_go(tmp_path: Path) -> None:
    source = _source(SourceFile("toy/a.csv", None, (0, 1)))
    with pytest.raises(FetchError, match="Department of Toys gives no direct address") as caught:
        fetch(source, tmp_path)
    assert "download it from https://toy.example/data" in str(caught.value)
    assert str(tmp_path / "toy/a.csv") in str(caught.value)


def test_one_failure_does_not_keep_the_others_away(server: Server, tmp_path: Path) -> None:
    server.script = [says(404), good]
    files = [SourceFile(f"toy/{name}.csv", None, (0, 1), url=f"{server.url}?{name}") for name in "ab"]
    with pytest.raises(FetchError, match=r"\?a: the server says 404"):
        fetch(_source(*files), tmp_path, limits=QUICK)
    assert not (tmp_path / "toy/a.csv").exists()
    assert (tmp_path / "toy/b.csv").read_bytes() == BODY


@pytest.fixture
def fetching(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Any:
    def calling(source: Source, *arguments: str) -> tuple[int, str]:
        monkeypatch.setattr(command, "all_sources", lambda: {"toy": source})
        monkeypatch.setenv("COLUMNS", "4000")
        code = command.main(["fetch", "--to", str(tmp_path), *arguments])
        return code, " ".join(capsys.readouterr().err.split())

    return calling


def test_the_command_fetches(server: Server, tmp_path: Path, fetching: Any) -> None:
    server.script = [good]
    code, said = fetching(_source(SourceFile("toy/a.csv", None, (0, 1), url=server.url)), "toy")
    assert code == 0
    assert hashlib.sha256(BODY).hexdigest()[:16] in said
    assert (tmp_path / "toy/a.csv").read_bytes() == BODY


def test_the_command_fails_with_a_message(server: Server, fetching: Any) -> None:
    server.script = [says(404)]
    source = _source(SourceFile("toy/a.csv", None, (0, 1), url=server.url), SourceFile("toy/b.csv", None, (0, 1)))
    code, said = fetching(source, "toy")
    assert code == 1
    assert "says 404" in said
    assert "no direct address for toy/b.csv" in said


def test_the_command_keeps_to_its_limits(server: Server, fetching: Any) -> None:
    server.script = [never_ends]
    source = _source(SourceFile("toy/a.csv", None, (0, 1), url=server.url))
    code, said = fetching(source, "toy", "--max-bytes", "1000")
    assert code == 1
    assert said.startswith(f"{server.url}: more than the 1,000 bytes that a file may have.")


def test_an_unknown_source(fetching: Any) -> None:
    assert fetching(_source(), "toys", "toy") == (1, "No source is named toys. See `python -m ingestion sources`.")
