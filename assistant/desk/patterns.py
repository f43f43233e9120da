"""Patterns of personal data in English and Spanish, one table; for the `regex` module, read without regard to case.

`\\K` marks where the value begins: what stands before it (`student id:`) is context and stays.
Kinds: name, phone, email, address, ssn, student_id, account (of banks, cards, licenses, cases), birth_date, network.
"""

from __future__ import annotations

from pathlib import Path

DASH = r"[-‐-―−]"
GAP = rf"(?:[ \t.·]|{DASH})"
MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"ene(?:ro)?|febrero|marzo|abr(?:il)?|mayo|junio|julio|ago(?:sto)?|septiembre|setiembre|octubre|noviembre|dic(?:iembre)?)\.?"
)
DATE = (
    rf"(?:\d{{1,2}}[ ]?[/.\-][ ]?\d{{1,2}}[ ]?[/.\-][ ]?(?:\d{{4}}|\d{{2}})|\d{{4}}[/.\-]\d{{1,2}}[/.\-]\d{{1,2}}|"
    rf"{MONTHS}[ ]+\d{{1,2}}(?:st|nd|rd|th)?,?[ ]+(?:del?[ ]+)?\d{{4}}|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?[ ]+(?:de[ ]+|of[ ]+)?{MONTHS},?[ ]+(?:del?[ ]+)?\d{{4}}|\b(?:19|20)\d{{6}}\b)"
)
OLD_YEAR = r"(?:19[2-9]\d|200\d|201[0-2])"
SEPARATOR = r"[ \t]{0,3}(?:(?:number|num\.?|n[uú]mero|no\.?|nro\.?|n[º°o]\.?|id|is|was|es|era|of|de|del|estudiante|student|account|cuenta|[#:=＃\-–(\"'])[ \t:#=]{0,3}){0,4}"
NUMBER = r"(?=[A-Z0-9\-]{3,30}\b)(?=[A-Z\-]{0,8}\d)[A-Z0-9]+(?:-[A-Z0-9]+)*\b"
STREET = (
    r"(?:street|st|avenue|ave?|road|rd|boulevard|blvd|lane|ln|drive|dr|court|ct|place|pl|way|terrace|terr?|circle|cir|highway|hwy|"
    r"parkway|pkwy|turnpike|tpke|square|sq|trail|trl|alley|plaza|route|rte|pike|loop|broadway|crescent|row|walk)"
)
UNIT = r"(?:,?[ \t]{0,2}\d{1,2}(?:st|nd|rd|th)[ ]fl(?:oor)?\.?|,?[ \t]{0,2}(?:apartment|apartamento|apto|apt|unit|suite|ste|floor|fl|room|rm|departamento|depto|piso|bldg|no|\#)\.?[ \t]{0,2}#?[ \t]?[A-Z0-9\-]{1,6})?"
TOWN = r"(?:,?[ \t]*\n?[ \t]*(?-i:[A-ZÁÉÍÓÚÑ][\w.'’\-]+(?:[ ][A-ZÁÉÍÓÚÑ][\w.'’\-]+){0,2}),?[ \t]+(?-i:[A-Z]{2}|New Jersey|California|Texas|New York|Florida|Pennsylvania)\b\.?)?(?:,?[ \t]+\d{5}(?:-\d{4})?\b)?"
CAPITAL = r"[A-ZÁÉÍÓÚÑÜ][a-záéíóúñü]+(?:[-'’][A-ZÁÉÍÓÚÑa-z][a-záéíóúñü]+)?|[A-Z]['’][A-Z][a-z]+|Mc[A-Z][a-z]+"
SURNAME = rf"(?:{CAPITAL}|[A-Z]\.?(?![\w]))"
LINKED = r"(?:[ ](?:de la|de los|de las|del|de|van|von|da|dos|y|la))?"
FULL = rf"(?-i:(?:{CAPITAL})(?:{LINKED}[ ]{SURNAME}){{1,3}})"
ONE_TO_FOUR = rf"(?-i:(?:{CAPITAL})(?:{LINKED}[ ]{SURNAME}){{0,3}})"
SCHOOL_WORDS = r"\b(?:College|University|Institute|Academy|School|Schools|Tech|Technical|Training|Beauty|Community|Center|Career|High|Universidad|Instituto|Academia|Colegio|Escuela|County|Program|Department|Office|Hospital|Church)\b"
"""A capitalised phrase with one of these, or right before one, is no person."""


