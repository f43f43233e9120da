"""The page in a real browser: a learner's question is answered, and nothing is asked of any other host."""

from __future__ import annotations

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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def page_address(tmp_path_factory):
    """The app over the bundled snapshot, in a process of its own."""
    port = free_port()
    home = tmp_path_factory.mktemp("page-home")
    environment = os.environ | {"NAVIGATOR_HOME": str(home), "NAVIGATOR_PORT": str(port)}
    with (home / "log").open("w") as log:
        app = subprocess.Popen([sys.executable, "app.py"], cwd=ROOT, env=environment, stdout=log, stderr=log)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait(address, app, home / "log")
            yield address
        finally:
            app.terminate()
            app.wait(timeout=20)


def _wait(address: str, app: subprocess.Popen, log: Path) -> None:
    for _ in range(240):
        if app.poll() is not None:
            pytest.fail(f"the app ended: {log.read_text()}")
        try:
            with urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the app did not start: {log.read_text()}")


@pytest.fixture
def page(page_address):
    if CHROMIUM is None:
        if os.environ.get("CI"):
            pytest.fail("no browser: install Debian's chromium")
        pytest.skip("no browser here: the page was NOT tested")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1200, "height": 900})
        asked: list[str] = []
        opened.on("request", lambda request: asked.append(request.url))
        opened.goto(page_address)
        opened.wait_for_selector("textarea")
        yield opened
        hosts = {urlsplit(url).hostname for url in asked if urlsplit(url).scheme in ("http", "https", "ws", "wss")}
        browser.close()
        assert hosts == {"127.0.0.1"}


def test_a_learner_gets_programs_with_source_and_date(page):
    page.fill("textarea", QUESTION)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Sources", timeout=60_000)
    said = page.inner_text("[role=log]") if page.query_selector("[role=log]") else page.inner_text("body")
    assert "Phlebotomy" in said
    assert "New Jersey Department of Labor" in said
    assert "as of 2021" in said


def test_the_page_speaks_spanish(page):
    page.click("text=Español")
    page.wait_for_selector("text=Preguntar")
    page.fill("textarea", "¿qué es EQOS?")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Fuentes", timeout=60_000)
    assert "cinco" in page.inner_text("body").lower()


def test_support_staff_get_a_triage(page):
    page.click("text=support staff")
    page.fill("textarea", "My school just closed and I lose my refund on Friday")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Suggested triage", timeout=60_000)
    assert "urgent" in page.inner_text("body")


def test_markup_in_a_question_is_shown_as_text(page):
    page.fill("textarea", "<img src=x onerror=\"document.title='owned'\"> **welding**")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Sources", timeout=60_000)
    assert page.title() != "owned"
    assert page.query_selector("img[src='x']") is None
