"""Sentences in place of a figure: which area is shown and why, and why there is nothing to draw."""

from collections.abc import Iterator, Mapping, Sequence

from dash import html

from dashboard.addresses.alternatives import breakdown_name
from dashboard.addresses.selection import Selection
from dashboard.charts.marks import coverage_note, why_absent
from dashboard.components.goal.indicator_parts import area_links, series_address
from dashboard.components.layout import join_links, page_link
from dashboard.components.series_pickers import part_title
from dashboard.components.status import status_word
from dashboard.released.goal_statuses import mark_of_series
from dashboard.released.released_parts import codes_of
from dashboard.released.series import AssessedSeries, read_in_area
from dashboard.texts import Text
from dashboard.wording.absent_states import (
    name_of_part,
    no_figures_of_states,
    without_total,
)
from dashboard.wording.goal_finding import (
    headline_absence,
    in_sentence,
    name_with_area,
    others_with_figure,
)
from dashboard.wording.narrative import latest_value
from metrics.core.series import format_codes, format_dimensions, format_series
from metrics.core.tables import EU, VALUE


def area_notes(selection: Selection, series: AssessedSeries) -> Iterator[html.P | html.Ul]:
    """Why another area than the Union is shown, and where the series has figures if not here."""
    text = selection.text
    area = text.code("area", selection.area)
    on_headline = list(headline_without_figure(selection, series))
    if selection.is_default_area:
        why = why_not_union(selection, series)
        yield html.P(text("goal.unasked", area=area, why=why))
    yield from on_headline
    if selection.breakdown and series.last_row is None:
        by = breakdown_name(format_dimensions(selection.breakdown), text)
        yield html.P(text("goal.only_parts", by=in_sentence(by)), className="quiet")
    elif series.last_known is None and selection.areas:
        words = text("goal.only_elsewhere", area=area) + " "
        yield html.P([words, *area_links(selection, series)])
    if series.last_known is None and not selection.breakdown:
        yield from links_to_shown_parts(selection, series)


def headline_without_figure(
    selection: Selection, series: AssessedSeries
) -> Iterator[html.P | html.Ul]:
    """That the headline series of the goal has no figure here, and a list of those that have."""
    if others := others_with_figure(selection, series):
        yield html.P(headline_absence(selection, series))
        yield html.Ul(
            [line_with_figure(own, selection) for own in others], className="other-figures"
        )


def line_with_figure(series: AssessedSeries, selection: Selection) -> html.Li:
    """A series as a link, with its latest figure, the period of it, and its status."""
    text, latest = selection.text, series.last_known or {}
    address = series_address(selection, series.name, series.area)
    figure = f": {latest_value(series, text)} ({text.period(latest['period'])}) "
    status = [status_word(mark_of_series(series), text)] if series.official else []
    return html.Li([page_link(name_with_area(series, selection), href=address), figure, *status])


def links_to_shown_parts(selection: Selection, series: AssessedSeries) -> Iterator[html.P]:
    """Links to the parts of the indicator that have a value in the shown area."""
    text, component = selection.text, series.other_component or VALUE
    links = []
    for codes in filter(None, codes_of(selection.parts, series.component)):
        name = format_series(series.indicator.code, component, codes)
        address = series_address(selection, name, selection.area)
        links.append(page_link(part_title(codes, text), href=address))
    if links:
        area = text.code("area", selection.area)
        yield html.P([text("goal.other_series_here", area=area) + " ", *join_links(links, text)])


def absence_in_states(selection: Selection, series: AssessedSeries) -> html.P:
    """That no State has a figure; of a series without a total, with links to its parts."""
    text, parts = selection.text, selection.parts_in_states
    if not parts:
        return html.P(no_figures_of_states(selection), className="absent")
    here = {part.codes for part in selection.parts if part.component == series.component}
    links = [
        page_link(
            name_of_part(codes, selection),
            href=series_address(
                selection,
                format_series(series.indicator.code, series.other_component or VALUE, codes),
                selection.area if format_codes(codes) in here else "",
            ),
        )
        for codes in parts
    ]
    return html.P([without_total(selection) + " ", *join_links(links, text)], className="absent")


def why_not_union(selection: Selection, series: AssessedSeries) -> str:
    """`European Union, 2025: not available (1 of 27 with figures).`"""
    text, union = selection.text, read_in_area(series, EU, selection.release)
    name = text.code("area", EU)
    if union.last_row is None:
        return text("goal.no_union", union=name)
    coverage = coverage_note(union.last_row, text, "card.coverage")
    return text(
        "goal.union_absent",
        union=name,
        period=text.period(union.last_row["period"]),
        why=why_absent(union.last_row, text) + (f" ({coverage})" if coverage else ""),
    )


def absence_reasons(series: AssessedSeries, text: Text) -> Iterator[html.P]:
    """Why no period of a series has a figure; nothing for a series without any period."""
    if series.last_row is None:
        yield html.P(text("goal.no_series"), className="absent")
        return
    reasons: dict[str, list[str]] = {}
    for row in series.rows:
        reasons.setdefault(why_absent(row, text), []).append(text.period(row["period"]))
    yield html.P(text("goal.nothing_shown", why=reason_list(reasons, text)), className="absent")


def reason_list(reasons: Mapping[str, Sequence[str]], text: Text) -> str:
    """`suppressed (2020, 2021); not available (2022)`."""
    return text.listed(f"{why} ({', '.join(where)})" for why, where in reasons.items())
