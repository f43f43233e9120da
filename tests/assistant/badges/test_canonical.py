"""The canonical text: made within limits, from contexts that are the published ones."""

from __future__ import annotations

import json
import time
from types import SimpleNamespace

import pytest

from assistant.badges import canonical as module
from assistant.badges import contexts
from assistant.badges.canonical import BoundedWork, RefusedError, canonical, canonical_bounded
from assistant.badges.contexts import FILES, UnknownContextError, context


@pytest.mark.parametrize("url", FILES)
def test_each_context_is_there_and_the_published_one(url):
    assert "@context" in context(url)


def test_another_context_is_unknown():
    for url in ("https://www.w3.org/ns/credentials/v2/", "HTTPS://www.w3.org/ns/credentials/v2", "", "/etc/passwd"):
        with pytest.raises(UnknownContextError):
            context(url)


def test_a_changed_context_file_is_not_used(monkeypatch):
    url = "https://www.w3.org/ns/credentials/v2"
    monkeypatch.setitem(FILES, url, (*FILES[url][:2], "0" * 64))
    contexts.context.cache_clear()
    with pytest.raises(UnknownContextError):
        context(url)


def test_the_other_process_gives_the_same_text(issuer):
    badge = issuer.badge()
    assert canonical_bounded([badge, badge]) == [canonical(badge)] * 2


def test_the_order_of_fields_does_not_matter(issuer):
    badge = issuer.badge()
    assert canonical(dict(reversed(badge.items()))) == canonical(badge)


def test_the_other_process_refuses_alike(issuer):
    with pytest.raises(RefusedError) as error:
        canonical_bounded([issuer.badge(grade="A")])
    assert (error.value.reason, error.value.part) == ("not_covered", "grade")


def test_a_document_made_to_take_hours_is_stopped(issuer):
    badge = issuer.badge()
    # Two parts that can't be told apart, each with twelve such parts: the orders to try are counted in factorials.
    same = {"type": ["Result"], "value": "A", "alignment": [{"type": ["Alignment"], "targetName": "x"}] * 12}
    badge["credentialSubject"]["result"] = [same, same]
    start = time.monotonic()
    with pytest.raises(RefusedError) as error:
        canonical_bounded([badge], seconds=2)
    assert error.value.reason == "too_much_work"
    assert time.monotonic() - start < 6


def test_all_parts_of_a_file_share_one_budget(monkeypatch):
    clock, given = iter(range(0, 1000, 12)), []
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    monkeypatch.setattr(module, "canonical_bounded", lambda documents, seconds: given.append(seconds) or [])
    work = BoundedWork(seconds=30)
    for _ in range(4):
        work([])
    assert given == [10, 10, 6, -6]


def test_without_time_nothing_is_started(issuer):
    with pytest.raises(RefusedError, match="too_much_work"):
        canonical_bounded([issuer.badge()], seconds=0)


def test_odd_documents_are_refused_not_crashed_on():
    base = {"@context": "https://www.w3.org/ns/credentials/v2", "type": ["VerifiableCredential"]}
    for more in (
        {"id": 7},
        {"type": 7},
        {"type": [["VerifiableCredential"]]},
        {"issuer": {"@value": 7, "@language": 7}},
        {"name": {"@value": {"a": 1}}},
        {"credentialSubject": {"@context": 7}},
        {"credentialSubject": {"@context": None}},
        {"@context": [["https://www.w3.org/ns/credentials/v2"]]},
    ):
        with pytest.raises(RefusedError):
            canonical(json.loads(json.dumps(base | more)))
