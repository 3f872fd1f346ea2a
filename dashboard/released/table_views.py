"""The table behind each chart, for the table view and for downloads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.data import Release
from dashboard.released.assessments import Assessment, StatusAge, are_unclear
from dashboard.released.goal_statuses import NO_FIGURE, status_of_series
from dashboard.released.released_parts import code_position
from dashboard.released.series import AssessedSeries, has_value, is_full
from dashboard.released.state_statuses import StateStatuses, marks_of_states
from dashboard.rounding import MOST_DECIMALS, Comparison, compare, decimals_of, round_both
from dashboard.rows_by_key import Record
from metrics.catalogue.definitions.indicators import Kind
from metrics.core.period import ReferencePeriod
from metrics.core.series import parse_codes
from metrics.core.tables import ATTRIBUTES
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import Status, split_reasons


@dataclass(frozen=True)
class Part:
    """One code, or pair of codes, of a breakdown, with its values."""

    codes: dict[str, str]
    values: Sequence[Record]

    @property
    def latest(self) -> Record | None:
        """The row of the latest value."""
        return next((row for row in reversed(self.values) if has_value(row)), None)


def trend_view(series: AssessedSeries) -> pd.DataFrame:
    """The rows of a trend as a table."""
    return with_whole_decimals(pd.DataFrame(rows_of_trend(series)))


def rows_of_trend(series: AssessedSeries) -> list[Record]:
    """The periods of a series, each with the expected value on the official path and the gap.

    A gap is positive where the value is better than the path. If the release holds a status
    history, each period has its status too, empty where it could not be assessed.
    """
    return [
        {
            **row,
            "full": is_full(row["period"]),
            **path_cells(series, row),
            **(status_cells(series, row["period"]) if series.status_history else {}),
        }
        for row in series.values
    ]


def path_cells(series: AssessedSeries, row: Record) -> dict[str, Any]:
    """The path and the gap of a period, and what the path is."""
    path, gap = path_and_gap(series, row)
    relative = relative_gap(series, row, gap)
    cells: dict[str, Any] = {"path": path, "gap": gap, "relative_gap": relative}
    if series.official:
        cells["decimals"] = decimals_beside_path(series, {**row, "path": path, "gap": gap})
    if series.rates:
        cells["per_100_000_children"] = series.rates.get(row["period"], np.nan)
    if series.official:
        is_carried = not np.isnan(path) and is_path_backcast(series, row["period"])
        key = series.official.key_of_path(is_backcast=is_carried)
        cells |= {"path_key": "" if np.isnan(path) else key, "path_carried_back": is_carried}
    return cells


def status_cells(series: AssessedSeries, period: str) -> dict[str, Any]:
    assessed = assessment_of(series, period)
    return {
        "status": str(assessed.status) if assessed else "",
        "computed_status": str(assessed.computed) if assessed else "",
        "assessment": assessed,
        "status_age": age_of_status(series, period),
    }


def count_agreeing_states(
    table: pd.DataFrame, union: AssessedSeries, states: Sequence[AssessedSeries]
) -> pd.DataFrame:
    """Add to each status of the Union how many States had it then, and how many were assessed.

    Unchanged for other series than those that have a status of the Union.
    """
    if "status" not in table:
        return table
    beside = [
        StateStatuses.beside(
            union.as_of(period), marks_of_states([state.as_of(period) for state in states])
        ) if status else None
        for period, status in zip(table["period"], table["status"], strict=True)
    ]  # fmt: skip
    if not any(beside):
        return table
    counts = [(found.agreeing, found.assessed) if found else (None, None) for found in beside]
    agreeing, all_assessed = zip(*counts, strict=True)
    return table.assign(
        states_with_status=pd.array(agreeing, dtype="Int64"),
        states_assessed=pd.array(all_assessed, dtype="Int64"),
    )


def is_path_backcast(series: AssessedSeries, period: str) -> bool:
    """Whether the path of a period starts from a value computed for the same States."""
    assessed = series.status_history.get(period)
    if assessed is not None:
        return Reason.MATCHED_PANEL in split_reasons(assessed["reason"])
    return series.official is not None and series.official.is_backcast


def assessment_of(series: AssessedSeries, period: str) -> Assessment | None:
    """The official assessment of a period; only the latest can have been set by a reviewer."""
    row = series.status_history.get(period)
    if row is None or series.official is None:
        return None
    is_latest = period == list(series.status_history)[-1]
    return series.official if is_latest else series.official.as_assessed(row)


def age_of_status(series: AssessedSeries, period: str) -> StatusAge | None:
    """Why the status of a period is not current, if it is still the official one; else None."""
    official = series.official
    return official.status_age if official and official.verdict.period == period else None


def path_and_gap(series: AssessedSeries, row: Mapping[str, Any]) -> tuple[float, float]:
    """The expected value and the gap of one period: as assessed then, else on the path of today.

    Where no level was agreed, a difference that counts as no change is no gap.
    """
    path, gap = _expected_and_gap(series, row)
    return path, np.nan if is_change_unclear(series, str(row["period"])) else gap


def relative_gap(series: AssessedSeries, row: Mapping[str, Any], gap: float) -> float:
    """The released gap in per cent of the expected value; NaN where the page has no gap."""
    if np.isnan(gap):
        return np.nan
    assessed = series.status_history.get(row["period"])
    if assessed is not None and not np.isnan(assessed["gap"]):
        return float(assessed.get("relative_gap", np.nan))
    if row["period"] in series.trajectory:
        return float(series.trajectory[row["period"]].get("relative_gap", np.nan))
    official = series.official
    is_assessed = official is not None and official.verdict.period == row["period"]
    return float_or_nan(official.relative_gap) if official and is_assessed else np.nan


def is_change_unclear(series: AssessedSeries, period: str) -> bool:
    """Whether a period's difference from the start is too small to count, or was not assessed."""
    official = series.official
    if official is None or official.has_level:
        return False
    if series.status_history:
        assessed = series.status_history.get(period)
        return (
            assessed is None
            or assessed["status"] == Status.NOT_ASSESSED
            or are_unclear(split_reasons(assessed["reason"]))
        )
    return period == official.verdict.period and official.is_change_unclear


