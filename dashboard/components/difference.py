"""What a new vintage changes in the previous one, shown before it is confirmed."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from dash import html

from dashboard.components.layout import card
from dashboard.components.tables import Cell, table
from dashboard.data import records
from dashboard.rounding import compare
from dashboard.texts import PER_CENT, Text
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.loader import catalogue
from metrics.catalogue.materiality import materiality
from metrics.core.series import format_series
from metrics.submissions.desk import Examination, Outcome
from metrics.submissions.vintages import CHANGES

MOST_ROWS = 300


def difference_card(examination: Examination, text: Text) -> Iterator[html.Section]:
    if examination.difference is not None and examination.outcome is Outcome.ACCEPTED:
        yield card(
            text("submit.difference"), [*change_summary(examination, examination.difference, text)]
        )


def change_summary(examination: Examination, changes: pd.DataFrame, text: Text) -> Iterator[Any]:
    if examination.replaces is None:
        yield html.P(text("submit.first"))
    yield html.Ul(
        [
            html.Li([html.Strong(text.number(int((changes["change"] == change).sum()), 0)),
                     text(f"submit.{change}")])
            for change in CHANGES
        ],
        className="differences",
    )  # fmt: skip
    differing = changes[~changes["change"].isin(["unchanged", "new"])]
    if examination.replaces is not None and len(differing):
        yield changes_table(differing, text)


def changes_table(changes: pd.DataFrame, text: Text) -> html.Div:
    columns = [
        text(f"submit.{key}") for key in ("observation", "kind", "before", "after", "change")
    ]
    rows = [difference_row(row, text) for row in records(changes.head(MOST_ROWS))]
    caption = text("submit.difference_caption")
    if len(changes) > MOST_ROWS:
        caption += " " + text("submit.shown", shown=MOST_ROWS, of=len(changes))
    return table(caption, columns, rows, numeric=[2, 3, 4])


def difference_row(row: Mapping[str, Any], text: Text) -> list[Cell]:
    return [
        observation_name(row, text),
        text(f"submit.{row['change']}"),
        value_or_status(row["previous_value"], row["previous_observation_status"], text),
        value_or_status(row["value"], row["observation_status"], text),
        change_in_words(row, text),
    ]


def change_in_words(row: Mapping[str, Any], text: Text) -> str:
    """The change in per cent; of percentages in points, and from a small base in units."""
    if pd.isna(row["value"]) or pd.isna(row["previous_value"]):
        return "–"
    found, unit = compare(row["value"], row["previous_value"]), unit_of_row(row)
    if found.difference == 0:
        return "–"
    sign = "+" if found.difference > 0 else ""
    if unit == PER_CENT or abs(row["previous_value"]) < materiality().smallest_base:
        return sign + text.difference(found.difference, unit, found.decimals)
    return f"{text.signed(row['change_percent'])}\N{NO-BREAK SPACE}%"


def unit_of_row(row: Mapping[str, Any]) -> str:
    indicator = catalogue().indicators.get(row["indicator"])
    return unit_of_component(row["component"], indicator.unit if indicator else "")


def observation_name(row: Mapping[str, Any], text: Text) -> Cell:
    indicator = catalogue().indicators.get(row["indicator"])
    name = indicator.name(text.language) if indicator else row["indicator"]
    series = format_series(row["indicator"], row["component"], row)
    return [name, html.Br(), html.Code(f"{series} {row['period']}")]


def value_or_status(value: float, status: object, text: Text) -> str:
    """A number, or the status that says why there is none."""
    if not pd.isna(value):
        return text.number(value)
    return (
        text.code("observation_status", str(status)) if isinstance(status, str) and status else "–"
    )
