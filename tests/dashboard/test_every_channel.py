"""One release through every channel: page, file, picture, slide, browser, frame and report.

The planted figures have a zero, a missing, a not applicable and a suppressed one, a provisional
and an estimated one, and a break.
"""

import csv
import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from dashboard.charts.native_numbers import letter_of
from dashboard.charts.specification import Mark
from dashboard.context import read_context
from dashboard.data import records
from dashboard.report.document import DocumentTable
from dashboard.report.follow_up import follow_up_report
from dashboard.slides.deck import open_deck
from dashboard.slides.deck_file import DeckSlide
from dashboard.slides.html_deck import write_html
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.codelists.statuses import absence_key
from metrics.core.tables import BREAK, BREAKDOWNS, MEDIAN, NORMAL, TOTAL
from tests.dashboard.release import IN_BANDS, PECULIAR, SILENT, released_files
from tests.dashboard.slides.decks import built, deck_file, opened

pytestmark = pytest.mark.usefixtures("home")
INDICATOR = "ICSE_VICTIMS"
BANDED = "TAKEDOWN_TIME"
TAG = re.compile(r"<[^>]+>")
# The States in 2025, and areas with something to be said about a year: page, chart, parameters.
STATES = "goal=GA-1.1&view=states&period=2025&lang=en"
TRENDS = {area: f"goal=GA-1.1&area={area}&lang=en" for area in ("FR", "IT", "MT")}


@dataclass(frozen=True)
class Planted:
    """A figure of the release, as each channel has to say it."""

    value: float | None
    status: str
    absent: str  # the key of a text

    @property
    def letter(self) -> str:
        code = self.absent or ("" if self.status in {NORMAL, BREAK} else self.status)
        return letter_of(Mark(code)) if code else ""

    @property
    def printed(self) -> str:
        text = texts("en")
        return text(self.absent) if self.value is None else text.quantity(self.value, "PERSONS", 0)


@cache
def planted() -> Mapping[tuple[str, str], Planted]:
    """Area and period → the figure, from the file of the release."""
    table = pd.read_parquet(BytesIO(released_files()["indicator_values.parquet"]))
    own = table[(table["indicator"] == INDICATOR) & (table["component"] == "value")]
    own = own[(own["sex"] == TOTAL) & (own["age"] == TOTAL)]
    return {
        (row["area"], row["period"]): Planted(
            None if pd.isna(row["value"]) else float(row["value"]),
            row["observation_status"],
            absence_key(row) if pd.isna(row["value"]) else "",
        )
        for row in records(own)
    }


def expected(area: str = "") -> dict[tuple[str, str], Planted]:
    """Of the States in one period, or of an area in all."""
    return {
        (where, when): figure for (where, when), figure in planted().items()
        if (where == area if area else when == "2025" and where != "EU27_2020")
    }  # fmt: skip


def test_what_is_planted_has_every_kind_of_absence_and_flag() -> None:
    known = [figure for key, figure in planted().items() if key[0] != "EU27_2020"]
    letters = {figure.letter for figure in known}
    assert {"p", "e", "c", ":", "z"} <= letters
    assert any(figure.value == 0 for figure in known)
    assert any(figure.status == BREAK for figure in known)
    assert (SILENT, "2025") not in planted()
    assert {area for area, _ in PECULIAR} >= {*TRENDS}


Channel = Callable[[FlaskClient, str], dict[tuple[str, str], tuple[Any, str]]]


def on_page(client: FlaskClient, area: str) -> dict[tuple[str, str], tuple[Any, str]]:
    """The words of each cell, of the table of the States or of an area."""
    query = f"{TRENDS[area]}&view=table" if area else STATES
    cells = re.findall(
        r'<a data-figure="([^"]+)"[^>]*>(.*?)</a>', client.get(f"/goal?{query}").text
    )
    found = {}
    for name, words in cells:
        series, where, when = name.split(":")
        if series == INDICATOR:
            found[where, when] = (unescape(TAG.sub("", words)).strip(), "")
    return found


