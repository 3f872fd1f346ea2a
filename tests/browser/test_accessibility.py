"""The way of the keyboard through a page, and where the focus is after a choice."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, shown

pytestmark = pytest.mark.browser


def test_every_part_of_a_page_is_reached_by_keyboard_and_seen(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=FI&view=table")
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        part, outline, border = page.evaluate(
            """() => {
                const focused = document.activeElement, style = getComputedStyle(focused);
                const part = focused.closest("header, .goal-choices, .tabs, .table-frame");
                return [part?.className, style.outlineWidth, style.borderColor];
            }"""
        )
        reached.add(part)
        assert outline == "3px" or border == "rgb(23, 79, 145)"
    assert {"goal-choices", "tabs", "table-frame stacked"} <= reached


def test_a_state_is_chosen_without_a_mouse(page: Page, site: Site) -> None:
    shown(page, site, "/state?lang=en&area=FI").wait_for_load_state("networkidle")
    states = page.get_by_role("combobox", name="Member State")
    states.press_sequentially("Swe", delay=50)
    expect(states.locator("option:checked")).to_have_text("Sweden")
    expect(page.locator("h1")).to_contain_text("Finland")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Sweden")
    expect(states).to_be_focused()


def test_the_words_of_a_sign_are_shown_by_keyboard_and_touch(page: Page, site: Site) -> None:
    shown(page, site, "/?lang=en")
    sign, words = page.locator("table.scoreboard a.mark").first, page.locator("#hint")
    page.locator("table.scoreboard tbody tr:not(.group) a").first.focus()
    page.keyboard.press("ArrowRight")
    expect(words).to_have_text(page.locator("a:focus").get_attribute("data-hint") or "")
    for _ in range(5):
        if sign.evaluate("link => link === document.activeElement"):
            break
        page.keyboard.press("ArrowRight")
    expect(sign).to_be_focused()
    expect(words).to_have_text(sign.get_attribute("aria-label") or "")
    page.keyboard.press("Escape")
    expect(words).to_be_hidden()

    touched = page.locator("table.scoreboard a.mark").nth(1)
    touch = "(link, touch) => link.dispatchEvent(new PointerEvent('click', touch))"
    given = {"pointerType": "touch", "bubbles": True, "cancelable": True}
    assert touched.evaluate(touch, given) is False  # the first shows, the second follows
    expect(words).to_have_text(touched.get_attribute("aria-label") or "")
    touched.evaluate(touch, given)
    page.wait_for_url("**/goal?**")


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


def test_the_table_of_signs_is_reached_by_keyboard_on_a_telephone(page: Page, site: Site) -> None:
    """Its headings, one of which is the stop of the Tab key on a desk, are not shown there."""
    stop = "table => table.querySelector(`[tabindex='0']`).checkVisibility()"
    shown(page, site, "/goal?goal=GA-1.1&view=states")
    signs = page.locator("table[data-arrow-keys]").first
    assert signs.evaluate(stop)
    page.set_viewport_size({"width": 360, "height": 800})
    page.wait_for_function(f"({stop})(document.querySelector('table[data-arrow-keys]'))")
