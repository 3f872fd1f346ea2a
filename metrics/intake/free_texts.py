"""Collect the texts beside figures that no rule has understood or asked about, for one question.

Whatever is not read as a figure, a heading or a code is taken, in any language: no list of words
decides what is put to the sender.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import PurePath
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.cells import cell_address, row_and_column
from metrics.core.shared_texts import series_of_rows, shared_texts
from metrics.core.tables import STATUSES
from metrics.intake.accounted_cells import labelled_sheets
from metrics.intake.finding_texts import shorten_text
from metrics.intake.findings import Finding, Severity, format_ranges
from metrics.intake.handled_cells import positions_of_range
from metrics.intake.reading.cell_roles import SheetRoles
from metrics.intake.reading.layout import Layout
from metrics.intake.reading.marginal_texts import text_of_comment, text_of_margin
from metrics.intake.reading.numbers import cell_text, map_distinct
from metrics.intake.reading.understood_texts import UnderstoodTexts, is_code_with_name, our_comments
from metrics.intake.templates import sheet_names
from metrics.intake.validate import accepted_observations, is_about_person
from metrics.intake.workbook import ParsedSubmission

MOST_KEPT = 500  # different texts of a file that are listed; all of them are counted
LONGEST_QUOTED = 300  # characters that are quoted
MOST_SERIES = 3  # figures that are named beside a text
MOST_RANGES = 8
DIGITS_OF_DIGEST = 16
# Roles in which a text has no meaning of its own for the figure, unless it is a known one.
CODED_ROLES = (*STATUSES, "limit")
FREE_ROLES = ("", "remark", "source", "reference", "address", "indicator", *CODED_ROLES)
# Why cells are left out of which a rule speaks, or that are copies of others.
ANSWERED_REASONS = (
    "our_sheet", "hidden_sheet_with_values", "last_period_printed", "format_attribute",
    "heading_repeated", "covered_cell_not_read",
)  # fmt: skip
OF_COMMENTS = ("comment_on_figures", "comment_not_read")
OF_NUMBERS = "column_of_numbers_unknown"  # asks about the numbers of a column, not its texts

KindOfText = Literal["cell", "comment", "sheet_name", "margin"]
Beside = Literal["sheet", "row", "file"]
ORDER: tuple[Beside, ...] = ("sheet", "row", "file")  # what is about most figures comes first


@dataclass(frozen=True)
class FreeText:
    """A text with all its places, and the figures that it stands beside."""

    text: str  # in one line; empty if it may be about a person, or is not kept
    kind: KindOfText
    beside: Beside  # the figures of its rows, of its sheet, or of the whole file
    location: str
    series: tuple[str, ...]  # of the first of these figures
    figures: int


@dataclass(frozen=True)
class FreeTexts:
    """The texts of a file, how many there are, and what identifies all of them."""

    listed: tuple[FreeText, ...] = ()
    number: int = 0
    digest: str = ""  # empty if there are none


NO_TEXTS = FreeTexts()


class _Found(NamedTuple):
    """One text at one place."""

    text: str
    kind: KindOfText
    sheet: str
    cell: str = ""


@dataclass
class _Figures:
    """The figures of a file that are accepted, by the rows and cells beside which texts stand."""

    by_row: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    by_cell: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    by_sheet: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def of_observations(cls, observations: pd.DataFrame) -> "_Figures":
        figures = cls()
        columns = (shared_texts(observations[name]) for name in ("sheet", "remark_cell"))
        rows = zip(
            *columns, observations["row"].tolist(), series_of_rows(observations), strict=True
        )
        for sheet, remark_cell, row, series in rows:
            figures.by_row.setdefault((sheet, row), []).append(series)
            figures.by_cell.setdefault((sheet, remark_cell), []).append(series)
            figures.by_sheet.setdefault(sheet, []).append(series)
        return figures

    def beside(self, found: _Found) -> tuple[Beside, list[str]]:
        """The figures that a text stands beside: of its row, or else of its sheet or the file."""
        if found.cell:
            row = row_and_column(found.cell)[0] + 1
            own = self.by_cell.get((found.sheet, found.cell)) or self.by_row.get((found.sheet, row))
            if own:
                return "row", own
        if of_sheet := self.by_sheet.get(found.sheet):
            return "sheet", of_sheet
        return "file", []

    @property
    def number(self) -> int:
        return sum(map(len, self.by_sheet.values()))


def free_texts(
    reading: ParsedSubmission,
    layouts: Sequence[Layout],
    findings: Sequence[Finding],
    catalogue: Catalogue,
) -> FreeTexts:
    """The texts of a file beside its figures; none of a file without figures."""
    figures = _Figures.of_observations(accepted_observations(reading, findings))
    if not figures.number:
        return NO_TEXTS
    known = UnderstoodTexts.of_submission(reading, catalogue)
    found = [
        *_texts_of_cells(reading, layouts, findings, catalogue),
        *_texts_of_comments(reading, layouts, findings),
        *_names_of_sheets(reading, layouts, known),
        *_texts_of_margins(reading, layouts),
    ]
    is_known = map_distinct([one.text for one in found], known.includes)
    open_texts = [
        one
        for one, known_text in zip(found, is_known, strict=True)
        if one.kind == "margin" or not known_text
    ]
    return _grouped(open_texts, figures, _Masks.of_findings(reading, findings))


def _texts_of_cells(
    reading: ParsedSubmission,
    layouts: Sequence[Layout],
    findings: Sequence[Finding],
    catalogue: Catalogue,
) -> Iterator[_Found]:
    """The texts in cells that have no meaning of their own, and about which no warning asks."""
    by_name = {layout.sheet.name: layout for layout in layouts}
    for sheet, labelled in labelled_sheets(reading, layouts, catalogue):
        if layout := by_name.get(sheet.name):
            width = labelled.roles.shape[1]
            asked = _asked_positions(findings, sheet.name, width)
            for row, column in _open_cells(labelled, layout):
                cell, role = sheet.rows[row][column], labelled.roles[row, column]
                about = int(labelled.about[row, column])
                is_asked = asked and not asked.isdisjoint((row * width + column, about))
                if isinstance(cell, str | date) and not is_asked:
                    text = " ".join(cell_text(cell).split())
                    if role not in CODED_ROLES or not is_code_with_name(text, role):
                        yield _Found(text, "cell", sheet.name, cell_address(row, column))


def _open_cells(labelled: SheetRoles, layout: Layout) -> list[list[int]]:
    """The cells whose texts no reader understands: neither codes nor declared actions."""
    is_open = ~np.isin(labelled.reasons, ANSWERED_REASONS)
    is_unread = (labelled.reasons != "") & (labelled.reasons != "row_not_filled_in")
    is_open &= is_unread | np.isin(labelled.roles, FREE_ROLES)
    for table in layout.tables:
        own = [column.index for column in table.columns]
        if table.kind == "actions":
            is_open[table.top : table.last, own] = False
        else:  # a text between the rows stands where the key of a row stands
            rows = slice(table.first, table.last)
            not_filled = labelled.reasons[rows, table.key.index] == "row_not_filled_in"
            is_open[rows, table.key.index] |= not_filled
    positions: list[list[int]] = np.argwhere(is_open).tolist()
    return positions


def _asked_positions(findings: Iterable[Finding], sheet: str, width: int) -> set[int]:
    """The cells of a sheet about whose text a warning asks; a comment is no text of its cell."""
    return {
        row * width + column
        for finding in findings
        if finding.severity is Severity.WARNING and finding.sheet == sheet
        if not is_about_person(finding) and finding.rule not in {*OF_COMMENTS, OF_NUMBERS}
        for row, column in positions_of_range(finding.cell)
    }


def _texts_of_comments(
    reading: ParsedSubmission, layouts: Sequence[Layout], findings: Iterable[Finding]
) -> Iterator[_Found]:
    asked = {finding.location for finding in findings if finding.rule == OF_COMMENTS[0]}
    visible = {layout.sheet.name for layout in layouts}
    for fragment in reading.workbook.text_fragments:
        if fragment.kind == "comment" and fragment.sheet in visible:
            text = " ".join(text_of_comment(fragment).split())
            is_ours = any(ours.fullmatch(text) for ours in our_comments())
            if text and not is_ours and f"{fragment.sheet}!{fragment.cell}" not in asked:
                yield _Found(text, "comment", fragment.sheet, fragment.cell)


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
    """Page headers and text boxes of sheets with figures. Their texts are not kept."""
    sheets = {layout.sheet.name for layout in layouts if layout.tables_of("observations")}
    for fragment in reading.workbook.text_fragments:
        is_margin = fragment.kind in {"header", "drawing"} and fragment.sheet in {*sheets, ""}
        if is_margin and text_of_margin(fragment):
            yield _Found("", "margin", fragment.sheet)


@dataclass(frozen=True)
class _Masks:
    """Cells and sheet names that may be about a person: their texts are not repeated."""

    cells: frozenset[str]
    sheets: Mapping[str, str]  # the numbers by which sheets with such names go

    @classmethod
    def of_findings(cls, reading: ParsedSubmission, findings: Iterable[Finding]) -> "_Masks":
        numbered = {f"#{number}": own.name for number, own in enumerate(reading.workbook.sheets, 1)}
        doubtful = [finding for finding in findings if is_about_person(finding)]
        cells = {
            f"{numbered.get(finding.sheet, finding.sheet)}!{cell_address(row, column)}"
            for finding in doubtful
            for row, column in positions_of_range(finding.cell)
        }
        sheets = {
            numbered[finding.sheet]: finding.sheet
            for finding in doubtful
            if finding.sheet in numbered
        }
        return cls(frozenset(cells), sheets)

    def quoted(self, found: _Found) -> str:
        is_doubtful = f"{found.sheet}!{found.cell}" in self.cells
        is_doubtful |= found.kind == "sheet_name" and found.sheet in self.sheets
        return "" if is_doubtful else found.text


def _grouped(found: Iterable[_Found], figures: _Figures, masks: _Masks) -> FreeTexts:
    """Equal texts once, with all their places."""
    groups: dict[tuple[Beside, KindOfText, str], list[tuple[_Found, list[str]]]] = {}
    for one in found:
        beside, series = figures.beside(one)
        groups.setdefault((beside, one.kind, masks.quoted(one)), []).append((one, series))
    if not groups:
        return NO_TEXTS
    ordered = sorted(groups, key=lambda key: ORDER.index(key[0]))
    texts = [_free_text(key, groups[key], figures.number, masks) for key in ordered[:MOST_KEPT]]
    stated = [[*key, *[(one.sheet, one.cell) for one, _ in groups[key]]] for key in ordered]
    digest = sha256(json.dumps(stated).encode()).hexdigest()[:DIGITS_OF_DIGEST]
    return FreeTexts(tuple(texts), len(groups), digest)


def _free_text(
    key: tuple[Beside, KindOfText, str],
    members: Sequence[tuple[_Found, Sequence[str]]],
    of_file: int,
    masks: _Masks,
) -> FreeText:
    beside, kind, text = key
    cells: dict[str, list[str]] = {}
    beside_rows: list[str] = []
    of_sheets: dict[str, int] = {}
    for one, series in members:
        cells.setdefault(one.sheet, []).append(one.cell)
        of_sheets[one.sheet] = len(series)
        if beside == "row":
            beside_rows += series
    number = {"row": len(beside_rows), "sheet": sum(of_sheets.values()), "file": of_file}[beside]
    series = tuple(dict.fromkeys(beside_rows))[:MOST_SERIES]
    line = shorten_text(text, LONGEST_QUOTED)
    return FreeText(line, kind, beside, _location(cells, masks), series, number)


def _location(cells: Mapping[str, Sequence[str]], masks: _Masks) -> str:
    """`Data!F3:F40, F44; Other!F5`; the first ranges of each sheet."""
    places = []
    for sheet, own in cells.items():
        ranges = format_ranges(filter(None, own)).split(", ")
        more = ["…"] if len(ranges) > MOST_RANGES else []
        listed = ", ".join([*ranges[:MOST_RANGES], *more])
        name = masks.sheets.get(sheet, sheet)
        places.append(f"{name}!{listed}" if listed else name)
    return "; ".join(places[:MOST_RANGES])
