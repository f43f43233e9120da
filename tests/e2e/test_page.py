"""The pages in a real browser: each one's main job, in both languages, and nothing is asked of any other host."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

pytestmark = [pytest.mark.e2e, pytest.mark.enable_socket, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
QUESTION = "evening phlebotomy class near Newark under $2,000"
WIDTHS = (360, 1920)
SLOW = 60_000


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def app_log(tmp_path_factory):
    return tmp_path_factory.mktemp("page-home") / "log"


@pytest.fixture(scope="module")
def page_address(app_log):
    """The app over the bundled snapshot, in a process of its own."""
    port = free_port()
    environment = os.environ | {"NAVIGATOR_HOME": str(app_log.parent), "NAVIGATOR_PORT": str(port)}
    with app_log.open("w") as log:
        app = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, app, app_log)
            yield address
        finally:
            app.terminate()
            app.wait(timeout=20)


def _wait(address: str, app: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        if app.poll() is not None:
            pytest.fail(f"the app ended: {log.read_text()}")
        try:
            with urlopen(f"{address}/ready", timeout=10) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the app did not start: {log.read_text()}")


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no browser: install Debian's chromium")
        pytest.skip("no browser here: the page was NOT tested")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, page_address):
    """A fresh visitor; the test fails on any request that leaves the machine and on any error in the page."""
    visitor = browser.new_context(viewport={"width": 1200, "height": 900}, base_url=page_address)
    opened = visitor.new_page()
    asked: list[str] = []
    errors: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto("/en/")
    opened.wait_for_selector("#nav-question textarea")
    yield opened
    hosts = {urlsplit(url).hostname for url in asked if urlsplit(url).scheme in ("http", "https", "ws", "wss")}
    visitor.close()
    assert hosts == {"127.0.0.1"}
    assert errors == []


def ask(page, text: str) -> None:
    page.fill("#nav-question textarea", text)
    page.keyboard.press("Enter")


def test_a_learner_gets_programs_with_source_and_date(page):
    ask(page, QUESTION)
    page.wait_for_selector(".nav-card", timeout=SLOW)
    assert "phlebotomy" in page.inner_text("[role=log]").lower()
    first = page.locator(".nav-card").first
    assert "$" in first.inner_text()
    first.locator("summary").click()
    opened = first.inner_text()
    assert "New Jersey Department of Labor" in opened
    assert "as of 2021" in opened


def test_the_whole_answer_can_be_unfolded(page):
    ask(page, QUESTION)
    page.wait_for_selector(".nav-card", timeout=SLOW)
    page.click("text=The whole answer in words")
    page.wait_for_selector("[role=log] >> text=Sources")


def test_a_card_leads_to_a_receipt_without_script(page):
    ask(page, QUESTION)
    page.wait_for_selector(".nav-card", timeout=SLOW)
    page.locator(".nav-card summary").first.click()
    with page.context.expect_page() as opening:
        page.locator(".nav-card a:has-text('receipt')").first.click()
    receipt = opening.value
    receipt.wait_for_selector("h1")
    assert "The published cells" in receipt.inner_text("body")
    assert receipt.locator("script").count() == 0


def test_a_limit_is_given_up_and_taken_back(page):
    ask(page, QUESTION)
    page.wait_for_selector("text=at most $2,000", timeout=SLOW)
    limit = page.get_by_role("checkbox", name="at most $2,000")
    limit.uncheck()
    page.wait_for_selector("text=Again, without: at most $2,000", timeout=SLOW)
    page.wait_for_selector(".nav-card", timeout=SLOW)
    said = page.inner_text("[role=log]").rpartition("Again, without")[2]
    assert "within 15 miles of Newark, evening classes" in said
    assert not limit.is_checked()
    limit.check()
    page.wait_for_selector("text=Again, with all limits", timeout=SLOW)


def test_what_may_be_asked_next_is_understood(page):
    ask(page, QUESTION)
    page.wait_for_selector("text=compare the first two", timeout=SLOW)
    page.click("text=compare the first two")
    page.wait_for_selector("[role=log] table", timeout=SLOW)


def test_the_page_speaks_spanish_and_keeps_it_on_reload(page):
    page.click("text=Español")
    page.wait_for_selector("text=Encuentre un programa")
    assert page.get_attribute("html", "lang") == "es"
    page.reload()
    page.wait_for_selector("text=Encuentre un programa")
    ask(page, "¿qué es EQOS?")
    page.wait_for_selector("text=Fuentes", timeout=SLOW)
    assert "cinco" in page.inner_text("body").lower()


def test_the_address_alone_opens_the_reader_s_language(browser, page_address):
    visitor = browser.new_context(base_url=page_address, locale="es-MX")
    opened = visitor.new_page()
    opened.goto("/")
    assert opened.url.endswith("/es/")
    visitor.close()


def test_support_staff_get_a_triage_and_stay_staff_on_reload(page):
    page.click("text=support staff")
    ask(page, "My school just closed and I lose my refund on Friday")
    page.wait_for_selector("text=Suggested triage", timeout=SLOW)
    assert "urgent" in page.inner_text("body")
    page.reload()
    page.wait_for_selector("#nav-question textarea")
    page.wait_for_selector("text=I can't log in", timeout=SLOW)
    assert page.get_by_role("radio", name="support staff").is_checked()


def test_markup_in_a_question_is_shown_as_text(page):
    ask(page, "<img src=x onerror=\"document.title='owned'\"> **welding**")
    page.wait_for_selector(".nav-card", timeout=SLOW)
    assert page.title() != "owned"
    assert page.query_selector("img[src='x']") is None


def test_a_school_is_checked_by_its_address_and_by_the_form(page):
    page.goto("/en/check?name=Berdan+Institute")
    page.wait_for_selector("#nav-dossier >> text=What the rules say", timeout=SLOW)
    assert "Berdan Institute" in page.inner_text("#nav-glance")
    page.fill("#nav-school textarea, #nav-school input", "No Such School of Anything Zzz")
    page.keyboard.press("Enter")
    page.wait_for_selector("#nav-dossier >> text=That says nothing about it", timeout=SLOW)
    assert not page.is_visible("#nav-glance")


def test_one_of_several_schools_is_chosen(page):
    page.goto("/es/check?name=Lincoln+Tech")
    page.wait_for_selector("text=¿Cuál de ellas?", timeout=SLOW)
    page.get_by_label("Lincoln Technical Institute-Paramus (Paramus, NJ)").check()
    page.wait_for_selector("#nav-glance >> text=Paramus", timeout=SLOW)


def test_a_credential_a_badge_and_a_posting_are_explained(page, tmp_path):
    page.goto("/en/meaning?name=CompTIA+A%2B")
    page.wait_for_selector("text=Sources", timeout=SLOW)
    badge = {
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": "https://school.example", "type": ["Profile"], "name": "<b>Example</b> School"},
        "validFrom": "2024-01-01T00:00:00Z",
        "name": "Welding",
        "credentialSubject": {"type": ["AchievementSubject"], "achievement": {"type": ["Achievement"], "name": "MIG"}},
    }  # fmt: skip
    file = tmp_path / "badge.json"
    file.write_text(json.dumps(badge))
    page.set_input_files("input[type=file]", str(file))
    page.wait_for_selector("#nav-badge-report .nav-badge", timeout=SLOW)
    assert "<b>Example</b> School" in page.inner_text("#nav-badge-report")
    page.fill("#nav-posting textarea", "Electrician. A journeyman electrician license is required. Bachelor's degree.")
    page.click("text=Read it")
    page.wait_for_selector("#nav-posting-report >> text=license", timeout=SLOW)


def test_the_rulebook_has_every_rule_with_its_counts(page):
    page.goto("/en/about")
    page.wait_for_selector("#nav-about")
    rules = page.locator("#nav-about details")
    manifest = json.loads((ROOT / "catalog" / "bundled" / "manifest.json").read_text())
    assert rules.count() == manifest["tables"]["rules"]["rows"] > 0
    hcm = rules.filter(has=page.locator("summary", has_text="Heightened cash monitoring"))
    assert f"Alert: {manifest['coverage']['rule hcm']['alert']:,}" in hcm.inner_text()
    hcm.locator("summary").click()
    assert "Whose bar" in hcm.inner_text()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/en/", "/es/check?name=Berdan+Institute", "/en/meaning", "/es/about"])
def test_nothing_hangs_over_the_edge(page, path, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(path)
    page.wait_for_selector("h1")
    page.wait_for_selector("footer.nav-footer")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_two_visitors_do_not_mix(page, browser, page_address):
    other = browser.new_context(base_url=page_address)
    second = other.new_page()
    second.goto("/en/")
    second.wait_for_selector("#nav-question textarea")
    ask(page, "welding in Paterson")
    ask(second, "evening phlebotomy class near Newark")
    page.wait_for_selector(".nav-card", timeout=SLOW)
    second.wait_for_selector(".nav-card", timeout=SLOW)
    ask(second, "under $1,500")
    second.wait_for_selector("text=at most $1,500", timeout=SLOW)
    assert "phlebotomy" in second.inner_text("[role=log]").lower()
    assert "phlebotomy" not in page.inner_text("[role=log]").lower()
    other.close()


def test_the_keyboard_alone_asks_and_opens_a_card(page):
    page.focus("#nav-question textarea")
    page.keyboard.type("evening phlebotomy class near Newark")
    page.keyboard.press("Enter")
    page.wait_for_selector(".nav-card", timeout=SLOW)
    for _ in range(60):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
    page.keyboard.press("Enter")
    assert page.locator(".nav-card[open]").count() == 1


def test_no_public_link_is_offered(page_address, app_log):
    said = app_log.read_text()
    assert page_address in said
    assert "public link" not in said
