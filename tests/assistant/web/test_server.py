"""The app over the small files in the publishers' layouts, without a browser."""

from __future__ import annotations

import re
from html import escape

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer, Filter, Question
from assistant.checked import Checked
from assistant.web.about import about_html
from assistant.web.cards import program_cards
from assistant.web.server import build_app
from assistant.web.suggestions import suggestions
from catalog.errors import NavigatorError
from prompts import LANGUAGES, Texts

# Gradio leaves event loops of its own unclosed.
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
QUESTION = "phlebotomy near Newark under $2,000"


@pytest.fixture(scope="module")
def client(assistant):
    return TestClient(build_app(assistant), raise_server_exceptions=False)


def test_it_says_that_it_is_well_and_ready(client, assistant):
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json() == {"status": "ready", "snapshot": assistant.snapshot.content_hash[:16]}


def test_it_is_not_ready_when_the_index_can_t_be_searched(client, assistant, monkeypatch):
    def broken(*_args, **_more):
        raise NavigatorError("the index is gone")

    monkeypatch.setattr(assistant.searcher, "search", broken)
    assert client.get("/ready").status_code == 503
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize("path", ["", "check", "meaning", "about"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_its_address(client, language, path):
    answer = client.get(f"/{language}/{path}")
    assert answer.status_code == 200
    assert f'lang="{language}"' in answer.text


@pytest.mark.parametrize(
    ("accepted", "opened"), [("es-MX,es;q=0.9", "/es/"), ("fr, en;q=0.5", "/en/"), ("", "/en/"), ("xx", "/en/")]
)
def test_the_root_opens_the_reader_s_language(client, accepted, opened):
    answer = client.get("/", headers={"accept-language": accepted}, follow_redirects=False)
    assert answer.headers["location"] == opened


def test_the_api_gives_the_answer_of_the_assistant(client, assistant):
    answer = Answer.model_validate(client.post("/api/v1/ask", json={"text": QUESTION}).json())
    expected = assistant.ask(Question(text=QUESTION))
    assert answer.model_copy(update={"timings_ms": {}}) == expected.model_copy(update={"timings_ms": {}})


@pytest.mark.parametrize(
    "body",
    [
        {"text": "  "},
        {},
        {"text": "a", "persona": "king"},
        {"text": "x" * 20_001},
        {"text": "a", "history": ["b"] * 41},
    ],
)
def test_a_question_that_is_none_is_refused_with_a_reason(client, body):
    answer = client.post("/api/v1/ask", json=body)
    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_the_api_checks_a_school(client):
    known = client.post("/api/v1/check", json={"name": "Academy"}, params={"language": "es"})
    assert Checked.model_validate(known.json()).snapshot
    assert client.post("/api/v1/check", json={"city": "Newark"}).status_code == 422
    assert client.post("/api/v1/check", json={"name": "x", "state": "Atlantis"}).status_code == 422


def test_the_schema_documents_both(client):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/ask", "/api/v1/check", "/health", "/ready"} <= set(paths)


def test_a_failure_gives_a_number_and_not_the_cause(client, assistant, monkeypatch):
    def broken(_question):
        raise NavigatorError("secret path of the operator")

    monkeypatch.setattr(assistant, "ask", broken)
    answer = client.post("/api/v1/ask", json={"text": "x"})
    assert answer.status_code == 500
    assert "secret" not in answer.text
    assert re.search(r"\([0-9a-f]{8}\)", answer.json()["detail"])


def test_a_receipt_is_a_page_and_an_unknown_one_is_said_to_be(client, assistant):
    key = assistant.snapshot.ids("findings")[0]
    page = client.get(f"/es/receipt/{key}")
    assert page.status_code == 200
    assert key in page.text
    assert "<script" not in page.text
    unknown = client.get("/en/receipt/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert unknown.status_code == 404
    assert "<script" not in unknown.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_show_every_program_with_its_finding_and_source(assistant, language):
    answer = assistant.ask(Question(text=QUESTION, language=language))
    html = program_cards(answer, Texts(language))
    assert html.count("<details") == len(answer.programs) > 0
    for card in answer.programs:
        assert all(finding.id in html for finding in card.findings)
        assert f"[{card.citation}]" in html


def test_an_answer_without_programs_has_no_cards(assistant):
    assert program_cards(assistant.ask(Question(text="what is EQOS?")), Texts("en")) == ""


def test_a_hostile_name_stays_text_on_a_card(assistant):
    answer = assistant.ask(Question(text=QUESTION))
    bad = answer.programs[0].model_copy(update={"name": "<img src=x>", "provider": "**b** <script>", "url": "data:x"})
    html = program_cards(answer.model_copy(update={"programs": (bad,)}), Texts("en"))
    assert "<img" not in html
    assert "<script" not in html
    assert "data:x" not in html


def test_a_limit_that_is_given_up_is_no_more_in_force(assistant):
    asked = Question(text=QUESTION, language="en")
    filters = assistant.ask(asked).query.filters
    assert {"max_cost_usd", "near"} <= {each.name for each in filters}
    price = next(each for each in filters if each.name == "max_cost_usd")
    again = assistant.ask(asked.model_copy(update={"without": (price,)}))
    assert [each.name for each in again.query.filters] == [e.name for e in filters if e.name != "max_cost_usd"]
    later = asked.model_copy(update={"text": "under $900", "history": (QUESTION,), "without": (price,)})
    assert 900 in [each.value for each in assistant.ask(later).query.filters]


def test_an_unknown_limit_given_up_changes_nothing(assistant):
    asked = Question(text=QUESTION, language="en")
    given_up = Filter(name="childcare", value=True, words="childcare")
    assert assistant.ask(asked.model_copy(update={"without": (given_up,)})).query == assistant.ask(asked).query


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_suggested_is_understood(assistant, language):
    text = {"en": "phlebotomy programs", "es": "cursos de flebotomía"}[language]
    first = assistant.ask(Question(text=text, language=language))
    offered = suggestions(first.model_copy(update={"programs": first.programs * 2}), Texts(language))
    asked = [Question(text=each, language=language, history=(text,)) for each in offered]
    assert [assistant.ask(each).intent.value for each in asked] == ["compare", "count", "check_provider"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rulebook_has_every_rule_and_every_source(assistant, language):
    html = about_html(assistant.snapshot, Texts(language))
    rules = assistant.snapshot.ids("rules")
    assert html.count("<details") == len(rules) > 0
    assert all(escape(source.publisher) in html for source in assistant.snapshot.manifest.sources)
