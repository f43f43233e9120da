"""Mending typing errors: a word that nobody knows becomes the one known word that it nearly is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from assistant.understand.gazetteer import HOME, counties, towns
from assistant.understand.holdings import Holdings
from assistant.understand.words import singular

SIMILAR = 0.82
SHORTEST = 5
LIMIT_WORDS = """
evening evenings night nights weekend weekends saturday saturdays online remote hybrid person classroom spanish english bilingual
childcare daycare wheelchair accessible disability transportation transit dollars budget tuition affordable cheapest cheap fastest
quickest shortest highest months weeks hours years license certificate certification diploma financial scholarship county near within
miles school classes course courses program programs training compare typical average placement graduates employment salary
noche noches nocturno sabado sabados domingo linea presencial hibrido espanol ingles guarderia discapacidad transporte autobus
dolares presupuesto barato barata baratos rapido meses semanas horas licencia certificado diploma financiera ayuda becas condado cerca
millas escuela clases cursos programas trabajo empleo sueldo
"""
EVERYDAY = """
about above below after again also always another anything around away back because become been before being better both could does doing done
down each either else enough even every everything feel find first from full getting give going good great hard have having hear heard
hello help here high home hope house husband idea into just keep kids kind know last later learn least leave life like little live living
long look looking love made make many maybe mean might mind money more most mother much must need needs never next nice nobody nothing
older only open other over paid pay people person place please possible pretty probably quick quit ready real really right said same
says seems should since some someone something somewhere soon start starting still stuff such sure take taking talk tell than thank
thanks that their them then there these they thing things think this those though thought through time tired today together took
tough tried trying under until used using very wait walk want wanted wants watch week well went were what whatever when where which
while whole will with without wondering work worked working world worth would wrong year yesterday young your yourself
aqui algo alguien algun alguna ahora ademas alla antes apenas asi aunque ayudar bastante bien buena buenas bueno buenos busco buscando
cada casa casi como conmigo conseguir cosa cosas cual cuales cualquier cuando cuanto cuesta dar decir dejar dentro desde despues
dice dinero donde durante ella ellos encontrar entonces entre escuche ese esos esta estan estar este esto estoy estudiar familia favor
gracias grande gusta gustaria haber hablo hace hacer hacia hasta hay hijos hola igual interesa ir jamas junto lado largo luego lugar mama
manera mano manos mas mayor mejor menos mientras mismo mucha mucho muchos mujer nada nadie necesito ningun noche nosotros nueva nuevo
nunca otra otro otros padre paga pagar para parece parte pasar pero persona personas poco poder porque pregunta primero pronto puede
puedo pues queda quien quiero quisiera realmente saber sabes seria siempre sigo sin sobre solo soy tambien tampoco tanto tarde tener
tengo tiempo tiene tienen toda todavia todo todos trabajar trabaje trabajo tres unas unos usar usted vale veces vender ver verdad vez
vida vivir vivo
"""

EVERYDAY_WORDS = frozenset(EVERYDAY.split())


@cache
def _known() -> frozenset[str]:
    words = {singular(word) for word in f"{LIMIT_WORDS} {EVERYDAY}".split()}
    places = (word for name in (*towns(HOME), *counties(HOME)) for word in name.split())
    return frozenset(words | {singular(word) for word in places})


class Speller:
    """Mends the words of a question, by what the lexicon, the records and everyday speech have."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def knows(self, word: str) -> bool:
        """Whether a word is written as somebody writes it."""
        key = singular(word)
        return not word.isalpha() or len(word) < SHORTEST or key in _known() or self._holdings.is_written(key)

    def limits(self, words: Sequence[str]) -> list[str]:
        """Return words with those mended that nearly are a word that limits are told in."""
        return [word if self.knows(word) else _nearest(word, _limit_words()) or word for word in words]

    def unknown(self, words: Sequence[str]) -> frozenset[str]:
        """Return the words that nobody knows."""
        return frozenset(word for word in words if not self.knows(word))

    def subjects(self, words: Sequence[str]) -> list[str]:
        """Return words with those mended that nearly are a word of the lexicon."""
        out = []
        for word in words:
            options = () if self.knows(word) else self._holdings.mendable.get(word[0], ())
            out.append(_nearest(word, options) or word)
        return out


@cache
def _limit_words() -> tuple[str, ...]:
    return tuple(sorted(LIMIT_WORDS.split()))


def _nearest(word: str, options: Sequence[str]) -> str | None:
    found = process.extractOne(word, options, scorer=OSA.normalized_similarity, score_cutoff=SIMILAR)
    return found[0] if found else None
