"""The scoreboard in a real browser: one screen, by keyboard, on a telephone."""

import pytest
from playwright.sync_api import Page, expect

from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.messages import languages
from tests.browser.conftest import Site, shown

pytestmark = pytest.mark.browser
SMALLEST_TARGET = 24  # pixels
SPARE = 20  # pixels, for a heading or counts that are longer
GOALS_UNDER_STATUSES = """rows => rows.flatMap(row => {
  const lines = cell => {
    const text = document.createRange();
    text.selectNodeContents(row.querySelector(cell));
    return [...text.getClientRects()].filter(line => line.width > 1);
  };
  const overlaps = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const statuses = lines(".status-word");
  return lines(".goal a").some(line => statuses.some(other => overlaps(line, other)))
    ? [row.querySelector(".goal").textContent.trim()] : [];
})"""


@pytest.mark.parametrize("language", languages())
def test_all_goals_and_states_are_on_one_screen_of_a_projector(
    page: Page, site: Site, language: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    shown(page, site, f"/?lang={language}")
    rows = page.locator("table.scoreboard tbody tr:not(.group)")
    goals = catalogue().restrict_to(catalogue().collections["sample"]).goals
    expect(rows).to_have_count(len(goals))

    last = rows.last.bounding_box()
    corner = page.locator("table.scoreboard").bounding_box()

    assert last is not None
    assert corner is not None
    assert last["y"] + last["height"] <= 720 - SPARE
    assert corner["x"] + corner["width"] <= 1280
    languages_of_site = page.locator("nav.languages").bounding_box()
    assert languages_of_site is not None
    assert languages_of_site["x"] + languages_of_site["width"] <= 1280 - SPARE / 2
    heights = "all => all.map(link => link.getBoundingClientRect().height)"
    links = page.locator(".scoreboard-head .quiet a").evaluate_all(heights)
    assert links
    assert min(links) >= SMALLEST_TARGET


def test_arrow_keys_move_between_cells_and_enter_opens_one(page: Page, site: Site) -> None:
    shown(page, site, "/")
    links = page.locator("table.scoreboard a")
    expect(links.first).to_be_visible()

    stops = page.locator("table.scoreboard a[tabindex='0']")
    expect(stops).to_have_count(1)
    page.locator("table.scoreboard tbody tr:not(.group) a").first.focus()
    first_mark = page.locator("table.scoreboard tbody a.mark").first
    for _ in range(6):  # over what the row has before its marks
        if first_mark.evaluate("mark => mark === document.activeElement"):
            break
        page.keyboard.press("ArrowRight")
    expect(first_mark).to_be_focused()
    page.keyboard.press("ArrowDown")
    second = page.locator("table.scoreboard tbody tr:not(.group)").nth(1).locator("a.mark").first
    expect(second).to_be_focused()
    expect(stops).to_have_count(1)
    page.keyboard.press("End")
    last = page.locator("table.scoreboard tbody tr:not(.group)").nth(1).locator("a.mark").last
    expect(last).to_be_focused()
    page.keyboard.press("Home")
    for _ in range(6):
        if second.evaluate("mark => mark === document.activeElement"):
            break
        page.keyboard.press("ArrowRight")
    expect(second).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url(f"**/goal?**area={member_states()[0]}**")


def test_a_telephone_shows_a_list_without_scrolling_sideways(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    shown(page, site, "/?lang=el")
    expect(page.locator("table.scoreboard tbody tr").last).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.documentElement.scrollHeight") <= 6 * 740


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("language", languages())
def test_no_name_of_a_goal_runs_into_its_status(
    page: Page, site: Site, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    shown(page, site, f"/?lang={language}")
    rows = page.locator("table.scoreboard tbody tr:not(.group)")
    expect(rows.first).to_be_visible()

    assert rows.evaluate_all(GOALS_UNDER_STATUSES) == []


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_no_status_is_cut(page: Page, site: Site, language: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    shown(page, site, f"/?lang={language}")
    words = page.locator("td.status-cell .status-word")
    expect(words.first).to_be_visible()
    assert not words.evaluate_all(
        "all => all.filter(one => one.scrollWidth > one.clientWidth).length"
    )
