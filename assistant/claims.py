"""Claims in adverts for training, in English and Spanish: what gives each away, and what makes it fair."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

FLAGS = re.IGNORECASE


class Claim(NamedTuple):
    """One kind of claim: patterns of its words, and of words in its sentence that make it no claim.

    `standards` are ids of the rules that speak of it, the closest first. `needs` are what a fair claim
    has in its sentence: a key of texts, and a pattern; where all are there, nothing is marked.
    """

    key: str
    standards: tuple[str, ...]
    pattern: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    only_with: re.Pattern[str] | None = None
    needs: Mapping[str, re.Pattern[str]] = {}


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), FLAGS)


# Gaps are bounded, so that no text makes a pattern slow.
GAP = r"[^.!?\n]{0,40}?"
PERCENT = r"\b\d{1,3}(?:\.\d)?\s?(?:%|percent\b|por ciento\b)"
MONEY = r"\$\s?\d+(?:[.,]\d+)*(?:\s?(?:k|mil)\b)?\+?"
JOBS = _any(
    r"\bplace(?:d|ment)\b",
    r"\bhired\b",
    r"\bemploy",
    r"\bjobs?\b",
    r"\bwork(?:ing)?\b",
    r"\bcolocaci",
    r"\bemple",
    r"\btrabaj",
    r"\bcontrata",
)
PAY = _any(
    r"\bearn",
    r"\bsalar",
    r"\bwages?\b",
    r"\bincome\b",
    r"\bpays?\b",
    r"\bmake\b",
    r"\bgan[ae]",
    r"\bsueldo",
    r"\bingresos?\b",
)
PRICE = _any(
    r"\btuition\b",
    r"\bcosts?\b",
    r"\bprice",
    r"\bfees?\b",
    r"\bscholarship",
    r"\bsave\b",
    r"\bmatr[ií]cula\b",
    r"\bprecio",
    r"\bcuota",
    r"\bbeca",
    r"\bcuesta",
)
DENIED = _any(
    r"\b(?:no|not|never|cannot|can't|don't|doesn't|do not|does not|without)\b[^.!?\n]{0,25}guarant",
    r"\b(?:no|nunca|sin|tampoco)\b[^.!?\n]{0,25}garant",
)
PEOPLE = r"(?:graduates|students|people|completers|learners|graduad[oa]s|estudiantes|personas|alumn[oa]s|egresad[oa]s)"
DENOMINATOR = _any(
    rf"\b(?:of|out of|de|entre)\s+(?:the |our |its |all |los |las |nuestros )?[\d,.]+\s+{PEOPLE}",
    r"\bout of [\d,]+",
    r"\bn\s?=\s?\d+",
    r"\b[\d,]+ of (?:the |our )?[\d,]+\b",
)
YEAR = re.compile(r"\b20\d\d\b")
DEFINITION = _any(
    r"\bin (?:the|their|that) (?:field|occupation|trade)\b",
    r"\bwithin \d+ (?:days|months|weeks)",
    r"\bfull[- ]time\b",
    r"\bquarter after\b",
    r"\ben (?:su|el) (?:campo|oficio)\b",
    r"\bdentro de \d+ (?:d[ií]as|meses|semanas)",
    r"\btiempo completo\b",
    r"\btrimestre despu[eé]s\b",
)
STATISTIC = _any(r"\bmedian\b", r"\baverage\b", r"\bmean\b", r"\bmedian[oa]\b", r"\bpromedio\b")

CLAIMS = (
    Claim(
        "guaranteed_job",
        ("advert_red_flags",),
        _any(
            rf"\bguarant\w*{GAP}\b(?:jobs?|employment|placement|salary|career|hired|income|interviews?)\b",
            r"\b(?:jobs?|employment|placement|salary|income)\b[^.!?\n]{0,20}\bguarant\w*",
            r"\b100\s?%\s+(?:job\s+)?placement\b",
            r"\byou(?:'ll| will) (?:definitely |surely )?(?:get|have|land) a job\b",
            rf"\bgarant[ií]\w*{GAP}\b(?:empleos?|trabajos?|sueldos?|salarios?|colocaci[oó]n|ingresos?)\b",
            r"\b(?:empleos?|trabajos?|sueldos?|salarios?|colocaci[oó]n|ingresos?)\b[^.!?\n]{0,20}\b(?:100\s?% )?garantizad[oa]s?",
        ),
        unless=DENIED,
    ),
    Claim(
        "placement_rate",
        ("unverifiable_placement_claim", "cirr"),
        re.compile(PERCENT, FLAGS),
        unless=_any(r"\b(?:discount|off|online|descuento|en l[ií]nea)\b"),
        only_with=JOBS,
        needs={"denominator": DENOMINATOR, "year": YEAR, "definition": DEFINITION},
    ),
    Claim(
        "placement_words",
        ("unverifiable_placement_claim", "cirr"),
        _any(
            r"\b(?:high|highest|excellent|best|near-perfect|top) (?:job )?placement(?: rates?)?\b",
            rf"\b(?:almost all|nearly all|most|all) (?:of )?our {PEOPLE}{GAP}\b(?:hired|jobs?|work)\b",
            r"\b(?:alta|excelente|mejor) (?:tasa de )?colocaci[oó]n\b",
            rf"\b(?:casi todos|todos|la mayor[ií]a de) nuestros {PEOPLE}{GAP}\b(?:trabaj|emple|contrata)\w*",
        ),
        needs={"denominator": DENOMINATOR, "year": YEAR, "definition": DEFINITION},
    ),
    Claim(
        "pay",
        ("advert_red_flags",),
        re.compile(MONEY, FLAGS),
        unless=PRICE,
        only_with=PAY,
        needs={"denominator": DENOMINATOR, "year": YEAR, "statistic": STATISTIC},
    ),
    Claim(
        "accredited",
        ("advert_red_flags", "recognized_accreditor"),
        _any(r"\b(?:fully |nationally |internationally |regionally |officially )?accredited\b", r"\bacreditad[oa]s?\b"),
        unless=re.compile(
            r"(?i:\baccredited by|\bacreditad[oa]s? por)\s+(?:the\s+|la\s+|el\s+)?(?-i:[A-Z])|"
            r"(?i:\b(?:not|never|isn't|un|non)[ -]?(?:yet )?accredited|\bno (?:est[aá] |somos |es )?acreditad)"
        ),
    ),
    Claim(
        "urgency",
        ("advert_red_flags",),
        _any(
            r"\b(?:enroll|enrol|register|sign up|apply|call|act|join) (?:today|now|right away|immediately)\b",
            r"\bonly \d+ (?:spots?|seats?|places?) (?:left|remaining)\b",
            r"\blimited (?:time|seats?|spots?|places?)\b",
            r"\b(?:offer|price|deal|discount) (?:ends|expires)\b",
            r"\b(?:last chance|today only|hurry|don't (?:wait|miss out)|before it'?s too late|spots? (?:are )?(?:filling|going) fast)\b",
            r"\b(?:inscr[ií]b[ae]te|inscr[ií]base|reg[ií]strese|reg[ií]strate|ll[aá]m[ea](?:nos)?|llame|aplique) (?:hoy|ya|ahora)\b",
            r"\b(?:solo|s[oó]lo) (?:quedan \d+|hoy)\b",
            r"\b(?:cupos?|lugares|plazas) limitad[oa]s\b",
            r"\b[uú]ltim[oa]s? (?:lugares|cupos|oportunidad|plazas|d[ií]as)\b",
            r"\b(?:la )?oferta (?:termina|vence)\b",
            r"\bno (?:espere|esperes|deje pasar)\b",
        ),
    ),
    Claim(
        "life_experience",
        ("diploma_mill",),
        _any(
            rf"\b(?:degree|diploma|bachelor'?s|master'?s|doctorate|ph\.?d)\b{GAP}\b(?:life|work|lifetime) experiences?\b",
            rf"\b(?:life|work|lifetime) experiences?\b{GAP}\b(?:degree|diploma|bachelor'?s|master'?s|doctorate|ph\.?d)\b",
            rf"\b(?:degree|diploma)\b{GAP}\b(?:no|without) (?:classes|exams|coursework|study|studying|tests)\b",
            rf"\bno (?:classes|exams|coursework|study|studying|tests)\b{GAP}\b(?:degree|diploma)\b",
            rf"\b(?:t[ií]tulo|diploma|licenciatura|maestr[ií]a|doctorado)\b{GAP}\bexperiencia (?:de vida|laboral)\b",
            rf"\bexperiencia (?:de vida|laboral)\b{GAP}\b(?:t[ií]tulo|diploma|licenciatura|maestr[ií]a|doctorado)\b",
            rf"\b(?:t[ií]tulo|diploma)\b{GAP}\bsin (?:clases|ex[aá]menes|estudiar)\b",
        ),
        unless=_any(r"\b(?:prior learning|aprendizaje previo|prerequisite|requisito|required|requires?)\b"),
    ),
    Claim(
        "flat_fee",
        ("diploma_mill",),
        _any(
            r"\b(?:one|flat|single|fixed) (?:low )?(?:fee|price)\b[^.!?\n]{0,20}\b(?:degree|diploma)\b",
            r"\$\s?\d[\d,.]* (?:per|for (?:a|an|each|your|any)) (?:[\w']+ ){0,2}(?:degree|diploma)\b",
            r"\b(?:degree|diploma)\b[^.!?\n]{0,15}\bfor (?:only|just) \$\s?\d",
            r"\btarifa (?:fija|[uú]nica)\b[^.!?\n]{0,20}\b(?:t[ií]tulo|diploma)\b",
            r"\$\s?\d[\d,.]* por (?:cada )?(?:t[ií]tulo|diploma)\b",
            r"\b(?:t[ií]tulo|diploma)\b[^.!?\n]{0,15}\bpor (?:solo|s[oó]lo) \$\s?\d",
        ),
    ),
    Claim(
        "affiliation",
        ("advert_red_flags",),
        _any(
            r"\b(?:approved|endorsed|backed|certified|recognized|sponsored|authorized|licensed) by (?:the )?(?:federal|u\.?s\.?|united states|government|department of (?:education|labor|veterans affairs)|white house|ftc)\b",
            r"\bgovernment[- ](?:approved|backed|endorsed|certified|sponsored)\b",
            r"\b(?:official|exclusive) partner of\b",
            r"\b(?:aprobad|respaldad|avalad|certificad|reconocid|autorizad)[oa]s? por (?:el |la )?(?:gobierno|estados unidos|departamento de (?:educaci[oó]n|trabajo|asuntos de los veteranos)|casa blanca)\b",
            r"\b(?:socio|aliado) oficial de\b",
        ),
    ),
)
