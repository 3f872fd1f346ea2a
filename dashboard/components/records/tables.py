"""Tables of many rows, which a template writes as one string."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html

from dashboard.components.definition_links import about_address
from dashboard.components.html_block import html_block
from dashboard.components.notes import marked_caption
from dashboard.context import PageContext


@dataclass(frozen=True)
class RecordCell:
    """A text; as a link, with the icon of a status, or in another language where one is given."""

    words: str
    href: str = ""
    hint: str = ""
    code: str = ""  # before the words, in narrow digits
    status: str = ""
    language: str = ""


MOST_COLUMNS = 8  # beside each other on a tablet, in every language


@dataclass(frozen=True)
class RecordTable:
    """One table with its heading; the first cell of a row names the row."""

    id: str
    title: str  # also its caption, there with the mark of invented figures
    heads: Sequence[str]
    rows: Sequence[Sequence[RecordCell]]
    numeric: Sequence[int] = ()
    count: str = ""
    note: str = ""
    more: str = ""  # what is below it

    @property
    def is_wide(self) -> bool:
        return len(self.heads) > MOST_COLUMNS


def record_tables(tables: Sequence[RecordTable], context: PageContext) -> html.Div:
    """The tables that have rows."""
    captioned = [(table, marked_caption(table.title, context)) for table in tables if table.rows]
    return html_block("record_tables.html", tables=captioned, about=about_address(context))
