"""Charts in frames of a real page on another site: where it is allowed, and where it is not."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from dashboard.components.embedding import frame_code
from dashboard.texts import texts
from dashboard.view import View
from tests.browser.conftest import Site, free_port

pytestmark = pytest.mark.browser
CHART = "/goal?goal=GA-1.1&area=FI&lang=fi&collection=sample"


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing on the terminal."""


@contextmanager
def other_site(folder: Path, port: int) -> Iterator[None]:
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.address_family = socket.AF_INET
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield
        finally:
            server.shutdown()


@pytest.fixture
def own_tab(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    yield opened
    opened.close()


def code_of_page(tab: Page, site: Site) -> str:
    """What the control beside the pictures gives to copy."""
    tab.goto(site.address + CHART)
    control = tab.locator("details.embed").first
    control.locator("summary").click()
    return unescape(control.locator("textarea").input_value())


def framed(tab: Page, address: str) -> Frame | None:
    tab.goto(address)
    tab.wait_for_load_state("networkidle")
    return next((frame for frame in tab.frames if "/embed/" in frame.url), None)


def test_a_site_that_the_operator_names_shows_the_chart_and_no_other_does(
    own_tab: Page, site: Site, tmp_path: Path
) -> None:
    code = code_of_page(own_tab, site)
    for sandbox in ("", " sandbox='allow-popups'"):
        written = code.replace("<iframe", f"<iframe{sandbox}")
        page = f"<!DOCTYPE html><html lang='fi'><title>Muu sivusto</title><h1>Muu</h1>{written}"
        (tmp_path / f"page{bool(sandbox):d}.html").write_text(page)
    refused_port = free_port()
    with other_site(tmp_path, site.framing_port), other_site(tmp_path, refused_port):
        for name in ("page0.html", "page1.html"):
            frame = framed(own_tab, f"http://localhost:{site.framing_port}/{name}")
            assert frame is not None
            picture = frame.locator("img")
            expect(picture).to_be_visible()
            assert picture.evaluate("image => image.naturalWidth") > 0, "drawn without a script"
            link = str(frame.locator("footer a").get_attribute("href"))
            assert link.startswith("/g/GA-1.1/FI?lang=fi&release=")
        refused = framed(own_tab, f"http://localhost:{refused_port}/page0.html")
        assert refused is None or not refused.locator("img").count()


@pytest.mark.parametrize("language", ["en", "fi", "el"])
@pytest.mark.parametrize("chart", ["trend", "states", "multiples", "map", "comparison"])
def test_the_link_to_the_product_is_in_view_in_a_frame_of_the_supplied_height(
    own_tab: Page, site: Site, chart: str, language: str
) -> None:
    """At any width: a chart of all States is high in a narrow column."""
    code = frame_code(chart, View(), "", texts(language))
    (height,) = map(int, re.findall(r'height="(\d+)"', code))
    query = "indicator=ICSE_VICTIMS&areas=DE,FR" if chart == "comparison" else "goal=GA-1"
    for width in (320, 480, 760, 900, 1280):
        own_tab.set_viewport_size({"width": width, "height": height})
        own_tab.goto(f"{site.address}/embed/{chart}?{query}&lang={language}&collection=sample")
        line = own_tab.locator("footer p")
        expect(line).to_be_in_viewport(ratio=1)
        assert texts(language)("embed.open") in line.inner_text()
        own_tab.mouse.wheel(0, 5000)
        expect(line).to_be_in_viewport(ratio=1)
