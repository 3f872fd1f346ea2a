"""Compare: one indicator in several areas, or two indicators in one area."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard.addresses.alternatives import UnavailableError, with_nearest
from dashboard.components.comparison.choices import (
    comparison_choices,
    refusal,
    unit_words,
)
from dashboard.components.comparison.notes import chart_notes, comparison_notes, units_differ
from dashboard.components.comparison.table import (
    comparison_table,
)
from dashboard.components.downloads import file_links, picture_links
from dashboard.components.frame import (
    FILTERS_AS_OF_PERIOD,
    MANNERS,
    frame,
    without_unknown,
)
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn, attributes
from dashboard.components.notes import no_release, note_in_words, period_note
from dashboard.components.page_registry import answer_as_missing, register_page
from dashboard.components.pickers import period_picker
from dashboard.components.release_choice import folded_release_choice
from dashboard.components.release_filters import drop_unknown
from dashboard.components.unavailable import unavailable_card
from dashboard.contents.comparison import (
    COMPARE_PATH,
    MOST_DRAWN,
    SeriesComparison,
    choices_of_comparisons,
    read_comparison,
)
from dashboard.contents.comparison_chart import (
    area_words,
    caption_of_comparison,
    chart_of_comparison,
    comparison_title,
    heading_of_comparison,
)
from dashboard.context import PageContext, resolve_context
from dashboard.view import View
from metrics.catalogue.codelists import codelist
from metrics.core.series import format_series


def compare_title(context: PageContext) -> str:
    """`Compare: victims identified, per 100,000 children: EU, Germany, France`."""
    text = context.text
    if context.release is None:
        return text("compare.title")
    try:
        comparison = read_comparison(known_choices_only(context))
    except UnavailableError:
        return text("missing.title")
    areas = "" if comparison.second else ", ".join(
        area_words(area, text) for area in comparison.areas[:MOST_DRAWN])  # fmt: skip
    return ": ".join(filter(None, [text("compare.menu"), comparison_title(comparison), areas]))


register_page(
    __name__, COMPARE_PATH, order=33, title=compare_title, is_kept=True, slides=("comparison",)
)


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    context = known_choices_only(asked)
    if context.release is None:
        return frame(COMPARE_PATH, asked, [no_release(context)])
    context, notices = drop_unknown(context, choices_of_comparisons(context))
    try:
        comparison = read_comparison(context)
    except UnavailableError as missing:
        answer_as_missing()
        return frame(COMPARE_PATH, asked, [unavailable_card(missing, context.text)])
    heading = html.Div([
        html.H1(heading_of_comparison(comparison)),
        folded_release_choice(context, [*period_picker(context)]),
        *period_note(COMPARE_PATH, context),
    ])  # fmt: skip
    body = [*notices, *comparison_sections(comparison)]
    compared = comparison.asked
    lasting = {
        "indicator": format_series(compared.indicator, compared.component, compared.codes),
        "areas": ",".join(comparison.areas),
        "unit": str(comparison.unit),
    }
    return frame(COMPARE_PATH, asked, body, heading, of_release=False, lasting=lasting)


def known_choices_only(context: PageContext) -> PageContext:
    return without_unknown(context, (*FILTERS_AS_OF_PERIOD, *MANNERS))


def comparison_sections(comparison: SeriesComparison) -> Iterator[Any]:
    text = comparison.context.text
    yield from unknown_area_alerts(comparison)
    yield comparison_choices(comparison)
    yield from refusal(comparison)
    words = text.counted("compare.result", len(comparison.drawn),
                         unit=unit_words(comparison.unit, text))  # fmt: skip
    yield html.P(words, role="status", className="visually-hidden")
    if not comparison.drawn:
        yield html.Section([*comparison_notes(comparison)], className="card")
        return
    beside = [html.H2(text("compare.figures")), comparison_table(comparison),
              *comparison_notes(comparison), comparison_files(comparison)]  # fmt: skip
    yield html.Div(
        [chart_section(comparison),
         html.Aside(beside, className="card compare-figures",
                    **attributes(aria_label=text("compare.figures")))],
        className="compare-columns",
    )  # fmt: skip


def unknown_area_alerts(comparison: SeriesComparison) -> Iterator[html.P]:
    text = comparison.context.text
    for code in comparison.unknown_areas:
        words = with_nearest(text("missing.area", code=code), code, codelist("area"), text)
        yield html.P(words, role="alert", className="absent")


def chart_section(comparison: SeriesComparison) -> html.Section:
    """Title, lines or dots, and what belongs to them; a sentence without a common axis."""
    if comparison.has_one_unit:
        return html.Section([chart(comparison)], className="card compare-chart")
    caption = caption_of_comparison(comparison)
    body = [units_differ(comparison), *chart_notes(comparison),
            *map(note_in_words, caption.notes)]  # fmt: skip
    source = html.P(str(caption.source), className="source")
    return html.Section(
        [html.H2(caption.title), html.P(caption.subtitle, className="quiet"), *body, source],
        className="card compare-chart",
    )


def chart(comparison: SeriesComparison) -> Drawn:
    text, drawn = comparison.context.text, chart_of_comparison(comparison)
    areas = ", ".join(series.name for series in comparison.drawn)
    description = text("compare.chart_alt", name=drawn.caption.title, areas=areas)
    return graph(drawn, "compare", description, text, list(chart_notes(comparison)))


def comparison_files(comparison: SeriesComparison) -> html.Div:
    """The shown figures as a file; its address names what the page shows by default."""
    named = comparison.context.with_changes(
        areas=",".join(comparison.areas),
        indicator=comparison.named_series[0].series.name,
        unit=comparison.unit,
    )
    view = named.view.with_changes(collection=named.collection.code)
    title = comparison_title(comparison)
    links = picture_links("comparison", view, named.text, title)
    pictures = links if comparison.has_one_unit else ()
    apart = (part for link in pictures for part in (link, " "))
    return html.Div([*file_links(["comparison"], named), *apart])
