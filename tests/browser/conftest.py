"""A real server and a real Chromium; nothing may leave this machine and nothing may go wrong."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from shutil import which
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
    sync_playwright,
)

from tests.dashboard.release import write_release

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--no-first-run", "--disable-sync", "--disable-extensions",
]  # fmt: skip
PATIENCE_SECONDS = 60
PATIENCE_MILLISECONDS = 20_000  # for one thing on a page; machines are busy
WINDOW: ViewportSize = {"width": 1280, "height": 900}
NO_PAGE = "/assets/anchors.js"  # an address of the site at which no script runs
expect.set_options(timeout=PATIENCE_MILLISECONDS)


@dataclass(frozen=True)
class Site:
    """Where the server answers, and the workspace it shows."""

    address: str
    home: Path
    framing_port: int  # of the site that may show charts in frames


@pytest.fixture(scope="session")
def chromium() -> str:
    found = which("chromium") or which("chromium-browser") or which("google-chrome")
    if found:
        return found
    if os.environ.get("EMPACT_REQUIRE_BROWSER"):
        pytest.fail("EMPACT_REQUIRE_BROWSER is set, but there is no Chromium on this machine")
    pytest.skip("no Chromium on this machine: install the Debian package `chromium`")


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    home = tmp_path_factory.mktemp("site")
    write_release(home)
    port, framing_port = free_port(), free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "--config", "python:dashboard.server.serving",
               "--bind", f"127.0.0.1:{port}", "--workers", "1", "--no-control-socket",
               "dashboard.app:server"]  # fmt: skip
    log = (home / "server.log").open("wb")
    with (
        log,
        subprocess.Popen(
            command,
            env=os.environ
            | {
                "EMPACT_HOME": str(home),
                "EMPACT_INTAKE": "local",
                "EMPACT_FRAME_ANCESTORS": f"http://localhost:{framing_port}",
            },
            stdout=log,
            stderr=log,
        ) as server,
    ):
        wait_for(address, home / "server.log")
        yield Site(address, home, framing_port)
        server.terminate()


def free_port() -> int:
    with closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def wait_for(address: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        try:
            urlopen(address).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the server did not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=WINDOW, accept_downloads=True)
    opened.set_default_timeout(PATIENCE_MILLISECONDS)
    yield opened
    opened.close()


@pytest.fixture
def tab(context: BrowserContext, site: Site) -> Iterator[Page]:
    """One tab for all tests: a browser compiles the scripts of a page once in a tab."""
    opened = context.pages[0] if context.pages else context.new_page()
    opened.set_viewport_size(WINDOW)
    opened.emulate_media(media="screen")
    opened.mouse.move(0, 0)
    opened.on("crash", Page.close)
    yield opened
    opened.goto(site.address + NO_PAGE)


@pytest.fixture(scope="session")
def unknown() -> set[str]:
    """Addresses of pages that are answered with 404, as they should be.

    What the console says about one may come while the next test runs.
    """
    return set()


@pytest.fixture
def page(tab: Page, site: Site, unknown: set[str]) -> Iterator[Page]:
    """A tab that must end without an error, and without having asked another machine."""
    wrong: list[str] = []

    def answered(response: Response) -> None:
        if response.status == HTTPStatus.NOT_FOUND and response.request.is_navigation_request():
            unknown.add(response.url)

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error" and message.location["url"] not in unknown:
            wrong.append(f"console: {message.text} ({message.location['url']})")

    def failed(error: Error) -> None:
        wrong.append(f"error: {error}")

    def asked(request: Request) -> None:
        if not request.url.startswith((site.address, "data:", "blob:")):
            wrong.append(f"request: {request.url}")

    tab.on("response", answered)
    tab.on("console", heard)
    tab.on("pageerror", failed)
    tab.on("request", asked)
    yield tab
    tab.remove_listener("response", answered)
    tab.remove_listener("console", heard)
    tab.remove_listener("pageerror", failed)
    tab.remove_listener("request", asked)
    assert not wrong, wrong


def shown(page: Page, site: Site, path: str) -> Page:
    page.goto(site.address + path)
    expect(page.locator("main h1")).to_be_visible()
    return page
