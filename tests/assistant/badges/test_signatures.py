"""Signatures: each supported kind holds, any change of a signed part is caught, and a key is never taken on trust."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from assistant.badges.keys import PublicKey, multikey_key, pem_key, read_key_file
from assistant.badges.multikey import decode, encode
from assistant.badges.report import UnreadableError, Verdict
from assistant.badges.strict_json import parse

SUITES = ("eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020")


@pytest.mark.parametrize("suite", SUITES)
def test_a_proof_with_did_key_is_valid(issuer, judge, suite):
    report = judge(issuer.sign(issuer.badge(), suite))
    assert report.verdict is Verdict.VALID
    assert any(check.reason == "fits_issuer" for check in report.checks)


@pytest.mark.parametrize("suite", SUITES)
def test_every_change_of_one_byte_is_caught(issuer, judge, suite):
    signed = issuer.sign(issuer.badge(), suite)
    data, changed = json.dumps(signed).encode(), 0
    for place in range(0, len(data), 3 if suite != "eddsa-jcs-2022" else 1):
        forged = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
        try:
            if parse(forged.decode()) == signed:
                continue
            verdict = judge(forged).verdict
        except (UnreadableError, UnicodeDecodeError):
            continue
        changed += 1
        assert verdict is not Verdict.VALID, forged[max(0, place - 20) : place + 20]
    assert changed > 200


def _tamper(badge, path, value):
    *steps, last = path
    for step in steps:
        badge = badge[step]
    badge[last] = value


@pytest.mark.parametrize(
    ("path", "value", "reason"),
    [
        (("grade",), "A+", "not_covered"),
        (("credentialSubject", "achievement", "salary"), "$90,000", "not_covered"),
        (("credentialSubject", "achievement", "type"), ["Achievement", "Degree"], "not_covered"),
        (("https://schema.org/name",), "Doctor", "not_covered"),
        (("@index",), "Doctor", "not_covered"),
        (("_:b0",), "Doctor", "not_covered"),
        (("validUntil",), None, "not_covered"),
        (("credentialSubject", "achievement", "id"), "_:b0", "not_covered"),
        (("credentialSubject", "achievement", "id"), "forklift", "not_covered"),
        (("credentialSubject", "achievement", "creditsAvailable"), 0.12345678901234567, "not_covered"),
        (("name",), {"@value": "Forklift", "@language": "not a language"}, "not_covered"),
        (("name",), {"@value": "Forklift", "@direction": "rtl"}, "not_covered"),
        (("evidence",), [[{"id": "urn:x"}]], "not_covered"),
        (("name",), "Doctor", "unfit_issuer"),
        (("validUntil",), "2036-01-01T00:00:00Z", "unfit_issuer"),
    ],
)
def test_a_part_added_after_signing_is_caught(issuer, judge, why, path, value, reason):
    signed = issuer.sign(issuer.badge())
    _tamper(signed, path, value)
    report = judge(signed)
    assert report.verdict is Verdict.INVALID
    assert f"signature_{reason}" in why(report)


def test_a_name_moved_to_its_full_address_does_not_hide_the_end(issuer, judge, why):
    signed = issuer.sign(issuer.badge(validUntil="2026-02-01T00:00:00Z"))
    signed["https://www.w3.org/2018/credentials#validUntil"] = signed.pop("validUntil")
    assert judge(signed).verdict is Verdict.INVALID


def test_an_end_hidden_in_another_part_of_the_same_name_is_not_missed(issuer, judge, why):
    badge = issuer.badge(validUntil="2026-02-01T00:00:00Z")
    badge["@context"].append("https://purl.imsglobal.org/spec/ob/v3p0/extensions.json")
    badge["refreshService"] = {"id": badge["id"], "type": ["1EdTechCredentialRefresh"]}
    signed = issuer.sign(badge)
    assert why(judge(signed)) == ["dates_expired"]
    # To JSON-LD this is the same statement: both parts bear one id.
    signed["refreshService"] |= {"type": ["1EdTechCredentialRefresh", "VerifiableCredential"]}
    signed["refreshService"]["validUntil"] = signed.pop("validUntil")
    assert why(judge(signed)) == ["signature_two_places"]


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        ({"name": "https://schema.org/description"}, "own_context"),
        ("https://evil.example/context.json", "unknown_context"),
        ("http://169.254.169.254/latest/meta-data", "unknown_context"),
        ("file:///etc/passwd", "unknown_context"),
    ],
)
@pytest.mark.parametrize("inside", [False, True])
def test_contexts_are_neither_trusted_nor_fetched(issuer, judge, why, context, reason, inside):
    signed = issuer.sign(issuer.badge())
    if inside:
        signed["credentialSubject"]["@context"] = context
    else:
        signed["@context"].append(context)
    report = judge(signed, fetch=lambda url: pytest.fail(f"fetched {url}"))
    assert report.verdict is Verdict.CANNOT_TELL
    assert why(report) == [f"signature_{reason}"]


def test_a_context_that_redefines_a_word_is_no_json_ld(issuer, judge, why):
    signed = issuer.sign(issuer.badge())
    signed["@context"].append("https://www.w3.org/2018/credentials/v1")
    assert judge(signed).verdict is not Verdict.VALID


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"proofPurpose": "authentication"}, "malformed"),
        ({"note": "x"}, "malformed"),
        ({"proofValue": 7}, "malformed"),
        ({"proofValue": "0OIl"}, "malformed"),
        ({"proofValue": "z" + "2" * 5000}, "malformed"),
        ({"cryptosuite": "eddsa-rdf-2022"}, "suite"),
        ({"type": "Other"}, "suite"),
        ({"created": "2026-01-02T03:04:07Z"}, "unfit_issuer"),
        ({"verificationMethod": "did:key:z6Mk"}, "no_key"),
    ],
)
def test_a_changed_proof_is_not_valid(issuer, judge, why, change, reason):
    signed = issuer.sign(issuer.badge())
    signed["proof"][0] |= change
    assert why(judge(signed)) == [f"signature_{reason}"]


@pytest.mark.parametrize("proof", ["text", [["x"]], [{}] * 6, [7]])
def test_a_proof_of_another_shape_is_not_valid(issuer, judge, proof):
    assert judge(issuer.badge(proof=proof)).verdict is not Verdict.VALID


def test_one_broken_proof_beside_a_good_one_fails(issuer, judge):
    signed = issuer.sign(issuer.badge())
    signed["proof"].append(signed["proof"][0] | {"created": "2026-01-03T00:00:00Z"})
    assert judge(signed).verdict is Verdict.INVALID


def test_a_proof_that_has_ended_fails(issuer, judge, why):
    signed = issuer.sign(issuer.badge())
    signed["proof"][0]["expires"] = "2026-02-01T00:00:00Z"
    assert "dates_expired" in why(judge(signed))


def test_a_key_that_is_not_the_issuers_proves_nothing(issuer, stranger, judge, why):
    report = judge(stranger.sign(stranger.badge(issuer=issuer.did)))
    assert (report.verdict, why(report)) == (Verdict.CANNOT_TELL, ["signature_fits_stranger"])


def test_a_key_in_the_address_of_the_proof_proves_nothing(issuer, judge, why):
    college = "https://college.example/issuer"
    signed = issuer.sign(issuer.badge(issuer=college), method=f"{college}#{issuer.multikey}")
    report = judge(signed)
    assert (report.verdict, why(report)) == (Verdict.CANNOT_TELL, ["signature_fits_file"])
    given = judge(signed, keys=[PublicKey(multikey_key(issuer.multikey))])
    assert given.verdict is Verdict.VALID


def test_another_key_than_the_given_one_fails(issuer, stranger, judge, why):
    report = judge(issuer.sign(issuer.badge()), keys=[PublicKey(multikey_key(stranger.multikey))])
    assert why(report) == ["signature_unfit_given"]


def test_the_first_bytes_of_a_key_must_name_its_kind(issuer, judge, why):
    data = decode(issuer.multikey)
    for prefix in (b"\xec\x01", b"\xed\x00", b"\xed\x01\x00", b"\xee\x01", b""):
        other = encode(prefix + data[2:])
        signed = issuer.sign(issuer.badge(issuer=f"did:key:{other}"), method=f"did:key:{other}#{other}")
        assert why(judge(signed)) == ["signature_no_key"]
        with pytest.raises(UnreadableError):
            read_key_file(other.encode())


def test_a_did_key_with_another_fragment_is_no_key(issuer, judge, why):
    signed = issuer.sign(issuer.badge(), method=f"{issuer.did}#key-1")
    assert why(judge(signed)) == ["signature_no_key"]


def _payload(badge):
    return badge | {
        "iss": badge["issuer"]["id"],
        "jti": badge["id"],
        "sub": badge["credentialSubject"]["id"],
        "nbf": 1767323045,
    }


@pytest.mark.parametrize("algorithm", ["RS256", "ES256", "EdDSA", "Ed25519"])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_token_is_valid_with_its_issuers_key(issuer, rsa_key, ec_key, pem, judge, algorithm, wrapped):
    private = {"RS256": rsa_key, "ES256": ec_key}.get(algorithm, issuer.private)
    badge = issuer.badge(issuer="https://college.example/issuer")
    payload = _payload(badge)
    if wrapped:
        payload = {name: payload[name] for name in ("iss", "jti", "sub", "nbf")} | {"vc": badge}
    report = judge(issuer.token(payload, algorithm, private), keys=read_key_file(pem(private)))
    assert report.verdict is Verdict.VALID
    assert report.content.achievements[0].name == "Forklift safety"


def test_every_change_of_one_byte_of_a_token_is_caught(issuer, judge):
    token = issuer.token(_payload(issuer.badge()), kid=issuer.method)
    assert judge(token).verdict is Verdict.VALID
    for place in range(len(token)):
        for other in ("A", "B", ".", "="):
            if token[place] == other:
                continue
            try:
                verdict = judge(token[:place] + other + token[place + 1 :]).verdict
            except UnreadableError:
                continue
            assert verdict is not Verdict.VALID, (place, other)


def test_the_spare_bits_of_the_last_character_are_no_second_spelling(issuer, rsa_key, pem, judge):
    token = issuer.token(_payload(issuer.badge()), "RS256", rsa_key)
    keys = read_key_file(pem(rsa_key))
    last = token.rsplit(".", 1)[1]
    same = [
        token[:-1] + c
        for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
        if base64.urlsafe_b64decode(last[:-1] + c + "==") == base64.urlsafe_b64decode(last + "==")
    ]
    assert len(same) == 16
    for other in same:
        if other == token:
            assert judge(other, keys=keys).verdict is Verdict.VALID
        else:
            with pytest.raises(UnreadableError):
                judge(other, keys=keys)


def test_a_public_key_is_no_shared_secret(issuer, rsa_key, pem, judge, why):
    head = base64.urlsafe_b64encode(json.dumps({"alg": "HS256"}).encode()).rstrip(b"=")
    body = base64.urlsafe_b64encode(json.dumps(_payload(issuer.badge())).encode()).rstrip(b"=")
    mac = hmac.new(pem(rsa_key), head + b"." + body, hashlib.sha256).digest()
    token = b".".join([head, body, base64.urlsafe_b64encode(mac).rstrip(b"=")]).decode()
    assert why(judge(token, keys=read_key_file(pem(rsa_key)))) == ["signature_algorithm"]


@pytest.mark.parametrize("header", [{"alg": "none"}, {"alg": "none", "kid": "x"}, {"alg": 7}, {"alg": None}])
def test_a_token_without_a_real_algorithm_is_not_valid(issuer, judge, header):
    token = issuer.token(_payload(issuer.badge()), kid=issuer.method)
    head = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode()
    for signature in ("", token.rsplit(".", 1)[1]):
        assert judge(f"{head}.{token.split('.')[1]}.{signature}").verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize("header", [{"crit": ["x"], "x": 1}, {"b64": False, "crit": ["b64"]}])
def test_a_header_that_must_be_understood_is_not_passed_over(issuer, judge, header):
    assert judge(issuer.token(_payload(issuer.badge()), kid=issuer.method, **header)).verdict is Verdict.INVALID


def test_a_key_that_the_token_carries_proves_nothing(issuer, judge, why):
    report = judge(issuer.token(_payload(issuer.badge()), jwk=issuer.jwk))
    assert (report.verdict, why(report)) == (Verdict.CANNOT_TELL, ["signature_fits_file"])


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://other.example"},
        {"jti": "urn:other"},
        {"sub": "did:example:other"},
        {"nbf": 1},
        {"nbf": "x"},
        {"nbf": True},
        {"nbf": 10**400},
    ],
)
def test_claims_outside_must_say_what_the_credential_says(issuer, judge, why, change):
    report = judge(issuer.token(_payload(issuer.badge()) | change, kid=issuer.method))
    assert (report.verdict, why(report)) == (Verdict.INVALID, ["claims_differ"])


@pytest.mark.parametrize(("end", "reason"), [(1767323046, "dates_expired"), ("soon", "dates_no_date")])
def test_the_end_of_a_token_counts(issuer, judge, why, end, reason):
    report = judge(issuer.token(_payload(issuer.badge()) | {"exp": end}, kid=issuer.method))
    assert (report.verdict, why(report)) == (Verdict.INVALID, [reason])


def test_a_transcript_is_as_good_as_what_it_holds(issuer, stranger, judge, why):
    def transcript(*inner):
        return issuer.badge(
            type=["VerifiableCredential", "ClrCredential"],
            credentialSubject={"id": "did:example:x", "type": ["ClrSubject"], "verifiableCredential": list(inner)},
        )

    good = issuer.token(_payload(issuer.badge()), kid=issuer.method)
    enveloped = {"id": f"data:application/vc+jwt,{good}", "type": "EnvelopedVerifiableCredential"}
    bad = issuer.sign(issuer.badge()) | {"name": "Doctor"}
    for inner, found in (
        ([good], []),
        ([enveloped, good], []),
        ([good, bad], ["inner_some_invalid"]),
        ([good, stranger.badge()], ["inner_some_open"]),
        ([good, 7], ["inner_malformed"]),
        (["no token"], ["inner_malformed"]),
        ([enveloped | {"id": "https://evil.example/"}], ["inner_malformed"]),
        ([good] * 51, ["inner_many"]),
    ):
        report = judge(issuer.token(_payload(transcript(*inner)), kid=issuer.method))
        assert why(report) == found
        if not found:
            assert report.verdict is Verdict.VALID


def test_keys_are_read_in_every_usual_form(issuer, rsa_key, pem):
    document = {"id": "x", "verificationMethod": [{"id": "x#1", "publicKeyMultibase": issuer.multikey}]}
    for text in (
        issuer.multikey,
        issuer.did,
        f"\ufeff{issuer.multikey}\n",
        json.dumps(issuer.jwk),
        json.dumps({"keys": [issuer.jwk]}),
        json.dumps({"publicKeyJwk": issuer.jwk}),
        json.dumps(document),
    ):
        (key,) = read_key_file(text.encode())
        assert key.key == multikey_key(issuer.multikey)
    assert read_key_file(pem(rsa_key))[0].key == pem_key(pem(rsa_key).decode())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----", "private_key"),
        ('{"kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA"}', "private_key"),
        ('{"kty": "oct", "k": "AAAA"}', "private_key"),
        ('{"kty": "OKP", "crv": "Ed25519", "x": "AA"}', "no_key"),
        ('{"kty": "EC", "crv": "P-521"}', "no_key"),
        ('{"kty": "cheese"}', "no_key"),
        ("{}", "no_key"),
        ("hello", "no_key"),
        ("", "no_key"),
        ("z", "no_key"),
        ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "no_key"),
        ("\xff", "no_key"),
    ],
)
def test_a_bad_key_file_is_named(text, reason):
    with pytest.raises(UnreadableError) as error:
        read_key_file(text.encode("latin-1"))
    assert error.value.reason == reason


def test_a_weak_key_is_refused(pem):
    weak = rsa.generate_private_key(65537, 1024)
    with pytest.raises(UnreadableError, match="1024"):
        read_key_file(pem(weak))
