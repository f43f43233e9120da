"""The words of a finding: its rule's text, filled with the finding's own figures, dated, and with its caveats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assistant.markup import escaped, safe_url
from catalog.records import Finding, Rule, Unit
from prompts import Texts
from prompts.library import money, number, percent

ANY = "finding_any"
"""Group of the texts of branches that all rules share."""
NOT_STATED = "not_stated"
DATED = re.compile(r"^(?:\d{4}(?:-\d\d){0,2}|not_dated|list_without_a_date)$")
"""Keys of values that are acts: the date, or that there is none."""
DATE_AND_ACT = re.compile(r"^(\d{4}-\d\d-\d\d|None):(?=\S)")
SHOWN_ACTS = 3
WORDS = (
    "agency",
    "scope",
    "act",
    "stated_reason",
    "later",
    "words",
    "named",
    "chain",
    "complaints",
    "dated",
    "place_of",
)
"""Values that are published words, shown escaped; absent ones are None."""
SHARED = "_shared_cohort"


def message(
    finding: Finding,
    rule: Rule,
    texts: Texts,
    about: str | None = None,
    *,
    whole: str | None = None,
    program_scope: str | None = None,
) -> str:
    """Return what a finding says, with its date; an old one says the date first, and where the current list is.

    `about` is the name of whom it concerns, where that is not plain from its place; `whole` that of the school
    that this one is a part of, if it concerns that. `program_scope` names the kind of programs that it is
    about, where it stands beside a program.
    """
    body = " ".join([texts(text_key(finding, texts), **variables(finding, texts)), *_notes(finding, texts)])
    current = safe_url(rule.current_url or values_of(finding).get("current_url"))
    if finding.as_of is None:
        said = texts("finding_age.undated", body=body, current=current)
    elif finding.stale:
        said = texts("finding_age.stale", body=body, as_of=finding.as_of, current=current)
    else:
        said = texts("finding_age.fresh", body=body, as_of=finding.as_of)
    if whole is not None:
        said = texts("finding_note.of_whole", name=escaped(whole), message=said)
    elif about is not None:
        said = texts("finding_note.about", name=escaped(about), message=said)
    if program_scope is not None:
        said = f"{said} {texts('finding_note.of_programs', scope=escaped(program_scope))}"
    return " ".join([said, *_correction(finding, texts)])


def text_key(finding: Finding, texts: Texts) -> str:
    """Return the key of a finding's text: that of its rule and branch, else that of the branch."""
    own = f"finding_{finding.rule}.{finding.reason}"
    return own if texts.has(own) else f"{ANY}.{finding.reason}"


def variables(finding: Finding, texts: Texts) -> dict[str, Any]:
    """Return everything that a text may use; what the finding does not have is None."""
    values = values_of(finding)
    said: dict[str, Any] = {key: _published(values, key) for key in WORDS}
    acts = _acts(finding, texts)
    quarters = values.get("quarters_allowed")
    return {
        **said,
        "acts": escaped("; ".join(acts)) if acts else None,
        "act": said["act"] or (escaped(acts[0].partition(": ")[2] or acts[0]) if acts else None),
        "link": safe_url(values.get("link")),
        "of_chain": values.get("of_chain") == "yes",
        "what": texts(f"finding_measure.{values['measure']}") if "measure" in values else None,
        "figure": _figure(finding, finding.value),
        "bar": _bar(finding),
        "low": _figure(finding, finding.interval_low),
        "high": _figure(finding, finding.interval_high),
        "n": None if finding.n is None else number(finding.n),
        "cost": _money(values.get("cost_total_usd")),
        "quarters_allowed": quarters,
        "threshold_state": values.get("threshold_state"),
        "undergraduates": _undergraduates(values.get("undergraduates")),
        "field": _field(values.get("held_back"), texts),
        "length": ", ".join(_length(values, texts)) or None,
    }


def values_of(finding: Finding) -> dict[str, str]:
    """Return a finding's values by key, the first of each."""
    found: dict[str, str] = {}
    for each in finding.values:
        key, _, value = each.partition("=")
        found.setdefault(key, value)
    return found


