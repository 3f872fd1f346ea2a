"""The first rows of a table that a page lists, and how many more the page has."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard.charts.arial_widths import arial_lines
from dashboard.charts.captions import source_of
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.rows_by_key import Record
from dashboard.slides.content import (
    Footnote,
    SlideContent,
    SlideFigure,
    SlideRequest,
    words_of_footnote,
)
from dashboard.slides.links import full_link, short_link
from dashboard.slides.measured_tables import MeasuredTable, TableWords, measure_table
from dashboard.slides.measures import CONTENT_TOP, CONTENT_WIDTH
from dashboard.slides.tables import (
    SIDE,
    TableCell,
    cell,
    cut_apart,
    widths_with_room,
)
from dashboard.texts import Text
from dashboard.wording.series_facts import MIDDLE_DOT, invented_mark, without_mark

ROWS_OF_A_LIST = 8
ROWS_OF_A_WHOLE_LIST = 9  # lower ones: a single row is not left out
SIZES_OF_A_LIST = (14.0, 13.0, 12.0)  # points
ROW_SIZE, SMALL_SIZE = SIZES_OF_A_LIST[0], SIZES_OF_A_LIST[-1]
LINES_OF_A_CELL = 5
RowWords = Callable[[Record], Sequence[str]]


@dataclass(frozen=True)
class ListedRows:
    """Words of the first rows, and of how many rows they are the first."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]  # of the columns, in any unit
    number: int
    name_columns: int = -1  # how many of the first name a row; by default all but the last


def first_rows_of(
    table: pd.DataFrame, name: str, columns: Mapping[str, float], words_of: RowWords, text: Text
) -> ListedRows:
    """Of a table whose columns have the key of a heading and a width."""
    rows = [words_of(row) for row in records(table.head(rows_listed(len(table))))]
    heads = [text(key) for key in columns]
    return ListedRows(name, heads, rows, [*columns.values()], len(table))


def rows_listed(number: int) -> int:
    """How many of so many rows a slide has."""
    return number if number <= ROWS_OF_A_WHOLE_LIST else ROWS_OF_A_LIST


@dataclass(frozen=True)
class ListFinding:
    """What a slide says about a table: its title, what it is about, and its notes."""

    title: str
    goal_line: str
    footnotes: tuple[Footnote | str, ...] = ()
    notes: tuple[str, ...] = ()


def content_of_rows(
    request: SlideRequest, finding: ListFinding, listed: ListedRows
) -> SlideContent:
    context, text = request.context, request.context.text
    table = measure_list(listed, context) if listed.rows else None
    shown_rows = [listed.rows[at] for at in table.places] if table else []
    more = rows_left_out(len(shown_rows), listed.number, text)
    at = listed.name_columns
    figures = {MIDDLE_DOT.join(row[:at]): SlideFigure(text.listed(row[at:])) for row in shown_rows}
    rows = [MIDDLE_DOT.join(row) for row in shown_rows]
    in_full = map(words_of_footnote, finding.footnotes)
    return SlideContent(
        title=finding.title,
        goal_line=finding.goal_line,
        parts=lambda: [table.part] if table else [],
        footnotes=tuple(filter(None, [more, *finding.footnotes])),
        notes=tuple(filter(None, [finding.title, *finding.notes, *in_full, *rows, more])),
        short_path=short_link(request, path_of_request(request)),
        link=full_link(request, context),
        source=without_mark(source_of(context)),
        figures=figures,
    )


def path_of_request(request: SlideRequest) -> str:
    """The page with its choices, and without what the deck says for all slides."""
    view = request.context.view.with_changes(lang="", collection="", release="")
    return view.printed_link(request.path)


def rows_left_out(most: int, number: int, text: Text) -> str:
    """`The first 8 of 2,633 rows in the order of the page; the page at the link has the others.`"""
    if number <= most:
        return ""
    return text.counted("slides.first_rows", number, first=text.number(most, 0))


def measure_list(listed: ListedRows, context: PageContext) -> MeasuredTable:
    """As many of the rows as have room, each as high as its words need."""
    widths, columns = widths_of_columns(listed), [*zip(*listed.rows, strict=True)]
    rows = [
        [shortened(words, columns[at], widths[at], is_bold=not at) for at, words in enumerate(row)]
        for row in listed.rows
    ]
    name = MIDDLE_DOT.join(filter(None, [listed.name, invented_mark(context)]))
    preference = range(len(rows))
    words = TableWords(name, listed.heads, rows, widths, preference, SIZES_OF_A_LIST)
    return measure_table(words, CONTENT_TOP)


def widths_of_columns(listed: ListedRows) -> list[float]:
    """In the proportions of the list, but no word is broken: other columns give it room."""
    scale = CONTENT_WIDTH / sum(listed.widths)
    rows = [[cell(words, is_bold=not at) for at, words in enumerate(row)] for row in listed.rows]
    heads = [cell(words, is_bold=True) for words in listed.heads]
    return widths_with_room([heads, *rows], [width * scale for width in listed.widths])


def shortened(words: str, column: Sequence[str], width: float, *, is_bold: bool) -> TableCell:
    """Some lines of a cell; what is longer has an ellipsis, and is whole in the notes."""

    def fits(written: str) -> bool:
        lines = arial_lines(written, width - 2 * SIDE, SMALL_SIZE, is_bold=is_bold)
        return len(lines) <= LINES_OF_A_CELL

    return cell(cut_apart(words, column, fits), ROW_SIZE, is_bold=is_bold)
