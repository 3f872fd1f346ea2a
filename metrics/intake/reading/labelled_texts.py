"""Find what the labels above a table say: `Reporting area | Finland`, or `Round: 2025`."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from metrics.catalogue.codelists import fold_spelling
from metrics.core.cells import cell_address
from metrics.intake.reading.days import parse_day
from metrics.intake.reading.headings import A_YEAR, PUNCTUATION, parse_heading, vocabulary
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import Layout, SheetRow, SheetTable
from metrics.intake.reading.numbers import cell_text
from metrics.intake.reading.titles import LONGEST_TITLE

# Labels are only looked for near the top of a sheet.
LABELLED_ROWS = 60
KINDS_OF_LABELS = ("labels", "observations", "actions")


class LabelledText(NamedTuple):
    """What a label means, the text after it, and the address of the cell that holds the text."""

    role: str
    text: str
    cell: str


def labelled_texts(layout: Layout, kind: str) -> Iterator[LabelledText]:
    """The texts after labels of a kind: in the label's own cell, in the next one, or below."""
    rows = layout.sheet.rows
    end = min([LABELLED_ROWS, len(rows), *(table.top for table in layout.tables)])
    for number, row in enumerate(rows[:end]):
        filled = [(column, cell_text(cell)) for column, cell in enumerate(row) if cell is not None]
        for column, text in filled:
            if role := _role_of_own_label(text, kind):
                stated = text.partition(":")[2].strip()
                yield LabelledText(role, stated, cell_address(number, column))
        for (_, label), (column, text) in pairwise(filled):
            if role := _role_of_label(label, kind):
                yield LabelledText(role, text, cell_address(number, column))
        if filled and number + 1 < end:
            yield from _text_below(rows[number + 1], number + 1, filled[-1], kind)
    for table in layout.tables:
        yield from _texts_beside_headings(table, kind)


def _texts_beside_headings(table: SheetTable, kind: str) -> Iterator[LabelledText]:
    """A label and its text in the row of the headings, with nothing below the text."""
    for label, text in pairwise(table.columns):
        role = _role_of_label(label.typed, kind)
        if role and not text.heading and not table.is_filled(text):
            yield LabelledText(role, text.typed, cell_address(text.header_row, text.index))


def _text_below(
    row: SheetRow, number: int, last: tuple[int, str], kind: str
) -> Iterator[LabelledText]:
    """The text below a label that has nothing to its right."""
    column, label = last
    if (role := _role_of_label(label, kind)) and row[column] is not None:
        yield LabelledText(role, cell_text(row[column]), cell_address(number, column))


def _role_of_own_label(text: str, kind: str) -> str:
    """What a text states that holds its own label, as in `Round: 2025`; empty for any other."""
    label, _, stated = text.partition(":")
    return _role_of_label(label, kind) if stated.strip() else ""


def _role_of_label(label: str, kind: str) -> str:
    return vocabulary(kind).get(fold_spelling(label).strip(PUNCTUATION), "")


def is_label_or_heading(text: str) -> bool:
    """Whether a text is itself a label or heading, or running text, and states nothing."""
    plain = text.partition(":")[0]
    return len(text) > LONGEST_TITLE or any(
        parse_heading(plain, kind) is not None for kind in KINDS_OF_LABELS
    )


def unknown_period_issues(layout: Layout, implied_period: str) -> Iterator[ReadIssue]:
    """Labelled periods that are none, such as `Reporting year | 2O25`, above tables without any."""
    if not implied_period:
        return
    for role, text, cell in labelled_texts(layout, "observations"):
        names_a_year = A_YEAR.search(text) or parse_day(text)
        if role == "period" and not names_a_year and not is_label_or_heading(text):
            yield ReadIssue("period_not_understood", layout.sheet.name, cell, text)
