"""The formulas of actual against required growth, on plain numbers: see docs/methods.md.

Source: Open SDG, progress methodology, https://open-sdg.readthedocs.io/en/latest/.
"""

from collections.abc import Sequence
from math import inf, isinf

import numpy as np
from numpy.typing import NDArray

from metrics.catalogue.methods import ROUNDING, rounded_difference
from metrics.core.verdicts import CalculationStep

# With a target: shares of the required rate. Without: yearly growth, scaled near a limit.
RATIO_HIGH, RATIO_MIDDLE = 0.95, 0.60
RATE_HIGH, RATE_MIDDLE = 0.015, 0.005
LIMIT_EXPONENT = 4.44
INSTEAD_OF_ZERO = 0.001  # the publisher's replacement of a baseline or target of zero
BEST = 5.0
# The score is piecewise linear: lower bound, slope (rounded by the publisher), intercept.
SCORE_WITH_TARGET = ((RATIO_MIDDLE, 7.1429, -4.2857), (-inf, 4.1667, -2.5))
SCORE_WITHOUT = ((RATE_HIGH, 500, -5), (RATE_MIDDLE, 250, -1.25), (0, 500, -2.5), (-inf, 125, -2.5))

Pieces = Sequence[tuple[float, float, float]]


def growth_rate(start: float, end: float, years: float) -> float:
    """Compound annual growth rate (0.015 is 1.5 % a year) between values of one sign.

    A start of zero is replaced by 0.001. ValueError if signs differ or no year lies between.
    Source: Open SDG, progress methodology, "Methodology".
    """
    start = start or INSTEAD_OF_ZERO
    if start * end < 0 or years <= 0:
        raise ValueError(f"no growth rate from {start:g} to {end:g} in {years:g} years")
    return rounded_difference(float((end / start) ** (1 / years)), 1)


def progress_without_target(start: float, end: float, years: float, sign: int) -> float:
    """Yearly growth in the desired direction: `sign` is 1 if more is better, else −1.

    Negative values grow away from zero, so the sign of their growth is reversed.
    """
    return sign * (-1 if start < 0 else 1) * growth_rate(start, end, years)


def progress_with_target(growth: float, required: float) -> float:
    """R: growth in the desired direction divided by the required growth; 1 is just enough.

    The required rate counts by its size alone: where the baseline is better than the target its
    sign would turn the ratio round, and a loss would look like progress. Where no growth is
    required, any growth is infinitely enough and any loss infinitely too little.
    """
    if required == 0:
        return growth * inf if abs(growth) > ROUNDING else 0.0
    return growth / abs(required)


def limit_scaling(start: float, limit: float | None) -> float:
    """C, from 0 at a natural limit to 1 far from it: near a limit, less growth is possible.

    A start above the limit approaches a minimum from above; equal relative distances count
    the same. Source: Open SDG, progress methodology, "Indicators without quantitative targets".
    """
    (scaling,) = limit_scalings(np.array([start], float), limit)
    return float(scaling)


def limit_scalings(starts: NDArray[np.float64], limit: float | None) -> NDArray[np.float64]:
    """C of each start; 1 without a limit, or with one of zero."""
    if not limit:
        return np.ones_like(starts)
    ratios = np.abs(starts) / abs(limit)
    nearness = np.clip(np.minimum(ratios, 2 - ratios), 0, 1)
    return 1 - nearness**LIMIT_EXPONENT


def formula_of_scaling(start: float, limit: float, scaling: float) -> str:
    """The key of the formula of `limit_scaling`."""
    if scaling == 1:
        return "far_from_limit"
    return "below_limit" if abs(start) <= abs(limit) else "above_limit"


def progress_category(progress: float, high: float, middle: float) -> str:
    """The publisher's category; a value at a threshold meets it, despite rounding errors."""
    thresholds = ("substantial_progress", high), ("moderate_progress", middle)
    for category, threshold in (*thresholds, ("limited_progress", 0.0)):
        if progress >= threshold - ROUNDING:
            return category
    return "deterioration"


def score_with_target(ratio: float) -> float:
    """From −5 at −60 % over 0 at 60 % to 5 at 130 %; slopes are rounded as published."""
    return _score_on(SCORE_WITH_TARGET, ratio)


def score_without_target(rate: float, scaling: float = 1.0) -> float:
    """−5 at −2 %, −2.5 at 0, 0 at 0.5 % C, 2.5 at 1.5 % C, 5 at 2 % C; losses are not scaled."""
    return _score_on(SCORE_WITHOUT, _scaled_rate(rate, scaling))


def step_with_target(ratio: float, score: float) -> CalculationStep:
    """How `score_with_target` was computed."""
    if isinf(ratio):
        return CalculationStep("score", score, "any_growth" if ratio > 0 else "any_loss")
    return CalculationStep("score", score, "line", _line(SCORE_WITH_TARGET, ratio, ratio))


def step_without_target(rate: float, scaling: float, score: float) -> CalculationStep:
    """How `score_without_target` was computed."""
    scaled = _scaled_rate(rate, scaling)
    if isinf(scaled):
        return CalculationStep("score", score, "kept_at_limit")
    line = _line(SCORE_WITHOUT, scaled, rate)
    if scaled == rate:
        return CalculationStep("score", score, "line", line)
    return CalculationStep("score", score, "scaled_line", {**line, "scaling": scaling})


def _scaled_rate(rate: float, scaling: float) -> float:
    """A series that stays at its natural limit is beyond all thresholds."""
    if rate < -ROUNDING:
        return rate
    return rate / scaling if scaling else inf


def _score_on(pieces: Pieces, progress: float) -> float:
    slope, intercept = _piece(pieces, progress)
    return min(max(slope * progress + intercept, -BEST), BEST)


def _line(pieces: Pieces, progress: float, rate: float) -> dict[str, float]:
    slope, intercept = _piece(pieces, progress)
    return {"slope": slope, "rate": rate, "less": -intercept, "worst": -BEST, "best": BEST}


def _piece(pieces: Pieces, progress: float) -> tuple[float, float]:
    return next((by, to) for begins, by, to in pieces if progress >= begins - ROUNDING)
