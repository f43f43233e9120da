"""Linking providers across sources: by register number first, then by name with city and state.

A flag on the wrong school is the worst failure of this product. So a shared number is not enough
where the names disagree (contractors and chains share tax ids), and a name that two records could
mean links to nothing and is reported as ambiguous.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import fuzz

from catalog.records import Link, Provider
from ingestion.context import IssueLog
from ingestion.school_names import (
    AGREES,
    CONTAINS,
    SAME_UNIT,
    Named,
    agreement,
    likeness,
    prepared,
    share_only_their_city,
)
from ingestion.shelf import Shelf

SAME_NAME = 92
"""Least token-sort score of two names without a shared number."""
LEAD = 4
"""By how much the best name must beat the best name of another school."""

ONLINE = "online"
"""Marks a school's online branch, which can bear the number of the campus where its office is."""

METHODS = ("ein", "unitid", "opeid", "name_city")


def link_providers(shelf: Shelf, issues: IssueLog) -> list[Link]:
    """Return the links between the sources' providers, accepted or not, in order of ids."""
    by_source: dict[str, list[Named]] = defaultdict(list)
    for provider in shelf.all(Provider):
        by_source[provider.id.partition(":")[0]].append(prepared(provider))
    ipeds = by_source["ipeds"]
    links: list[Link] = []
    for source, number in (("dapip", "unitid"), ("va", "unitid"), ("fsa_hcm", "opeid"), ("dapip", "opeid")):
        links += _by_number(by_source[source], ipeds, number)
    for source in ("nj_providers", "dol_etp", "nj_search_list_2018"):
        links += _by_tax_id(by_source[source], ipeds)
        for target in ("ipeds", "dapip", "va"):
            # Whoever is linked to IPEDS reaches the other registers through it.
            linked = {link.left_id for link in links if link.accepted and link.right_id.startswith("ipeds:")}
            rest = [n for n in by_source[source] if n.provider.id not in linked]
            links += _by_name(rest, by_source[target])
    links += _between_registers([*by_source["va"], *by_source["fsa_hcm"]], by_source["dapip"])
    links = _once(links)
    _report(links, shelf, issues)
    return links


def _by_number(lefts: Iterable[Named], rights: Iterable[Named], number: str) -> Iterator[Link]:
    """Links where both carry the same register number; accepted where the names agree as well."""
    index: dict[str, list[Named]] = defaultdict(list)
    for right in rights:
        value = getattr(right.provider.ids, number)
        if value:
            index[value].append(right)
    for left in lefts:
        value = getattr(left.provider.ids, number)
        for right in index.get(value or "", ()):
            score = agreement(left, right)
            same_state = _same_state(left, right)
            note = None if score >= AGREES else "the number agrees, the name does not"
            if note is None and share_only_their_city(left, right):
                note = "the number agrees, the names share only their city"
            if same_state is False:
                note = "the number agrees, the state does not"
            if number == "opeid" and _is_another_unit(left, right):
                note = "the OPEID agrees, the UNITID does not"
            yield _link(left, right, number, score, accepted=note is None, note=note)


def _is_another_unit(left: Named, right: Named) -> bool:
    """Whether two UNITIDs contradict an OPEID that several campuses share; one place can have been renumbered."""
    mine, theirs = left.provider.ids.unitid, right.provider.ids.unitid
    return bool(mine and theirs and mine != theirs) and not _is_one_place(left, right)


def _between_registers(lefts: Iterable[Named], campuses: Iterable[Named]) -> Iterator[Link]:
    """Links of VA's and the monitoring list's schools to accredited campuses of the same whole OPEID, branch and all.

    The directory has few branches and no closed schools, so most campuses of chains meet only here. Number,
    state, city and whole name have to agree, and with exactly one campus; else there is no link.
    """
    index: dict[str, list[Named]] = defaultdict(list)
    for campus in campuses:
        if campus.provider.ids.opeid:
            index[campus.provider.ids.opeid].append(campus)
    for left in lefts:
        found = [c for c in index.get(left.provider.ids.opeid or "", ()) if _is_one_place(left, c)]
        if len(found) == 1:
            yield _link(left, found[0], "opeid", likeness(left, found[0]), accepted=True)


def _is_one_place(left: Named, right: Named) -> bool:
    here = bool(left.city) and left.city == right.city and _same_state(left, right) is True
    if (ONLINE in left.name.split()) != (ONLINE in right.name.split()):
        return False
    return here and likeness(left, right) >= SAME_UNIT and agreement(left, right) >= AGREES


