"""A report as a tagged PDF file (PDF/UA-1), whose bytes depend on nothing but the report."""

from dataclasses import replace

from dashboard.charts.matplotlib_renderer import plot_as_svg
from dashboard.charts.picture import Picture
from dashboard.progress import Advance
from dashboard.report.document import ReportDocument
from dashboard.report.report_data import ReportData
from dashboard.typesetting.typesetter import typeset

WIDTH_OF_PLOT = 880  # pixels, on a page of 174 mm: words of 16 pixels have 9 points


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
    written = typeset(__package__, "report.typ", plain, document.day, document.language)
    advance(total, total)
    return written
