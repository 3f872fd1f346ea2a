"""Years since the legislation was last evaluated, from the dates in LEGISLATION_EVALUATION."""

import pandas as pd

from metrics.catalogue.codelists.groups import last_day
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Breakdown, Direction, Indicator, Kind, Measure
from metrics.core.period import parse_periods
from metrics.core.tables import KEY, STEP, TOTAL, VALUE

EVALUATED = 2.0  # on the ladder of LEGISLATION_EVALUATION: not_started, under_way, evaluated
DAYS_IN_YEAR = 365.25
GENDER = "GENDER"  # a perspective of an evaluation, not a part of the law that it covers


def evaluation_age(values: pd.DataFrame) -> pd.DataFrame:
    """Years from the last evaluation to the end of the period; the total is the minimum.

    Without an evaluation there is no row: no age, rather than a large one.
    """
    evaluated = values[(values["component"] == STEP) & (values["value"] == EVALUATED)]
    evaluated = evaluated[evaluated["since"] != ""]
    periods = parse_periods(evaluated["period"].unique())
    ends = {text: last_day(period) for text, period in periods.items()}
    end = pd.to_datetime(evaluated["period"].map(ends))
    days = (end - pd.to_datetime(evaluated["since"], errors="coerce")).dt.days
    aged = evaluated.assign(component=VALUE, value=days / DAYS_IN_YEAR)
    return pd.concat([aged, youngest(aged[aged["coverage"] != GENDER])])


def youngest(aged: pd.DataFrame) -> pd.DataFrame:
    group_key = [name for name in KEY if name not in {"indicator", "coverage"}]
    latest = aged.sort_values("value", kind="stable").drop_duplicates(group_key)
    return latest.assign(coverage=TOTAL)


LEGISLATION_EVALUATION_AGE = Indicator(
    code="LEGISLATION_EVALUATION_AGE",
    name=Words(en="Years since the legislation was evaluated"),
    definition=Words(
        en="Years from the day of the latest evaluation of the legislation to the end of the "
        "reference period, for each area that it covered and for the most recent of them. Derived "
        "from LEGISLATION_EVALUATION."
    ),
    kind=Kind.STOCK,
    unit="YEARS",
    direction=Direction.NONE,
    role="context",
    measures=Measure.EFFORT,
    measures_why="The age rises by a year in every year without an evaluation, so that a "
    "State that has just evaluated its legislation could only get worse; no interval was agreed.",
    breakdowns=(Breakdown(by=("coverage",), adds_up=False),),
    adds_up_over_areas=False,
    collected=False,
    no_rate="time",
    derived_from=("LEGISLATION_EVALUATION",),
    formula=evaluation_age,
)
