"""The reports of the Member States as tables: every round at once, or one round or State."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.components.html_block import html_block
from dashboard.components.layout import page_link
from dashboard.components.notes import marked_caption
from dashboard.components.tables import Cell, stacked_table
from dashboard.contents.reporting_in_words import days_in_words, days_of_report
from dashboard.context import PageContext
from dashboard.released.reporting import (
    LATE_ANSWER,
    ReportingRecord,
    is_closed,
)
from dashboard.rows_by_key import Record
from dashboard.texts import Text
from metrics.release.timeliness import ANSWERS

REPORTING_PATH = "/reporting"


def record_table(record: ReportingRecord, context: PageContext) -> html.Div:
    """A row for each State, a column for each round; below, how many reports came on time."""
    text = context.text
    rows = [state_row(area, record, context) for area in record.areas]
    return html_block(
        "reporting.html",
        caption=marked_caption(text("reporting.caption"), context),
        state_word=text("reporting.state"),
        rounds=[round_heading(row, record, context) for row in record.rounds],
        rows=rows,
        totals=[*count_rows(record, text), share_row(record, text)],
    )


def round_heading(row: Record, record: ReportingRecord, context: PageContext) -> Mapping[str, Any]:
    text, code = context.text, row["round"]
    return {
        "code": code,
        "href": context.view.link(REPORTING_PATH, round=code),
        "title": text("reporting.round_due", round=code, day=text.date(row["due"])),
        "is_current": code == record.latest_closed,
    }


def state_row(area: str, record: ReportingRecord, context: PageContext) -> Mapping[str, Any]:
    text = context.text
    reports = (record.reports.get((area, row["round"])) for row in record.rounds)
    return {
        "name": text.code("area", area),
        "href": context.view.lasting_choices.link("/state", area=area),
        "cells": [answer_cell(report, text) for report in reports],
    }


def answer_cell(report: Record | None, text: Text) -> Mapping[str, str]:
    """The answer of one State to one round; a late one with its days."""
    if report is None:
        return {"answer": "none", "word": "–", "days": "", "late_by": "", "title": ""}
    answer = report["status"]
    days = days_in_words(report, text) if answer == LATE_ANSWER else ""
    sent = (
        text("reporting.received", day=text.date(report["received"])) if report["received"] else ""
    )
    due = text("reporting.due", day=text.date(report["due"]))
    word = text(f"reporting.{answer}")
    return {
        "answer": answer,
        "word": word,
        "days": days,
        "late_by": text.number(report["days_late"], 0) if days else "",
        "title": text.listed([sent, due]),
    }


def count_rows(record: ReportingRecord, text: Text) -> list[Mapping[str, Any]]:
    """For each answer that occurs, the number of States in each round."""
    given = [answer for answer in ANSWERS if any(row[answer] for row in record.rounds)]
    return [
        {
            "name": text(f"reporting.{answer}"),
            "answer": answer,
            "cells": [{"words": text.number(row[answer], 0)} for row in record.rounds],
        }
        for answer in given
    ]


def share_row(record: ReportingRecord, text: Text) -> Mapping[str, Any]:
    """The share of reports on time, as a number and as a bar; none of a round that is open."""
    cells = [
        {
            "words": f"{text.number(row['share_on_time'], 0)}\N{NO-BREAK SPACE}%",
            "share": f"{row['share_on_time']:.1f}",
        }
        if is_closed(row)
        else {"words": "–", "share": ""}
        for row in record.rounds
    ]
    return {"name": text("reporting.share"), "answer": "", "cells": cells}


def reports_table(
    reports: Sequence[Record], first: str, caption: str, context: PageContext
) -> html.Div:
    """One row for each report, with its days and the number of figures; `first` names the rows."""
    text = context.text
    keys = (first, "answer", "received_on", "due_on", "late_by", "figures")
    columns = [text(f"reporting.{key}") for key in keys]
    rows = [report_cells(report, first, context) for report in reports]
    return stacked_table(marked_caption(caption, context), columns, rows, numeric=[4, 5])


def report_cells(report: Record, first: str, context: PageContext) -> list[Cell]:
    text, lasting = context.text, context.view.lasting_choices
    area, code = report["area"], report["round"]
    links = {
        "state": page_link(text.code("area", area), href=lasting.link("/state", area=area)),
        "round": page_link(code, href=context.view.link(REPORTING_PATH, round=code, area="")),
    }
    answer, days = report["status"], days_of_report(report, text)
    number = report["n_observations"]
    return [
        links[first],
        html.Span(text(f"reporting.{answer}"), className=f"reporting reporting-{answer}"),
        days.received,
        days.due,
        days.late_by,
        "–" if pd.isna(number) or not report["received"] else text.number(number, 0),
    ]
