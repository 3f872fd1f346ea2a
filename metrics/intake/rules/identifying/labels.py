"""Find values beside or below a label, as on a form: `Name | Jane Doe`, `Born | 1.1.1990`."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from metrics.catalogue.codelists import find_code, fold_text
from metrics.core.cells import cell_address
from metrics.intake.rules import remember_result
from metrics.intake.rules.identifying.headings import (
    given_names,
    heading_kinds,
    listed_words,
    workbook_headings,
)
from metrics.intake.rules.identifying.institutions import is_institution_word
from metrics.intake.rules.identifying.normalisation import normalise_text
from metrics.intake.rules.identifying.offices import office_words
from metrics.intake.workbook import Sheet, Workbook

LABEL_KINDS = {
    "name", "person_name", "born", "phone", "id", "role", "residence", "plate", "account",
}  # fmt: skip
WORD_OF_NAME = r"[^\W\d_]{1,30}(?:[-'][^\W\d_]{1,30}){0,2}"
INITIALS = r"(?:[^\W\d_]\. ?){1,3}"
NAME_BESIDE_LABEL = re.compile(rf"(?:{INITIALS})?{WORD_OF_NAME}(?:,? {WORD_OF_NAME}\.?){{0,3}}")
WITH_INITIAL = re.compile(rf"^{INITIALS}{WORD_OF_NAME}|{WORD_OF_NAME},? {INITIALS}$")
# 880320-0017, P1234567; not a year, two years or a count of a few.
IDENTIFIER = re.compile(
    r"(?!(?:19|20)\d\d(?:[-/]\d{1,4})?$)[A-Z]{0,3}[ -]?\d(?:[ ./-]?[A-Z0-9]){4,18}"
)
FEWEST_DIGITS = 5


@dataclass(frozen=True)
class LabelledCell:
    """A value whose neighbour on the left, or above, is a label of some kinds."""

    sheet: str
    cell: str
    value: object
    label: str  # in its plain form, in small letters
    kinds: Sequence[str]
    in_table: bool  # more stands below label and value, or beside the label: they head columns

    @property
    def text(self) -> str:
        return normalise_text(self.value) if type(self.value) is str else ""


@remember_result
def labelled_cells(workbook: Workbook) -> list[LabelledCell]:
    """The filled cells on the right of a label, and those below one, that are none themselves."""
    labels = {
        text: kinds for text, kinds in workbook_headings(workbook).items()
        if LABEL_KINDS.intersection(kinds)
    }  # fmt: skip
    return (
        [found for sheet in workbook.sheets for found in _in_sheet(sheet, labels)] if labels else []
    )


def _in_sheet(sheet: Sheet, labels: Mapping[str, Sequence[str]]) -> Iterator[LabelledCell]:
    for row, cells in enumerate(sheet.rows):
        for column, typed in enumerate(cells):
            if type(typed) is str and typed in labels:
                label, kinds = fold_text(normalise_text(typed)).strip(" :*"), labels[typed]
                for at, in_table in _neighbours(sheet, row, column):
                    value = _value_at(sheet, *at)
                    if not _is_empty(value) and not heading_kinds(value):
                        yield LabelledCell(
                            sheet.name, cell_address(*at), value, label, kinds, in_table
                        )


def _neighbours(sheet: Sheet, row: int, column: int) -> Iterator[tuple[tuple[int, int], bool]]:
    """The places on the right and below, and whether the label seems to head a column there."""
    below = _value_at(sheet, row + 1, column)
    is_heading = not _is_empty(below) and not heading_kinds(below)
    continues = is_heading and not _is_empty(_value_at(sheet, row + 1, column + 1))
    yield (row, column + 1), continues
    further = _value_at(sheet, row + 2, column)
    beside = [cell for cell in sheet.rows[row] if not _is_empty(cell) and not heading_kinds(cell)]
    yield (row + 1, column), bool(beside) or not (_is_empty(further) or heading_kinds(further))


def _value_at(sheet: Sheet, row: int, column: int) -> object:
    cells = sheet.rows[row] if row < len(sheet.rows) else []
    return cells[column] if column < len(cells) else None


def _is_empty(value: object) -> bool:
    return value is None or value == ""


def find_labelled(workbook: Workbook, kind: str) -> list[LabelledCell]:
    return [found for found in labelled_cells(workbook) if kind in found.kinds]


def labelled_names(workbook: Workbook) -> Iterator[LabelledCell]:
    """The names of persons beside a label such as name, surname or prepared by."""
    for found in labelled_cells(workbook):
        if {"name", "person_name", "role"}.intersection(found.kinds) and _is_name(found):
            yield found


def _is_name(found: LabelledCell) -> bool:
    """Words with capitals that name nothing else; of a table, column rules know more."""
    text = found.text
    if (
        found.in_table
        or not NAME_BESIDE_LABEL.fullmatch(text)
        or not (text.istitle() or text.isupper())
    ):
        return False
    words = re.findall(r"[^\W\d_]+", fold_text(text))
    if _names_something_else(text, words):
        return False
    if "person_name" in found.kinds:
        return True
    is_known = bool(given_names().intersection(words) or WITH_INITIAL.search(text))
    return is_known or (len(words) > 1 and found.label not in listed_words("in_a_case"))


def _names_something_else(text: str, words: Sequence[str]) -> bool:
    """Whether the words name a place, an office, an institution or what is counted."""
    other = office_words("office") | listed_words("no_second_name") | listed_words("count")
    other |= listed_words("in_a_case") | listed_words("numbered")
    is_place = find_code(text, "area") is not None or fold_text(text) in listed_words("places")
    return is_place or bool(other.intersection(words)) or any(map(is_institution_word, words))


def labelled_identifiers(workbook: Workbook) -> Iterator[LabelledCell]:
    """The numbers beside a label such as passport number."""
    for found in find_labelled(workbook, "id"):
        value = found.value
        is_number = type(value) is float and value.is_integer() and value >= 10**FEWEST_DIGITS
        is_text = bool(IDENTIFIER.fullmatch(found.text.upper()))
        digits = sum(map(str.isdigit, found.text))
        if not isinstance(value, date) and (is_number or (is_text and digits >= FEWEST_DIGITS)):
            yield found
