"""The origin of a figure in a real browser: from a point of a chart and from a cell, and back."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, shown

pytestmark = pytest.mark.browser
SERIES = "collection=sample&goal=GA-1.1&area=FI&lang=en"


def test_a_point_of_a_chart_opens_its_origin(page: Page, site: Site) -> None:
    shown(page, site, f"/goal?{SERIES}")
    point = page.locator(".js-plotly-plot .scatterlayer .points path").last
    expect(point).to_be_attached()
    frame = point.bounding_box()
    assert frame is not None
    page.mouse.click(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    page.wait_for_url("**figure=ICSE_VICTIMS**")
    panel = page.locator("#origin")
    expect(panel).to_contain_text("Origin of this figure")
    expect(panel).to_contain_text("GA-1!")

    ringed = page.locator(".js-plotly-plot .scatterlayer .trace").last.locator(".points path")
    expect(ringed).to_have_count(1)
    covered = "element => element.getBoundingClientRect()"
    chart, beside = (one.evaluate(covered) for one in (page.locator(".goal-columns"), panel))
    assert chart["right"] <= beside["left"]


def test_on_a_phone_the_panel_comes_before_the_chart(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    shown(page, site, f"/goal?{SERIES}&figure=ICSE_VICTIMS:FI:2025")
    tops = [page.locator(part).bounding_box() for part in ("main h1", "#origin", ".goal-columns")]
    assert None not in tops
    assert sorted(tops, key=lambda box: box["y"] if box else 0) == tops
    assert tops[1] is not None
    assert tops[1]["y"] < 800


def test_escape_closes_the_panel_and_the_cell_has_the_focus_again(page: Page, site: Site) -> None:
    shown(page, site, f"/goal?{SERIES}&view=table")
    cell = page.locator("a[data-figure]").first
    figure = cell.get_attribute("data-figure")
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#origin h2")).to_be_focused()

    page.keyboard.press("Escape")
    expect(page.locator("#origin")).to_have_count(0)
    expect(page.locator(f'a[data-figure="{figure}"]').first).to_be_focused()


def test_escape_returns_to_the_figure_of_the_scoreboard(page: Page, site: Site) -> None:
    shown(page, site, "/?collection=sample&lang=en")
    figure = page.locator("td.latest a[href*='figure=']").first
    figure.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#origin h2")).to_be_focused()

    page.keyboard.press("Escape")
    expect(figure).to_be_focused()
