"""One goal: its trend against the target, the states side by side, the arithmetic, the wording."""

from collections.abc import Iterator
from typing import Any

from dash import html

from dashboard import table_views
from dashboard.charts.outlook import ahead
from dashboard.charts.trend import trend_chart
from dashboard.components import overrides, trend_extrapolation
from dashboard.components.arithmetic import arithmetic
from dashboard.components.breakdown_chart import in_parts
from dashboard.components.card_header import PATH, card_head, under
from dashboard.components.data_tables import trend_table
from dashboard.components.frame import frame, register_page
from dashboard.components.graphs import graph
from dashboard.components.layout import Drawn, card, filters, headed
from dashboard.components.matrix import matrix
from dashboard.components.notes import no_release, source_line, stamp, stamped
from dashboard.components.pickers import areas, picker
from dashboard.components.state_comparison import side_by_side
from dashboard.components.status import badge
from dashboard.components.status_summary import standings
from dashboard.components.wording import wording
from dashboard.narrative import sentences
from dashboard.selection import Selection, choose
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.definitions import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU

register_page(__name__, PATH, order=20)

MATCHED = "matched_panel"  # a verdict on figures carried back by those who reported each year


def layout(**query: str) -> html.Div:
    chosen = choose(View.of(query))
    return frame(PATH, chosen.view, list(sections(chosen)), heading(chosen))


def heading(chosen: Selection) -> html.Div:
    above, title = in_context(chosen) if chosen.goal is None else of_goal(chosen.goal, chosen.text)
    return headed(" › ".join(filter(None, above)), title)


def in_context(chosen: Selection) -> tuple[list[str], Any]:
    name = chosen.track.title(chosen.text) if chosen.track else ""
    return [chosen.text("overview.context")], name


def of_goal(goal: Goal, text: Text) -> tuple[list[str], Any]:
    framework = catalogue().frameworks[goal.framework]
    names = {each.code: each.name(text.language) for each in framework.policy_targets}
    above = [framework.name(text.language), names.get(goal.policy_target or "", "")]
    return above, [html.Span(goal.code, className="code"), goal.name(text.language)]


def sections(chosen: Selection) -> Iterator[Any]:
    yield pickers(chosen)
    if chosen.release is None:
        yield no_release(chosen.view, chosen.text)
    if chosen.track is not None:
        yield trend(chosen, chosen.track)
        yield side_by_side(chosen, chosen.track)
    if chosen.goal is None:
        yield html.P(chosen.text("overview.context_note"), className="quiet")
    else:
        yield from of_the_goal(chosen, chosen.goal)


def of_the_goal(chosen: Selection, goal: Goal) -> Iterator[Any]:
    if chosen.track is not None and chosen.release is not None:
        yield from statuses(chosen, goal)
        yield arithmetic(goal, chosen.track, chosen.text)
    yield wording(goal, chosen.text)


def pickers(chosen: Selection) -> html.Div:
    text = chosen.text
    goals = {} if chosen.goal else {"": text("overview.context")}
    goals |= {
        each.code: f"{each.code} {each.name(text.language)}" for each in catalogue().goals.values()
    }
    return filters(
        picker("goal", text("goal.goal"), goals, chosen.goal.code if chosen.goal else ""),
        *indicator_picker(chosen),
        picker("area", text("overview.area"), areas(chosen.release, text), chosen.area),
        *breakdown_picker(chosen),
    )


def indicator_picker(chosen: Selection) -> Iterator[Any]:
    if chosen.track is not None:
        names = {each.name: each.title(chosen.text) for each in chosen.followed}
        yield picker("indicator", chosen.text("goal.indicator"), names, chosen.track.name)


def breakdown_picker(chosen: Selection) -> Iterator[Any]:
    if chosen.track is None or not (choices := breakdowns(chosen.track)):
        return
    text = chosen.text
    names = {
        each: " × ".join(text(f"breakdown.{by}") for by in each.split("+")) for each in choices
    }
    picked = chosen.view.breakdown if chosen.view.breakdown in choices else ""
    yield picker("breakdown", text("goal.breakdown"), {"": text("goal.total")} | names, picked)


def breakdowns(track: AssessedSeries) -> list[str]:
    """Those by which the charted component is given."""
    if not track.indicator.has_total:
        return []
    return ["+".join(each.by) for each in track.indicator.breakdowns if each.by != ("band",)]


def trend(chosen: Selection, track: AssessedSeries) -> html.Section:
    text, view = chosen.text, chosen.view
    said = " ".join(sentences(track, chosen.release, text))
    by = view.breakdown.split("+") if view.breakdown in breakdowns(track) else []
    named = {"area": text.code("area", chosen.area), "union": text.code("area", EU)}
    return html.Section(
        [
            card_head(track.title(text), "trend", chosen),
            html.P(text("goal.unasked", **named)) if chosen.is_unasked else None,
            html.Div([*verdict(chosen, track), html.P(said)], className="says"),
            None if by else trend_extrapolation.control(track, (view, PATH), text),
            in_parts(chosen, track, by) if by else as_one(chosen, track),
        ],
        className="card trend-card",
    )  # fmt: skip


def verdict(chosen: Selection, track: AssessedSeries) -> list[Drawn]:
    if chosen.goal is None:
        return []
    set_by_reviewer = overrides.standing(track.official, chosen.text)
    return set_by_reviewer or [badge(track.status, chosen.text)]


def as_one(chosen: Selection, track: AssessedSeries) -> Drawn:
    table, text = table_views.trend(track), chosen.text
    if table.empty:
        return html.P(text("goal.no_series"), className="absent")
    outlook = trend_extrapolation.shown(track, chosen.view)
    notes = [
        *carried_back(track, text),
        *trend_extrapolation.in_words(outlook, text),
        *under(chosen, track),
    ]
    if chosen.view.view == "table":
        caption = f"{track.title(text)}, {text.code('area', track.area)}"
        own = trend_table(stamped(caption, chosen.view, text), track, table, text)
        return html.Div([own, *trend_extrapolation.outlook_table(track, outlook, text), *notes])
    said = " ".join([text("chart.trend_alt"), *sentences(track, chosen.release, text)])
    figure = trend_chart(track, table, text, ahead(track, text) if outlook else ())
    return graph(figure, ("trend", said), notes, stamp(chosen.view, text))


def carried_back(track: AssessedSeries, text: Text) -> Iterator[html.P]:
    """Why the path does not start at the first figure that is drawn."""
    if track.official and MATCHED in track.official.verdict.reason.split(";"):
        yield html.P(text("chart.carried"), className="quiet")


def statuses(chosen: Selection, goal: Goal) -> Iterator[html.Section]:
    """Every series of the goal, by Member State."""
    text = chosen.text
    if not goal.targets:
        return
    source = html.P(source_line(chosen.view, chosen.release, text), className="source")
    by_state = matrix(goal, chosen.by_state, (chosen.view, text))
    yield card(text("goal.matrix"), [*in_words(chosen), *by_state, source], "matrix-card")


def in_words(chosen: Selection) -> Iterator[Any]:
    """Who is on track in the series that is charted."""
    if chosen.track is not None:
        series = table_views.of_states(chosen.track, chosen.by_state)
        yield from standings(chosen.track, series, chosen.text)
