"""A job posting read: every credential it asks for with its ground, its degrees against the occupation, its skills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from assistant.checked import SourceRef
from assistant.postings.credentials import CredentialIndex, Entry, Hit, unknown_names
from assistant.postings.degrees import Degree, degrees_in
from assistant.postings.jobs import JobIndex
from assistant.postings.sentences import Sentence, Wanted, sentences
from assistant.postings.skills import SkillIndex, named_technologies
from assistant.receipts import SourceRefs
from catalog.records import Credential, CredentialKind, Occupation, Record
from catalog.snapshot import Snapshot

MOST_CHARACTERS = 100_000
MOST_DEMANDS = 40
MOST_MEANT = 4
DEGREE_ZONE = 4
"""From this O*NET job zone on, most of an occupation's jobs need a bachelor's degree."""
SHORT = ("certificate", "certification", "license", "diploma")


class Named(Record):
    """A credential of the records that words of a posting can mean."""

    id: str
    name: str
    kind: CredentialKind
    retired: bool


class Demand(Record):
    """One demand of a posting: characters `start` to `end`, and on what ground it stands.

    `law`: the state's list has it as a licence. `custom`: its list of industry certifications has it. `driving`: a
    driver's licence. `unknown`: the records don't have it. For a degree: `usual` or `look_again` by the occupation's
    job zone, `low` for school without college, `cannot_tell` without a zone.
    """

    kind: Literal["degree", "credential"]
    degree: str | None = None
    words: str
    start: int
    end: int
    wanted: Wanted
    instead: bool
    ground: Literal["law", "custom", "driving", "unknown", "usual", "look_again", "low", "cannot_tell"]
    means: tuple[Named, ...] = ()


class Job(Record):
    """An occupation that the title of a posting can mean."""

    id: str
    title: str
    job_zone: int | None


class Skill(Record):
    """Software that the posting names, and certifications whose names speak of it."""

    technology: str
    certifications: tuple[Named, ...]


class Posting(Record):
    """What was read in one posting. `licenses` are on the state's list under the occupation, and not named here."""

    characters: int
    cut: bool
    title: str | None
    jobs: tuple[Job, ...]
    demands: tuple[Demand, ...]
    licenses: tuple[Named, ...]
    skills: tuple[Skill, ...]
    short_programs: int | None
    sources: tuple[SourceRef, ...]


