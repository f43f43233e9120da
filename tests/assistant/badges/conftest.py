"""Issuers made for the tests: keys, signed badges in every form, and a world of pages that can be fetched."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import zlib
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from assistant.badges.canonical import canonical, in_this_process
from assistant.badges.container import open_bytes
from assistant.badges.judging import Judge
from assistant.badges.multikey import ED25519, encode
from assistant.badges.report import Report

ON = date(2026, 11, 24)
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
SUITE_CONTEXT = "https://w3id.org/security/suites/ed25519-2020/v1"
SEED = bytes(range(32))


def web64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    """Signs badges with a fixed Ed25519 key, by hand: no code of the product makes the signatures."""

    def __init__(self, seed: bytes = SEED) -> None:
        self.private = ed25519.Ed25519PrivateKey.from_private_bytes(seed)
        raw = self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        self.multikey = encode(ED25519 + raw)
        self.did = f"did:key:{self.multikey}"
        self.method = f"{self.did}#{self.multikey}"
        self.jwk = {"kty": "OKP", "crv": "Ed25519", "x": web64(raw)}

    def badge(self, issuer: str | None = None, **more: Any) -> dict[str, Any]:
        """Return an unsigned Open Badge 3.0."""
        return {
            "@context": ["https://www.w3.org/ns/credentials/v2", OB3],
            "id": "urn:uuid:0b6c2a4e-2b0a-4a39-9f3a-0d7a0f5f9a11",
            "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "issuer": {"id": issuer or self.did, "type": ["Profile"], "name": "Invented College"},
            "validFrom": "2026-01-02T03:04:05Z",
            "name": "Forklift",
            "credentialSubject": {
                "id": "did:example:learner",
                "type": ["AchievementSubject"],
                "achievement": {
                    "id": "https://college.example/achievements/forklift",
                    "type": ["Achievement"],
                    "name": "Forklift safety",
                    "description": "Drives a forklift.",
                    "criteria": {"narrative": "An hour on the yard."},
                },
            },
            **more,
        }

    def proof(self, suite: str, method: str | None = None) -> dict[str, Any]:
        return {
            "type": "DataIntegrityProof",
            "cryptosuite": suite,
            "created": "2026-01-02T03:04:06Z",
            "verificationMethod": method or self.method,
            "proofPurpose": "assertionMethod",
        }

    def sign(
        self, document: dict[str, Any], suite: str = "eddsa-rdfc-2022", method: str | None = None
    ) -> dict[str, Any]:
        """Return a copy with a proof."""
        signed = copy.deepcopy(document)
        proof = self.proof(suite, method)
        if suite == "Ed25519Signature2020":
            proof["type"] = proof.pop("cryptosuite")
            parts = [canonical({"@context": SUITE_CONTEXT} | proof).encode(), canonical(signed).encode()]
        elif suite == "eddsa-jcs-2022":
            proof["@context"] = signed["@context"]
            parts = [rfc8785.dumps(proof), rfc8785.dumps(signed)]
        else:
            parts = [canonical({"@context": signed["@context"]} | proof).encode(), canonical(signed).encode()]
        value = self.private.sign(b"".join(hashlib.sha256(part).digest() for part in parts))
        return signed | {"proof": [proof | {"proofValue": encode(value)}]}

    def token(self, payload: dict[str, Any], algorithm: str = "EdDSA", key: Any = None, **header: Any) -> str:
        """Return a signed token, made without the library that the product checks it with."""
        head = web64(json.dumps({"alg": algorithm, "typ": "JWT"} | header).encode())
        text = f"{head}.{web64(json.dumps(payload).encode())}"
        return f"{text}.{web64(_signature(algorithm, key or self.private, text.encode()))}"


def _signature(algorithm: str, key: Any, data: bytes) -> bytes:
    if algorithm == "RS256":
        return bytes(key.sign(data, padding.PKCS1v15(), hashes.SHA256()))
    if algorithm == "ES256":
        r, s = decode_dss_signature(key.sign(data, ec.ECDSA(hashes.SHA256())))
        return r.to_bytes(32) + s.to_bytes(32)
    return bytes(key.sign(data))


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture(scope="session")
def stranger() -> Issuer:
    return Issuer(bytes(32))


@pytest.fixture(scope="session")
def rsa_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture(scope="session")
def ec_key() -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(123456789, ec.SECP256R1())


@pytest.fixture(scope="session")
def pem() -> Callable[[Any], bytes]:
    return lambda private: private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@pytest.fixture
def judge() -> Callable[..., Report]:
    """Judge bytes, a token or a document on the day of the tests, in this process."""

    def judging(badge: Any, on: date = ON, **options: Any) -> Report:
        data = badge if isinstance(badge, bytes) else (badge if isinstance(badge, str) else json.dumps(badge)).encode()
        return Judge(on, canonize=in_this_process, **options).judge(open_bytes(data))

    return judging


@pytest.fixture(scope="session")
def why() -> Callable[..., list[str]]:
    """Name the reasons of a report that are not in its favour."""
    return lambda report: [f"{c.about}_{c.reason}" for c in report.checks if c.outcome != "passed"]


def chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4) + kind + body + zlib.crc32(kind + body).to_bytes(4)


@pytest.fixture(scope="session")
def bake() -> Callable[..., bytes]:
    """Make a PNG of one pixel with the given chunks in it."""

    def baking(*chunks: tuple[bytes, bytes]) -> bytes:
        head = chunk(b"IHDR", (1).to_bytes(4) * 2 + b"\x08\x00\x00\x00\x00")
        pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
        return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunk(*c) for c in chunks) + pixel + chunk(b"IEND", b"")

    return baking
