"""Is everything there that was asked for?"""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import pandas as pd

from metrics.catalogue.codelists import find_code
from metrics.catalogue.codelists.statuses import NOT_FREE
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.period import ReferencePeriod
from metrics.core.tables import (
    BREAKDOWNS,
    KEY,
    MEDIAN,
    NORMAL,
    SERIES,
    STEP,
    TOTAL,
    WITHOUT_VALUE,
)
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.structure import add_series, locate_cells

NOT_COUNTED_AS_MISSING = {"M", "Q"}  # not applicable; suppressed


def has_content(cells: pd.DataFrame) -> pd.Series:
    """Whether each row holds a value, or a status that says why it holds none."""
    return (cells["form"] != "empty") | ~cells["observation_status"].isin(["", NORMAL])


@rule(Severity.NOTE)
def indicator_left_out(context: ValidationContext) -> pd.DataFrame:
    """Indicators that are in the workbook, or should be, without anything filled in.

    A part of a report is asked for none: it leaves what others have reported.
    """
    cells = context.reading.observations
    filled = set(cells.loc[has_content(cells), "indicator"])
    is_whole = context.collection.areas == "member_states" and context.carried is None
    everything_is_asked = is_whole and bool(filled)
    left_out = [
        code
        for code, indicator in context.indicators.items()
        if everything_is_asked and indicator.collected and code not in filled
    ]
    first = cells.drop_duplicates("indicator").set_index("indicator")[["sheet", "cell"]]
    return first.reindex(left_out).fillna("").assign(indicator=left_out)


@rule(Severity.NOTE)
def part_left_empty(context: ValidationContext) -> pd.DataFrame:
    """An empty cell among filled ones may be a zero or not known."""
    cells = context.reading.observations
    is_part, filled = (cells[[*BREAKDOWNS]] != TOTAL).any(axis=1), has_content(cells)
    keys = [cells[name] for name in ("indicator", "component", "area", "period")]
    filled_parts = (is_part & filled).groupby(keys).transform("sum")
    return cells.loc[is_part & ~filled & (filled_parts > 0), ["sheet", "cell", "indicator"]]


@rule(Severity.NOTE)
def row_left_out(context: ValidationContext) -> pd.DataFrame:
    """A row of the template that is not in the file: deleted, or never copied."""
    cells = context.reading.observations
    keys = pd.DataFrame(_requested_keys(context), columns=["sheet", "cell", *KEY], dtype="str")
    if keys.empty:
        return keys
    there = pd.MultiIndex.from_frame(cells[[*KEY]])
    gone = ~pd.MultiIndex.from_frame(keys[[*KEY]]).isin(there)
    return add_series(keys[gone])[["sheet", "cell", "series"]]


def _requested_keys(context: ValidationContext) -> Iterator[dict[str, str]]:
    """The keys that our template asks for, for every indicator with content."""
    cells = context.reading.observations
    if "template" not in context.reading.workbook.stamp:
        return
    filled = cells[has_content(cells) & cells["indicator"].isin(context.indicators)]
    keys = ["indicator", "area", "period"]
    for row in filled.drop_duplicates(keys)[["sheet", *keys]].to_dict("records"):
        texts = {str(name): str(text) for name, text in row.items()}
        indicator = context.indicators[texts["indicator"]]
        for codes in _requested_rows(indicator, texts["period"]):
            yield {"cell": "", **dict.fromkeys(BREAKDOWNS, TOTAL), **texts, **codes}


def _requested_rows(defined: Indicator, period: str) -> Iterator[dict[str, str]]:
    """Component and breakdowns of each row whose code the sender does not choose."""
    indicator = defined.in_period(ReferencePeriod.parse(period)) if period else defined
    for component in indicator.components:
        if indicator.has_total:
            yield {"component": component}
        for breakdown in indicator.breakdowns:
            is_split = not (component == MEDIAN and "band" in breakdown.by)
            if breakdown.collected and not breakdown.chosen and is_split:
                for codes in breakdown.combinations():
                    if TOTAL not in codes.values():
                        yield {"component": component, **codes}


