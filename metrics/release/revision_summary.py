"""The number, direction and size of the revisions of each area and series.

The measures are those of the OECD/Eurostat Guidelines on Revisions Policy and Analysis
(Recommended Statistical Measures for Interpreting the Outputs of Revision Analyses): a revision is
the later figure less the earlier one; the mean revision is their mean, the mean absolute revision
the mean of their absolute values. The relative measures are in per cent of the earlier figure,
because figures of different units have no common mean.
"""

import pandas as pd

from metrics.core.schemas import conform_table
from metrics.core.tables import STEP

REVISED_SERIES = ["area", "indicator", "component"]
WHOLE_AREA = {"indicator": "", "component": ""}
WITHOUT_COMMON_UNIT = ["mean_revision", "mean_absolute_revision"]


def summarise_revisions(revisions: pd.DataFrame) -> pd.DataFrame:
    """One row for each area, and one for each of its indicators and components.

    Only figures that may be shown both before and after have a revision; `uncompared` counts the
    others. Steps have no size, and a figure that was zero has no relative revision.
    """
    if revisions.empty:
        return conform_table("revision_summary", revisions)
    measured = _measure_revisions(revisions)
    by_series = _summarise(measured)
    by_area = _summarise(measured.assign(**WHOLE_AREA)).drop(columns=WITHOUT_COMMON_UNIT)
    both = pd.concat([by_area, by_series], ignore_index=True)
    return conform_table("revision_summary", both.sort_values(REVISED_SERIES, ignore_index=True))


def _measure_revisions(revisions: pd.DataFrame) -> pd.DataFrame:
    """The revision of each figure, in its unit and in per cent of the earlier figure."""
    revision = revisions["value"] - revisions["previous_value"]
    has_size = revisions["component"].ne(STEP)
    base = revisions["previous_value"].abs()
    sizes = revision.where(has_size)
    relative = 100 * sizes / base.where(base > 0)
    return revisions[REVISED_SERIES].assign(
        figures=revision.notna(),
        upward=revision > 0,
        downward=revision < 0,
        uncompared=revision.isna(),
        mean_revision=sizes,
        mean_absolute_revision=sizes.abs(),
        mean_relative_revision=relative,
        mean_absolute_relative_revision=relative.abs(),
    )


def _summarise(measured: pd.DataFrame) -> pd.DataFrame:
    counts = ("figures", "upward", "downward", "uncompared")
    steps = {
        name: "sum" if name in counts else "mean" for name in measured if name not in REVISED_SERIES
    }
    return measured.groupby(REVISED_SERIES, as_index=False).agg(steps)
