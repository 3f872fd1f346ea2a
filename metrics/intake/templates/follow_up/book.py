"""A workbook being written: its styles, choice lists, and stamp."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from metrics.catalogue.codelists import codelist
from metrics.intake.own_texts import (
    OwnKind,
    OwnTexts,
    digest_of_own_text,
    plain_heading,
    role_in_table,
)
from metrics.intake.templates import (
    OWN_TEXTS_COLUMN,
    STAMP,
    STAMPED,
    TemplateRequest,
    template_of,
)
from metrics.messages import messages

Page = Any  # xlsxwriter has no types

BLUE, PALE, INPUT, GREY, RED = "#003399", "#E8EDF7", "#FFF9DB", "#6B7280", "#FBD5D5"
FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
EDGE = {"border": 1, "border_color": "#C9CED6"}
LOCKED = FONT | EDGE | {"bg_color": "#FFFFFF"}
OPEN = FONT | EDGE | {"bg_color": INPUT, "locked": False}
STYLES: Mapping[str, Mapping[str, object]] = {
    "title": FONT | {"bold": True, "font_size": 16, "font_color": BLUE},
    "text": FONT | {"text_wrap": True},
    "link": FONT | {"text_wrap": True, "font_color": BLUE, "underline": 1},
    "scope": FONT | {"font_size": 9, "font_color": GREY},
    "strong": FONT | {"bold": True, "text_wrap": True},
    "header": LOCKED | {"bold": True, "bg_color": BLUE, "font_color": "#FFFFFF", "text_wrap": True},
    "key": LOCKED | {"font_size": 8, "font_color": GREY},
    "cell": LOCKED | {"text_wrap": True},
    "first": LOCKED | {"bold": True, "text_wrap": True, "bg_color": PALE},
    "again": LOCKED | {"font_color": GREY},
    "part": LOCKED | {"indent": 1, "text_wrap": True},
    "whole_before": LOCKED | {"font_color": GREY, "num_format": "#,##0"},
    "measured_before": LOCKED | {"font_color": GREY, "num_format": "#,##0.0##"},
    "closed": LOCKED | {"bg_color": "#EEF0F3"},
    "open": OPEN | {"text_wrap": True},
    "whole": OPEN | {"num_format": "#,##0"},
    "measured": OPEN | {"num_format": "#,##0.0##"},
    "day": OPEN | {"num_format": "yyyy-mm-dd"},
}
ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
LINE_HEIGHT = 15  # points
TITLE_HEIGHT = 24
LETTER_WIDTH = 1.1  # in widths of a digit, as column widths are; Greek letters are wide
FIRST_LIST_COLUMN = OWN_TEXTS_COLUMN + 1


class Book:
    """What the sheets of one workbook share."""

    def __init__(self, request: TemplateRequest) -> None:
        self.request = request
        self.stream = BytesIO()
        self.book: Any = xlsxwriter.Workbook(self.stream, {"in_memory": True})
        self.words = messages(request.language, "workbook")
        self._styles = {name: self.book.add_format(style) for name, style in STYLES.items()}
        self._lists: dict[tuple[str, ...], str] = {}
        self._hidden: Any = None
        self._own_texts: set[str] = set()  # digests
        self.previous_rows: list[tuple[str, dict[Any, Any]]] | None = None  # read once

    def style(self, name: str) -> Page:
        return self._styles[name]

    def add_sheet(self, name: str) -> Page:
        """Add a protected sheet, ready to print, whose columns can still be widened."""
        sheet = self.book.add_worksheet(name)
        sheet.protect("", ALLOWED)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&F&C&A&R&P / &N")
        return sheet

    def remember(self, kind: OwnKind, *texts: str, about: str = "") -> None:
        """Carry the digests of texts, so that nobody takes them for texts of the sender."""
        own = (digest_of_own_text(kind, text, about) for text in texts)
        self._own_texts.update(own)

    def remember_heading(self, kind: str, role: str) -> None:
        """The words of a column, which may be others when the workbook comes back."""
        self.remember(
            "heading", plain_heading(self.words[kind][role]), about=role_in_table(kind, role)
        )

    def write_title(self, sheet: Page, title: str) -> None:
        """The title of a sheet, in a row that is high enough for it in every program."""
        sheet.write(0, 0, title, self.style("title"))
        self.remember("outside", title)
        sheet.set_row(0, TITLE_HEIGHT)

    def write_scope(self, sheet: Page, row: int) -> None:
        """Say on two rows for whom and what a sheet is, so that it can be saved and sent alone."""
        request, labels = self.request, self.words["labels"]
        collection = request.collection.name(request.language)
        area = [labels["area"], self.area_name, labels["collection"], collection]
        self.remember("outside", *area, labels["round"])
        for number, texts in enumerate((area, [labels["round"], request.round.code]), start=row):
            for column, text in enumerate(texts):
                sheet.write_string(number, column, text, self.style("scope"))

    @property
    def area_name(self) -> str:
        area = self.request.area
        return f"{area} – {codelist('area')[area].name(self.request.language)}"

    def choice_validation(self, texts: Sequence[str], prompt: str = "choose") -> dict[str, object]:
        """Accept only these texts, and offer them as a list."""
        messages = self.messages("choose", prompt, "choose_error")
        return {"validate": "list", "source": self._list_range(texts), **messages}

    def _list_range(self, texts: Sequence[str]) -> str:
        """Write a list to the hidden sheet: within a cell it may have only 255 characters."""
        key = tuple(texts)
        if key not in self._lists:
            column = FIRST_LIST_COLUMN + len(self._lists)
            self._stamp_sheet().write_column(0, column, key)
            cells = xl_range_abs(0, column, max(len(key) - 1, 0), column)
            self._lists[key] = f"='{STAMP}'!{cells}"
        return self._lists[key]

    def messages(self, about: str, prompt: str, error: str) -> dict[str, object]:
        """The prompt of a cell when it is selected, and the error when it refuses an entry."""
        texts, title = self.words["messages"], self.words["messages"][f"{about}_title"]
        self.remember("prompt", title, texts[prompt], texts[error])
        prompted: dict[str, object] = {"input_title": title, "input_message": texts[prompt]}
        return prompted | {"error_title": title, "error_message": texts[error]}

    def stamp(self) -> dict[str, str]:
        """The stamp's values, in the order of `STAMPED`."""
        request = self.request
        template = template_of(request.collection)
        facts = (
            template.name, template.version, request.catalogue_version, request.collection.code,
            request.area, request.round.code, request.language,
        )  # fmt: skip
        return dict(zip(STAMPED, facts, strict=True))

    def close(self) -> bytes:
        """Stamp the workbook and return it as a file."""
        self._write_stamp()
        digests = OwnTexts(frozenset(self._own_texts)).cells()
        self._stamp_sheet().write_column(0, OWN_TEXTS_COLUMN, digests)
        self.book.close()
        return self.stream.getvalue()

    def _write_stamp(self) -> None:
        """Write the stamp three times, because programs differ in what they preserve."""
        sheet = self._stamp_sheet()
        for row, (name, fact) in enumerate(self.stamp().items()):
            sheet.write_row(row, 0, (name, fact))
            self.book.set_custom_property(f"{STAMP}_{name}", fact)
            self.book.define_name(f"{STAMP}_{name}", f'="{fact}"')
        # The round's opening day, not today, so that the same request gives the same bytes.
        opened = datetime.combine(self.request.round.opens, time())
        title = self.request.collection.name(self.request.language)
        self.book.set_properties({"title": title, "created": opened})

    def _stamp_sheet(self) -> Page:
        if self._hidden is None:
            self._hidden = self.book.add_worksheet(STAMP)
            self._hidden.very_hidden()
        return self._hidden


def code_choices(name: str, language: str) -> list[str]:
    """The codes of a list with their names: `P – provisional value`."""
    return [f"{code} – {entry.name(language)}" for code, entry in codelist(name).items()]


def row_height(texts: Iterable[tuple[str, float]]) -> float:
    """Height for wrapped texts, given with the widths of their columns.

    Not every program adjusts it when it opens a file.
    """
    lines = (-(-len(text) * LETTER_WIDTH // width) for text, width in texts)
    return LINE_HEIGHT * max(1, *lines, 1)


def consecutive_runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of consecutive numbers, so that a run shares a validation."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
