"""A chat model behind any OpenAI-compatible endpoint, through LangChain.

Nothing is imported, connected or sent before the first call. An error says what happened in words of ours: the
endpoint's own words can hold the key or the question, and are never shown or logged.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel

from assistant.failures import ModelError, caught, failure_of
from catalog.errors import SettingsError
from catalog.settings import Settings

if TYPE_CHECKING:
    from langchain_openai import ChatOpenAI

LOG = logging.getLogger(__name__)
ATTEMPTS = 3
FIRST_WAIT_SECONDS = 0.5
MOST_CONNECTIONS = 256
MOST_CHARACTERS_PER_TOKEN = 12
NO_KEY = "none"
"""What a local server without keys is given."""
DONE = ("stop", "length", "content_filter")
Message = tuple[str, str]
"""A role (`system`, `user`) and a text."""
Form = TypeVar("Form", bound=BaseModel)


@dataclass
class Usage:
    """Tokens of one or more calls, as the endpoint counts them; None where it does not say."""

    tokens_in: int | None = None
    tokens_out: int | None = None
    calls: int = 0

    def add(self, metadata: Any) -> None:
        """Take the counts of a reply."""
        if metadata:
            self.tokens_in = (self.tokens_in or 0) + metadata["input_tokens"]
            self.tokens_out = (self.tokens_out or 0) + metadata["output_tokens"]


@dataclass
class ChatModel:
    """Calls one model; made once, safe to share between threads."""

    name: str
    seconds: float
    make: Callable[[], ChatOpenAI] = field(repr=False)
    evidence_tokens: int = 2_500
    sleep: Callable[[float], None] = field(default=time.sleep, repr=False)
    _making: Lock = field(default_factory=Lock, repr=False)

    def stream(self, messages: Sequence[Message], most_tokens: int, usage: Usage) -> Generator[str, None, None]:
        """Yield the text as it comes.

        A call that fails before its first text is tried again, a few times and within the time limit; one that
        fails later raises ModelError. Closing the generator ends the call and frees its connection.
        """
        end = time.monotonic() + self.seconds
        for attempt in range(1, ATTEMPTS + 1):
            begun = False
            try:
                for text in self._pieces(messages, most_tokens, usage, end):
                    begun = True
                    yield text
            except caught() as error:
                failure = failure_of(error)
                if begun:
                    raise failure from None
                self._wait(failure, attempt, end)
            else:
                return

    def fill(self, messages: Sequence[Message], form: type[Form], most_tokens: int, usage: Usage) -> Form:
        """Return a form that the model has filled in; raises ModelError.

        A model that can't fill in forms can't do so the next time: what is no form is not asked for again.
        """
        end = time.monotonic() + self.seconds
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._filled(messages, form, most_tokens, usage, end)
            except caught() as error:
                failure = failure_of(error)
                if failure.kind == "unreadable":
                    raise failure from None
                self._wait(failure, attempt, end)
        raise ModelError("busy")

    def warm(self) -> None:
        """Load the libraries now, and not in the first call; nothing is sent."""
        _ = self._client

    def close(self) -> None:
        """Close kept connections; a later call opens new ones."""
        with self._making:
            made = self.__dict__.pop("_made", None)
        if made is not None:
            made.http_client.close()

    def _pieces(self, messages: Sequence[Message], most_tokens: int, usage: Usage, end: float) -> Iterator[str]:
        usage.calls += 1
        length, reason = 0, None
        chunks = self._client.stream(list(messages), timeout=_left(end), max_tokens=most_tokens)
        try:
            for chunk in chunks:
                usage.add(getattr(chunk, "usage_metadata", None))
                reason = chunk.response_metadata.get("finish_reason") or reason
                length += len(chunk.text)
                if length > most_tokens * MOST_CHARACTERS_PER_TOKEN:
                    raise ModelError("endless")
                if chunk.text:
                    yield chunk.text
        finally:
            # An answer that nobody waits for must not hold its connection until the garbage is collected.
            close = getattr(chunks, "close", None)
            if close is not None:
                close()
        if reason not in DONE:
            raise ModelError("cut")
        if not length:
            raise ModelError("empty")

    def _filled(self, messages: Sequence[Message], form: type[Form], most: int, usage: Usage, end: float) -> Form:
        usage.calls += 1
        client = self._client.with_structured_output(form, method="json_schema", include_raw=True)
        reply = client.invoke(list(messages), timeout=_left(end), max_tokens=most)
        usage.add(getattr(reply["raw"], "usage_metadata", None))
        filled = reply["parsed"]
        if not isinstance(filled, form):
            raise ModelError("unreadable")
        return filled

    def _wait(self, failure: ModelError, attempt: int, end: float) -> None:
        """Wait before the next attempt, as long as the endpoint asks; raise when there is none, or no time for it."""
        LOG.warning("model call failed: %s, attempt %d of %d", failure.kind, attempt, ATTEMPTS)
        least = FIRST_WAIT_SECONDS * 2 ** (attempt - 1)
        # Jitter keeps many callers from coming back at the same moment; it is no secret.
        seconds = failure.retry_after if failure.retry_after is not None else least * random.uniform(0.5, 1.5)  # noqa: S311
        if not failure.passing or attempt == ATTEMPTS or time.monotonic() + seconds >= end:
            raise failure from None
        self.sleep(seconds)

    @cached_property
    def _made(self) -> ChatOpenAI:
        return self.make()

    @property
    def _client(self) -> ChatOpenAI:
        with self._making:
            return self._made


def _left(end: float) -> float:
    """Return the seconds that are left; at least a moment, so that the call fails as a timeout."""
    return max(end - time.monotonic(), 0.05)


def chat_model(settings: Settings) -> ChatModel | None:
    """Return the chat model of the settings, or None where none is named.

    Raises SettingsError when neither a key nor an address is set.
    """
    if settings.model is None:
        return None
    if settings.openai_api_key is None and settings.openai_base_url is None:
        raise SettingsError(
            f"NAVIGATOR_MODEL={settings.model!r} needs OPENAI_API_KEY, or OPENAI_BASE_URL for a server of your own. "
            "Set one of them, or unset NAVIGATOR_MODEL to use the embedded writer."
        )
    return ChatModel(
        name=settings.model,
        seconds=settings.model_seconds,
        make=lambda: _open(settings),
        evidence_tokens=settings.model_evidence_tokens,
    )


def _open(settings: Settings) -> ChatOpenAI:
    import httpx
    from langchain_openai import ChatOpenAI

    from assistant.deadline import DeadlineTransport

    key = settings.openai_api_key
    return ChatOpenAI(
        model=settings.model or "",
        api_key=key.get_secret_value if key else (lambda: NO_KEY),
        base_url=settings.openai_base_url,
        # Retries are ours: the client's own do not know how much time is left.
        max_retries=0,
        stream_usage=True,
        http_client=httpx.Client(transport=DeadlineTransport(MOST_CONNECTIONS)),
    )
