"""What is printed: every figure and code of the page, whole charts, and who says it on each sheet."""

import re
from collections.abc import Iterator
from io import BytesIO
from unicodedata import normalize

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from tests.browser.conftest import Site, shown
from tests.browser.test_accessibility_rules import CUT_WORDS
from tests.dashboard.release import LABEL

pytestmark = pytest.mark.browser

A4 = (595, 842)  # points
WRITTEN_HEIGHT = 1016  # pixels of A4 within its margins
# In Greek, whose texts are the longest, where the number of sheets is what matters.
ADDRESSES = ("/?lang=el", "/goal?goal=GA-1.1&lang=en", "/state?area=FI&lang=fi")
CHART, WITHOUT_CHART = ".js-plotly-plot .main-svg", ("/?lang=el",)
READ = """() => document.querySelector("main").innerText + " "
    + [...document.querySelectorAll("main svg text")].map(text => text.textContent).join(" ")"""
CUT_CHARTS = """() => { window.dispatchEvent(new Event("beforeprint")); const main =
    document.querySelector("main").getBoundingClientRect(); const cut = [...document.querySelectorAll(
    ".js-plotly-plot .main-svg")].filter(svg => svg.getBoundingClientRect().right > main.right + 1).length;
    window.dispatchEvent(new Event("afterprint")); return cut; }"""


def without_spaces(text: str) -> str:
    return re.sub(r"\s+", "", normalize("NFKC", text)).replace("\u00ad", "")


def figures_and_codes(text: str) -> Iterator[str]:
    """Every word with a digit in it."""
    return (without_spaces(word) for word in text.split() if re.search(r"\d", word))


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_figure_is_printed_and_each_sheet_says_whose_it_is(
    page: Page, site: Site, address: str
) -> None:
    shown(page, site, address)
    page.wait_for_load_state("networkidle")
    if address.startswith("/goal"):
        page.locator(CHART).first.wait_for()
    page.emulate_media(media="print")
    invented = page.locator(".invented-badge").text_content() or ""
    on_screen, cut = page.evaluate(READ), page.evaluate(CUT_CHARTS)
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    sheets = [without_spaces(sheet.extract_text()) for sheet in printed.pages]

    size = sorted(round(float(side)) for side in printed.pages[0].mediabox[2:])
    assert tuple(size) == A4
    whole = "".join(sheets)
    assert [word for word in figures_and_codes(on_screen) if word not in whole] == []
    assert not cut
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number}/{len(sheets)}" in sheet
        assert without_spaces(site.address) in sheet
        assert LABEL in sheet
        assert sheet.count(without_spaces(invented)) >= 2  # in the source, and large


@pytest.mark.parametrize(
    "path",
    [
        "/report?lang=fi",
        "/submit?area=FI&collection=sample&lang=el",
        "/withdraw?collection=sample&lang=en",
    ],
)
def test_reports_and_pages_of_submissions_are_printed_whole(
    page: Page, site: Site, path: str
) -> None:
    title = shown(page, site, path).locator("main h1").inner_text()
    page.emulate_media(media="print")
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    sheets = [without_spaces(sheet.extract_text()) for sheet in printed.pages]

    assert tuple(sorted(round(float(side)) for side in printed.pages[0].mediabox[2:])) == A4
    assert without_spaces(title) in sheets[0]
    for number, sheet in enumerate(sheets, start=1):
        assert f"{number}/{len(sheets)}" in sheet
        assert without_spaces(site.address) in sheet
        assert LABEL in sheet
    assert not page.locator(".page-report .page-links").count() or not (
        page.locator(".page-report .page-links").is_visible()  # links to files are no use on paper
    )


@pytest.mark.parametrize(
    ("address", "width"), [("/?lang=el", 1039), ("/state?area=FI&lang=el", 688)]
)
def test_no_name_is_cut_off_on_paper(page: Page, site: Site, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 700})  # within the margins of A4
    shown(page, site, address).emulate_media(media="print")
    assert page.evaluate(CUT_WORDS) == []


def test_what_is_folded_on_screen_is_printed_whole(page: Page, site: Site) -> None:
    folds = page.locator(":is(.arithmetic, .facts, .actions) details:not([open])")
    shown(page, site, "/goal?goal=GA-1.1&view=calculation")
    assert folds.count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert not folds.count()
    assert not page.locator(".view-actions").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert folds.count()


def test_the_scoreboard_is_printed_on_one_sheet(page: Page, site: Site) -> None:
    for language in ("en", "el"):
        shown(page, site, f"/?lang={language}").wait_for_load_state("networkidle")
        page.emulate_media(media="print")  # of the tab of all tests, it is set to the screen
        printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
        assert len(printed.pages) == 1
        width, height = (float(side) for side in printed.pages[0].mediabox[2:])
        assert width > height


@pytest.mark.parametrize(
    "address",
    ["/goal?goal=GA-2.1&lang=el", "/compare?indicator=ICSE_VICTIMS&areas=BE,DE,FI,SE&lang=en"],
)
def test_a_chart_with_its_figures_is_printed_on_one_sheet(
    page: Page, site: Site, address: str
) -> None:
    shown(page, site, address).wait_for_load_state("networkidle")
    page.locator(CHART).first.wait_for()
    page.emulate_media(media="print")
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(printed.pages) == 1


def test_a_chart_of_all_states_is_not_split_between_sheets(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&view=states&lang=fi").locator(CHART).first.wait_for()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    heights = "charts => charts.map(chart => chart.getBoundingClientRect().height)"
    highest = max(page.locator(".graph .svg-container").evaluate_all(heights))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert highest < WRITTEN_HEIGHT * 0.85  # its title and notes are on the sheet too
