"""A file that is not what it should be is refused, with the place where it breaks."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from catalog.errors import SourceError
from ingestion import files


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def writing(content: bytes, name: str = "t.csv") -> Path:
        (tmp_path / name).write_bytes(content)
        return tmp_path / name

    return writing


def _rows(path: Path, delimiter: str = ",") -> list[list[str]]:
    return list(files.delimited_rows(path, path.name, delimiter))


def _broken(path: Path, delimiter: str = ",") -> SourceError:
    with pytest.raises(SourceError) as caught:
        _rows(path, delimiter)
    assert path.name in str(caught.value)
    return caught.value


def test_plain_and_packed_text_read_alike(write) -> None:  # type: ignore[no-untyped-def]
    text = b'A,B\r\n1,"x, ""y"""\r\n2,"two\nlines"\r\n'
    wanted = [["A", "B"], ["1", 'x, "y"'], ["2", "two\nlines"]]
    assert _rows(write(text)) == wanted
    assert _rows(write(gzip.compress(text), "t.csv.gz")) == wanted
    assert _rows(write(b"\xef\xbb\xbf" + text)) == wanted


def test_tabs_leave_quotes_alone(write) -> None:  # type: ignore[no-untyped-def]
    assert _rows(write(b'A\tB\n6" pipe\t"x\n'), "\t") == [["A", "B"], ['6" pipe', '"x']]


