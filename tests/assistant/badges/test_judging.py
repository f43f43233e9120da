"""Judging: dates, structure, status, kinds, and any JSON at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.badges.container import Opened
from assistant.badges.judging import Judge
from assistant.badges.report import UnreadableError, Verdict, verdict_of


@pytest.mark.parametrize(
    ("start", "end", "on", "reason"),
    [
        ("2026-01-01T00:00:00Z", None, date(2026, 1, 1), None),
        ("2026-01-01T23:59:59Z", None, date(2026, 1, 1), None),
        ("2026-01-02T00:00:00Z", None, date(2026, 1, 1), "dates_not_yet"),
        ("2026-01-01T22:00:00-05:00", None, date(2026, 1, 1), "dates_not_yet"),
        ("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z", date(2026, 3, 1), None),
        ("2026-01-01T00:00:00Z", "2026-02-28T23:59:59Z", date(2026, 3, 1), "dates_expired"),
        ("2026-01-05T00:00:00Z", "2026-01-04T12:00:00Z", date(2026, 1, 4), "dates_not_yet"),
        ("2026-01-05T20:00:00Z", "2026-01-05T12:00:00Z", date(2026, 1, 5), "dates_backwards"),
        ("yesterday", None, date(2026, 1, 5), "dates_no_date"),
        ("2026-01-01T00:00:00Z", "9999-12-31T23:59:59-23:00", date(2026, 1, 5), "dates_no_date"),
    ],
)
def test_the_day_is_an_argument(issuer, judge, why, start, end, on, reason):
    badge = issuer.badge(validFrom=start, **({} if end is None else {"validUntil": end}))
    report = judge(issuer.sign(badge), on=on)
    assert why(report) == ([] if reason is None else [reason])
    assert report.verdict is (Verdict.VALID if reason is None else Verdict.INVALID)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"issuer": {"name": "x"}}, "issuer.id"),
        ({"issuer": 7}, "issuer.id"),
        ({"validFrom": None}, "validFrom"),
        ({"validFrom": 7}, "validFrom"),
        ({"id": None}, "id"),
        ({"type": "OpenBadgeCredential"}, "type"),
        ({"@context": []}, "@context"),
        ({"@context": "https://www.w3.org/2018/credentials/v1"}, "issuanceDate"),
        ({"@context": {"a": 1}}, "@context"),
        ({"credentialSubject": "me"}, "credentialSubject"),
        ({"credentialSubject": [{"id": "a"}, {"id": "b"}]}, "credentialSubject"),
        ({"credentialSubject": {"type": "AchievementSubject"}}, "credentialSubject.achievement"),
        ({"credentialSubject": {"type": "AchievementSubject"}}, "credentialSubject.id"),
        ({"credentialSubject": {"achievement": {"name": "x"}}}, "credentialSubject.achievement.criteria"),
    ],
)
def test_missing_parts_are_named(issuer, judge, change, part):
    report = judge(issuer.badge(**change))
    assert report.verdict is Verdict.INVALID
    assert part in report.checks[0].values["parts"].split(", ")


@pytest.mark.parametrize(
    ("document", "kind", "reason"),
    [
        ({"type": "BadgeClass", "name": "x"}, "badge_class", "structure_kind_badge_class"),
        ({"type": "Profile"}, "profile", "structure_kind_profile"),
        ({"type": "DataIntegrityProof", "proofValue": "z1"}, "proof", "structure_kind_proof"),
        ({"$schema": "x"}, "schema", "structure_kind_schema"),
        ({"@context": {}}, "context", "structure_kind_context"),
        ({}, "other", "structure_kind_other"),
        ({"type": ["VerifiablePresentation"]}, "other", "structure_kind_other"),
        ("https://college.example/badge", "address", "structure_kind_address"),
    ],
)
def test_what_is_no_badge_is_called_by_its_name(judge, why, document, kind, reason):
    report = judge(document)
    assert (report.content.kind, report.verdict, why(report)) == (kind, Verdict.CANNOT_TELL, [reason])


def test_a_list_of_one_says_what_the_one_says(issuer, judge):
    signed = issuer.sign(issuer.badge())
    achievement = signed["credentialSubject"]["achievement"]
    achievement["creator"] = [{"id": "urn:x", "name": "Guild"}]
    signed["credentialSubject"]["achievement"] = [achievement]
    assert judge(signed).content.achievements[0].creator.name == "Guild"


def test_no_check_is_no_verdict():
    assert verdict_of(()) is Verdict.CANNOT_TELL


def test_an_old_badge_says_what_it_says(judge, why):
    badge = {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": "https://college.example/assertions/1",
        "recipient": {"type": "email", "hashed": True, "identity": "sha256$c7ef"},
        "badge": {
            "type": "BadgeClass",
            "id": "https://college.example/badges/1",
            "name": "Welding",
            "criteria": {"narrative": "Weld."},
            "issuer": {"id": "https://college.example/", "type": "Issuer", "name": "Invented College"},
        },
        "issuedOn": "2026-01-01T00:00:00Z",
        "expires": "2027-01-01T00:00:00Z",
        "verification": {"type": "HostedBadge"},
        "evidence": "https://college.example/work",
    }
    report = judge(badge)
    said = report.content
    assert (said.kind, said.name, said.recipient, said.evidence[0].url) == (
        "open_badge_2",
        "Welding",
        None,
        "https://college.example/work",
    )
    assert why(report) == ["signature_hosted_offline"]
    assert "status_revoked" in why(judge(badge | {"revoked": True}))
    assert judge(badge, on=date(2027, 1, 2)).verdict is Verdict.INVALID


def test_a_status_that_is_not_looked_up_leaves_it_open(issuer, judge, why):
    status = {"id": "https://college.example/revoked", "type": "1EdTechRevocationList"}
    context = issuer.badge()["@context"] + ["https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]
    report = judge(issuer.sign(issuer.badge(credentialStatus=status) | {"@context": context}))
    assert (report.verdict, why(report)) == (Verdict.CANNOT_TELL, ["status_not_looked"])


SCALAR = st.sampled_from([None, True, 7, 0.5, "", "x", "2026-01-01", "https://a.example/", "z6Mk", 10**400])
NAMES = (
    *("@context", "id", "type", "issuer", "proof", "name", "badge", "credentialSubject", "achievement", "validFrom"),
    *("verification", "recipient", "evidence", "criteria", "verifiableCredential", "@graph", "credentialStatus"),
)
SMALL = SCALAR | st.lists(SCALAR, max_size=2) | st.dictionaries(st.sampled_from(NAMES), SCALAR, max_size=4)
JSON = SMALL | st.lists(SMALL, max_size=2) | st.dictionaries(st.sampled_from(NAMES), SMALL, max_size=4)


PROOF = st.fixed_dictionaries(
    {"type": st.just("DataIntegrityProof") | SMALL},
    optional={
        name: st.sampled_from(["eddsa-jcs-2022", "assertionMethod", "did:key:z6Mk", "z1"]) | SMALL
        for name in (
            "cryptosuite",
            "proofValue",
            "verificationMethod",
            "proofPurpose",
            "created",
            "expires",
            "@context",
        )
    },
)


@given(PROOF)
@settings(max_examples=200)
def test_any_proof_gets_a_report_and_is_never_valid(proof):
    judge = Judge(date(2026, 11, 24), canonize=lambda documents: ["x"] * len(documents))
    document = {"type": ["VerifiableCredential"], "proof": proof}
    assert judge.judge(Opened("json", document=document)).verdict is not Verdict.VALID


@given(
    st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6),
    st.sampled_from(["ClrCredential", "OpenBadgeCredential", "Assertion", "BadgeClass", "Profile", "?"]),
)
@settings(max_examples=200)
def test_any_json_gets_a_report_and_is_never_valid(document, kind):
    judge = Judge(date(2026, 11, 24), canonize=lambda documents: ["x"] * len(documents))
    try:
        report = judge.judge(Opened("json", document=document | {"type": ["VerifiableCredential", kind]}))
    except UnreadableError:
        return
    assert report.verdict is not Verdict.VALID
