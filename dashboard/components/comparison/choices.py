"""The choices of a comparison as links and lists: indicator, areas, unit."""

from collections.abc import Iterator

from dash import html

from dashboard import theme
from dashboard.components.hints import hinted_link
from dashboard.components.layout import Drawn, attributes, join_links, page_link
from dashboard.components.pickers import labelled_links, picker
from dashboard.components.series_pickers import grouped_picker, part_title
from dashboard.contents.comparison import COMPARE_PATH, SeriesComparison, with_areas
from dashboard.contents.comparison_chart import area_words
from dashboard.context import PageContext
from dashboard.released.compared_series import ComparisonUnit, units_of_series
from dashboard.released.released_parts import codes_of, headline_parts, parts_of_indicator
from dashboard.texts import Text
from dashboard.wording.rate_reasons import why_no_rate
from dashboard.wording.scoreboard_words import short_area
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import catalogue
from metrics.core.series import ParsedSeries, format_codes, format_dimensions, format_series
from metrics.core.tables import EU, VALUE

FEW_LINKS = 8  # indicators that are offered in place of one without a rate
NUMBER_OF_SHAPES = len(theme.SYMBOLS)


def comparison_choices(comparison: SeriesComparison) -> html.Div:
    pickers = [
        *series_choice(comparison),
        *part_picker_of(comparison.asked, comparison.context),
        second_choice(comparison),
    ]
    parts = [html.Div(pickers, className="filters"), area_choice(comparison),
             unit_choice(comparison), *further_areas(comparison)]  # fmt: skip
    return html.Div(parts, className="card compare-choices")


def series_name(parsed: ParsedSeries) -> str:
    return format_series(parsed.indicator, parsed.component, parsed.codes)


def indicator_options(context: PageContext) -> dict[str, str]:
    """Series with a figure by the name of their indicator, those of goals first."""
    goals, indicators = context.definitions.goals, context.definitions.indicators
    ordered = dict.fromkeys([*(code for goal in goals.values() for code in goal.indicators),
                             *indicators])  # fmt: skip
    return {
        main_series(indicators[code], context): indicators[code].name(context.language)
        for code in ordered
        if parts_of_indicator(context.release, code)
    }


def main_series(indicator: Indicator, context: PageContext) -> str:
    """The total of an indicator or, where it has none, its first part with a figure."""
    parts = parts_of_indicator(context.release, indicator.code)
    known = {part.codes for part in headline_parts(indicator, parts)}
    codes = [own for own in indicator.total_or_parts() if format_codes(own) in known]
    return format_series(indicator.code, VALUE, next(iter(codes), {}))


def series_choice(comparison: SeriesComparison) -> Iterator[html.Label]:
    text, context = comparison.context.text, comparison.context
    names = indicator_options(context)
    indicator = catalogue().indicators[comparison.asked.indicator]
    main = main_series(indicator, context)
    yield picker("indicator", text("goal.indicator"), names, main)


def part_picker_of(parsed: ParsedSeries, context: PageContext) -> Iterator[html.Label]:
    """The total of an indicator and each part of a breakdown that any area has."""
    text, indicator = context.text, catalogue().indicators[parsed.indicator]
    parts = parts_of_indicator(context.release, indicator.code)
    component = next((part.component for part in headline_parts(indicator, parts)
                      if part.area != EU), VALUE)  # fmt: skip
    groups: dict[str, dict[str, str]] = {}
    for codes in codes_of(parts, component):
        name = format_series(indicator.code, VALUE, codes)
        label = part_title(codes, text) or text("goal.total")
        groups.setdefault(format_dimensions(codes), {})[name] = label
    if any(groups):
        yield grouped_picker(text, groups, series_name(parsed))


def second_choice(comparison: SeriesComparison) -> html.Label:
    """Another indicator in the same area; without one, areas are compared."""
    context, text = comparison.context, comparison.context.text
    own = series_name(comparison.asked)
    names = {"": text("compare.no_second")} | {
        name: words for name, words in indicator_options(context).items() if name != own
    }
    chosen = series_name(comparison.second) if comparison.second else ""
    return picker("second", text("compare.second"), names, chosen)


def mark_of_line(position: int) -> html.Span:
    """The shape and colour of a line, beside its name."""
    return html.Span(className=f"line-mark line-mark-{position % NUMBER_OF_SHAPES}",
                     **attributes(aria_hidden="true"))  # fmt: skip


def area_choice(comparison: SeriesComparison) -> Drawn:
    """Each compared area as a link that removes it."""
    if comparison.second:
        return one_area_choice(comparison)
    positions = {series.area: at for at, series in enumerate(comparison.drawn)}
    chips = [html.Li(chip(area, positions.get(area), comparison)) for area in comparison.areas]
    return area_group("compare.areas", html.Ul(chips, className="compare-chips"), comparison)


