"""Fetching: nothing inside a network is asked, nothing is followed, nothing big or slow is waited for."""

from __future__ import annotations

import json
import ssl
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from assistant.badges import fetching
from assistant.badges.fetching import MOST_BYTES, MOST_FETCHES, Fetcher, FetchError, addresses_of, host_of, is_public
from assistant.badges.report import Verdict

PUBLIC = "93.184.216.34"
COLLEGE = "https://college.example/issuer"


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.88.99.1"),
        *("::1", "::", "fe80::1", "fc00::1", "fd12::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1"),
        *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::", "2001::1", "::7f00:1"),
        *("fec0::1", "fe80::1%eth0", "localhost", "", "1.2.3", "0x7f000001", "2130706433"),
    ],
)
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_addresses_outside_are_public(address):
    assert is_public(address)


def answering(body: bytes = b"{}", seen: list | None = None, **response):
    def answer(request: httpx.Request) -> httpx.Response:
        if seen is not None:
            seen.append(request)
        status, headers = response.get("status", 200), response.get("headers")
        return httpx.Response(status, stream=httpx.ByteStream(body), headers=headers)

    return httpx.MockTransport(answer)


def reason(url: str, resolve=lambda host: [PUBLIC], transport=None) -> str:
    with pytest.raises(FetchError) as error:
        Fetcher(resolve, transport or answering())(url)
    return error.value.reason


@pytest.mark.parametrize(
    "url",
    [
        *("http://college.example/", "ftp://college.example/", "file:///etc/passwd", "javascript:alert(1)", "", "//x"),
        *("https://", "https:///x", "https://user@college.example/", "https://a:b@college.example/"),
        *(
            "https://college.example:8443/",
            "https://college.example:99999/",
            "https://[::1",
            "https://college.example/ x",
        ),
        *(
            "https://college.example/\r\nHost: inside",
            "https://college.example\\@inside/",
            "https://colle\u200bge.example/",
        ),
    ],
)
def test_only_plain_https_addresses_are_fetched(url):
    assert reason(url, resolve=lambda host: pytest.fail("looked up")) == "no_https"


@pytest.mark.parametrize("found", [["127.0.0.1"], [PUBLIC, "10.0.0.1"], ["::1"], ["169.254.169.254"]])
def test_a_name_that_leads_inside_is_not_asked(found):
    transport = httpx.MockTransport(lambda request: pytest.fail("asked"))
    assert reason("https://college.example/", lambda host: found, transport) == "inside"


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://[::1]/", "https://localhost/", "https://169.254.169.254/"]
)
def test_an_address_inside_is_not_asked(url):
    transport = httpx.MockTransport(lambda request: pytest.fail("asked"))
    assert reason(url, addresses_of, transport) in {"inside", "no_host"}


@pytest.mark.parametrize("host", ["127.1", "2130706433", "0x7f.1", "0177.0.0.1"])
def test_an_address_written_oddly_is_seen_through(host):
    transport = httpx.MockTransport(lambda request: pytest.fail("asked"))
    assert reason(f"https://{host}/", addresses_of, transport) in {"inside", "no_host"}


def test_the_checked_address_itself_is_called():
    seen, looked = [], []

    def resolve(host):
        looked.append(host)
        return ["2606:4700::1111"] if host == "six.example" else [PUBLIC]

    fetch = Fetcher(resolve, answering(b"x", seen))
    assert (fetch("https://college.example/a?b=c"), fetch("https://six.example")) == (b"x", b"x")
    assert [str(request.url) for request in seen] == [f"https://{PUBLIC}/a?b=c", "https://[2606:4700::1111]/"]
    assert [request.headers["host"] for request in seen] == looked == ["college.example", "six.example"]
    assert [request.extensions["sni_hostname"] for request in seen] == looked


def test_no_host_no_fetch():
    assert reason("https://college.example/", lambda host: []) == "no_host"


def test_redirects_are_not_followed():
    for status in (301, 302, 303, 307, 308):
        moved = answering(status=status, headers={"location": "https://127.0.0.1/"})
        assert reason("https://college.example/", transport=moved) == "redirect"


def test_only_a_good_small_plain_answer_counts():
    assert reason("https://college.example/", transport=answering(status=404)) == "failed"
    assert reason("https://college.example/", transport=answering(b"x" * (MOST_BYTES + 1))) == "too_big"
    packed = answering(headers={"content-encoding": "gzip"})
    assert reason("https://college.example/", transport=packed) == "failed"

    def broken(request):
        raise httpx.ConnectError("no")

    assert reason("https://college.example/", transport=httpx.MockTransport(broken)) == "failed"


def test_a_slow_answer_is_given_up(monkeypatch):
    monkeypatch.setattr(fetching, "SECONDS", 0.3)

    class Drips(httpx.SyncByteStream):
        def __iter__(self):
            for _ in range(40):
                time.sleep(0.05)
                yield b"x" * 9000

    drips = httpx.MockTransport(lambda request: httpx.Response(200, stream=Drips()))
    start = time.monotonic()
    assert reason("https://college.example/", transport=drips) == "too_slow"
    assert reason("https://college.example/", lambda host: time.sleep(2) or [PUBLIC]) == "too_slow"
    assert time.monotonic() - start < 1.5