@pytest.mark.parametrize("content", [b"", b"   \n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(write, content: bytes) -> None:  # type: ignore[no-untyped-def]
    assert "empty" in str(_broken(write(content)))


def test_an_empty_packed_file(write) -> None:  # type: ignore[no-untyped-def]
    assert "empty" in str(_broken(write(gzip.compress(b""), "t.csv.gz")))


@pytest.mark.parametrize("start", [b"<!DOCTYPE html>", b"  \n<HTML lang=en>", b'<?xml version="1.0"?>'])
def test_a_web_page_in_place_of_data(write, start: bytes) -> None:  # type: ignore[no-untyped-def]
    error = _broken(write(start + b"<body>Not found</body>"))
    assert "web page" in error.reason
    assert "Fetch" in error.remedy


def test_a_cut_off_archive(write) -> None:  # type: ignore[no-untyped-def]
    packed = gzip.compress(b"A,B\n" + b"".join(b"%d,%d\n" % (i, i * i) for i in range(50_000)))
    error = _broken(write(packed[: len(packed) // 2], "t.csv.gz"))
    assert "cut off or damaged" in error.reason
    assert error.row is not None
    assert error.row > 1000


@pytest.mark.parametrize("content", [b"A,B\n1,2\n", b"\x1f\x8b", b"\x1f\x8b\x08\x00garbage that is no stream"])
def test_what_is_no_archive(write, content: bytes) -> None:  # type: ignore[no-untyped-def]
    assert "damaged" in str(_broken(write(content, "t.csv.gz")))


def test_another_encoding_is_named_with_row_field_and_value(write) -> None:  # type: ignore[no-untyped-def]
    lines = ["A,CITY", *(f"{i},Newark" for i in range(5000)), "5000,Peñasco"]
    error = _broken(write("\n".join(lines).encode("latin-1")))
    assert (error.row, error.field, error.value) == (5001, "CITY", "Pe�asco")
    assert "not UTF-8" in error.reason


def test_rows_before_the_bad_one_are_read(write) -> None:  # type: ignore[no-untyped-def]
    reading = files.delimited_rows(write(b"A\nok\n\xff\n"), "t.csv", ",")
    assert [next(reading), next(reading)] == [["A"], ["ok"]]
    with pytest.raises(SourceError, match="row 2"):
        next(reading)


def test_utf_16(write) -> None:  # type: ignore[no-untyped-def]
    error = _broken(write("A,B\n1,2\n".encode("utf-16")))
    assert "not UTF-8" in error.reason
    assert error.row == 0


def test_utf_8_beyond_ascii_is_fine(write) -> None:  # type: ignore[no-untyped-def]
    assert _rows(write("A\nPeñasco – 日本 😀\n".encode())) == [["A"], ["Peñasco – 日本 😀"]]


def test_an_enormous_cell(write) -> None:  # type: ignore[no-untyped-def]
    error = _broken(write(b"A,COST\n1,2\n3," + b"9" * 3_000_000 + b"\n"))
    assert (error.row, error.field) == (2, "COST")
    assert len(str(error)) < 300


def test_a_line_larger_than_memory_is_not_read_whole(write, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    with gzip.open(tmp_path / "bomb.csv.gz", "wb", compresslevel=1) as stream:
        stream.write(b"A,COST\n1,")
        for _ in range(64):
            stream.write(b"9" * 1_000_000)
    error = _broken(tmp_path / "bomb.csv.gz")
    assert error.row == 1
    assert "more than 8,000,000 characters" in error.reason


def test_a_quote_left_open(write) -> None:  # type: ignore[no-untyped-def]
    error = _broken(write(b'A,B\n1,2\n3,"open\n' + b"4,5\n" * 100))
    assert error.row == 2
    assert "not a readable table" in error.reason


def test_a_quote_left_open_in_a_long_file(write) -> None:  # type: ignore[no-untyped-def]
    error = _broken(write(b'A,B\n1,2\n3,"open\n' + b"4,5\n" * 3_000_000))
    assert error.row == 2
    assert "not a readable table" in error.reason


def test_damaged_quoting_is_not_guessed_at(write) -> None:  # type: ignore[no-untyped-def]
    assert "not a readable table" in _broken(write(b'A,B\n1,"x"y\n')).reason


def test_any_line_ending_ends_a_row(write) -> None:  # type: ignore[no-untyped-def]
    assert _rows(write(b"A,B\r1,2\r\n3,4\n5,6")) == [["A", "B"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_nul_bytes_do_no_harm(write) -> None:  # type: ignore[no-untyped-def]
    assert _rows(write(b"A\nx\0y\n")) == [["A"], ["x\0y"]]


def test_json(write) -> None:  # type: ignore[no-untyped-def]
    assert files.read_json(write(b'\xef\xbb\xbf{"a": [1, null]}', "t.json"), "t.json") == {"a": [1, None]}
    assert files.read_json(write(gzip.compress(b"[1]"), "t.json.gz"), "t.json.gz") == [1]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b'{"a":\n 1,}', "row 2"),
        (b'{"a": 1} {"b": 2}', "not valid JSON"),
        (b'{"a": "\xff"}', "not UTF-8"),
        (b"[" + b" " * 20_000 + b"\xff]", "not UTF-8"),
        (b"[" * 200_000, "nested too deeply"),
        (b"[" + b"1" * 5_000 + b"]", "not usable JSON"),
        (b"<html>", "web page"),
        (b"", "empty"),
    ],
)
def test_broken_json(write, content: bytes, reason: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SourceError, match=reason):
        files.read_json(write(content, "t.json"), "t.json")


def test_cut_off_packed_json(write) -> None:  # type: ignore[no-untyped-def]
    packed = gzip.compress(b"[" + b",".join(b"%d" % (i * i) for i in range(50_000)) + b"]")
    with pytest.raises(SourceError, match="cut off"):
        files.read_json(write(packed[:-5000], "t.json.gz"), "t.json.gz")


def test_a_document_without_end(write, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(files, "MAX_DOCUMENT_CHARACTERS", 1000)
    with pytest.raises(SourceError, match="more than 1,000 characters"):
        files.read_json(write(b"[" + b"1," * 1000 + b"1]", "t.json"), "t.json")


def test_yaml(write) -> None:  # type: ignore[no-untyped-def]
    assert files.read_yaml(write(b"- a: 1\n", "t.yaml"), "t.yaml") == [{"a": 1}]


@pytest.mark.parametrize("content", [b"a: [1", b"a: b: c", b"!!python/object/apply:os.getcwd []", b"a: 2020-99-99"])
def test_broken_yaml(write, content: bytes) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SourceError, match="not valid YAML"):
        files.read_yaml(write(content, "t.yaml"), "t.yaml")


@pytest.mark.parametrize("content", [b"<!doctype html><p>no", b"", b"PK\x03\x04 cut off", b"A,B\n1,2\n"])
def test_what_is_no_workbook(write, content: bytes) -> None:  # type: ignore[no-untyped-def]
    path = write(content, "t.xlsx")
    with pytest.raises(SourceError, match=r"t\.xlsx: the workbook can't be read"):
        list(files.sheet_rows(path, "t.xlsx", None))


def _open_files() -> int:
    listing = Path("/proc/self/fd")
    return len(list(listing.iterdir())) if listing.exists() else 0


def test_files_are_closed(write) -> None:  # type: ignore[no-untyped-def]
    before = _open_files()
    for content in (b"A\n1\n", b"<html>", b"A\n\xff\n"):
        path = write(content)
        try:
            _rows(path)
        except SourceError:
            continue
    assert _open_files() == before


def test_json_lines_yield_content_or_the_error_of_their_line(write):
    text = b'{"a": 1}\n\n{"b": \n[2]\n' + b"[" * 100_000 + b"\n3"
    first, broken, second, deep, last = files.json_lines(write(text, "t.jsonl"), "t.jsonl")
    assert (first, second, last) == ({"a": 1}, [2], 3)
    assert isinstance(broken, SourceError)
    assert isinstance(deep, SourceError)
    assert "row 3: not valid JSON" in str(broken)
    assert "nested too deeply" in str(deep)


def test_json_lines_of_a_page_are_an_error(write):
    with pytest.raises(SourceError, match="web page"):
        list(files.json_lines(write(b"<html>", "t.jsonl"), "t.jsonl"))
