"""What a machine can tell of the accessibility of a page, and the keyboard's way through it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, shown

pytestmark = pytest.mark.browser

AUDIT = Path("tests/browser/audit.js").read_text("utf-8")
# Every page in Greek, whose texts are the longest, or in another language.
ADDRESSES = {
    "scoreboard": "/?lang=el",
    "overview": "/series?lang=el",
    "overview in English": "/series?lang=en",
    "goal": "/goal?goal=GA-1.1&area=FI&outlook=on&lang=fi",
    "goal of few figures": "/goal?goal=GA-2.1&lang=el",
    "tables": "/goal?goal=GA-2.1&area=EL&view=table&lang=el",
    "state": "/state?area=PT&lang=fi",
    "compare": "/compare?lang=el",
    "find": "/find?lang=el",
    "reporting": "/reporting?lang=el",
    "revisions": "/revisions?lang=el",
    "submit": "/submit?area=FI&lang=el",
    "catalogue": "/catalogue?lang=el",
    "search": "/catalogue?q=lanzarote&lang=en",
    "guide": "/guides?document=guides/analyst&lang=el",
    "no such page": "/nowhere?lang=el",
}
WIDTHS = (1920, 1280, 768, 375)
AUDITED = (1280, 375)
FAULTY = {
    "no name": "<a href='/' style='display:block;width:30px;height:30px'></a>",
    "contrast": "<p style='color:#999;background:#fff'>too pale</p>",
    "target of": "<a href='/' style='display:block;width:20px;height:10px'>x</a>",
    "heading jumps": "<h2>one</h2><h4>three</h4>",
    "id twice": "<i id='one'></i><i id='one'></i>",
    "no alternative text": "<img src='data:,'>",
    "type of": "<p style='font-size:9px'>too small</p>",
}


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_a_page_fits_its_window_and_has_names_order_contrast_and_room(
    page: Page, site: Site, address: str
) -> None:
    shown(page, site, address)
    page.wait_for_load_state("networkidle")

    assert page.evaluate("document.documentElement.lang") == address[-2:]
    assert page.locator("h1").count() == 1
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert width not in AUDITED or page.evaluate(AUDIT) == []


@pytest.mark.parametrize(("fault", "html"), FAULTY.items(), ids=FAULTY)
def test_the_audit_finds_what_it_looks_for(page: Page, fault: str, html: str) -> None:
    page.set_content(f"<header></header><main><h1>One</h1>{html}</main><footer></footer>")
    assert any(each.startswith(fault) for each in page.evaluate(AUDIT))


def test_every_part_of_a_page_is_reached_by_keyboard_and_seen(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=FI&view=table")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        part, outline, border = page.evaluate(
            """() => {
                const focused = document.activeElement, style = getComputedStyle(focused);
                const part = focused.closest("header, .filters, .switch, .table-frame");
                return [part?.className, style.outlineWidth, style.borderColor];
            }"""
        )
        reached.add(part)
        assert outline == "3px" or border == "rgb(23, 79, 145)"
    assert {"filters", "switch", "table-frame"} <= reached


def test_a_state_is_chosen_without_a_mouse(page: Page, site: Site) -> None:
    shown(page, site, "/state?lang=en&area=FI").wait_for_load_state("networkidle")
    states = page.get_by_role("combobox", name="Member State")
    states.press_sequentially("Swe", delay=50)
    expect(states.locator("option:checked")).to_have_text("Sweden")
    expect(page.locator("h1")).to_contain_text("Finland")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Sweden")
    expect(states).to_be_focused()


def test_an_entry_of_the_catalogue_unfolds_without_a_mouse(page: Page, site: Site) -> None:
    shown(page, site, "/catalogue")
    entry = page.locator(".entry").first
    expect(entry.locator("blockquote").first).to_be_hidden()
    entry.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(entry.locator("blockquote").first).to_be_visible()


def test_chart_and_table_are_one_link_apart_with_and_without_a_mouse(
    page: Page, site: Site
) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=FI")
    page.get_by_role("link", name="Table").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("table caption").first).to_contain_text("Finland")
    page.get_by_role("link", name="Chart").first.click()
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
