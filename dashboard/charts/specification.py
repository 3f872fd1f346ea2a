"""A chart as values and words, formatted once: every renderer draws this, and adds geometry alone.

Heights are values of the unit, times are years on an axis (the middle of 2024 is 2024.5), and
words are as the reader sees them. Nothing here knows pandas, plotly or Dash.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class ChartKind(StrEnum):
    TREND = "trend"  # one series, with the path of its target
    PARTS = "parts"  # the parts of a breakdown of one series
    AREAS = "areas"  # several areas, or two indicators, on one axis
    STATES = "states"  # one period of one series in the Member States
    MULTIPLES = "multiples"  # a small trend for each area
    TILES = "tiles"  # a tile for each Member State, laid out as on a map


@dataclass(frozen=True)
class Mark:
    """What qualifies a value, or why there is none: a code that decides the shape, and words.

    The code is an observation status (`P`), a kind of limit (`LOWER`), or a reason for absence
    (`absent.suppressed`); of an exact and final value it is empty.
    """

    code: str = ""
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.code)

    @property
    def is_absence(self) -> bool:
        """Whether it says why there is no value."""
        return self.code.startswith("absent.")


@dataclass(frozen=True)
class ChartPoint:
    """One period of a line, which is also a row of the chart's table."""

    period: str  # as in a released table: 2024, 2024-Q1
    label: str  # in words: 2024, Q1 2024
    at: float
    value: float | None  # None where the mark says why there is none
    printed: str  # the value with its unit, or why there is none
    number: str = ""  # the value without its unit, for where the title has it
    mark: Mark = Mark()
    is_full_year: bool = True
    notes: tuple[str, ...] = ()  # qualifications, the remark on the value, the coverage of a total
    expected: float | None = None  # the path by which the period is assessed
    gap: float | None = None  # positive where the value is better than the path
    figure: str = ""  # the name under which an address shows its origin


@dataclass(frozen=True)
class ChartLine:
    """The points of a series in the order of time; none joins two points of different runs."""

    name: str
    runs: tuple[tuple[ChartPoint, ...], ...]  # of full years, parted at each break
    parts_of_years: tuple[ChartPoint, ...] = ()  # are drawn apart from the line
    label: str = ""  # beside its end: the latest value with its period, or its name and value
    qualifier: str = ""  # below the label, in smaller type
    is_emphasised: bool = False  # of several lines

    @property
    def points(self) -> tuple[ChartPoint, ...]:
        together = [point for run in self.runs for point in run]
        return tuple(sorted([*together, *self.parts_of_years], key=lambda point: point.at))

    @property
    def known(self) -> tuple[ChartPoint, ...]:
        return tuple(point for point in self.points if point.value is not None)

    def point_in(self, period: str) -> ChartPoint | None:
        return next((point for point in self.points if point.period == period), None)

    @property
    def first_comparable(self) -> ChartPoint | None:
        """The first figure since the last break, beside which the latest is labelled too.

        None where the latest is alone: no earlier figure is comparable with it.
        """
        known = [[point for point in run if point.value is not None] for run in self.runs]
        latest = next(filter(None, reversed(known)), [])
        return latest[0] if len(latest) > 1 else None

    @property
    def joined(self) -> tuple[ChartPoint, ...]:
        """The points with a value that are on the line itself."""
        return tuple(point for run in self.runs for point in run if point.value is not None)


Course = tuple[tuple[float, float], ...]  # time and height of each corner of a line


@dataclass(frozen=True)
class ChartPath:
    """What is expected over time: the path of today, and the paths of earlier assessments.

    A figure is compared with the path of its own period. Where that is not the path of today, it
    is a mark of its own, to which a thin line leads from where that path started.
    """

    name: str
    label: str  # the name and the rule in short
    label_corner: tuple[float, float]  # time and height of what the label names
    course: Course = ()
    earlier_name: str = ""
    earlier: Course = ()  # what was expected of each such period
    approaches: tuple[Course, ...] = ()


@dataclass(frozen=True)
class Gap:
    """The difference at the period that is assessed, from the path to the value."""

    at: float
    value: float
    expected: float
    label: str
    expected_label: str = ""  # what is expected in that period; empty where the path says it


@dataclass(frozen=True)
class Break:
    """Where a series breaks: values from the time on are not comparable with those before."""

    at: float
    period: str
    label: str
    cause: str  # "" if nobody said it
    line: int | None = None  # the number of the only line that breaks, among several


@dataclass(frozen=True)
class TrendExtrapolation:
    """The recent trend continued: neither a forecast nor a target."""

    name: str
    course: Course
    low: Course
    high: Course
    labels: tuple[str, ...]  # of each point: its value and the interval


@dataclass(frozen=True)
class Tick:
    at: float
    label: str