def further_areas(comparison: SeriesComparison) -> Iterator[html.Div]:
    """Each area that could be compared too, as a link that adds it."""
    others = [area for area in offered_areas(comparison) if area not in comparison.areas]
    if others and not comparison.second:
        links = [html.Li(link_that_adds(area, comparison)) for area in others]
        yield area_group("compare.add", html.Ul(links, className="area-codes"), comparison)


def area_group(label: str, areas: html.Ul, comparison: SeriesComparison) -> html.Div:
    words = html.Span(comparison.context.text(label), className="picker-label")
    return html.Div([words, areas], className="compare-group")


def link_that_adds(area: str, comparison: SeriesComparison) -> html.A:
    """The code of a Member State, or the name of another area, as a link that compares it too."""
    text, name = comparison.context.text, area_words(area, comparison.context.text)
    href = comparison.context.view.link(COMPARE_PATH, areas=with_areas(comparison, added=area))
    code = short_area(area, text)
    hidden = [] if code == name else [html.Span(f" {name}", className="visually-hidden")]
    return hinted_link([code, *hidden], href, "" if code == name else name)


def one_area_choice(comparison: SeriesComparison) -> html.Label:
    """The area in which two indicators are compared."""
    text = comparison.context.text
    names = {area: area_words(area, text) for area in offered_areas(comparison)}
    return picker("area", text("overview.area"), names, comparison.areas[0])


def offered_areas(comparison: SeriesComparison) -> list[str]:
    """The areas with a figure of the series."""
    release = comparison.context.release
    return list(release.areas_of.get(comparison.asked.indicator, ())) if release else []


def chip(area: str, position: int | None, comparison: SeriesComparison) -> Drawn:
    """An area with its mark, as a link that leaves it out; the last one stays."""
    text, view = comparison.context.text, comparison.context.view
    mark = [mark_of_line(position)] if position is not None and comparison.is_drawn else []
    name: list[Drawn] = [*mark, area_words(area, text)]
    if len(comparison.areas) == 1:
        return html.Span(name, className="compare-chip")
    href = view.link(COMPARE_PATH, areas=with_areas(comparison, dropped=area))
    label = text("compare.remove", area=area_words(area, text))
    cross = html.Span("×", **attributes(aria_hidden="true"))
    return html.A([*name, cross], href=href, className="compare-chip",
                  **attributes(aria_label=label))  # fmt: skip


def unit_choice(comparison: SeriesComparison) -> html.Div:
    """The units that the compared series have, as links; the current one is marked."""
    text, view = comparison.context.text, comparison.context.view
    links = [
        html.Span(unit_words(unit, text), className="current", **attributes(aria_current="true"))
        if unit is comparison.unit
        else page_link(unit_words(unit, text), href=view.link(COMPARE_PATH, unit=unit))
        for unit in comparison.units
    ]
    if ComparisonUnit.RATE not in (*comparison.units, comparison.refused):
        href = view.link(COMPARE_PATH, unit=ComparisonUnit.RATE)
        links.append(page_link(text("compare.why_no_rate"), href=href))
    return labelled_links(text("compare.unit"), links)


def unit_words(unit: str, text: Text) -> str:
    return text(f"compare.unit_{unit}")


def refusal(comparison: SeriesComparison) -> Iterator[html.P]:
    """Why the chosen unit is not shown, with the indicators that have a rate."""
    context, text = comparison.context, comparison.context.text
    if comparison.refused is None:
        return
    is_rate = comparison.refused is ComparisonUnit.RATE
    links = rated_links(comparison.asked.indicator, context) if is_rate else []
    lead = [" ", text("compare.rated"), " "] if links else []
    words = refusal_in_words(comparison.refused, comparison)
    yield html.P([words, *lead, *join_links(links, text)], role="alert", className="compare-note")


def refusal_in_words(unit: ComparisonUnit, comparison: SeriesComparison) -> str:
    """Why no figure is shown in the unit; of a rate, for each indicator that has none."""
    text, compared = comparison.context.text, [own.series for own in comparison.named_series]
    if unit is not ComparisonUnit.RATE:
        return text(f"compare.refused_{unit}", name=compared[0].title(text))
    release = comparison.context.release
    unrated = [own for own in compared if unit not in units_of_series(own, release)]
    return " ".join([*(why_no_rate(own, text) for own in unrated), text("compare.refused_rate")])


def rated_links(asked: str, context: PageContext) -> list[Drawn]:
    """Indicators with a rate, first those that follow up a goal of the one that has none."""
    view = context.view.with_changes(goal="", second="")
    beside = {
        code
        for goal in context.definitions.goals.values()
        if asked in goal.indicators
        for code in goal.indicators
    }
    rated = [
        (code, name)
        for code, name in indicator_options(context).items()
        if code in catalogue().indicators and catalogue().indicators[code].per_100_000_children
    ]
    rated.sort(key=lambda option: option[0] not in beside)
    links = [page_link(name, href=view.link(COMPARE_PATH, indicator=code)) for code, name in rated]
    return links[:FEW_LINKS]
