"""Share of the submissions on victims that break them down by sex."""

import pandas as pd

from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction, Indicator, Kind, Measure
from metrics.core.tables import DENOMINATOR, KEY, NUMERATOR, TOTAL, WITHHELD

CELL_KEY = ["area", "period"]


def count_broken_down(values: pd.DataFrame) -> pd.DataFrame:
    """For each area and period that reported any of the indicators: 1, and 1 if by sex, else 0.

    A suppressed value counts as reported. The count reveals no value, so it may be shown, like the
    fact that a submission came.
    """
    reported = values[values["value"].notna() | (values["observation_status"] == WITHHELD)]
    by_sex = (reported["sex"] != TOTAL).astype(float)
    groups = reported.assign(numerator=by_sex, denominator=1.0).groupby(CELL_KEY, sort=False)
    counts = groups.agg(
        numerator=("numerator", "max"), denominator=("denominator", "max"), late=("late", "any")
    ).reset_index()
    whole = counts.assign(
        **dict.fromkeys((name for name in KEY if name not in counts), TOTAL),
        observation_status="A",
        confidentiality_status="F",
    )
    return pd.concat(
        [whole.assign(component=name, value=whole[name]) for name in (NUMERATOR, DENOMINATOR)]
    )


GENDER_BREAKDOWN_SHARE = Indicator(
    code="GENDER_BREAKDOWN_SHARE",
    name=Words(en="Submissions with a breakdown by sex"),
    definition=Words(
        en="Of the States that reported victims for the reference period, the share that broke at "
        "least one of those figures down by sex."
    ),
    kind=Kind.SHARE,
    unit="PC",
    direction=Direction.UP,
    measures=Measure.EFFORT,
    measures_why="States decide how they break their figures down.",
    collected=False,
    numerator=Words(en="Submissions with at least one figure on victims by sex"),
    denominator=Words(en="Submissions with a figure on victims"),
    derived_from=("ICSE_VICTIMS", "VICTIMS_ASSISTED", "VICTIMS_RECORDED"),
    formula=count_broken_down,
)
