"""Settlements, a chain's marked as the chain's; what is no settlement is left to the other rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog.records import EventKind

DAY = date(2016, 12, 21)
WORDS = "Settlement reached with the Federal Trade Commission (FTC)"


def _notice(m: Any, words: str = WORDS, on: date | None = DAY, **more: Any) -> Any:
    kind = more.pop("kind", EventKind.SETTLEMENT)
    return m.event(kind, words, on, **{"as_of": "2020-10-07", "source": "va_caution_flags", **more})


def _chain(m: Any, **more: Any) -> Any:
    event = _notice(m)
    return m.of_school(event, chain_notices=frozenset({event.id}), **more)


HITS = {
    "one_school": (lambda m: m.of_school(_notice(m)), "settlement"),
    "a_flag_that_speaks_of_one": (lambda m: m.of_school(_notice(m, kind=EventKind.CAUTION_FLAG)), "settlement"),
    "named_chain": (lambda m: m.of_school(_notice(m, system_name="Big Schools Inc.")), "settlement_of_chain"),
    "numbered_chain": (lambda m: m.of_school(_notice(m, scope="school system 301420")), "settlement_of_chain"),
    "the_same_notice_for_many": (_chain, "settlement_of_chain"),
    "undated": (lambda m: m.of_school(_notice(m, on=None)), "settlement"),
}
LEFT_ALONE = {
    "lawsuit": lambda m: m.of_school(_notice(m, "FTC filed suit", kind=EventKind.CAUTION_FLAG)),
    "denial": lambda m: m.of_school(_notice(m, "Denial of Recertification Application", kind=EventKind.CAUTION_FLAG)),
    "closing": lambda m: m.of_school(_notice(m, "Upcoming Campus Closure", kind=EventKind.CAUTION_FLAG)),
    "of_a_part_only": lambda m: m.of_school(part_events=(_notice(m, provider_id="va:1"),)),
    "nothing": lambda m: m.of_school(),
    "an_accreditor's_words": lambda m: m.of_school(m.act("Grant Substantive Change: Other", DAY, reason="settlement")),
}


def test_alert(make: Any, one: Any, hit: str) -> None:
    case, reason = HITS[hit]
    found = one("settlement", case(make))
    assert (found.verdict.value, found.reason, found.full_severity.value) == ("alert", reason, "caution")


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    assert verdicts("settlement", LEFT_ALONE[left_alone](make)) == []


def test_one_settlement_in_two_files_and_of_two_facilities_is_one(make: Any, one: Any) -> None:
    rows = [
        _notice(make, as_of="2020-04", source="va_settlements"),
        _notice(make, provider_id="va:1"),
        _notice(make, provider_id="va:2"),
    ]
    found = one("settlement", make.of_school(*rows))
    assert len(found.evidence) == 3
    assert set(found.record_ids) == {row.id for row in rows}


def test_later_words_about_a_part_count_for_the_whole(make: Any, one: Any) -> None:
    suit = _notice(make, "FTC filed suit", kind=EventKind.CAUTION_FLAG, as_of="2020-04")
    case = make.of_school(suit, part_events=(_notice(make, provider_id="va:1", subject_name="Harbor School-Camden"),))
    found = one("settlement", case)
    assert found.provider_id == "va:1"
    assert {"named=Harbor School-Camden", "earlier_words=FTC filed suit"} <= set(found.values)
