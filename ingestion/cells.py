"""Reading one published cell: text, numbers, yes/no and dates; each parser says why it fails."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime

MAX_NUMBER_CHARACTERS = 24
MAX_AMOUNT = 1e12
NUMBER = re.compile(r"[-+]?\$? ?[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\.[0-9]*)?([eE][-+]?[0-9]{1,4})?")
FORMULA = re.compile(r"^(=|[+@-]\s*[A-Za-z_]+\s*\(|[+@-][^|]*\|\s*'[^']*'!)")
DATE_FORMATS = (
    "%Y-%m-%d",
    "%m/%d/%Y",
    "%m/%d/%y",
    "%Y-%m-%d %H:%M:%S",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %H:%M",
    "%d-%b-%y",
)
FIRST_YEAR, LAST_YEAR = 1600, 2100
YES = frozenset({"true", "t", "yes", "y"})
NO = frozenset({"false", "f", "no", "n"})


class CellError(ValueError):
    """A cell does not hold what its column should; the text is the reason."""


def clean(text: str) -> str:
    """Return the text without stray white space, control characters and wrapping literal quotes.

    Some publishers wrap a field that holds a comma in literal double quotes, and double the
    quotes inside.
    """
    if not text.isprintable():
        text = "".join(_printable(c) for c in text)
    text = " ".join(text.split())
    if len(text) >= 2 and text[0] == text[-1] == '"':
        text = text[1:-1].replace('""', '"').strip()
    return text


def _printable(character: str) -> str:
    """Invisible marks (soft hyphen, zero-width space, direction) go; other control characters become a space."""
    if character.isprintable():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


def _is_digits(text: str) -> bool:
    """`str.isdigit` alone would let `²` and digits of other scripts pass."""
    return text.isascii() and text.isdigit()


def as_text(raw: str) -> str | None:
    """Return the cleaned text, None when blank; raises CellError for a spreadsheet formula."""
    text = clean(raw)
    if FORMULA.match(text):
        raise CellError("a spreadsheet formula, not text")
    return text or None


def as_number(raw: str) -> float | None:
    """Return a number, reading `$` and thousands separators; None when blank.

    A comma counts only where thousands are separated: `12,5` is not 125.
    """
    text = clean(raw)
    if not text:
        return None
    if len(text) > MAX_NUMBER_CHARACTERS:
        raise CellError("too long for a number")
    if NUMBER.fullmatch(text) is None:
        raise CellError("not a number")
    try:
        number = float(text.replace("$", "").replace(",", "").replace(" ", ""))
    except ValueError:
        raise CellError("not a number") from None
    if not math.isfinite(number) or abs(number) > MAX_AMOUNT:
        raise CellError("out of any plausible range")
    return number


def as_integer(raw: str) -> int | None:
    """Return a whole number; `12.0` counts as one."""
    number = as_number(raw)
    if number is None:
        return None
    if number != int(number):
        raise CellError("not a whole number")
    return int(number)


def as_flag(raw: str, *, one_is_yes_two_is_no: bool = False) -> bool | None:
    """Return yes or no; with `one_is_yes_two_is_no` the codes 1 and 2 count, else 1 and 0."""
    text = clean(raw).lower()
    if not text:
        return None
    yes, no = ({"1"}, {"2"}) if one_is_yes_two_is_no else ({"1"}, {"0"})
    if text in YES | yes:
        return True
    if text in NO | no:
        return False
    raise CellError("neither yes nor no")


def as_date(raw: str) -> date | None:
    """Return a calendar date; 1900-01-01 and 2000-01-01 placeholders are the source's to know."""
    text = clean(raw)
    if not text:
        return None
    for form in DATE_FORMATS:
        try:
            found = datetime.strptime(text[:30], form).date()
        except ValueError:
            continue
        if FIRST_YEAR <= found.year <= LAST_YEAR:
            return found
        raise CellError(f"year {found.year} is not plausible")
    raise CellError("not a date")


def as_zip(raw: str) -> str | None:
    """Return a five-digit ZIP code, restoring lost leading zeros and dropping the +4."""
    text = clean(raw).removesuffix(".0").split("-")[0].strip()
    if not text:
        return None
    if len(text) in (8, 9) and _is_digits(text):
        text = text.zfill(9)[:5]
    if not _is_digits(text) or len(text) > 5 or int(text) == 0:
        raise CellError("not a ZIP code")
    return text.zfill(5)


def as_cip(raw: str) -> str | None:
    """Return a CIP code as `51.0801`, `51.08` or `51`, restoring the dot and lost zeros.

    An odd number of decimals has lost its last zero. `51.08` may be a series or a six-digit code
    that lost two zeros: a source whose codes are all of six digits must pad it itself.
    """
    text = clean(raw).removeprefix('="').removesuffix('"').strip()
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,6}", text):
        family, rest = text.split(".")
        rest += "0" * (len(rest) % 2)
        text = f"{family.zfill(2)}.{rest}"
    elif re.fullmatch(r"[0-9]{5,6}", text):
        text = f"{text.zfill(6)[:2]}.{text.zfill(6)[2:]}"
    elif re.fullmatch(r"[0-9]{1,2}", text):
        text = text.zfill(2)
    if not re.fullmatch(r"[0-9]{2}(\.[0-9]{2}([0-9]{2})?)?", text):
        raise CellError("not a CIP code")
    return text


def as_soc(raw: str) -> str | None:
    """Return a SOC code as `29-1141`; an O*NET suffix is dropped."""
    text = clean(raw)
    if not text:
        return None
    match = re.fullmatch(r"([0-9]{2})-?([0-9]{4})(\.[0-9]{2})?", text)
    if match is None:
        raise CellError("not a SOC code")
    return f"{match[1]}-{match[2]}"


def as_opeid(raw: str) -> str | None:
    """Return an eight-digit OPEID, restoring lost leading zeros; placeholders are None."""
    text = clean(raw).removesuffix(".0")
    if text in ("", "NONE", "NULL", "-1", "-2"):
        return None
    if not _is_digits(text) or len(text) > 8:
        raise CellError("not an OPEID")
    return text.zfill(8) if int(text) else None


def as_unitid(raw: str) -> str | None:
    """Return a six-digit IPEDS UNITID; placeholders are None."""
    text = clean(raw).removesuffix(".0")
    if text in ("", "NONE", "NULL", "-1", "-2"):
        return None
    if not _is_digits(text) or len(text) != 6:
        raise CellError("not a UNITID")
    return text


def as_state(raw: str) -> str | None:
    """Return a two-letter state or territory code."""
    text = clean(raw).upper()
    if not text:
        return None
    if not (raw.isascii() and re.fullmatch(r"[A-Z]{2}", text)):
        raise CellError("not a state code")
    return text