def _expected_and_gap(series: AssessedSeries, row: Mapping[str, Any]) -> tuple[float, float]:
    assessed = series.status_history.get(row["period"])
    if assessed is not None and not np.isnan(assessed["gap"]):
        return assessed["expected_value"], assessed["gap"]
    if is_from_other_states(series, row):
        return np.nan, np.nan
    if series.trajectory:
        released = series.trajectory.get(row["period"])
        return (released["expected_value"], released["gap"]) if released else (np.nan, np.nan)
    return path_of_verdict(series, row)


def compare_with_path(series: AssessedSeries, value: float, expected: float) -> Comparison:
    """A value and what is expected of it, in the decimals that their difference needs.

    Shares of counts and medians have the same decimals wherever they are printed, and a large count
    is a whole number, where that is right of its path and gap too. Published values keep the
    decimals of their sources, and so does the difference between them.
    """
    if value in series.quoted:
        other = series.quoted.get(expected, decimals_of(expected))
        return compare(value, expected, max(series.quoted[value], other), most_decimals(series))
    if series.usual_decimals is not None:
        return round_both(value, expected, series.usual_decimals, is_fixed=True)
    is_carried = series.official is not None and series.official.is_backcast
    is_large = is_count(series) and decimals_of(value) == 0
    fewest = 0 if (is_carried or is_large) and float(value).is_integer() else None
    return compare(value, expected, fewest)


def is_count(series: AssessedSeries) -> bool:
    """Whether the figures are counts of cases, persons or measures."""
    return series.indicator.kind in {Kind.FLOW, Kind.STOCK} and not series.other_component


def decimals_beside_path(series: AssessedSeries, row: Mapping[str, Any]) -> int | None:
    """The decimals of a value beside its path; None for a value alone."""
    if any(pd.isna(row.get(name)) for name in ("value", "path", "gap")):
        return None
    return compare_with_path(series, row["value"], row["path"]).decimals


def most_decimals(series: AssessedSeries) -> int:
    """The decimals that a figure may have at most: a share of counts has no thousandths."""
    return MOST_DECIMALS if series.usual_decimals is None else series.usual_decimals


def is_from_other_states(series: AssessedSeries, row: Mapping[str, Any]) -> bool:
    """Whether the value was reported by other States than those of a path calculated back."""
    official = series.official
    if official is None or not official.is_backcast:
        return False
    return str(row["period"]) != official.verdict.period


