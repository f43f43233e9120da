"""'Leads to a licence' or 'to a credential', and the list does not name which.

A program's own claim on New Jersey's list, whose form has a place for the name. The verdict is
*cannot tell* which one it leads to, and the question to ask is its name and who awards it.
Policy: https://nces.ed.gov/surveys/GEMEnA/definitions.asp
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from catalog.records import Finding, Rule, Severity, Verdict
from ingestion.evidence import Case
from ingestion.findings import finding

RULE = Rule(
    id="credential_unnamed",
    title="credential_unnamed",
    url="https://nces.ed.gov/surveys/GEMEnA/definitions.asp",
    standards=("license", "certification"),
    basis="ours",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.INFO,
    level="program",
    for_whom="everyone",
    population="new_jersey_list",
    measure="named_credential",
    horizon="list",
    current_url=None,
)
SUBJECTS = ("program",)
NAMING = "nj_etpl"
"""The source whose form has a place for the credential's name."""
CLAIMS = (("license", "nj_credentials:license-"), ("certification", "nj_credentials:industry-"))


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield *cannot tell* for each claim that names nothing."""
    program = case.program
    if program is None or program.provenance.source != NAMING:
        return
    claimed = {"license": program.claims_license, "certification": program.claims_certification}
    for claim, prefix in CLAIMS:
        if claimed[claim] and not any(key.startswith(prefix) for key in program.credential_ids):
            more: dict[str, Any] = {"missing": f"name_of_{claim}", "values": (f"claim={claim}",), "key": claim}
            yield finding(RULE, case, on, Verdict.CANNOT_TELL, f"{claim}_not_named", [program.provenance], **more)
