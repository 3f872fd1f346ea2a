"""What a chart shows, as a table: for the table view and for the file to take away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from dashboard.assessments import shown_status
from dashboard.data import Release, records
from dashboard.series import AssessedSeries, is_full
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Direction
from metrics.core.period import ReferencePeriod
from metrics.core.series import parse_codes


@dataclass(frozen=True)
class Part:
    """One line of a chart that is broken down."""

    codes: dict[str, str]
    values: pd.DataFrame


def trend_view(track: AssessedSeries) -> pd.DataFrame:
    """The periods of a series, each with where the official path stands and the gap to it.

    A gap is positive where the figure is better than the path. Where the release holds a history
    of statuses, each period has its status too; it is empty where none could be given.
    """
    rows = records(track.values)
    table = track.values.assign(full=[is_full(row["period"]) for row in rows])
    table[["path", "gap"]] = np.array([path_and_gap(track, row) for row in rows]).reshape(-1, 2)
    if track.status_history:
        statuses = [period_statuses(track, row["period"]) for row in rows]
        table[["status", "computed_status"]] = np.array(statuses, dtype=object).reshape(-1, 2)
    return table


def period_statuses(track: AssessedSeries, period: str) -> tuple[str, str]:
    """The status of a period and the computed one, which differ where a reviewer has set it."""
    row = track.status_history.get(period)
    if row is None:
        return "", ""
    computed = shown_status(row["status"], row["category"])
    is_latest = period == list(track.status_history)[-1]
    return (str(track.status) if is_latest else computed), computed


def path_and_gap(track: AssessedSeries, row: Mapping[str, Any]) -> tuple[float, float]:
    """The path in one period and the gap to it, as the release holds them."""
    if track.trajectory:
        released = track.trajectory.get(row["period"])
        return (released["expected_value"], released["gap"]) if released else (np.nan, np.nan)
    return path_of_verdict(track, row)


def path_of_verdict(track: AssessedSeries, row: Mapping[str, Any]) -> tuple[float, float]:
    """Read off the path of the stored verdict, for releases without a table `trajectory`."""
    verdict = track.official.verdict if track.official else None
    if verdict is None or not verdict.path:
        return np.nan, np.nan
    if row["period"] == verdict.period:
        return float_or_nan(verdict.expected_value), float_or_nan(verdict.gap)
    if not is_full(row["period"]):
        return np.nan, np.nan
    path = read_off(verdict.path, ReferencePeriod.parse(row["period"]).midpoint)
    sign = -1.0 if track.indicator.direction is Direction.DOWN else 1.0
    return path, sign * (float_or_nan(row["value"]) - path)


def float_or_nan(value: float | None) -> float:
    return np.nan if value is None else float(value)


def midpoints(table: pd.DataFrame) -> pd.Series:
    middles = [ReferencePeriod.parse(period).midpoint for period in table["period"]]
    return pd.Series(middles, index=table.index, dtype=float)


def read_off(path: Sequence[tuple[float, float]], at: float) -> float:
    """The height of the drawn path; nothing before it starts or after it ends."""
    when, height = zip(*path, strict=True)
    return float(np.interp(at, when, height, left=np.nan, right=np.nan))


def series_parts(track: AssessedSeries, release: Release | None, by: Sequence[str]) -> list[Part]:
    """The series of each code, or of each pair of codes, of a breakdown, in code-list order."""
    if release is None or not by:
        return []
    series = release.parts(track.indicator.code, track.component, track.area)
    found = [Part(parse_codes(codes), rows) for codes, rows in series.items()]
    wanted = {*by} | set(track.codes)
    return sorted(
        (part for part in found if set(part.codes) == wanted),
        key=lambda part: [code_position(code_list, part.codes[code_list]) for code_list in by],
    )


def code_position(by: str, code: str) -> int:
    codes = list(codelist(by))
    return codes.index(code) if code in codes else len(codes)


def reported_periods(every: Mapping[str, AssessedSeries]) -> list[str]:
    """The full periods for which any Member State has a row, newest first."""
    found = {period for track in every.values() for period in track.values["period"]}
    ordered = sorted(map(ReferencePeriod.parse, found), reverse=True)
    return [str(period) for period in ordered if period.is_full_year] or list(map(str, ordered))


def states_view(every: Mapping[str, AssessedSeries], period: str) -> pd.DataFrame:
    """One row a Member State: its figure in the period, the path, the gap, the status."""
    return pd.DataFrame([state_row(track, area, period) for area, track in every.items()])


def same_series_by_state(
    track: AssessedSeries, by_state: Mapping[str, Sequence[AssessedSeries]]
) -> dict[str, AssessedSeries]:
    """The same series of each Member State; one that a state has no row of is empty."""
    named = {area: {track.name: track for track in own} for area, own in by_state.items()}
    return {
        area: own.get(track.name)
        or AssessedSeries(track.indicator, area, track.codes, track.values[:0])
        for area, own in named.items()
    }


def state_row(track: AssessedSeries, area: str, period: str) -> dict[str, object]:
    """What is known of a state in one period; without a row it has not reported."""
    row = next((record for record in records(track.values) if record["period"] == period), {})
    path, gap = path_and_gap(track, row) if row else (np.nan, np.nan)
    return {
        "area": area,
        "period": period,
        "value": float_or_nan(row.get("value")),
        "observation_status": row.get("observation_status", ""),
        "confidentiality_status": row.get("confidentiality_status", ""),
        "path": path,
        "gap": gap,
        "late": row.get("late") is True,
        "remark": row.get("remark") or "",
        "status": str(track.status),
        "computed_status": str(track.official.computed) if track.official else "",
    }


def order_states(states: pd.DataFrame, order: str) -> pd.DataFrame:
    """In protocol order, or by value; a state without a figure stands last."""
    is_by_value = order == "value"
    return states.sort_values("value", kind="stable", ascending=False) if is_by_value else states
