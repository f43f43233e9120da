"""Job postings: what is asked for and on what ground, what is left alone, and hostile text."""

from __future__ import annotations

import io
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.__main__ import main
from assistant.markup import escaped
from assistant.postings.lines import lines_of
from assistant.postings.posting import MOST_CHARACTERS, PostingReader
from assistant.postings.words import tokens
from catalog.home import bundled_folder
from catalog.snapshot import Snapshot
from prompts import LANGUAGES, Texts


@pytest.fixture(scope="module")
def reader():
    snapshot = Snapshot(bundled_folder())
    yield PostingReader(snapshot)
    snapshot.close()


@pytest.fixture(scope="module")
def grounds(reader):
    """Name what is found in a text: words and ground."""
    return lambda text, **options: [(d.words, d.ground) for d in reader.read(text, **options).demands]


@pytest.mark.parametrize(
    ("text", "words", "ground", "name"),
    [
        ("Must have a valid CNA certification.", "CNA", "law", "NURSE AIDE"),
        ("certified nursing assistant, nights", "certified nursing assistant", "law", "NURSE AIDE"),
        ("NJ RN license required", "RN", "law", "REGISTERED PROFESSIONAL NURSE (RN)"),
        ("Licensed plumber wanted.", "plumber", "law", "PLUMBER"),
        ("Class A CDL and two years on the road", "Class A CDL", "law", "TRUCK DRIVER"),
        ("A commercial driver's license is needed", "commercial driver's license", "law", "TRUCK DRIVER"),
        ("SORA card", "SORA card", "law", "SECURITY OFFICER"),
        ("Black Seal license", "Black Seal license", "law", "BOILER OPERATOR - BLACK SEAL"),
        ("CPA preferred", "CPA", "law", "ACCOUNTANT (CPA)"),
        ("PMP certification a plus", "PMP", "custom", "Project Management Professional (PMP)®"),
        ("CompTIA A+ and Network+", "CompTIA A+", "custom", "CompTIA A+"),
        ("Network+ is a plus", "Network+", "custom", "CompTIA Network+ (Net+)"),
        ("ServSafe certification", "ServSafe certification", "custom", "SERVSAFE Serving Safe Food Certification"),
        ("EPA 608 needed", "EPA 608", "custom", "Section 608 Refrigerant Transition & Recovery Certification"),
        ("Current CPR card", "CPR card", "custom", "First Aid/CPR Card"),
        ("Valid driver's license", "driver's license", "driving", None),
        ("Licencia de conducir vigente", "Licencia de conducir", "driving", None),
        ("Forklift certification", "Forklift certification", "unknown", None),
        ("Certified welding wizard", "Certified welding wizard", "unknown", None),
    ],
)
def test_a_credential_is_found_with_its_ground(reader, text, words, ground, name):
    found = {demand.words: demand for demand in reader.read(text).demands}
    demand = next((each for said, each in found.items() if words in said), None)
    assert demand is not None, found
    assert demand.ground == ground
    assert name is None or name.rstrip("®") in {each.name.rstrip("®") for each in demand.means}
    assert text[demand.start : demand.end] == demand.words


@pytest.mark.parametrize(
    "text",
    [
        "Plumber's helper, no experience needed.",
        "You will assist the teacher and greet the groom.",
        "We are a licensed and insured company.",
        "No degree required.",
        "A degree is not required. Certification not required.",
        "No se requiere título universitario.",
        "Rn down the hall and say hello.",
        "Send your CV to SAN ANTONIO, attn. HR, etc., ETC.",
        "We use SAP and JAVA on AIX at GS and HP.",
        "Bring an A+ attitude!",
        "You must excel at teamwork and access our project.",
        "Security officer for the night shift",
        "Our chef will plate; our barber will cut.",
        "Scrum master of the pizza oven",
        "Great benefits: 401(k), PTO, EOE.",
        "Our associates are friendly; an associate will call you.",
        "He mastered the bachelor party.",
        "",
        "\n\n...;;;!!!\n",
    ],
)
def test_what_is_no_demand_is_left_alone(grounds, text):
    assert grounds(text) == []


@pytest.mark.parametrize(
    ("text", "degree", "wanted", "instead"),
    [
        ("Bachelor's degree required", "bachelor", "required", False),
        ("BS in Biology or equivalent experience", "bachelor", "not_said", True),
        ("B.A. preferred", "bachelor", "preferred", False),
        ("A four-year degree is a must", "bachelor", "required", False),
        ("College degree", "bachelor", "not_said", False),
        ("Associate’s degree, nice to have", "associate", "preferred", False),
        ("Two-year degree desired", "associate", "preferred", False),
        ("Master's in Social Work required", "master", "required", False),
        ("MBA a plus", "master", "preferred", False),
        ("PhD preferred", "doctorate", "preferred", False),
        ("High school diploma or GED needed", "high_school", "required", False),
        ("Se requiere título universitario", "bachelor", "required", False),
        ("Licenciatura deseable o experiencia equivalente", "bachelor", "preferred", True),
        ("Maestría deseable", "master", "preferred", False),
        ("Requirements:\n- Bachelor's degree\n- Patience", "bachelor", "required", False),
        ("Preferred\n- Bachelor's degree\n", "bachelor", "preferred", False),
        ("Requirements:\n- Patience\n\nAbout us:\nMany of us have a bachelor's degree", "bachelor", "not_said", False),
    ],
)
def test_a_degree_is_found_with_how_much_it_is_wanted(reader, text, degree, wanted, instead):
    (demand,) = reader.read(text).demands
    assert (demand.degree, demand.wanted, demand.instead) == (degree, wanted, instead)


