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
from metrics.messages import language_of_most_texts
from metrics.messages.language_marks import language_of_longest_part, unmarked

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
    most = language_of_most_texts(picture.language)
    body = GROUP_ELEMENT.sub(lambda group: with_data(group[0], figures.get(group[1]), most), body)
    return "".join([XML_DECLARATION, described_root(root[0], picture, most), body]).encode()


def described_root(root: str, picture: Picture, language: str) -> str:
    """The first element, whose size has no unit, with its texts."""
    labels = f'role="img" aria-labelledby="{TITLE_ID} {DESCRIPTION_ID}"'
    described = f"{language_attributes(language)} {labels}>"
    return "\n".join([
        SIDE_LENGTH.sub(r'\1="\2"', root).removesuffix(">") + f" {described}",
        words_element("title", picture.title, language, f' id="{TITLE_ID}"'),
        words_element("desc", picture.description, language, f' id="{DESCRIPTION_ID}"'),
    ])  # fmt: skip


def words_element(name: str, words: str, language: str, look: str = "") -> str:
    """An element that is read out; it can be in one language alone."""
    spoken = language_of_longest_part(words, language)
    named = "" if spoken == language else f" {language_attributes(spoken)}"
    return f"<{name}{look}{named}>{escape(unmarked(words))}</{name}>"


def language_attributes(language: str) -> str:
    """As HTML and as XML name it."""
    quoted = quoteattr(language)
    return f"lang={quoted} xml:lang={quoted}"


def with_data(group: str, figure: FigureData | None, language: str) -> str:
    if figure is None:
        return group
    data = unmarked(" ".join(f"{name}={quoteattr(text)}"
                             for name, text in figure.attributes.items()))  # fmt: skip
    return f"{group.removesuffix('>')} {data}>{words_element('title', figure.words, language)}"