def in_file(client: FlaskClient, area: str) -> dict[tuple[str, str], tuple[Any, str]]:
    name, query = ("trend", TRENDS[area]) if area else ("states", STATES)
    content = client.get(f"/download/{name}.csv?{query}").data.decode("utf-8-sig")
    return {
        (row["area"], row["period"]): (float(row["value"]) if row["value"] else None,
                                       row["absent"] or row["observation_status"])
        for row in csv.DictReader(StringIO(content))
    }  # fmt: skip


def figures_in(markup: str, area: str) -> dict[tuple[str, str], tuple[Any, str]]:
    """Value and mark, or the reason for none, of each mark of a drawn chart."""
    names = {texts("en").code("area", code): code for code, _ in planted()}
    found = {}
    for data in re.findall(r"<g [^>]*?(data-[^>]*)>", markup):
        named = {key: unescape(value) for key, value in re.findall(r'data-(\w+)="([^"]*)"', data)}
        where = area or names[named["label"].split(",")[0]]
        value = float(named["value"]) if "value" in named else None
        found[where, named["period"]] = (value, named.get("absent") or named.get("mark", ""))
    return found


def in_picture(client: FlaskClient, area: str) -> dict[tuple[str, str], tuple[Any, str]]:
    name, query = ("trend", TRENDS[area]) if area else ("states", STATES)
    return figures_in(client.get(f"/picture/{name}.svg?{query}").text, area)


def in_frame(client: FlaskClient, area: str) -> dict[tuple[str, str], tuple[Any, str]]:
    name, query = ("trend", TRENDS[area]) if area else ("states", STATES)
    document = client.get(f"/embed/{name}?{query}").text
    drawn = [b64decode(part.partition('"')[0]).decode() for part in document.split("base64,")[1:]]
    first, *others = [figures_in(picture, area) for picture in drawn]
    assert all(other == first for other in others)
    return first


def deck_of(area: str) -> Any:
    return deck_file(DeckSlide(link=f"/goal?{TRENDS[area] if area else STATES}"), language="en")


def in_browser(_client: FlaskClient, area: str) -> dict[tuple[str, str], tuple[Any, str]]:
    return figures_in(write_html(open_deck(deck_of(area))).decode(), area)


def on_slide(_client: FlaskClient, area: str) -> dict[tuple[str, str], tuple[Any, str]]:
    """The chart of the presentation; its workbook must have the same."""
    chart = next(shape.chart for shape in opened(built(deck_of(area))).slides[1].shapes
                 if shape.has_chart)  # fmt: skip
    blob = chart.part.chart_workbook.xlsx_part.blob
    head, *rows = load_workbook(BytesIO(blob)).worksheets[0].values
    drawn = [series for plot in chart.plots for series in plot.series]
    for at, series in enumerate(drawn):
        assert [row[at + 1] for row in rows] == list(series.values), series.name
    is_figure = [at for at, series in enumerate(drawn) if "arget" not in series.name]
    found = {}
    for row in rows:
        name, _, letters = str(row[0]).partition("\n")
        values = [row[at + 1] for at in is_figure if row[at + 1] is not None]
        key = (area, name) if area else (name, "2025")
        found[key] = (values[0] if values else None, letters)
    assert head
    return found


@cache
def rows_of_report() -> Mapping[tuple[str, str], str]:
    """The cells of the table of the States in the follow-up report."""
    text = texts("en")
    areas = {text.code("area", code): code for code, _ in planted()}
    document = follow_up_report(read_context(View(collection="sample", lang="en")))
    heads = {text("state.menu"), "Victims identified in the ICSE database, persons a year"}
    (table,) = [
        block for section in document.sections for block in section.every_block()
        if isinstance(block, DocumentTable) and {block.caption, block.columns[0].heading} == heads
    ]  # fmt: skip
    years = [column.heading for column in table.columns]
    return {
        (areas[row[0].words], year): cell.words
        for row in table.rows for year, cell in zip(years, row, strict=True) if year.isdigit()
    }  # fmt: skip


def in_report(_client: FlaskClient, area: str) -> dict[tuple[str, str], tuple[Any, str]]:
    return {(where, when): (words, "") for (where, when), words in rows_of_report().items()
            if (where == area if area else when == "2025")}  # fmt: skip


