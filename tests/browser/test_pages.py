"""The pages in a real browser."""

import json
import re
from collections.abc import Iterator
from shutil import rmtree

import pytest
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.browser.conftest import Site, shown

pytestmark = pytest.mark.browser


def chooser(page: Page, label: str) -> Locator:
    return page.get_by_role("combobox", name=label, exact=True)


def test_invented_figures_say_so_in_the_title(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1")
    page.wait_for_function("document.title.includes('Sample figures (invented)')")


def test_a_link_restores_the_view(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=SE&view=table&order=value&lang=fi")

    expect(chooser(page, "Alue").locator("option:checked")).to_have_text("Ruotsi")
    expect(page.locator("caption").first).to_contain_text("Ruotsi")
    expect(page.locator(".js-plotly-plot")).to_have_count(0)


def test_the_language_switch_keeps_the_view(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=SE&view=table")

    page.locator(".languages").get_by_role("link", name="EL").click()

    expect(page.locator("caption").first).to_contain_text("Σουηδία")
    assert "area=SE" in page.url
    assert page.evaluate("document.documentElement.lang") == "el"


def test_a_choice_goes_into_the_address_and_back_again(page: Page, site: Site) -> None:
    shown(page, site, "/series?lang=en")
    chooser(page, "Area").select_option("Finland")
    page.wait_for_url("**/series?*area=FI*")
    expect(page.locator(".goal-card", has_text="GA-1.1")).to_contain_text("625 persons")

    page.go_back()

    chosen = chooser(page, "Area").locator("option:checked")
    expect(chosen).to_have_text("European Union (27 Member States)")
    assert "lang=en" in page.url or "area=FI" not in page.url


def test_changing_the_goal_drops_what_belonged_to_the_old_one(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=FI&breakdown=sex&lang=en")
    page.locator(".goal-choices summary").click()
    chooser(page, "Goal").select_option("GA-4.2")
    page.wait_for_url("**goal=GA-4.2*")

    assert "area=FI" in page.url
    assert "breakdown" not in page.url


def test_charts_are_drawn_and_offer_nothing_to_click_away(page: Page, site: Site) -> None:
    shown(page, site, "/goal?goal=GA-1.1&area=FI&view=all")
    expect(page.locator(".js-plotly-plot .main-svg").nth(1)).to_be_visible()

    assert page.locator(".js-plotly-plot").count() == 2
    assert page.locator(".modebar-btn, [data-title*='hare']").count() == 0


def test_the_catalogue_is_searched_while_typing(page: Page, site: Site) -> None:
    shown(page, site, "/catalogue")
    page.get_by_label("Search").fill("lanzarote")
    page.wait_for_url("**q=lanzarote*")
    expect(page.locator(".entry").nth(20)).to_have_count(0)
    expect(page.locator(".entry").first).to_be_visible()


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page: Page, site: Site) -> None:
    shown(page, site, "/series")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the content")
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"


@pytest.fixture
def another_release(site: Site) -> Iterator[str]:
    """Of another collection, which is gone again before the next test looks at the site."""
    folder = site.home / "data/processed/published-figures/2026-01-01"
    folder.mkdir(parents=True)
    (folder / "build.json").write_text(json.dumps({"as_of": "2026-01-01"}), "utf-8")
    (folder.parent / "current").write_text("2026-01-01", "utf-8")
    yield "published-figures"
    rmtree(folder.parent)


A4_LANDSCAPE: ViewportSize = {"width": 1039, "height": 710}  # within the margins, in CSS pixels


def test_the_first_printed_page_of_the_overview_holds_a_goal(page: Page, site: Site) -> None:
    shown(page, site, "/series?lang=el")

    page.set_viewport_size(A4_LANDSCAPE)
    page.emulate_media(media="print")

    goal = page.locator(".goal-card").first.bounding_box()
    assert goal
    assert goal["y"] + goal["height"] <= A4_LANDSCAPE["height"]
    heading = "getComputedStyle(document.querySelector('tbody > tr')).breakBefore"
    shown(page, site, "/state?area=FI")
    assert page.evaluate(heading) == "avoid"


def test_a_rule_is_typed_and_stands_in_the_address(page: Page, site: Site) -> None:
    shown(page, site, "/find?lang=en&collection=sample")

    page.get_by_label("Threshold").fill("123.5")
    page.get_by_label("Comparison").select_option("above")
    page.get_by_role("button", name="Find").press("Enter")

    expect(page).to_have_url(re.compile("threshold=123.5"))
    expect(page.locator("h1")).to_contain_text("above 123.5")
    assert "lang=en" in page.url


def test_a_new_release_is_shown_without_a_restart(
    page: Page, site: Site, another_release: str
) -> None:
    shown(page, site, f"/series?collection={another_release}")

    expect(page.locator(".as-of")).to_have_text("As of 1 January 2026 · current")