def _by_tax_id(lefts: Iterable[Named], rights: Iterable[Named]) -> Iterator[Link]:
    """Links by tax id; where several schools share it, the one whose name and city agree, or none."""
    index: dict[str, list[Named]] = defaultdict(list)
    by_city: dict[tuple[str | None, str], list[Named]] = defaultdict(list)
    for right in rights:
        by_city[right.provider.place.state, right.city].append(right)
        if right.provider.ids.ein:
            index[right.provider.ids.ein].append(right)
    for left in lefts:
        owners = index.get(left.provider.ids.ein or "", [])
        agreeing = [right for right in owners if agreement(left, right) >= _least_agreement(left, right, len(owners))]
        if len(owners) > 1:
            agreeing = [right for right in agreeing if right.city and right.city == left.city]
        elsewhere = [right for right in agreeing if _is_another_campus(left, right)]
        if elsewhere:
            note = "the tax id agrees, but the name is that of a campus in another city"
            yield _link(left, elsewhere[0], "ein", agreement(left, elsewhere[0]), accepted=False, note=note)
        elif len(agreeing) == 1:
            yield _unless_namesake(left, agreeing[0], by_city)
        elif owners:
            best = max(owners, key=lambda right: (agreement(left, right), right.provider.id))
            note = f"{len(owners)} schools share the tax id; none, or more than one, agrees in name and city"
            yield _link(left, best, "ein", agreement(left, best), accepted=False, note=note)


def _unless_namesake(left: Named, owner: Named, by_city: Mapping[tuple[str | None, str], list[Named]]) -> Link:
    """The link to a tax id's owner, unless the city has a school whose name is clearly nearer than the owner's."""
    own = fuzz.token_sort_ratio(left.name, owner.name)
    others = by_city.get((left.provider.place.state, left.city), [])
    nearer = any(fuzz.token_sort_ratio(left.name, other.name) >= max(SAME_NAME, own + LEAD) for other in others)
    note = "the tax id agrees, but the name is that of another school in the city" if nearer else None
    return _link(left, owner, "ein", agreement(left, owner), accepted=not nearer, note=note)


def _least_agreement(left: Named, right: Named, owners: int) -> float:
    """Across cities, or where several schools share the number, one name must contain the other."""
    return AGREES if owners == 1 and left.city and left.city == right.city else CONTAINS


def _is_another_campus(left: Named, right: Named) -> bool:
    """Whether the right name is a campus's, called after its city, while the left one is elsewhere."""
    named_after_city = bool(right.city) and f" {right.city} " in f" {right.name} "
    return named_after_city and left.city != right.city


def _by_name(lefts: Iterable[Named], rights: Iterable[Named]) -> Iterator[Link]:
    """Links by name within a state and city; a rival in the city makes it ambiguous."""
    index: dict[tuple[str, str], list[Named]] = defaultdict(list)
    for right in rights:
        if right.city and right.provider.place.state:
            index[right.provider.place.state, right.city].append(right)
    for left in lefts:
        candidates = index.get((left.provider.place.state or "", left.city), [])
        scored = sorted(((fuzz.token_sort_ratio(left.name, r.name), r) for r in candidates), key=_best_first)
        if not scored or scored[0][0] < SAME_NAME or not left.name:
            continue
        score, best = scored[0]
        rivals = [right for other, right in scored[1:] if other > score - LEAD]
        note = f"ambiguous: also {', '.join(r.provider.id for r in rivals)}" if rivals else _contradiction(left, best)
        yield _link(left, best, "name_city", score, accepted=note is None, note=note)


def _contradiction(left: Named, right: Named) -> str | None:
    """Two different tax ids speak against a link by name, even where one of them may be a slip."""
    mine, theirs = left.provider.ids.ein, right.provider.ids.ein
    return "the tax ids differ" if mine and theirs and mine != theirs else None


def _best_first(scored: tuple[float, Named]) -> tuple[float, str]:
    return -scored[0], scored[1].provider.id


def _same_state(left: Named, right: Named) -> bool | None:
    a, b = left.provider.place.state, right.provider.place.state
    return None if a is None or b is None else a == b


def _link(left: Named, right: Named, method: str, score: float, *, accepted: bool, note: str | None = None) -> Link:
    return Link(
        left_id=left.provider.id,
        right_id=right.provider.id,
        method=method,
        score=round(score, 1),
        accepted=accepted,
        note=note,
    )


def _once(links: Iterable[Link]) -> list[Link]:
    """One link per pair: the first method that accepts it, else the first that saw it."""
    chosen: dict[tuple[str, str], Link] = {}
    for link in links:
        key = (link.left_id, link.right_id)
        if key not in chosen or (link.accepted and not chosen[key].accepted):
            chosen[key] = link
    return [chosen[key] for key in sorted(chosen)]


def _report(links: Iterable[Link], shelf: Shelf, issues: IssueLog) -> None:
    for link in links:
        shelf.add(link)
        if not link.accepted:
            left = shelf.find(Provider, link.left_id)
            if left is not None:
                reason = f"not linked to {link.right_id} ({link.method}, score {link.score:g}): {link.note}"
                file, row = left.provenance.file or "", left.provenance.row
                issues.add(left.provenance.source, file, row, "name", left.name, reason, "link")
