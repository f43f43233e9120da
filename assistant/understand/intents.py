"""What a question wants: programs, a count, a comparison, a check, an explanation, or nothing that we have."""

from __future__ import annotations

import re

from assistant.understand.words import folded

COUNT = re.compile(
    r"\bhow many (?:\w+[ -]){0,4}?(?:programs?|courses?|class(?:es)?|schools?|places?|trainings?|options?|of (?:them|those|these)|providers?|are (?:there|free|under|online))\b|"
    r"\bhow many (?:\w+ ){0,4}are (?:there|on the|under|in|free|online)\b|\b(?:number|count) of (?:\w+ ){0,3}(?:programs?|courses?|class(?:es)?|schools?)\b|"
    r"\bcuant[oa]s (?:\w+ ){0,4}?(?:cursos?|programas?|clases?|escuelas?|opciones|lugares|hay|son|de (?:ellos|ellas|esos|esas))\b"
)
NOT_COUNT = re.compile(
    r"\b(?:how many|cuant[oa]s) (?:clock |class )?(?:hours?|weeks?|months?|days?|horas|semanas|meses|dias|people|students|graduates|personas|estudiantes)\b"
)
TYPICAL = re.compile(
    r"\b(?:typical(?:ly)?|average|usual(?:ly)?|normal(?:ly)?|median|on average|generally|most of them) (?:\w+ ){0,3}?(?:costs?|prices?|run|charge|tuition|pay|go for|length|long|take)\b|\b(?:costs?|prices?|charge) (?:\w+ ){0,6}?(?:on average|typically|usually|normally|in general)\b|"
    r"\b(?:usually|typically|normally|generally) (?:costs?|charge|run|take)\b|\bgoing rate\b|\bwhat (?:do|does) (?:\w+ ){1,7}(?:usually |typically |normally )?costs?\b(?! (?:at|of) )|"
    r"\b(?:precio|costo|coste) (?:tipico|promedio|medio|normal|usual|habitual)\b|\bcuest[ae]n? (?:normalmente|en promedio|por lo general|mas o menos|generalmente|usualmente)\b|\b(?:normalmente|en promedio|por lo general|generalmente|usualmente) (?:\w+ ){0,3}(?:cuest|cobr|vale)\w*\b"
)
COMPARE = re.compile(
    r"\b(?:compar(?:e|es|ing|ison|a|ar|ame|en|acion)|vs\.?|versus|side by side|(?:what'?s|what is|whats) the difference between|better deal|which (?:one )?is (?:the )?better|diferencia(?:s)? entre|cual (?:es|conviene|me conviene|sale) (?:mejor|mas)|(?:frente a|contra))\b"
)
DEFINITION = re.compile(
    r"^(?:\W|hi|hello|hola|ok|so|please|can you|could you|puedes?|me|por favor|and|y)*(?:what(?:'?s| is| are| does| do| would| did)|explain|define|meaning of|tell me (?:about|what)|que (?:es|son|significa|quiere decir|diferencia)|explique\w*|explicame|significado de|does being|is it true|cual es la diferencia|does (?:it )?mean|how (?:is|are|do they))\b"
)
MEANS = re.compile(
    r"\b(?:mean|means|meaning|significa|quiere decir|stand for|the bar|definition|difference between (?:a|an)|diferencia (?:hay )?entre (?:una?|el|la)|que es|what is|what are|what's|whats|guarantees?|garantiza|(?:the )?same (?:thing )?as|counts? as|calculated|measured|how (?:does|do|is|are)|es lo mismo|igual que|cuenta como|se (?:calcula|mide)|como funciona|is there a (?:rule|bar|law)|hay una (?:regla|ley))\b"
)
CHECK = re.compile(
    r"\b(?:is|are|was)\s+(?:this school |the school |this place )?(?P<a>.+?)\s+(?:legit(?:imate)?|a scam|scammy|for real|accredited|any good|good|safe|trustworthy|closing|closed|real|reputable|in trouble|a good school|ok|okay|worth (?:it|the money))\b|"
    r"\bcheck (?:out )?(?:the school |on )?(?P<b>.+)$|\b(?:can i|should i) trust (?P<c>.+?)(?:\?|$)|\b(?:any )?(?:complaints|warnings|red flags) (?:about|against|for|on) (?P<d>.+?)(?:\?|$)|"
    r"\b(?:es|esta)\s+(?P<e>.+?)\s+(?:legitim[ao]|una estafa|acreditad[ao]|confiable|segur[ao]|buen[ao]|cerrad[ao]|de fiar)\b|\b(?:puedo )?confiar en (?P<f>.+?)(?:\?|$)|\bquejas (?:contra|sobre|de) (?P<g>.+?)(?:\?|$)",
    re.IGNORECASE,
)
UNSAFE = re.compile(
    r"\b(?:fake|forg(?:e|ed|ing)|counterfeit|cheat(?:ing)?|(?:buy|purchase|get) (?:a |the |an )?(?:diploma|degree|certificate|license|answers?|ged)(?: without| online without| with no)|without (?:taking|going|passing) (?:the |any |a )?(?:class|test|exam|course)\w*|lie (?:about|on)|hack(?:ing)? into|steal|bomb|weapons?|meth|(?:answers?|answer key) (?:to|for) (?:the |my )?(?:test|exam|quiz)|(?:take|pass|sit) (?:my|the) (?:test|exam|class|course) for me|pass (?:a|the|my) drug test|change my grades?|"
    r"fals[oa]s?|falsific\w+|trampa|copiar en el examen|comprar (?:un |el |una |la )?(?:diploma|titulo|certificado|licencia|ged)(?: sin)?|(?:respuestas|soluciones) (?:del?|para el) examen|(?:tome|haga|pase) (?:el|mi) (?:examen|curso|clase) por mi|antidoping|cambiar mis (?:notas|calificaciones)|sin (?:tomar|hacer|pasar) (?:el |la )?(?:examen|clase|curso))\b"
)
OFF_TOPIC = re.compile(
    r"\b(?:(?:can|could|would|will) you (?:please )?(?:write|book|order|fix|draw|play|sing|call|text|translate|do my|solve)|song|rain|snow|traffic|sports?|nba|nfl|mlb|prescription|medicine for|doctor for|apartment|rent (?:a|an)|mortgage rate|"
    r"puedes (?:escribir|reservar|pedir|dibujar|cantar|traducir|resolver)(?:me)?|va a llover|trafico|deportes|medicina para|apartamento|alquilar|weather|forecast|recipe|cook me|joke|poem|song|lyrics|movie|netflix|football|soccer|baseball|game score|who won|lottery|horoscope|president|election|vote for|capital of|translate (?:this|the|to)|homework|essay|cover letter|resume for|write (?:me )?(?:a|my|an)|"
    r"stock(?:s| price)|bitcoin|crypto|restaurant|pizza|hotel(?:s)? (?:near|in|for)|flight|plane ticket|girlfriend|boyfriend|dating|diagnose|my (?:rash|fever|headache|symptoms)|landlord|divorce|visa status|green card|asylum|tax(?:es)? return|"
    r"clima|tiempo (?:hace|hara)|pronostico|receta|chiste|poema|cancion|pelicula|futbol|quien gano|loteria|horoscopo|presidente|elecciones|capital de|traduce|tarea de|ensayo|carta de presentacion|escribeme|escribe(?:me)? (?:un|una|mi)|pizza|novi[ao]|divorcio|mi (?:fiebre|dolor))\b"
)
CAREER = re.compile(
    r"\b(?:jobs?|work|career|learn|study|studying|train(?:ing)?|class(?:es)?|courses?|programs?|school|certificate|certif\w+|licen[sc]e|degree|become|trade|skills?|pay|paid|earn|hire|hired|employ\w*|field|something better|better life|go back|"
    r"trabaj\w+|empleo|carrera|aprender|estudi\w+|curs\w+|clases?|programas?|escuela|certificad\w*|licencia|titulo|oficio|ser|ganar|sueldo|profesion|superarme|salir adelante|capacit\w+)\b"
)
PATH = re.compile(
    r"\b(?:career path|steps? (?:to|from)|work my way up|path (?:to|from|into)|how (?:do|can|would|could) i (?:go|get|move) from|step by step|ladder|stack(?:able)?|move up|next step(?:s)? (?:after|to|from)|"
    r"paso a paso|camino (?:para|hacia|de)|como (?:paso|llego|subo|puedo (?:pasar|llegar|subir)) de|que pasos|escalera|siguiente paso)\b"
)
DOUBTED = re.compile(
    r"\b(?:legit\w*|scam\w*|fraud\w*|trust\w*|accredited|reputable|estafa|fraude|confiable|confiar|legitim[ao]|acreditad[ao]|de fiar)\b"
)
"""Words that speak of a school and of no field of work."""


