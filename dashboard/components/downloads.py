"""Links to files of what a page shows: its rows, and its charts as pictures, in every format."""

from collections.abc import Iterator, Sequence

from dash import html

from dashboard.charts.picture import Picture
from dashboard.components.embedding import embed_control
from dashboard.components.layout import Drawn
from dashboard.context import PageContext
from dashboard.exports import formats_of
from dashboard.texts import Text
from dashboard.view import View
from metrics.release.exports import exports


def file_links(names: Sequence[str], context: PageContext) -> Iterator[Drawn]:
    """One link for each file and format; the file takes the query of the page."""
    text = context.text
    view = context.view.with_changes(collection=context.collection.code, page="")
    for name in names:
        for export in exports().values():
            label = text("download.file", what=text(f"file.{name}"), format=export.name.upper())
            href = view.link(f"/download/{name}.{export.name}")
            yield html.A(label, href=href, className="take")
            yield " "


def picture_links(
    name: str, view: View, text: Text, title: str, number: int = 0
) -> Iterator[Drawn]:
    """A chart as a picture in every format, and the code to embed it.

    One of several charts has a number.
    """
    key = "picture.link_multiples" if name == "multiples" else "picture.link"
    numbered = f"{name}-{number}" if number > 1 else name
    for known in formats_of(Picture).values():
        label = text(
            f"{key}_of_several" if number else key, format=known.name.upper(), number=number
        )
        href = view.link(f"/picture/{numbered}.{known.name}")
        yield html.A(label, href=href, className="take")
    yield embed_control(numbered, view, title, text)
