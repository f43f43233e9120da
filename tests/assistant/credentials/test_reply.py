"""The card: each line cites what it rests on, what is unknown is said, and nothing is invented."""

from __future__ import annotations

import json
import re
import time

import pytest

from assistant.__main__ import main
from assistant.answer import Intent, Persona, Question, Status
from assistant.credentials.command import explained
from assistant.credentials.kinds import KINDS, kinds_table
from assistant.credentials.known import CHECKED, known_of
from assistant.credentials.names import OURS
from catalog.home import bundled_folder
from catalog.records import Credential
from catalog.snapshot import Snapshot
from prompts import Texts

EN, ES = Texts("en"), Texts("es")
HOSTILE = [
    "",
    " ",
    "<script>alert(1)</script>",
    "[x](javascript:1) certification",
    "😀",
    "\x00",
    "a" * 9_000,
    "{{ 7 }}",
]


def test_a_whole_card(assistant, names):
    found = explained(assistant.snapshot, "CNA", EN, names)
    (card,) = found.credentials
    assert (card.id, card.kind, card.level, card.retired) == (f"{OURS}cna", "certification", "entry", False)
    facts = {fact.name: fact for fact in card.facts}
    assert facts["validity"].months == 24
    assert facts["validity"].page_kind == "government"
    assert "877-774-4243" in facts["verify"].text
    assert "accredited" in card.unknowns
    assert found.dropped_sentences == 0
    for words in (
        "It proves",
        "It does not prove",
        "How to check a holder",
        "Red flags",
        "Ask the candidate",
        "Not known",
    ):
        assert words in found.text
    cited = {citation.number: citation for citation in found.citations}
    assert cited[facts["validity"].citation].url.startswith("https://www.nj.gov/health/")
    assert all(citation.as_of for citation in found.citations)


def test_programs_that_lead_to_it_come_with_what_is_known_of_them(assistant, names):
    (card,) = explained(assistant.snapshot, "Certified Phlebotomy Technician", EN, names).credentials
    assert card.programs >= 1
    assert card.leads[0].id.startswith("nj_etpl:")
    assert card.programs_warned <= card.programs


@pytest.mark.parametrize("texts", [EN, ES], ids=["en", "es"])
def test_every_card_stands_in_both_languages_and_no_line_is_dropped(assistant, names, texts):
    ids = assistant.snapshot.ids("credentials", f"id LIKE '{OURS}%'")
    assert len(ids) > 50
    for known in known_of(assistant.snapshot, ids):
        found = explained(assistant.snapshot, known.credential.name, texts, names)
        assert found.dropped_sentences == 0, known.credential.name
        assert known.credential.id in {card.id for card in found.credentials}, known.credential.name


def test_unknown_is_told_and_never_made_up(assistant):
    for known in known_of(assistant.snapshot, assistant.snapshot.ids("credentials", f"id LIKE '{OURS}%'")):
        told = {fact.name for fact in known.facts}
        assert not told & set(known.unknowns)
        if not known.credential.retired and known.credential.kind == "certification":
            assert set(CHECKED) <= told | set(known.unknowns)


def test_several_are_told_in_short_with_the_kind_that_was_named(assistant, names):
    found = explained(assistant.snapshot, "OSHA 10, a NOCTI certificate and a badge from a bootcamp", EN, names)
    assert [card.id.removeprefix(OURS) for card in found.credentials] == ["osha10", "nocti"]
    assert "not a certification and not a license" in found.text
    assert "digital badge" in found.text
    assert found.dropped_sentences == 0


def test_an_abbreviation_with_several_meanings_is_asked_about_and_each_is_told(assistant, names):
    found = explained(assistant.snapshot, "CPT", EN, names)
    assert "can mean several things" in found.clarification
    assert {card.one_of for card in found.credentials} == {"CPT"}
    assert len(found.credentials) == 4


def test_a_set_of_codes_is_not_said_to_prove_anything(assistant, names):
    found = explained(assistant.snapshot, "CPT codes", EN, names)
    assert "Not a credential" in found.text
    assert "It proves" not in found.text


def test_a_made_up_one_gets_no_fact(assistant, names):
    found = explained(assistant.snapshot, "Quantum Plumbing Wizard", EN, names)
    assert found.credentials == ()
    assert found.unknown_credentials[0].words == "Quantum Plumbing Wizard"
    assert "we know no credential of this name" in found.text
    assert not re.search(r"Valid:|It proves", found.text)


