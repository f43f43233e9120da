"""The accreditation database's table of what accrediting agencies decided, and why.

An action has no id of its own. Actions about the same accreditation share the compound key in
`provenance.record_id` (campus:agency:program:sequence), which the accreditation's record bears too.
"""

from __future__ import annotations

from catalog.records import EventKind, Provider, ProviderEvent
from ingestion import dapip
from ingestion.accreditors import OWN_DOING, own_doing
from ingestion.context import Context
from ingestion.events import Acts
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (SourceFile("federal/dapip_accreditation_actions.csv.gz", as_of=dapip.AS_OF, rows=(20_000, 45_000)),)

RECEIPT = (
    "DapipId",
    "AgencyName",
    "ProgramName",
    "SequentialId",
    "ActionDescription",
    "ActionDate",
    "EndDate",
    "JustificationDescription",
)
"""The columns that say what was decided, about whom, and when."""

SEE_OTHER = "Other - Provide unlisted or multiple justifications"


def read(context: Context) -> None:
    """Keep each action as an event; rows that repeat one are merged into it."""
    acts = Acts()
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row, acts)


def _read_row(context: Context, row: Row, acts: Acts) -> None:
    action = row.text("ActionDescription")
    reason = _reason(row, action)
    on, ended = row.parse("ActionDate", dapip.as_day), row.parse("EndDate", dapip.as_day)
    scope = dapip.scope_of(row)
    if scope is None:
        return None
    if action is None:
        return row.hold("ActionDescription", "", "an action without description")
    provider = dapip.provider_id(scope.dapip_id)
    if context.shelf.find(Provider, provider) is None:
        return row.hold("DapipId", scope.dapip_id, "no such campus in the table of campuses")
    if on and ended and ended < on:
        # Kept: that it ended is what matters, and dropping the date would leave the action open.
        row.issue("EndDate", ended.isoformat(), f"lies before the action of {on.isoformat()}")
    day = on.isoformat() if on else "undated"
    url = dapip.profile_url(scope.dapip_id)
    event = ProviderEvent(
        id=f"{provider}:action:{scope.agency_id}-{scope.program_id}-{scope.sequence}:{day}",
        provider_id=provider,
        kind=EventKind.ACCREDITOR_ACTION,
        action=action,
        reason=reason,
        agency=scope.agency,
        scope=scope.program,
        sequence=scope.sequence,
        on=on,
        ended_on=ended,
        url=url,
        provenance=row.provenance(scope.key, url, cells=RECEIPT),
    )
    return acts.keep(row, event)


def _reason(row: Row, action: str | None) -> str | None:
    """Return the listed reason; of an agency's own words only whether a loss was the school's own doing.

    The words themselves name owners and officers, so they stay out.
    """
    listed, own = row.text("JustificationDescription"), row.raw("JustificationOther")
    if action in OWN_DOING and (said := own_doing(own)) is not None:
        return said
    return None if listed == SEE_OTHER else listed


SOURCE = Source(
    name="dapip_actions",
    title="Actions of accrediting agencies",
    publisher=dapip.PUBLISHER,
    url=dapip.URL,
    licence=dapip.LICENCE,
    vintage=dapip.VINTAGE,
    files=FILES,
    read=read,
    after=("dapip_campuses",),
)