def test_few_pages_are_fetched():
    fetch = Fetcher(lambda host: [PUBLIC], answering())
    for _ in range(MOST_FETCHES):
        fetch("https://college.example/")
    with pytest.raises(FetchError, match="too_many"):
        fetch("https://college.example/")


def certificate(name, folder):
    """Write a self-signed certificate for a host name, with its key, into one file."""
    private = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.now(UTC) - timedelta(days=1)
    made = (
        x509.CertificateBuilder(subject, subject, private.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=3))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(private, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    key = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(key + made.public_bytes(Encoding.PEM))
    return path


class ToPort(httpx.HTTPTransport):
    """Calls a server of this machine at its own port; everything else is httpx as it is."""

    def __init__(self, port, **options):
        super().__init__(**options)
        self.port = port

    def handle_request(self, request):
        request.url = request.url.copy_with(port=self.port)
        return super().handle_request(request)


@pytest.mark.parametrize(("name", "good"), [("college.example", True), ("other.example", False)])
def test_the_site_must_prove_its_name(tmp_path, monkeypatch, name, good):
    path = certificate(name, tmp_path)

    class Page(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(self.headers["Host"].encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Page)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setattr(fetching, "is_public", lambda address: True)
    trust = ssl.create_default_context(cafile=str(path))
    try:
        with closing(ToPort(server.server_port, verify=trust)) as transport:
            fetch = Fetcher(lambda host: ["127.0.0.1"], transport)
            if good:
                assert fetch("https://college.example/") == b"college.example"
            else:
                with pytest.raises(FetchError, match="failed"):
                    fetch("https://college.example/")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_hosts_are_compared_as_they_are_called():
    assert host_of("https://College.example/a#b") == "college.example"
    assert host_of("http://college.example/") is None
    assert host_of(None) is host_of("did:key:z6") is None


class World:
    """Pages by address; everything else is missing."""

    def __init__(self, **pages):
        self.pages, self.asked = pages["pages"], []

    def __call__(self, url):
        self.asked.append(url)
        if url not in self.pages:
            raise FetchError("failed", url)
        page = self.pages[url]
        return page if isinstance(page, bytes) else json.dumps(page).encode()


def key_page(issuer, owner, name):
    return {
        "id": owner,
        "verificationMethod": [
            {"id": name, "type": "Multikey", "controller": owner, "publicKeyMultibase": issuer.multikey}
        ],
        "assertionMethod": [name],
    }


def test_the_issuers_own_site_shows_its_key(issuer, judge, why):
    name = f"{COLLEGE}#key-1"
    world = World(pages={COLLEGE: key_page(issuer, COLLEGE, name)})
    signed = issuer.sign(issuer.badge(issuer=COLLEGE), method=name)
    report = judge(signed, fetch=world)
    assert (report.verdict, world.asked) == (Verdict.VALID, [COLLEGE])
    assert why(judge(signed)) == ["signature_no_key"]
    assert why(judge(signed | {"name": "Doctor"}, fetch=world)) == ["signature_unfit_fetched"]


def test_did_web_is_looked_up_at_its_site(issuer, judge):
    for did, url in (
        ("did:web:college.example", "https://college.example/.well-known/did.json"),
        ("did:web:college.example:issuers:7", "https://college.example/issuers/7/did.json"),
    ):
        world = World(pages={url: key_page(issuer, did, f"{did}#1")})
        report = judge(issuer.sign(issuer.badge(issuer=did), method=f"{did}#1"), fetch=world)
        assert (report.verdict, world.asked) == (Verdict.VALID, [url])


@pytest.mark.parametrize("did", ["did:web:", "did:web:..%2F..", "did:web:127.0.0.1", "did:web:localhost%3A8080"])
def test_did_web_does_not_lead_inside(issuer, judge, did):
    fetch = Fetcher(addresses_of, httpx.MockTransport(lambda request: pytest.fail("asked")))
    report = judge(issuer.sign(issuer.badge(issuer=did), method=f"{did}#1"), fetch=fetch)
    assert report.verdict is Verdict.CANNOT_TELL


def test_a_key_at_another_site_proves_nothing(issuer, judge, why):
    elsewhere = "https://evil.example/key"
    page = key_page(issuer, COLLEGE, f"{elsewhere}#1")
    signed = issuer.sign(issuer.badge(issuer=COLLEGE), method=f"{elsewhere}#1")
    assert why(judge(signed, fetch=World(pages={elsewhere: page}))) == ["signature_fits_stranger"]


def test_a_key_that_may_not_sign_statements_proves_nothing(issuer, judge, why):
    page = key_page(issuer, COLLEGE, f"{COLLEGE}#1") | {"assertionMethod": []}
    signed = issuer.sign(issuer.badge(issuer=COLLEGE), method=f"{COLLEGE}#1")
    assert why(judge(signed, fetch=World(pages={COLLEGE: page}))) == ["signature_fits_stranger"]


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"<html>", "fetch_no_key"),
        (b"\xff", "fetch_no_key"),
        ({"publicKeyMultibase": "z1"}, "fetch_no_key"),
        ({}, "no_key"),
    ],
)
def test_a_page_without_a_key_leaves_it_open(issuer, judge, why, page, reason):
    signed = issuer.sign(issuer.badge(issuer=COLLEGE), method=f"{COLLEGE}#1")
    assert why(judge(signed, fetch=World(pages={COLLEGE: page}))) == [f"signature_{reason}"]


