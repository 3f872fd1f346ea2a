"""How a status of an observation is drawn: by shape and in words, never by colour alone."""

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

# Symbols of plotly: an open shape is a figure with a reservation.
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
# What stands at the foot of a chart where there is no figure: a stroke for each reason.
STROKES = {
    "absent.suppressed": "x-thin",
    "absent.missing": "cross-thin",
    "absent.not_applicable": "line-ew",
    "absent.not_collected": "asterisk",
    "absent.not_reported": "y-down",
}


def marker_style(symbols: str | Sequence[str]) -> dict[str, Any]:
    """How figures are drawn: an open shape needs a line that can be seen."""
    return {"symbol": symbols, "size": 11, "color": theme.OBSERVED, "line": {"width": 2}}


def marker_shapes(table: pd.DataFrame) -> list[str]:
    return [SHAPES.get(status or NORMAL, OTHER_SHAPE) for status in table["observation_status"]]


def legend_entries(full: pd.DataFrame, text: Text, mode: str = "markers") -> list[go.Scatter]:
    """What each shape says, in the legend: a figure, and a figure with each reservation."""
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


def value_axis(track: AssessedSeries, text: Text) -> dict[str, Any]:
    """From zero, so that no change looks larger than it is; steps of a ladder by their names."""
    unit = {"text": text.unit(track.unit)}
    axis: dict[str, Any] = {"title": unit, "rangemode": "tozero", "tickformat": ","}
    if track.component == STEP:
        names = [text.code("step", step) for step in track.indicator.ladder]
        axis |= {"title": None, "tickvals": list(range(len(names))), "ticktext": names}
    return axis


def absence_key(row: Mapping[str, Any]) -> str:
    """The key of the reason why there is no value: missing, suppressed, and so on."""
    status = row.get("observation_status") or ""
    if row.get("confidentiality_status") in {"C", "N", "D", "S"} and status in {"", WITHHELD}:
        status = WITHHELD
    known = {NOT_APPLICABLE: "absent.not_applicable", WITHHELD: "absent.suppressed",
             NOT_COLLECTED: "absent.not_collected", MISSING: "absent.missing"}  # fmt: skip
    return known.get(status, "absent.not_reported")


def coverage_note(row: Mapping[str, Any], text: Text, key: str) -> str:
    """How many of the areas that a sum is made of have reported; empty for a single area."""
    expected = row.get("areas_expected")
    if not expected or not expected > 1:
        return ""
    return text(key, reporting=int(row["areas_reporting"]), expected=int(expected))


def why_absent(row: Mapping[str, Any], text: Text) -> str:
    return text(absence_key(row))


def reservation(row: Mapping[str, Any], text: Text) -> str:
    """What is to be known of a figure: `provisional value`; empty for a normal one."""
    status = row.get("observation_status") or NORMAL
    remarks = [] if status == NORMAL else [text.code("observation_status", status)]
    if row.get("late") is True:
        whole = not float(row.get("areas_expected") or 1) > 1
        remarks.append(text("mark.late" if whole else "mark.some_late"))
    return ", ".join(remarks)
