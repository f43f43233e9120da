"""Places read from words: ZIP codes, towns, counties and states, offline; English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.understand.gazetteer import (
    AROUND,
    HOME,
    ORDINARY,
    OTHER_NAMES,
    Town,
    abbreviations,
    counties,
    states,
    towns,
)
from assistant.understand.query import Places, Where
from assistant.understand.text import Text
from assistant.understand.words import folded

NEAR_MILES = 15.0
MAX_WORDS = 4
LEAST_SPELLING = 0.84
SHORTEST_MENDED = 6
TOKEN = re.compile(r"[^\W_]+(?:[.'-][^\W_]+)*")
ZIP = re.compile(r"(?<![\d$,.])(\d{5})(?:-\d{4})?(?!\d|,\d)")
MILES = r"(?P<miles>\d+(?:\.\d+)?) ?-?(?:miles?|mi|millas?)\b"
RADIUS = re.compile(
    rf"\b(?:(?:within|less than|under|no more than|up to|max(?:imum)?|not more than|(?:a |no )?(?:a )?(?:menos de|no mas de|mas de|hasta)|dentro de|en un radio de)(?: (?:a|about|like|de))* )?{MILES}(?: radius)?"
    r"(?: (?:of|from|around|away from|to|away|or less|max|de|del|alrededor de|a la redonda(?: de)?|o menos|como maximo))*"
)
NEAR = (
    r"(?:near(?: to)?|nearby|nearer(?: to)?|closer to|close to|close by|closest to|around|by|not (?:too |that )?far from|outside(?: of)?|next to|(?:i |we |i'm |im )?(?:live|living|liv|stay|staying|based) (?:in|by|near|around|at|close to|outside(?: of)?)|"
    r"i'?m (?:in|from|by|near)|i am (?:in|from|by|near)|we'?re in|come from|coming from|cerca(?: de)?|cerquita(?: de)?|alrededor(?:es)? de|por|al lado de|viv(?:o|imos)(?: (?:en|por|cerca de))?|soy de|estoy (?:en|por|cerca de)|no (?:muy )?lejos de|junto a)"
)
IN = r"(?:in|inside|at|about|que tal|rather|within|from|of|only|to|en|de|del|dentro de|solo)"
LEAD = re.compile(
    rf"\b(?:(?P<near>{NEAR})|(?P<in>{IN}))(?: (?:the|el|la|area of|city of|town of|ciudad de|pueblo de|downtown))*[ ,]+$"
)
JOINED = re.compile(
    r"^(?: (?:or|and|y|o|u|e|&|and/or)|,(?: (?:or|and|y|o))?| ?/| (?:or|o) (?:in|near|en|cerca de|around)) *(?:the )?$"
)
AREA_AFTER = re.compile(
    r"^,? ?(?:area|region|vicinity|(?:or|and) (?:nearby|near (?:there|it)|close by|around (?:there|it)|surrounding\w*)|or close|"
    r"o (?:cerca|alrededores|por ahi|lugares cercanos)|y (?:alrededores|cercanias))\b"
)
DENIED = re.compile(
    r"\b(?:not|no|nothing|except|outside of|but not|other than|anywhere but|excepto|menos|fuera de|que no sea|nada)(?: (?:in|near|en|at|cerca de|de|the|el))* $"
)
COUNTY_AFTER = re.compile(r"^ ?(?:county|counties|co\.|cnty|countys)\b|^ county")
COUNTY_BEFORE = re.compile(r"\b(?:condados?|county)(?: (?:de|del|of))? $")
SCHOOL_AFTER = re.compile(
    r"^(?: county)?(?: (?:adult|area|city|state|regional|beauty|career|medical|health|real estate))*(?: (?:of|&|and))? (?:community|college|colleges|institute|academy|tech|technical|technological|vocational|vo-tech|votech|school|schools|university|training|center|centre|ymca|library|adult|avenue|ave|street|st|road|blvd|college's)\b"
)
STATE_AFTER = re.compile(r"^,? (?P<state>[a-z]+(?: [a-z]+)?)")
CLAUSE = re.compile(r"[.;:!?]| (?:but|pero|so|asi que) ")
ASIDE = re.compile(
    r"\b(?:(?:my|his|her|our|mi|mis|su) (?:uncle|aunt|cousin|brother|sister|mother|mom|dad|father|friend|husband|wife|boyfriend|girlfriend|boss|neighbor|landlord|son|daughter|job|ti[oa]|prim[oa]|herman[oa]|mama|papa|amig[oa]|espos[oa]|jef[ea]|vecin[oa]|hij[oa]|trabajo)\b|"
    r"(?:he|she|they) (?:has|have|had|is|was|works?|lives?|owns?|went)\b|(?:i|we) (?:work|worked|sweep|clean|grew up|was born|used to|drove|went)\b|(?:trabajo|trabajaba|naci|creci|trabaja|vive|tiene|fui)\b)(?:(?! (?:near|looking|want|need|busco|quiero)\b).)*$"
)
"""A place of somebody else's, or where a person works, is no place to learn in."""
HERE = re.compile(
    r"\b(?:in|all over|anywhere in|across) (?:this|the|our) state\b|\b(?:en|de) (?:este|el|todo el|nuestro) estado\b|\bin[- ]state\b|\bstatewide\b"
)


