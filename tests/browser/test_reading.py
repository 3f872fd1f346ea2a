"""What an officer reads on each page, at the widths of a telephone, a tablet, a desk and a hall."""

import csv
import io
import shutil
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from metrics.catalogue.loader import catalogue
from tests.browser.conftest import Site, shown
from tests.dashboard.release import LABEL

pytestmark = pytest.mark.browser

GOAL = "/goal?goal=GA-1.1&area=FI"
READ: Mapping[str, Mapping[str, list[str]]] = {
    "/series": {".goal-card:has-text('GA-1.1')": [
        "More victims identified in the ICSE database", "persons", "2025", "22 of 27 with figures, 1 not shown",
        "Method: Growth each year and on the compounded path", "Read with care"]},
    GOAL: {
        ".trend-card": [
            "Finland, 2025 – Behind: 625 persons", "short of the target path",
            "Method: “Growth each year and on the compounded path”",
            "Source: Sample figures (invented)", f"Release {LABEL}", "To be read with care:"],
        ".by-status": ["Behind", "DE", "Suppressed"],
    },
    f"{GOAL}&view=all": {
        ".card:has(.multiples)": [
            "Malta", "suppressed", "Status by the official method: Growth each year",
            "not for ranking it", f"Release {LABEL}"],
        ".card:has(.matrix)": [
            "Status of each series of GA-1.1", "official method", "additional method", "Achieved"],
        ".arithmetic": [
            "Target: +10 % a year or better.", "agreed growth per year, in per cent",
            "at least 10 % on the value before", "2020 to 2025", "months late"],
        ".wording": ["by at least 10% yearly", "Targets"],
    },
    "/state?area=EL": {"main": [
        "Greece", "Reporting by round", "days late", "31 Mar 2026", "half done"]},
    "/submit?area=FI": {"main": ["Choose the file", "at most 50 MB", "Download the workbook for Finland"]},
    "/catalogue": {"main": [
        f"{len(catalogue().goals)} goals and commitments, {len(catalogue().indicators)} indicators",
        "Indicators",
    ]},
    "/nowhere": {"main": ["There is no such page", "Scoreboard"]},
}  # fmt: skip
# What other addresses are answered with is read in `tests/dashboard/test_pages.py`.
BAD = {
    "unknown codes": "/goal?goal=GA-99&area=XX&indicator=NONE&breakdown=sex%2Bx&period=9999",
    "a script": "/goal?goal=%3Cscript%3Ealert(1)%3C/script%3E&area=%22%3E",
    "no language": "/catalogue?lang=tlh&q=%00%FF",
}


@pytest.mark.parametrize("address", READ)
def test_a_page_says(page: Page, site: Site, address: str) -> None:
    shown(page, site, address)
    for place, said in READ[address].items():
        for each in said:
            expect(page.locator(place).first).to_contain_text(each)


@pytest.mark.parametrize("address", BAD.values(), ids=BAD)
def test_a_bad_address_gives_a_clear_page(page: Page, site: Site, address: str) -> None:
    shown(page, site, address)
    expect(page.locator("main")).not_to_contain_text("Traceback")
    expect(page.locator("header nav").first).to_be_visible()
    assert "Traceback" not in (site.home / "server.log").read_text()


TELEPHONE_WIDTH = 375
CUT_CHOICES = """() => [...document.querySelectorAll(
    '.picker-collection select, .picker-release select, .picker-area select')].filter(list => {
        const style = getComputedStyle(list), ruler = document.createElement('canvas');
        const context = ruler.getContext('2d');
        context.font = style.font;
        const room = list.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return context.measureText(list.selectedOptions[0].text).width > room + 1;
    }).map(list => list.selectedOptions[0].text)"""
