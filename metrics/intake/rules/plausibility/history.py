"""Is a value plausible compared with what the same State reported for earlier years?

Annual series are short. With y the new value and t in years, a series expects

    c = median of the yearly changes of the logarithm        its usual growth
    e = log(last) + c (t - t_last)                            from the value before
    f = median of log(y_i) + c (t - t_i)                      from all earlier values

The deviation is log(y) - e or log(y) - f, whichever is smaller, or 0 if they differ in sign, so
that one unusual year is questioned only once. It is compared with the spread of the changes (MAD)
and the random variation of counts, 1/y + 1/last.

A series may vary so much that its spread explains a hundredfold value. So a value is also
questioned if it is more than three times above or below both expectations and all earlier values.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics.catalogue.definition_breaks import definition_breaks
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.period import ReferencePeriod, parse_periods
from metrics.core.tables import BREAKDOWNS, KEY, MEDIAN, SERIES, STEP, TOTAL
from metrics.intake.findings import Severity, ValidationContext, plain_digits
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.values import SMALLEST_CHANGE, sound_observations

# Iglewicz and Hoaglin (1993): a modified z-score above 3.5 is an outlier.
OUTLIER = 3.5
NORMAL_MAD = 0.6745  # MAD of the standard normal distribution
# The MAD of three or four changes is often far too small by chance, so it is multiplied by
# 1 + 3 / n: after four values, 1 to 7 % of correct series are questioned, instead of 8 to 22 %.
FEW_CHANGES = 3
# However steady a series is, smaller changes than by half up or a third down are not questioned.
SMALLEST_FACTOR = 1.5
SHORTEST_HISTORY = 4  # earlier values needed to know a series' usual change
# With fewer earlier values, only changes by this factor a year are questioned. With more, a value
# so far outside all earlier ones is questioned, however much these vary.
LARGE_FACTOR = 3
# The columns that `compare_with_history` adds to the cells.
EXPECTATION_COLUMNS = [
    "value_was",
    "period_was",
    "usual",
    "spread",
    "level",
    "changes",
    "least",
    "most",
    "when",
    "years",
]
EXPECTED_COLUMNS = [*KEY, "sheet", "cell", "typed", "value"]
TOTAL_KEY = ["indicator", "component", "area", "period"]


@remember_result
def compare_with_history(context: ValidationContext) -> pd.DataFrame:
    """Each new value with the latest earlier one of its series, and the expected value."""
    cells = sound_observations(context)
    is_compared = cells["value"].notna() & ~cells["component"].isin([STEP, MEDIAN])
    is_compared &= cells["period"] != ""  # another rule asks for the period of a figure
    cells = cells.loc[is_compared, EXPECTED_COLUMNS]
    if context.history is None or context.history.empty or cells.empty:
        return cells.iloc[:0].reindex(columns=[*EXPECTED_COLUMNS, *EXPECTATION_COLUMNS])
    first = cells["period"].min()
    history = comparable_history(context.history, context.indicators, first)
    expectations = _expectations(history, before=first)
    latest = expectations.drop_duplicates(list(SERIES), keep="last")
    joined = cells.merge(latest, on=list(SERIES), suffixes=("", "_was"))
    # Compare years with years, quarters with quarters: equal lengths are the same kind of period.
    joined = joined[joined["period"].str.len() == joined["period_was"].str.len()]
    return joined.assign(years=_midpoints(joined["period"]) - joined["when"])


def comparable_history(
    history: pd.DataFrame, indicators: Mapping[str, Indicator], until: str
) -> pd.DataFrame:
    """Leave out values from before a change of definition that lies before a period."""
    end = ReferencePeriod.parse(until)
    old = [
        rows.index[[ReferencePeriod.parse(text).begins_before(start) for text in rows["period"]]]
        for rows, start in definition_breaks(history, indicators)
        if not end.begins_before(start)
    ]
    return history.drop(index=[number for index in old for number in index])


def _midpoints(periods: pd.Series) -> pd.Series:
    parsed = parse_periods(periods.unique())
    midpoints = {text: period.midpoint for text, period in parsed.items()}
    return periods.map(midpoints).astype(float)


def _expectations(history: pd.DataFrame, before: str) -> pd.DataFrame:
    """Earlier values in order, with the series' usual growth, its spread, and its level."""
    values = history.loc[history["period"] < before, [*KEY, "value"]].dropna(subset="value")
    values = values.sort_values("period", kind="stable").drop_duplicates(list(KEY), keep="last")
    series, when = values.groupby(list(SERIES), sort=False).ngroup(), _midpoints(values["period"])
    logs = _log(values["value"].where(values["value"] > 0))
    change = (logs - logs.groupby(series).shift()) / (when - when.groupby(series).shift())
    usual = change.groupby(series).transform("median")
    spread = (change - usual).abs().groupby(series).transform("median") / NORMAL_MAD
    level = (logs - usual * when).groupby(series).transform("median") + usual * when
    changes = change.groupby(series).transform("count")
    positive = values["value"].where(values["value"] > 0).groupby(series)
    least, most = positive.transform("min"), positive.transform("max")
    return values.assign(
        usual=usual, spread=spread, level=level, changes=changes, least=least, most=most, when=when
    )