class PostingReader:
    """Reads postings against one snapshot. Each index is made once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._credentials = CredentialIndex(snapshot)
        self._jobs = JobIndex(snapshot)
        self._skills = SkillIndex(self._credentials.entries)

    def read(self, text: str, title: str | None = None) -> Posting:
        """Read a posting; a longer one is cut, and said to be. Without `title` the first lines are tried."""
        shown = text[:MOST_CHARACTERS]
        name, occupations = self._jobs.of(shown, title)
        demands = [each for sentence in sentences(shown) for each in self._demands(sentence, occupations)]
        named = {each.id for demand in demands for each in demand.means}
        skills = [
            Skill(technology=t, certifications=_named(self._skills.showing(t)))
            for t in named_technologies(shown, occupations)
        ]
        licenses = [entry for entry in self._licenses(occupations) if entry.id not in named]
        return Posting(
            characters=len(text),
            cut=len(text) > len(shown),
            title=name,
            jobs=tuple(Job(id=o.id, title=o.title, job_zone=o.job_zone) for o in occupations),
            demands=tuple(_once(demands))[:MOST_DEMANDS],
            licenses=_named(licenses),
            skills=tuple(skill for skill in skills if skill.certifications),
            short_programs=self._short_programs(occupations),
            sources=self._sources(occupations, named | {entry.id for entry in licenses}),
        )

    def _demands(self, sentence: Sentence, occupations: Sequence[Occupation]) -> Iterator[Demand]:
        if sentence.refused:
            return
        for found in degrees_in(sentence.text):
            ground = _degree_ground(found.degree, occupations)
            yield _demand(sentence, found.start, found.end, kind="degree", ground=ground, degree=found.degree)
        hits = sorted(self._credentials.find(sentence))
        for hit in hits:
            start, end = sentence.words[hit.first].start, sentence.words[hit.last - 1].end
            yield _demand(sentence, start, end, kind="credential", ground=_ground(hit), means=_named(hit.entries))
        taken = {at for hit in hits for at in range(hit.first, hit.last)}
        # `licensed` beside a known name belongs to that name.
        near = {at for hit in hits for at in range(hit.first - 2, hit.last + 2)}
        for first, last in unknown_names(sentence, taken | near):
            start, end = sentence.words[first].start, sentence.words[last - 1].end
            yield _demand(sentence, start, end, kind="credential", ground="unknown")

    def _licenses(self, occupations: Sequence[Occupation]) -> list[Entry]:
        """Return the current licences that the state's list has under the occupations' codes, old codes too."""
        socs = [occupation.soc for occupation in occupations]
        rows = self._snapshot.query(
            "SELECT DISTINCT c.id FROM credentials c, unnest(c.soc) AS s(code) LEFT JOIN code_maps m "
            "ON m.from_system = 'soc2010' AND m.to_system = 'soc2018' AND m.from_code = s.code "
            "WHERE c.kind = 'license' AND NOT coalesce(c.retired, false) "
            "AND (list_contains(?, s.code) OR list_contains(?, m.to_code))",
            [socs, socs],
        )
        wanted = {key for (key,) in rows}
        return [entry for entry in self._credentials.entries if entry.id in wanted]

    def _short_programs(self, occupations: Sequence[Occupation]) -> int | None:
        if not occupations:
            return None
        rows = self._snapshot.query(
            "SELECT count(*) FROM programs WHERE list_has_any(soc, ?) AND list_contains(?, credential_kind)",
            [[occupation.soc for occupation in occupations], list(SHORT)],
        )
        return int(rows[0][0])

    def _sources(self, occupations: Sequence[Occupation], credentials: set[str]) -> tuple[SourceRef, ...]:
        refs = SourceRefs(self._snapshot)
        origins = [occupation.provenance for occupation in occupations]
        origins += [each.provenance for each in self._snapshot.get(Credential, sorted(credentials)).values()]
        return tuple({ref.publisher: ref for ref in map(refs.source, origins)}.values())


def _demand(sentence: Sentence, start: int, end: int, *, degree: Degree | None = None, **more: object) -> Demand:
    said = sentence.text[start:end]
    if said.count("(") > said.count(")") and sentence.text[end : end + 1] == ")":
        end += 1  # `Specialist (MOS` takes its closing bracket along.
    return Demand.model_validate(
        {
            "words": " ".join(sentence.text[start:end].split()),
            "start": sentence.start + start,
            "end": sentence.start + end,
            "wanted": sentence.wanted_at(start),
            "instead": sentence.instead,
            "degree": None if degree is None else degree.name.lower(),
            **more,
        }
    )


def _degree_ground(degree: Degree, occupations: Sequence[Occupation]) -> str:
    if degree is Degree.HIGH_SCHOOL:
        return "low"
    zones = [occupation.job_zone for occupation in occupations if occupation.job_zone is not None]
    if not zones:
        return "cannot_tell"
    # Of several occupations the one that asks most counts: no degree is called needless too soon.
    highest = max(zones)
    usual = highest >= DEGREE_ZONE or (degree is Degree.ASSOCIATE and highest == DEGREE_ZONE - 1)
    return "usual" if usual else "look_again"


def _ground(hit: Hit) -> str:
    if hit.driving:
        return "driving"
    return "law" if hit.entries[0].is_license else "custom"


def _named(entries: Sequence[Entry]) -> tuple[Named, ...]:
    return tuple(Named(id=e.id, name=e.name, kind=e.kind, retired=e.retired) for e in entries[:MOST_MEANT])


def _once(demands: Sequence[Demand]) -> list[Demand]:
    """Keep each demand once, where it is wanted most."""
    order = (Wanted.REQUIRED, Wanted.PREFERRED, Wanted.NOT_SAID)
    best: dict[tuple[object, ...], Demand] = {}
    for demand in demands:
        key = (demand.degree, tuple(each.id for each in demand.means) or demand.words.lower())
        if key not in best or order.index(demand.wanted) < order.index(best[key].wanted):
            best[key] = demand
    return sorted(best.values(), key=lambda demand: demand.start)
