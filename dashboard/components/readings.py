"""The table twin of each chart: the same view, for reading with eyes, ears or a ruler."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import dcc, html

from dashboard.charts.marks import reservation, why_absent
from dashboard.charts.trend import path_name
from dashboard.components.overrides import in_short
from dashboard.components.status import badge
from dashboard.components.tables import Cell, table
from dashboard.data import records
from dashboard.texts import Text
from dashboard.tracks import Track
from dashboard.twins import Part


def trend_table(caption: str, track: Track, values: pd.DataFrame, text: Text) -> html.Div:
    columns = [text("table.period"), text("table.value"), path_name(track, text), text("table.gap"),
               text("table.coverage"), text("table.note")]  # fmt: skip
    rows = [
        [
            text.period(row["period"]),
            value(row, track, text),
            number(row["path"], text),
            number(row["gap"], text, signed=True),
            reporting(row, text),
            note(row, text),
        ]
        for row in records(values)
    ]
    return table(caption, columns, rows, numeric=[1, 2, 3])


def parts_table(
    caption: str, track: Track, parts: Sequence[tuple[str, Part]], text: Text
) -> html.Div:
    """One row a period, one column a part."""
    periods = sorted({period for _, part in parts for period in part.values["period"]})
    found = {(name, row["period"]): row for name, part in parts for row in records(part.values)}
    rows = [
        [text.period(period), *(cell(found.get((name, period)), track, text) for name, _ in parts)]
        for period in periods
    ]
    columns = [text("table.period"), *(name for name, _ in parts)]
    return table(caption, columns, rows, numeric=range(1, len(columns)))


def states_table(caption: str, track: Track, states: pd.DataFrame, text: Text) -> html.Div:
    columns = [text("overview.area"), text("table.value"), path_name(track, text),
               text("table.gap"), text("table.status"), text("table.note")]  # fmt: skip
    rows = [
        [
            text.code("area", row["area"]),
            value(row, track, text),
            number(row["path"], text),
            number(row["gap"], text, signed=True),
            status_cell(row, text),
            note(row, text),
        ]
        for row in records(states)
    ]
    return table(caption, columns, rows, numeric=[1, 2, 3])


def part_name(part: Part, text: Text) -> str:
    return ", ".join(text.code(by, code) for by, code in part.codes.items())


def cell(row: Mapping[str, Any] | None, track: Track, text: Text) -> Cell:
    return (
        value(row, track, text)
        if row
        else html.Span(text("absent.not_reported"), className="absent")
    )


def value(row: Mapping[str, Any], track: Track, text: Text) -> Cell:
    if pd.isna(row["value"]):
        return html.Span(why_absent(row, text), className="absent")
    return track.shown(row["value"], text)


def status_cell(row: Mapping[str, Any], text: Text) -> Cell:
    """The status that counts, and the computed one where a reviewer has set another."""
    return [badge(row["status"], text), in_short(row["status"], row["computed_status"], text)]


def number(value: float | None, text: Text, *, signed: bool = False) -> str:
    if pd.isna(value):
        return "–"
    return text.signed(value) if signed else text.number(value)


def reporting(row: Mapping[str, Any], text: Text) -> str:
    expected = row.get("areas_expected")
    if pd.isna(expected) or expected <= 1:
        return "–"
    return text("table.of", reporting=int(row["areas_reporting"]), expected=int(expected))


def note(row: Mapping[str, Any], text: Text) -> Cell:
    """Reservations, the submitter's remark, and where the figure is published."""
    said = ". ".join(filter(None, [reservation(row, text), str(row.get("remark") or "")]))
    address = str(row.get("address") or "")
    source = str(row.get("source") or row.get("reference") or "")
    if address.startswith(("https://", "http://")):
        return [
            said + " " if said else "",
            dcc.Link(source or address, href=address, target="_blank"),
        ]
    return ". ".join(filter(None, [said, source]))