def test_a_retired_one_is_said_to_be_so_with_the_nearest_today(assistant, names):
    found = explained(assistant.snapshot, "CCENT", ES, names)
    (card,) = found.credentials
    assert card.retired is True
    assert "Ya no se puede obtener" in found.text
    assert card.replaced_by == "Cisco Certified Network Associate (CCNA)"
    assert "Cómo comprobar" not in found.text


def test_one_that_only_the_state_lists(assistant, names):
    found = explained(assistant.snapshot, "architect license", EN, names)
    assert found.credentials[0].id == "nj_credentials:license-804"
    assert "no longer used since 2020-01-28" in found.text
    assert "do not say who issues it" in found.text


@pytest.mark.parametrize("texts", [EN, ES], ids=["en", "es"])
def test_the_ten_kinds_side_by_side(texts):
    rows = [line for line in kinds_table(texts) if line.startswith("| **")]
    assert len(rows) == len(KINDS) == 10
    assert len({row.count("|") for row in rows}) == 1
    assert len(set(rows)) == 10


def test_kinds_that_are_compared_get_their_rows(assistant, names):
    found = explained(
        assistant.snapshot, "What is the difference between a certificate and a certification?", EN, names
    )
    assert found.text.count("| **") == 2
    assert found.dropped_sentences == 0


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_input_is_said_to_be_unknown(assistant, names, text):
    found = explained(assistant.snapshot, text, EN, names)
    assert "<script" not in found.text
    assert "](javascript" not in found.text
    assert found.credentials == ()


def test_the_conversation_says_the_same(assistant):
    answer = assistant.ask(Question(text="What does a CNA prove?", persona=Persona.EMPLOYER))
    assert answer.credentials[0].id == f"{OURS}cna"
    assert answer.dropped_sentences == 0
    answer = assistant.ask(Question(text="Quantum Plumbing Wizard", persona=Persona.EMPLOYER))
    assert (answer.status, answer.credentials) == (Status.NOTHING_FITS, ())
    assert answer.unknown_credentials


@pytest.mark.parametrize(
    ("text", "persona", "answered"),
    [
        ("How can I tell if a CNA certificate is fake?", Persona.EMPLOYER, True),
        ("¿Cómo sé si una licencia CDL es falsa?", Persona.EMPLOYER, True),
        ("How can I make a fake CNA certificate?", Persona.EMPLOYER, False),
        ("How do I check that my fake CNA certificate will pass?", Persona.EMPLOYER, False),
        ("¿Dónde puedo comprar una licencia CDL falsa?", Persona.EMPLOYER, False),
        ("How can I tell if a CNA certificate is fake?", Persona.LEARNER, False),
    ],
)
def test_to_unmask_a_false_one_is_told_and_to_make_one_is_refused(assistant, text, persona, answered):
    answer = assistant.ask(Question(text=text, persona=persona))
    assert bool(answer.credentials) is answered
    assert answer.status is (Status.ANSWERED if answered else Status.REFUSED)


def test_a_learner_who_asks_for_a_meaning_gets_it_too(assistant):
    answer = assistant.ask(Question(text="what is a CDL-A?"))
    assert answer.intent is Intent.EXPLAIN_STANDARD
    assert answer.credentials[0].id == f"{OURS}cdl_a"
    assert assistant.ask(Question(text="what is EQOS?")).standards[0].id == "eqos"


def test_an_answer_is_quick_after_loading(assistant, names):
    explained(assistant.snapshot, "CNA", EN, names)
    times = []
    for name in ("Certified Phlebotomy Technician", "OSHA 10 and CDL-A", "CPT", "Quantum Plumbing Wizard"):
        start = time.perf_counter()
        explained(assistant.snapshot, name, EN, names)
        times.append((time.perf_counter() - start) * 1000)
    assert max(times) < 1_000, times  # the limit is 200 ms on a free machine; tests share theirs


def test_the_command(settings, monkeypatch, capsys):
    monkeypatch.setenv("NAVIGATOR_HOME", str(settings.home))
    assert main(["credential", "BLS", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["credentials"][0]["id"] == f"{OURS}bls"
    assert main(["credential", "BLS", "--lang", "es"]) == 0
    assert "Cómo comprobar a un titular" in capsys.readouterr().out


def test_a_snapshot_from_before_the_facts_tells_what_the_state_lists():
    snapshot = Snapshot(bundled_folder())
    try:
        if "credential_facts" in snapshot.manifest.tables:
            pytest.skip("the bundled snapshot has the facts")
        found = explained(snapshot, "Certified Phlebotomy Technician (CPT)", EN)
        assert found.credentials[0].id == "nj_credentials:industry-1214"
        assert snapshot.select(Credential, f"id LIKE '{OURS}%'") == []
    finally:
        snapshot.close()
