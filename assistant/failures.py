"""What can go wrong with a chat model, as one error with a kind; never the endpoint's words."""

from __future__ import annotations

import email.utils
import re
import time
from typing import Literal

import httpx

from catalog.errors import NavigatorError

Kind = Literal[
    "timeout",
    "unreachable",
    "key",
    "unknown_model",
    "rejected",
    "busy",
    "server",
    "cut",
    "unreadable",
    "empty",
    "endless",
]
SAID: dict[Kind, str] = {
    "timeout": "did not answer in time. Raise NAVIGATOR_MODEL_SECONDS, or use a faster model.",
    "unreachable": "can't be reached. Correct OPENAI_BASE_URL, or start the server.",
    "key": "refused the key. Correct OPENAI_API_KEY.",
    "unknown_model": "does not know the model, or the address. Correct NAVIGATOR_MODEL and OPENAI_BASE_URL.",
    "rejected": "refused the request. Check that it is an OpenAI-compatible chat endpoint for this model.",
    "busy": "is over its limit of requests or tokens. Wait, or raise the limit.",
    "server": "failed. Look into its log.",
    "cut": "broke off. Look into its log.",
    "unreadable": "sent what is no reply. Check that it is an OpenAI-compatible chat endpoint.",
    "empty": "sent an empty reply. Try another model.",
    "endless": "sent a reply that does not end. Try another model.",
}
PASSING: frozenset[Kind] = frozenset({"unreachable", "busy", "server", "cut", "unreadable", "empty"})
"""Kinds that another attempt may cure; a timeout has used up the time already."""
OF_STATUS: dict[int, Kind] = {401: "key", 403: "key", 404: "unknown_model", 408: "server", 409: "server", 429: "busy"}
SERVER_ERROR = 500


class ModelError(NavigatorError):
    """The chat model's endpoint failed; the operator must act, the person gets the embedded writer's answer."""

    def __init__(self, kind: Kind, retry_after: float | None = None) -> None:
        self.kind, self.retry_after = kind, retry_after
        super().__init__(f"The chat model's endpoint {SAID[kind]}")

    @property
    def passing(self) -> bool:
        """Whether another attempt may go well."""
        return self.kind in PASSING


def caught() -> tuple[type[Exception], ...]:
    """Return the errors that a call may end with; evaluated when there is one, as openai is imported lazily.

    A reply of another shape than the protocol's fails wherever LangChain first reads it, with any of the last five.
    """
    import openai

    spoken = (ModelError, openai.OpenAIError, httpx.HTTPError)
    return (*spoken, ValueError, TypeError, KeyError, IndexError, AttributeError)


def failure_of(error: Exception) -> ModelError:
    """Return what an error of the client means."""
    import openai

    if isinstance(error, ModelError):
        return error
    if isinstance(error, openai.APIStatusError):
        status = error.status_code
        kind = OF_STATUS.get(status, "server" if status >= SERVER_ERROR else "rejected")
        return ModelError(kind, _seconds(error.response.headers.get("retry-after")))
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return ModelError("timeout")
    if isinstance(error, httpx.RemoteProtocolError | httpx.ReadError):
        return ModelError("cut")
    if isinstance(error, openai.APIConnectionError | httpx.TransportError):
        return ModelError("unreachable")
    return ModelError("unreadable")


def _seconds(text: str | None) -> float | None:
    """Return the seconds of a Retry-After, which is a number or a date."""
    if text is None:
        return None
    if re.fullmatch(r"\d{1,9}(\.\d+)?", text):
        return float(text)
    try:
        return max(email.utils.parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except ValueError:
        return None
