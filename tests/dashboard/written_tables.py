"""The tables that a template has written into a page, as rows of words."""

from html.parser import HTMLParser
from typing import Any

from tests.dashboard.reading import of_type


class TableReader(HTMLParser):
    """The words of every cell, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.in_cell = False

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")
            self.in_cell = True

    def handle_endtag(self, tag: str) -> None:
        self.in_cell = self.in_cell and tag not in {"td", "th"}

    def handle_data(self, data: str) -> None:
        if self.in_cell:
            self.rows[-1][-1] += data


def written_rows(page: Any) -> list[list[str]]:
    """The rows of the tables in the HTML block of a page, headings included."""
    (store,) = of_type(page, "Store")
    reader = TableReader()
    reader.feed(store.data)
    return [[cell.strip() for cell in row] for row in reader.rows]