@dataclass
class _Mention:
    start: int
    end: int
    where: Where
    near: bool
    lived: bool
    denied: bool
    aside: bool = False


def places(text: Text) -> tuple[Places | None, Places | None, float | None]:
    """Return the places that a text names, any of which will do, those that it rules out, and a radius in miles."""
    radius = _radius(text)
    mentions = list(_mentions(text))
    denied = [m for m in mentions if m.denied]
    groups = _groups(text, [m for m in mentions if not m.denied and not m.aside])
    if not groups and (found := HERE.search(text.rest)):
        groups = [[_Mention(*found.span(), Where(state=HOME), near=False, lived=False, denied=False)]]
    chosen = _chosen(groups)
    out = _places(text, chosen, radius), _places(text, denied[:1], None), radius
    for mention in mentions:
        text.blank(mention.start, mention.end)
    return out


def _radius(text: Text) -> float | None:
    found = RADIUS.search(text.rest)
    if not found:
        return None
    # The place that follows is still led by 'near', now without its figure.
    text.rest = (
        text.rest[: found.start()]
        + "near".rjust(len(found[0].rstrip())).ljust(len(found[0]))
        + text.rest[found.end() :]
    )
    return float(found["miles"])


def _chosen(groups: Sequence[list[_Mention]]) -> list[_Mention]:
    """Where a person wants to learn goes before where they live; a narrower place before a state; the last one counts."""
    ranked = sorted(groups, key=lambda group: (group[0].where.key == "in_state", group[0].lived, -group[0].start))
    return ranked[0] if ranked else []


def _groups(text: Text, mentions: Sequence[_Mention]) -> list[list[_Mention]]:
    groups: list[list[_Mention]] = []
    for mention in mentions:
        if (
            groups
            and JOINED.match(text.rest[groups[-1][-1].end : mention.start])
            and not _narrows(groups[-1][-1], mention)
        ):
            mention.near = mention.near or groups[-1][0].near
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _narrows(first: _Mention, second: _Mention) -> bool:
    """'Newark, New Jersey' and 'Paterson, Passaic County' are one place."""
    return second.where.key == "in_state" or (second.where.key == "in_county" and first.where.city is not None)


def _places(text: Text, chosen: Sequence[_Mention], radius: float | None) -> Places | None:
    if not chosen:
        return None
    return Places(
        value=tuple(_with_radius(m, radius) for m in chosen), words=text.said(chosen[0].start, chosen[-1].end)
    )


def _with_radius(mention: _Mention, radius: float | None) -> Where:
    where = mention.where
    if where.latitude is None or where.county is not None or not (mention.near or radius is not None):
        return where
    return where.model_copy(update={"radius_miles": radius or NEAR_MILES})


def _mentions(text: Text) -> Iterator[_Mention]:
    """Yield places from left to right, none inside another."""
    words = list(TOKEN.finditer(text.rest))
    at, last = 0, None
    while at < len(words):
        found = next(
            (
                m
                for size in range(min(MAX_WORDS, len(words) - at), 0, -1)
                if (m := _mention(text, words[at : at + size], last))
            ),
            None,
        )
        if found is None:
            at += 1
            continue
        yield found
        last = found
        at = next((n for n in range(at, len(words)) if words[n].start() >= found.end), len(words))


def _mention(text: Text, words: Sequence[re.Match[str]], last: _Mention | None) -> _Mention | None:
    start, end = words[0].start(), words[-1].end()
    lead = LEAD.search(text.rest[:start])
    joined = last is not None and JOINED.match(text.rest[last.end : start]) is not None
    found = _place(text, start, end, lead is not None, last if joined else None)
    if found is None:
        return None
    where, end = found
    near = bool(lead and lead["near"]) or (joined and last is not None and last.near)
    near = near or AREA_AFTER.match(text.rest[end:]) is not None or (where.zip is not None and lead is None)
    lived = bool(lead and re.search(r"\b(?:liv|stay|from|viv|soy de|i'?m|i am|estoy)", lead[0]))
    start = lead.start() if lead else start
    clause = CLAUSE.split(text.rest[:start])[-1]
    aside = where.key != "in_state" and ASIDE.search(clause) is not None
    return _Mention(start, end, where, near, lived, DENIED.search(text.rest[:start]) is not None, aside)


