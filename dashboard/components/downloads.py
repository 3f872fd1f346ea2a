"""Links to files about a release as a whole: what a page shows, in every file format."""

from collections.abc import Iterator, Sequence

from dash import html

from dashboard.components.layout import Drawn
from dashboard.context import PageContext
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
