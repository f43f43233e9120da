"""Wishes read from words: schedule, way of teaching, services, funding, schooling, order; English and Spanish.

Patterns run on plain text: lower case, no accents (`understand/text.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.understand.query import Choice, Slot, Wish
from assistant.understand.text import Text

NO = (
    r"(?:not|no|nothing|never|without|don'?t|dont|doesn'?t|can'?t|cannot|won'?t|hate|nada|sin|ni|nunca|odio|tampoco)"
    r"(?: (?:want|need|have|like|it|to|be|do|de|en|la|el|que|sea|anything|any|a|the|quiero|puedo|me|gusta|in|with|only|fully|all|care about))*"
)
NEGATED = re.compile(rf"\b{NO} $")
UNNEEDED = re.compile(
    r"^ (?:is(?: also)? (?:fine|ok|okay)|(?:doesn'?t|dont|don'?t|does not) matter|no importa|not needed|optional)\b"
)
AT_WORK = re.compile(
    r"\b(?:i|we|who) (?:usually |mostly |only )?(?:work|am working|have work)(?: (?:the|at|in|on|every|all))* $|\b(?:working|trabajo|trabajar|trabajando)(?: (?:the|at|in|on|de|por|la|las|los|en))* $|\b(?:job|shift|turno)(?: (?:at|on|de|por|la|las))* $"
)

YES: dict[str, re.Pattern[str]] = {
    "evening": re.compile(
        r"\b(?:(?:en la|por la|en las|por las|de la|a la) noches?|(?:only |just )?(?:in the )?(?:evenings?|nights?|nites?|nighttime)(?: (?:classes|class|school|course|courses))?|"
        r"after (?:work|5|6|5 ?pm|6 ?pm|five|six|my shift|my job)|de noche|nocturn[oa]s?|despues del? (?:trabajo|trabajar|las (?:5|6|cinco|seis)))\b(?! shift)"
    ),
    "weekend": re.compile(r"\b(?:weekends?|saturdays?|sundays?|fin(?:es)? de semana|sabados?|domingos?)\b"),
    "spanish": re.compile(
        r"\b(?:(?:taught |classes |class |courses |explained |teach |teaches )?in spanish|spanish[- ]speak(?:ing|er|ers)|(?:speaks?|knows?|uses?) spanish|spanish would be (?:easier|better)|bilingual (?:class|classes|teacher|teachers|instructor|staff|program)|"
        r"(?:clases? |cursos? |instructor(?:es)? |todo |explique[n]? |ensene[n]? )?en espanol|(?:que )?habl(?:en|an|e|o|amos|a) (?:solo |solamente |puro |en )?espanol|"
        r"(?:don'?t|dont|do not) (?:speak|know) (?:much |any |good |a lot of )?english|(?:my )?english (?:is|isn'?t) (?:not |very )?(?:bad|poor|good|great|so good)|no (?:hablo|se|entiendo) (?:mucho |bien |nada de |bien el )?(?:el )?ingles|hablo poco ingles|mi ingles (?:no es|es) (?:muy )?(?:bueno|malo|poco))\b"
    ),
    "childcare": re.compile(
        r"\b(?:(?:with|has|have|having|offers?|offering|provides?|providing|need|needs|includes?|including|help with|some help with|on[- ]?site|there'?s|get|watch|want|must have) (?:\w+ ){0,2}?(?:child ?care|day ?care)|"
        r"(?:child ?care|day ?care) (?:on[- ]?site|available|help|assistance|included|for my|while i|there|at the school|would|too|is a must)|(?:someone|somebody|place|where) (?:to |that |can |they )*(?:watch|leave|mind|look after) my (?:kids?|son|daughter|baby|child|children|\d)\w*|"
        r"(?:con|que tengan?|tengan?|tienen|ofre(?:ce|zca|cen|zcan)|necesito|ayud(?:a|an|en|e)(?: con| para)?|hay|incluya|de|una?) (?:\w+ ){0,2}?(?:guarderia|cuidado de (?:los |mis )?(?:ninos?|hijos?|bebes?|nenes?))(?! (?:como|para trabajar))|guarderia para|"
        r"(?:quien|donde|alguien)(?: que| dejar| me)* (?:cuide|cuiden|dejar) (?:a )?(?:mis?|los|al?) (?:hij|nin|nen|beb)\w+)\b"
    ),
    "accessible": re.compile(
        r"\b(?:wheel ?chair(?:s| access\w*)?|accessible|accessib\w+|(?:i am|i'm|im|for|with a|have a) disab(?:led|ility|ilities)|handicap\w*|can'?t (?:do|climb|use) (?:the )?stairs|no stairs|use a walker|silla de ruedas|"
        r"(?:tengo|con|una) (?:una )?discapacidad|discapacitad[oa]s?|accesible|andador|no puedo (?:subir|usar) (?:las )?escaleras)\b"
    ),
    "job_search_help": re.compile(
        r"\b(?:(?:need |with |and |get |want |some |gives? |offers? |has |have |provides? |should |would |will |they |that )*help(?:s|ing)? (?:me |us |you |students |people |with )?(?:to )?(?:find(?:ing)?|get(?:ting)?|land(?:ing)?|look(?:ing)? for|with finding|with getting|with)? ?(?:me )?(?:a |the |an )?(?:jobs?|hired|work|employment)(?: (?:after(?:wards?)?|search\w*|placement|at the end|hunt\w*))?|"
        r"job (?:placement|search)(?: (?:help|assistance|services?|support))?|placement (?:help|assistance|services?|office|support)|career (?:services|center|help|counsel\w*)|"
        r"(?:que |me |nos |y |con )*(?:ayud(?:a|an|en|e|ar|arme)|apoyo)(?: me)? (?:(?:a|para|en) )?(?:a )?(?:buscar|encontrar|conseguir|hallar|colocar\w*)(?: un| el)? ?(?:trabajo|empleo|pega|jale|chamba)?|bolsa de (?:trabajo|empleo)|(?:colocacion|ubicacion) laboral)\b"
    ),
    "gi_bill": re.compile(
        r"\b(?:gi ?bill|g\.i\. bill|post[- ]?9/?11|va benefits?|veterans? benefits?|beneficios? de veteranos?|montgomery)\b"
    ),
}
CHOICES: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "transit": (
        (
            "bus",
            re.compile(
                r"\b(?:by bus|(?:take|taking|ride|riding|catch|on|come by|use|using|near|off|from) (?:a |the |my )?bus(?:es)?(?: (?:line|route|stop)s?)?|bus (?:line|route|stop|access)s?|(?:en|tomo|tomar|uso|agarro|cerca del?|ruta de|parada de(?:l)?|por) (?:la )?(?:bus|autobus|guagua|camion|colectivo)(?:es)?)\b(?! (?:driv|certif|licen))"
            ),
        ),
        (
            "train",
            re.compile(
                r"\b(?:by train|(?:take|taking|ride|riding|catch|on|come by|use|near|off|from) (?:a |the |my )?train(?: (?:line|station|stop)s?)?|train (?:line|station|stop)s?|(?:en|tomo|tomar|uso|agarro|cerca del?|estacion (?:de|del)|por) (?:la )?tren(?:es)?)\b"
            ),
        ),
        (
            "any",
            re.compile(
                r"\b(?:(?:public|mass) (?:transit|transport(?:ation)?)|(?:no|without a|don'?t have a|dont have a|don'?t own a|dont own a) car|transporte publico|(?:no tengo|sin) (?:carro|coche|auto|troca|vehiculo))\b"
            ),
        ),
    ),
    "funding": (
        (
            "wioa",
            re.compile(
                r"\b(?:wioa|w\.i\.o\.a|wia|one[- ]?stop|individual training grant|workforce (?:grant|funding|money|board)|unemployment (?:office |will |to )*(?:pay|pays|cover|covers|said)\w*)\b"
            ),
        ),
        ("pell", re.compile(r"\bpell\b")),
        (
            "financial_aid",
            re.compile(
                r"\b(?:financial (?:aid|assistance|help)|fafsa|student (?:aid|loans?)|title iv|(?:federal )?grants?|scholarships?|ayuda(?:s)? (?:financiera|economica)s?|asistencia financiera|becas?|prestamos? estudiantil(?:es)?)\b"
            ),
        ),
    ),
    "credential_kind": (
        ("associate_degree", re.compile(r"\b(?:associate'?s?(?: degree|s)|(?:grado|titulo) (?:de )?asociado)\b")),
        (
            "bachelor_degree",
            re.compile(
                r"\b(?:(?:get|earn|want|finish|toward|need) (?:a |my )?bachelor'?s?(?: degree)?|(?:sacar|obtener|una) licenciatura)\b"
            ),
        ),
        (
            "license",
            re.compile(
                r"\b(?:(?:leads?|leading|ends?|end up|prepares?(?: me)?|come out|qualif\w+) (?:to|in|with|for) (?:a |the |my |an |state |nj |new jersey |getting )*licen[sc]e|(?:get|earn|want|need|gives?|give me|giving|with) (?:me |you )?(?:a |the |my |state |real |actual )+licen[sc]e (?:at the end|to|afterwards?|after|from the state)|state licen[sc]e|(?:get|getting|be|become|becoming) (?:state )?licensed|licen[sc]e at the end|licensed (?:at the end|afterwards?|by the state)|"
                r"(?:que )?(?:lleve a|den?|da|con|termine en|prepare para|sacar|saque|obtener) (?:una |la |mi )?licencia(?! de (?:manejar|conducir|chofer))(?: estatal| del estado| al final)?)\b"
            ),
        ),
        (
            "certification",
            re.compile(
                r"\b(?:(?:leads?|leading|ends?|prepares?(?: me)?|come out|qualif\w+) (?:to|in|with|for) (?:a |an |the |my |industry |national |real |recognized |getting )*certification|industry[- ](?:recognized )?(?:credential|certification)s?|nationally recognized (?:certification|credential)|(?:get|earn|gives? (?:me|you)|with|end up with|come out with) (?:a |an |the |my |real |actual |national |industry )*certification(?: at the end)?|certification at the end|"
                r"(?:certificacion|credencial) (?:de la industria|nacional|reconocida|industrial)|(?:que (?:me )?den?|con|obtener|sacar|lleve a|termine en) (?:una |la |mi )?certificacion)\b"
            ),
        ),
    ),
    "order": (
        (
            "cheapest",
            re.compile(
                r"\b(?:cheapest|least expensive|lowest (?:cost|price|priced|tuition)|most affordable|cheap(?:er)? (?:one|ones|option)? ?first|(?:by|sort by|order by) (?:price|cost)|mas barat[oa]s?|mas economic[oa]s?|menos car[oa]s?|(?:menor|mejor) (?:precio|costo)|cuesten? menos|costs? (?:the )?least)\b"
            ),
        ),
        (
            "fastest",
            re.compile(
                r"\b(?:fastest|quickest|shortest|soonest|(?:as )?(?:fast|quick|quickly|soon|short) as (?:possible|i can|can be)|asap|mas (?:rapid[oa]s?|cort[oa]s?|pronto|breves?)(?! posible que)|lo antes posible|cuanto antes|lo mas (?:pronto|rapido)|dure(?:n)? menos|takes? (?:the )?least time)\b"
            ),
        ),
        (
            "best_paid",
            re.compile(
                r"\b(?:best[- ]pa(?:id|ying)|highest[- ](?:pa(?:id|ying|y)|wages?|salary|salaries|earnings?|earning)|(?:pays?|paid|earns?|earn|makes?|make|making) (?:the )?(?:best|most(?: money)?|highest)|(?:best|better|most) (?:pay|salary|wages?|salaries|earnings|money)|mejor pagad[oa]s?|(?:pag(?:an?|uen?)|gan(?:an?|en?|ar)) (?:el |lo )?(?:mas|mejor)|(?:mejor(?:es)?|mas alt[oa]s?) (?:sueldos?|salarios?|pagos?)|mas dinero)\b"
            ),
        ),
        (
            "most_employed",
            re.compile(
                r"\b(?:(?:best|highest|better) (?:job )?(?:placement|employment|hiring|job)(?: rates?)?|(?:gets?|got|getting|puts?|lands?) (?:the )?most (?:\w+ ){0,2}(?:jobs?|hired|work)|most (?:\w+ ){0,3}(?:get|find|got|found|end up|getting|finding) (?:\w+ ){0,3}(?:jobs?|hired|work|working)|(?:actually|really) (?:gets?|got|finds?|lands?|puts?) (?:\w+ ){0,3}(?:jobs?|hired|work)|"
                r"(?:mas|mayor(?:ia)?) (?:\w+ ){0,4}(?:consiguen?|encuentran?|hallan?|colocan?|consigue|empleados?|contratad\w+|colocacion|empleo)|mejor (?:colocacion|tasa de empleo|empleabilidad))\b"
            ),
        ),
    ),
}
ONLINE = re.compile(
    r"\b(?:(?:all |fully |100 ?% |completely |totally |entirely |only |just )?(?:online|on-line|on line|virtual(?:ly)?|remote(?:ly)?|over zoom|on zoom|from (?:my )?home|at home|from my (?:house|couch|phone|computer)|via zoom)|(?:todo |solo |solamente |100 ?% |completamente |totalmente )?(?:en linea|en-linea|(?:por|x) internet|a distancia|virtual(?:es)?|remot[oa]s?|desde (?:mi )?casa|por zoom|online))\b"
)
WORK_HOME = re.compile(r"\b(?:work(?:ing)?|job|jobs|trabaj\w+|empleo)(?: \w+){0,2} $")
HELP_HOME = re.compile(r"(?:^|\b)(?:at home|from home|desde casa|a distancia)$")
HYBRID = re.compile(
    r"\b(?:hybrid|blended|(?:part(?:ly|ial(?:ly)?)?|half|some|mix(?:ed)?(?: of)?) (?:is |of it )?(?:online|on line|remote|virtual)(?:[ ,]+(?:and |&)?(?:part(?:ly)?|half|some|in)? ?(?:in )?(?:the )?(?:in person|in class|in[- ]person|class\w*|on site|campus))?|hibrid[oa]s?|semi ?presencial(?:es)?|mixt[oa]s?|parte (?:en linea|por internet|virtual|online)(?: y parte (?:en persona|presencial|en clase))?)\b"
)
IN_PERSON = re.compile(
    r"\b(?:in[- ]person|in a (?:real )?(?:classroom|class room)|face[- ]to[- ]face|in the classroom|on campus|on[- ]site classes?|(?:real|actual) (?:classroom|teacher in front)|presencial(?:es|mente)?|en persona|en (?:el |un )?(?:salon|aula)(?: de clases?)?|cara a cara)\b"
)
PARTLY = re.compile(
    r"\b(?:pero |but |but some |but a )?(?:parte|part|some|algo) (?:si|yes|is ok|is fine|of it|esta bien)\b"
)
SCHOOLING = re.compile(
    r"\b(?:(?:no|without an?|without my|don'?t have an?|dont have an?|don'?t have my|dont have my|never got (?:a|my)|do not have an?|lack a|haven'?t got a|didn'?t get (?:a|my)|have no|got no) (?:high ?school |hs |h\.s\. )?(?:diploma|g\.?e\.?d\.?|degree or diploma|hs diploma)(?:,? (?:n?or|and no|no) (?:a |my |no )?(?:ged|diploma|high school)(?: either)?)?|"
    r"(?:never|didn'?t|didnt|did not|haven'?t) (?:finish(?:ed)?|complete(?:d)?|graduate(?:d)?)(?: from)?(?: my)? ?(?:high ?school|hs|school)|never (?:finished|graduated)|dropped out|drop ?out|no (?:high ?school|hs) (?:diploma|degree)|only (?:finished|went to|have|did) (?:the )?\d+(?:th|st|nd|rd) grade|left school (?:in|at|after)|quit (?:high )?school|"
    r"(?:no tengo|sin|no saque|nunca saque)(?: el| la| mi| un| ni| ningun)* (?:diploma|ged|g\.e\.d|bachillerato|secundaria|titulo de secundaria|high school|preparatoria|prepa)(?:,? ni (?:el |un |la )?(?:ged|diploma|secundaria))?|(?:no|nunca) (?:termine|acabe|complete|me gradue(?: de)?|pude terminar)(?: la| el| mi)* ?(?:escuela|secundaria|high ?school|bachillerato|prepa(?:ratoria)?|colegio|estudios)|deje la escuela)\b"
)
WANTS_DIPLOMA = re.compile(
    r"\b(?:get|earn|study for|pass|want|need|sacar|obtener|preparar\w*|estudiar|terminar|finish)(?: \w+){0,4} (?:ged|hse|diploma)\b|\bged (?:class|course|prep|program)|\b(?:clases?|cursos?) (?:de|para)(?: \w+){0,3} (?:ged|diploma)\b"
)


def wishes(text: Text) -> Iterator[tuple[str, Slot]]:
    """Yield every wish that a text tells, by name; a wish that is denied is none."""
    if schooling := text.take(SCHOOLING):
        yield "prerequisite_max", Choice(value="no_diploma", words=text.said(*schooling.span()))
    yield from delivery(text)
    for name, options in CHOICES.items():
        if choice := _choice(text, options):
            found = Wish(value=True, words=choice.words) if choice.value == "any" else choice
            yield name, found
    for name, pattern in YES.items():
        if wish := _wish(text, pattern, at_work=name in ("evening", "weekend")):
            yield name, wish


def delivery(text: Text) -> Iterator[tuple[str, Slot]]:
    """Yield how a person wants to be taught, or does not want to."""
    if hybrid := text.take(HYBRID):
        _take_all(text, ONLINE)
        yield "delivery", Choice(value="hybrid", words=text.said(*hybrid.span()))
        return
    on_site = text.take(IN_PERSON)
    found = _online(text)
    if on_site and not (found and not found[1]):
        yield "delivery", Choice(value="in_person", words=text.said(*on_site.span()))
    elif found and not on_site:
        words, denied = found
        partly = denied and text.take(PARTLY)
        if partly:
            yield "delivery", Choice(value="hybrid", words=text.said(*partly.span()))
        else:
            yield ("not_delivery" if denied else "delivery"), Choice(value="online", words=words)


def _online(text: Text) -> tuple[str, bool] | None:
    """Return the words for teaching at a distance, and whether they are denied."""
    for found in ONLINE.finditer(text.rest):
        before = text.rest[: found.start()]
        if HELP_HOME.search(found[0]) and not re.search(
            r"\b(?:study|learn|class\w*|course\w*|estudi\w+|aprend\w+|clases?|cursos?|do (?:it|this)|hacer\w*|tomar\w*)(?: \w+){0,2} $",
            before,
        ):
            continue
        if WORK_HOME.search(before) and HELP_HOME.search(found[0]):
            continue
        denied = re.search(rf"\b{NO}(?: \w+){{0,2}} $", before) is not None
        words = text.said(*found.span())
        text.blank(*found.span())
        return words, denied
    return None


def _choice(text: Text, options: tuple[tuple[str, re.Pattern[str]], ...]) -> Choice | None:
    for key, pattern in options:
        for found in pattern.finditer(text.rest):
            words = text.said(*found.span())
            text.blank(*found.span())
            return Choice(value=key, words=words)
    return None


def _wish(text: Text, pattern: re.Pattern[str], *, at_work: bool) -> Wish | None:
    for found in pattern.finditer(text.rest):
        before, after = text.rest[: found.start()], text.rest[found.end() :]
        if NEGATED.search(before) or UNNEEDED.search(after) or (at_work and AT_WORK.search(before)):
            continue
        words = text.said(*found.span())
        text.blank(*found.span())
        return Wish(words=words)
    return None


def _take_all(text: Text, pattern: re.Pattern[str]) -> None:
    while text.take(pattern):
        pass
