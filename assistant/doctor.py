"""What is set up: the snapshot, the chat model, whether its endpoint answers, and what an answer costs in tokens."""

from __future__ import annotations

import time
from collections.abc import Iterator
from urllib.parse import urlsplit

from assistant.answer import Answer, Question
from assistant.assistant import Assistant
from assistant.failures import ModelError
from assistant.model import ChatModel, Usage, chat_model
from assistant.opening import open_assistant
from catalog.records import Record
from catalog.settings import Settings
from prompts import Texts

TRIAL_TOKENS = 20
TRIAL = (("system", "Answer with one word."), ("user", "Say: ready"))
PER = 1_000_000
OWN = "api.openai.com"


class Health(Record):
    """What was found. `failure` says what is wrong with the chat model's endpoint, and what to do."""

    snapshot: str
    model: str | None = None
    endpoint: str | None = None
    has_key: bool = False
    first_text_ms: float | None = None
    failure: str | None = None
    writer: str | None = None
    dropped_sentences: int | None = None
    tokens_in: int | None = None
    tokens_out: int | None = None
    usd_per_answer: float | None = None

    def lines(self, texts: Texts) -> Iterator[str]:
        """Yield it in words."""
        yield texts("doctor.snapshot", snapshot=self.snapshot)
        if self.model is None:
            yield texts("doctor.embedded")
            return
        key = texts("doctor.key" if self.has_key else "doctor.no_key")
        yield texts("doctor.model", model=self.model, endpoint=self.endpoint, with_key=key)
        if self.failure is not None:
            yield texts("doctor.failure", failure=self.failure)
            return
        yield texts("doctor.reached", ms=self.first_text_ms)
        yield texts("doctor.answer", writer=self.writer, dropped=self.dropped_sentences)
        if self.tokens_in is not None and self.tokens_out is not None:
            yield texts("doctor.tokens", tokens_in=self.tokens_in, tokens_out=self.tokens_out)
        if self.usd_per_answer is not None:
            yield texts("doctor.cost", usd=f"{self.usd_per_answer:.4f}")


def examined(settings: Settings, texts: Texts) -> Health:
    """Return what is set up; asks the endpoint once, and answers one question with it. Raises SettingsError."""
    model = chat_model(settings)
    assistant = open_assistant(settings)
    found = Health(snapshot=assistant.snapshot.content_hash[:16])
    if model is None:
        return found
    endpoint = _endpoint(settings)
    found = found.model_copy(
        update={"model": model.name, "endpoint": endpoint, "has_key": settings.openai_api_key is not None}
    )
    try:
        found = found.model_copy(update={"first_text_ms": _first_text_ms(model)})
    except ModelError as error:
        return found.model_copy(update={"failure": str(error)})
    finally:
        model.close()
    return found.model_copy(update=_trial(assistant, settings, texts))


def _first_text_ms(model: ChatModel) -> float:
    # Loading the libraries is not the endpoint's time.
    model.warm()
    begun = time.perf_counter()
    for _ in model.stream(TRIAL, TRIAL_TOKENS, Usage()):
        break
    return round((time.perf_counter() - begun) * 1000, 1)


def _trial(assistant: Assistant, settings: Settings, texts: Texts) -> dict[str, object]:
    answer = assistant.ask(Question(text=texts("page.example_1")))
    return {
        "writer": answer.writer,
        "dropped_sentences": answer.dropped_sentences,
        "tokens_in": answer.tokens_in,
        "tokens_out": answer.tokens_out,
        "usd_per_answer": _usd(answer, settings),
    }


def _usd(answer: Answer, settings: Settings) -> float | None:
    price_in, price_out = settings.model_usd_per_million_in, settings.model_usd_per_million_out
    if None in (price_in, price_out, answer.tokens_in, answer.tokens_out):
        return None
    return ((answer.tokens_in or 0) * (price_in or 0) + (answer.tokens_out or 0) * (price_out or 0)) / PER


def _endpoint(settings: Settings) -> str:
    """Return the host of the endpoint; a name, a password or a key in its address is not shown."""
    parts = urlsplit(settings.openai_base_url or f"https://{OWN}")
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
