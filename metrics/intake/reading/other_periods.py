"""Pass over figures of periods that the round does not ask for, beside those it asks for."""

from collections.abc import Iterable, Iterator

import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.period import ReferencePeriod, parse_periods
from metrics.core.tables import NORMAL, SERIES
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.scope import Scope, asked_periods


def split_periods(
    observations: pd.DataFrame, scope: Scope, catalogue: Catalogue
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The observations to take, and those of other periods.

    Earlier periods, and those of other rounds, are skipped for series of which the file has a
    row for a period that is asked for, and parts of such a period for series that state the whole.
    Else they are errors.
    """
    asked = asked_periods(scope, catalogue)
    named = observations["period"]
    if not asked or named.isin([*map(str, asked), ""]).all():
        return observations, observations.iloc[:0]
    is_asked = named.isin([*map(str, asked)])
    is_stated = (observations["typed"] != "") | (observations["observation_status"] != NORMAL)
    periods = parse_periods(named[named != ""].unique())
    rounds = catalogue.collections[scope.collection].rounds
    of_rounds = {str(period) for one in rounds for period in one.periods} - {*map(str, asked)}
    earlier = {text for text, period in periods.items() if period.begins_before(asked[0])}
    parts = {text for text, period in periods.items() if _is_part(period, asked)}
    passed = (named.isin(earlier | of_rounds) & _has_series(observations, is_asked)) | (
        named.isin(parts) & _has_series(observations, is_asked & is_stated)
    )
    return observations[~passed].reset_index(drop=True), observations[passed]


def without_earlier_years(
    observations: pd.DataFrame, issues: Iterable[ReadIssue], asked: str
) -> pd.DataFrame:
    """Leave out earlier years of a sheet whose heading with the year asked for is not read.

    That heading is asked about: the earlier year beside it is not wrong.
    """
    in_doubt = [issue for issue in issues if issue.rule == "column_in_doubt"]
    sheets = {issue.sheet for issue in in_doubt if asked and asked in issue.typed}
    is_beside = observations["sheet"].isin(sheets) & (observations["period"] < asked)
    return observations[~(is_beside & (observations["period"] != ""))].reset_index(drop=True)


def _is_part(period: ReferencePeriod, asked: tuple[ReferencePeriod, ...]) -> bool:
    return any(
        period.months < whole.months and period in whole.parts(period.months) for whole in asked
    )


def _has_series(observations: pd.DataFrame, among: pd.Series) -> pd.Series:
    """Whether the series of each row has a row among these."""
    series = pd.MultiIndex.from_frame(observations[[*SERIES]])
    return pd.Series(series.isin(series[among]), observations.index)


def passed_over_issues(others: pd.DataFrame) -> Iterator[ReadIssue]:
    """One issue for each sheet, at the first period that is skipped."""
    stated = others[others["typed"] != ""]
    for sheet, rows in stated.groupby("sheet", sort=False):
        first, named = rows.iloc[0], ", ".join(sorted({*rows["period"]}))
        cell = first["period_cell"] or first["cell"]
        yield ReadIssue("periods_passed_over", str(sheet), cell, named, detail=str(len(rows)))
