"""The Member States as tiles of one size, laid out as on a map: for rates, never for counts."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import floor, log10
from typing import Any

from dashboard.charts.captions import notes_of, source_of
from dashboard.charts.marks import limit_note, reservation
from dashboard.charts.native_numbers import letter_of
from dashboard.charts.notes import publishers
from dashboard.charts.points import absence_mark, value_mark
from dashboard.charts.specification import (
    Caption,
    ChartKind,
    MapTile,
    Mark,
    Note,
    TilesChart,
    UnionFigure,
)
from dashboard.context import PageContext
from dashboard.released.series import DECIMALS_OF_ESTIMATE, AssessedSeries
from dashboard.rounding import decimals_of
from dashboard.texts import Text
from metrics.catalogue.codelists.statuses import absence_key
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAK, EU, PER_100_000_CHILDREN
from metrics.messages.local_formats import HARD_SPACE

MAP_CLASSES = 5
NICE_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)  # times a power of ten
TOP_SHARE = 0.8  # of the States: the class on top, which is open, has about the rest
DECIMALS_OF_EDGE = 3
COMPARABLE_KINDS = frozenset({Kind.SHARE, Kind.PUBLISHED_RATIO, Kind.DURATION})
UNREPORTED = frozenset({"absent.not_reported", "absent.missing"})
# Row and column of each tile, as on the page (assets/goal.css).
TILE_POSITIONS: Mapping[str, tuple[int, int]] = {
    "SE": (0, 6), "FI": (0, 7), "DK": (1, 4), "EE": (1, 7), "IE": (2, 0), "NL": (2, 3),
    "DE": (2, 4), "PL": (2, 6), "LV": (2, 7), "BE": (3, 2), "LU": (3, 3), "CZ": (3, 5),
    "SK": (3, 6), "LT": (3, 7), "FR": (4, 2), "AT": (4, 5), "HU": (4, 6), "RO": (4, 7),
    "SI": (5, 4), "HR": (5, 5), "BG": (5, 7), "PT": (6, 0), "ES": (6, 1), "IT": (6, 3),
    "MT": (7, 4), "EL": (7, 6), "CY": (7, 8),
}  # fmt: skip


@dataclass(frozen=True)
class MappedFigure:
    """The figure of a State with its row, or the row that says why there is none."""

    area: str
    row: Mapping[str, Any]
    period: str = ""
    value: float | None = None

    @property
    def absence(self) -> str:
        """The key of a text."""
        return absence_key(self.row) if self.value is None else ""


def has_comparable_figures(series: AssessedSeries) -> bool:
    """Whether the figures of States of different size can be compared: a share, a rate, a time."""
    if series.other_component:
        return series.other_component == PER_100_000_CHILDREN
    return series.indicator.kind in COMPARABLE_KINDS


@dataclass(frozen=True)
class MappedSeries:
    """What is mapped: its title with the unit, and what has to be said about it."""

    series: AssessedSeries
    title: str
    notes: Sequence[str] = ()


def tiles_chart(
    mapped: MappedSeries,
    in_areas: Mapping[str, AssessedSeries],
    period: str,
    context: PageContext,
) -> TilesChart:
    """The latest figure of each area up to a period; of a count, its released rate.

    `in_areas` has the Member States and, if there is one, the series of the Union.
    """
    text, series = context.text, mapped.series
    read = read_value if has_comparable_figures(series) else read_rate
    found = {area: read(own, area, period) for area, own in in_areas.items()}
    states = [figure for area, figure in found.items() if area != EU]
    known = [figure.value for figure in states if figure.value is not None]
    scale, decimals = map_scale(known), decimals_of_map(series, known)
    tiles = tuple(tile_of(figure, scale, decimals, period, text) for figure in states)
    union = found.get(EU)
    further = [Note((words,)) for words in (*mapped.notes, *older_figures(states, period, text))]
    unassessed = replace(series.in_one_state, assessments=())
    named = ", ".join(filter(None, [mapped.title, text.period(period) if period else ""]))
    publishing = publishers([own for area, own in in_areas.items() if area != EU], period, text)
    caption = Caption(
        named,
        source_of(context, publishing),
        text("map.lead"),
        (*further, Note((text("goal.no_ranking"),)), *notes_of(unassessed, text)),
    )
    return TilesChart(
        ChartKind.TILES,
        caption,
        tiles,
        tuple(class_names(scale, text)),
        tuple(signs_of(found.values(), text)),
        period,
        union_in_words(union, decimals, text) if union else UnionFigure(),
    )


def decimals_of_map(series: AssessedSeries, known: Sequence[float]) -> int:
    """Those of the figures everywhere else; a rate stands for a count."""
    if not has_comparable_figures(series):
        return DECIMALS_OF_ESTIMATE
    usual = series.usual_decimals
    return max(map(decimals_of, known), default=0) if usual is None else usual


def read_value(series: AssessedSeries, area: str, period: str) -> MappedFigure:
    """The figure of a period; the latest before it if the State has not reported for the period."""
    until_period = series.as_of(period) if period else series
    latest, last_row = until_period.last_known, until_period.last_row
    absence = absence_key(last_row or {})
    if latest is None or (latest is not last_row and absence not in UNREPORTED):
        return MappedFigure(area, last_row or {})
    return MappedFigure(area, latest, str(latest["period"]), float(latest["value"]))


def read_rate(series: AssessedSeries, area: str, period: str) -> MappedFigure:
    """The released rate of a period or, where it has none, the latest before it."""
    count = read_value(series, area, period)
    if count.value is None:
        return count
    known = {year: rate for year, rate in series.rates.items() if is_until(year, period)}
    latest = max(known, key=lambda year: ReferencePeriod.parse(year).end, default="")
    if not latest:
        return MappedFigure(area, {})
    row = series.row_in(latest) or {}
    return MappedFigure(area, row, latest, known[latest])


def is_until(year: str, period: str) -> bool:
    return not period or ReferencePeriod.parse(year).end <= ReferencePeriod.parse(period).end


@dataclass(frozen=True)
class MapScale:
    """Classes of one width from a base; the lowest and the highest are open."""

    base: float
    width: float

    def class_of(self, value: float) -> int:
        """1 for the palest class, 5 for the darkest."""
        return max(1, min(MAP_CLASSES, floor((value - self.base) / self.width) + 1))


def map_scale(values: Sequence[float]) -> MapScale:
    """Round classes, of which the highest has about a fifth of the States."""
    ordered = sorted(values)
    if not ordered or ordered[0] == ordered[-1]:
        return MapScale(ordered[0] if ordered else 0.0, 1.0)
    high = ordered[min(len(ordered) - 1, floor(TOP_SHARE * len(ordered)))]
    least = ((high - ordered[0]) or (ordered[-1] - ordered[0])) / (MAP_CLASSES - 1)
    power = 10.0 ** floor(log10(least))
    width = next((nice * power for nice in NICE_STEPS if nice * power >= least), 10 * power)
    return MapScale(floor(ordered[0] / width) * width, width)


def class_names(scale: MapScale, text: Text) -> Iterator[str]:
    """`under 8`, `8 to under 16` … `32 and more`."""
    edges = [text.number(scale.base + scale.width * step, DECIMALS_OF_EDGE)
             for step in range(MAP_CLASSES)]  # fmt: skip
    yield text("map.under", high=edges[1])
    for at in range(1, MAP_CLASSES - 1):
        yield text("map.between", low=edges[at], high=edges[at + 1])
    yield text("map.from", low=edges[-1])


def tile_of(
    figure: MappedFigure, scale: MapScale, decimals: int, period: str, text: Text
) -> MapTile:
    name = text.code("area", figure.area)
    row, column = TILE_POSITIONS[figure.area]
    if figure.value is None:
        return MapTile(
            figure.area, name, row, column, period, None, sign_of_absence(figure.absence, text),
            f"{name}: {text(figure.absence)}", mark=absence_mark(figure.row, text),
        )  # fmt: skip
    mark = mark_of_tile(figure.row, text)
    written = text.number(figure.value, decimals, fixed=True)
    qualified = filter(None, [limit_note(figure.row, text), reservation(figure.row, text)])
    words = [f"{name}, {text.period(figure.period)}: {written}", *qualified]
    return MapTile(
        figure.area, name, row, column, figure.period, figure.value,
        with_letter(written, mark, figure.row), ". ".join(words), scale.class_of(figure.value),
        figure.period if figure.period != period else "", mark,
    )  # fmt: skip


def mark_of_tile(row: Mapping[str, Any], text: Text) -> Mark:
    """Also of a break, which has no line to be marked on."""
    if row.get("observation_status") == BREAK and not row.get("limit"):
        return Mark(BREAK, text.code("observation_status", BREAK))
    return value_mark(row, text)


def with_letter(written: str, mark: Mark, row: Mapping[str, Any]) -> str:
    """`12.3 p` of a provisional value, `>12.3` of a lower limit."""
    if not mark:
        return written
    letter = letter_of(mark)
    return f"{letter}{written}" if row.get("limit") else f"{written}{HARD_SPACE}{letter}"


def sign_of_absence(key: str, text: Text) -> str:
    return text(f"map.sign_{key.rpartition('.')[2]}")


def signs_of(figures: Collection[MappedFigure], text: Text) -> Iterator[tuple[str, Mark]]:
    """The letters in use, also beside the figure of the Union, and the signs on tiles."""
    marks = dict.fromkeys(mark_of_tile(figure.row, text) for figure in figures
                          if figure.value is not None)  # fmt: skip
    yield from ((letter_of(mark), mark) for mark in marks if mark)
    absences = dict.fromkeys(figure.absence for figure in figures
                             if figure.absence and figure.area != EU)  # fmt: skip
    yield from ((sign_of_absence(key, text), Mark(key, text(key))) for key in absences)


def union_in_words(figure: MappedFigure, decimals: int, text: Text) -> UnionFigure:
    """Of the same or an earlier period."""
    if figure.value is None:
        return UnionFigure()
    mark = mark_of_tile(figure.row, text)
    written = with_letter(text.number(figure.value, decimals, fixed=True), mark, figure.row)
    name = f"{text.code('area', EU)}, {text.period(figure.period)}"
    return UnionFigure(written, name, figure.period)


def older_figures(figures: Sequence[MappedFigure], period: str, text: Text) -> Iterator[str]:
    """Which States have no figure of the period, so that their tile has an earlier one."""
    older: dict[str, list[str]] = {}
    for figure in figures:
        if figure.value is not None and figure.period != period:
            older.setdefault(figure.period, []).append(text.code("area", figure.area))
    for year, areas in older.items():
        yield text("map.older", period=text.period(year), areas=", ".join(areas))
