"""A deck from the first view to the presentation, by keyboard too, and in two tabs."""

from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pptx import Presentation

from tests.browser.conftest import Site, shown

pytestmark = pytest.mark.browser
READING = "[data-unread]"
BUILD_MILLISECONDS = 60_000  # in a process of its own, on a busy machine


def add(page: Page, site: Site, path: str) -> None:
    shown(page, site, path).locator(".deck-button").click()
    expect(page.locator(".deck-answer a")).to_be_visible()


def titles(page: Page) -> list[str]:
    return page.locator(".deck-entry h3 span:not(.deck-number)").all_inner_texts()


def test_three_views_become_a_presentation(page: Page, site: Site, tmp_path: Path) -> None:
    add(page, site, "/?lang=en")
    add(page, site, "/goal?goal=GA-1.1&lang=en")
    add(page, site, "/state?area=FI&lang=en")
    page.locator(".deck-answer a").click()
    page.wait_for_url("**/deck?**")
    expect(page.locator(READING)).to_have_count(0, timeout=BUILD_MILLISECONDS)
    first, second, third = titles(page)
    expect(page.locator("[data-key=undo]")).to_be_disabled()
    expect(page.locator("#deck-undo")).to_be_hidden()

    page.locator("[data-key=down-0]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#deck-status")).to_have_text("The slide was moved.")
    expect(page.locator("[data-key=down-1]")).to_be_focused()
    assert titles(page) == [second, first, third]
    page.locator("[data-key=edit-2] summary").click()
    page.locator("[data-key=remove-0]").click()
    expect(page.locator(".deck-entry")).to_have_count(2)
    expect(page.locator(".deck-entry details[open]")).to_have_attribute("data-key", "edit-1")
    page.locator("#deck-undo").click()
    expect(page.locator(".deck-entry")).to_have_count(3)
    expect(page.locator(".deck-entry details[open]")).to_have_attribute("data-key", "edit-2")
    assert page.evaluate("document.activeElement !== document.body"), "the focus is not lost"

    page.locator("[data-key=edit-0] summary").click()
    page.locator("[data-key=title-0]").fill("Our own words")
    page.locator("[data-key=title-0]").blur()
    expect(page.locator("#slide-1")).to_contain_text("Our own words")
    expect(page.locator("[data-key=edit-0]")).to_have_attribute("open", "")
    page.locator("[data-key=deck-marking]").fill("LIMITE")
    page.locator("[data-key=deck-marking]").blur()
    expect(page.locator("#deck-status")).to_have_text("The change was kept.")

    with page.expect_download(timeout=BUILD_MILLISECONDS) as download:
        page.locator("[data-build=pptx]").click()
    file = tmp_path / "talk.pptx"
    download.value.save_as(file)
    _, slide, *_ = Presentation(BytesIO(file.read_bytes())).slides
    assert slide.shapes.title.text == "Our own words"
    kept = site.home / "data/decks/deck.yaml"
    assert "marking: LIMITE" in kept.read_text("utf-8")

    page.locator("[data-key=delete] summary").click()
    page.locator("[data-key=delete-now]").click()
    expect(page.locator("#deck-status")).to_have_text("The deck was deleted.")
    expect(page.locator("[data-key=undo]")).to_be_focused()
    assert not kept.exists()
    page.keyboard.press("Enter")
    expect(page.locator(".deck-entry")).to_have_count(3)
    assert "marking: LIMITE" in kept.read_text("utf-8")


def test_a_second_tab_loses_no_slide(page: Page, context: BrowserContext, site: Site) -> None:
    shown(page, site, "/deck?lang=en&deck=two-tabs")
    expect(page.locator("#deck")).to_have_attribute("data-name", "two-tabs")
    page.locator("[data-key=new-text] summary").click()
    page.locator("[data-key=new-text-title]").fill("First")
    page.locator("form[data-form=add_text] button").click()
    expect(page.locator(".deck-entry")).to_have_count(1)
    other = context.new_page()
    shown(other, site, "/deck?lang=en&deck=two-tabs")
    expect(other.locator(".deck-entry")).to_have_count(1)
    other.locator("[data-key=new-text] summary").click()
    other.locator("[data-key=new-text-title]").fill("From the other tab")
    other.locator("form[data-form=add_text] button").click()
    expect(other.locator(".deck-entry")).to_have_count(2)
    other.close()

    page.locator("[data-key=remove-0]").click()
    expect(page.locator("#deck-problem")).to_contain_text("was changed in another tab")
    assert titles(page) == ["First", "From the other tab"]
    add(page, site, "/about?lang=en")
    assert "/about" in (site.home / "data/decks/two-tabs.yaml").read_text("utf-8")


def test_a_slow_answer_is_announced_and_a_second_press_adds_nothing_twice(
    page: Page, site: Site
) -> None:
    kept = site.home / "data/decks/slow.yaml"
    held: list[Route] = []
    shown(page, site, "/deck?lang=en&deck=slow")
    expect(page.locator("#deck")).to_have_attribute("data-name", "slow")
    button = shown(page, site, "/about?lang=en").locator(".deck-button")
    answer = page.locator(".deck-answer")
    page.route("**/deck/change?**", lambda route: held.extend([route]))

    button.click()
    expect(answer).to_have_text("The view is being added …")
    button.press("Enter")
    expect(button).to_be_focused()
    page.locator("h1").click()
    expect(answer).to_have_text("The view is being added …")
    assert len(held) == 1
    held[0].continue_()
    expect(answer.locator("a")).to_be_visible()
    expect(button).not_to_have_attribute("aria-disabled", "true")
    assert kept.read_text("utf-8").count("link:") == 1
    page.unroute("**/deck/change?**")


def test_an_answer_that_does_not_come_is_said_and_loses_nothing(tab: Page, site: Site) -> None:
    kept = site.home / "data/decks/failing.yaml"
    shown(tab, site, "/deck?lang=en&deck=failing")
    expect(tab.locator("#deck")).to_have_attribute("data-name", "failing")
    add(tab, site, "/about?lang=en")
    before = kept.read_bytes()
    button = shown(tab, site, "/?lang=en").locator(".deck-button").first
    tab.route("**/deck/change?**", lambda route: route.abort())
    button.click()
    expect(tab.locator(".deck-answer").first).to_contain_text("No answer came.")
    assert kept.read_bytes() == before

    tab.unroute("**/deck/change?**")
    button.click()
    expect(tab.locator(".deck-answer a").first).to_be_visible()
    assert kept.read_text("utf-8").count("link:") == 2
    button.click()
    expect(tab.locator(".deck-answer").first).to_contain_text("entry 2 of the deck already")
    assert kept.read_text("utf-8").count("link:") == 2
