"""A chart over time laid out for a screen: the frame of the plot, and every word in it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.charts.chart_widths import (
    Frame,
    Screen,
    strip_rows,
    tick_room,
    year_labels,
)
from dashboard.charts.labels import (
    PlacedText,
    are_beside,
    break_labels,
    first_value,
    has_key,
    labels_above,
    labels_beside,
    line_ends,
    marginal_labels,
    room_for_labels,
    strip_labels,
)
from dashboard.charts.measure import Board, text_width
from dashboard.charts.specification import Tick, TimeChart

HEIGHT = 336  # of the plot with the labels of its axes and the strip
TOP_MARGIN, EDGE = 12, 14  # pixels above the plot, and at the right of it without words
BELOW_AXIS = 1.35  # from the axis to the middle of the first row below the years, in lines


@dataclass(frozen=True)
class Arrangement:
    """What a renderer draws on one screen, beside the lines that are the same on all."""

    screen: Screen
    frame: Frame
    years: tuple[Tick, ...]
    texts: tuple[PlacedText, ...]
    has_key: bool  # the lines are named in a key, not in the plot


def arrange(chart: TimeChart, screen: Screen, height: float = HEIGHT) -> Arrangement:
    frame = empty_frame(chart, screen, height)
    is_beside = are_beside(chart, screen, frame.plot_height)
    above = [] if is_beside else labels_above(chart, screen)
    stacked = sum(label.room[1] for label in above)
    breaks = list(break_labels(chart, frame, stacked))
    headroom = max([stacked, *(label.box(frame).bottom for label in breaks)])
    right = right_margin(chart, frame) if is_beside else strip_overhang(chart, frame)
    frame = replace(frame, headroom=headroom, right=right)
    if is_beside:
        headroom += room_for_labels(chart, frame)
        frame = replace(frame, headroom=headroom)
        frame = replace(frame, headroom=headroom + height_on_breaks(chart, breaks, frame))
    ends = list(labels_beside(chart, frame)) if is_beside else above
    breaks = list(break_labels(chart, frame, stacked))
    board = Board([label.box(frame) for label in (*ends, *breaks)])
    texts = (*ends, *breaks, *marginal_labels(chart, frame, board),
             *strip_labels(chart, frame, frame.screen.line_height * (1 + BELOW_AXIS)))  # fmt: skip
    years = tuple(year_labels(chart.years, frame))
    return Arrangement(screen, frame, years, texts, has_key(chart, screen, frame.plot_height))


def height_on_breaks(chart: TimeChart, breaks: Sequence[PlacedText], frame: Frame) -> float:
    """How far words at lines would overlap those of a break."""
    words = (*labels_beside(chart, frame), *first_value(chart, frame))
    ends = [label.box(frame) for label in words]
    covered = [broken.bottom - end.top for broken in (label.box(frame) for label in breaks)
               for end in ends if end.meets(broken)]  # fmt: skip
    return max(covered, default=0.0)


def empty_frame(chart: TimeChart, screen: Screen, height: float) -> Frame:
    rows = 1 + strip_rows(chart.strip, screen)
    left = tick_room(chart.axis, screen)
    if chart.strip is not None and screen.has_labels_beside:
        left = max(left, text_width(chart.strip.name, screen.words) + 14)
    return Frame(screen, chart.axis, chart.years, left, EDGE, TOP_MARGIN,
                 screen.line_height * (BELOW_AXIS * rows + 0.4), height, headroom=0.0)  # fmt: skip


def strip_overhang(chart: TimeChart, frame: Frame) -> float:
    """The room at the right for the last word of the strip, which is centred below its year."""
    ends = [chart.strip.wanted, *chart.strip.entries[-1:]] if chart.strip else []
    beyond = (
        text_width(end.label, frame.screen.words) / 2
        - (chart.years.high - end.at) * frame.year_width * 0.8
        for end in ends if end is not None
    )  # fmt: skip
    return max([EDGE, *(room + 4 for room in beyond)])


def right_margin(chart: TimeChart, frame: Frame) -> float:
    """The room for the words at the ends of lines: less where a line ends before the axis does."""
    needed: list[float] = [EDGE]
    for end in line_ends(chart):
        beyond = (chart.years.high - end.at) * frame.year_width * 0.6
        needed.append(end.placed(frame.screen).room[0] + 30 - beyond)
    return max(needed)
