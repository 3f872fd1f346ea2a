"""Rows in numbered pages: those of the page in the address, and links to the others."""

from collections.abc import Iterator
from math import ceil

import pandas as pd
from dash import html

from dashboard.components.layout import Drawn, attributes, page_link
from dashboard.components.paging import page_number
from dashboard.context import PageContext

ROWS_OF_A_PAGE = 100


def rows_of_page(rows: pd.DataFrame, context: PageContext) -> pd.DataFrame:
    return rows.iloc[span_of_page(len(rows), context, ROWS_OF_A_PAGE)]


def span_of_page(found: int, context: PageContext, size: int) -> slice:
    """Where the rows of the page in the address are among all that were found."""
    number = page_number(context.view.page, ceil(found / size))
    return slice((number - 1) * size, number * size)


def links_to_pages(
    path: str, found: int, context: PageContext, size: int = ROWS_OF_A_PAGE
) -> Iterator[Drawn]:
    """`Page 2 of 7`, with the page before and the next; nothing if there is only one."""
    text, pages = context.text, ceil(found / size)
    if pages < 2:  # noqa: PLR2004
        return
    number = page_number(context.view.page, pages)
    words = text("explore.page", number=text.number(number, 0), last=text.number(pages, 0))
    links = [
        page_link(text(f"explore.{key}"), href=context.view.link(path, page=str(other)))
        for key, other in (("before", number - 1), ("after", number + 1))
        if 1 <= other <= pages
    ]
    yield html.Nav(
        [words, *(part for link in links for part in (" ", link))],
        className="page-links",
        **attributes(aria_label=words),
    )