ALSO_WORDS = frozenset(
    """elizabeth amber april art asia aubrey austin autumn bill brandy carolina charlotte chelsea crystal daisy dale dawn dean destiny drew
    eva faith flor florence frank gene genesis grace heather holly hope iris jackson jade jan jean jordan joy kelly kenya lance
    lincoln luz madison mark mercedes mercy mike olive pearl perla rob rocio rose rosario ruby salvador santiago santos savannah
    sierra summer trinity victoria violet virginia will april mariana esperanza guadalupe consuelo dolores""".split()
)
"""Given names that are words or places as well: alone they are taken for names only where they are announced."""


def first_names(without: frozenset[str] = frozenset()) -> str:
    """Return common given names as one alternation, capitalised."""
    words = set((Path(__file__).parent / "first_names.txt").read_text(encoding="ascii").split()) - without
    accents = str.maketrans({"a": "[aá]", "e": "[eé]", "i": "[ií]", "o": "[oó]", "u": "[uú]", "n": "[nñ]"})
    first = str.maketrans({"A": "[AÁ]", "E": "[EÉ]", "I": "[IÍ]", "O": "[OÓ]"})
    return "|".join(f"{word[0].upper().translate(first)}{word[1:].translate(accents)}" for word in sorted(words))


EMAIL = (
    r"(?<![\w.+\-])[\w.+%'\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){0,4}",
    r"(?<![\w.+\-])[\w.+\-]{1,64}[ ]?[\[({<]?[ ]?(?:@|\bat\b|\barroba\b|\(a\))[ ]?[\])}>]?[ ]?(?:gmail|yahoo|hotmail|outlook|icloud|aol|live|msn|protonmail|[\w\-]{2,30}[ ]?(?:\.|\bdot\b|\bpunto\b)[ ]?edu)(?:[ ]?[\[({]?(?:\.|\bdot\b|\bpunto\b)[\])}]?[ ]?(?:com|net|org|edu|es|mx|us))?\b",
)
PHONE = (
    rf"(?<![\w$])(?:\+?1{GAP}{{0,2}})?\(?\d{{3}}(?:\)?[ \t]{{0,2}}|\)?[ ]?{DASH}[ ]?|[.·])\d{{3}}(?:[ \t]{{1,2}}|[ ]?{DASH}[ ]?|[.·])\d{{4}}(?!\d)(?:[ ,]{{0,2}}(?:x|ext\.?|extension|extensi[oó]n)[ .:]{{0,2}}\d{{1,6}})?",
    rf"(?<![\w$])(?:\+?1{GAP}{{0,2}})?\(\d{{3}}\){GAP}{{0,3}}\d{{7}}(?!\d)",
    rf"(?<![\w$+])\+\d{{1,3}}(?:{GAP}?\(?\d{{2,4}}\)?){{2,5}}(?!\d)",
    rf"(?<![\w$.,]|\d{DASH})\d{{3}}{DASH}\d{{4}}(?![\d\w]|{DASH}\d)",
    r"\b(?:phone|tel(?:[eé]fono)?|cell?(?:ular)?|mobile|m[oó]vil|call|text|whats?app|fax|ll[aá]m\w*|reach|contact\w*)\b[^\d\n]{0,30}?\K\+?1?[ \-.]?\d{3}[ \-.]?\d{3}[ \-.]?\d{4}(?!\d)",
    r"(?<![\w$.#])[2-9]\d{2}[2-9]\d{6}(?!\w)",
)
SSN = (
    rf"(?<![\w]|\d{DASH})\d{{3}}(?:{DASH}|[ .]){{1,2}}\d{{2}}(?:{DASH}|[ .]){{1,2}}\d{{4}}(?![\d])",
    r"(?<![\w-])(?:x{3}|\*{3}|#{3})[ .\-]?(?:x{2}|\*{2}|#{2})[ .\-]?\d{4}(?!\d)",
    r"\b(?:ss[n#]|ss[ ]?(?:no|num|number)|social(?:[ ]security)?|soc(?:ial)?[ ]?sec|itin|seguro[ ]social|seguridad[ ]social|n[uú]mero[ ]de[ ]seguro)\b[^\d\n]{0,40}?\K\d[\d \-.]{2,20}\d(?!\d)",
    r"\b(?:last|final|[uú]ltim[oa]s)[ ](?:4|four|cuatro)\b(?:[ ]digits?| d[ií]gitos| n[uú]meros)?[^\d\n]{0,30}?\K\d{4}(?!\d)",
)
CARD = (
    r"(?<![\w\-])(?:\d[ \-]?){12,18}\d(?![\w])",
    r"\b(?:card|visa|master ?card|amex|debit|credit|tarjeta|cr[eé]dito|d[eé]bito)\b[^\d\n]{0,30}?(?:ending|ends|end|last|final|termin\w+|[uú]ltimos)[^\d\n]{0,20}?\K\d{4}(?!\d)",
    r"\b(?:cvv|cvc|security code|c[oó]digo de seguridad)\b[^\d\n]{0,10}?\K\d{3,4}(?!\d)",
)
ACCOUNT = (
    rf"\b(?:account|acct\.?|routing|checking|savings|iban|cuenta|cta\.?|ruta|pr[eé]stamo|loan|invoice|factura|policy|p[oó]liza|award|contrato|contract|receipt|recibo|confirmation|confirmaci[oó]n|case|caso|docket|check|cheque|badge|award|certificate|certificado|licen[sc]e|licencia|permit|tax|expedient|claim|reclamo|ticket|reference|ref\.?|referencia|order|pedido|transaction|transacci[oó]n|booking|enrollment|inscripci[oó]n|folio|member(?:ship)?|miembro|voucher|vale)\b{SEPARATOR}\K{NUMBER}",
    r"\b(?:user ?name|login|usuario|user id|fsa id|password|pass ?word|passcode|contrase[nñ]a|clave|pin)\b[ \t]{0,2}(?:(?:is|was|es|era|[:=\-])[ \t]{0,2}){1,2}[\"'“]?\K[^\s\"'”,;<>]{3,40}",
    r"(?<![\w.$€,/\-])\d{7,17}(?![\w]|[.,]\d)",
    r"(?<![\w\-/.@#])(?-i:(?=[A-Z0-9\-]{5,30}(?![\w\-]))(?=(?:[A-Z\-]*\d){4})[A-Z]{1,5}(?:-?[A-Z0-9]+)+)",
    r"\b(?:number|n[uú]mero|no\.|n[º°])[ :#]{1,3}\K(?-i:(?=[A-Z0-9\-]{4,30}(?![\w\-]))(?=[A-Z\-]*\d)[A-Z0-9]+(?:-[A-Z0-9]+)*)",
    r"\b(?:confirmation|reference|award|tracking|booking|confirmaci[oó]n|referencia)[ ](?:code|letter|id|c[oó]digo)[ :#]{1,3}(?:is[ ]|es[ ])?\K(?-i:(?=[A-Z0-9\-]{4,24}(?![\w\-]))(?=[A-Z\-]*\d)[A-Z0-9\-]+)",
    r"\bpin\b[ :#]{1,3}\K\d{4,8}(?!\d)",
    r"\ba(?:#|-| #)[ ]?\d{3}-?\d{3}-?\d{3}(?!\d)",
    r"\b(?:account|acct\.?|cuenta|routing)\b[^\d\n]{0,30}?(?:ending|ends|last|termin\w+|[uú]ltimos)[^\d\n]{0,20}?\K\d{3,6}(?!\d)",
)
STUDENT = (
    rf"\b(?:student|stu\.?|estudiante|alumn[oa]|matr[ií]cula|banner|campus|school|college|learner|participant|participante|applicant|empl|registro|expediente|carn[eé]t?|universidad|escolar|panther|employee|empleado|case ?manager)\b[ \t]{{0,2}}(?:id(?:entification)?|#|no\.?|number|num|n[uú]mero|n[º°]|c[oó]digo|:|de estudiante|de alumn[oa]|estudiantil|code){SEPARATOR}\K{NUMBER}",
    rf"\b(?:i\.?d\.?|identificaci[oó]n|matr[ií]cula|expediente|carn[eé]t?|c[eé]dula|sid|emplid|c[oó]digo (?:de )?(?:estudiante|estudiantil|alumn[oa]))\b{SEPARATOR}\K{NUMBER}",
    r"(?<![\w\-/.@#])(?-i:[A-Z]{1,4})-?\d{6,10}(?![\w\-])",
)
LICENSE = (
    r"(?<![\w\-])(?-i:[A-Z])\d{4}[ \-]?\d{5}[ \-]?\d{5}(?!\w)",
    rf"\b(?:driver'?s?[’']?s?[ ]licen[sc]e|licencia(?: de (?:conducir|manejo|manejar))?|passport|pasaporte|visa|alien|a-?number|uscis|va file|permit|dl|green card|tarjeta verde)\b{SEPARATOR}\K{NUMBER}",
)
BIRTH = (
    rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?da(?:te|y)|b-?day|born|nac[ií](?:da|do|[oó])?|fecha de nac(?:imiento|\.)?|f\.?[ ]?(?:de[ ]|/)?n(?:ac)?\.|fdn|cumplea[nñ]os|cumplo)\b[^\n\d]{{0,25}}?\K{DATE}",
    rf"\b(?:d\.?o\.?b\.?|date of birth|birth ?da(?:te|y)|b-?day|born|nac[ií](?:da|do|[oó])?|fecha de nac(?:imiento|\.)?|cumplea[nñ]os)\b[ \t:,\-]{{0,4}}(?:(?:is|was|es|on|el|in|en)[ \t]+){{0,2}}\K(?:{MONTHS}[ ]+\d{{1,2}}(?:st|nd|rd|th)?(?:,?[ ]+\d{{4}})?|\d{{1,2}}[ ]+de[ ]+{MONTHS}(?:[ ]+(?:de|del)[ ]+\d{{4}})?|\d{{1,2}}/\d{{1,2}}\b)",
    rf"(?<![\d/\-])\d{{1,2}}[/.\-]\d{{1,2}}[/.\-]{OLD_YEAR}(?![\d/\-])",
    rf"(?<![\d/\-]){OLD_YEAR}[/.\-]\d{{1,2}}[/.\-]\d{{1,2}}(?![\d/\-])",
    rf"\b{MONTHS}[ ]+\d{{1,2}}(?:st|nd|rd|th)?,?[ ]+{OLD_YEAR}\b",
    rf"\b\d{{1,2}}[ ]+de[ ]+{MONTHS}[ ]+del?[ ]+{OLD_YEAR}\b",
)
ADDRESS = (
    rf"(?<![\w$.\-])\d{{1,6}}(?:-\d{{1,4}})?[A-Z]?[ ]+(?!(?:in|at|of|on|and|to|for|from|days?|hours?|weeks?|months?|years?|people|students?|credits?|miles|minutes|en|de|a|y|por|d[ií]as|horas|other|more|am|pm|is|was|the|el|la)\b)(?:(?:n|s|e|w|ne|nw|se|sw|north|south|east|west)\.?[ ]+)?(?:(?:[A-Z0-9][\w.'’\-]*)[ ]+){{1,4}}{STREET}\b\.?{UNIT}{TOWN}",
    rf"(?<![\w$.\-])\d{{1,6}}[ ]+(?-i:Broadway|Main|Avenida|Ave|Calle|Camino|Paseo|Via|Route|Rte|Highway|Hwy)\b(?:[ ]+(?:(?-i:[A-Z])[\w.'’\-]*|\d+)){{0,3}}{UNIT}{TOWN}",
    rf"\b(?:calle|avenida|av\.|avda\.?|carrera|camino|paseo|callej[oó]n|urb(?:anizaci[oó]n|\.)|bulevar)[ ]+(?:[\w.'’\-]+[ ]+){{0,5}}?(?:#|n[º°uú]m(?:ero|\.)?|no\.)?[ ]?,?[ ]?\d{{1,6}}\b{UNIT}{TOWN}",
    rf"\b(?:p\.?[ ]?o\.?[ ]?box|post office box|apartado(?: postal)?|apdo\.?)[ ]*#?[ ]*\d{{1,8}}{TOWN}",
    r"(?-i:[A-Z][\w.'’\-]+(?:[ ][A-Z][\w.'’\-]+){0,2}),[ ]?(?-i:[A-Z]{2})[ ]+\d{5}(?:-\d{4})?\b",
    r"\b(?:apt|apartment|unit|apto|apartamento|depto)\.?[ ]{0,2}#?[ ]?\d{1,4}[A-Z]?\b",
    r"\b(?:zip(?: ?code)?|c[oó]digo postal)[ :]{1,3}(?:is |es )?\K\d{5}(?:-\d{4})?\b",
)
NETWORK = (
    r"\bhttps?://[^\s<>\"'?#]{1,500}\K[?#][^\s<>\"']{1,4000}",
    r"(?<![\d.])(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|1?\d?\d)){3}(?![\d.])",
)


