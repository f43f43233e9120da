"""Whether the signatures of a file hold: tokens (VC-JWT) and embedded proofs (Data Integrity)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from assistant.badges import multikey
from assistant.badges.canonical import RefusedError
from assistant.badges.finder import Found, KeyFinder, Origin
from assistant.badges.keys import Key, jwk_key, pem_key
from assistant.badges.report import Check, Outcome, UnreadableError, failed, passed, unknown
from assistant.badges.tokens import ALGORITHMS, Token, fits
from assistant.badges.values import listed, mappings, text

ABOUT = "signature"
Canonize = Callable[[Sequence[dict[str, Any]]], list[str]]
RDF, JCS, OLD = "eddsa-rdfc-2022", "eddsa-jcs-2022", "Ed25519Signature2020"
OLD_CONTEXT = "https://w3id.org/security/suites/ed25519-2020/v1"
PROOF_NAMES = frozenset(
    {"@context", "id", "type", "cryptosuite", "created", "expires", "verificationMethod", "proofPurpose", "proofValue"}
    | {"domain", "challenge", "nonce"}
)
NOT_JUDGED = frozenset({"unknown_context", "own_context", "too_much_work", "not_json_ld", "two_places"})
"""Reasons that leave a signature open; a part that the signature does not cover makes it fail."""


def check_token(
    token: Token, issuer: str | None, finder: KeyFinder, *, creator: str | None = None, envelope_key: str | None = None
) -> Check:
    """Check the signature of a token; `creator` names its key where the header does not (Open Badges 2.0)."""
    if token.header.get("alg") not in ALGORITHMS:
        return unknown(ABOUT, "algorithm", name=token.algorithm)
    try:
        own = _own_key(token, envelope_key)
    except UnreadableError:
        own = None
    found = finder.find(text(token.header.get("kid")) or creator, issuer, own)
    return _tried(found, lambda key: fits(token, key), finder)


def _own_key(token: Token, envelope_key: str | None) -> Key | None:
    if envelope_key is not None:
        return pem_key(envelope_key)
    carried = token.header.get("jwk")
    return jwk_key(carried) if isinstance(carried, dict) else None


def check_proofs(document: dict[str, Any], issuer: str | None, finder: KeyFinder, canonize: Canonize) -> Check:
    """Check the proofs of a document: one that fails makes all fail, else one that holds is enough."""
    proofs = listed(document.get("proof"))
    if not proofs:
        return unknown(ABOUT, "none")
    if len(proofs) > 5 or len(mappings(proofs)) < len(proofs):
        return failed(ABOUT, "malformed", part="proof")
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    checks = [_check_proof(unsigned, proof, issuer, finder, canonize) for proof in mappings(proofs)]
    for outcome in (Outcome.FAILED, Outcome.PASSED):
        for check in checks:
            if check.outcome is outcome:
                return check
    return checks[0]


def _check_proof(
    unsigned: dict[str, Any], proof: dict[str, Any], issuer: str | None, finder: KeyFinder, canonize: Canonize
) -> Check:
    suite = _suite(proof)
    if suite is None:
        return unknown(ABOUT, "suite", name=str(proof.get("cryptosuite") or proof.get("type"))[:40])
    problem = _malformed(proof)
    if problem is not None:
        return failed(ABOUT, "malformed", part=problem)
    try:
        signature = multikey.decode(proof["proofValue"])
    except multikey.NotAKeyError:
        return failed(ABOUT, "malformed", part="proof.proofValue")
    try:
        signed = _signed_bytes(unsigned, proof, suite, canonize)
    except RefusedError as error:
        make = unknown if error.reason in NOT_JUDGED else failed
        return make(ABOUT, error.reason, part=error.part)
    found = finder.find(proof["verificationMethod"], issuer)
    return _tried(found, lambda key: _holds(key, signature, signed), finder)


def _suite(proof: dict[str, Any]) -> str | None:
    if proof.get("type") == OLD:
        return OLD
    suite = proof.get("cryptosuite")
    return suite if proof.get("type") == "DataIntegrityProof" and suite in (RDF, JCS) else None


def _malformed(proof: dict[str, Any]) -> str | None:
    """Return the part of a proof that is wrong."""
    extra = sorted(proof.keys() - PROOF_NAMES)
    if extra:
        return f"proof.{extra[0][:40]}"
    if proof.get("proofPurpose") != "assertionMethod":
        return "proof.proofPurpose"
    texts = ("verificationMethod", "proofValue", *({"created", "expires"} & proof.keys()))
    return next((f"proof.{name}" for name in texts if not isinstance(proof.get(name), str)), None)


def _signed_bytes(unsigned: dict[str, Any], proof: dict[str, Any], suite: str, canonize: Canonize) -> bytes:
    """Return the two hashes that are signed: of the proof's own settings, then of the document."""
    settings = {name: value for name, value in proof.items() if name != "proofValue"}
    if suite == JCS:
        return b"".join(hashlib.sha256(each).digest() for each in _jcs(unsigned, settings))
    if "@context" in settings and suite == RDF and settings["@context"] != unsigned.get("@context"):
        raise RefusedError("own_context")
    settings["@context"] = unsigned.get("@context") if suite == RDF else OLD_CONTEXT
    return b"".join(hashlib.sha256(each.encode()).digest() for each in canonize([settings, unsigned]))


def _jcs(unsigned: dict[str, Any], settings: dict[str, Any]) -> tuple[bytes, bytes]:
    if settings.get("@context", unsigned.get("@context")) != unsigned.get("@context"):
        raise RefusedError("not_covered", "@context")
    try:
        return rfc8785.dumps(settings), rfc8785.dumps(unsigned)
    except rfc8785.CanonicalizationError:
        raise RefusedError("not_covered", "number") from None


def _holds(key: Key, signature: bytes, signed: bytes) -> bool:
    if not isinstance(key, Ed25519PublicKey):
        return False
    try:
        key.verify(signature, signed)
    except InvalidSignature:
        return False
    return True


def _tried(found: Sequence[Found], holds: Callable[[Key], bool], finder: KeyFinder) -> Check:
    if not found:
        problem = finder.problems[-1] if finder.problems else None
        if problem is not None:
            return unknown(ABOUT, f"fetch_{problem.reason}", url=problem.url)
        return unknown(ABOUT, "wrong_name" if finder.given else "no_key")
    for each in found:
        if holds(each.key):
            make = passed if each.origin in {Origin.GIVEN, Origin.ISSUER, Origin.FETCHED} else unknown
            return make(ABOUT, f"fits_{each.origin}")
    return failed(ABOUT, f"unfit_{found[0].origin}")
