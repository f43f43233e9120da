"""Whether an accreditor's act on one kind of program concerns another program of the same school.

Agencies of a field act on single programs (`Nursing (ADNUR) - Associate degree programs`). Such an act is
no warning about the welding course next door: it is shown with programs of its own field only, and there
with the question whether it covers this one. Where the field can't be told, it is shown as what it is.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from catalog.records import Finding, Program

INSTITUTIONAL = "Institutional Accreditation"
RULE = "accreditor_action"


class Field(NamedTuple):
    """A field of study: words of an agency's scope, its CIP codes of all editions, and words of programs' names."""

    scope: re.Pattern[str]
    cips: tuple[str, ...]
    names: re.Pattern[str]


def _field(scope: str, cips: str, names: str) -> Field:
    return Field(re.compile(scope, re.IGNORECASE), tuple(cips.split()), re.compile(names, re.IGNORECASE))


FIELDS = (
    _field(r"nurs|\bRN\b", "51.16 51.38 51.39", r"\bnurs|\b(?:RN|LPN|LVN|BSN|CNA|CHHA)\b|enfermer"),
    _field(r"midwif", "51.40 51.16 51.38", r"midwif|\bnurs"),
    _field(r"physical therap", "51.2308 51.0806", r"physical therap"),
    _field(r"occupational therap", "51.2306 51.0803", r"occupational therap"),
    _field(
        r"radiolog|radiograph|magnetic|nuclear|dosimetry",
        "51.0905 51.0907 51.0911 51.0919 51.0920 51.0999",
        r"radio|x.?ray|radiation|magnetic|\bMRI\b|nuclear|imaging|dosimetr",
    ),
    _field(
        r"dent|orthodont|periodont|endodont|prosthodont|oral |orofacial|advanced dental",
        "51.04 51.05 51.06",
        r"\bdent|orthodont|\boral\b",
    ),
    _field(r"surgical tech", "51.0909", r"surgical"),
    _field(r"medical assist", "51.0801", r"medical assist"),
    _field(r"medical laboratory", "51.1004 51.0802 51.1005", r"medical lab|clinical lab"),
    _field(r"dietet", "51.31 19.0501", r"dietet|dietit|nutrition"),
    _field(r"pharmacy", "51.20", r"pharm\.? ?d\b|doctor of pharmacy|pharmacist"),
    _field(r"veterinary", "51.24 01.80", r"veterinary medicine|\bD\.?V\.?M\b"),
    _field(r"osteopathic", "51.19", r"osteopath"),
    _field(r"^medicine", "51.12", r"\bM\.?D\b|doctor of medicine|\bmedicine\b"),
    _field(r"chiropract", "51.01", r"chiropract"),
    _field(r"optometr", "51.17 51.1801 51.1802", r"optomet|optic"),
    _field(r"podiatry", "51.21", r"podiat"),
    _field(r"acupunct|oriental med|naturopath", "51.33", r"acupunct|oriental med|naturopath"),
    _field(r"massage|bodywork", "51.35", r"massage|bodywork"),
    _field(r"speech|audiolog", "51.02", r"speech|audiolog"),
    _field(r"public health", "51.22", r"public health"),
    _field(r"health management|health services admin", "51.07", r"health.{0,12}(?:manag|admin)"),
    _field(r"marriage and family", "51.1505", r"family therap"),
    _field(r"psycholog", "42 30.17", r"psycholog"),
    _field(r"teacher education|montessori", "13", r"teach|education|montessori"),
    _field(r"pastoral|theolog", "39", r"pastoral|theolog|divinity|ministr"),
    _field(r"^law\b", "22", r"\blaw\b|legal|\bJ\.?D\b"),
    _field(r"funeral", "12.03", r"funeral|mortuary|embalm"),
    _field(r"english language", "16 23 32.0109 53.02", r"english|\bE\.?S\.?L\b"),
    _field(r"\((?:ART|ARTG|ARTI)\)", "50.01 50.04 50.06 50.07 09 10", r"\bart|design|graphic"),
    _field(r"dance", "50.03", r"danc"),
    _field(r"music", "50.09", r"music"),
    _field(r"theatre", "50.05", r"theat|drama|acting"),
)


def scope_of(finding: Finding) -> str | None:
    """Return the programs that an accreditor's act is about; None where it is about the whole school, or no act."""
    if finding.rule != RULE:
        return None
    said = next((value.partition("=")[2] for value in finding.values if value.startswith("scope=")), "")
    return None if said in ("", "None", INSTITUTIONAL) else said


def concerns(finding: Finding, program: Program) -> bool:
    """Whether a finding about a school is to be shown with a program: unless it is about another field."""
    scope = scope_of(finding)
    if scope is None:
        return True
    fields = [field for field in FIELDS if field.scope.search(scope)]
    if not fields:
        return True
    return any(_is_of(field, program) for field in fields)


def _is_of(field: Field, program: Program) -> bool:
    return bool(program.cip and program.cip.startswith(field.cips)) or bool(field.names.search(program.name))
