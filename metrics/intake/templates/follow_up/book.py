"""A workbook that is being written: its styles, its lists to choose from, and its stamp."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range_abs

from metrics.catalogue.codelists import codelist
from metrics.intake.templates import STAMP, STAMPED, Sections, TemplateRequest, words
from metrics.intake.templates.follow_up import TEMPLATE

Page = Any  # xlsxwriter has no types

BLUE, PALE, INPUT, GREY, RED = "#003399", "#E8EDF7", "#FFF9DB", "#6B7280", "#FBD5D5"
FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
EDGE = {"border": 1, "border_color": "#C9CED6"}
LOCKED = FONT | EDGE | {"bg_color": "#FFFFFF"}
OPEN = FONT | EDGE | {"bg_color": INPUT, "locked": False}
STYLES: Mapping[str, Mapping[str, object]] = {
    "title": FONT | {"bold": True, "font_size": 16, "font_color": BLUE},
    "text": FONT | {"text_wrap": True},
    "strong": FONT | {"bold": True, "text_wrap": True},
    "header": LOCKED | {"bold": True, "bg_color": BLUE, "font_color": "#FFFFFF", "text_wrap": True},
    "key": LOCKED | {"font_size": 8, "font_color": GREY},
    "cell": LOCKED | {"text_wrap": True},
    "first": LOCKED | {"bold": True, "text_wrap": True, "bg_color": PALE},
    "again": LOCKED | {"font_color": GREY},
    "part": LOCKED | {"indent": 1, "text_wrap": True},
    "before": LOCKED | {"font_color": GREY, "num_format": "#,##0.###"},
    "closed": LOCKED | {"bg_color": "#EEF0F3"},
    "open": OPEN | {"text_wrap": True},
    "whole": OPEN | {"num_format": "#,##0"},
    "measured": OPEN | {"num_format": "#,##0.0##"},
    "day": OPEN | {"num_format": "yyyy-mm-dd"},
}
ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
LINE = 15  # points
LETTER = 1.1  # widths of a digit, in which columns are measured; Greek letters are wide
LISTS_FROM = 3  # the column of the hidden sheet from which the lists stand


class Book:
    """What the sheets share while one order is being written."""

    def __init__(self, order: TemplateRequest) -> None:
        self.order = order
        self.stream = BytesIO()
        self.book: Any = xlsxwriter.Workbook(self.stream, {"in_memory": True})
        self.words: Sections = words(order.language)
        self._styles = {name: self.book.add_format(style) for name, style in STYLES.items()}
        self._lists: dict[tuple[str, ...], str] = {}
        self._hidden: Any = None

    def style(self, name: str) -> Page:
        return self._styles[name]

    def sheet(self, name: str) -> Page:
        """A protected page, ready to print, on which columns can still be widened."""
        sheet = self.book.add_worksheet(name)
        sheet.protect("", ALLOWED)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&F&C&A&R&P / &N")
        return sheet

    def choices(self, texts: Sequence[str]) -> str:
        """Where a list stands on the hidden sheet: typed into the cell it may have 255 letters."""
        key = tuple(texts)
        if key not in self._lists:
            column = LISTS_FROM + len(self._lists)
            self._stamp_sheet().write_column(0, column, key)
            place = xl_range_abs(0, column, max(len(key) - 1, 0), column)
            self._lists[key] = f"='{STAMP}'!{place}"
        return self._lists[key]

    def chosen_from(self, texts: Sequence[str], prompt: str = "choose") -> dict[str, object]:
        said = self.said("choose", prompt, "choose_error")
        return {"validate": "list", "source": self.choices(texts), **said}

    def said(self, about: str, prompt: str, error: str) -> dict[str, object]:
        """What a cell says when it is entered, and when it refuses what was typed."""
        words, title = self.words["messages"], self.words["messages"][f"{about}_title"]
        shown: dict[str, object] = {"input_title": title, "input_message": words[prompt]}
        return shown | {"error_title": title, "error_message": words[error]}

    def stamped(self) -> dict[str, str]:
        """What the workbook says of itself, in the order of `STAMPED`."""
        order = self.order
        facts = (
            TEMPLATE.name, TEMPLATE.version, order.catalogue_version, order.collection.code,
            order.area, order.round.code, order.language,
        )  # fmt: skip
        return dict(zip(STAMPED, facts, strict=True))

    def closed(self) -> bytes:
        self._stamp()
        self.book.close()
        return self.stream.getvalue()

    def _stamp(self) -> None:
        """Three times, as programs differ in what they keep when they save."""
        sheet = self._stamp_sheet()
        for row, (name, fact) in enumerate(self.stamped().items()):
            sheet.write_row(row, 0, (name, fact))
            self.book.set_custom_property(f"{STAMP}_{name}", fact)
            self.book.define_name(f"{STAMP}_{name}", f'="{fact}"')
        # The day of opening, not of writing: the same order gives the same bytes.
        opened = datetime.combine(self.order.round.opens, time())
        title = self.order.collection.name(self.order.language)
        self.book.set_properties({"title": title, "created": opened})

    def _stamp_sheet(self) -> Page:
        if self._hidden is None:
            self._hidden = self.book.add_worksheet(STAMP)
            self._hidden.very_hidden()
        return self._hidden


def coded(name: str, language: str, codes: Sequence[str] | None = None) -> list[str]:
    """Codes to choose from, each with its words: `P – provisional value`."""
    known = codelist(name)
    return [f"{code} – {known[code].name(language)}" for code in codes or known]


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Of a row, given its texts and the widths of their columns: not every program finds it."""
    lines = (-(-len(text) * LETTER // width) for text, width in texts)
    return LINE * max(1, *lines, 1)


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of neighbours: one rule for many cells."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