def names() -> tuple[str, ...]:
    """Return the patterns of people's names: after words that announce one, at the end of a letter, by given name."""
    return (
        rf"\b(?:my name is|my name'?s|name[ ]?:|i am called|this is|me llamo|mi nombre es|nombre[ ]?:|le escribe|les escribe|habla|se llama|named?|called|nombre completo[ ]?:|full name[ ]?:|attn[.:]|student[ ]?:|estudiante[ ]?:|alumn[oa][ ]?:|from[ ]?:|de[ ]?:|to[ ]?:|para[ ]?:|signed[ ,:]|firmado[ ,:])[ \t]{{1,3}}\K{ONE_TO_FOUR}",
        r"\b(?:my name is|my name'?s|me llamo|mi nombre es|se llama)[ \t]{1,2}\K(?:(?!(?:and|y|i|the|im|not|on|in|en|no|de|pero|but|soy)\b)[a-záéíóúñ'’\-]{2,20})(?:[ ](?!(?:and|y|i|im|i'm|from|at|the|who|tengo|soy|vivo|con|en|de|estoy|estudio|estudiante|student|was|am|my|mi|a|quiero|necesito|pero|but|because|porque|is|es|calling|writing|escribo|im)\b)[a-záéíóúñ'’\-]{2,20}){0,2}",
        rf"\b(?:i am|i'm|soy|sp[eo]a?ke? (?:to|with)|talked (?:to|with)|hab[lé]+[eé]? con)[ ]\K{FULL}",
        rf"\b(?-i:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sr|Sra|Srta|Don|Do[nñ]a|Profesora?|Dean|Counselor|Señora?|Señorita)\.?[ ]\K{ONE_TO_FOUR}",
        r"(?:sincerely|regards|best|thanks|thank you|thx|ty|cheers|respectfully|yours truly|atentamente|gracias|saludos|cordialmente|atte\.?|un saludo|muchas gracias|de antemano gracias|bendiciones|god bless)[ \t]*[,.!\-–—]*[ \t]*\n{1,2}[ \t\-–—~]*\K(?-i:[A-ZÁÉÍÓÚÑ][\wáéíóúñ'’.\-]+(?:[ ][A-ZÁÉÍÓÚÑ][\wáéíóúñ'’.\-]*){0,3})(?=[ \t,.]*(?:\n|$|[|(]))",
        rf"(?:^|[\n])[ \t]*[\-–—~][ \t]*\K{ONE_TO_FOUR}[ \t]*$",
        rf"(?:thanks|thank you|gracias|saludos|atentamente|sincerely|regards)[ \t]*[,.!\-–—]+[ \t]*\K{ONE_TO_FOUR}(?=[ \t.]*$)",
        rf"\b(?:i'm|i am|soy|this is|hi,?|hello,?|hola,?|dear|estimad[oa]|querid[oa]|thanks,?|thank you,?|gracias,?|gracias a|counselor|advisor|teacher|instructor|manager|worker|friend|classmate|director|consejera?|maestr[oa]|amig[oa]|compa[nñ]er[oa])[ ]\K(?-i:{first_names()})\b(?![ ](?-i:[A-Z]))",
        rf"(?<![\w.@])(?<!San )(?<!Santa )(?<!St )(?<!St\. )(?<!Saint )(?<!Mount )\K(?-i:{first_names(ALSO_WORDS)})\b(?!['’]s[ ](?-i:[A-Z]))",
        rf"(?<![\w])\K(?-i:{first_names()})\b(?:[ ](?-i:[A-Z])\.)?(?-i:(?:{LINKED}[ ](?:{CAPITAL})){{1,3}})",
        rf"(?-i:\b(?:{CAPITAL})(?:[ ](?:{CAPITAL})){{1,2}})(?=[ ]?[,(\-–:][ ]?(?:student|id|d\.?o\.?b|ssn|acct|account|born|estudiante|matr[ií]cula|nacid[oa])\b)",
    )


KINDS = {
    "email": EMAIL,
    "ssn": SSN,
    "phone": PHONE,
    "student_id": STUDENT,
    "account": (*CARD, *LICENSE, *ACCOUNT),
    "birth_date": BIRTH,
    "address": ADDRESS,
    "network": NETWORK,
}
"""The kinds in the order of who wins where two claim the same characters equally; names come last."""
