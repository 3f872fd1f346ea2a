"""What must stand beside a figure: its source, its release, its caveats; and what to do without."""

from collections.abc import Sequence
from typing import Any

from dash import dcc, html

from dashboard import data
from dashboard.components.layout import card
from dashboard.data import Release
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from dashboard.view import View


def source_line(view: View, release: Release | None, text: Text) -> str:
    """`Source: … · Release … · As of …`, on every chart, table and file."""
    collection = data.collection_of(view)
    name = collection.name(text.language)
    said = [text("note.source", source=name)]
    if release is not None:
        said.append(text("note.release", release=release.label))
    if release is not None and release.as_of:
        said.append(text("frame.as_of", day=text.date(release.as_of)))
    return " · ".join([*said, *(each for each in stamp(view, text) if each != name)])


def publisher(track: AssessedSeries, text: Text) -> list[str]:
    """Who published the latest figure, and what they call it: empty for what was submitted."""
    row = track.latest or {}
    if not row.get("source"):
        return []
    named = text("note.published", name=row["remark"]) if row.get("remark") else ""
    return [text("note.publisher", source=row["source"]), *filter(None, [named])]


def stamp(view: View, text: Text) -> list[str]:
    """What stands on every chart, table and file of invented figures."""
    return [text("note.invented")] if data.is_invented(view) else []


def stamped(caption: str, view: View, text: Text) -> str:
    return " · ".join([caption, *stamp(view, text)])


def caveats(track: AssessedSeries, text: Text) -> list[html.P]:
    caveat = track.indicator.caveat
    if caveat is None:
        return []
    mark = html.Strong(text("note.caveat") + " ")
    return [html.P([mark, caveat(text.language)], className="caveat")]


def empty(title: str, advice: Sequence[Any]) -> html.Section:
    """A page without figures says what to do."""
    return card(title, list(map(html.P, advice)), "empty")


def no_release(view: View, text: Text) -> html.Section:
    collection = data.collection_of(view)
    submit = view.kept.link("/submit")
    return empty(
        text("empty.title", collection=collection.name(text.language)),
        [
            [text("empty.submit"), " ", dcc.Link(text("submit.menu"), href=submit)],
            [text("empty.build"), " ", html.Code(f"empact release {collection.code}")],
            text("empty.reload"),
        ],
    )  # fmt: skip
