"""The HTTP interface: the same questions and checks as on the pages, with a documented schema."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from pydantic import AfterValidator

from assistant.answer import Answer, Language, Question
from assistant.assistant import Assistant
from assistant.checked import Checked, Inquiry
from catalog.errors import NavigatorError
from catalog.records import Record
from prompts import Texts

MOST_TURNS = 40
MAX_TEXT_CHARACTERS = 20_000


class Health(Record):
    """That the process answers."""

    status: str = "ok"


class Ready(Record):
    """That questions can be answered, and from which snapshot."""

    status: str
    snapshot: str


def _bounded(question: Question) -> Question:
    if not question.text.strip():
        raise ValueError("text is empty; send a question")
    if len(question.history) > MOST_TURNS:
        raise ValueError(f"history has {len(question.history)} turns; send at most {MOST_TURNS}")
    if max(map(len, (question.text, *question.history))) > MAX_TEXT_CHARACTERS:
        raise ValueError(f"a text is longer than {MAX_TEXT_CHARACTERS} characters; shorten it")
    return question


def _whom(inquiry: Inquiry) -> Inquiry:
    given = (inquiry.name, inquiry.opeid, inquiry.unitid, inquiry.nj_providerid, inquiry.program)
    if not any(each and each.strip() for each in given):
        raise ValueError("nobody is named; give a name, a register number or a program")
    return inquiry


Asked = Annotated[Question, AfterValidator(_bounded)]
Inquired = Annotated[Inquiry, AfterValidator(_whom)]
Spoken = Annotated[Language, Query(description="language of the texts")]


def routes(assistant: Assistant) -> APIRouter:
    """Return the routes over an assistant."""
    router = APIRouter()

    @router.get("/health")
    def health() -> Health:
        """Say that the process answers; it looks at nothing else."""
        return Health()

    @router.get("/ready", responses={503: {"description": "questions can't be answered now"}})
    def ready() -> Ready:
        """Look into the snapshot and the index, as a question does."""
        try:
            assistant.snapshot.query("SELECT 1 FROM rules LIMIT 1")
            assistant.searcher.search("nurse aide", limit=1)
        except NavigatorError as error:
            raise HTTPException(503, "not ready") from error
        return Ready(status="ready", snapshot=assistant.snapshot.content_hash[:16])

    @router.post("/api/v1/ask")
    def ask(question: Asked) -> Answer:
        """Answer a question; the language is that of the question unless one is given."""
        return assistant.ask(question)

    @router.post("/api/v1/check")
    def check(inquiry: Inquired, language: Spoken = "en") -> Checked:
        """Say what the records know of a school, or which schools may be meant."""
        return assistant.checker.check(inquiry, Texts(language))

    return router
