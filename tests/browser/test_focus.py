"""Where the focus is after a choice and on another page, what is announced, and the copied link."""

import re
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Site, shown
from tests.dashboard.release import LABEL

pytestmark = pytest.mark.browser


def test_the_focus_stays_on_a_choice_and_moves_to_the_content_of_another_page(
    page: Page, site: Site
) -> None:
    announced = page.locator("#announcement[role=status]")
    shown(page, site, "/?lang=en")
    page.locator(".chip").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**status=**")
    expect(page.locator(".chip[aria-current]")).to_be_focused()
    expect(announced).to_contain_text("goals")

    page.locator("table.scoreboard tbody tr:not(.group) a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/goal?**")
    expect(page.locator("main")).to_be_focused()
    expect(announced).to_contain_text(page.locator("main h1").inner_text())

    page.locator("header .languages a", has_text="FI").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**lang=fi**")
    expect(page.locator("header .languages a", has_text="FI")).to_be_focused()
    page.go_back()
    expect(page.locator("main h1")).to_be_visible()
    expect(page.locator("main")).not_to_be_focused()


def test_the_focus_stays_where_an_area_was_chosen_with_the_mouse(page: Page, site: Site) -> None:
    shown(page, site, "/?lang=en").wait_for_load_state("networkidle")
    page.locator(".choose summary").first.click()
    states = page.locator("[data-picks=area] select")
    states.click()
    states.select_option("SE")
    page.wait_for_url("**area=SE**")
    expect(page.locator(".choose summary").first).to_be_focused()

    shown(page, site, "/goal?lang=en&goal=GA-1.1").wait_for_load_state("networkidle")
    states = page.locator(".goal-choices [data-picks=area] select").first
    states.click()
    states.select_option("SE")
    page.wait_for_url("**area=SE**")
    expect(page.locator(".goal-choices [data-picks=area] select").first).to_be_focused()


def test_escape_closes_a_menu_and_gives_the_focus_back(page: Page, site: Site) -> None:
    shown(page, site, "/catalogue?lang=en")
    for width, menu in ((1280, ".menu-bar details"), (360, ".menu > details")):
        page.set_viewport_size({"width": width, "height": 740})
        folded, button = page.locator(menu), page.locator(f"{menu} > summary")
        button.focus()
        page.keyboard.press("Enter")
        expect(folded.get_by_role("link", name="Follow-up report", exact=True)).to_be_visible()
        page.keyboard.press("Escape")
        expect(folded.get_by_role("link", name="Follow-up report", exact=True)).to_be_hidden()
        expect(button).to_be_focused()
    page.keyboard.press("Tab")
    left = "document.activeElement.getBoundingClientRect().left"
    assert page.evaluate(left) > (button.bounding_box() or {"x": 360})["x"]


def test_a_link_is_copied_with_its_release_or_shown_to_be_copied(
    page: Page, site: Site, context: BrowserContext
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.address)
    shown(page, site, "/?lang=en")
    page.locator("a.copy-link").first.press("Enter")
    expect(page.locator(".copy-answer")).to_contain_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    context.clear_permissions()
    assert copied.startswith(site.address + "/?")
    assert {"lang=en", "collection=sample", f"release={LABEL}", "area=EU27_2020"} <= {
        *copied.partition("?")[2].split("&")
    }

    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    link = page.locator("a.copy-link").first
    link.evaluate(
        "(own, words) => { own.dataset.select = words; }", '<span lang="fi">Kopioi</span>'
    )
    link.press("Enter")
    expect(page.locator(".copy-answer input")).to_be_focused()
    expect(page.locator(".copy-answer [lang=fi]")).to_have_text(
        "Kopioi"
    )  # as words that are not translated
    assert page.evaluate("getSelection().toString()") == copied


def test_a_failed_answer_is_said_with_what_to_do(tab: Page, site: Site) -> None:
    shown(tab, site, "/catalogue?lang=en")
    tab.route("**/catalogue?*q=*", lambda route: route.abort())
    tab.locator("[data-picks='q'] input").fill("victims")
    notice = tab.locator(".service-notice")
    expect(notice).to_contain_text("The server did not answer")
    again = notice.get_by_role("link", name="Try again")
    expect(again).to_have_attribute("href", re.compile("q=victims"))
    expect(tab.locator("main h1")).to_be_visible()

    shown(tab, site, "/goal?goal=GA-1.1&lang=en")
    address, areas = tab.url, tab.locator("[data-picks='area'] select")
    tab.route("**/favicon.ico*", lambda route: route.abort())
    areas.select_option("FI")
    expect(again).to_have_attribute("href", re.compile("area=FI"))
    expect(areas).to_have_value("EU27_2020")  # as the page still shows it
    assert tab.url == address
    tab.unroute_all()


def test_a_link_that_the_server_cannot_answer_leaves_the_page_as_it_is(
    tab: Page, site: Site
) -> None:
    shown(tab, site, "/about?lang=en")
    address, goals = tab.url, tab.locator("header .menu-bar a", has_text="Goals")
    notice = tab.locator(".service-notice")
    again = notice.get_by_role("link", name="Try again")
    for follow in (goals.click, partial(goals.press, "Enter")):
        tab.context.set_offline(True)
        follow()
        expect(notice).to_contain_text("The server did not answer")
        expect(again).to_have_attribute("href", re.compile("/goal"))
        tab.mouse.wheel(0, 900)
        expect(again).to_be_in_viewport()
        again.click()
        expect(tab.locator("main h1")).to_be_visible()
        assert tab.url == address
        tab.context.set_offline(False)
        again.click()
        tab.wait_for_url("**/goal?**")
        tab.go_back()


def test_a_link_opens_a_new_tab_and_gives_a_file_as_ever(tab: Page, site: Site) -> None:
    shown(tab, site, "/reporting?lang=en")
    with tab.context.expect_page() as opened:
        tab.locator("header .menu-bar a", has_text="Goals").click(modifiers=["ControlOrMeta"])
    opened.value.close()
    with tab.expect_download() as file:
        tab.locator("a[href*='/download/reporting.csv']").click()
    assert file.value.suggested_filename.endswith(".csv")
    expect(tab.locator("main")).not_to_have_attribute("aria-busy", "true")
    tab.context.set_offline(True)
    tab.locator("a[href*='/download/reporting.csv']").click()
    expect(tab.locator(".service-notice")).to_contain_text("The server did not answer")
    tab.context.set_offline(False)


def test_what_is_shown_is_dimmed_until_a_late_answer_comes(tab: Page, site: Site) -> None:
    shown(tab, site, "/catalogue?lang=en")
    held: list[Route] = []
    tab.route("**/catalogue?*q=*", lambda route: held.append(route))  # noqa: PLW0108 - playwright writes into what it is given
    tab.locator("[data-picks='q'] input").fill("victims")
    main = tab.locator("main")
    expect(main).to_have_attribute("aria-busy", "true")
    expect(tab.locator(".service-notice")).to_contain_text("The server is slow to answer")
    held[0].continue_()
    expect(main).not_to_have_attribute("aria-busy", "true")
    expect(tab.locator(".service-notice")).to_be_hidden()
    tab.unroute_all()


def test_an_anchor_that_a_page_does_not_have_is_named(page: Page, site: Site) -> None:
    shown(page, site, "/catalogue?lang=en#NOTHING")
    notice = page.locator("#no-anchor")
    expect(notice).to_contain_text("NOTHING")
    expect(page.locator("#announcement")).to_be_attached()
