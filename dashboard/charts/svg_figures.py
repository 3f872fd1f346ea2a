"""A drawn SVG made readable: its words as texts, and every figure beside its mark as data.

Letters are drawn as outlines, so that a picture looks the same everywhere; what it says is in its
title and description. A mark carries its period and value as they are in the table of the chart;
a mark of a value that may not be shown carries the reason, and no number.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from dashboard.charts.picture import Picture
from dashboard.charts.specification import (
    AnyChart,
    ChartPoint,
    Mark,
    MultiplesChart,
    SmallTrend,
    StatesChart,
    TilesChart,
)

XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
TITLE_ID, DESCRIPTION_ID = "picture-title", "picture-description"
NO_MARK = Mark()
# As matplotlib writes it; one of its points is a pixel here.
ROOT, TITLE_ELEMENT = re.compile(r"<svg [^>]*>"), re.compile(r"<title>.*?</title>", re.DOTALL)
SIDE_LENGTH = re.compile(r'(width|height)="(\d+)pt"')
GROUP_ELEMENT = re.compile(r'<g id="([^"]+)">')
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class FigureData:
    """What the mark of a figure says in an SVG file."""

    name: str  # of the element
    label: str  # of the line, or the State
    period: str
    printed: str
    value: float | None
    expected: float | None = None
    gap: float | None = None
    mark: Mark = NO_MARK

    @property
    def words(self) -> str:
        reason = self.mark.words if self.value is not None else ""
        return f"{self.label}: {', '.join(filter(None, [self.printed, reason]))}"

    @property
    def attributes(self) -> Mapping[str, str]:
        """Numbers as Python writes them: exactly; none of an absent figure."""
        is_absent = self.value is None
        found = {
            "label": self.label,
            "period": self.period,
            "value": "" if self.value is None else repr(self.value),
            "expected": "" if self.expected is None else repr(self.expected),
            "gap": "" if self.gap is None or is_absent else repr(self.gap),
            "absent" if is_absent else "mark": self.mark.code,
        }
        return {f"data-{name}": text for name, text in found.items() if text}


def name_of_figure(owner: int | str, period: str) -> str:
    """The name of the element of a figure, by the number of its line or the code of its area."""
    return f"figure-{owner}-{period}"


def figures_of(chart: AnyChart) -> Iterator[FigureData]:
    """Every row of the chart's table."""
    if isinstance(chart, StatesChart):
        for row in chart.rows:
            yield FigureData(name_of_figure(row.area, chart.period), row.name, chart.period,
                             row.printed, row.value, row.expected, row.gap, row.mark)  # fmt: skip
    elif isinstance(chart, TilesChart):
        for tile in chart.tiles:
            yield FigureData(name_of_figure(tile.area, chart.period), tile.name, tile.period,
                             tile.printed, tile.value, mark=tile.mark)  # fmt: skip
    elif isinstance(chart, MultiplesChart):
        for frame in chart.frames:
            yield from figures_of_frame(frame)
    else:
        for number, line in enumerate(chart.lines):
            for point in line.points:
                yield figure_of_point(number, line.name, point)


def figures_of_frame(frame: SmallTrend) -> Iterator[FigureData]:
    return (figure_of_point(frame.area, frame.line.name, point) for point in frame.line.points)


def figure_of_point(owner: int | str, label: str, point: ChartPoint) -> FigureData:
    name, labelled = name_of_figure(owner, point.period), f"{label}, {point.label}"
    return FigureData(name, labelled, point.period, point.printed, point.value, point.expected,
                      point.gap, point.mark)  # fmt: skip


def describe_svg(drawn: bytes, picture: Picture) -> bytes:
    """The file with language, title, description and figures; without comments and doctype."""
    text = COMMENT.sub("", drawn.decode())
    root = ROOT.search(text)
    if root is None:
        raise ValueError("matplotlib has drawn no SVG")
    figures = {figure.name: figure for figure in figures_of(picture.chart)}
    body = TITLE_ELEMENT.sub("", text[root.end() :], count=1)
    body = GROUP_ELEMENT.sub(lambda group: with_data(group[0], figures.get(group[1])), body)
    return "".join([XML_DECLARATION, described_root(root[0], picture), body]).encode()


def described_root(root: str, picture: Picture) -> str:
    """The first element, whose size has no unit, with its texts."""
    language = quoteattr(picture.language)
    described = (
        f'lang={language} xml:lang={language} role="img" '
        f'aria-labelledby="{TITLE_ID} {DESCRIPTION_ID}">'
    )
    return "\n".join([
        SIDE_LENGTH.sub(r'\1="\2"', root).removesuffix(">") + f" {described}",
        f'<title id="{TITLE_ID}">{escape(picture.title)}</title>',
        f'<desc id="{DESCRIPTION_ID}">{escape(picture.description)}</desc>',
    ])  # fmt: skip


def with_data(group: str, figure: FigureData | None) -> str:
    if figure is None:
        return group
    data = " ".join(f"{name}={quoteattr(text)}" for name, text in figure.attributes.items())
    return f"{group.removesuffix('>')} {data}><title>{escape(figure.words)}</title>"
