"""HTML tables with a caption, row and column headings, and aligned numbers."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import html

from dashboard.components.layout import attributes

Cell = Any  # a text or a component
ARROW_KEYS = "data-arrow-keys"  # as in `assets/html_block.js`


def table(
    caption: Cell,
    columns: Sequence[Cell],
    rows: Sequence[Sequence[Cell]],
    numeric: Sequence[int] = (),
    *,
    is_titled: bool = False,
) -> html.Div:
    """A table whose first column names its rows; if wide, it scrolls within its own frame.

    `is_titled`: a heading above repeats the caption, so the caption is visually hidden.
    """
    body = html.Tbody([html.Tr(row_cells(row, numeric)) for row in rows])
    return table_frame(caption, table_head(columns, numeric), [body], is_titled=is_titled)


MOST_COLUMNS = 5  # with words in their cells, beside each other on a tablet


def stacked_table(
    caption: Cell,
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    numeric: Sequence[int],
    *,
    is_titled: bool = False,
) -> html.Div:
    """A table of many columns: on a narrow screen each row is a block, with headings in it.

    With more columns than fit on a tablet, a row there has its figures below their headings.
    """
    kind = "stacked pairs" if len(columns) > MOST_COLUMNS else "stacked"
    body = html.Tbody([html.Tr(row_cells(row, numeric, columns)) for row in rows])
    head = table_head(columns, numeric)
    return table_frame(caption, head, [body], is_titled=is_titled, kind=kind)


def grouped_table(
    caption: Cell, columns: Sequence[str], groups: Mapping[Cell, Sequence[Sequence[Cell]]]
) -> html.Div:
    """Rows grouped under headings; on a narrow screen each row is a block, with headings."""
    bodies = [
        html.Tbody([
            html.Tr(html.Th(name, scope="rowgroup", colSpan=len(columns), className="group")),
            *(html.Tr(row_cells(row, (), columns)) for row in rows),
        ])
        for name, rows in groups.items()
    ]  # fmt: skip
    head = table_head(columns, ())
    return table_frame(caption, head, bodies, is_titled=True, kind="stacked")


def table_of_signs(
    caption: Cell,
    columns: Sequence[Cell],
    codes: Sequence[str],
    rows: Sequence[Sequence[Cell]],
) -> html.Div:
    """A sign in each column; on a narrow screen the signs of a row follow each other with codes."""
    headings = ["", *codes]
    body = html.Tbody([html.Tr(row_cells(row, (), headings)) for row in rows])
    return table_frame(caption, table_head(columns, ()), [body], is_titled=False, kind="signs")


def with_arrow_keys(framed: html.Div) -> html.Div:
    """A table of many links as one stop of the Tab key, within which arrow keys move."""
    setattr(framed.children, ARROW_KEYS, "")
    return framed


def table_head(columns: Sequence[Cell], numeric: Sequence[int]) -> html.Thead:
    return html.Thead(
        html.Tr([html.Th(name, scope="col", className=alignment(at, numeric))
                 for at, name in enumerate(columns)])
    )  # fmt: skip


def table_frame(
    caption: Cell,
    head: html.Thead,
    bodies: Sequence[html.Tbody],
    *,
    is_titled: bool,
    kind: str = "",
) -> html.Div:
    # In its own span, so that the caption stays in view while a wide table is scrolled.
    titled = html.Caption(html.Span(caption), className="visually-hidden" if is_titled else "")
    return html.Div(
        html.Table([titled, head, *bodies]),
        className=f"table-frame {kind}".strip(),
        tabIndex=0,
        role="region",
        **attributes(aria_label=caption if isinstance(caption, str) else ""),
    )


def row_cells(
    row: Sequence[Cell], numeric: Sequence[int], headings: Sequence[Cell] = ()
) -> list[html.Th | html.Td]:
    """The cells of a row, each with the heading of its column if headings are given."""
    first, *others = row
    cells = [
        html.Td(html.Div(cell), className=alignment(at, numeric), **attributes(data_heading=name))
        for at, (cell, name) in enumerate(zip(others, headings[1:], strict=False), start=1)
    ] or [
        html.Td(cell, className=alignment(at, numeric)) for at, cell in enumerate(others, start=1)
    ]
    return [html.Th(first, scope="row", className=alignment(0, numeric)), *cells]


def alignment(at: int, numeric: Sequence[int]) -> str:
    return "number" if at in numeric else ""
