"""What a machine can tell of the accessibility of a page, and the keyboard's way through it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, shown

pytestmark = pytest.mark.browser

AUDIT = Path("tests/browser/audit.js").read_text("utf-8")
ADDRESSES = {
    "overview": "/?lang=el",
    "goal": "/goal?goal=GA-1.1&area=FI&outlook=on&lang=fi",
    "tables": "/goal?goal=GA-2.1&area=EL&view=table&lang=el",
    "state": "/state?area=PT",
    "submit": "/submit?area=FI&lang=fi",
    "catalogue": "/catalogue?q=lanzarote",
    "guide": "/guides?document=guides/analyst&lang=el",
    "no such page": "/nowhere?lang=el",
}
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
def test_a_page_has_names_order_contrast_and_room(page: Page, site: Site, address: str) -> None:
    shown(page, site, address)
    page.wait_for_load_state("networkidle")
    for width in (1280, 375):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(AUDIT) == []


@pytest.mark.parametrize(("fault", "html"), FAULTY.items(), ids=FAULTY)
def test_the_audit_finds_what_it_looks_for(page: Page, fault: str, html: str) -> None:
    page.set_content(f"<header></header><main><h1>One</h1>{html}</main><footer></footer>")
    assert any(each.startswith(fault) for each in page.evaluate(AUDIT))


def test_what_has_the_focus_can_be_seen(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=FI")
    for _ in range(12):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
        border = page.evaluate("getComputedStyle(document.activeElement).borderColor")
        assert style == "3px" or border == "rgb(23, 79, 145)"


def test_a_state_is_chosen_without_a_mouse(page: Page, site: Site) -> None:
    shown(page, site, "/state?lang=en&area=FI").wait_for_load_state("networkidle")
    states = page.get_by_role("combobox", name="Member State")
    states.press_sequentially("Swe", delay=50)
    expect(states.locator("option:checked")).to_have_text("Sweden")
    expect(page.locator("h1")).to_have_text("Finland")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Sweden")
    expect(states).to_be_focused()


def test_an_entry_of_the_catalogue_unfolds_without_a_mouse(page: Page, site: Site) -> None:
    shown(page, site, "/catalogue")
    entry = page.locator(".entry").first
    expect(entry.locator("blockquote").first).to_be_hidden()
    entry.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(entry.locator("blockquote").first).to_be_visible()


def test_chart_and_table_are_switched_without_a_mouse(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=FI")
    page.get_by_role("link", name="Table").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("table caption").first).to_contain_text("Finland")