def is_count(plain: str) -> bool:
    """Whether a question asks for a number of programs or for what they usually cost."""
    asks = COUNT.search(plain)
    return bool(TYPICAL.search(plain)) or (asks is not None and not NOT_COUNT.match(plain[asks.start() :]))


def is_unsafe(plain: str) -> bool:
    """Whether a question asks for help with deceit or harm."""
    return UNSAFE.search(plain) is not None


def is_off_topic(plain: str) -> bool:
    """Whether a question is about something that these records never hold."""
    return OFF_TOPIC.search(plain) is not None


def is_about_work(plain: str) -> bool:
    """Whether a question speaks of work or learning at all."""
    return CAREER.search(plain) is not None


def is_doubt(plain: str) -> bool:
    """Whether a question doubts a school, whatever field of work its name holds."""
    return DOUBTED.search(plain) is not None


def checked_name(text: str) -> str | None:
    """Return the school that a question asks about: 'is X legit?'."""
    plain = folded(text)
    found = CHECK.search(plain)
    if found is None:
        return None
    group = next(key for key, value in found.groupdict().items() if value)
    # Folding keeps the length but for a few letters of other languages.
    said = text[slice(*found.span(group))] if len(plain) == len(text) else found[group]
    return said.strip(" ?.!¿¡")
