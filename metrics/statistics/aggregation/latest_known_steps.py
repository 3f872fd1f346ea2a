"""The step of each area in every period: the last known one, until the area reports another.

For milestones only: nothing that is counted during a period is carried forward.
"""

from collections.abc import Iterable

import pandas as pd

from metrics.catalogue.codelists.statuses import is_withheld
from metrics.catalogue.definitions.targets import Target
from metrics.core.period import parse_periods
from metrics.core.tables import BREAKDOWNS, NOT_APPLICABLE, TOTAL

SERIES_OF_STEPS = ["indicator", *BREAKDOWNS]


def latest_known_steps(steps: pd.DataFrame) -> pd.DataFrame:
    """A row for each area and each period in which any area of the series has a known step.

    `reported_for` is the period for which the area reported it, `confirmed` whether that is
    the period itself. A step that is suppressed, or no longer applies, counts for its own period
    and is not carried forward.
    """
    is_not_applicable = steps["observation_status"] == NOT_APPLICABLE
    answers = steps[steps["value"].notna() | is_withheld(steps) | is_not_applicable]
    if answers.empty:
        return answers.assign(reported_for=answers["period"], confirmed=True)
    ends = {text: period.end for text, period in parse_periods(answers["period"].unique()).items()}
    ordered = answers.assign(end=answers["period"].map(ends), row=range(len(answers)))
    latest = _carry_forward(ordered).merge(ordered, on="row", suffixes=("", "_reported"))
    is_confirmed = latest["period"] == latest["period_reported"]
    counts = latest["value"].notna() & (is_confirmed | ~is_withheld(latest))
    table = latest.assign(
        reported_for=latest["period_reported"],
        confirmed=is_confirmed,
        late=latest["late"] & is_confirmed,
    )
    columns = [*steps.columns, "reported_for", "confirmed"]
    return table.loc[counts, columns].reset_index(drop=True)


def _carry_forward(ordered: pd.DataFrame) -> pd.DataFrame:
    """For each area and period of a series: the row with its latest answer."""
    tables = []
    for _, series in ordered.groupby(SERIES_OF_STEPS, sort=False):
        known = series.loc[series["value"].notna(), "period"].unique()
        by_end = series.sort_values("end", kind="stable")
        columns = by_end.drop_duplicates("period")["period"]
        latest = by_end.pivot(index="area", columns="period", values="row")
        filled = latest[columns].ffill(axis=1)[[name for name in columns if name in set(known)]]
        tables.append(filled.melt(var_name="period", value_name="row").dropna())
    rows: pd.DataFrame = pd.concat(tables, ignore_index=True).astype({"row": int})
    return rows


def states_not_bound(targets: Iterable[Target]) -> pd.DataFrame:
    """The areas that a series of steps does not bind: a row for each, with its breakdown codes."""
    rows = [
        {"indicator": target.indicator, **{by: target.at.get(by, TOTAL) for by in BREAKDOWNS},
         "area": area}
        for target in targets
        for area in target.not_bound
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[*SERIES_OF_STEPS, "area"]).drop_duplicates()
