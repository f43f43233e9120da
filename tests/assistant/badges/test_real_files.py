"""The publishers' own examples: all are read, the signed ones hold, and no change of them passes."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from assistant.badges.canonical import in_this_process
from assistant.badges.finder import KeyFinder
from assistant.badges.keys import PublicKey, multikey_key, pem_key
from assistant.badges.report import Outcome, UnreadableError, Verdict
from assistant.badges.signatures import check_proofs
from assistant.badges.strict_json import parse

TRANSCRIPT = "impl_linked-data-proof-clr_7.json"


@pytest.fixture(scope="module")
def folder(raw_data):
    return raw_data / "openbadges"


@pytest.fixture(scope="module")
def college(folder):
    """The key of the example's college, as its proof names it."""
    proof = json.loads((folder / TRANSCRIPT).read_bytes())["proof"][0]
    return [PublicKey(multikey_key(proof["verificationMethod"].split("#")[1]))]


def test_every_file_is_read(folder, judge, college):
    reports = {path.name: judge(path.read_bytes(), keys=college) for path in sorted(folder.glob("*.json"))}
    assert Counter(report.content.kind for report in reports.values()) == {
        "open_badge_3": 10,
        "clr_2": 3,
        "badge_class": 1,
        "profile": 1,
        "proof": 1,
        "schema": 1,
        "context": 1,
    }
    verdicts = Counter(report.verdict for report in reports.values())
    assert verdicts == {Verdict.VALID: 1, Verdict.INVALID: 1, Verdict.CANNOT_TELL: 16}
    assert reports[TRANSCRIPT].verdict is Verdict.VALID
    # The one invalid file is a cut example: it has no achievement.
    assert "achievement" in next(c.values["parts"] for c in reports["examples_1.json"].checks if "parts" in c.values)


def test_the_transcript_and_what_it_holds_verify(folder, judge, college, why):
    report = judge((folder / TRANSCRIPT).read_bytes(), keys=college)
    (inner,) = report.inner
    assert (report.verdict, inner.verdict) == (Verdict.VALID, Verdict.VALID)
    alone = judge((folder / TRANSCRIPT).read_bytes())
    assert why(alone) == ["signature_fits_file", "inner_some_open"]


def test_placeholder_proofs_leave_it_open(folder, judge, why):
    document = json.loads((folder / "examples_fullOpenBadge_0.json").read_bytes())
    report = judge(document)
    assert (report.verdict, report.content.endorsements) == (Verdict.CANNOT_TELL, 5)
    assert why(report) == ["signature_none", "status_not_looked"]
    for endorsement in (document["endorsement"][0], document["issuer"]["endorsement"][0]):
        during = judge(endorsement, on=report.on.replace(year=2015))
        assert during.verdict is Verdict.CANNOT_TELL
        assert why(during) == ["signature_suite", "status_not_looked"]


def _changes(data: bytes, step: int):
    original = parse(data.decode())
    for place in range(0, len(data), step):
        forged = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            document = parse(forged.decode())
        except (UnreadableError, UnicodeDecodeError):
            continue
        if document != original:
            yield place, document


def _no_change_passes(data: bytes, keys, step: int) -> int:
    count = 0
    for place, document in _changes(data, step):
        check = check_proofs(document, "https://example.edu/issuers/565049", KeyFinder(keys), in_this_process)
        assert check.outcome is not Outcome.PASSED, place
        count += 1
    return count


def test_changed_bytes_of_the_transcript_are_caught(folder, college):
    assert _no_change_passes((folder / TRANSCRIPT).read_bytes(), college, 17) > 100


@pytest.mark.e2e
def test_every_changed_byte_of_the_transcript_is_caught(folder, college):
    data = (folder / TRANSCRIPT).read_bytes()
    assert _no_change_passes(data, college, 1) > 2000
    inner = json.dumps(json.loads(data)["credentialSubject"]["verifiableCredential"][0]).encode()
    assert _no_change_passes(inner, college, 1) > 1000


def test_the_registry_envelope_verifies(raw_data, judge, why):
    data = (raw_data / "ctdl/envelope/cost_manifest_envelope.json").read_bytes()
    envelope = json.loads(data)
    report = judge(data, keys=[PublicKey(pem_key(envelope["resource_public_key"]))])
    assert (report.verdict, report.content.name) == (Verdict.VALID, "Prior Learning Assessment")
    # Its own key shows that nothing changed, not who signed.
    assert why(judge(data)) == ["signature_fits_file"]
    keys = [PublicKey(pem_key(envelope["resource_public_key"]))]
    token = envelope["resource"]
    for place in range(0, len(token), 7):
        for other in ("A", "Q"):
            if token[place] == other:
                continue
            forged = envelope | {"resource": token[:place] + other + token[place + 1 :]}
            try:
                verdict = judge(forged, keys=keys).verdict
            except UnreadableError:
                continue
            assert verdict is not Verdict.VALID, place
