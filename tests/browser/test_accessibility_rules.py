"""axe-core finds nothing on any page, in any language, on a desktop and on a telephone.

Beside its rules: the accessibility tree has names, landmarks and headings in order; no page scrolls
sideways down to 320 pixels, no text is smaller than 12 pixels, and no word is broken without a
hyphen or cut off.
"""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from shutil import rmtree
from typing import Any

import dash
import pytest
from playwright.sync_api import Browser, Page, expect

from metrics.messages import languages
from tests.browser.accessibility_tree import faults_of_tree
from tests.browser.conftest import Site, shown
from tests.dashboard.revised_release import LATER, write_revised_release

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
# What the page About says about these tests; a test may be stricter than this file, and not laxer.
STATED = json.loads(Path("dashboard/accessibility.json").read_text("utf-8"))
RULES, AUDITED_WIDTHS = STATED["rules"], STATED["widths"]
# Other tables scroll in their frames.
FITTING_A_TABLET = ("/?", "/goal?goal=GA-1.1&view=table", "/state", "/compare", "/changes",
                    "/reporting", "/submissions", "/find")  # fmt: skip
SMALLEST_WIDTH, TABLET, WIDEST = STATED["smallest_width"], 768, 1920
# Views of a page that show other parts than the page by its address alone, in one language each.
VIEWS = {
    "/": {"en": "figure=ICSE_VICTIMS:FI:2024"},
    "/goal": {"el": "goal=GA-1.1&view=table&area=FI&outlook=on", "fi": "goal=GA-1.1&area=FI"},
    "/catalogue": {"en": "q=lanzarote"},
    "/guides": {"el": "document=guides/analyst"},
    "/submit": {"el": "area=FI"},
    "/state": {"fi": "area=PT"},
}
UNKNOWN = "/nowhere"
RUN = """tags => axe.run(document, {
    preload: false, resultTypes: ["violations"], runOnly: {type: "tag", values: tags}
}).then(({violations}) => violations.map(({id, nodes}) => `${id}: ${nodes[0].html.slice(0, 150)}`))"""
SMALL_TEXT = """smallest => [...document.querySelectorAll("main *, header *, footer *")].filter(element =>
    [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
    && element.checkVisibility({visibilityProperty: true})
    && !element.closest("svg, .visually-hidden, .skip")
    && parseFloat(getComputedStyle(element).fontSize) < smallest
).map(element => element.outerHTML.slice(0, 100))"""

# Words on two lines without a hyphen of their own; an address or a code may be broken anywhere.
BROKEN_WORDS = r"""() => {
  const broken = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const isRead = element => element.checkVisibility({visibilityProperty: true})
    && element.offsetWidth > 1 && !element.closest(".skip, code, .digest, svg, script");
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (!node.data.trim() || !isRead(node.parentElement)) continue;
    for (const {0: written, index} of node.data.matchAll(/\S+/gu)) {
      if (/[\/_[\]]/.test(written)) continue;
      for (const word of written.matchAll(/[\p{L}\p{N}]{2,}/gu)) {
        const range = document.createRange();
        range.setStart(node, index + word.index);
        range.setEnd(node, index + word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map(box => Math.round(box.top)));
        if (lines.size > 1) broken.push(`broken word: ${word[0]}`);
      }
    }
  }
  return broken;
}"""

# Words that the place of an element cuts off; a list of choices shows the whole when it opens.
CUT_WORDS = """() => [...document.querySelectorAll("main *, header *")].filter(element => {
  return ["hidden", "clip"].includes(getComputedStyle(element).overflowX)
    && element.checkVisibility() && element.offsetWidth > 2 && element.innerText?.trim()
    && !element.closest(".visually-hidden, .skip, svg, select, .js-plotly-plot")
    && element.scrollWidth > element.clientWidth + 1;
}).map(element => `cut off: ${element.innerText.trim().slice(0, 60)}`)"""

SCROLLED_TABLES = """() => [...document.querySelectorAll(".table-frame")].filter(
  frame => frame.checkVisibility() && frame.scrollWidth > frame.clientWidth + 1
).map(frame => `scrolls sideways: ${frame.innerText.slice(0, 60)}`)"""

# Cells that a rule meant for something else has taken out of the grid of their table.
LOOSE_CELLS = """() => [...document.querySelectorAll("td, th")].filter(
  cell => cell.checkVisibility() && getComputedStyle(cell).display !== "table-cell"
).map(cell => `not in its column: ${cell.outerHTML.slice(0, 100)}`)"""


def addresses(language: str) -> list[str]:
    """Every registered page in a language, and its other views."""
    from dashboard.app import server  # noqa: F401, PLC0415 - pages are registered when it is imported

    pages = [page["path"] for page in dash.page_registry.values() if page["path"] != "/404"]
    views = [f"{path}?{chosen[language]}" for path, chosen in VIEWS.items() if language in chosen]
    return [f"{address}{'&' if '?' in address else '?'}lang={language}"
            for address in [*pages, *views, UNKNOWN]]  # fmt: skip


