"""The axes of a chart: from zero, so that no change looks larger than it is, with few ticks."""

from collections.abc import Collection, Iterable
from math import floor, log10

from dashboard.charts.specification import Axis, Tick, Years
from dashboard.released.series import AssessedSeries
from dashboard.rounding import decimals_in
from dashboard.texts import Text
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.tables import AREAS_REACHED, STEP

MOST_STEPS = 5  # between the ticks of an axis, so that it has up to six of them
ROUND_STEPS = (1, 2, 2.5, 5, 10)
ROOM_ABOVE = 1.06  # the highest value is not drawn on the edge
MARGIN = 0.25  # years beside the first and the last mark
DECIMALS_OF_STEP = 10  # an exact decimal step, whatever its size


def value_axis(series: AssessedSeries, heights: Iterable[float], text: Text) -> Axis:
    """An axis for values of a series; of steps, the whole ladder by name."""
    if series.component == STEP:
        return step_axis(series.indicator, text)
    values = list(heights)
    low, high = min([0.0, *values]), max([0.0, *values])
    step = tick_step(high - low, only_whole=counts_whole_things(series, values))
    if low == high:
        high = step
    low, high = tick_below(low, step), high * ROOM_ABOVE
    return Axis(low, high, tuple(ticks_between(low, high, step, text)), text.unit(series.unit))


def step_axis(indicator: Indicator, text: Text) -> Axis:
    names = [text.code("step", step) for step in indicator.ladder]
    ticks = tuple(Tick(at, name) for at, name in enumerate(names))
    return Axis(-0.4, len(names) - 0.6, ticks)


def tick_step(span: float, *, only_whole: bool) -> float:
    """The smallest round step with which few ticks cover a span; 1 for a span of nothing."""
    if span <= 0:
        return 1.0
    magnitude = 10.0 ** floor(log10(span / (MOST_STEPS + 1)))
    steps = (factor * magnitude for factor in ROUND_STEPS)
    step = next(step for step in steps if span / step < MOST_STEPS + 1 - 1e-9)
    return max(1.0, float(round(step))) if only_whole else step


def tick_below(low: float, step: float) -> float:
    """Where an axis begins: at a tick, because office programs count the others from there."""
    return round(floor(low / step + 1e-9) * step, DECIMALS_OF_STEP)


def counts_whole_things(series: AssessedSeries, values: Collection[float]) -> bool:
    """Whether half a unit has no meaning on the axis: all values are small whole counts."""
    is_whole = all(float(value).is_integer() for value in values)
    is_small = is_whole and max(values, default=0) < 2 * MOST_STEPS
    return is_small or series.component == AREAS_REACHED


def ticks_between(low: float, high: float, step: float, text: Text) -> Iterable[Tick]:
    first, last = -floor(-low / step + 1e-9), floor(high / step + 1e-9)
    decimals = decimals_in(step, DECIMALS_OF_STEP)
    for number in range(first, last + 1):
        at = round(number * step, DECIMALS_OF_STEP)
        yield Tick(at, text.number(at, decimals, fixed=True))


def years_axis(times: Collection[float]) -> Years:
    """A tick in the middle of each year from the first to the last that anything is drawn in."""
    first, last = (int(min(times)), int(max(times))) if times else (0, 0)
    ticks = tuple(Tick(year + 0.5, str(year)) for year in range(first, last + 1))
    low = min([first + 0.5, *times]) - MARGIN
    return Years(low, max([last + 0.5, *times]) + MARGIN, ticks)
