"""The gap in per cent of the expected value, for tables of verdicts."""

from collections.abc import Iterable, Mapping

import pandas as pd

from metrics.catalogue.codelists.units import PER_CENT, counting_units, growing_units
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.materiality import materiality
from metrics.statistics.assessment.cases import AssessmentCase


def add_relative_gaps(table: pd.DataFrame, cases: Iterable[AssessmentCase]) -> pd.DataFrame:
    """Add `relative_gap`: the gap in per cent of the size of the expected value.

    It has the sign of the gap, so plus is better. NaN without a gap, for steps and shares, for
    units without growth, for an expected value of zero, and for an expected count smaller than the
    smallest base of a percentage.
    """
    indicators = {case.indicator.code: case.indicator for case in cases}
    least = table["indicator"].map(smallest_bases(indicators)).astype(float)
    size = table["expected_value"].astype(float).abs()
    is_base = size.ge(least) & size.gt(0)
    gaps = 100 * table["gap"].astype(float) / size.where(is_base)
    return table.assign(relative_gap=gaps)


def smallest_bases(indicators: Mapping[str, Indicator]) -> dict[str, float]:
    """The smallest expected value of each indicator of which a percentage is given."""
    return {
        code: float(materiality().smallest_base) if indicator.unit in counting_units() else 0.0
        for code, indicator in indicators.items()
        if has_relative_gap(indicator)
    }


def has_relative_gap(indicator: Indicator) -> bool:
    is_measured = indicator.kind is not Kind.MILESTONE and indicator.unit != PER_CENT
    return is_measured and indicator.unit in growing_units()
