"""A chat endpoint on a real socket that does what a test tells it to: answer, lie, fail, break off, never end."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.answer import Intent, MeasureCard, Persona, ProgramCard
from assistant.model import ChatModel, chat_model
from assistant.understand.query import Amount, Places, Query, Where, Wish
from catalog.records import Cost, Delivery, Length, Reported, Unit
from catalog.settings import Settings

KEY = "sk-test-0123456789-secret"


def chunk(text: str | None, reason: str | None = None, usage: bool = False) -> bytes:
    """Return one event of a streamed reply."""
    delta = {} if text is None else {"content": text}
    body = {
        "id": "c1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "scripted",
        "choices": [] if usage else [{"index": 0, "delta": delta, "finish_reason": reason}],
    }
    if usage:
        body["usage"] = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
    return b"data: " + json.dumps(body).encode() + b"\n\n"


def whole(text: str) -> bytes:
    """Return a reply that is not streamed."""
    return json.dumps(
        {
            "id": "c1",
            "object": "chat.completion",
            "created": 1,
            "model": "scripted",
            "choices": [
                {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"},
            ],
            "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
        }
    ).encode()


@dataclass
class Endpoint:
    """What the server does for each request, and what it has seen."""

    acts: list[Callable[[BaseHTTPRequestHandler, dict], None]] = field(default_factory=list)
    bodies: list[dict] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    left: threading.Event = field(default_factory=threading.Event)
    open_streams: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    url: str = ""
    models: list[ChatModel] = field(default_factory=list)

    def will(self, *acts: Callable[[BaseHTTPRequestHandler, dict], None]) -> None:
        """Set what the next requests get; the last act is that of all later ones."""
        self.acts[:] = acts

    def model(self, **settings: object) -> ChatModel:
        """Return our client of this endpoint; it is closed with it."""
        found = chat_model(
            Settings(**{"model": "scripted", "openai_api_key": KEY, "openai_base_url": self.url} | settings)
        )
        assert found is not None
        self.models.append(found)
        return found


def say(text: str, pieces: int = 8, pause: float = 0.0) -> Callable[..., None]:
    """Answer with a text: streamed in pieces where a stream is asked for."""

    def act(handler: BaseHTTPRequestHandler, body: dict) -> None:
        if not body.get("stream"):
            return send(handler, 200, whole(text))
        start_stream(handler)
        size = max(1, len(text) // pieces)
        for at in range(0, len(text), size):
            handler.wfile.write(chunk(text[at : at + size]))
            handler.wfile.flush()
            time.sleep(pause)
        handler.wfile.write(chunk(None, "stop") + chunk(None, usage=True) + b"data: [DONE]\n\n")
        return None

    return act


def fail(status: int, message: str = "no", **headers: str) -> Callable[..., None]:
    """Answer with an error whose text holds what must not be shown."""

    def act(handler: BaseHTTPRequestHandler, body: dict) -> None:
        text = json.dumps({"error": {"message": f"{message} {handler.headers['Authorization']}", "code": status}})
        send(handler, status, text.encode(), {key.replace("_", "-"): value for key, value in headers.items()})

    return act


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    for name, value in (headers or {}).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def start_stream(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    endpoint: Endpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        endpoint = self.endpoint
        with endpoint.lock:
            endpoint.bodies.append(body)
            endpoint.keys.append(self.headers["Authorization"])
            endpoint.times.append(time.monotonic())
            endpoint.open_streams += 1
            act = endpoint.acts.pop(0) if len(endpoint.acts) > 1 else endpoint.acts[0]
        try:
            act(self, body)
        except (BrokenPipeError, ConnectionResetError):
            endpoint.left.set()
            self.close_connection = True
        finally:
            with endpoint.lock:
                endpoint.open_streams -= 1

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def handle_error(self, *_: object) -> None:
        """A client that goes away is what some tests are about."""


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    state = Endpoint()
    server = Server(("127.0.0.1", 0), type("Bound", (Handler,), {"endpoint": state}))
    state.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield state
    for model in state.models:
        model.close()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def script():
    """The acts of the endpoint, for test modules."""
    from types import SimpleNamespace

    return SimpleNamespace(say=say, fail=fail, send=send, start_stream=start_stream, chunk=chunk, whole=whole, key=KEY)


def program(number: int, name: str, school: str, city: str, **fields: Any) -> ProgramCard:
    """Return an invented program whose record is citation `number`."""
    given = {
        "id": f"nj_etpl:{number}",
        "name": name,
        "provider": school,
        "provider_id": f"nj:{school}",
        "city": city,
        "state": "NJ",
        "cost": Cost(total_usd=None),
        "length": Length(),
        "delivery": None,
        "as_of": "2022-09",
        "citation": number,
    }
    return ProgramCard(**(given | fields))


def outcome(name: str, value: float, unit: Unit, n: int, citation: int) -> MeasureCard:
    """Return a published figure of a field, shared by its programs."""
    return MeasureCard(
        name=name,
        value=value,
        unit=unit,
        reported=Reported.VALUE,
        n=n,
        period=None,
        as_of="2020-06",
        definition="d",
        shared_by_field=True,
        citation=citation,
    )


@pytest.fixture(scope="session")
def cards() -> list[ProgramCard]:
    """Five invented programs that differ in everything that a summary may speak of."""
    return [
        program(
            7,
            "Phlebotomy Technician - CS",
            "Hudson Valley Career Institute",
            "Newark",
            cost=Cost(total_usd=899, tuition_usd=700, fees_usd=125, books_usd=74),
            length=Length(clock_hours=96, weeks_min=4, weeks_max=11),
            distance_miles=3.2,
            delivery=Delivery.IN_PERSON,
            leads_to=("Certificate of Completion",),
        ),
        program(
            13,
            "Certified Phlebotomy Technician (CPT)",
            "Northgate Academy of Health Sciences",
            "Belleville",
            cost=Cost(total_usd=1105, tuition_usd=775, fees_usd=130, books_usd=200),
            length=Length(clock_hours=108, weeks_min=12, weeks_max=26),
            distance_miles=1.5,
            evening=True,
            leads_to=("Certified Phlebotomy Technician",),
            measures=(
                outcome("employment_rate_q2", 0.46, Unit.FRACTION, 26, 11),
                outcome("average_quarterly_wage_q2", 2722.0, Unit.USD_PER_QUARTER, 12, 11),
            ),
        ),
        program(
            21,
            "Phlebotomy and EKG Skills",
            "Garden County Vocational School",
            "Union City",
            cost=Cost(total_usd=1850, tuition_usd=1500, fees_usd=150, books_usd=200),
            length=Length(clock_hours=140, weeks_min=27, weeks_max=52),
            distance_miles=9.7,
            delivery=Delivery.HYBRID,
            leads_to=("Medical Assistant Diploma",),
            measures=(
                outcome("employment_rate_q2", 0.71, Unit.FRACTION, 84, 22),
                outcome("average_quarterly_wage_q2", 6140.0, Unit.USD_PER_QUARTER, 63, 22),
            ),
        ),
        program(
            30,
            "Phlebotomy Online",
            "Meadow Lake College",
            "Edison",
            cost=Cost(total_usd=1420, tuition_usd=1200, fees_usd=100, books_usd=120),
            length=Length(clock_hours=120, weeks_min=5, weeks_max=8),
            distance_miles=14.1,
            delivery=Delivery.ONLINE,
            leads_to=("Phlebotomy Certificate",),
        ),
    ]


@pytest.fixture(scope="session")
def unpriced() -> ProgramCard:
    """A program without a published price."""
    return program(44, "Blood Draw Basics", "Seaside Training Center", "Bayonne", length=Length(clock_hours=60))


def query_of(language: str) -> Query:
    """Return the question that the programs answer."""
    return Query(
        text="evening phlebotomy class near Newark under $2,000",
        language=language,
        persona=Persona.LEARNER,
        intent=Intent.FIND_PROGRAMS,
        topic="phlebotomy",
        limits={
            "max_cost_usd": Amount(value=2000, words="under $2,000"),
            "place": Places(
                value=(Where(city="Newark", state="NJ", latitude=40.7, longitude=-74.2, radius_miles=15),),
                words="near Newark",
            ),
            "evening": Wish(words="evening"),
        },
    )


@pytest.fixture(scope="session")
def question():
    """The question in a language."""
    return query_of