@rule(Severity.WARNING)
def outlier_in_history(context: ValidationContext) -> pd.DataFrame:
    """Compare the value with the expectation from the series itself."""
    cells = compare_with_history(context)
    if cells.empty:
        return cells
    cells = _comparable_counts(cells)
    cells = cells[cells["changes"] + 1 >= SHORTEST_HISTORY]
    if cells.empty:
        return cells
    growth, spread = cells["usual"] * cells["years"], cells["spread"]
    from_last = _log(cells["value"] / cells["value_was"]) - growth
    from_all = _log(cells["value"]) - cells["level"] - growth
    agree = from_last * from_all > 0
    surprise = pd.concat([from_last.abs(), from_all.abs()], axis=1).min(axis=1).where(agree, 0)
    allowed = np.hypot(spread * (1 + FEW_CHANGES / cells["changes"]), _chance_variation(cells))
    offends = (surprise > OUTLIER * allowed) & (surprise > np.log(SMALLEST_FACTOR))
    offends |= (surprise > np.log(LARGE_FACTOR)) & _is_outside_all(cells)
    usual = (np.exp(cells["usual"]) - 1) * 100
    cells = cells.assign(usual=usual.map("{:+.0f} %".format))
    return format_changes(cells[offends], "usual")


@rule(Severity.WARNING)
def large_change(context: ValidationContext) -> pd.DataFrame:
    """With too few earlier values to know what is usual, question only large factors."""
    cells = compare_with_history(context)
    if cells.empty:
        return cells
    cells = _comparable_counts(cells)
    cells = cells[cells["changes"] + 1 < SHORTEST_HISTORY]
    change = _log(cells["value"] / cells["value_was"]).abs()
    beyond_chance = change > OUTLIER * _chance_variation(cells)
    return format_changes(
        cells[(change > np.log(LARGE_FACTOR) * cells["years"].clip(lower=1)) & beyond_chance]
    )


@rule(Severity.WARNING)
def unexpected_zero(context: ValidationContext) -> pd.DataFrame:
    """A zero after a count, or a count after a zero; a zero means that there were no cases."""
    cells = compare_with_history(context)
    if cells.empty:
        return cells
    one_zero = (cells["value"] == 0) != (cells["value_was"] == 0)
    return format_changes(cells[one_zero & _is_large_change(cells)])


def _is_outside_all(cells: pd.DataFrame) -> pd.Series:
    """Whether a value is far above or below every earlier one of its series, and not by chance."""
    above, below = _log(cells["value"] / cells["most"]), _log(cells["least"] / cells["value"])
    outside = above.where(above > below, below)
    is_large = outside > float(np.log(LARGE_FACTOR))
    return is_large & (outside > OUTLIER * _chance_variation(cells))


def _comparable_counts(cells: pd.DataFrame) -> pd.DataFrame:
    """Rows whose ratio is meaningful: positive values that differ by some cases."""
    return cells[(cells["value"] > 0) & (cells["value_was"] > 0) & _is_large_change(cells)]


def _chance_variation(cells: pd.DataFrame) -> pd.Series:
    """The random variation of the logarithm of the ratio of two counts."""
    return (1 / cells["value"] + 1 / cells["value_was"]) ** 0.5


def _log(values: pd.Series) -> pd.Series:
    return pd.Series(np.log(values.astype(float)), values.index)


def _is_large_change(cells: pd.DataFrame) -> pd.Series:
    return (cells["value"] - cells["value_was"]).abs() >= SMALLEST_CHANGE


def format_changes(cells: pd.DataFrame, *more: str) -> pd.DataFrame:
    """The values of a finding; parts are left out if their total is questioned too."""
    is_total = (cells[[*BREAKDOWNS]] == TOTAL).all(axis=1)
    totals = pd.MultiIndex.from_frame(cells.loc[is_total, TOTAL_KEY])
    kept = is_total | ~pd.MultiIndex.from_frame(cells[TOTAL_KEY]).isin(totals)
    was = cells["value_was"].map(plain_digits)
    change = (cells["value"] / cells["value_was"].where(cells["value_was"] > 0) - 1) * 100
    percent = change.map("{:+.0f} %".format).replace("+nan %", "–").replace("nan %", "–")
    cells = cells.assign(was=was, when=cells["period_was"], change=percent)
    return cells.loc[kept, ["sheet", "cell", "typed", "was", "when", "change", *more]]
