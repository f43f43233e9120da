"""What the Department of Veterans Affairs' files share: facility codes, names, and one provider per code."""

from __future__ import annotations

import re

from catalog.records import Place, Provider, ProviderIds
from ingestion.cells import CellError, clean
from ingestion.merging import merged_provider
from ingestion.row import Row
from ingestion.school_names import AGREES, agreement, prepared
from ingestion.shelf import Shelf

PUBLISHER = "US Department of Veterans Affairs"
URL = "https://www.va.gov/education/gi-bill-comparison-tool/"
LICENCE = "Public domain (work of the US government; CC0 in department-of-veterans-affairs/gibct-data-service)"

WITHDRAWN = re.compile(r"Z\s*\(?W/?D\b\)?[\s-]*(?=\S)")
FILLER = re.compile(r"X+", re.IGNORECASE)


def provider_id(code: str) -> str:
    """Return the id of a facility's record."""
    return f"va:{code}"


def as_facility_code(raw: str) -> str:
    """Return a facility code: eight digits, of which one or two may be letters."""
    text = clean(raw).upper()
    if not re.fullmatch(r"[0-9A-Z]{8}", text) or not any(c.isdigit() for c in text):
        raise CellError("not a VA facility code of eight digits or letters")
    return text


def facility(row: Row, code_column: str, name_column: str) -> Provider | None:
    """Pop code and name and return the facility; None, with the row held back, when either is unusable."""
    return facility_of(row, code_column, row.raw(code_column), name_column)


def facility_of(row: Row, code_column: str, published: str, name_column: str) -> Provider | None:
    """Return the facility of a code popped before; None, with the row held back, when it is unusable.

    VA marks a withdrawn approval by `Z WD` before the name; the name is given without the mark,
    which stays in the aliases.
    """
    name = row.text(name_column)
    try:
        code = as_facility_code(published)
    except CellError as error:
        row.hold(code_column, published, str(error))
        return None
    if name is None or FILLER.fullmatch(name):
        row.hold(name_column, name or "", "a facility without a name")
        return None
    plain = WITHDRAWN.sub("", name, count=1) if WITHDRAWN.match(name) else name
    return Provider(
        id=provider_id(code),
        name=plain,
        aliases=() if plain == name else (name,),
        ids=ProviderIds(va_facility=code),
        provenance=row.provenance(code, cells=(code_column, name_column)),
    )


def described(
    provider: Provider,
    *,
    place: Place | None = None,
    opeid: str | None = None,
    unitid: str | None = None,
    kind: str | None = None,
) -> Provider:
    """Return the facility with what else its row says."""
    ids = provider.ids.model_copy(update={"opeid": opeid, "unitid": unitid})
    return provider.model_copy(update={"ids": ids, "place": place or provider.place, "kind": kind})


def is_new(shelf: Shelf, provider: Provider) -> bool:
    """Whether the facility that a notice names is met for the first time.

    What a notice says of a known facility fills gaps of its record and adds a name to its aliases,
    whatever the dates: names in notices are looser than those of VA's lists of facilities. Under a
    name that does not agree the notice is of somebody else, and adds nothing.
    """
    known = shelf.find(Provider, provider.id)
    if known is None:
        return True
    if agreement(prepared(provider), prepared(known)) >= AGREES:
        shelf.replace(merged_provider(earlier=provider, later=known))
    return False
