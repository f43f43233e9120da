"""Where the newest copy of each source's list can be looked up.

A rule that is about one list names it itself (`Rule.current_url`). Other rules take figures and acts from
several publishers: there the link depends on whose record it was, so that nobody is sent to a state's
list for a federal figure.
"""

from __future__ import annotations

from catalog.records import Rule

ACCREDITATION = "https://ope.ed.gov/dapip/"
DIRECTORY = "https://nces.ed.gov/collegenavigator/"
NEW_JERSEY = "https://mycareer.nj.gov/training"
SCORECARD = "https://collegescorecard.ed.gov/"
STATES = "https://www.trainingproviderresults.gov/"
VETERANS = "https://www.va.gov/education/gi-bill-comparison-tool/"

CURRENT_LISTS = {
    "dapip_accreditations": ACCREDITATION,
    "dapip_actions": ACCREDITATION,
    "dol_etp": STATES,
    "dol_etp_bulk": STATES,
    "ipeds_directory": DIRECTORY,
    "ipeds_graduation": DIRECTORY,
    "nj_etpl": NEW_JERSEY,
    "nj_outcomes": NEW_JERSEY,
    "nj_providers": NEW_JERSEY,
    "nj_search_list_2018": NEW_JERSEY,
    "scorecard_earnings": SCORECARD,
    "scorecard_field_of_study": SCORECARD,
    "scorecard_institution": SCORECARD,
    "va_caution_flags": VETERANS,
    "va_closures": VETERANS,
    "va_complaints": VETERANS,
    "va_outcomes": VETERANS,
    "va_settlements": VETERANS,
}
"""Source to page; a source without one has no page of its own that people can read."""


def current_list(rule: Rule, source: str) -> str | None:
    """Return where a finding of a rule from a source's record can be looked up anew, unless the rule says so."""
    return CURRENT_LISTS.get(source) if rule.current_url is None else None