def words_in_report(figure: Planted) -> str:
    """`152 p`, or the letter in place of a figure."""
    letter = "b" if figure.status == BREAK else figure.letter
    number = "" if figure.value is None else texts("en").number(figure.value, 0)
    return "\N{NO-BREAK SPACE}".join(filter(None, [number, letter]))


def said_by(figure: Planted, channel: Channel) -> tuple[Any, str]:
    """What a channel has to say about a figure."""
    mark = "" if figure.status in {NORMAL, BREAK} else figure.status
    if channel is on_page:
        return figure.printed, ""
    if channel is in_report:
        return words_in_report(figure), ""
    if channel is in_file:
        reason = texts("en")(figure.absent) if figure.absent else figure.status
        return figure.value, reason
    if channel is on_slide:
        return figure.value, figure.letter
    return figure.value, figure.absent or mark


def without_breaks(said: Mapping[tuple[str, str], tuple[Any, str]]) -> dict[Any, tuple[Any, str]]:
    """A slide has the letter of a break below its year, beside others."""
    return {key: (value, " ".join(part for part in flag.split() if part != "b"))
            for key, (value, flag) in said.items()}  # fmt: skip


CHANNELS: tuple[Channel, ...] = (
    on_page,
    in_file,
    in_picture,
    in_frame,
    in_browser,
    on_slide,
    in_report,
)


@pytest.mark.parametrize("area", ["", *TRENDS])
@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.__name__)
def test_every_channel_has_the_planted_figures(
    client: FlaskClient, channel: Channel, area: str
) -> None:
    """To the digit and the flag; a figure that is not there is in none."""
    said = channel(client, area)
    said = without_breaks(said) if channel is on_slide else said
    wanted = {key: said_by(figure, channel) for key, figure in expected(area).items()}

    assert {key: said.get(key) for key in wanted} == wanted
    is_exact = (
        channel is not in_report
    )  # which has the Union, and a sign for a State without figures
    beyond = {
        key: value for key, value in said.items() if key not in wanted and value[0] is not None
    }
    assert not (beyond and is_exact)


def test_a_break_is_said_in_every_channel(client: FlaskClient) -> None:
    query = TRENDS["FR"]
    assert "A new register" in client.get(f"/goal?{query}").text
    assert {flag for _, flag in in_file(client, "FR").values()} >= {"B"}
    assert "A new register" in client.get(f"/picture/trend.svg?{query}").text
    assert "A new register" in client.get(f"/embed/trend?{query}").text
    assert on_slide(client, "FR")["FR", "2023"][1] == "b"
    assert ">b</text>" in write_html(open_deck(deck_of("FR"))).decode()


def test_a_suppressed_figure_is_in_no_channel(client: FlaskClient) -> None:
    for channel in CHANNELS:
        value, reason = channel(client, "MT")["MT", "2025"]
        assert value in {None, "suppressed", "c"}, channel.__name__
        assert reason in {"absent.suppressed", "suppressed", "c", ""}


def estimated_medians() -> dict[tuple[str, str], tuple[float, str]]:
    """Of a State that reports times in bands; nobody submitted these figures."""
    table = pd.read_parquet(BytesIO(released_files()["indicator_values.parquet"]))
    own = table[table["indicator"].eq(BANDED) & table["component"].eq(MEDIAN)]
    own = own[own["area"].eq(IN_BANDS) & (own[[*BREAKDOWNS]] == TOTAL).all(axis=1)]
    assert set(own["submission"]) == {""}
    return {
        (row["area"], row["period"]): (row["value"], row["observation_status"])
        for row in records(own)
    }


def test_a_median_estimated_from_bands_is_the_same_in_every_channel(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(TRENDS, "IT", f"goal=GA-4.2&indicator={BANDED}&area=IT&lang=en")
    wanted = estimated_medians()
    estimated = ("IT", "2024")
    assert wanted[estimated][1] == "E"

    for channel in (in_file, in_picture, in_frame, in_browser, on_slide):
        said = channel(client, "IT")
        assert {key: said[key][0] for key in wanted} == {
            key: value for key, (value, _) in wanted.items()
        }, channel.__name__
        assert said[estimated][1].casefold() == "e", channel.__name__
    page = client.get(f"/goal?{TRENDS['IT']}&view=table").text
    for value, _ in wanted.values():
        assert f"{texts('en').number(value, 1)}" in page
