"""A report as a tagged PDF file (PDF/UA-1), whose bytes depend on nothing but the report."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

import typst

from dashboard.charts.canvas import font_file
from dashboard.charts.matplotlib_renderer import plot_as_svg
from dashboard.charts.picture import Picture
from dashboard.progress import Advance
from dashboard.report.document import ReportDocument
from dashboard.typesetting.report_data import ReportData

WIDTH_OF_PLOT = 880  # pixels, on a page of 174 mm: words of 16 pixels have 9 points
WITHOUT_DAY = datetime(1980, 1, 1, tzinfo=UTC)


def report_as_pdf(document: ReportDocument, advance: Advance) -> bytes:
    """Draw every chart, then typeset the whole."""
    total = sum(1 for _ in document.charts) + 1
    drawn = 0

    def draw(picture: Picture) -> str:
        nonlocal drawn
        drawn += 1
        advance(drawn, total)
        return plot_as_svg(replace(picture, width=WIDTH_OF_PLOT)).decode()

    plain = ReportData(document, draw).plain()
    written = typeset("report.typ", plain, document.day)
    advance(total, total)
    return written


def typeset(template: str, data: object, day: str) -> bytes:
    """Typeset data by a template; nothing in it is read as markup, and no machine is asked.

    typst has threads from then on: a process that has typeset must not be forked to do so again.
    """
    written = typst.compile(
        source_of_template(template),
        font_paths=letters_of_charts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else WITHOUT_DAY,
    )
    return bytes(written)


@cache
def letters_of_charts() -> typst.Fonts:
    """DejaVu Sans, as in charts: it has Latin, Greek and the icons of statuses."""
    folder = str(font_file(is_bold=False).parent)
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


@cache
def source_of_template(name: str) -> bytes:
    return files("dashboard").joinpath("typesetting", name).read_bytes()
