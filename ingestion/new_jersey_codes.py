"""New Jersey's codes for length, kind of award and schooling, and what they mean."""

from __future__ import annotations

import re

from catalog.records import CredentialKind, Prerequisite

CALENDAR_WEEKS: dict[str, tuple[float | None, float | None]] = {
    "1": (None, 0.2),
    "2": (0.2, 0.4),
    "3": (0.4, 1.0),
    "4": (2, 3),
    "5": (4, 11),
    "6": (13, 26),
    "7": (26, 52),
    "8": (56, 104),
    "9": (156, 208),
    "10": (208, None),
}
"""The state's bands of calendar length, as weeks: under a day, 1-2 days, 3-7 days, 2-3 weeks,
4-11 weeks, 3-5 months, 6-12 months, 13-24 months, 3-4 years, over 4 years."""

PROGRAM_KINDS = {
    "CertificateOfCompletion": CredentialKind.CERTIFICATE,
    "Certification": CredentialKind.CERTIFICATION,
    "License": CredentialKind.LICENSE,
    "AssociateDegree": CredentialKind.DEGREE,
    "MasterDegree": CredentialKind.DEGREE,
    "GeneralEducationDevelopment": CredentialKind.DIPLOMA,
}

DEGREE_KINDS = {
    "101": CredentialKind.CERTIFICATE,
    "102": CredentialKind.CERTIFICATE,
    "103": CredentialKind.CERTIFICATE,
    "200": CredentialKind.DEGREE,
    "300": CredentialKind.DEGREE,
    "400": CredentialKind.CERTIFICATE,
    "500": CredentialKind.DEGREE,
    "600": CredentialKind.CERTIFICATE,
    "700": CredentialKind.DEGREE,
    "800": CredentialKind.DEGREE,
    "850": CredentialKind.DIPLOMA,
    "900": CredentialKind.CERTIFICATE,
}

SCHOOLING = (
    (Prerequisite.GRADUATE, r"\b(master'?s|graduate) degree\b"),
    (Prerequisite.BACHELOR, r"\b(bachelor'?s|b\.?s\.?n|4[- ]year degree|college degree)\b"),
    (Prerequisite.ASSOCIATE, r"\bassociate'?s?('s)? degree\b"),
    (Prerequisite.SOME_COLLEGE, r"\bcollege (credits|transcript|courses)\b"),
    (
        Prerequisite.HS_DIPLOMA_OR_GED,
        r"\b(high ?school|h\.? ?s\.?|hs)\b.{0,12}\b(dip|grad|equiv|or|/|ged|hse)|\bhsd\b|\bg\.?e\.?d\b|\bhse\b|"
        r"high school (diploma|graduate|equivalen)|\bhs/ged\b",
    ),
    (Prerequisite.SOME_SCHOOL, r"\b\d{1,2}(st|nd|rd|th)[- ]grade|(sixth|eighth|ninth|tenth)[- ]grade"),
)
NO_PREREQUISITE = re.compile(
    r"^(none|no|n/?a|0|no pre-?requisites?|none required|no computer knowledge)\.?$", re.IGNORECASE
)


def prerequisite_of(text: str | None) -> Prerequisite | None:
    """Return the schooling that a text asks for; None where it asks for something else or is silent.

    'or' between ways in makes the easier one count only where the text names an age instead of a
    diploma ('High School diploma/GED or 18 years of age').
    """
    if text is None:
        return None
    if NO_PREREQUISITE.match(text):
        return Prerequisite.NONE
    if re.search(
        r"(ged|diploma|hse)\W{0,3}\s*or\s+1[678] years|1[678] years[^;,.]*,? or (hs|high school)", text, re.IGNORECASE
    ):
        return Prerequisite.NONE
    for schooling, pattern in SCHOOLING:
        if re.search(pattern, text, re.IGNORECASE):
            return schooling
    return None


def program_kind(published: str | None, degree: str | None) -> CredentialKind | None:
    """Return what a program awards, from the state's type, else from the lookup's degree number."""
    if published is not None:
        return PROGRAM_KINDS.get(published)
    return DEGREE_KINDS.get(degree) if degree else None