@pytest.mark.parametrize(
    ("title", "degree", "ground"),
    [
        ("Receptionist", "Bachelor's degree", "look_again"),
        ("Administrative Assistant", "Bachelor's degree", "look_again"),
        ("Nursing Assistants", "Associate's degree", "usual"),
        ("Cashier", "Associate degree", "look_again"),
        ("Software Developer", "Bachelor's degree", "usual"),
        ("Cashier", "High school diploma", "low"),
        ("Chief Vibes Wrangler", "Bachelor's degree", "cannot_tell"),
    ],
)
def test_a_degree_is_laid_beside_the_occupation(reader, title, degree, ground):
    (demand,) = reader.read(f"{title}\n{degree} required").demands
    assert demand.ground == ground


@pytest.mark.parametrize(
    ("text", "job"),
    [
        ("Job Title: Phlebotomist\nNight shift", "Phlebotomists"),
        ("Acme Inc.\nPosition: Phlebotomist - Newark", "Phlebotomists"),
        ("Certified Nursing Assistant (CNA) - Nights", "Nursing Assistants"),
        ("Se busca: Phlebotomist", "Phlebotomists"),
        ("We are hiring Software Developers | remote", "Software Developers"),
    ],
)
def test_the_title_is_found(reader, text, job):
    assert [each.title for each in reader.read(text).jobs] == [job]


def test_a_title_can_be_given(reader):
    posting = reader.read("Come and join us!", title="Electrician")
    assert [job.title for job in posting.jobs] == ["Electricians"]
    assert reader.read("Come and join us!").jobs == ()


def test_shorter_credentials_show_the_same_software(reader):
    posting = reader.read("Administrative Assistant\nBachelor's degree; MS Word, Excel and QuickBooks")
    shown = {skill.technology: [each.name for each in skill.certifications] for skill in posting.skills}
    assert "Microsoft Excel Certification" in shown["Microsoft Excel"]
    assert "QuickBooks Certification" in shown["Intuit QuickBooks"]
    assert not any("2003" in name or "XP" in name for names in shown.values() for name in names)
    assert posting.short_programs


def test_a_license_behind_the_job_may_ask_for_the_degree(reader):
    posting = reader.read("Nursing Assistant\nNJ CNA license. Bachelor's degree required.")
    text = "\n".join(lines_of(posting, Texts("en")))
    assert "may ask for the degree" in text


def test_an_abbreviation_with_two_meanings_names_both(reader):
    (demand,) = reader.read("CPT is a plus").demands
    assert len(demand.means) > 1
    assert "Say which one you want" in "\n".join(lines_of(reader.read("CPT is a plus"), Texts("en")))


def test_a_demand_is_listed_once_where_it_is_wanted_most(reader):
    (demand,) = reader.read("PMP a plus.\nPMP required.\nPMP").demands
    assert demand.wanted == "required"


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_stays_text(reader, language):
    evil = (
        "<script>alert(1)</script> [a](javascript:alert(1)) **Forklift** certification\n![x](http://e.example/) license"
    )
    posting = reader.read(evil, title="<img src=x> Phlebotomist")
    lines = lines_of(posting, Texts(language), escaped)
    html = MarkdownIt("js-default").render("\n".join(lines))
    # Our own links to the sources are the only ones.
    assert html.count("<a ") == len(posting.sources)
    for tag in ("<script", "<img", "<strong"):
        assert tag not in html
    assert "\x1b" not in "\n".join(lines_of(reader.read("\x1b[31m Forklift certification"), Texts(language)))


def test_a_long_posting_is_cut_and_said_to_be(reader):
    start = time.monotonic()
    posting = reader.read("CNA certification, bachelor's degree, licensed plumber; " * 3_000)
    assert posting.cut
    assert len(posting.demands) == 3
    assert time.monotonic() - start < 20
    assert f"{MOST_CHARACTERS:,}" in "\n".join(lines_of(posting, Texts("en")))


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_places_are_those_of_the_text(reader, text):
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
    for demand in reader.read(text).demands:
        assert " ".join(text[demand.start : demand.end].split()) == demand.words


def test_the_command_prints_a_reading(tmp_path, monkeypatch, capsys):
    path = tmp_path / "posting.txt"
    path.write_text("Receptionist\nBachelor's degree required")
    assert main(["posting", str(path)]) == 0
    assert "more than is usual" in capsys.readouterr().out
    assert main(["posting", str(path), "--lang", "es"]) == 0
    assert "más de lo usual" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO("CNA license"))
    assert main(["posting", "-", "--json", "--title", "Nursing Assistant"]) == 0
    assert json.loads(capsys.readouterr().out)["demands"][0]["ground"] == "law"
    assert main(["posting", str(tmp_path / "none.txt")]) == 1
