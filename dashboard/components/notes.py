"""Notes below charts and tables: source, release, caveats; advice where there is no release."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts.marks import (
    break_in_words,
    is_total,
    remark_in_words,
    remark_language,
    why_absent,
)
from dashboard.components.citations import cited
from dashboard.components.guide_links import guide_link
from dashboard.components.language_marks import english
from dashboard.components.layout import card, page_link
from dashboard.context import PageContext
from dashboard.data import Release, records
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from metrics.catalogue.definitions.indicators import DefinitionChange
from metrics.core.period import ReferencePeriod
from metrics.core.series import format_codes
from metrics.core.tables import BREAK
from metrics.messages import Message

SEVERAL = 2


def source_line(context: PageContext) -> str:
    """`Source: … · Release … · As of …`, on every chart, table and file."""
    text, release = context.text, context.release
    name = context.collection.name(text.language)
    parts = [text("note.source", source=name)]
    if release is not None:
        parts.append(text("note.release", release=release.label))
    if release is not None and release.as_of:
        parts.append(text("frame.as_of", day=text.date(release.as_of)))
    return " · ".join([*parts, *(mark for mark in invented_mark(context) if mark != name)])


def publisher(series: AssessedSeries, text: Text) -> list[list[str]]:
    """The publisher of the latest value and the dated remark on it; empty for submitted values.

    For a chosen period, the series must be as of that period.
    """
    row = series.last_known or {}
    if not row.get("source"):
        return []
    source = text.pieces("note.publisher", source=english(row["source"]))
    if not row.get("remark"):
        return [source]
    period, remark = text.period(row["period"]), Message(row["remark"], remark_language(row, text))
    return [source, text.pieces("note.remark", period=period, remark=remark)]


def publication(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """The publication of the latest value, as a link; nothing for submitted values."""
    row = series.last_known or {}
    if row.get("source"):
        period = text.period(row["period"])
        lead = text("note.publication", period=period) + " "
        yield html.P([lead, cited(row, text)], className="source")


def publishers(all_series: Iterable[AssessedSeries], period: str, text: Text) -> list[list[str]]:
    """Who has published the values of several areas in a period, each publisher once."""
    rows = [row for series in all_series for row in series.rows if row["period"] == period]
    sources = dict.fromkeys(row["source"] for row in rows if row.get("source"))
    names = english(text.listed(sources))
    return [text.pieces("note.publisher", source=names)] if sources else []


def invented_mark(context: PageContext) -> list[str]:
    """The mark on every chart, table and file of invented figures; empty for all others."""
    return [context.text("note.invented")] if context.is_invented else []


def marked_caption(caption: str, context: PageContext) -> str:
    return " · ".join([caption, *invented_mark(context)])


def caveats(series: AssessedSeries, text: Text) -> list[html.P]:
    caveat = series.indicator.caveat
    if caveat is None:
        return []
    mark = html.Strong(text("note.caveat") + " ")
    return [html.P([mark, caveat(text.language)], className="caveat")]


def coverage_by_period(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """How many areas are in each total, if their number differs between periods."""
    totals = [row for row in series.rows if is_total(row) and not pd.isna(row["value"])]
    if len({row["areas_reporting"] for row in totals}) < SEVERAL:
        return
    numbers = text.listed(number_in_total(row, text) for row in totals)
    yield html.P(text("note.coverage", numbers=numbers), className="quiet")


def number_in_total(total: Mapping[str, Any], text: Text) -> str:
    """`2024: 26, 1 not shown`: the second has reported too, and its figure is withheld."""
    number = text.number(total["areas_reporting"], 0)
    withheld = int(total.get("areas_withheld") or 0)
    beside = text.counted("card.coverage_withheld", withheld) if withheld else ""
    return f"{text.period(total['period'])}: {number}{beside}"


def break_causes(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """Where the series breaks and why, and that the status compares the same areas only."""
    sentences = [break_sentence(row, text) for row in series.rows if is_break(row)]
    if sentences and series.official and series.official.is_backcast:
        sentences.append([text("note.break_compared")])
    if sentences:
        yield html.P(text.joined(sentences, " "), className="caveat")


def is_break(row: Mapping[str, Any]) -> bool:
    return row["observation_status"] == BREAK and not pd.isna(row["value"])


def break_sentence(row: Mapping[str, Any], text: Text, parts: Sequence[str] = ()) -> list[str]:
    """That earlier values are not comparable and, as far as it is known, why; in pieces."""
    period, remark = text.period(row["period"]), remark_in_words(row, text)
    if why := break_in_words(row, text) if not parts else "":
        return [text("note.break", period=period, why=why)]
    key = "note.break_of_parts" if parts else "note.break_of_series"
    sentence = text(key, period=period, parts=text.listed(parts))
    if not remark:
        return [sentence]
    quoted = Message(remark.rstrip("."), remark_language(row, text))
    noted = text.pieces("note.remark", period=period, remark=quoted)
    return text.merged([f"{sentence} ", *noted, "."])


def breaks_of_parts(parts: Sequence[tuple[str, pd.DataFrame]], text: Text) -> Iterator[html.P]:
    """Where the lines of a breakdown break: one sentence for those with the same cause."""
    found: dict[tuple[str, str], tuple[Mapping[str, Any], list[str]]] = {}
    for name, values in parts:
        for row in filter(is_break, records(values)):
            key = row["period"], remark_in_words(row, text)
            found.setdefault(key, (row, []))[1].append(name)
    if found:
        sentences = [break_sentence(row, text, names) for row, names in found.values()]
        yield html.P(text.joined(sentences, " "), className="caveat")


def revisions_of(series: AssessedSeries, release: Release | None) -> Sequence[Mapping[str, Any]]:
    """The figures of a series that differ from those that were sent before."""
    return release.revisions.get(series_key(series), ()) if release else ()


def series_key(series: AssessedSeries) -> tuple[str, str, str, str]:
    return series.indicator.code, series.component, series.area, format_codes(series.codes)


def revision_values(row: Mapping[str, Any], series: AssessedSeries, text: Text) -> tuple[str, str]:
    """The figure as it was and as it is, or why there was or is none."""
    known = next((now for now in series.rows if now["period"] == row["period"]), {})
    old = {"value": row["previous_value"], "observation_status": row["previous_observation_status"]}
    return value_or_absence(dict(known) | old, series, text), value_or_absence(row, series, text)


def value_or_absence(row: Mapping[str, Any], series: AssessedSeries, text: Text) -> str:
    is_absent = pd.isna(row["value"])
    return why_absent(row, text) if is_absent else series.format_figure(row, text)


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
    rows = release.withdrawals.get(series_key(series), ()) if release else ()
    for row in rows:
        words = {"period": text.period(row["period"]), "day": text.date(row["vintage"])}
        key = "note.withdrawn" if row["reason"] else "note.withdrawn_without_reason"
        yield html.P(text(key, reason=row["reason"], **words), className="caveat")


def definition_changes(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """Since when the indicator is defined as now, for series that begin before."""
    periods = [ReferencePeriod.parse(period) for period in series.values["period"]]
    for change in series.indicator.changes:
        before = [period for period in periods if period.begins_before(change.since)]
        if before and len(before) < len(periods):
            words = [definition_change_sentence(change, text)]
            old, new = series.unit_in(str(before[-1])), series.unit_in(str(change.since))
            if old != new:
                words.append(text("note.unit_before", unit=text.code("unit", old)))
            if not change.comparable:
                words.append(text("note.not_comparable"))
            yield html.P(" ".join(words), className="caveat")


def definition_change_sentence(change: DefinitionChange, text: Text) -> str:
    note = change.note(text.language)
    return text("note.definition_changed", period=text.period(str(change.since)), note=note)


def empty(title: str, advice: Sequence[Any]) -> html.Section:
    """A notice for a page without figures: what to do next."""
    return card(title, list(map(html.P, advice)), "empty")


def no_release(context: PageContext) -> html.Section:
    text, collection = context.text, context.collection
    submit = context.view.lasting_choices.link("/submit")
    return empty(
        text("empty.title", collection=collection.name(text.language)),
        [
            [text("empty.submit"), " ", page_link(text("submit.menu"), href=submit)],
            [
                text("empty.build"),
                " ",
                html.Code(f"empact release {collection.code}"),
                guide_link("operator", context),
            ],
            text("empty.reload"),
        ],
    )