def test_a_token_is_checked_with_the_key_set_of_its_issuer(issuer, judge):
    kid = "https://college.example/keys#k1"
    world = World(pages={"https://college.example/keys": {"keys": [issuer.jwk | {"kid": kid}]}})
    report = judge(issuer.token(issuer.badge(issuer=COLLEGE), kid=kid), fetch=world)
    assert report.verdict is Verdict.VALID


REVOKED = "https://college.example/revoked"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ({"issuer": COLLEGE, "revokedCredential": []}, []),
        ({"issuer": COLLEGE, "revokedCredential": [{"id": "urn:other"}]}, []),
        ({"issuer": COLLEGE, "revokedCredential": [{"id": "ID", "revoked": True}]}, ["status_revoked"]),
        ({"issuer": {"id": COLLEGE}, "revokedCredential": {"id": "ID"}}, ["status_revoked"]),
        ({"issuer": "https://evil.example/", "revokedCredential": []}, ["status_list_elsewhere"]),
        (b"<html>", ["status_fetch_failed"]),
        (None, ["status_fetch_failed"]),
    ],
)
def test_the_list_of_credentials_taken_back_is_asked(issuer, judge, why, page, found):
    badge = issuer.badge(issuer=COLLEGE, credentialStatus={"id": REVOKED, "type": "1EdTechRevocationList"})
    if isinstance(page, dict):
        page = json.loads(json.dumps(page).replace('"ID"', json.dumps(badge["id"])))
    pages = {COLLEGE: key_page(issuer, COLLEGE, f"{COLLEGE}#1")} | ({} if page is None else {REVOKED: page})
    token = issuer.token(badge, kid=f"{COLLEGE}#1")
    assert why(judge(token, fetch=World(pages=pages))) == found


def test_a_list_at_another_site_is_not_asked(issuer, judge, why):
    badge = issuer.badge(credentialStatus={"id": "https://evil.example/list", "type": "1EdTechRevocationList"})
    report = judge(issuer.token(badge, kid=issuer.method), fetch=pytest.fail)
    assert why(report) == ["status_list_elsewhere"]


def hosted(url="https://college.example/assertions/1"):
    return {
        "@context": "https://w3id.org/openbadges/v2",
        "type": "Assertion",
        "id": url,
        "recipient": {"type": "email", "identity": "a@college.example"},
        "badge": {"id": "https://college.example/badges/1", "issuer": {"id": COLLEGE}},
        "issuedOn": "2026-01-01T00:00:00Z",
        "verification": {"type": "HostedBadge"},
    }


def test_a_hosted_badge_is_compared_with_its_site(judge, why):
    badge = hosted()
    assert judge(badge, fetch=World(pages={badge["id"]: badge})).verdict is Verdict.VALID
    other = badge | {"issuedOn": "2025-01-01T00:00:00Z"}
    assert why(judge(badge, fetch=World(pages={badge["id"]: other}))) == ["signature_hosted_differs"]
    assert why(judge(badge, fetch=World(pages={badge["id"]: badge | {"revoked": True}}))) == ["status_revoked"]
    assert why(judge(badge, fetch=World(pages={}))) == ["signature_fetch_failed"]
    evil = hosted("https://evil.example/assertions/1")
    assert why(judge(evil, fetch=World(pages={evil["id"]: evil}))) == ["signature_hosted_elsewhere"]


def test_a_signed_old_badge_is_checked_with_the_key_that_it_names(issuer, judge, why):
    name = "https://college.example/key"
    badge = hosted() | {"verification": {"type": "SignedBadge", "creator": name}}
    world = World(pages={name: {"id": name, "owner": COLLEGE, "publicKeyJwk": issuer.jwk}})
    assert why(judge(issuer.token(badge), fetch=world)) == ["status_old_list"]


def test_an_address_is_opened_where_the_network_is_allowed(issuer, judge):
    url = "https://college.example/badge.json"
    badge = issuer.sign(issuer.badge())
    assert judge(url, fetch=World(pages={url: badge})).verdict is Verdict.VALID
    assert judge(url, fetch=World(pages={url: url.encode()})).verdict is Verdict.CANNOT_TELL
    assert judge("http://169.254.169.254/", fetch=Fetcher()).checks[0].reason == "fetch_no_https"