def faults(page: Page) -> list[Any]:
    """What axe-core, the size of the text and its lines say against the page as it is drawn."""
    small = page.evaluate(SMALL_TEXT, STATED["smallest_text"])
    words = [*page.evaluate(BROKEN_WORDS), *page.evaluate(CUT_WORDS)]
    return [*page.evaluate(RUN, RULES), *small, *words]


def width_of_content(page: Page, width: int) -> int:
    page.set_viewport_size({"width": width, "height": 800})
    return int(page.evaluate("document.documentElement.scrollWidth"))


@pytest.mark.parametrize("language", languages())
def test_every_page_keeps_the_rules_and_fits_its_window(
    page: Page, site: Site, language: str
) -> None:
    found = {}
    for address in addresses(language):
        shown(page, site, address)
        expect(page.locator("script.chart-data")).to_have_count(0)  # every chart is drawn
        page.evaluate(AXE)
        for width in (WIDEST, *AUDITED_WIDTHS, TABLET, SMALLEST_WIDTH):
            wide = width_of_content(page, width)
            found[address, width] = [f"{wide} pixels wide"] if wide > width else []
            if width == TABLET and address.startswith(FITTING_A_TABLET):
                found[address, width] += page.evaluate(SCROLLED_TABLES)
            if width == WIDEST:
                found[address, width] += [*page.evaluate(LOOSE_CELLS), *faults_of_tree(page)]
            if width in AUDITED_WIDTHS:
                found[address, width] += faults(page)
        assert page.evaluate("document.documentElement.lang") == language
    assert {where: what for where, what in found.items() if what} == {}


@pytest.fixture
def revised_release(site: Site) -> Iterator[str]:
    """A release with revisions beside the current one, until the test ends."""
    write_revised_release(site.home)
    yield LATER
    rmtree(site.home / "data/processed/sample" / LATER)


def test_the_many_columns_of_revisions_fit_a_tablet_and_a_telephone(
    page: Page, site: Site, revised_release: str
) -> None:
    for language in ("fi", "el"):  # whose headings are the longest
        shown(page, site, f"/revisions?area=FI&release={revised_release}&lang={language}")
        expect(page.locator("table.record")).to_have_count(2)
        for width in (SMALLEST_WIDTH, 360, TABLET):
            assert width_of_content(page, width) <= width
            assert page.evaluate(SCROLLED_TABLES) + page.evaluate(BROKEN_WORDS) == []


def test_the_accessibility_statement_says_what_was_tested(page: Page, site: Site) -> None:
    """Every page is tested, so the number of faults that it states is that of the test above."""
    shown(page, site, "/about?lang=en")
    page.evaluate(AXE)
    statement = page.locator("#accessibility").inner_text()
    assert {"wcag22aa", "best-practice"} <= set(RULES)
    assert page.evaluate("axe.version") == STATED["version"]
    assert f"{STATED['tool']} {STATED['version']} found 0 violations on all pages" in statement
    assert STATED["faults"] == 0


def test_the_system_of_the_reader_decides_about_colours_and_motion(page: Page, site: Site) -> None:
    shown(page, site, "/?lang=en")
    icon = page.locator("table.scoreboard a.mark .icon").first
    page.emulate_media(forced_colors="active")
    assert icon.evaluate("icon => getComputedStyle(icon).backgroundColor") == "rgb(0, 0, 0)"
    border = "icon => getComputedStyle(icon.closest('.mark')).borderTopWidth"
    assert icon.evaluate(border) == "1px"
    shown(page, site, "/reporting?lang=en")  # its icons are letters, which a ground would hide
    letter = page.locator(".reporting-record td .icon").first
    assert letter.evaluate("icon => getComputedStyle(icon).backgroundColor") == "rgba(0, 0, 0, 0)"

    page.emulate_media(forced_colors="none", color_scheme="dark", reduced_motion="reduce")
    faint = []
    for address in ("/?lang=en", "/goal?goal=GA-1.1&lang=en", "/about?lang=en"):
        shown(page, site, address).evaluate(AXE)
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert ground == "rgb(15, 21, 29)"
        assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
        assert page.evaluate("document.getAnimations().length") == 0
        faint += page.evaluate(RUN, ["cat.color"])
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")
    assert faint == []


def test_a_table_that_goes_on_beyond_its_frame_has_a_shadow_there(page: Page, site: Site) -> None:
    shown(page, site, "/?lang=en")
    page.set_viewport_size({"width": 1024, "height": 800})
    frame = page.locator(".table-frame").first
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth && !frame.tabIndex")
    drawn = "frame => getComputedStyle(frame).backgroundAttachment"
    assert frame.evaluate(drawn).startswith("local, local, scroll, scroll")


def test_the_words_of_a_sign_need_no_script(browser: Browser, site: Site) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{site.address}/series?lang=en")
    sign = page.locator("button.hint").first
    sign.focus()

    words = sign.evaluate("sign => getComputedStyle(sign, '::after').content")

    assert words.strip('"') == sign.get_attribute("data-hint")
    page.goto(f"{site.address}/goal?goal=GA-1.1&lang=en")
    assert not page.locator(".graph").first.is_visible()  # no empty frame
    assert page.locator("main table, main .by-status").first.is_visible()
    page.close()
