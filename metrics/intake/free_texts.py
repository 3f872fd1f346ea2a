"""Collect the texts beside figures that no rule has understood or asked about, for one question.

Whatever is not read as a figure, a heading or a code is taken, in any language: no list of words
decides what is put to the sender.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from metrics.catalogue.loader import Catalogue
from metrics.core.cells import (
    cell_address,
    column_letters,
    positions_of_range,
    row_and_column,
)
from metrics.core.shared_texts import Texts
from metrics.core.tables import STATUSES, STEP
from metrics.intake.accounted_cells import labelled_sheets
from metrics.intake.findings import Finding, Severity
from metrics.intake.formats.contents import AUTHOR_PROPERTIES
from metrics.intake.grouped_texts import (
    NO_TEXTS,
    OWN_HEADING,
    PLACE,
    UNREAD,
    FiguresOfFile,
    FreeTexts,
    KindOfText,
    Masks,
    group_texts,
)
from metrics.intake.own_texts import OwnTexts, code_in_list
from metrics.intake.reading.attributes import CONFIDENTIALITY, parse_code, status_of_answer
from metrics.intake.reading.carried_texts import carried_texts, own_cells
from metrics.intake.reading.cell_roles import SheetRoles
from metrics.intake.reading.layout import Layout
from metrics.intake.reading.marginal_texts import (
    NOTHING_KEPT,
    kept_hint,
    kept_name,
    quoted_words,
    text_of_comment,
    text_of_margin,
)
from metrics.intake.reading.numbers import cell_line
from metrics.intake.reading.titles import YEAR_APART, names_a_state
from metrics.intake.reading.understood_texts import (
    UnderstoodTexts,
    is_code_with_name,
    our_comments,
)
from metrics.intake.rules import is_about_person
from metrics.intake.stated_figures import Positions, positions_of_addresses
from metrics.intake.templates import findings_sheets, sheet_names
from metrics.intake.validate import accepted_observations
from metrics.intake.workbook import ParsedSubmission, Sheet, TextFragment

# Roles in which a text has no meaning of its own for the figure, unless it is a known one.
CODED_ROLES = (*STATUSES, "limit")
FREE_ROLES = ("", "remark", "source", "reference", "address", "indicator", *CODED_ROLES)
# Why cells are left out of which a rule speaks, or that are copies of others.
ANSWERED_REASONS = (
    "our_sheet", "hidden_sheet_with_values", "last_period_printed", "format_attribute",
    "heading_repeated", "covered_cell_not_read",
)  # fmt: skip
UNREAD_COLUMNS = ("column_empty", "column_repeated")
OF_COMMENTS = ("comment_on_figures", "comment_not_read")
OF_NUMBERS = "column_of_numbers_unknown"  # asks about the numbers of a column, not its texts
TEXTUAL = (str, date)  # types of cells with texts, or days that are no figures


class _Found(NamedTuple):
    """One text at one place; it is in no cell where row and column are -1."""

    text: str
    kind: KindOfText
    sheet: str
    row: int = -1
    column: int = -1

    @classmethod
    def at_cell(cls, text: str, kind: KindOfText, fragment: TextFragment) -> "_Found":
        """What is said at the cell of a fragment, if it has one."""
        position = row_and_column(fragment.cell) if fragment.cell else ()
        return cls(text, kind, fragment.sheet, *position)


def free_texts(
    reading: ParsedSubmission,
    layouts: Sequence[Layout],
    findings: Sequence[Finding],
    catalogue: Catalogue,
) -> FreeTexts:
    """The texts of a file beside its figures; none of a file without figures."""
    observations = accepted_observations(reading, findings)
    if observations.empty:
        return NO_TEXTS
    known = UnderstoodTexts.of_submission(reading, catalogue)
    others = [
        *_texts_of_comments(reading, findings),
        *_names_of_sheets(reading, layouts, known),
        *_texts_of_margins(reading, layouts),
        *_texts_of_hints(reading, layouts),
        *_names_and_properties(reading, known),
        *_name_of_file(reading, known),
    ]
    tables = [
        *_texts_of_cells(reading, layouts, findings, catalogue),
        pd.DataFrame([*dict.fromkeys(others)], columns=PLACE).assign(
            **{UNREAD: "", OWN_HEADING: ""}
        ),
    ]
    if not (filled := [table for table in tables if len(table)]):
        return NO_TEXTS
    places = pd.concat(filled, ignore_index=True)
    figures = FiguresOfFile.of_observations(observations, reading)
    return group_texts(places, known.includes, figures, Masks.of_findings(reading, findings))


def _texts_of_cells(
    reading: ParsedSubmission,
    layouts: Sequence[Layout],
    findings: Sequence[Finding],
    catalogue: Catalogue,
) -> Iterator[pd.DataFrame]:
    """The texts in cells that have no meaning of their own, and about which no warning asks."""
    by_name = {layout.sheet.name: layout for layout in layouts}
    own = carried_texts(reading.workbook)
    for sheet, labelled in labelled_sheets(reading, layouts, catalogue):
        if layout := by_name.get(sheet.name):
            is_open = _is_open(labelled, layout) | _is_day_of_count(labelled, sheet, reading)
            is_open &= ~_is_asked(labelled, findings, sheet.name)
            for position in own_cells(layout, own, catalogue.indicators):
                is_open[position] = False
            names = _names_of_columns(labelled, layout, findings)
            yield _texts_of_sheet(sheet, labelled, is_open, names, own)


def _names_of_columns(labelled: SheetRoles, layout: Layout, findings: Iterable[Finding]) -> Texts:
    """For each cell of a table the heading of its column, or its letter."""
    names = np.full(labelled.roles.shape, "", object)
    doubtful = {finding.cell for finding in findings if is_about_person(finding)}
    for table in layout.tables:
        for column in table.columns:
            is_doubtful = cell_address(column.header_row, column.index) in doubtful
            heading = "" if is_doubtful else cell_line(column.typed)
            own = slice(table.top, table.last), column.index
            names[own] = heading or column_letters(column.index + 1)
    return names


def _texts_of_sheet(
    sheet: Sheet, labelled: SheetRoles, is_open: NDArray[np.bool_], names: Texts, own: OwnTexts
) -> pd.DataFrame:
    """The texts in the open cells of a sheet that are no codes, each in one line."""
    row, column = is_open.nonzero()
    contents = np.empty(len(row), object)
    contents[:] = [
        sheet.rows[at][index] for at, index in zip(row.tolist(), column.tolist(), strict=True)
    ]
    is_text = np.array([isinstance(cell, TEXTUAL) for cell in contents], dtype=bool)
    # A year, or a day that is shown as a number.
    is_text |= (labelled.roles[row, column] == "since") & pd.notna(contents)
    row, column = row[is_text], column[is_text]
    codes, different = pd.factorize(contents[is_text])
    lines = np.array([*map(cell_line, different)], object)
    is_free = ~_is_code(lines, codes, labelled.roles[row, column], own)
    is_unread = _is_among(labelled.reasons[row, column], UNREAD_COLUMNS)
    named = names[row, column]
    return pd.DataFrame(
        {
            "text": lines[codes],
            "kind": "cell",
            "sheet": sheet.name,
            "row": row,
            "column": column,
            UNREAD: np.where(is_unread, named, ""),
            OWN_HEADING: np.where(named == lines[codes], "", named),
        }
    )[is_free]


def _is_code(lines: Texts, codes: Positions, roles: Texts, own: OwnTexts) -> NDArray[np.bool_]:
    """Which texts are codes, with or without their names, of the roles of their cells."""
    is_code = np.zeros(len(codes), dtype=bool)
    for role in (*CODED_ROLES, "unit"):
        at = (roles == role).nonzero()[0]
        is_one = [code for code in np.unique(codes[at]) if _is_read_as_code(lines[code], role, own)]
        is_code[at] = np.isin(codes[at], is_one)
    return is_code


def _is_read_as_code(text: str, role: str, own: OwnTexts) -> bool:
    """Whether the reader takes a text for a code; another one below this heading is an error.

    The words that our workbook offered beside a code may have been reworded since.
    """
    is_answer = role == CONFIDENTIALITY and status_of_answer(text) != ""
    if is_answer or is_code_with_name(text, role):
        return True
    return own.includes("status", text, code_in_list(role, parse_code(text, role)))


def _is_open(labelled: SheetRoles, layout: Layout) -> NDArray[np.bool_]:
    """The cells whose texts no reader understands: neither codes nor declared actions."""
    is_open = ~_is_among(labelled.reasons, ANSWERED_REASONS)
    is_unread = ~_is_among(labelled.reasons, ("", "row_not_filled_in"))
    is_open &= is_unread | _is_among(labelled.roles, FREE_ROLES)
    for table in layout.tables:
        own = [column.index for column in table.columns]
        if table.kind == "actions":
            is_open[table.top : table.last, own] = False
        else:  # a text between or below the rows may be in any column
            rows, key = np.arange(table.first, table.last), table.key.index
            reasons = labelled.reasons[rows, key]
            is_open[np.ix_(rows[reasons == "row_not_filled_in"], own)] = True
            is_open[rows[reasons == ""], key] = False  # of a row that is read, all of the key is
    return is_open


def _is_day_of_count(
    labelled: SheetRoles, sheet: Sheet, reading: ParsedSubmission
) -> NDArray[np.bool_]:
    """The cells with a day beside a count; the day of a step is a part of its figure."""
    own = reading.observations[reading.observations["sheet"] == sheet.name]
    of_steps = own.loc[own["component"] == STEP, "row"].to_numpy(np.int64) - 1
    is_day: NDArray[np.bool_] = (labelled.roles == "since") & (labelled.reasons == "")
    is_day[of_steps] = False
    return is_day


def _is_among(texts: Texts, chosen: Iterable[str]) -> NDArray[np.bool_]:
    return pd.Series(texts.ravel()).isin([*chosen]).to_numpy().reshape(texts.shape)


def _is_asked(labelled: SheetRoles, findings: Iterable[Finding], sheet: str) -> NDArray[np.bool_]:
    """The cells about whose text a warning asks; a comment is no text of its cell."""
    size = labelled.about.shape
    cells = [
        finding.cell
        for finding in findings
        if finding.severity is Severity.WARNING and finding.sheet == sheet
        if not is_about_person(finding) and finding.rule not in {*OF_COMMENTS, OF_NUMBERS}
    ]
    single = pd.Series([cell for cell in cells if cell.isalnum()], dtype=object)
    ranges = (cell for cell in cells if not cell.isalnum())
    asked = [
        *positions_of_addresses(single, size[1]),
        *(row * size[1] + column for own in ranges for row, column in positions_of_range(own)),
    ]
    own = np.arange(labelled.about.size).reshape(size)
    return np.isin(own, asked) | np.isin(labelled.about, asked)


def _texts_of_comments(reading: ParsedSubmission, findings: Iterable[Finding]) -> Iterator[_Found]:
    """Comments on any sheet but the one on which we listed findings."""
    asked = {finding.location for finding in findings if finding.rule == OF_COMMENTS[0]}
    for fragment in reading.workbook.text_fragments:
        if fragment.kind == "comment" and fragment.sheet not in findings_sheets():
            text = " ".join(text_of_comment(fragment).split())
            is_ours = any(ours.fullmatch(text) for ours in our_comments())
            if text and not is_ours and f"{fragment.sheet}!{fragment.cell}" not in asked:
                yield _Found.at_cell(text, "comment", fragment)


def _names_of_sheets(
    reading: ParsedSubmission, layouts: Iterable[Layout], known: UnderstoodTexts
) -> Iterator[_Found]:
    """Names of sheets with figures that are neither ours nor those that programs give."""
    ours = {*sheet_names(), PurePath(reading.workbook.file).stem}
    for layout in layouts:
        name = layout.sheet.name
        if layout.tables_of("observations") and name not in ours and not known.is_plain_name(name):
            yield _Found(name, "sheet_name", name)


def _texts_of_margins(reading: ParsedSubmission, layouts: Iterable[Layout]) -> Iterator[_Found]:
    """Page headers and text boxes of sheets with figures: of their texts the words of our lists."""
    for fragment in _fragments_of_figures(reading, layouts, {"header", "drawing"}):
        if text := text_of_margin(fragment):
            kind: KindOfText = "drawing" if fragment.kind == "drawing" else "margin"
            yield _Found(cell_line(quoted_words(text)), kind, fragment.sheet)


def _texts_of_hints(reading: ParsedSubmission, layouts: Iterable[Layout]) -> Iterator[_Found]:
    """Input messages and tooltips on sheets with figures that our workbook does not have."""
    own = carried_texts(reading.workbook)
    for fragment in _fragments_of_figures(reading, layouts, {"hint"}):
        if words := kept_hint(fragment.text, own):
            yield _Found.at_cell(cell_line(quoted_words(words)), "hint", fragment)


def _fragments_of_figures(
    reading: ParsedSubmission, layouts: Iterable[Layout], kinds: Collection[str]
) -> Iterator[TextFragment]:
    """The texts of these kinds on sheets with figures, or on no sheet."""
    sheets = {layout.sheet.name for layout in layouts if layout.tables_of("observations")}
    for fragment in reading.workbook.text_fragments:
        if fragment.kind in kinds and fragment.sheet in {*sheets, ""}:
            yield fragment


def _names_and_properties(reading: ParsedSubmission, known: UnderstoodTexts) -> Iterator[_Found]:
    """Names of ranges and properties of the document with words about figures."""
    for fragment in reading.workbook.text_fragments:
        is_of_sheet = fragment.kind == "name" and fragment.text == fragment.sheet
        if fragment.kind in {"name", "property"} and not is_of_sheet:
            words = known.other_words(kept_name(fragment.text))
            if words and fragment.cell not in AUTHOR_PROPERTIES:
                text = ", ".join(part for part in words if part != NOTHING_KEPT)
                yield _Found(text, "name" if fragment.kind == "name" else "property", "")


def _name_of_file(reading: ParsedSubmission, known: UnderstoodTexts) -> Iterator[_Found]:
    """The name of the file, if it says about figures what no column says.

    Another rule asks about years and States in it.
    """
    name = PurePath(reading.workbook.file).name
    words = known.other_words(kept_name(PurePath(name).stem))
    if any(not names_a_state(part) and not YEAR_APART.fullmatch(part) for part in words):
        yield _Found(name, "file_name", "")
