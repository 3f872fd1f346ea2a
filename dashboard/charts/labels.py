"""The positions of words in a chart over time: at the ends of lines, at marks, in the strip."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.charts.chart_widths import TOP, Frame, Screen
from dashboard.charts.label_sides import BESIDE, Side, free_side
from dashboard.charts.measure import (
    LINE_HEIGHT,
    Board,
    Box,
    spread_apart,
    text_width,
    wrap_words,
)
from dashboard.charts.specification import Break, ChartKind, ChartPoint, TimeChart

NEAR = 12  # pixels from a mark to the words at its right
TIED_FROM = 4  # a label moved by more pixels is tied to its line
BETWEEN_ENTRIES = 8  # pixels at least, of the strip
MOST_LABELS = 6  # parts of years that are named
BESIDE_STACK = 60  # pixels at the left of words above the plot
ABOVE_STROKE = 22  # pixels from the foot of the plot to the words above the mark of an absence


class Role(StrEnum):
    """What words belong to, which decides their colour."""

    REPORTED = "reported"
    PATH = "path"
    EXTRAPOLATION = "extrapolation"
    LINE = "line"  # one of several, by its number
    QUIET = "quiet"


@dataclass(frozen=True)
class PlacedText:
    """Words at a time and a height on the axes, shifted by pixels to the right and downwards."""

    lines: tuple[str, ...]
    at: float
    height: float
    size: float
    role: Role = Role.QUIET
    small: tuple[str, ...] = ()  # below the lines, in the size of all other words
    small_size: float = 0.0
    number: int = 0  # of the line
    is_bold: bool = False
    align: str = "left"  # of the words, seen from the shifted point: left, center or right
    right: float = 0.0
    down: float = 0.0  # to the middle of the words
    is_tied: bool = False  # by a thin line to the time and height

    @property
    def room(self) -> tuple[float, float]:
        """Width and height in pixels."""
        widths = [text_width(line, self.size, is_bold=self.is_bold) for line in self.lines]
        widths += [text_width(line, self.small_size) for line in self.small]
        height = len(self.lines) * self.size + len(self.small) * self.small_size
        return max(widths, default=0), height * LINE_HEIGHT

    @property
    def is_apart(self) -> bool:
        """Whether the words are not level with what they name."""
        return abs(self.down) > max(TIED_FROM, self.room[1] / 2)

    def box(self, frame: Frame) -> Box:
        width, height = self.room
        x, y = frame.x_of(self.at) + self.right, frame.y_of(self.height) + self.down
        left = x - {"left": 0, "center": width / 2, "right": width}[self.align]
        return Box(left, y - height / 2, left + width, y + height / 2)


@dataclass(frozen=True)
class LineEnd:
    """Words at the end of a line, before they are kept apart from others."""

    words: str
    at: float
    height: float
    role: Role
    number: int = 0
    is_bold: bool = False
    is_latest: bool = False
    qualifier: str = ""

    def placed(self, screen: Screen, width: float = 0.0) -> PlacedText:
        widest = width or screen.widest_label
        size = screen.latest if self.is_latest and not width else screen.words
        lines = wrap_words(self.words, widest, size, is_bold=self.is_bold)
        small = wrap_words(self.qualifier, widest, screen.words) if self.qualifier else ()
        return PlacedText(lines, self.at, self.height, size, self.role, small, screen.words,
                          self.number, self.is_bold)  # fmt: skip


def line_ends(chart: TimeChart) -> list[LineEnd]:
    """The words that name the lines of a chart, from the top of the plot downwards."""
    if chart.kind is not ChartKind.TREND:
        return ends_of_several(chart)
    ends = [*path_end(chart), *gap_end(chart), *latest_end(chart), *extrapolation_end(chart)]
    return sorted(ends, key=lambda end: -end.height)


def ends_of_several(chart: TimeChart) -> list[LineEnd]:
    """All in one column: a line that ends earlier says when."""
    ends = [
        (number, line.label, line.joined[-1]) for number, line in enumerate(chart.lines)
        if line.joined
    ]  # fmt: skip
    last = max((point.at for _, _, point in ends), default=0.0)
    found = [
        LineEnd(label, last, point.value or 0.0, Role.LINE, number, is_bold=True)
        for number, label, point in ends
    ]
    return sorted(found, key=lambda end: -end.height)


def path_end(chart: TimeChart) -> Iterator[LineEnd]:
    path = chart.path
    if path is not None and (path.course or path.earlier):
        at, height = path.label_corner
        yield LineEnd(path.label, at, height, Role.PATH)


def gap_end(chart: TimeChart) -> Iterator[LineEnd]:
    if chart.gap is not None:
        middle = (chart.gap.value + chart.gap.expected) / 2
        yield LineEnd(chart.gap.label, chart.gap.at, middle, Role.PATH, is_bold=True)


def latest_end(chart: TimeChart) -> Iterator[LineEnd]:
    for line in chart.lines:
        known = line.joined or line.known
        if known and line.label:
            last = known[-1]
            yield LineEnd(line.label, last.at, last.value or 0.0, Role.REPORTED,
                          is_bold=True, is_latest=True, qualifier=line.qualifier)  # fmt: skip


def extrapolation_end(chart: TimeChart) -> Iterator[LineEnd]:
    if chart.extrapolation is not None:
        at, height = chart.extrapolation.course[-1]
        yield LineEnd(chart.extrapolation.name, at, height, Role.EXTRAPOLATION)


def are_beside(chart: TimeChart, screen: Screen, plot_height: float) -> bool:
    """Whether the words are printed at the ends of lines, as nothing is drawn there."""
    if not screen.has_labels_beside or chart.extrapolation is not None:
        return False
    return sum(end.placed(screen).room[1] for end in line_ends(chart)) <= plot_height


def has_key(chart: TimeChart, screen: Screen, plot_height: float) -> bool:
    """Whether a key has to name the lines, because there is no room for that in the plot."""
    return len(chart.lines) > 1 and not are_beside(chart, screen, plot_height)


def labels_above(chart: TimeChart, screen: Screen) -> list[PlacedText]:
    """The words in the room above the highest value, one below the other, at the right edge."""
    if chart.kind is not ChartKind.TREND:
        return []
    width = screen.least_width - BESIDE_STACK
    ends = [replace(end.placed(screen, width), align="right") for end in line_ends(chart)]
    heights = [end.room[1] for end in ends]
    tops = [sum(heights[:position]) for position in range(len(ends))]
    return [
        replace(end, at=chart.years.high, height=TOP, down=top + height / 2)
        for end, top, height in zip(ends, tops, heights, strict=True)
    ]


def labels_beside(chart: TimeChart, frame: Frame) -> Iterator[PlacedText]:
    """The words at the ends of lines, moved apart where they would collide."""
    placed = [end.placed(frame.screen) for end in line_ends(chart)]
    wishes = wished_heights(chart, placed, frame)
    order = sorted(range(len(placed)), key=lambda position: wishes[position])
    heights = [placed[position].room[1] for position in order]
    centres = spread_apart([wishes[position] for position in order], heights,
                           -frame.top, frame.plot_height)  # fmt: skip
    moved = [
        replace(placed[position], down=centre - frame.y_of(placed[position].height))
        for position, centre in zip(order, centres, strict=True)
    ]
    tied = {label.at for label in moved if label.is_apart}
    for label in moved:
        right = NEAR + (NEAR if label.at in tied else 0)
        yield replace(label, right=right, is_tied=label.is_apart)


def room_for_labels(chart: TimeChart, frame: Frame) -> float:
    """How far words that must not touch a path would extend above the picture."""
    placed = [end.placed(frame.screen) for end in line_ends(chart)]
    wishes = wished_heights(chart, placed, frame)
    tops = [wish - label.room[1] / 2 for wish, label in zip(wishes, placed, strict=True)]
    return max(0.0, -frame.top - min(tops, default=0.0))


def wished_heights(chart: TimeChart, placed: Sequence[PlacedText], frame: Frame) -> list[float]:
    """Level with the end of each line; clear of the path, which goes beyond the last figure."""
    wishes = [frame.y_of(label.height) for label in placed]
    if chart.gap is None or chart.path is None:
        return wishes
    beyond = [height for at, height in chart.path.course if at >= chart.gap.at]
    edges = [frame.y_of(height) for height in (*beyond, chart.gap.expected)]
    is_below = frame.y_of(chart.gap.value) > frame.y_of(chart.gap.expected)
    edge = max(edges) if is_below else min(edges)
    own = [
        position
        for position, label in enumerate(placed)
        if label.at == chart.gap.at and (label.role is not Role.PATH or label.is_bold)
    ]
    for position in sorted(own, key=lambda position: wishes[position], reverse=not is_below):
        half = placed[position].room[1] / 2
        wish = wishes[position]
        wishes[position] = max(wish, edge + half) if is_below else min(wish, edge - half)
        edge = wishes[position] + (half if is_below else -half)
    return wishes


def break_labels(chart: TimeChart, frame: Frame, down: float) -> Iterator[PlacedText]:
    """Towards the middle of the plot, where there is room, each in the first row that is free."""
    middle, rows = (chart.years.low + chart.years.high) / 2, Board()
    size = frame.screen.words
    for broken in chart.breaks:
        is_late = broken.at > middle
        width = width_beside_break(broken, chart, frame, is_late=is_late)
        label = PlacedText(
            wrap_words(broken.label, width, size), broken.at, TOP, size,
            Role.QUIET if broken.line is None else Role.LINE, number=broken.line or 0,
            align="right" if is_late else "left", right=-4 if is_late else 4,
        )  # fmt: skip
        for row in range(len(chart.breaks)):
            own = replace(label, down=down + label.room[1] / 2 + row * frame.screen.line_height)
            if rows.take(own.box(frame)):
                yield own
                break


def width_beside_break(broken: Break, chart: TimeChart, frame: Frame, *, is_late: bool) -> float:
    """As far as the line of the next break on that side, if words have room before it."""
    others = [abs(other.at - broken.at) for other in chart.breaks
              if (other.at < broken.at if is_late else other.at > broken.at)]  # fmt: skip
    beside = min(others, default=0.0) * frame.year_width - 2 * NEAR
    longest = max(text_width(word, frame.screen.words) for word in broken.label.split(" "))
    return beside if beside >= longest else frame.width / 2 - NEAR


def marginal_labels(chart: TimeChart, frame: Frame, board: Board) -> Iterator[PlacedText]:
    """Words that are left out where others are already; table and hover say the same."""
    wanted = (*first_value(chart, frame), *expected_label(chart, frame),
              *parts_of_years(chart, frame), *absence_labels(chart, frame))  # fmt: skip
    for label in wanted:
        box = label.box(frame)
        if box.bottom <= frame.plot_height and board.take(box):
            yield label


def first_value(chart: TimeChart, frame: Frame) -> Iterator[PlacedText]:
    """The first figure that is comparable with the latest, where no line or mark is drawn."""
    first = chart.lines[0].first_comparable if chart.lines else None
    if chart.kind is not ChartKind.TREND or first is None or not frame.screen.has_labels_beside:
        return
    size = frame.screen.words
    side = free_side(chart, first, size, lambda at, height: (frame.x_of(at), frame.y_of(height)),
                     frame.plot_height)  # fmt: skip
    if side is not None:
        half = text_width(first.number, size, is_bold=True) / 2
        yield PlacedText((first.number,), first.at, first.value or 0.0, size, Role.REPORTED,
                         is_bold=True, align="center",
                         right=max(0.0, half - frame.x_of(first.at)),  # clear of the axis
                         down=BESIDE if side is Side.BELOW else -BESIDE)  # fmt: skip


def expected_label(chart: TimeChart, frame: Frame) -> Iterator[PlacedText]:
    """The number that is expected of the assessed period, on the outer side of the path."""
    gap = chart.gap
    if gap is None or not gap.expected_label or not frame.screen.has_labels_beside:
        return
    course = chart.path.course if chart.path else ()
    is_rising = bool(course) and course[-1][1] >= course[0][1]
    is_above = gap.expected >= gap.value
    align, right = ("right", -6) if is_above == is_rising else ("left", 6)
    yield PlacedText((gap.expected_label,), gap.at, gap.expected, frame.screen.words, Role.PATH,
                     align=align, right=right, down=-BESIDE if is_above else BESIDE)  # fmt: skip


def parts_of_years(chart: TimeChart, frame: Frame) -> Iterator[PlacedText]:
    """The period of each highest mark of a part of a year, if there are few."""
    highest: dict[str, ChartPoint] = {}
    for line in chart.lines:
        for point in line.parts_of_years:
            known = highest.get(point.period)
            if point.value is not None and (known is None or point.value > (known.value or 0.0)):
                highest[point.period] = point
    for point in highest.values() if len(highest) <= MOST_LABELS else ():
        yield PlacedText((point.label,), point.at, point.value or 0.0, frame.screen.words,
                         align="center", down=-BESIDE)  # fmt: skip


def absence_labels(chart: TimeChart, frame: Frame) -> Iterator[PlacedText]:
    """Why there is no figure, above the mark at the foot; once for neighbouring years."""
    if chart.kind is not ChartKind.TREND:
        return
    runs: list[list[ChartPoint]] = [[]]
    for point in chart.lines[0].points:
        if runs[-1] and (not point.mark.is_absence or point.mark != runs[-1][-1].mark):
            runs.append([])
        if point.mark.is_absence:
            runs[-1].append(point)
    for run in filter(None, runs):
        middle = (run[0].at + run[-1].at) / 2
        yield PlacedText((run[0].mark.words,), middle, chart.axis.low, frame.screen.words,
                         align="center", down=-ABOVE_STROKE)  # fmt: skip


def strip_labels(chart: TimeChart, frame: Frame, below: float) -> Iterator[PlacedText]:
    """The row below the years: as many values as have room, the last first."""
    strip, screen = chart.strip, frame.screen
    if strip is None:
        return
    row = PlacedText((strip.name,), chart.years.low, chart.axis.low, screen.words,
                     align="right" if screen.has_labels_beside else "left", right=-8,
                     down=below)  # fmt: skip
    yield row if screen.has_labels_beside else replace(row, right=0)
    down, board = below if screen.has_labels_beside else below + screen.line_height, Board()
    wanted = [strip.wanted] if strip.wanted and strip.wanted.at <= chart.years.high else []
    for entry in [*wanted, *strip.entries[::-1]]:
        role = Role.PATH if entry is strip.wanted else Role.REPORTED
        label = PlacedText((entry.label,), entry.at, chart.axis.low, screen.words, role,
                           align="center", down=down)  # fmt: skip
        if board.take(label.box(frame).widened(BETWEEN_ENTRIES / 2)):
            yield label
