"""What a chart labels, marks and prints is decided once: page, picture, slide and document agree."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openxml_audit import OpenXmlValidator
from pptx import Presentation

from dashboard.charts.arrangement import arrange
from dashboard.charts.chart_parts import TimePart
from dashboard.charts.chart_widths import PROJECTOR
from dashboard.charts.label_sides import Side, free_side
from dashboard.charts.labels import Role
from dashboard.charts.native_breaks import shapes_of
from dashboard.charts.native_times import add_time_chart
from dashboard.charts.paths import corner_of_label
from dashboard.charts.picture import Picture
from dashboard.charts.slide_shapes import ChartLook, SlideBox
from dashboard.charts.specification import ChartPath, TimeChart
from dashboard.charts.tiles import MappedSeries, tiles_chart
from dashboard.data import Release
from dashboard.pictures.view_pictures import pictures_of_chart
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.slides.drawn_parts import canvas_of
from dashboard.texts import texts
from dashboard.word.word_charts import WordCharts
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.messages import languages
from tests.dashboard.chart_figures import trend_of
from tests.dashboard.contexts import page_context
from tests.dashboard.release import SILENT

BOX = SlideBox(36, 114, 888, 320)
SHARE = "VICTIMS_ASSISTED"


def series_of(*values: float, broken: str = "", indicator: str = "ICSE_VICTIMS",
              source: str = "") -> AssessedSeries:  # fmt: skip
    rows = [
        {"period": str(2020 + at), "value": value, "confidentiality_status": "F", "late": False,
         "observation_status": "B" if str(2020 + at) == broken else "A", "remark": "",
         "component": "value", "areas_expected": 1, "source": source}
        for at, value in enumerate(values)
    ]  # fmt: skip
    return AssessedSeries(catalogue().indicators[indicator], "FI", {}, rows)


def native(chart: TimeChart) -> Any:
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    return add_time_chart(TimePart(chart, BOX, ChartLook("en", "Chart", "")), slide.shapes).chart


def labelled_periods(chart: Any) -> list[str]:
    """The rows of the data sheet that have a label, in the order of their series."""
    rows = [str(category).split()[0] for category in chart.plots[0].categories]
    found = chart._chartSpace.xpath(".//c:ser/c:dLbls/c:dLbl/c:idx")
    return [rows[int(index.get("val"))] for index in found]


def labels_in_picture(chart: TimeChart) -> list[str]:
    """The figures that a picture has beside their marks."""
    placed = arrange(chart, PROJECTOR).texts
    written = (label.lines[0] for label in placed if label.role is Role.REPORTED)
    return [words.replace("\N{NO-BREAK SPACE}", " ") for words in written]


def test_the_first_label_is_that_of_the_first_comparable_figure_in_every_renderer() -> None:
    chart = trend_of(series_of(426.0, 390.0, 474.0, 510.0, 546.0, broken="2022"))

    assert labels_in_picture(chart) == ["546 persons, 2024", "474"]
    assert labelled_periods(native(chart)) == ["2022", "2024"]


@pytest.mark.parametrize("area", ["FI", "DE", EU])
def test_the_latest_figure_is_labelled_at_its_right_although_the_path_goes_on(
    area: str, release: Release
) -> None:
    chart = trend_of(series_of_goal(catalogue().goals["GA-1.1"], area, release)[0], release=release)
    drawn = native(chart)
    latest = chart.lines[0].joined[-1]
    rows = [str(category).split()[0] for category in drawn.plots[0].categories]
    assert chart.path is not None
    assert rows[-1] > latest.period
    (label,) = drawn._chartSpace.xpath(
        f".//c:ser[c:tx//c:v='Reported figure']//c:dLbl[c:idx/@val={rows.index(latest.period)}]"
    )

    assert label.xpath("./c:dLblPos/@val") == ["r"]


def test_a_figure_that_no_other_is_comparable_with_has_one_label() -> None:
    chart = trend_of(series_of(426.0, 390.0, 474.0, broken="2022"))

    assert labels_in_picture(chart) == ["474 persons, 2022"]
    assert labelled_periods(native(chart)) == ["2022"]


@pytest.mark.parametrize(
    ("values", "side"),
    [([50.0, 90.0], Side.BELOW), ([90.0, 40.0], Side.ABOVE), ([1.0, 99.0], None)],
)
def test_a_label_lies_on_no_line_and_not_below_the_axis(
    values: list[float], side: Side | None
) -> None:
    chart = trend_of(series_of(*values))
    first = chart.lines[0].points[0]

    def position(at: float, height: float) -> tuple[float, float]:
        return (at - 2020) * 10.0, 100.0 - height

    assert free_side(chart, first, 16, position, bottom=100.0) is side


def test_marks_of_earlier_paths_are_named_in_a_legend_where_a_label_names_the_path() -> None:
    chart = trend_of(series_of(426.0, 390.0, 474.0, 510.0))
    course = ((2020.5, 426.0), (2023.5, 567.0))
    path = ChartPath("Target path", "Target path", (2023.5, 567.0), course,
                     "As each year was assessed", ((2021.5, 470.0), (2022.5, 520.0)))  # fmt: skip
    named, unnamed = replace(chart, path=path), replace(chart, path=replace(path, course=()))

    drawn = native(named)

    assert drawn.has_legend
    deleted = {int(own) for own in drawn._chartSpace.xpath(".//c:legendEntry/c:idx/@val")}
    kept = [series.name for at, series in enumerate(drawn.plots[0].series) if at not in deleted]
    assert kept == ["As each year was assessed"]
    assert not native(unnamed).has_legend, "a label at their end names the marks"
    part = TimePart(named, BOX, ChartLook("en", "Chart", "", "persons a year"))
    assert canvas_of(part).svg("").count("As each year was assessed") == 1


def test_a_native_chart_has_a_line_at_each_break_in_slides_and_documents(tmp_path: Path) -> None:
    chart = trend_of(series_of(426.0, 390.0, 474.0, 510.0, broken="2022"))
    drawn = native(chart)
    shapes = shapes_of(drawn).decode()
    left, width = (float(drawn._chartSpace.xpath(f".//c:plotArea/c:layout//c:{name}/@val")[0])
                   for name in "xw")  # fmt: skip
    document = Document()
    run = WordCharts(document, "en").drawing(Picture(chart, "en", "Line chart"))
    file = tmp_path / "chart.docx"
    document.save(str(file))
    with ZipFile(BytesIO(file.read_bytes())) as package:
        moved = package.read("word/drawings/drawing1.xml").decode()
        named = package.read("word/charts/chart1.xml").decode()

    assert shapes.count("<cdr:cxnSp ") == len(chart.breaks) == 1
    assert chart.breaks[0].label in shapes
    assert f"<cdr:x>{left + width / 2:.3f}" in shapes, "between the second and the third of four"
    assert "c:chart" in run
    assert moved.count("<cdr:cxnSp ") == 1
    assert "<c:userShapes" in named
    faults = map(str, OpenXmlValidator().validate(file).errors)
    assert [fault for fault in faults if "/charts/" in fault or "/drawings/" in fault] == []


def test_the_key_of_a_map_has_a_letter_of_the_union_alone() -> None:
    share = replace(series_of(10.0, indicator=SHARE), area="FI")
    union = replace(share, area=EU, values=[{**share.values[0], "observation_status": "P"}])
    chart = tiles_chart(MappedSeries(share, "Assisted, %"), {"FI": share, EU: union}, "2020",
                        page_context())  # fmt: skip

    assert chart.union.printed.endswith("p")
    assert [(sign, mark.code) for sign, mark in chart.signs] == [("p", "P")]


def test_a_picture_of_the_union_names_the_states_without_figure(release: Release) -> None:
    (picture,) = pictures_of_chart("trend", page_context(release, goal="GA-1.1"))
    shown = [str(note) for note in picture.notes]

    assert f"No figure for 2025: BG, {SILENT}. Suppressed for 2025: MT." in " ".join(shown)


def test_a_chart_without_break_has_no_such_line() -> None:
    assert shapes_of(native(trend_of(series_of(1.0, 2.0)))) == b""


def test_the_label_of_marks_stands_beside_that_of_the_assessed_period() -> None:
    marks = ((2021.5, 299.0), (2022.5, 328.0), (2023.5, 419.0))

    assert corner_of_label((), marks, "2022") == (2022.5, 328.0)
    assert corner_of_label((), marks, "2030") == marks[-1]
    assert corner_of_label(((2023.5, 419.0), (2026.5, 558.0)), marks, "2022") == (2026.5, 558.0)


def test_as_of_a_period_no_line_leads_beside_a_mark_and_no_growth_is_later(
    release: Release,
) -> None:
    """FR has a break in 2023."""
    for area in member_states():
        whole = series_of_goal(catalogue().goals["GA-1.1"], area, release)[0]
        for period in ("2022", "2023", "2024"):
            assessed = replace(whole, assessments=whole.as_of(period).assessments)
            path = trend_of(assessed, release=release).path
            assert path is None or {own[-1] for own in path.approaches} <= {
                *path.earlier, *path.course
            }  # fmt: skip
            chart = trend_of(whole.as_of(period), release=release)
            entries = chart.strip.entries if chart.strip else ()
            assert all(entry.at <= chart.years.high for entry in entries)


def test_the_figures_of_a_chart_have_one_number_of_decimals() -> None:
    computed = trend_of(series_of(18.7, 22.934, 100.0, indicator=SHARE))
    published = trend_of(series_of(18.7, 22.93, 100.0, indicator=SHARE, source="The publisher"))
    counts = trend_of(series_of(7.0, 8.5, 120.0))

    assert [point.number for point in computed.lines[0].points] == ["18.70", "22.93", "100.00"]
    assert [point.number for point in published.lines[0].points] == ["18.7", "22.93", "100"]
    assert [point.number for point in counts.lines[0].points] == ["7.0", "8.5", "120.0"]


@pytest.mark.parametrize("language", languages())
def test_alternative_texts_separate_clauses_as_the_language_does(language: str) -> None:
    """In Greek a semicolon asks a question."""
    picture = Picture(trend_of(series_of(1.0, 2.0), language), language, "")
    apart = texts(language)("list.apart")

    assert f"{apart} 2021: " in picture.description
    assert (";" in picture.description) is (apart == ";")