# Plotly draws again when the width is known.
FILLED_BY_CHARTS = """() => [...document.querySelectorAll('.js-plotly-plot')].every(chart => {
    const drawn = chart.querySelector('.main-svg').getBoundingClientRect().width;
    return Math.abs(drawn - chart.getBoundingClientRect().width) < 2;
})"""


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_words_of_charts_and_choices_of_lists_have_room(
    page: Page, site: Site, language: str
) -> None:
    """A goal is longer than a telephone is wide: its name is the heading, and a tooltip."""
    page.set_viewport_size({"width": 1920, "height": 900})
    shown(page, site, f"{GOAL}&outlook=on&lang={language}")
    expect(page.locator(".js-plotly-plot .annotation-text").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    for width in (1920, 1280, TELEPHONE_WIDTH):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_function(FILLED_BY_CHARTS)
        for chart in page.locator("figure.chart").all():
            assert overlapping(chart) == []
            assert smallest_type(chart) >= (14 if width == TELEPHONE_WIDTH else 16)
        assert page.evaluate(CUT_CHOICES) == []
    assert page.locator(".picker-area select").count() == 1
    titles = page.locator(".picker-goal select").evaluate(
        "list => [list.dataset.hint, list.selectedOptions[0].text]"
    )
    assert titles[0] == titles[1]


def smallest_type(chart: Locator) -> float:
    """The size of the smallest words of a chart, in pixels; notes and source are smaller."""
    sizes: list[float] = chart.evaluate(
        """(chart) => [...chart.querySelectorAll("text, tspan, .chart-title, .chart-subtitle, .chart-key")]
            .filter((e) => e.textContent.trim() && e.getClientRects().length)
            .map((e) => parseFloat(getComputedStyle(e).fontSize))"""
    )
    return min(sizes)


def overlapping(chart: Locator) -> list[str]:
    """Pairs of texts of a chart that share more than a hair's breadth."""
    found: list[str] = chart.evaluate(
        """(chart) => {
            const texts = [...chart.querySelectorAll("text")].filter((e) => e.textContent.trim());
            const boxes = texts.map((e) => [e.textContent, e.getBoundingClientRect()]);
            const meet = (a, b) => a.left < b.right - 2 && b.left < a.right - 2
                                && a.top < b.bottom - 4 && b.top < a.bottom - 4;
            return boxes.flatMap(([said, one], at) => boxes.slice(at + 1)
                .filter(([, other]) => meet(one, other)).map(([other]) => said + " / " + other));
        }"""
    )
    return found


def test_on_a_telephone_a_state_reads_from_top_to_bottom(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    shown(page, site, "/state?area=FI&lang=el")
    statuses = page.locator(".goal-row .status-word")
    boxes = [each.bounding_box() for each in statuses.all()[:20]]
    assert all(box and box["x"] + box["width"] <= 375 for box in boxes)


def test_on_a_telephone_the_figures_begin_on_the_second_screen(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    shown(page, site, f"{GOAL}&lang=fi")
    box = page.locator(".trend-card").bounding_box()
    assert box is not None
    assert box["y"] < 1.1 * 800


def test_the_catalogue_fits_into_a_few_screens(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 375, "height": 800})
    shown(page, site, "/catalogue")
    assert page.evaluate("document.documentElement.scrollHeight") < 17 * 800


def test_an_anchor_unfolds_its_entry_alone(page: Page, site: Site) -> None:
    anchor = "ICSE_VICTIMS"
    shown(page, site, f"/catalogue#{anchor}")
    expect(page.locator(f"[id='{anchor}']")).to_have_attribute("open", "")
    expect(page.locator(f"[id='{anchor}'] > summary")).to_be_in_viewport()
    expect(page.locator(".entry[open]")).to_have_count(1)


def test_from_a_goal_of_the_catalogue_to_its_indicator(page: Page, site: Site) -> None:
    shown(page, site, "/catalogue#GA-1.1")
    page.locator("[id='GA-1.1']").get_by_role("link", name="Victims identified").first.click()
    expect(page.locator("#ICSE_VICTIMS dl")).to_be_visible()
    page.go_back()
    expect(page.locator("[id='GA-1.1'] > summary")).to_be_in_viewport()


def downloaded(page: Page, name: str, at: int = 0) -> list[dict[str, str]]:
    with page.expect_download() as file:
        page.get_by_role("link", name=name).nth(at).click()
    text = Path(file.value.path()).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("area", ["FI", "MT", "EE"])
def test_the_file_has_what_the_table_shows(page: Page, site: Site, area: str) -> None:
    shown(page, site, f"/goal?goal=GA-1.1&area={area}&view=table")
    read = page.locator("table").first.locator("tbody tr").all()
    rows = downloaded(page, "Download (CSV)")
    assert [each.locator("th").inner_text() for each in read] == [row["period"] for row in rows]
    figures = [each.locator("td").first.inner_text().split("\xa0")[0] for each in read]
    assert [bool(row["value"]) for row in rows] == [figure[0].isdigit() for figure in figures]


def test_the_file_of_the_states_has_them_all_and_says_where_from(page: Page, site: Site) -> None:
    shown(page, site, f"{GOAL}&view=states")
    rows = downloaded(page, "Download (CSV)")
    assert len(rows) == 27
    assert {row["release"] for row in rows} == {LABEL}
    assert all("invented" in row["source_line"] for row in rows)


def test_an_earlier_release_is_chosen_by_the_address(page: Page, site: Site) -> None:
    folder = site.home / "data/processed/sample"
    shutil.copytree(folder / LABEL, folder / "2025-12-01", dirs_exist_ok=True)
    shown(page, site, f"{GOAL}&release=2025-12-01")
    expect(page.locator(".trend-card .source")).to_contain_text("Release 2025-12-01")
    shown(page, site, GOAL)
    expect(page.locator(".trend-card .source")).to_contain_text(f"Release {LABEL}")


def test_a_collection_without_a_release_says_what_to_do(page: Page, site: Site) -> None:
    shown(page, site, "/goal?collection=empact-cse")
    expect(page.locator(".empty")).to_contain_text("empact release empact-cse")
    expect(page.locator(".invented-badge")).to_have_count(0)


def test_the_back_button_leads_through_what_was_looked_at(page: Page, site: Site) -> None:
    shown(page, site, "/series?lang=en")
    page.locator(".goal-card h4").get_by_role("link", name="Faster notice").click()
    expect(page.locator(".breadcrumb")).to_contain_text("GA-4.2")
    page.locator("header").get_by_role("link", name="Member States", exact=True).click()
    page.wait_for_url("**/state**")
    page.go_back()
    expect(page.locator(".breadcrumb")).to_contain_text("GA-4.2")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Overview")


def test_what_a_point_says_when_it_is_pointed_at(page: Page, site: Site) -> None:
    shown(page, site, GOAL)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
    box = page.locator(".js-plotly-plot").first.evaluate(
        "(e) => { const line = e._fullData.findIndex((t) => t.text?.length > 1);"
        " const at = e.calcdata[line].at(-1); const a = e._fullLayout; const r = e.getBoundingClientRect();"
        " return [r.x + a._size.l + a.xaxis.c2p(at.x), r.y + a._size.t + a.yaxis.c2p(at.y)]; }"
    )
    page.mouse.move(*box)
    expect(page.locator(".hoverlayer").first).to_contain_text("2025: 625")


def test_the_years_of_a_trend_stand_apart_on_a_telephone(page: Page, site: Site) -> None:
    page.set_viewport_size({"width": 375, "height": 900})
    shown(page, site, "/goal?goal=GA-4.1&area=FI&lang=el")
    # Plotly draws again when the width is known: labels are read when they have come to rest.
    ends = (
        "[...document.querySelectorAll('#graph-trend g.xtick text')]"
        ".filter((e) => e.checkVisibility()).map((e) => e.getBoundingClientRect())"
        ".map((r) => [r.left, r.right]).filter(([left, right]) => right > left)"
    )
    page.wait_for_function(
        f"() => {{ const ends = {ends}; const now = JSON.stringify(ends);"
        " const rests = now === window.endsBefore; window.endsBefore = now;"
        " return rests && ends.length > 1; }",
        polling=500,
    )
    places = sorted(map(tuple, page.evaluate(ends)))
    assert len(places) > 1
    assert all(right + 6 < left for (_, right), (left, _) in pairwise(places))


FRAMES_THAT_SCROLL = """() => [...document.querySelectorAll(".table-frame, .document table, .document pre")]
    .filter(frame => frame.scrollWidth > frame.clientWidth + 2).map(frame => frame.textContent.slice(0, 60))"""
WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > innerWidth"


@pytest.mark.parametrize(
    ("address", "table"),
    [
        ("/goal?goal=GA-1.1&view=states&lang=el", ".signs td[data-heading='FI']"),
        ("/report?lang=fi", ".actions .stacked td[data-heading]"),
        ("/guides?document=glossary", ".document table.stacked td[data-heading]"),
        ("/state?area=FI&lang=fi", ".rounds td[data-heading]"),
        ("/guides?document=commands", ".document pre"),
    ],
)
def test_a_wide_table_is_read_on_a_telephone_without_scrolling_sideways(
    page: Page, site: Site, address: str, table: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    shown(page, site, address).locator(table).first.wait_for()
    assert page.evaluate(FRAMES_THAT_SCROLL) == []


@pytest.mark.parametrize("address", ["/?lang=en", "/goal?goal=CC2019-7&lang=fi", "/state?lang=el"])
def test_opened_choices_are_within_a_narrow_page(page: Page, site: Site, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    shown(page, site, address).locator(".choose summary").first.click()
    expect(page.locator(".choose[open] .choices").first).to_be_visible()
    assert not page.evaluate(WIDER_THAN_THE_SCREEN)