def figures_of(finding: Finding, rule: Rule) -> set[str]:
    """Return every figure of a finding as it may be written, so that a text can be checked against it."""
    given = (finding.value, finding.threshold, finding.interval_low, finding.interval_high)
    found = {text for amount in given if (text := _figure(finding, amount)) is not None}
    found |= {number(finding.n)} if finding.n is not None else set()
    values = values_of(finding)
    found |= {text for text in (_bar(finding), _money(values.get("cost_total_usd"))) if text is not None}
    amounts = [finding.as_of or "", rule.current_url or "", finding.reason, *finding.values]
    amounts += [finding.correction_en or "", finding.correction_es or "", finding.correction_url or ""]
    for text in amounts:
        found |= _numerals(text)
    return found


def _numerals(text: str) -> set[str]:
    """Return the numbers in published words as they stand there, and as they are written here."""
    found: set[str] = set()
    for numeral in re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text):
        amount = float(numeral.replace(",", ""))
        found |= {numeral, f"${numeral}", f"{numeral}%", number(amount), money(amount)}
    return found


def _published(values: Mapping[str, str], key: str) -> str | None:
    value = values.get(key)
    if value in (None, "", "None", NOT_STATED):
        return None
    return escaped(DATE_AND_ACT.sub(r"\1: ", str(value)).rstrip(". "))


def _acts(finding: Finding, texts: Texts) -> list[str]:
    """Return the dated acts among the values, `2020-08-11: pending`, the first few."""
    pairs = [each.partition("=") for each in finding.values]
    acts = [(key, _status(value, finding, texts)) for key, _, value in pairs if DATED.match(key)]
    acts = [(key, value.rstrip(". ")) for key, value in acts]
    return [f"{key}: {value}" if key[0].isdigit() else value for key, value in acts[:SHOWN_ACTS]]


def _status(words: str, finding: Finding, texts: Texts) -> str:
    """A status on a list is a code of ours and has words; any other act is quoted."""
    key = f"status.{words}"
    return texts(key) if finding.rule == "list_status" and texts.has(key) else words


def _figure(finding: Finding, amount: float | None) -> str | None:
    if amount is None or finding.unit is None:
        return None
    if finding.unit is Unit.FRACTION:
        return _percent(amount, finding.threshold)
    return money(round(amount, 2)) if finding.unit.value.startswith("usd") else number(amount)


def _percent(amount: float, bar: float | None) -> str:
    """Return whole percent, with one decimal where the bar would else look reached or missed."""
    whole = percent(amount)
    return f"{amount * 100:.1f}%" if bar is not None and amount != bar and whole == percent(bar) else whole


def _bar(finding: Finding) -> str | None:
    """Return the bar in words; a bar without a unit is a proportion."""
    if finding.threshold is None or finding.unit is not None:
        return _figure(finding, finding.threshold)
    return f"{finding.threshold * 100:.2f}".rstrip("0").rstrip(".") + "%"


def _money(text: str | None) -> str | None:
    return None if text in (None, "None") else money(float(str(text)))


def _undergraduates(text: str | None) -> str | None:
    amount = (text or "").partition(":")[0]
    return number(float(amount)) if amount not in ("", "None") else None


def _field(name: str | None, texts: Texts) -> str | None:
    if name is None:
        return None
    key = f"finding_field.{name}"
    return texts(key) if texts.has(key) else texts("finding_field.other", name=escaped(name))


def _length(values: Mapping[str, str], texts: Texts) -> Iterator[str]:
    """Yield a program's length in words, from a finding's values."""
    hours, low, high = (_number(values.get(key)) for key in ("clock_hours", "weeks_min", "weeks_max"))
    if hours is not None:
        yield texts("finding_length.hours", hours=hours)
    if low is not None or high is not None:
        yield texts("finding_length.weeks", low=low, high=high)


def _number(text: str | None) -> float | None:
    return None if text in (None, "None") else float(str(text))


def _notes(finding: Finding, texts: Texts) -> Iterator[str]:
    """Yield what must be said beside a figure: whose it is, and where it stands among others."""
    values = values_of(finding)
    if finding.value is not None and (finding.subject_kind == "provider_cip" or values.get("pay_of") == "provider_cip"):
        yield texts("finding_note.of_field")
    elif "cohort" in values:
        yield texts("finding_note.shared")
    if "peers" in values:
        yield texts(
            "finding_note.peers", peers=values["peers"], lower=values["peers_lower"], state=values["peers_state"]
        )


def _correction(finding: Finding, texts: Texts) -> Iterator[str]:
    said = finding.correction_es if texts.language == "es" else finding.correction_en
    if said:
        yield texts("finding_age.correction", said=escaped(said), url=safe_url(finding.correction_url))
