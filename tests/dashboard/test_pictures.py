"""A picture of every kind of chart with every mark: the numbers of the table, and words that fit."""

import math
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from io import BytesIO
from itertools import combinations
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text as DrawnText
from matplotlib.transforms import Bbox, BboxBase
from PIL import Image

from dashboard.charts.matplotlib_renderer import draw_picture, picture_as_png, picture_as_svg
from dashboard.charts.multiples import multiples_chart
from dashboard.charts.picture import Picture
from dashboard.charts.picture_with_keys import picture_of
from dashboard.charts.specification import AnyChart, ChartKind, Note
from dashboard.charts.svg_figures import FigureData, figures_of
from dashboard.context import read_context
from dashboard.data import Release
from dashboard.pictures.view_pictures import CHARTS, pictures_of_chart
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from tests.dashboard.chart_figures import trend_of
from tests.dashboard.contexts import page_context
from tests.dashboard.test_chart_specification import chart_of, every_flag, tiles_of_every_flag
from tests.dashboard.test_outlook import OUTLOOK

LANGUAGES = ("en", "fi", "el")
SVG = "http://www.w3.org/2000/svg"
TOLERANCE = 1.5  # pixels by which the boxes of two texts may touch


def every_kind(language: str) -> Iterator[AnyChart]:
    for kind in ChartKind:
        if kind is ChartKind.MULTIPLES:
            states = [replace(every_flag(), area=area) for area in member_states()]
            yield multiples_chart(states, "2005", page_context(lang=language))
        elif kind is ChartKind.TILES:
            yield tiles_of_every_flag(language)
        else:
            yield chart_of(kind, language)
    yield trend_of(replace(every_flag(), outlook=OUTLOOK), language, with_outlook=True)


@cache
def drawn_words(language: str) -> list[Picture]:
    """Every kind of chart, with as many words around it as any page has."""
    notes = (Note(("A long note about what is shown. " * 9,), "To be read with care:"),)
    context = page_context(lang=language)
    address = "metrics.example.europa.eu/goal?" + "&".join(f"choice{n}=value" for n in range(16))
    finding = context.text("goal.no_ranking")
    return [
        replace(picture_of(chart, context), finding=finding, address=address,
                subject=f"GA-1.1 {finding}", further_notes=notes)
        for chart in every_kind(language)
    ]  # fmt: skip


def boxes(picture: Picture) -> tuple[Mapping[tuple[int, str], Bbox], BboxBase]:
    """The box of each text, and that of the picture, in pixels."""
    figure = draw_picture(picture).figure
    renderer: Any = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
    texts = [artist for artist in figure.artists if isinstance(artist, DrawnText)]
    found = {(at, drawn.get_text()): drawn.get_window_extent(renderer)
             for at, drawn in enumerate(texts) if drawn.get_text()}  # fmt: skip
    return found, figure.bbox


def overlap(one: Bbox, other: Bbox) -> bool:
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.y1, other.y1) - max(one.y0, other.y0)
    return bool(wide > TOLERANCE and high > TOLERANCE)


def faults_of_words(picture: Picture) -> list[str]:
    found, whole = boxes(picture)
    cut = [words for (_, words), box in found.items()
           if box.x0 < whole.x0 or box.x1 > whole.x1 or box.y0 < whole.y0 or box.y1 > whole.y1]  # fmt: skip
    covered = [f"{one[1]} × {other[1]}" for one, other in combinations(found, 2)
               if overlap(found[one], found[other])]  # fmt: skip
    return [*(f"cut: {words}" for words in cut), *(f"covered: {pair}" for pair in covered)]


@pytest.mark.parametrize("width", [1200, 600, 460])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_or_covers_another(language: str, width: int) -> None:
    faults = {picture.chart.kind: found for picture in drawn_words(language)
              if (found := faults_of_words(replace(picture, width=width)))}  # fmt: skip

    assert not faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_pictures_of_a_page_fit(release: Release, language: str) -> None:
    for query in ("goal=GA-1.1", "goal=GA-1.1&area=FR", "goal=GA-2.1&area=SE", "goal=GA-4.2", "goal=GA-1",
                  "goal=GA-1.1&indicator=ICSE_VICTIMS&breakdown=age"):  # fmt: skip
        context = read_context(View.parse(f"{query}&lang={language}"))
        for name in CHARTS:
            is_mapped = name != "map" or query == "goal=GA-1"
            for picture in pictures_of_chart(name, context) if is_mapped else ():
                assert not faults_of_words(picture), (query, name)


