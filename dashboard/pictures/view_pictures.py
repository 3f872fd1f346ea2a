"""The pictures of a page: its charts with all words that they need outside of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import urlencode

from dashboard.addresses.alternatives import (
    GOAL_PATH,
    UnavailableError,
    with_nearest,
    without_release,
)
from dashboard.addresses.selection import Selection, choose, compared_period, require_series
from dashboard.charts.breakdown import charts_of_parts
from dashboard.charts.picture import Picture
from dashboard.charts.picture_with_keys import picture_of
from dashboard.charts.specification import Note
from dashboard.contents.comparison import COMPARE_PATH, SeriesComparison, read_comparison
from dashboard.contents.comparison_chart import (
    chart_of_comparison,
    difference_of_units,
    dots_in_words,
    ends_in_words,
    heading_of_comparison,
    marked_in_words,
    notes_in_words,
    why_set_aside,
)
from dashboard.contents.view_charts import (
    absent_states_in_words,
    outlook_if_shown,
    parts_in_chart,
    states_in_chart,
    states_in_multiples,
    tiles_in_chart,
    total_in_chart,
    why_unmapped,
)
from dashboard.context import PageContext, bare_context
from dashboard.released import table_views
from dashboard.released.series import AssessedSeries
from dashboard.view import View
from dashboard.wording.absent_states import no_figures_of_states
from dashboard.wording.goal_finding import goal_finding
from dashboard.wording.narrative import outlook_outcome
from dashboard.wording.series_facts import missing_from_union
from metrics.core.tables import EU
from metrics.messages import ENGLISH

TABS = {
    "states": "states",
    "multiples": "states",
    "map": "map",
}  # of the page of a goal, that show a chart


def trend_pictures(selection: Selection, series: AssessedSeries) -> Iterator[Picture]:
    """The total or, of a breakdown, one picture for each of its charts."""
    context = selection.context
    if not selection.breakdown:
        picture = picture_of(total_in_chart(selection, series), context)
        notes = (*outlook_note(selection, series), *missing_note(selection, series))
        finding = goal_finding(selection, series)
        yield replace(picture, finding=finding, further_notes=notes)
        return
    parts = table_views.series_parts(series, selection.release, selection.breakdown)
    charts = charts_of_parts(parts, selection.breakdown, selection.text)
    for own in charts:
        yield picture_of(parts_in_chart(selection, series, own, charts), context)


def missing_note(selection: Selection, series: AssessedSeries) -> Iterator[Note]:
    """Which States have no figure of the latest period of the Union, as on a slide."""
    if words := missing_from_union(series.as_of(selection.period), selection):
        yield Note((words,))


def outlook_note(selection: Selection, series: AssessedSeries) -> Iterator[Note]:
    """What the extrapolated trend says, where it is drawn."""
    text, outlook = selection.text, outlook_if_shown(series, selection.view)
    if outlook is not None:
        interval = text("outlook.interval") if outlook.path else ""
        words = " ".join(filter(None, [outlook_outcome(outlook, text), interval]))
        yield Note((words,), text("outlook.title") + ".")


def states_pictures(selection: Selection, series: AssessedSeries) -> Iterator[Picture]:
    chart = states_in_chart(selection, series, require_compared_period(selection))
    yield with_states(picture_of(chart, selection.context), selection)


def multiples_pictures(selection: Selection, _series: AssessedSeries) -> Iterator[Picture]:
    chart = states_in_multiples(selection, require_compared_period(selection))
    yield with_states(picture_of(chart, selection.context), selection)


def require_compared_period(selection: Selection) -> str:
    period = compared_period(selection)
    if not period:
        raise UnavailableError(no_figures_of_states(selection))
    return period


def map_pictures(selection: Selection, series: AssessedSeries) -> Iterator[Picture]:
    chart = tiles_in_chart(selection, series, compared_period(selection))
    if chart is None:
        raise UnavailableError(why_unmapped(selection, series))
    yield picture_of(chart, selection.context)


def with_states(picture: Picture, selection: Selection) -> Picture:
    """With the States that are not in it, and that their order is none of merit."""
    text = selection.text
    words = (*absent_states_in_words(selection), text("goal.no_ranking"))
    notes = [Note((sentence,)) for sentence in words]
    return replace(picture, further_notes=tuple(notes))


def of_goal(picture: Picture, selection: Selection, name: str) -> Picture:
    """With the goal that it is about, and the address of the page that shows the same."""
    goal, language = selection.goal, selection.text.language
    return replace(
        picture,
        subject=f"{goal.code} {goal.name(language)}" if goal else "",
        address=address_of(selection, TABS.get(name, "")),
        file_stem=file_stem_of(selection, name),
    )


def address_of(selection: Selection, tab: str) -> str:
    """The short address where that leads to the same, else the whole one; with the release."""
    context, goal, series = selection.context, selection.goal, selection.series
    language = own_language(context)
    release = {"release": context.release_label} if context.release_label else {}
    if goal is not None and series is not None and is_default(selection):
        area = f"/{selection.area}" if selection.area != EU else ""
        named = {**named_collection(goal.code, context), **language, **release, "view": tab}
        kept = urlencode({name: value for name, value in named.items() if value})
        return f"/g/{goal.code}{area}?{kept}" if kept else f"/g/{goal.code}{area}"
    view = selection.view.with_changes(
        goal=goal.code if goal else "", area=selection.area,
        indicator=series.name if series else "", collection=context.collection.code,
        view=tab, **language, **release,
    )  # fmt: skip
    return view.link(GOAL_PATH)


def is_default(selection: Selection) -> bool:
    """Whether goal and area alone lead to the series, without any other choice."""
    view = selection.view.with_changes(view="")
    kept = View(lang=view.lang, collection=view.collection, release=view.release, goal=view.goal,
                area=view.area, indicator=view.indicator)  # fmt: skip
    if view != kept or selection.goal is None or selection.series is None:
        return False
    bare = selection.context.with_changes(
        goal=selection.goal.code, area=selection.area, indicator=""
    )
    named = choose(bare).series
    return named is not None and named.name == selection.series.name


def named_collection(goal: str, context: PageContext) -> Mapping[str, str]:
    """The collection, unless the goal alone leads to it."""
    default = bare_context(View(goal=goal)).collection.code
    code = context.collection.code
    return {} if code == default else {"collection": code}


def file_stem_of(selection: Selection, name: str) -> str:
    """`GA-1.1-FI-trend-2026-05-03-4c3584`: goal or indicator, area, chart and release."""
    goal, series = selection.goal, selection.series
    subject = goal.code if goal else series.indicator.code if series else ""
    parts = [subject, selection.area, name, selection.context.release_label]
    return "-".join(filter(None, parts))


GoalChart = Callable[[Selection, AssessedSeries], Iterator[Picture]]
GOAL_CHARTS: Mapping[str, GoalChart] = {
    "trend": trend_pictures,
    "states": states_pictures,
    "multiples": multiples_pictures,
    "map": map_pictures,
}


def own_language(context: PageContext) -> dict[str, str]:
    """The language of an address, which is left out where it is English."""
    return {"lang": context.language if context.language != ENGLISH else ""}


def pictures_of_goal(name: str, context: PageContext) -> Iterator[Picture]:
    """The pictures of a chart of the page of a goal, in their order."""
    found = require_series(context)
    for picture in GOAL_CHARTS[name](found.selection, found.series):
        yield of_goal(picture, found.selection, name)


def pictures_of_comparison(context: PageContext) -> Iterator[Picture]:
    """The chart of the page that compares, with what is set aside and why."""
    text = context.text
    if context.release is None:
        raise without_release(context)
    comparison = read_comparison(context)
    for code in comparison.unknown_areas:
        raise UnavailableError(text("missing.area", code=code))
    if not comparison.drawn:
        raise UnavailableError(text("compare.nothing"))
    if not comparison.has_one_unit:
        raise UnavailableError(difference_of_units(comparison))
    indicator = comparison.named_series[0].series.name
    address = context.view.with_changes(
        **own_language(context), collection=context.collection.code, indicator=indicator,
        release=context.release_label, areas=",".join(comparison.areas), unit=comparison.unit,
    ).printed_link(COMPARE_PATH)  # fmt: skip
    yield replace(
        with_indicators(picture_of(chart_of_comparison(comparison), context), comparison),
        finding=heading_of_comparison(comparison),
        further_notes=tuple(Note((words,)) for words in reservations(comparison)),
        address=address,
        file_stem=f"comparison-{comparison.asked.indicator}-{context.release_label}",
    )


def with_indicators(picture: Picture, comparison: SeriesComparison) -> Picture:
    """With the name of each of two indicators, whose lines have a letter alone."""
    if comparison.second is None:
        return picture
    named = zip(picture.lines, comparison.drawn, strict=False)
    lines = [replace(entry, words=f"{series.letter} {series.name}") for entry, series in named]
    return replace(picture, lines=tuple(lines), has_key=True)


def reservations(comparison: SeriesComparison) -> Iterator[str]:
    """What is not in the chart and why, where a line ends, and what a rate is computed with."""
    yield from dots_in_words(comparison)
    yield from (why_set_aside(series, comparison) for series in comparison.set_aside)
    yield from marked_in_words(comparison)
    yield from ends_in_words(comparison)
    yield from notes_in_words(comparison)


CHARTS: Mapping[str, Callable[[PageContext], Iterator[Picture]]] = {
    **{name: partial(pictures_of_goal, name) for name in GOAL_CHARTS},
    "comparison": pictures_of_comparison,
}


def pictures_of_chart(name: str, context: PageContext) -> Sequence[Picture]:
    """The pictures of a chart for an address: one or, of a pair of breakdowns, several.

    UnavailableError, in the words of the page, if there is none.
    """
    pictures = list(CHARTS[name](context))
    if not pictures:
        raise UnavailableError(context.text("goal.no_series"))
    if len(pictures) == 1:
        return pictures
    return [replace(picture, file_stem=f"{picture.file_stem}-{number}")
            for number, picture in enumerate(pictures, start=1)]  # fmt: skip


def find_picture(name: str, context: PageContext) -> Picture:
    """The picture under the name of a chart or, of several, with its number: `trend-2`."""
    chart, _, number = name.partition("-")
    pictures = pictures_of_chart(chart, context) if chart in CHARTS else ()
    position = int(number) - 1 if number.isdecimal() else 0 if not number else -1
    if not 0 <= position < len(pictures):
        names = context.text.listed(CHARTS)
        sentence = context.text("picture.unknown", name=name, names=names)
        raise UnavailableError(with_nearest(sentence, name, CHARTS, context.text))
    return pictures[position]