def _place(text: Text, start: int, end: int, led: bool, joined: _Mention | None) -> tuple[Where, int] | None:
    """Return the place that a stretch names, and where its words end."""
    name, before, after = text.rest[start:end], text.rest[:start], text.rest[end:]
    name = OTHER_NAMES.get(name, name)
    if " " not in name and (by_zip := _zip(name)):
        return by_zip, end
    if SCHOOL_AFTER.match(after):
        return None
    home = counties(HOME)
    county = home.get(name)
    said = COUNTY_AFTER.match(after)
    if county and (said or COUNTY_BEFORE.search(before) or _in_county_list(name, after) or _is_county(joined)):
        return Where(county=county, state=HOME), end + (said.end() if said else 0)
    if town := _town(text, name, start, end, after, led or joined is not None):
        return town
    if county and (led or joined) and name not in towns(HOME):
        return Where(county=county, state=HOME), end
    return _state(text, name, start, end, led)


def _is_county(mention: _Mention | None) -> bool:
    return mention is not None and mention.where.county is not None


def _in_county_list(name: str, after: str) -> bool:
    """'Union or Hudson county', 'Hudson o Passaic': one of several of which a later one is surely a county."""
    found = re.match(r"^(?:,? (?:or|and|o|y|u) |, )(?:(?:the|condado de) )?([a-z]+(?: [a-z]+)?)", after)
    if not found:
        return False
    following = found[1] if found[1] in counties(HOME) else found[1].split()[0]
    rest = after[found.end() - len(found[1]) + len(following) :]
    if following not in counties(HOME):
        return False
    return bool(COUNTY_AFTER.match(rest)) or (name not in towns(HOME)) or _in_county_list(following, rest)


def _zip(name: str) -> Where | None:
    import zipcodes

    if not ZIP.fullmatch(name) or not zipcodes.is_real(name[:5]):
        return None
    entry = zipcodes.matching(name[:5])[0]
    return Where(
        zip=entry["zip_code"],
        city=entry["city"],
        state=entry["state"],
        latitude=float(entry["lat"]),
        longitude=float(entry["long"]),
    )


def _town(text: Text, name: str, start: int, end: int, after: str, led: bool) -> tuple[Where, int] | None:
    state, extra = _state_after(after)
    if state and (town := towns(state).get(name)):
        return _where(town), end + extra
    home = towns(HOME).get(name)
    if home and (led or extra or _stands_alone(name)):
        return _where(home), end
    if led and len(name) > 3:
        for near_by in AROUND:
            if (
                name not in ORDINARY
                and (town := towns(near_by).get(name))
                and (" " in name or _is_capital(text, start))
            ):
                return _where(town), end
        return _misspelt(text, name, end)
    return None


def _misspelt(text: Text, name: str, end: int) -> tuple[Where, int] | None:
    """A name of nothing else that differs from a town's by a letter or two."""
    if len(name) < SHORTEST_MENDED or not re.search(r"[a-z]", name) or not text.is_unknown(name):
        return None
    found = process.extractOne(name, list(towns(HOME)), scorer=OSA.normalized_similarity, score_cutoff=LEAST_SPELLING)
    return (_where(towns(HOME)[found[0]]), end) if found else None


def _stands_alone(name: str) -> bool:
    """Whether a town's name without 'in' or 'near' surely is that town."""
    if name in ORDINARY or (name in counties(HOME) and " " not in name and name not in ("camden", "passaic")):
        return False
    return " " in name or len(name) > 4


def _is_capital(text: Text, start: int) -> bool:
    return text.original[text.starts[start] : text.starts[start] + 1].isupper()


def _state_after(after: str) -> tuple[str | None, int]:
    found = STATE_AFTER.match(after)
    if not found:
        return None, 0
    words = found["state"].split(" ")
    lead = found.start("state")
    for size in (2, 1):
        name = " ".join(words[:size])
        code = states().get(name) or (
            name.upper()
            if name in abbreviations()
            and name not in ("in", "or", "me", "hi", "ok", "de", "la", "oh", "al", "co", "pa")
            else None
        )
        if name in ("de", "pa", "la", "al", "co") and re.match(rf"^,? {name}\s*(?:[,.;!?]|$)", after):
            code = name.upper()
        if code:
            return code, lead + len(name)
    return None, 0


def _state(text: Text, name: str, start: int, end: int, led: bool) -> tuple[Where, int] | None:
    code = states().get(name)
    if name in ("nj", "n.j"):
        code = HOME
    elif name in ("ca", "pa", "ny") and led and text.original[text.starts[start] : text.starts[end]].isupper():
        code = name.upper()
    if re.match(r"^(?:'?s)? (?:state )?(?:list|etpl|explorer)\b|^ (?:city|state)\b", text.rest[end:]):
        return None
    if (
        code is None
        or (name == "jersey" and not led)
        or (name in ("washington", "delaware", "georgia", "virginia") and not led)
    ):
        return None
    return Where(state=code), end


def _where(town: Town) -> Where:
    return Where(city=town.name, state=town.state, latitude=town.latitude, longitude=town.longitude)


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two names of towns are the same; a record may name two with a slash."""
    if one is None or other is None:
        return False
    return folded(one) in {folded(part).strip() for part in re.split(r"[/,]", other)}
