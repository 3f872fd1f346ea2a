"""The Member States as tiles of one size, laid out as on a map: for rates, never for counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection, compared_period
from dashboard.charts.marks import limit_note
from dashboard.components.html_block import html_block
from dashboard.components.layout import card, filters
from dashboard.components.notes import caveats, source_line
from dashboard.components.pickers import picker
from dashboard.components.status import in_sentences
from dashboard.released.series import AssessedSeries
from dashboard.rounding import decimals_of
from dashboard.texts import Text
from metrics.catalogue.codelists.statuses import absence_key
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.period import ReferencePeriod
from metrics.core.tables import EU, LOWER_LIMIT, PER_100_000_CHILDREN, STEP, UPPER_LIMIT

MAP_CLASSES = 5
NICE_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)  # times a power of ten
TOP_SHARE = 0.8  # of the States: the class on top, which is open, has about the rest
DECIMALS_OF_EDGE = 3
COMPARABLE_KINDS = frozenset({Kind.SHARE, Kind.PUBLISHED_RATIO, Kind.DURATION})
UNREPORTED = frozenset({"absent.not_reported", "absent.missing"})
LIMIT_SIGNS = {LOWER_LIMIT: ">", UPPER_LIMIT: "<"}


@dataclass(frozen=True)
class MappedFigure:
    """What a tile shows: a figure with its period, or why there is none."""

    area: str
    period: str = ""
    value: float | None = None
    limit: str = ""
    absence: str = ""  # the key of a text


@dataclass(frozen=True)
class FigureMap:
    """What is mapped: a title, the figure of each State, and notes above the map."""

    title: str
    figures: Sequence[MappedFigure]
    notes: Sequence[Any] = ()


def goal_map(selection: Selection) -> Iterator[Any]:
    """The map of a period, with the list of periods."""
    series, text = selection.series, selection.text
    if series is None:
        return
    period = compared_period(selection)
    if period:
        names = {
            listed: text.period(listed) for listed in dict.fromkeys((*selection.periods, period))
        }
        yield filters(picker("period", text("goal.period"), names, period))
    yield map_section(selection.with_view(""), series)


def map_section(selection: Selection, series: AssessedSeries) -> html.Section:
    """The map of the series or of its rate, or why there is none."""
    text = selection.text
    period = compared_period(selection)
    if series.last_known is None and not any(s.last_known for s in selection.in_states.values()):
        return card(text("map.title"), [html.P(text("goal.no_states"), className="absent")], "map")
    if has_comparable_figures(series):
        figures = [read_value(state, area, period) for area, state in selection.in_states.items()]
        return map_card(FigureMap(series.title(text), figures), selection, series, period)
    if any(state.rates for state in selection.in_states.values()):
        unit = text.code("component", PER_100_000_CHILDREN)
        figures = [read_rate(state, area, period) for area, state in selection.in_states.items()]
        note = html.P([text("map.rate_of_count"), " ", text("map.denominator")], className="quiet")
        rates = FigureMap(f"{series.title(text)}, {unit}", figures, [note])
        return map_card(rates, selection, series, period)
    reason = "map.no_steps" if series.in_one_state.component == STEP else "map.no_counts"
    return card(text("map.title"), [html.P(text(reason), className="absent")], "map")


def has_comparable_figures(series: AssessedSeries) -> bool:
    """Whether the figures of States of different size can be compared: a share, a rate, a time."""
    if series.other_component:
        return series.other_component == PER_100_000_CHILDREN
    return series.indicator.kind in COMPARABLE_KINDS


def read_value(series: AssessedSeries, area: str, period: str) -> MappedFigure:
    """The figure of a period; the latest before it if the State has not reported for the period."""
    until_period = series.as_of(period) if period else series
    latest, last_row = until_period.last_known, until_period.last_row
    absence = absence_key(last_row or {})
    if latest is None or (latest is not last_row and absence not in UNREPORTED):
        return MappedFigure(area, absence=absence)
    limit = str(latest.get("limit") or "")
    return MappedFigure(area, latest["period"], float(latest["value"]), limit)


def read_rate(series: AssessedSeries, area: str, period: str) -> MappedFigure:
    """The released rate of a period or, where it has none, the latest before it."""
    count = read_value(series, area, period)
    if count.absence:
        return count
    known = {year: rate for year, rate in series.rates.items() if is_until(year, period)}
    latest = max(known, key=lambda year: ReferencePeriod.parse(year).end, default="")
    if latest:
        row = next((row for row in series.rows if row["period"] == latest), {})
        return MappedFigure(area, latest, known[latest], str(row.get("limit") or ""))
    return MappedFigure(area, absence="absent.not_reported")


def is_until(year: str, period: str) -> bool:
    return not period or ReferencePeriod.parse(year).end <= ReferencePeriod.parse(period).end


def map_card(
    drawn: FigureMap, selection: Selection, series: AssessedSeries, period: str
) -> html.Section:
    text, title, figures = selection.text, drawn.title, drawn.figures
    known = [figure.value for figure in figures if figure.value is not None]
    scale = map_scale(known)
    decimals = max(map(decimals_of, known), default=0)
    block = html_block(
        "tile_map.html",
        caption=f"{title}, {text.period(period)}",
        tiles=[tile(figure, scale, decimals, selection, period) for figure in figures],
        classes=class_names(scale, text),
        absences=absence_names(figures, text),
        union=union_figure(selection, series, period, decimals),
    )
    body = [
        html.P(text("map.lead"), className="quiet"),
        *drawn.notes,
        block,
        *older_figures(figures, period, text),
        html.P(text("goal.no_ranking"), className="quiet"),
        *caveats(series, text),
        html.P(source_line(selection.context), className="source"),
    ]
    return card(f"{title}, {text.period(period)}", body, "map", "map")


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


def class_names(scale: MapScale, text: Text) -> list[dict[str, str]]:
    """`under 8`, `8 to under 16` … `32 and more`."""
    edges = [text.number(scale.base + scale.width * step, DECIMALS_OF_EDGE)
             for step in range(MAP_CLASSES)]  # fmt: skip
    names = [text("map.under", high=edges[1])]
    inner = range(1, MAP_CLASSES - 1)
    names += [text("map.between", low=edges[at], high=edges[at + 1]) for at in inner]
    names.append(text("map.from", low=edges[-1]))
    return [{"kind": str(at), "name": name} for at, name in enumerate(names, start=1)]


def tile(
    figure: MappedFigure, scale: MapScale, decimals: int, selection: Selection, period: str
) -> dict[str, str]:
    """What the template prints of one State."""
    text, view = selection.text, selection.view
    name = text.code("area", figure.area)
    series = selection.series
    href = view.link(GOAL_PATH, area=figure.area, view="", breakdown="",
                     indicator=series.name if series else "")  # fmt: skip
    common = {"area": figure.area, "name": name, "href": href}
    if figure.value is None:
        kind = figure.absence.rpartition(".")[2]
        return common | {"kind": kind, "value": text(f"map.sign_{kind}"), "year": "",
                         "title": f"{name}: {text(figure.absence)}"}  # fmt: skip
    written = text.number(figure.value, decimals, fixed=True)
    sign = LIMIT_SIGNS.get(figure.limit, "")
    year = text.period(figure.period) if figure.period != period else ""
    title = in_sentences([f"{name}, {text.period(figure.period)}: {written}",
                          limit_note({"limit": figure.limit}, text)])  # fmt: skip
    kind = f"class-{scale.class_of(figure.value)}"
    return common | {"kind": kind, "value": sign + written, "year": year, "title": title}


def absence_names(figures: Sequence[MappedFigure], text: Text) -> list[dict[str, str]]:
    """The signs of the reasons that occur, for the key."""
    keys = dict.fromkeys(figure.absence for figure in figures if figure.absence)
    return [
        {"kind": kind, "sign": text(f"map.sign_{kind}"), "name": text(key)}
        for key in keys
        for kind in [key.rpartition(".")[2]]
    ]


def union_figure(
    selection: Selection, series: AssessedSeries, period: str, decimals: int
) -> dict[str, str] | None:
    """The figure of the Union beside the map, of the same or an earlier period."""
    text, union = selection.text, selection.whole_series(series, EU)
    read = read_value if has_comparable_figures(series) else read_rate
    figure = read(union, EU, period)
    if figure.value is None:
        return None
    written = text.number(figure.value, decimals, fixed=True)
    value = LIMIT_SIGNS.get(figure.limit, "") + written
    return {"value": value, "name": f"{text.code('area', EU)}, {text.period(figure.period)}"}


def older_figures(figures: Sequence[MappedFigure], period: str, text: Text) -> Iterator[html.P]:
    """Which States have no figure of the period, so that their tile has an earlier one."""
    older: dict[str, list[str]] = {}
    for figure in figures:
        if figure.value is not None and figure.period != period:
            older.setdefault(figure.period, []).append(text.code("area", figure.area))
    for year, areas in older.items():
        words = text("map.older", period=text.period(year), areas=", ".join(areas))
        yield html.P(words, className="quiet")
