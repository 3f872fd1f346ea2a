"""Notes below charts and tables in words: caveats, breaks, changed definitions, publishers.

A text in pieces may quote another language: such a piece is a `Message` and knows which.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.charts.marks import break_in_words, remark_in_words, remark_language
from dashboard.charts.specification import Note
from dashboard.released.series import AssessedSeries
from dashboard.rows_by_key import Record
from dashboard.texts import Text, english
from metrics.catalogue.definitions.indicators import DefinitionChange
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAK
from metrics.messages import Message


def caveat_note(series: AssessedSeries, text: Text) -> Iterator[Note]:
    if series.indicator.caveat is not None:
        yield Note((series.indicator.caveat(text.language),), text("note.caveat"))


def break_note(series: AssessedSeries, text: Text) -> Iterator[Note]:
    """Where the series breaks and why, and that the status compares the same areas only."""
    sentences = [break_sentence(row, text) for row in series.rows if is_break(row)]
    if sentences and series.official and series.official.is_backcast:
        sentences.append([text("note.break_compared")])
    if sentences:
        yield Note(tuple(text.joined(sentences, " ")))


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


def definition_notes(series: AssessedSeries, text: Text) -> Iterator[Note]:
    """Since when the indicator is defined as now, for series that begin before."""
    periods = [ReferencePeriod.parse(row["period"]) for row in series.values]
    for change in series.indicator.changes:
        before = [period for period in periods if period.begins_before(change.since)]
        if before and len(before) < len(periods):
            words = [definition_change_sentence(change, text)]
            old, new = series.unit_in(str(before[-1])), series.unit_in(str(change.since))
            if old != new:
                words.append(text("note.unit_before", unit=text.code("unit", old)))
            if not change.comparable:
                words.append(text("note.not_comparable"))
            yield Note((" ".join(words),))


def definition_change_sentence(change: DefinitionChange, text: Text) -> str:
    note = change.note(text.language)
    return text("note.definition_changed", period=text.period(str(change.since)), note=note)


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


def publishers(all_series: Iterable[AssessedSeries], period: str, text: Text) -> list[list[str]]:
    """Who has published the values of several areas in a period, each publisher once."""
    rows = (row for series in all_series for row in series.rows if row["period"] == period)
    return publishers_of_rows(rows, text)


def publishers_of_rows(rows: Iterable[Record | None], text: Text) -> list[list[str]]:
    names = english(text.listed(sources_of_rows(rows)))
    return [text.pieces("note.publisher", source=names)] if names else []


def sources_of_rows(rows: Iterable[Record | None]) -> list[str]:
    """The publisher of each figure, once; none of what States submitted."""
    return [*dict.fromkeys(str(row["source"]) for row in rows if row and row.get("source"))]


def breaks_of_parts(parts: Sequence[tuple[str, Sequence[Record]]], text: Text) -> Iterator[Note]:
    """Where the lines of a breakdown break: one sentence for those with the same cause."""
    found: dict[tuple[str, str], tuple[Mapping[str, Any], list[str]]] = {}
    for name, values in parts:
        for row in filter(is_break, values):
            key = row["period"], remark_in_words(row, text)
            found.setdefault(key, (row, []))[1].append(name)
    if found:
        sentences = [break_sentence(row, text, names) for row, names in found.values()]
        yield Note(tuple(text.joined(sentences, " ")))
