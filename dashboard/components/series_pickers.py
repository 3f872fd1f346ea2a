"""Pickers for the component, the part and the breakdown of a series: what the area has of it."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.addresses.alternatives import breakdown_name, parts_by_component
from dashboard.addresses.selection import Selection
from dashboard.components.pickers import labelled_control, picker
from dashboard.released.released_parts import codes_of, components_of
from dashboard.released.series import AssessedSeries, component_name
from dashboard.texts import Text
from metrics.catalogue.definitions.indicators import Indicator
from metrics.core.series import format_codes, format_dimensions, format_series
from metrics.core.tables import VALUE


def series_pickers(selection: Selection) -> Iterator[Any]:
    series = selection.series
    if series is not None:
        yield from component_picker(selection, series)
        yield from part_picker(selection, series)
        yield from breakdown_picker(selection, series)


def component_picker(selection: Selection, series: AssessedSeries) -> Iterator[Any]:
    """The headline figure and what it consists of or what is derived from it."""
    text, indicator = selection.text, series.indicator
    own = format_codes(series.codes)
    names = {}
    for component, parts in parts_by_component(indicator, selection.parts).items():
        kept = series.codes if any(part.codes == own for part in parts) else {}
        names[format_series(indicator.code, component, kept)] = component_label(
            indicator, component, text
        )
    # One without any value in the area is chosen by its address only.
    own_label = component_label(indicator, series.other_component or VALUE, text)
    names.setdefault(series.name, own_label)
    if len(names) > 1:
        yield picker("component", text("goal.component"), names, series.name)


def component_label(indicator: Indicator, component: str, text: Text) -> str:
    if component == VALUE:
        return text("parts.figure")
    return component_name(indicator, component, text)


def part_picker(selection: Selection, series: AssessedSeries) -> Iterator[Any]:
    """Each part of the shown component, grouped by breakdown."""
    text, component = selection.text, series.component
    groups: dict[str, dict[str, str]] = {}
    for codes in codes_of(selection.parts, component):
        name = format_series(series.indicator.code, series.other_component or VALUE, codes)
        label = part_title(codes, text) or text("goal.total")
        groups.setdefault(format_dimensions(codes), {})[name] = label
    if any(groups) and components_of(selection.parts):
        yield grouped_picker(text, groups, series.name)


def part_title(codes: dict[str, str], text: Text) -> str:
    return ", ".join(text.code(by, code) for by, code in codes.items())


def grouped_picker(text: Text, groups: dict[str, dict[str, str]], chosen: str) -> html.Label:
    """A native list with a heading for each breakdown."""
    offered = {name for names in groups.values() for name in names}
    listed: list[Any] = [] if chosen in offered else [html.Option("–", value=chosen, selected=True)]
    for by, names in groups.items():
        options = [
            html.Option(label, value=name, selected=name == chosen) for name, label in names.items()
        ]
        listed += [html.Optgroup(options, label=breakdown_name(by, text))] if by else options
    return labelled_control("part", text("goal.part"), html.Select(listed))


def breakdown_picker(selection: Selection, series: AssessedSeries) -> Iterator[Any]:
    """The dimensions that the series can be split by; a series without a total is always split."""
    text = selection.text
    names = {by: breakdown_name(by, text) for by in selection.breakdowns}
    whole = {"": text("goal.undivided")} if series.last_row else {}
    if names:
        chosen = format_dimensions(selection.breakdown)
        yield picker("breakdown", text("goal.breakdown"), whole | names, chosen)
