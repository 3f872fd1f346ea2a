"""Markers and notes for observation statuses: by shape and in words, never by colour alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard import theme
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from metrics.core.tables import (
    BREAK,
    MISSING,
    NORMAL,
    NOT_APPLICABLE,
    NOT_COLLECTED,
    STEP,
    WITHHELD,
)

# Plotly symbols by observation status: an open shape marks a qualified value.
SHAPES = {
    NORMAL: "circle",
    BREAK: "circle",
    "P": "circle-open",
    "E": "diamond-open",
    "I": "diamond-open",
    "F": "diamond-open",
    "D": "square-open",
    "U": "triangle-up-open",
}
OTHER_SHAPE = "square-open"
# Plotly symbols at the bottom of a chart where a value is absent, by reason.
STROKES = {
    "absent.suppressed": "x-thin",
    "absent.missing": "cross-thin",
    "absent.not_applicable": "line-ew",
    "absent.not_collected": "asterisk",
    "absent.not_reported": "y-down",
}


def marker_style(symbols: str | Sequence[str]) -> dict[str, Any]:
    """Style markers so that the outline of open shapes is visible."""
    return {"symbol": symbols, "size": 11, "color": theme.OBSERVED, "line": {"width": 2}}


def marker_shapes(table: pd.DataFrame) -> list[str]:
    return [SHAPES.get(status or NORMAL, OTHER_SHAPE) for status in table["observation_status"]]


def legend_entries(full: pd.DataFrame, text: Text, mode: str = "markers") -> list[go.Scatter]:
    """Legend entries: one for normal values, one for each observation status that occurs."""
    found = full[full["value"].notna()]["observation_status"].unique()
    reserved = [status for status in found if SHAPES.get(status, OTHER_SHAPE) != SHAPES[NORMAL]]
    names = {NORMAL: text("chart.observed")} | {
        status: text.code("observation_status", status) for status in reserved
    }
    return [
        go.Scatter(
            x=[None],
            y=[None],
            name=name,
            mode="markers" if status in reserved else mode,
            line={"color": theme.OBSERVED, "width": 3},
            marker=marker_style(SHAPES.get(status, OTHER_SHAPE)),
        )
        for status, name in names.items()
    ]


def value_axis(series: AssessedSeries, text: Text) -> dict[str, Any]:
    """Start the axis at zero, so that no change looks larger than it is; label steps by name."""
    unit = {"text": text.unit(series.unit)}
    axis: dict[str, Any] = {"title": unit, "rangemode": "tozero", "tickformat": ","}
    if series.component == STEP:
        names = [text.code("step", step) for step in series.indicator.ladder]
        axis |= {"title": None, "tickvals": list(range(len(names))), "ticktext": names}
    return axis


def absence_key(row: Mapping[str, Any]) -> str:
    """The message key of the reason why a value is absent: missing, suppressed, and so on."""
    status = row.get("observation_status") or ""
    if row.get("confidentiality_status") in {"C", "N", "D", "S"} and status in {"", WITHHELD}:
        status = WITHHELD
    known = {NOT_APPLICABLE: "absent.not_applicable", WITHHELD: "absent.suppressed",
             NOT_COLLECTED: "absent.not_collected", MISSING: "absent.missing"}  # fmt: skip
    return known.get(status, "absent.not_reported")


def coverage_note(row: Mapping[str, Any], text: Text, key: str) -> str:
    """How many of the areas in a total have reported; empty for a single area."""
    expected = row.get("areas_expected")
    if not expected or not expected > 1:
        return ""
    return text(key, reporting=int(row["areas_reporting"]), expected=int(expected))


def why_absent(row: Mapping[str, Any], text: Text) -> str:
    return text(absence_key(row))


def reservation(row: Mapping[str, Any], text: Text) -> str:
    """The qualification of a value, such as `provisional value`; empty for a normal value."""
    status = row.get("observation_status") or NORMAL
    remarks = [] if status == NORMAL else [text.code("observation_status", status)]
    if row.get("late") is True:
        whole = not float(row.get("areas_expected") or 1) > 1
        remarks.append(text("mark.late" if whole else "mark.some_late"))
    return ", ".join(remarks)
