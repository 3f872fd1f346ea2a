"""A drawn SVG made readable: its words as texts, and every figure beside its mark as data.

Letters are drawn as outlines, so that a picture looks the same everywhere; what it says is in its
title and description. A mark carries its period and value as they are in the table of the chart;
a mark of a value that may not be shown carries the reason, and no number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml.ElementTree import fromstring

from dashboard.charts.picture import Picture
from dashboard.charts.specification import (
    ChartPoint,
    Mark,
    MultiplesChart,
    StatesChart,
    TimeChart,
)

SVG = "http://www.w3.org/2000/svg"
XML = "http://www.w3.org/XML/1998/namespace"
NAMESPACES = {
    "": SVG,
    "xlink": "http://www.w3.org/1999/xlink",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "cc": "http://creativecommons.org/ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
}
TITLE_ID, DESCRIPTION_ID = "picture-title", "picture-description"
NO_MARK = Mark()
SIZE_UNIT = "pt"  # matplotlib's, of which one is a pixel here

for prefix, address in NAMESPACES.items():
    register_namespace(prefix, address)


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


def figures_of(chart: TimeChart | StatesChart | MultiplesChart) -> Iterator[FigureData]:
    """Every row of the chart's table."""
    if isinstance(chart, StatesChart):
        for row in chart.rows:
            yield FigureData(name_of_figure(row.area, chart.period), row.name, chart.period,
                             row.printed, row.value, row.expected, row.gap, row.mark)  # fmt: skip
    elif isinstance(chart, MultiplesChart):
        for frame in chart.frames:
            for point in frame.line.points:
                yield figure_of_point(frame.area, frame.line.name, point)
    else:
        for number, line in enumerate(chart.lines):
            for point in line.points:
                yield figure_of_point(number, line.name, point)


def figure_of_point(owner: int | str, label: str, point: ChartPoint) -> FigureData:
    name, labelled = name_of_figure(owner, point.period), f"{label}, {point.label}"
    return FigureData(name, labelled, point.period, point.printed, point.value, point.expected,
                      point.gap, point.mark)  # fmt: skip


def describe_svg(drawn: bytes, picture: Picture) -> bytes:
    root: Element = fromstring(drawn)
    for side in ("width", "height"):
        root.set(side, str(root.get(side)).removesuffix(SIZE_UNIT))
    root.attrib |= {
        "lang": picture.language,
        f"{{{XML}}}lang": picture.language,
        "role": "img",
        "aria-labelledby": f"{TITLE_ID} {DESCRIPTION_ID}",
    }
    set_words(root, picture)
    elements = {element.get("id"): element for element in root.iter(f"{{{SVG}}}g")}
    for figure in figures_of(picture.chart):
        if figure.name in elements:
            element = elements[figure.name]
            element.attrib |= figure.attributes
            SubElement(element, f"{{{SVG}}}title").text = figure.words
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def set_words(root: Element, picture: Picture) -> None:
    """The title, which matplotlib has written, and the description after it."""
    title = root.find(f"{{{SVG}}}title")
    if title is None:
        raise ValueError("matplotlib has written no title")
    title.set("id", TITLE_ID)
    description = Element(f"{{{SVG}}}desc", {"id": DESCRIPTION_ID})
    description.text = picture.description
    root.insert(1, description)
