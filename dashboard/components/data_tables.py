"""The table twin of each chart: the same view, for reading with eyes, ears or a ruler."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.charts.marks import coverage_note, reservation, why_absent
from dashboard.charts.trend import path_name
from dashboard.components.overrides import override_note
from dashboard.components.status import badge
from dashboard.components.tables import Cell, table
from dashboard.data import records
from dashboard.series import AssessedSeries
from dashboard.table_views import Part
from dashboard.texts import Text, decimals_of


def trend_table(caption: str, track: AssessedSeries, values: pd.DataFrame, text: Text) -> html.Div:
    """One row a period; with the status of each where the release holds a history of them."""
    status = [text("table.status")] if "status" in values else []
    columns = [text("table.period"), text("table.value"), path_name(track, text), text("table.gap"),
               *status, text("table.coverage"), text("table.note")]  # fmt: skip
    rows = [
        [text.period(row["period"]), *figure_cells(row, track, text),
         *([status_cell(row, text)] if status else []),
         coverage_note(row, text, "table.of") or "–", note_cell(row, text)]
        for row in records(values)
    ]  # fmt: skip
    return table(caption, columns, rows, numeric=[1, 2, 3])


def parts_table(
    caption: str, track: AssessedSeries, parts: Sequence[tuple[str, Part]], text: Text
) -> html.Div:
    """One row a period, one column a part."""
    periods = sorted({period for _, part in parts for period in part.values["period"]})
    found = {(name, row["period"]): row for name, part in parts for row in records(part.values)}
    rows = [
        [
            text.period(period),
            *(part_cell(found.get((name, period)), track, text) for name, _ in parts),
        ]
        for period in periods
    ]
    columns = [text("table.period"), *(name for name, _ in parts)]
    return table(caption, columns, rows, numeric=range(1, len(columns)))


def states_table(caption: str, track: AssessedSeries, states: pd.DataFrame, text: Text) -> html.Div:
    columns = [text("overview.area"), text("table.value"), path_name(track, text),
               text("table.gap"), text("table.status"), text("table.note")]  # fmt: skip
    rows = [
        [text.code("area", row["area"]), *figure_cells(row, track, text), status_cell(row, text),
         note_cell(row, text)]
        for row in records(states)
    ]  # fmt: skip
    return table(caption, columns, rows, numeric=[1, 2, 3])


def part_name(part: Part, text: Text) -> str:
    return ", ".join(text.code(by, code) for by, code in part.codes.items())


def part_cell(row: Mapping[str, Any] | None, track: AssessedSeries, text: Text) -> Cell:
    return value_cell(row or {"value": None}, track, text)


def figure_cells(row: Mapping[str, Any], track: AssessedSeries, text: Text) -> list[Cell]:
    """The figure, where its path stands, and the gap between them."""
    path, gap = row["path"], row["gap"]
    digits = None if pd.isna(gap) else decimals_of(gap)
    return [
        value_cell(row, track, text),
        "–" if pd.isna(path) else text.number(path, digits),
        "–" if pd.isna(gap) else text.signed(gap),
    ]


def value_cell(row: Mapping[str, Any], track: AssessedSeries, text: Text) -> Cell:
    if pd.isna(row["value"]):
        return html.Span(why_absent(row, text), className="absent")
    return track.format_value(row["value"], text)


def status_cell(row: Mapping[str, Any], text: Text) -> Cell:
    """The status that counts, and the computed one where a reviewer has set another."""
    if not row["status"]:
        return "–"
    return [badge(row["status"], text), override_note(row["status"], row["computed_status"], text)]


def note_cell(row: Mapping[str, Any], text: Text) -> Cell:
    """Reservations, the submitter's remark, and where the figure is published."""
    remarks = ". ".join(filter(None, [reservation(row, text), str(row.get("remark") or "")]))
    address = str(row.get("address") or "")
    source = str(row.get("source") or row.get("reference") or "")
    if address.startswith(("https://", "http://")):
        return [
            remarks + " " if remarks else "",
            dcc.Link(source or address, href=address, target="_blank"),
        ]
    return ". ".join(filter(None, [remarks, source]))
