"""How often the interval of the outlook holds a new value, by simulation: `docs/methods.md`."""

import numpy as np
from numpy.typing import NDArray

from metrics.core.period import ReferencePeriod
from metrics.core.series_window import observed_window
from metrics.core.verdicts import Point
from metrics.statistics.outlook import trend

RUNS, SEED = 4000, 2026
NOISE = 5.0  # beside a slope of 3 a year: short annual series are rough


Numbers = NDArray[np.float64]


def covered(count: int, ahead: int, carried_over: float) -> float:
    """The share of runs whose value `ahead` years on lies within its nominal 95 % interval."""
    years = np.arange(count + ahead)
    shocks = np.random.default_rng(SEED).normal(scale=NOISE, size=(RUNS, len(years)))
    values = 100 + 3 * years + _accumulated(shocks, carried_over)
    return float(np.mean([_holds(row, count, ahead) for row in values]))


def _accumulated(shocks: Numbers, carried_over: float) -> Numbers:
    """Noise of which a part lasts into the next year."""
    noise = shocks.copy()
    for year in range(1, noise.shape[1]):
        noise[:, year] += carried_over * noise[:, year - 1]
    return noise


def _holds(row: Numbers, count: int, ahead: int) -> bool:
    points = [Point(ReferencePeriod(2000 + n), float(row[n])) for n in range(count)]
    expected = trend(observed_window(points)).ahead[ahead - 1]
    return bool(expected.low <= row[-1] <= expected.high)


def main() -> None:
    for count in (5, 7, 10):
        for ahead in range(1, count // 2 + 1):
            shares = [f"{100 * covered(count, ahead, part):.1f} %" for part in (0.0, 0.5)]
            print(f"{count} points, {ahead} ahead: {shares[0]}; noise carried over: {shares[1]}")


if __name__ == "__main__":
    main()
