"""Notes below charts and tables: source, release, caveats; advice where there is no release."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.access import is_local
from dashboard.charts.captions import source_of
from dashboard.charts.marks import areas_withheld, is_total, why_absent
from dashboard.charts.notes import break_note, caveat_note, definition_notes
from dashboard.charts.specification import Note
from dashboard.components.alternative_pages import pages_without_figures
from dashboard.components.citations import cited
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import card, join_links, page_link
from dashboard.context import PageContext
from dashboard.data import Release
from dashboard.intake import is_open
from dashboard.released.series import AssessedSeries
from dashboard.texts import Text
from metrics.core.tables import AREAS_REACHED, WITHHELD

SEVERAL = 2
SUBMISSION_PARTS = 3  # round, area, vintage


def source_line(context: PageContext) -> str:
    """`Source: … · Release … · As of …`, on every chart, table and file."""
    return str(source_of(context))


def note_in_words(note: Note, kind: str = "caveat") -> html.P:
    lead = [html.Strong(f"{note.lead} ")] if note.lead else []
    return html.P([*lead, *note.pieces], className=kind)


def caveats(series: AssessedSeries, text: Text) -> list[html.P]:
    return list(map(note_in_words, caveat_note(series, text)))


def break_causes(series: AssessedSeries, text: Text) -> list[html.P]:
    """Where the series breaks and why, and that the status compares the same areas only."""
    return list(map(note_in_words, break_note(series, text)))


def definition_changes(series: AssessedSeries, text: Text) -> list[html.P]:
    """Since when the indicator is defined as now, for series that begin before."""
    return list(map(note_in_words, definition_notes(series, text)))


def publication(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """The publication of the latest value, as a link; nothing for submitted values."""
    row = series.last_known or {}
    if row.get("source"):
        period = text.period(row["period"])
        lead = text("note.publication", period=period) + " "
        yield html.P([lead, cited(row, text)], className="source")


def period_note(page: str, context: PageContext, key: str = "period.note") -> Iterator[html.P]:
    """Which figures and statuses a page as of a period has, and the way to the newest."""
    text, period = context.text, context.view.period
    if period:
        newest = page_link(text("period.show_newest"), href=context.view.link(page, period=""))
        note = text(key, period=text.period(period))
        yield html.P([note, " ", newest], className="quiet period-note")


def invented_mark(context: PageContext) -> list[str]:
    """The mark on every caption of invented figures; empty for all others."""
    return [context.text("note.invented")] if context.is_invented else []


def marked_caption(caption: str, context: PageContext) -> str:
    return " · ".join([caption, *invented_mark(context)])


def coverage_by_period(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """How many areas are in each total, if their number differs between periods.

    A count of States at a step has all that the milestone binds, by their latest known step.
    """
    if series.component == AREAS_REACHED:
        return
    totals = [row for row in series.rows if is_total(row) and not pd.isna(row["value"])]
    if len({row["areas_reporting"] for row in totals}) < SEVERAL:
        return
    numbers = text.listed(number_in_total(row, text) for row in totals)
    yield html.P(text("note.coverage", numbers=numbers), className="quiet")


def number_in_total(total: Mapping[str, Any], text: Text) -> str:
    """`2024: 26, 1 not shown`: the second has reported too, and its figure is suppressed."""
    number = text.number(total["areas_reporting"], 0)
    if withheld := areas_withheld(total):
        number = text.counted("card.coverage_withheld", withheld, coverage=number)
    return f"{text.period(total['period'])}: {number}"


def revisions_of(series: AssessedSeries, release: Release | None) -> Sequence[Mapping[str, Any]]:
    """The figures of a series that differ from those that were sent before."""
    return release.revisions.get(series.table_key, ()) if release else ()


def revision_values(row: Mapping[str, Any], series: AssessedSeries, text: Text) -> tuple[str, str]:
    """The figure as it was and as it is, or why there was or is none.

    One that may not be shown is not called suppressed: an earlier release may have had a figure.
    """
    known, status = series.row_in(row["period"]) or {}, row["previous_observation_status"]
    earlier = dict(known) | {"value": row["previous_value"], "observation_status": status}
    is_hidden = status == WITHHELD
    old = text("changes.hidden") if is_hidden else value_or_absence(earlier, series, text)
    return old, value_or_absence(row, series, text)


def value_or_absence(row: Mapping[str, Any], series: AssessedSeries, text: Text) -> str:
    is_absent = pd.isna(row["value"])
    return why_absent(row, text) if is_absent else series.format_figure(row, text)


def submission_in_words(submission: str, vintage: str, text: Text) -> str:
    """`Round 2025, sent 29 Nov 2026` of `2025/HU/2026-11-29T1154Z`."""
    parts = submission.split("/")
    if len(parts) < SUBMISSION_PARTS:
        return ""
    day = text.date(vintage, width="medium")
    return text("changes.submission", round=parts[-SUBMISSION_PARTS], day=day)


def revision_note(series: AssessedSeries, release: Release | None, text: Text) -> Iterator[html.P]:
    """Which figures of a series were revised: as they were, as they are, and since when."""
    revised = []
    for row in revisions_of(series, release):
        old, new = revision_values(row, series, text)
        names = {"period": text.period(row["period"]), "old": old, "new": new}
        revised.append(text("note.revision", day=text.date(row["vintage"]), **names))
    if revised and release:
        words = text("note.revised", release=release.label, revisions=text.listed(revised))
        yield html.P(words, className="caveat")


def withdrawal_note(
    series: AssessedSeries, release: Release | None, text: Text
) -> Iterator[html.P]:
    """Which figures of a series were withdrawn and not sent again, when and why."""
    rows = release.withdrawals.get(series.table_key, ()) if release else ()
    for row in rows:
        words = {"period": text.period(row["period"]), "day": text.date(row["vintage"])}
        key = "note.withdrawn" if row["reason"] else "note.withdrawn_without_reason"
        yield html.P(text(key, reason=row["reason"], **words), className="caveat")


def empty(title: str, advice: Sequence[Any]) -> html.Section:
    """A notice for a page without figures: what to do next."""
    return card(title, list(map(html.P, advice)), "empty")


def no_release(context: PageContext) -> html.Section:
    title = context.text("empty.title", collection=context.collection.name(context.language))
    reading = [
        context.text("empty.meanwhile"),
        " ",
        *join_links([*pages_without_figures(context)], context.text),
    ]
    return empty(title, [*ways_to_submit(context), *ways_to_a_release(context), reading])


def ways_to_submit(context: PageContext) -> Iterator[list[Any]]:
    text = context.text
    if is_open():
        submit = context.view.lasting_choices.link("/submit")
        yield [text("empty.submit"), " ", page_link(text("submit.menu"), href=submit)]


def ways_to_a_release(context: PageContext) -> Iterator[Any]:
    """The command that builds one, for users of this machine; others wait for it."""
    text = context.text
    if not is_local():
        yield text("empty.wait")
        return
    command = html.Code(f"empact release {context.collection.code}")
    yield [text("empty.build"), " ", command, guide_link("operator", context)]
    yield text("empty.reload")