@rule(Severity.NOTE)
def missing_unexplained(context: ValidationContext) -> pd.DataFrame:
    """A value with the status "missing" and without a remark that explains it."""
    cells = context.reading.observations
    missing = cells["observation_status"].isin(set(WITHOUT_VALUE) - NOT_COUNTED_AS_MISSING)
    offends = missing & (cells["form"] == "empty") & (cells["remark"] == "")
    return cells.loc[offends, ["sheet", "cell", "indicator"]]


@rule(Severity.WARNING)
def remark_without_value(context: ValidationContext) -> pd.DataFrame:
    """A remark or a confidentiality in a row without a value, so that no part of it is kept."""
    own, others = context.reading.observations, context.reading.other_periods
    cells = pd.concat([own, others]) if len(others) else own
    remarked = cells["remark"].str.strip() != ""
    is_secret = cells["confidentiality_status"].isin(NOT_FREE)
    is_secret &= cells["confidentiality_status_typed"] != ""
    found = [
        _entries_not_used(cells[remarked], "remark"),
        _entries_not_used(cells[is_secret & ~remarked], "confidentiality_status"),
    ]
    return pd.concat(found)


def _entries_not_used(cells: pd.DataFrame, column: str) -> pd.DataFrame:
    """Entries of a column with no value and no status in any period."""
    if cells.empty:
        return cells[["sheet", "cell"]]
    is_used = has_content(cells).groupby([cells["sheet"], cells[f"{column}_cell"]]).transform("any")
    found = locate_cells(cells[~is_used.astype(bool)], column)
    return found.drop_duplicates(["sheet", "cell"])


@rule(Severity.WARNING)
def figure_in_last_period(context: ValidationContext) -> pd.DataFrame:
    """A figure in the column of the last period that is not what was submitted for it."""
    cells = context.reading.observations
    cells = cells[cells["last_period_typed"] != ""].drop_duplicates(["sheet", "last_period_cell"])
    if cells.empty:
        return cells
    submitted = _submitted_values(context)
    found = [
        (row["sheet"], row["last_period_cell"], row["last_period_typed"], *before)
        for row in cells.to_dict("records")
        if (before := _submitted_before(row, submitted, context)) is not None
    ]
    return pd.DataFrame(found, columns=["sheet", "cell", "typed", "was", "when"], dtype="str")


def _submitted_values(context: ValidationContext) -> dict[tuple[str, ...], dict[str, float]]:
    """What was submitted for earlier rounds: the values of each series by period."""
    if context.history is None:
        return {}
    values: dict[tuple[str, ...], dict[str, float]] = {}
    known = context.history[context.history["value"].notna()]
    for *series, period, value in known[[*KEY, "value"]].itertuples(index=False, name=None):
        values.setdefault(tuple(series), {})[period] = value
    return values


def _submitted_before(
    row: Mapping[Hashable, Any],
    submitted: Mapping[tuple[str, ...], Mapping[str, float]],
    context: ValidationContext,
) -> tuple[str, str] | None:
    """The value submitted for the last period, with it, if another is typed; None if it is that."""
    values = submitted.get(tuple(row[name] for name in SERIES), {})
    wanted = [row["last_period"]] if row["last_period"] else sorted(values, reverse=True)[:1]
    period = next((text for text in wanted if text in values), "")
    if not period:
        return "", ""
    text = _as_printed(values[period], row, context)
    return None if text == row["last_period_typed"] else (text, period)


def _as_printed(value: float, row: Mapping[Hashable, Any], context: ValidationContext) -> str:
    """A value as our workbook shows it: of a milestone the step, in the words that were typed."""
    if row["component"] != STEP:
        return f"{value:.15g}"
    ladder = context.indicators[row["indicator"]].ladder
    step = ladder[int(value)] if 0 <= value < len(ladder) else ""
    is_typed = find_code(row["last_period_typed"], "step") == step
    return str(row["last_period_typed"]) if is_typed else step
