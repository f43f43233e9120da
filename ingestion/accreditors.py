"""What accrediting agencies do, by the federal database's words: negative acts, and acts that restore."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from catalog.records import Accreditation, ProviderEvent, Severity

LOSS = "Loss of Accreditation or Preaccreditation: "
SEVERE = "Probation or Equivalent or a More Severe Status: "
NEGATIVE = {
    f"{SEVERE}Warning": ("warning", Severity.CAUTION),
    "Warning or Equivalent-Factors Affecting Academic Quality": ("warning", Severity.CAUTION),
    f"{SEVERE}Other": ("other_sanction", Severity.CAUTION),
    f"{SEVERE}Probation": ("probation", Severity.SERIOUS),
    f"{SEVERE}Show Cause": ("show_cause", Severity.SERIOUS),
    f"{LOSS}Denial": ("accreditation_denied", Severity.SERIOUS),
    f"{LOSS}Lapse": ("accreditation_lapsed", Severity.SERIOUS),
    f"{LOSS}Other": ("accreditation_lost", Severity.SERIOUS),
    "Affirm Denial Following Appeal": ("accreditation_denied", Severity.SERIOUS),
}
"""Negative acts: the key of each, and its weight. Plain monitoring is none."""

RESTORATIVE = frozenset(
    {
        "Accreditation Reaffirmed: Warning Removed",
        "Accreditation Reaffirmed: Probation Removed",
        "Accreditation Reinstated: Termination Overturned on Appeal",
        "Removal of Show Cause Status",
        "Removal of Monitoring Status",
        "Renewal of Accreditation",
        "Initial Accreditation",
    }
)
STAYED = "Stay Denial Pending Appeal"
CLOSINGS = frozenset({"Institution Closed", "Additional Location Closed"})
INSTITUTIONAL = "Institutional Accreditation"
NO_SANCTION = re.compile(
    r"\bclos(?:e[ds]?|ure|ing)\b|\bceas|\bmerg|\bvoluntar|relinquish|transfer of sponsorship|\bcho?ose to\b|"
    r"\blet .{0,20}expire|\bexpiration of (?:the )?term|chose not to (?:renew|seek)|separately accredited|"
    r"change of control|extension of accreditation",
    re.IGNORECASE,
)
"""Reasons of a loss that is no sanction: the school closed, merged, moved or gave accreditation up."""
SCHOOLS_DOING = "Closed, merged, moved or given up by the school, as the agency says in words of its own"
"""Stands for such words, which themselves are left out: they name owners and officers."""
GIVEN_UP = f"{LOSS}Voluntary Withdrawal"
SCHOOL_CLOSED = "Closed, as the agency says in words of its own"
"""Stands for words that speak of nothing but a closing."""
CLOSED_ITSELF = re.compile(
    r"\b(?:school|institution|campus|location)\b.{0,40}\bclosed\b|\bclosed (?:the|its) |\bclosure\b|"
    r"\bceas(?:ed|ing) operations",
    re.IGNORECASE,
)
MAY_BE = re.compile(r"\bmay choose\b", re.IGNORECASE)
"""Words of a procedure, which do not say that it was followed."""
OWN_DOING = frozenset({f"{LOSS}Lapse", f"{LOSS}Other"})
"""Losses that can be the school's own doing; a denial is the agency's, whatever happened next."""


class State(StrEnum):
    """What became of a negative act."""

    OPEN = "open"
    ENDED = "ended"
    UNCLEAR = "unclear"


class Standing(NamedTuple):
    """A negative act, whether it is open, why not, and the act that ended it or leaves it unclear."""

    act: ProviderEvent
    state: State
    why: str
    other: ProviderEvent | None = None

    @property
    def key(self) -> str:
        """Return the key of what the agency did."""
        return NEGATIVE[self.act.action][0]


def own_doing(words: str) -> str | None:
    """Return what stands for an agency's words about a loss that was the school's own doing; None for others."""
    if not NO_SANCTION.search(words):
        return None
    return SCHOOL_CLOSED if CLOSED_ITSELF.search(words) and not MAY_BE.search(words) else SCHOOLS_DOING


def is_closing(act: ProviderEvent) -> bool:
    """Whether an act says that the school or the place closed: by its name, or as the reason of a loss."""
    lost = act.action in OWN_DOING and act.reason == SCHOOL_CLOSED and act.scope == INSTITUTIONAL
    return lost or act.action in CLOSINGS


def is_negative(event: ProviderEvent) -> bool:
    """Whether an act is a sanction; a loss whose stated reason is a closing, merger or withdrawal is none."""
    if event.action not in NEGATIVE:
        return False
    return event.action not in OWN_DOING or not NO_SANCTION.search(event.reason or "")


def standing(
    act: ProviderEvent,
    acts: Iterable[ProviderEvent],
    parents: Iterable[ProviderEvent],
    accreditations: Iterable[Accreditation],
) -> Standing:
    """Return what became of a negative act.

    `acts` are all acts of the same agency about the same program at the same campus, `parents` those
    about its parent, `accreditations` those that the agency gave the program at the campus.
    """
    same = sorted(acts, key=_by_day)
    restoring = [each for each in same if each.action in RESTORATIVE]
    if act.on is None:
        return Standing(act, State.UNCLEAR, "not_dated")
    later = next((each for each in restoring if each.on is not None and each.on > act.on), None)
    if later is not None:
        return Standing(act, State.ENDED, "restored_later", later)
    if act.ended_on is not None:
        return _by_end_date(act, act.on, act.ended_on)
    return _without_end(act, act.on, restoring, same, parents, accreditations)


def _by_end_date(act: ProviderEvent, on: date, ended: date) -> Standing:
    if ended > on:
        return Standing(act, State.ENDED, "end_date")
    return Standing(act, State.UNCLEAR, "ended_the_same_day" if ended == on else "end_before_beginning")


def _without_end(
    act: ProviderEvent,
    on: date,
    restoring: Iterable[ProviderEvent],
    same: Iterable[ProviderEvent],
    parents: Iterable[ProviderEvent],
    accreditations: Iterable[Accreditation],
) -> Standing:
    for each in restoring:
        if each.on is None:
            return Standing(act, State.UNCLEAR, "restored_without_date", each)
        if each.on == on:
            return Standing(act, State.UNCLEAR, "restored_the_same_day", each)
    stay = next((each for each in same if each.action == STAYED and (each.on is None or each.on >= on)), None)
    if stay is not None:
        return Standing(act, State.UNCLEAR, "stayed_pending_appeal", stay)
    above = next((p for p in sorted(parents, key=_by_day) if p.action in RESTORATIVE and _not_before(p, on)), None)
    if above is not None:
        return Standing(act, State.UNCLEAR, "restored_at_the_parent", above)
    if not _is_the_agencys_loss(act):
        left = next((each for each in same if _is_leaving(each) and each.on is not None and each.on > on), None)
        if left is not None or (not _is_loss(act) and _gone(accreditations, on)):
            return Standing(act, State.UNCLEAR, "accreditation_ended_meanwhile", left)
    return Standing(act, State.OPEN, "not_ended")


def _is_leaving(act: ProviderEvent) -> bool:
    """Whether a school left its agency by an act that is no sanction: it closed, withdrew, or let the term lapse."""
    return act.action in (GIVEN_UP, *CLOSINGS) or (act.action in OWN_DOING and not is_negative(act))


def _is_the_agencys_loss(act: ProviderEvent) -> bool:
    """Whether the agency itself denied; a lapse or another loss can turn out to be the school's own doing."""
    return _is_loss(act) and act.action not in OWN_DOING


def _is_loss(act: ProviderEvent) -> bool:
    return act.action.startswith(LOSS) or act.action == "Affirm Denial Following Appeal"


def _gone(accreditations: Iterable[Accreditation], on: date) -> bool:
    """Whether the agency's accreditation ended on or after a day, and it gave no other that goes on."""
    given = list(accreditations)
    going_on = any(each.ended_on is None for each in given)
    return not going_on and any(each.ended_on is not None and each.ended_on >= on for each in given)


def _not_before(act: ProviderEvent, on: date) -> bool:
    return act.on is None or act.on >= on


def _by_day(act: ProviderEvent) -> tuple[date, str]:
    return act.on or date.max, act.id
