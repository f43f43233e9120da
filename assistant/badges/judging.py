"""Judging a badge file on one day: what it says, every check, and one verdict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from assistant.badges import content as contents
from assistant.badges.canonical import BoundedWork
from assistant.badges.claims import check_claims, end_of
from assistant.badges.container import TOKEN, Opened, open_bytes
from assistant.badges.content import content_of
from assistant.badges.dates import check_dates
from assistant.badges.fetching import Fetch, FetchError
from assistant.badges.finder import KeyFinder
from assistant.badges.keys import PublicKey
from assistant.badges.report import (
    Check,
    Content,
    Report,
    UnreadableError,
    Verdict,
    failed,
    passed,
    unknown,
    verdict_of,
)
from assistant.badges.signatures import Canonize, check_proofs, check_token
from assistant.badges.status import check_hosted, check_status
from assistant.badges.structure import check_structure
from assistant.badges.tokens import take_apart
from assistant.badges.values import identifier, listed, mapping, mappings, text, types

MOST_INNER = 50
DEEPEST = 2
ENVELOPED = "EnvelopedVerifiableCredential"


@dataclass(frozen=True)
class Judge:
    """Judges one badge file on one day. Without `fetch` nothing leaves this machine.

    `keys` are those that the person who asks got from the issuer. `canonize` may be replaced where the file is trusted.
    """

    on: date
    keys: Sequence[PublicKey] = ()
    fetch: Fetch | None = None
    canonize: Canonize = field(default_factory=BoundedWork)

    def judge(self, opened: Opened, depth: int = 0) -> Report:
        """Return the report on an opened badge; raises UnreadableError for a broken token."""
        if opened.address is not None:
            return self._address(opened.address, opened.form)
        if opened.token is not None:
            return self._token(opened, depth)
        return self._document(opened.document or {}, opened.form, depth)

    def _address(self, url: str, form: str) -> Report:
        if self.fetch is not None:
            try:
                found = open_bytes(self.fetch(url))
            except FetchError as error:
                check = unknown("structure", f"fetch_{error.reason}", url=error.url)
            else:
                if found.address is None:
                    return self.judge(found)
                check = unknown("structure", "fetch_redirect", url=url[:200])
        else:
            check = unknown("structure", "kind_address")
        return self._report(form, Content(kind=contents.ADDRESS, id=url[:500]), [check])

    def _token(self, opened: Opened, depth: int) -> Report:
        token = take_apart(opened.token or "")
        inside = token.payload.get("vc")
        document = inside if isinstance(inside, dict) else token.payload
        said = content_of(document)
        structure = check_structure(document)
        if said.kind not in contents.CLAIMS:
            return self._report(opened.form, said, [structure])
        old = said.kind == contents.OLD_BADGE
        issuer = said.issuer.id if said.issuer else None
        finder = KeyFinder(self.keys, self.fetch)
        # Open Badges 2.0 names the key in the document, not in the token's header.
        creator = text(mapping(document.get("verification")).get("creator")) if old else None
        checks = [structure, check_dates(said, self.on, [] if old else end_of(token.payload))]
        differ = None if old or said.kind == contents.RECORD else check_claims(token.payload, document, said)
        checks += [differ] if differ is not None else []
        checks.append(check_token(token, issuer, finder, creator=creator, envelope_key=opened.envelope_key))
        checks.append(check_status(document, said.kind, self.fetch, signed=True))
        return self._with_inner(opened.form, said, checks, document, depth)

    def _document(self, document: dict[str, Any], form: str, depth: int) -> Report:
        said = content_of(document)
        structure = check_structure(document)
        if said.kind not in contents.CLAIMS:
            return self._report(form, said, [structure])
        ends = [end for proof in mappings(document.get("proof")) if (end := text(proof.get("expires"))) is not None]
        issuer = said.issuer.id if said.issuer else None
        checks = [structure, check_dates(said, self.on, ends)]
        if said.kind == contents.OLD_BADGE:
            checks.append(check_hosted(document, self.fetch))
        else:
            checks.append(check_proofs(document, issuer, KeyFinder(self.keys, self.fetch), self.canonize))
        checks.append(check_status(document, said.kind, self.fetch, signed=False))
        return self._with_inner(form, said, checks, document, depth)

    def _with_inner(
        self, form: str, said: Content, checks: list[Check], document: dict[str, Any], depth: int
    ) -> Report:
        if said.kind != contents.TRANSCRIPT:
            return self._report(form, said, checks)
        parts = listed(mapping(document.get("credentialSubject")).get("verifiableCredential"))
        if len(parts) > MOST_INNER or depth >= DEEPEST:
            checks.append(unknown("inner", "many", count=str(len(parts)), most=str(MOST_INNER)))
            return self._report(form, said, checks)
        try:
            inner = [self.judge(_opened(part), depth + 1) for part in parts]
        except UnreadableError:
            checks.append(failed("inner", "malformed"))
            return self._report(form, said, checks)
        return self._report(form, said, [*checks, _inner_check(inner)], inner)

    def _report(self, form: str, said: Content, checks: Sequence[Check], inner: Sequence[Report] = ()) -> Report:
        made = tuple(checks)
        return Report(form=form, on=self.on, verdict=verdict_of(made), content=said, checks=made, inner=tuple(inner))


def _opened(part: Any) -> Opened:
    """Return a credential inside a transcript: a token, an enveloped token, or a document."""
    if isinstance(part, dict) and ENVELOPED in types(part):
        kind, _, part = (identifier(part) or "").partition(",")
        if not kind.startswith("data:application/"):
            raise UnreadableError("token")
    if isinstance(part, str):
        if not TOKEN.fullmatch(part):
            raise UnreadableError("token")
        return Opened("jwt", token=part)
    if not isinstance(part, dict):
        raise UnreadableError("no_object")
    return Opened("json", document=part)


def _inner_check(inner: Sequence[Report]) -> Check:
    count = {verdict: sum(report.verdict is verdict for report in inner) for verdict in Verdict}
    if count[Verdict.INVALID]:
        return failed("inner", "some_invalid", count=str(count[Verdict.INVALID]), all=str(len(inner)))
    if count[Verdict.CANNOT_TELL]:
        return unknown("inner", "some_open", count=str(count[Verdict.CANNOT_TELL]), all=str(len(inner)))
    return passed("inner", "all_valid", count=str(len(inner)))
