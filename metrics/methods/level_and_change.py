"""States beside one another, by level and by change: the matrix of the Social Scoreboard."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from metrics.definitions import Direction, Indicator, TargetBase, Words
from metrics.methods import SIGN, Judged, Method, no_verdict, verdict
from metrics.model import Line, Point, Status, Verdict
from metrics.period import ReferencePeriod
from metrics.points import NoVerdictError, Window, series

# More than half of the 27: the mean of fewer is not that of the Member States.
FEWEST_STATES = 14
FAR, NEAR = 1.0, 0.5  # standard deviations from the mean of the states


@dataclass(frozen=True)
class Place:
    """Where a state stands among the others; positive is less favourable, as published."""

    level: float  # standard deviations of the level
    change: float  # standard deviations of the change
    adverse: bool = True  # its own change goes against the wanted direction


def standing(values: Mapping[str, float], sign: int) -> dict[str, float]:
    """Standard deviations from the unweighted mean, positive where less favourable.

    The deviation is that of all states (divided by n). All alike stand at the mean.
    """
    numbers = np.array(list(values.values()), dtype=float)
    deviation = float(numbers.std())
    if deviation <= 1e-12 * max(1.0, float(np.abs(numbers).max())):
        return dict.fromkeys(values, 0.0)
    mean = float(numbers.mean())
    return {area: -sign * (value - mean) / deviation for area, value in values.items()}


def category_of(place: Place) -> str:
    """The class of the matrix, in neutral words. Source: see METHOD."""
    level, change = place.level, place.change
    if level > NEAR:
        return _less_favourable(level, change)
    if change > FAR and place.adverse:
        return "to_follow" if level > -NEAR else "favourable_worsening"
    if level <= -NEAR:
        return "most_favourable" if level <= -FAR else "favourable"
    return "favourable" if change <= -FAR else "around_mean"


def _less_favourable(level: float, change: float) -> str:
    if change <= -FAR:
        return "unfavourable_improving"
    return "least_favourable" if level > FAR else "to_follow"


def judge(points: Sequence[Point], target: TargetBase, direction: Direction, on: date) -> Verdict:
    """One state alone has no place among others."""
    del target, direction, on
    return no_verdict("compares_states_only", points)


def judge_all(given: Mapping[str, Sequence[Point]], indicator: Indicator) -> dict[str, Verdict]:
    """A verdict for each state, of the latest year that more than half of the 27 have reported."""
    windows, verdicts = _observed(given)
    pairs = _pairs(windows)
    sign = SIGN[indicator.direction]
    if not sign or len(pairs) < FEWEST_STATES:
        reason = "too_few_states" if sign else "no_direction"
        return {area: no_verdict(reason, points) for area, points in given.items()}
    lacking = {
        area: no_verdict("no_value_for_year", given[area]) for area in set(windows) - set(pairs)
    }
    return verdicts | lacking | _placed(pairs, sign, in_points=indicator.unit == "PC")


def _pairs(windows: Mapping[str, Window]) -> dict[str, Window]:
    """The latest year in common and the one before, of each state that has both."""
    latest = _latest_common(windows)
    if latest is None:
        return {}
    pairs = {area: _pair(window, latest) for area, window in windows.items()}
    return {area: pair for area, pair in pairs.items() if pair}


def _observed(
    given: Mapping[str, Sequence[Point]],
) -> tuple[dict[str, Window], dict[str, Verdict]]:
    windows, verdicts = {}, {}
    for area, points in given.items():
        try:
            windows[area] = series(points)
        except NoVerdictError as none:
            verdicts[area] = no_verdict(none.reason, points, none.lines)
    return windows, verdicts


def _latest_common(windows: Mapping[str, Window]) -> ReferencePeriod | None:
    counts = Counter(each.period for window in windows.values() for each in window.points)
    common = [period for period, count in counts.items() if count >= FEWEST_STATES]
    return max(common, default=None)


def _pair(window: Window, latest: ReferencePeriod) -> Window | None:
    """The value of the year and of the year before; None where they cannot be compared."""
    pair = tuple(each for each in window.points if each.period in {latest.year_before, latest})
    comparable = len(pair) == 2 and latest not in window.breaks  # noqa: PLR2004
    return replace(window, points=pair) if comparable else None


def _placed(pairs: Mapping[str, Window], sign: int, *, in_points: bool) -> dict[str, Verdict]:
    changes = {area: _change(pair, in_points=in_points) for area, pair in pairs.items()}
    changed = {area: change for area, change in changes.items() if change is not None}
    levels = standing({area: pair.last.value for area, pair in pairs.items()}, sign)
    moves = standing(changed, sign) if changed else {}
    return {
        area: _verdict(pair, Place(levels[area], moves[area], sign * changed[area] < 0))
        if area in changed
        else no_verdict("zero_baseline", pair.points)
        for area, pair in pairs.items()
    }


def _change(pair: Window, *, in_points: bool) -> float | None:
    """Percentage points for what is in per cent, else per cent of the year before."""
    change = pair.last.value - pair.base.value
    if in_points:
        return change
    return 100 * change / pair.base.value if pair.base.value else None


def _verdict(pair: Window, place: Place) -> Verdict:
    lines = [
        Line("level, in standard deviations", "positive is less favourable", place.level),
        Line("change, in standard deviations", "positive is less favourable",
             place.change),
    ]  # fmt: skip
    category = category_of(place)
    return verdict(pair, Judged(Status.NOT_ASSESSED, category, notes=("compares_states",)), lines)


METHOD = Method(
    name="level_and_change",
    title=Words(
        en="Levels and changes across Member States",
        fi="Tasot ja muutokset jäsenvaltioittain",
        el="Επίπεδα και μεταβολές στα κράτη μέλη",
    ),
    source="Social Scoreboard of the European Pillar of Social Rights (European Commission, DG "
    "EMPL); classes under neutral names",
    rules=frozenset({"level_by_date", "growth_per_year", "keep_at", "direction_only"}),
    judge=judge,
    judge_all=judge_all,
)
