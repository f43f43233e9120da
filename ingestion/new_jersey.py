"""What New Jersey's files share: the provider block, its codes, and its repaired texts."""

from __future__ import annotations

import re
from collections.abc import Callable

from catalog.records import ListStatus, Place, Provider, ProviderIds, Services
from ingestion import cells
from ingestion.places import checked
from ingestion.row import Row

TAX_ID_DIGITS = 9
STATUSES = {"Approved": ListStatus.APPROVED, "Suspend": ListStatus.SUSPENDED, "Pending": ListStatus.PENDING}
NO_ROUTE = re.compile(r"^(none\b.*|n/?a|no|not available|-+|0)?\.?$", re.IGNORECASE)
LOST_APOSTROPHE = re.compile(r"(?<=[A-Za-z])\"(?=(s|t|re|ll|ve|d)\b)")


def provider_id(number: str) -> str:
    """Return the id of a New Jersey provider's record."""
    return f"nj_providers:{number}"


def repaired(text: str | None) -> str | None:
    """Return a text whose apostrophes had become double quotes (`Carney"s Point`) as it was meant."""
    return None if text is None else LOST_APOSTROPHE.sub("'", text)


def status_of(row: Row, column: str) -> ListStatus | None:
    """Pop a list status; an unknown word is reported."""
    raw = row.raw(column)
    status = STATUSES.get(cells.clean(raw))
    if status is None and cells.clean(raw):
        row.issue(column, raw, f"not one of {', '.join(STATUSES)}")
    return status


def provider_of(row: Row, number: str, column: Callable[[str], str], status_column: str) -> Provider | None:
    """Return the provider that a row's provider block describes, None when the block has no name.

    `column` turns a column's name into the spelling of this file (upper or lower case). The
    provider's list status is popped by the caller, since its column's name differs.
    """
    name = repaired(row.text(column("name")))
    place = checked(_place(row, column), row.issue)
    services = _services(row, column)
    ein = _tax_id(row, column("schoolidentificationnumber"))
    approvals = row.text(column("nongovapproval"))
    expires = row.date(column("certapprovalexp"))
    website = row.text(column("website"))
    if name is None:
        return None
    receipt = [column(part) for part in ("providerid", "name", "state", "certapprovalexp")]
    return Provider(
        id=provider_id(number),
        name=name,
        ids=ProviderIds(ein=ein, nj_provider=number),
        place=place,
        website=website,
        services=services,
        approval_expires_on=expires,
        claimed_approvals=(approvals,) if approvals else (),
        provenance=row.provenance(number, cells=[*receipt, status_column]),
    )


def _place(row: Row, column: Callable[[str], str]) -> Place:
    street = [row.text(column(part)) for part in ("street1", "street2")]
    return Place(
        street=repaired(", ".join(part for part in street if part) or None),
        city=repaired(row.text(column("city"))),
        county=row.text(column("county")),
        state=row.parse(column("state"), cells.as_state),
        zip=row.parse(column("zip"), cells.as_zip),
    )


def _services(row: Row, column: Callable[[str], str]) -> Services:
    def said(name: str) -> bool | None:
        return row.flag(column(name), one_is_yes_two_is_no=True)

    other, languages = said("otherlanguages"), row.text(column("languages"))
    return Services(
        evening=said("eveningcourses"),
        distance_learning=said("distancelearning"),
        spanish=said("speakspanish"),
        other_languages=_languages(languages) if other else (),
        childcare=said("childcare"),
        childcare_help=said("assistobtainingchildcare"),
        job_search_help=_either(said("careerassist"), said("onestopcareer")),
        personal_help=said("personalassist"),
        wheelchair_access=said("accessfordisabled"),
        customized_training=said("customized"),
        bus=_routes(row, column("busroute1"), column("busroute2")),
        train=_routes(row, column("trnroute1"), column("trnroute2")),
    )


def _either(first: bool | None, second: bool | None) -> bool | None:
    return True if first or second else first if second is None else second


def _languages(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"[,;/&]| and ", text or "") if part.strip())


def _routes(row: Row, *columns: str) -> bool | None:
    """A named route is a yes, 'none' a no, silence unknown."""
    named = [text for text in (row.text(column) for column in columns) if text is not None]
    if not named:
        return None
    return any(not NO_ROUTE.match(text) for text in named)


def _tax_id(row: Row, column: str) -> str | None:
    """The first nine digits are the tax id; one to three more number the site."""
    text = cells.clean(row.raw(column))
    if not text:
        return None
    if not text.isdigit() or not TAX_ID_DIGITS <= len(text) <= TAX_ID_DIGITS + 3:
        row.issue(column, text, "not a tax id of nine digits with a site number")
        return None
    return text[:TAX_ID_DIGITS]