@dataclass(frozen=True)
class Axis:
    """The value axis; of steps, each tick has the name of one."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    unit: str = ""


@dataclass(frozen=True)
class Years:
    """The time axis: a tick in the middle of each year, and where the axis begins and ends."""

    low: float
    high: float
    ticks: tuple[Tick, ...]


@dataclass(frozen=True)
class Strip:
    """A row below the axis: the condition that is tested each year, beside what is wanted."""

    name: str
    entries: tuple[Tick, ...]
    wanted: Tick | None = None
    caption: str = ""  # the name in words for a title


@dataclass(frozen=True)
class Note:
    """A sentence below the plot, in pieces: a piece of another language knows which it is of."""

    pieces: tuple[str, ...]
    lead: str = ""  # set in bold before it

    def __str__(self) -> str:
        return " ".join(filter(None, [self.lead, "".join(self.pieces)]))


@dataclass(frozen=True)
class ChartSource:
    """Who published what is drawn, and in which release, so that a picture alone can be cited."""

    collection: str
    release: str = ""
    as_of: str = ""
    invented: str = ""  # the mark of invented figures
    publishers: tuple[tuple[str, ...], ...] = ()  # each in pieces

    @property
    def parts(self) -> tuple[tuple[str, ...], ...]:
        """Publishers, collection, release, day and mark: what the line says, in its order."""
        own = (self.collection, self.release, self.as_of, self.invented)
        return (*self.publishers, *((part,) for part in own if part))

    def __str__(self) -> str:
        return " · ".join("".join(part) for part in self.parts)


@dataclass(frozen=True)
class Caption:
    """The words around the plot, which make a picture of it complete."""

    title: str  # what, area, unit
    source: ChartSource
    subtitle: str = ""  # the rule of the target in words
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True)
class TimeChart:
    kind: ChartKind
    caption: Caption
    axis: Axis
    years: Years
    lines: tuple[ChartLine, ...]
    marks: tuple[Mark, ...] = ()  # in use, explained beside the subtitle
    path: ChartPath | None = None
    gap: Gap | None = None
    breaks: tuple[Break, ...] = ()
    extrapolation: TrendExtrapolation | None = None
    strip: Strip | None = None

    @property
    def has_value(self) -> bool:
        return any(line.known for line in self.lines)

    @property
    def table(self) -> Iterator[tuple[str, ChartPoint]]:
        """Every row of the chart's table: the name of the line, and the period."""
        return ((line.name, point) for line in self.lines for point in line.points)


@dataclass(frozen=True)
class StateRow:
    """One Member State in one period."""

    area: str
    name: str
    value: float | None
    printed: str  # the value with its unit, or why there is none
    label: str = ""  # at the end of the row: the value beside what is expected
    mark: Mark = Mark()
    notes: tuple[str, ...] = ()
    expected: float | None = None
    expected_name: str = ""  # of the State's own target
    gap: float | None = None


@dataclass(frozen=True)
class StatesChart:
    kind: ChartKind
    caption: Caption
    axis: Axis
    rows: tuple[StateRow, ...]  # in the order in which they are drawn
    period: str = ""
    marks: tuple[Mark, ...] = ()

    @property
    def has_value(self) -> bool:
        return any(row.value is not None for row in self.rows)


@dataclass(frozen=True)
class SmallTrend:
    """One area of small multiples, on a scale of values of its own from zero."""

    area: str
    line: ChartLine  # with the name of the area
    path: Course = ()
    status: str = ""  # in words, with the period of the verdict
    years: tuple[float, float] | None = None  # from and to, where charts side by side share them


@dataclass(frozen=True)
class MultiplesChart:
    kind: ChartKind
    caption: Caption
    frames: tuple[SmallTrend, ...]  # in the order in which they are drawn
    period: str = ""  # that is compared; a frame without a figure for it ends earlier


@dataclass(frozen=True)
class MapTile:
    """One Member State on a map of tiles: its latest figure up to the period of the map."""

    area: str
    name: str
    row: int  # from above, from 0
    column: int
    period: str
    value: float | None
    printed: str  # the number with its letter, or the sign of the reason for none
    words: str  # name, period, value and what qualifies it, in full
    shade: int = 0  # from 1, the palest; 0 without a value
    earlier: str = ""  # the period of the figure if it is not that of the map: 2024, 2024-Q1
    mark: Mark = Mark()


@dataclass(frozen=True)
class UnionFigure:
    """Beside the tiles of the States; without words where there is none."""

    printed: str = ""
    name: str = ""  # with the period
    period: str = ""


@dataclass(frozen=True)
class TilesChart:
    kind: ChartKind
    caption: Caption
    tiles: tuple[MapTile, ...]  # in protocol order
    shades: tuple[str, ...]  # what each shade means, from the palest
    signs: tuple[tuple[str, Mark], ...] = ()  # the letters and signs in use
    period: str = ""
    union: UnionFigure = UnionFigure()

    @property
    def has_value(self) -> bool:
        return any(tile.value is not None for tile in self.tiles)


Chart = TimeChart | StatesChart
AnyChart = Chart | MultiplesChart | TilesChart