def elements_with_data(svg: bytes) -> dict[str, Element]:
    return {
        str(element.get("id")): element
        for element in fromstring(svg).iter(f"{{{SVG}}}g")
        if any(name.startswith("data-") for name in element.attrib)
    }


def same_data(element: Element, figure: FigureData) -> bool:
    data = {name.removeprefix("data-"): value for name, value in element.attrib.items()}
    numbers = {
        name: float(data[name]) if name in data else None for name in ("value", "expected", "gap")
    }
    reason = data.get("absent" if figure.value is None else "mark", "")
    return numbers == {"value": figure.value, "expected": figure.expected, "gap": figure.gap} and (
        data["period"], reason) == (figure.period, figure.mark.code)  # fmt: skip


def test_the_file_of_every_kind_has_the_figures_of_its_table() -> None:
    for picture in drawn_words("en"):
        elements = elements_with_data(picture_as_svg(picture))
        figures = [figure for figure in figures_of(picture.chart) if is_drawn(figure, picture)]
        assert {figure.name for figure in figures} == set(elements), picture.chart.kind
        for figure in figures:
            assert same_data(elements[figure.name], figure), figure


def is_drawn(figure: FigureData, picture: Picture) -> bool:
    """In a small trend, what has no value is a gap without a mark."""
    return figure.value is not None or picture.chart.kind is not ChartKind.MULTIPLES


def test_a_suppressed_value_is_in_no_file() -> None:
    """The specification has no number of it; nor has anything that is written from that."""
    (picture,) = (drawn for drawn in drawn_words("en") if drawn.chart.kind is ChartKind.STATES)
    withheld = [figure for figure in figures_of(picture.chart)
                if figure.mark.code == "absent.suppressed"]  # fmt: skip
    elements = elements_with_data(picture_as_svg(picture))

    assert withheld
    for figure in withheld:
        assert not {"data-value", "data-gap"} & set(elements[figure.name].attrib)
        assert f"{figure.label}: suppressed" in picture.description


def test_a_picture_says_what_it_is_about_and_where_it_is_from(release: Release) -> None:
    context = read_context(View.parse("goal=GA-1.1&area=FI&lang=fi"))
    (picture,) = pictures_of_chart("trend", context)
    root = fromstring(picture_as_svg(picture))
    bitmap = Image.open(BytesIO(picture_as_png(picture)))
    title, description = root.find(f"{{{SVG}}}title"), root.find(f"{{{SVG}}}desc")

    assert (root.get("lang"), root.get("role")) == ("fi", "img")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == (picture.finding, picture.description)
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert bitmap.text["Title"] == picture.finding  # type: ignore[attr-defined]
    assert release.label in bitmap.text["Source"]  # type: ignore[attr-defined]
    assert bitmap.size == (2400, round(2 * float(str(root.get("height")))))
    drawn = {words for _, words in boxes(picture)[0]}
    assert "Esimerkkiluvut (keksittyjä)" in drawn
    assert any(picture.address in words for words in drawn)


def test_a_picture_without_any_value_says_why() -> None:
    series = every_flag()
    rows = [{**row, "value": math.nan, "observation_status": "Q"} for row in series.values]
    nothing = replace(series, values=rows)
    picture = picture_of(trend_of(nothing), page_context())

    assert "suppressed" in picture.absence
    assert any("suppressed" in words for _, words in boxes(picture)[0])
    without_periods = replace(series, values=[])
    assert (
        picture_of(trend_of(without_periods), page_context()).absence
        == "No figure in this release."
    )


PROGRAM = """
import pickle, sys
from hashlib import sha256
from dashboard.charts.matplotlib_renderer import picture_as_png, picture_as_svg
for picture in pickle.load(sys.stdin.buffer):
    print(sha256(picture_as_svg(picture)).hexdigest(), sha256(picture_as_png(picture)).hexdigest())
"""


def test_the_same_picture_is_the_same_bytes_in_every_process() -> None:
    """Whatever the settings of the user, and the seed by which Python orders sets."""
    drawn = drawn_words("el")[:1]
    digests = [
        sha256(write(picture)).hexdigest()
        for picture in drawn
        for write in (picture_as_svg, picture_as_png)
    ]
    done = subprocess.run([sys.executable, "-c", PROGRAM], input=pickle.dumps(drawn),
                          capture_output=True, check=True,
                          env=os.environ | {"PYTHONHASHSEED": "7"})  # fmt: skip

    assert done.stdout.decode().split() == digests
