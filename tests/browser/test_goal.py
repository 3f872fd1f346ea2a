"""The page of a goal in a real browser: the first screen, the tabs by keyboard, a telephone."""

import pytest
from playwright.sync_api import Page, expect

from metrics.catalogue.codelists import member_states
from tests.browser.conftest import Site, shown

pytestmark = pytest.mark.browser


def test_finding_status_and_chart_are_on_the_first_screen_of_a_projector(
    page: Page, site: Site
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    shown(page, site, "/goal?goal=GA-1.1&area=EU27_2020&lang=el")
    chart, plot = page.locator(".trend-card figure"), page.locator(".trend-card .graph")
    expect(plot).to_be_visible()

    box, states = chart.bounding_box(), page.locator(".by-status").bounding_box()
    lines = plot.bounding_box()

    assert box is not None
    assert states is not None
    assert lines is not None
    assert box["y"] <= 345
    assert lines["y"] <= 440
    assert states["y"] <= 345
    assert states["x"] >= box["x"] + box["width"]
    for name in ("h1", ".fact-status", ".tabs a.current"):
        expect(page.locator(name)).to_be_in_viewport()


def test_a_tab_is_reached_and_opened_by_keyboard(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=FI&lang=en")
    tabs = page.locator(".tabs a")
    expect(tabs.first).to_have_attribute("aria-current", "page")
    tabs.first.focus()
    page.keyboard.press("Tab")
    expect(tabs.nth(1)).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url("**view=table**")
    expect(page.locator(".tabs a.current")).to_have_text("Table")
    assert "area=FI" in page.url


@pytest.mark.parametrize("view", ["map", "states"])
def test_a_tab_does_not_scroll_sideways_on_a_telephone(page: Page, site: Site, view: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    shown(page, site, f"/goal?goal=CC2019-5&view={view}&lang=el")
    expect(page.locator(".tabs a.current")).to_be_visible()
    if view == "map":
        expect(page.locator(".tile")).to_have_count(len(member_states()))

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
