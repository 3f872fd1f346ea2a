"""Where a series stops being comparable because the definition of its indicator changed."""

from collections.abc import Iterator, Mapping

import pandas as pd

from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.period import ReferencePeriod
from metrics.core.series import dimensions_of_rows, parse_dimensions


def definition_breaks(
    rows: pd.DataFrame, indicators: Mapping[str, Indicator]
) -> Iterator[tuple[pd.DataFrame, ReferencePeriod]]:
    """Yield the rows of each changed indicator and breakdown with each period that breaks them."""
    codes = [code for code, indicator in indicators.items() if indicator.changes]
    changed = rows[rows["indicator"].isin(codes)]
    patterns = pd.Series(dimensions_of_rows(changed), changed.index, dtype="str")
    for (code, pattern), own in changed.groupby(["indicator", patterns], sort=False):
        for start in indicators[str(code)].breaks(parse_dimensions(str(pattern))):
            yield own, start