def path_of_verdict(series: AssessedSeries, row: Mapping[str, Any]) -> tuple[float, float]:
    """Interpolate the path of the verdict, for releases without a `trajectory` table."""
    verdict = series.official.verdict if series.official else None
    if verdict is None or not verdict.path:
        return np.nan, np.nan
    if row["period"] == verdict.period:
        return float_or_nan(verdict.expected_value), float_or_nan(verdict.gap)
    if not is_full(row["period"]):
        return np.nan, np.nan
    path = interpolate_path(verdict.path, ReferencePeriod.parse(row["period"]).midpoint)
    return path, series.indicator.direction.sign_of_gap * (float_or_nan(row["value"]) - path)


def float_or_nan(value: float | None) -> float:
    return np.nan if value is None else float(value)


def midpoints(rows: Iterable[Record]) -> list[float]:
    return [ReferencePeriod.parse(row["period"]).midpoint for row in rows]


def interpolate_path(path: Sequence[tuple[float, float]], at: float) -> float:
    """Interpolate the path at a time; NaN before its start and after its end."""
    when, height = zip(*path, strict=True)
    return float(np.interp(at, when, height, left=np.nan, right=np.nan))


def series_parts(series: AssessedSeries, release: Release | None, by: Sequence[str]) -> list[Part]:
    """The series of each code, or of each pair of codes, of a breakdown, in code-list order."""
    if release is None or not by:
        return []
    parts = release.parts(series.indicator.code, series.component, series.area)
    found = [Part(parse_codes(codes), rows) for codes, rows in parts.items()]
    wanted = {*by} | set(series.codes)
    return sorted(
        (part for part in found if set(part.codes) == wanted),
        key=lambda part: [code_position(code_list, part.codes[code_list]) for code_list in by],
    )


def states_view(
    by_state: Mapping[str, AssessedSeries],
    period: str,
    marks_of_goal: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """One row for each Member State: its value in the period, the path, the gap, the status.

    Where the series that leads a goal has no figure, the mark is that of the goal.
    """
    rows = [state_row(series, area, period) for area, series in by_state.items()]
    for row in rows:
        if row["status"] == NO_FIGURE:
            row["status"] = (marks_of_goal or {}).get(str(row["area"]), NO_FIGURE)
    return with_whole_decimals(pd.DataFrame(rows))


def with_whole_decimals(rows: pd.DataFrame) -> pd.DataFrame:
    """The numbers of decimals as whole numbers, where some rows have none."""
    return rows.astype({"decimals": "Int64"}) if "decimals" in rows else rows


def state_row(series: AssessedSeries, area: str, period: str) -> dict[str, object]:
    """The row of a State in one period, empty if it has not reported."""
    row = next((record for record in series.values if record["period"] == period), {})
    path, gap = path_and_gap(series, row) if row else (np.nan, np.nan)
    status = status_of_series(series)
    return {
        "indicator": series.indicator.code,
        "area": area,
        "period": period,
        "value": float_or_nan(row.get("value")),
        "observation_status": row.get("observation_status", ""),
        "confidentiality_status": row.get("confidentiality_status", ""),
        "path": path,
        "gap": gap,
        "relative_gap": relative_gap(series, row, gap) if row else np.nan,
        "decimals": decimals_beside_path(series, {**row, "path": path, "gap": gap}),
        **({"per_100_000_children": series.rates.get(period, np.nan)} if series.rates else {}),
        "late": row.get("late") is True,
        **{name: row.get(name) or "" for name in ATTRIBUTES},
        "status": status.mark,
        "last_status": status.last,
        "computed_status": str(series.official.computed) if series.official else "",
        "status_period": status.period,
        "status_age": series.official.status_age if series.official else None,
        "path_key": series.official.path_key if series.official else "",
        "assessment": series.official,
    }


ORDERS = ("", "value", "gap")


def order_states(states: pd.DataFrame, order: str) -> pd.DataFrame:
    """Keep protocol order, or sort by value, or by the gap from the lowest; those without last.

    Where the release has gaps in per cent of the path, these decide: they do not depend on size.
    """
    if order == "value":
        return states.sort_values("value", kind="stable", ascending=False)
    if order == "gap":
        return states.sort_values(["relative_gap", "gap"], kind="stable")
    return states
