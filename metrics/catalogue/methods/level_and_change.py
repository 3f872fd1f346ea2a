"""Compare States by level and by change: the matrix of the Social Scoreboard."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean, pstdev
from typing import Self

from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction, Indicator
from metrics.catalogue.definitions.targets import TargetBase
from metrics.catalogue.methods import (
    Classification,
    Method,
    build_verdict,
    direction_step,
    no_verdict,
    rounded_difference,
)
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import NoVerdictError, Window, observed_window
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import CalculationStep, Point, Status, Verdict, calculation_step

# More than half of the 27: the mean of fewer does not represent the Member States.
FEWEST_STATES = 14
FAR, NEAR = 1.0, 0.5  # standard deviations from the mean of the states
PLACES = 9  # decimals, so that rounding errors cross no threshold


@dataclass(frozen=True)
class Rank:
    """A State's position among the others; positive is less favourable, as published."""

    level: float  # standard deviations of the level
    change: float  # standard deviations of the change
    adverse: bool = True  # its change is against the desired direction


@dataclass(frozen=True)
class Spread:
    """The States' unweighted mean, and their population standard deviation."""

    states: int
    mean: float
    deviation: float  # 0 if all are equal

    @classmethod
    def from_values(cls, values: Iterable[float]) -> Self:
        numbers = sorted(values)  # so that the order of the States does not change the last digit
        deviation = pstdev(numbers) if rounded_difference(numbers[-1], numbers[0]) else 0.0
        return cls(len(numbers), fmean(numbers), deviation)

    def position(self, value: float, sign: int) -> float:
        """The distance from the mean in standard deviations, positive if less favourable."""
        if not self.deviation:
            return 0.0
        return round(-sign * (value - self.mean) / self.deviation, PLACES)

    def steps(self, what: str) -> Iterator[CalculationStep]:
        """How mean and deviation were computed, of levels or changes."""
        yield calculation_step(
            "mean_of_the_states", self.mean, f"{what}_of_states", states=self.states
        )
        yield CalculationStep(
            "standard_deviation_of_the_states", self.deviation, f"{what}_divided_by_n"
        )

    def position_step(self, key: str, value: float, sign: int) -> CalculationStep:
        formula = "distance_from_mean" + ("_turned" if sign > 0 else "")
        return calculation_step(
            key,
            self.position(value, sign),
            formula,
            value=value,
            mean=self.mean,
            deviation=self.deviation,
        )


def matrix_class(rank: Rank) -> str:
    """The class in the matrix, under a neutral name. Source: see METHOD."""
    level, change = rank.level, rank.change
    if level > NEAR:
        return _less_favourable_class(level, change)
    if change > FAR and rank.adverse:
        return "to_follow" if level > -NEAR else "favourable_worsening"
    if level <= -NEAR:
        return "most_favourable" if level <= -FAR else "favourable"
    return "favourable" if change <= -FAR else "around_mean"


def _less_favourable_class(level: float, change: float) -> str:
    if change <= -FAR:
        return "unfavourable_improving"
    return "least_favourable" if level > FAR else "to_follow"


def assess(points: Sequence[Point], target: TargetBase, direction: Direction, on: date) -> Verdict:
    """A single State cannot be compared."""
    del target, direction, on
    return no_verdict(Reason.COMPARES_STATES_ONLY, points)


def assess_all(
    points_by_state: Mapping[str, Sequence[Point]], indicator: Indicator
) -> dict[str, Verdict]:
    """A verdict for each State, for the latest year that more than half of the 27 reported.

    A State is compared if it has comparable values for that year and the year before; mean and
    standard deviation are those of all such States.
    """
    windows, verdicts = _observed_windows(points_by_state)
    pairs = _latest_pairs(windows)
    sign = indicator.direction.sign
    if not sign or not pairs:
        reason = Reason.TOO_FEW_STATES if sign else Reason.NO_DIRECTION
        return {area: no_verdict(reason, points) for area, points in points_by_state.items()}
    lacking = {
        area: no_verdict(Reason.NO_VALUE_FOR_YEAR, points_by_state[area])
        for area in set(windows) - set(pairs)
    }
    return verdicts | lacking | _place_states(pairs, sign, in_points=indicator.unit == "PC")


def _observed_windows(
    points_by_state: Mapping[str, Sequence[Point]],
) -> tuple[dict[str, Window], dict[str, Verdict]]:
    windows, verdicts = {}, {}
    for area, points in points_by_state.items():
        try:
            windows[area] = observed_window(points)
        except NoVerdictError as none:
            verdicts[area] = no_verdict(none.reason, points, none.lines)
    return windows, verdicts


def _latest_pairs(windows: Mapping[str, Window]) -> dict[str, Window]:
    """Each State's values of one year and the year before; {} if too few States have both."""
    periods = {point.period for window in windows.values() for point in window.points}
    for latest in sorted(periods, reverse=True):
        pairs = {area: _pair_of_years(window, latest) for area, window in windows.items()}
        found = {area: pair for area, pair in pairs.items() if pair}
        if len(found) >= FEWEST_STATES:
            return found
    return {}


def _pair_of_years(window: Window, latest: ReferencePeriod) -> Window | None:
    """The values of the year and the year before; None if they cannot be compared."""
    pair = tuple(point for point in window.points if point.period in {latest.year_before, latest})
    comparable = len(pair) == 2 and latest not in window.breaks  # noqa: PLR2004
    return replace(window, points=pair) if comparable else None


def _place_states(pairs: Mapping[str, Window], sign: int, *, in_points: bool) -> dict[str, Verdict]:
    found = {area: _change(pair, in_points=in_points) for area, pair in pairs.items()}
    changes = {area: change for area, change in found.items() if change is not None}
    levels = Spread.from_values(pair.last.value for pair in pairs.values())
    moves = Spread.from_values(changes.values()) if changes else levels
    return {
        area: _verdict_on_state(pair, changes[area], levels, moves, sign)
        if area in changes
        else no_verdict(Reason.ZERO_BASELINE, pair.points)
        for area, pair in pairs.items()
    }


def _change(pair: Window, *, in_points: bool) -> float | None:
    """In percentage points for values in per cent, else in per cent of the year before."""
    change = rounded_difference(pair.last.value, pair.base.value)
    if in_points:
        return change
    return 100 * change / abs(pair.base.value) if pair.base.value else None


def _verdict_on_state(
    pair: Window, change: float, levels: Spread, moves: Spread, sign: int
) -> Verdict:
    value = pair.last.value
    rank = Rank(levels.position(value, sign), moves.position(change, sign), sign * change < 0)
    lines = [
        direction_step(sign),
        *levels.steps("level"),
        levels.position_step("level_in_standard_deviations", value, sign),
        *moves.steps("change"),
        moves.position_step("change_in_standard_deviations", change, sign),
    ]
    assessed = Classification(
        Status.NOT_ASSESSED, matrix_class(rank), notes=(Reason.COMPARES_STATES,)
    )
    return build_verdict(pair, assessed, lines)


METHOD = Method(
    name="level_and_change",
    title=Words(en="Levels and changes across Member States"),
    source=Words(
        en="Social Scoreboard of the European Pillar of Social Rights (European Commission, DG "
        "EMPL); classes under neutral names"
    ),
    rules=frozenset({"level_by_date", "growth_per_year", "keep_at", "direction_only"}),
    assess=assess,
    assess_all=assess_all,
)
