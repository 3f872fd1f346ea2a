"""The parts that every view of a series has: heading, downloads, notes and source."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection
from dashboard.addresses.view_files import has_file, view_of_files
from dashboard.charts.notes import publisher
from dashboard.components.add_to_deck import add_to_deck
from dashboard.components.downloads import picture_links
from dashboard.components.guide_links import which_index
from dashboard.components.layout import Drawn
from dashboard.components.notes import (
    break_causes,
    caveats,
    coverage_by_period,
    definition_changes,
    publication,
    revision_note,
    source_line,
    withdrawal_note,
)
from dashboard.components.reporting_links import who_reported
from dashboard.contents.view_charts import number_of_charts
from dashboard.released.series import AssessedSeries
from metrics.core.tables import CHAINED_INDEX
from metrics.release.exports import Export, exports


def card_head(
    title: str, view_name: str, selection: Selection, *, with_pictures: bool = False
) -> html.Div:
    """A heading, and the same view in every file format, of charts also as pictures."""
    pictures = chart_links(view_name, selection) if with_pictures else ()
    head = [html.H2(title), *download_links(view_name, selection), *pictures]
    return html.Div(head, className="card-head")


def download_links(view_name: str, selection: Selection) -> Iterator[html.A]:
    """The same view in every file format; none where a file would have no rows."""
    if has_file(view_name, selection):
        yield from (download_link(view_name, export, selection) for export in exports().values())


def chart_links(view_name: str, selection: Selection) -> Iterator[Drawn]:
    """The charts of the view as pictures; those of the States are two."""
    series = selection.series
    if series is None or not has_file(view_name, selection):
        return
    title = series.title(selection.text)
    view, text = view_of_files(selection).with_changes(view=""), selection.text
    numbers = range(1, 1 + number_of_charts(selection)) if view_name == "trend" else (1,)
    for number in numbers:
        at = number if len(numbers) > 1 else 0
        yield from picture_links(view_name, view, text, title, at)
    if view_name == "states":
        yield from picture_links("multiples", view, text, title)
        yield add_to_deck(GOAL_PATH, selection.context, "multiples", **chosen_by_page(selection))


def chosen_by_page(selection: Selection) -> Mapping[str, str]:
    """What the page has chosen by default: an address that lasts names it."""
    return {
        "goal": selection.goal.code if selection.goal else "",
        "area": selection.area,
        "indicator": selection.series.name if selection.series else "",
    }


def download_link(view_name: str, export: Export, selection: Selection) -> html.A:
    """Link to the current view as a file; page and file take the same query."""
    view = view_of_files(selection)
    label = selection.text("goal.download", format=export.name.upper())
    return html.A(label, href=view.link(f"/download/{view_name}.{export.name}"), className="take")


def notes_under(selection: Selection, series: AssessedSeries) -> list[Any]:
    """Caveats, publisher and source line, for below a table of one area."""
    text = selection.text
    published = publisher(series.as_of(selection.period), text)
    return [
        *break_causes(series, text),
        *further_notes(selection, series),
        *notes_with_publishers(selection, series, published),
    ]


def further_notes(selection: Selection, series: AssessedSeries) -> list[Any]:
    """What the caption of a chart does not say: revisions, withdrawals, coverage, publication."""
    text = selection.text
    is_chained = series.component == CHAINED_INDEX
    return [
        *([which_index("index.released", selection.context)] if is_chained else []),
        *revision_note(series, selection.release, text),
        *withdrawal_note(series, selection.release, text),
        *coverage_by_period(series, text),
        *who_reported(series, selection.context),
        *publication(series.as_of(selection.period), text),
    ]


def notes_with_publishers(
    selection: Selection, series: AssessedSeries, publishers: Sequence[Sequence[str]]
) -> list[Any]:
    source = selection.text.joined([*publishers, [source_line(selection.context)]], " · ")
    notes = [*caveats(series, selection.text), *definition_changes(series, selection.text)]
    return [*notes, html.P(source, className="source")]
