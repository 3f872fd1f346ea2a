"""Slides in a real browser: keyboard, clicker, touch, notes in a second window, without a server."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    expect,
)

from dashboard.slides.deck import open_deck
from dashboard.slides.html_deck import write_html
from tests.browser.conftest import Site
from tests.dashboard.slides.decks import EVERY_KIND, deck_file

pytestmark = pytest.mark.browser
SLIDES = 5


@pytest.fixture
def document(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a file: nothing answers it but the disk."""
    monkeypatch.setenv("EMPACT_HOME", str(site.home))
    written = tmp_path / "talk.html"
    first, *others = (EVERY_KIND[at] for at in (0, 2, 5, -1))
    noted = first.model_copy(update={"notes": "Thank the States."})
    file = deck_file(noted, *others, language="fi")
    written.write_bytes(write_html(open_deck(file)))
    return written.as_uri()


@pytest.fixture
def stage(browser: Browser, document: str) -> Iterator[Page]:
    """A window with the slides, which must ask for nothing and end without an error."""
    context: BrowserContext = browser.new_context(
        viewport={"width": 1280, "height": 720}, has_touch=True, reduced_motion="reduce"
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", partial(note_error, wrong))
    page.on("request", partial(note_request, wrong))
    page.goto(document)
    yield page
    context.close()
    assert not wrong


def note_error(wrong: list[str], message: ConsoleMessage) -> None:
    if message.type == "error":
        wrong.append(message.text)


def note_request(wrong: list[str], request: Request) -> None:
    if not request.url.startswith(("file:", "data:")):
        wrong.append(request.url)


def is_at(page: Page, number: int) -> None:
    expect(page.locator(".slide:not([hidden])")).to_have_count(1)
    expect(page.locator(".place")).to_have_text(f"{number} / {SLIDES}")
    expect(page.locator(".slide").nth(number - 1)).to_be_visible()
    expect(page.locator("#live")).to_contain_text(f"Dia {number}/{SLIDES}: ")


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        (["ArrowRight", "ArrowDown"], 3), (["PageDown", "PageDown", "PageUp"], 2),
        ([" ", " ", "Shift+ "], 2), (["End"], 5), (["End", "Home"], 1), (["ArrowLeft"], 1),
        (["4", "Enter"], 4), (["9", "9", "Enter"], 5), (["3", "Escape", "Enter"], 1),
    ],
)  # fmt: skip
def test_keys_and_clicker_turn_the_slides(stage: Page, keys: list[str], number: int) -> None:
    is_at(stage, 1)
    for key in keys:
        stage.keyboard.press("Shift+Space" if key == "Shift+ " else key)
    is_at(stage, number)


def test_the_screen_is_black_until_the_next_key(stage: Page) -> None:
    stage.keyboard.press("b")
    expect(stage.locator("main")).to_be_hidden()
    expect(stage.locator(".controls")).to_be_hidden()
    stage.keyboard.press("b")
    expect(stage.locator("main")).to_be_visible()
    stage.keyboard.press("b")
    stage.keyboard.press("PageDown")
    expect(stage.locator("main")).to_be_visible()
    is_at(stage, 2)


def test_notes_and_clock_are_in_a_second_window_that_turns_the_slides_too(stage: Page) -> None:
    with stage.expect_popup() as opened:
        stage.keyboard.press("n")
    notes = opened.value
    stage.keyboard.press("ArrowRight")
    title = stage.locator(".slide:not([hidden]) h2").inner_text()

    expect(notes.locator("#title")).to_have_text(title)
    expect(notes.locator("#said p").first).not_to_be_empty()
    expect(notes.locator("#own p")).to_have_text("Thank the States.")
    expect(notes.locator("header #marks")).to_contain_text("Esimerkkiluvut (keksittyjä)")
    notes.mouse.wheel(0, 5000)
    expect(notes.locator("#next")).to_be_in_viewport()
    expect(notes.locator("#clock")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    expect(notes.locator("#elapsed")).to_contain_text("0:")
    notes.keyboard.press("PageDown")
    is_at(stage, 3)
    notes.locator("#back").click()
    is_at(stage, 2)


def test_a_swipe_turns_the_slide_and_the_buttons_do(stage: Page) -> None:
    swipe = """from => {
        const touch = x => new Touch({identifier: 1, target: document.body, clientX: x, clientY: 300});
        const send = (name, x) => document.body.dispatchEvent(new TouchEvent(name, {bubbles: true,
            changedTouches: [touch(x)], touches: []}));
        send("touchstart", from); send("touchend", 640);
    }"""
    stage.evaluate(swipe, 900)
    is_at(stage, 2)
    stage.evaluate(swipe, 400)
    is_at(stage, 1)
    stage.locator("[data-act=on]").click()
    is_at(stage, 2)
    stage.keyboard.press("ArrowRight")
    stage.reload()
    is_at(stage, 3)


def test_full_screen_is_entered_and_left(stage: Page) -> None:
    stage.keyboard.press("f")
    stage.wait_for_function("document.fullscreenElement !== null")
    stage.keyboard.press("f")
    stage.wait_for_function("document.fullscreenElement === null")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 768), (360, 740)])
def test_a_slide_is_whole_in_every_window(stage: Page, width: int, height: int) -> None:
    stage.set_viewport_size({"width": width, "height": height})
    box = stage.locator(".slide:not([hidden])").bounding_box()

    assert box is not None
    assert (box["x"] >= -1, box["x"] + box["width"] <= width + 1) == (True, True)
    assert (box["y"] >= -1, box["y"] + box["height"] <= height + 1) == (True, True)
    assert stage.evaluate("document.documentElement.scrollWidth") <= width
    bar = stage.locator(".controls").bounding_box()
    assert bar is not None
    assert bar["y"] >= box["y"] + box["height"] - 1, "the bar covers nothing"


def test_nothing_on_a_slide_is_cut(stage: Page) -> None:
    """No words stand beyond their box, in the letters that the browser has."""
    beyond = """() => [...document.querySelectorAll(".slide:not([hidden]) :is(.words, td, th, .text, .mark)")]
        .filter(box => box.scrollHeight > box.clientHeight + 2 || box.scrollWidth > box.clientWidth + 2)
        .map(box => box.textContent.trim())"""
    for number in range(1, SLIDES + 1):
        is_at(stage, number)
        assert stage.evaluate(beyond) == []
        stage.keyboard.press("PageDown")


def test_without_a_script_every_slide_is_there(browser: Browser, document: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(document)
    for number in range(SLIDES):
        expect(page.locator(".slide").nth(number)).to_be_visible()
    context.close()


def test_a_view_is_presented_from_its_page_and_needs_the_server_no_more(
    browser: Browser, site: Site
) -> None:
    """By the link of the page; then without a network, with the notes in a second window."""
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    page.goto(f"{site.address}/goal?goal=GA-1.1&area=FI&lang=fi")
    with page.expect_popup() as opened:
        page.locator("a[href^='/present']").click()
    slides = opened.value
    wrong: list[str] = []
    slides.on("console", partial(note_error, wrong))
    expect(slides.locator(".place")).to_have_text("2 / 2")
    context.set_offline(True)
    asked: list[str] = []
    slides.on("request", lambda request: asked.append(request.url))
    slides.keyboard.press("Home")
    expect(slides.locator(".place")).to_have_text("1 / 2")
    with slides.expect_popup() as second:
        slides.keyboard.press("n")
    slides.keyboard.press("PageDown")
    expect(second.value.locator("#place")).to_have_text("2 / 2")
    expect(second.value.locator("#said p").first).not_to_be_empty()
    context.close()

    assert not wrong
    assert not asked
