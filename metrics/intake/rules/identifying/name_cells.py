"""Find names of which two cells of a row hold a part each, beside or below a word for a person.

Only such a word joins cells: otherwise each text is searched by itself.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from metrics.catalogue.codelists import find_code, fold_text
from metrics.core.cells import cell_address
from metrics.intake.rules.identifying.headings import EDGES, listed_words, workbook_headings
from metrics.intake.rules.identifying.name_columns import name_statistics
from metrics.intake.rules.identifying.name_words import are_names, is_only_a_name
from metrics.intake.rules.identifying.partial_names import person_words
from metrics.intake.rules.identifying.places import TextPlace, searchable_text, workbook_texts
from metrics.intake.workbook import Sheet, Workbook

PART_OF_NAME = re.compile(r"[^\W\d_]{2,30}(?:[-'][^\W\d_]{1,30}){0,2}")
PERSON_KINDS = {"name", "person_name", "role"}
OTHER_KINDS = ("where", "count", "no_second_name", "no_person")  # of words that head no names


@dataclass(frozen=True)
class _Cell:
    column: int
    text: str  # the first line of its plain form: others are what it may hide


@dataclass(frozen=True)
class _NameWords:
    """The texts of a workbook that are given names, and those that announce a name."""

    given: Collection[str]
    announcing: Collection[str]
    plain_forms: Mapping[str, str]


def names_in_cells(workbook: Workbook) -> Iterator[TextPlace]:
    """The cells with a given name and a surname, side by side."""
    words = _name_words(workbook)
    if not words.given or not words.announcing:
        return
    statistics = name_statistics(workbook)
    for sheet in workbook.sheets:
        for row, pair in _pairs_in_sheet(sheet, words):
            for cell in pair:
                address = cell_address(row, cell.column)
                if (sheet.name, address) not in statistics:
                    yield sheet.name, address, "cell"


def _name_words(workbook: Workbook) -> _NameWords:
    texts = workbook_texts(workbook)
    lines = {*map(_first_line, texts.distinct)}
    given = {text for text in lines if PART_OF_NAME.fullmatch(text) and is_only_a_name(text)}
    headings = workbook_headings(workbook) if given else {}
    announcing = {
        _first_line(texts.plain(text))
        for text, kinds in headings.items()
        if PERSON_KINDS & {*kinds}
    }
    announcing |= {text for text in lines if _is_word_for_person(text)} if given else set()
    return _NameWords(given, announcing, texts.plain_forms)


def _first_line(text: str) -> str:
    return text.partition("\n")[0]


def _is_word_for_person(text: str) -> bool:
    return fold_text(EDGES.sub("", text)) in person_words()


def _pairs_in_sheet(sheet: Sheet, words: _NameWords) -> Iterator[tuple[int, Sequence[_Cell]]]:
    """The pairs of neighbours in a row that are the name of a person, with the row."""
    headings: dict[int, str] = {}
    for number, cells in enumerate(sheet.rows):
        row = [
            _Cell(column, _first_line(words.plain_forms.get(text, text)))
            for column, text in enumerate(map(searchable_text, cells))
            if text
        ]
        if any(cell.text in words.given for cell in row):
            yield from ((number, pair) for pair in _pairs_in_row(row, headings, words))
        _note_headings(row, headings, words)


def _pairs_in_row(
    row: Sequence[_Cell], headings: Mapping[int, str], words: _NameWords
) -> Iterator[Sequence[_Cell]]:
    for at, pair in enumerate(pairwise(row)):
        above = [headings.get(cell.column, "") for cell in pair]
        beside = [*row[max(0, at - 1) : at], *row[at + 2 : at + 3]]
        is_beside = any(cell.text in words.announcing for cell in beside)
        is_below = any(above) and all(text in words.announcing for text in above if text)
        other = [text for text in above if text not in words.announcing]
        is_of_other = any(map(_heads_no_name, other)) or above[0] == above[1] != ""
        if (is_beside or is_below) and not is_of_other and _are_one_name(pair, words):
            yield pair


def _are_one_name(pair: Sequence[_Cell], words: _NameWords) -> bool:
    texts = [cell.text for cell in pair]
    if not any(text in words.given for text in texts) or not all(
        map(PART_OF_NAME.fullmatch, texts)
    ):
        return False
    joined = " ".join(texts)
    is_place = fold_text(joined) in listed_words("places")
    is_place |= any(find_code(text, "area") for text in texts)
    return are_names(*texts) and not is_place and joined[0].isupper()


def _note_headings(row: Sequence[_Cell], headings: dict[int, str], words: _NameWords) -> None:
    """Keep, of each column, the last text that may head it."""
    heads_table = any(cell.text in words.announcing for cell in row)
    for cell in row:
        if heads_table or _heads_no_name(cell.text):
            headings[cell.column] = cell.text


def _heads_no_name(text: str) -> bool:
    folded = fold_text(EDGES.sub("", text))
    return bool(folded) and any(folded in listed_words(kind) for kind in OTHER_KINDS)
