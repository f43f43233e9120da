"""How a further turn of a conversation changes what is asked for: refine, refer, correct, drop, switch."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from assistant.understand.query import Slot

ORDINALS = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5,
    "primer": 1, "primero": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercero": 3, "tercera": 3,
    "cuarto": 4, "cuarta": 4, "quinto": 5, "quinta": 5, "last": -1, "ultimo": -1, "ultima": -1,
}  # fmt: skip
ORDINAL = re.compile(
    rf"\b(?:the|el|la|los|las|that|ese|esa|your|about|del?|al) (?P<word>{'|'.join(ORDINALS)})(?! (?:time|thing|step|job|class(?:es)? (?:i|starts)|vez|cosa|paso))(?: (?P<many>two|three|dos|tres|[2-5]))?\b|"
    r"(?:\b(?:number|option|numero|opcion|no\.|program|school)|#) ?(?P<digit>[1-9]|10)\b"
)
LISTED = re.compile(
    r"\b(?:compare|between|compara|comparame|entre|vs) (?:the |numbers? |options? |el |la |los |las |numeros? )?(?P<one>[1-9]|10) (?:and|&|with|to|vs|y|con|,) (?:the |number |el |la )?(?P<two>[1-9]|10)(?:,? (?:and|y) (?P<three>[1-9]|10))?\b"
)
BOTH = re.compile(r"\b(?:both|(?:los|las) dos|ambos|ambas|those two|the two|these two|esos dos)\b")
THAT_ONE = re.compile(
    r"\b(?:that|this) (?:one|school|program|course|place)\b|\b(?:es[ae]|este|esta) (?:curso|programa|escuela|lugar)\b"
)

SUBJECTS: Mapping[str, tuple[str, ...]] = {
    r"price|cost|money|budget|cheap|tuition|how much|precio|costo|dinero|presupuesto|barato": (
        "max_cost_usd",
        "monthly_usd",
        "order",
    ),
    r"place|location|distance|where|how far|county|town|city|travel|lugar|ubicacion|distancia|donde|condado|ciudad|lejos": (
        "place",
        "not_place",
    ),
    r"evenings?|nights?|schedule|hours of the day|noches?|horario": ("evening", "weekend"),
    r"weekends?|saturdays?|fin(?:es)? de semana|sabados?": ("weekend",),
    r"online|in[- ]person|delivery|remote|en linea|presencial": ("delivery", "not_delivery"),
    r"time|length|how long|weeks|months|duration|tiempo|duracion|semanas|meses": (
        "max_weeks",
        "max_hours",
        "min_hours",
    ),
    r"spanish|language|espanol|idioma": ("spanish",),
    r"child ?care|day ?care|guarderia": ("childcare",),
    r"bus|train|transit|transport\w*|tren|autobus": ("transit",),
    r"pay|salary|wage|sueldo|salario": ("min_wage_usd_per_year",),
    r"financial aid|wioa|pell|funding|ayuda financiera|beca": ("funding", "gi_bill"),
    r"job help|placement|ayuda para (?:encontrar|buscar) trabajo": ("job_search_help", "min_employment_rate"),
}
DROP = r"(?:forget|never ?mind|ignore|drop|skip|remove|lose|scratch|don'?t (?:care|worry|mind) (?:about|how|for)?|dont (?:care|worry|mind)(?: about)?|no limit on|any|olvida(?:te)?(?: de| del)?|quita|ignora|sin importar|no me importa|me da igual|da igual|cualquier(?:a)?|deja)"
BETWEEN = (
    r"(?: (?:about|the|that|it|of|my|any|part|el|la|lo|los|las|de|del|mi|how|what|which|if|is|are|then|just|it's))*"
)
AFTER = r"(?: (?:limit|part|thing|requirement|anymore|now|is|are|isn'?t|doesn'?t|does not|don'?t|dont|do not|no|ya|not|can be))*"
FINE = r"(?: (?:really |that )?(?:matter|important|an issue|a problem|needed|necessary|fine|whatever|flexible|importa|hace falta|anything|ok|too))"
CHEAPER = re.compile(
    r"\b(?:cheaper|less expensive|(?:that'?s|thats|it'?s|they'?re|those are|these are|all)? ?(?:too|so) (?:expensive|much|pricey|costly)|can'?t afford (?:that|those|these|it)|lower price|mas barat[oa]s?|mas economic[oa]s?|(?:muy|demasiado) car[oa]s?|es mucho|no me alcanza)\b"
)
FASTER = re.compile(
    r"\b(?:faster|quicker|shorter|sooner|(?:too|so) long|less time|mas (?:rapid|cort)[oa]s?|(?:muy|demasiado) larg[oa]s?)\b"
)
ADDS = re.compile(
    r"^\W*(?:or|also|and also|plus|or maybe|and maybe|o|tambien|y tambien|o tal vez|o quizas?)\b|\b(?:as well|too|tambien)\W*$"
)
FAST = re.compile(r"\b(?:fast|quick(?:ly)?|soon|short|right away|rapid[oa](?:mente)?|pronto|cort[oa])\b")
CHEAP = re.compile(r"\b(?:cheap|affordable|inexpensive|low[- ]cost|barat[oa]s?|economic[oa]s?|accesible de precio)\b")
ANYWHERE = re.compile(
    r"\b(?:anywhere|any place|any town|wherever|donde sea|cualquier (?:lugar|parte|ciudad|pueblo)|en cualquier)\b(?! (?:in|near|around|en|cerca)\b)"
)
ANYTIME = re.compile(
    r"\b(?:any ?time|any schedule|days? (?:is|are|works?) (?:fine|ok)|cualquier (?:hora|horario)|a cualquier hora)\b"
)
SWITCH = re.compile(
    r"\b(?:instead|actually|what about|how about|rather|switch to|change to|now (?:i want|show|find)|forget (?:that|it|about that)|mejor|en (?:vez|lugar)|y si|que tal|ahora (?:quiero|busco)|cambie de)\b"
)


def dropped(plain: str) -> Iterator[str]:
    """Yield the limits that a turn takes back: 'forget about the price', 'anywhere', 'evening is fine too'."""
    for words, names in SUBJECTS.items():
        forget = re.search(rf"\b{DROP}{BETWEEN} (?:{words})\b", plain)
        no_matter = re.search(rf"\b(?:{words}){AFTER}{FINE}\b", plain)
        if forget or no_matter:
            yield from names
    if ANYWHERE.search(plain):
        yield from ("place", "not_place")
    if ANYTIME.search(plain):
        yield from ("evening", "weekend")


def positions(plain: str) -> tuple[int, ...]:
    """Return the places in the list shown before that a turn refers to; -1 is the last."""
    listed = LISTED.search(plain)
    if listed:
        return tuple(int(each) for each in listed.groups() if each)
    out: list[int] = []
    for found in ORDINAL.finditer(plain):
        many = {"two": 2, "dos": 2, "three": 3, "tres": 3}.get(
            found["many"] or "", int(found["many"]) if (found["many"] or "").isdigit() else 0
        )
        first = ORDINALS[found["word"]] if found["word"] else int(found["digit"])
        out += range(first, first + many) if many and first > 0 else [first]
    if not out and BOTH.search(plain):
        out = [1, 2]
    return tuple(dict.fromkeys(out))


def order_of(plain: str) -> tuple[str, str] | None:
    """Return the order that a comparative asks for, with its words: 'cheaper', 'too long'."""
    for key, pattern in (("cheapest", CHEAPER), ("fastest", FASTER)):
        if found := pattern.search(plain):
            return key, found[0].strip()
    return None


def preferred(plain: str) -> str | None:
    """Return the order that a wish without a measure leans to: 'something fast', 'algo barato'."""
    if FAST.search(plain):
        return "fastest"
    return "cheapest" if CHEAP.search(plain) else None


def merged(before: Mapping[str, Slot], now: Mapping[str, Slot], gone: Iterator[str]) -> dict[str, Slot]:
    """Return the limits in force: a new one replaces the old one of its kind, a dropped one is gone."""
    out = dict(before)
    for name in gone:
        if name not in now:
            out.pop(name, None)
    rivals = {
        "delivery": "not_delivery",
        "not_delivery": "delivery",
        "max_cost_usd": "monthly_usd",
        "place": "not_place",
    }
    for name in now:
        if name in rivals and rivals[name] not in now:
            out.pop(rivals[name], None)
    return out | dict(now)
