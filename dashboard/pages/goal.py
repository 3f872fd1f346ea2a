"""One goal: its trend against the target, the states side by side, the arithmetic, the wording."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard import data, twins
from dashboard.charts.outlook import ahead
from dashboard.charts.states import states_chart
from dashboard.charts.trend import parts_chart, trend_chart
from dashboard.chosen import Chosen, choose
from dashboard.components import outlooks, overrides
from dashboard.components.arithmetic import arithmetic
from dashboard.components.attributes import Drawn
from dashboard.components.frame import frame
from dashboard.components.graphs import graph
from dashboard.components.matrix import matrix
from dashboard.components.multiples import multiples
from dashboard.components.notes import caveats, no_release, publisher, source_line, stamp, stamped
from dashboard.components.pickers import picker, switch
from dashboard.components.readings import part_name, parts_table, states_table, trend_table
from dashboard.components.status import badge
from dashboard.components.titles import register_page
from dashboard.components.wording import wording
from dashboard.sentence import sentences
from dashboard.texts import Text
from dashboard.tracks import Track
from dashboard.view import View
from metrics.catalogue import catalogue
from metrics.codelists import member_states
from metrics.definitions import Goal
from metrics.tables import EU

register_page(__name__, "/goal", order=20)

PATH = "/goal"


def layout(**query: str) -> html.Div:
    chosen = choose(View.of(query))
    return frame(PATH, chosen.view, list(sections(chosen)), heading(chosen))


def heading(chosen: Chosen) -> html.Div:
    above, title = in_context(chosen) if chosen.goal is None else of_goal(chosen.goal, chosen.text)
    return html.Div([html.P(" › ".join(filter(None, above)), className="above"), html.H1(title)])


def in_context(chosen: Chosen) -> tuple[list[str], Any]:
    name = chosen.track.title(chosen.text) if chosen.track else ""
    return [chosen.text("overview.context")], name


def of_goal(goal: Goal, text: Text) -> tuple[list[str], Any]:
    framework = catalogue().frameworks[goal.framework]
    names = {each.code: each.name(text.language) for each in framework.policy_targets}
    above = [framework.name(text.language), names.get(goal.policy_target or "", "")]
    return above, [html.Span(goal.code, className="code"), goal.name(text.language)]


def sections(chosen: Chosen) -> Iterator[Any]:
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


def of_the_goal(chosen: Chosen, goal: Goal) -> Iterator[Any]:
    if chosen.track is not None and chosen.release is not None:
        yield from statuses(chosen, goal)
        yield arithmetic(goal, chosen.track, chosen.text)
    yield wording(goal, chosen.text)


def pickers(chosen: Chosen) -> html.Div:
    text = chosen.text
    goals = {} if chosen.goal else {"": text("overview.context")}
    goals |= {
        each.code: f"{each.code} {each.name(text.language)}" for each in catalogue().goals.values()
    }
    areas = {code: text.code("area", code) for code in dict.fromkeys((
        EU, *member_states(), *(chosen.release.areas if chosen.release else ())))}  # fmt: skip
    return html.Div(
        [
            picker("goal", text("goal.goal"), goals, chosen.goal.code if chosen.goal else ""),
            *indicator_picker(chosen),
            picker("area", text("overview.area"), areas, chosen.area),
            *breakdown_picker(chosen),
        ],
        className="filters",
    )


def indicator_picker(chosen: Chosen) -> Iterator[Any]:
    if chosen.track is not None:
        names = {each.name: each.title(chosen.text) for each in chosen.followed}
        yield picker("indicator", chosen.text("goal.indicator"), names, chosen.track.name)


def breakdown_picker(chosen: Chosen) -> Iterator[Any]:
    if chosen.track is None or not (choices := breakdowns(chosen.track)):
        return
    text = chosen.text
    names = {
        each: " × ".join(text(f"breakdown.{by}") for by in each.split("+")) for each in choices
    }
    picked = chosen.view.breakdown if chosen.view.breakdown in choices else ""
    yield picker("breakdown", text("goal.breakdown"), {"": text("goal.total")} | names, picked)


def breakdowns(track: Track) -> list[str]:
    """Those by which the charted component is given."""
    if not track.indicator.has_total:
        return []
    return ["+".join(each.by) for each in track.indicator.breakdowns if each.by != ("band",)]


def trend(chosen: Chosen, track: Track) -> html.Section:
    text, view = chosen.text, chosen.view
    said = " ".join(sentences(track, chosen.release, text))
    by = view.breakdown.split("+") if view.breakdown in breakdowns(track) else []
    return html.Section(
        [
            html.Div(
                [html.H2(track.title(text)), chart_or_table(chosen), take_away("trend", chosen)],
                className="card-head",
            ),
            html.Div([*verdict(chosen, track), html.P(said)], className="says"),
            None if by else outlooks.control(track, (view, PATH), text),
            in_parts(chosen, track, by) if by else as_one(chosen, track),
        ],
        className="card trend-card",
    )  # fmt: skip


def verdict(chosen: Chosen, track: Track) -> list[Drawn]:
    if chosen.goal is None:
        return []
    set_by_reviewer = overrides.standing(track.official, chosen.text)
    return set_by_reviewer or [badge(track.status, chosen.text)]


def chart_or_table(chosen: Chosen) -> Drawn:
    text = chosen.text
    options = {"chart": text("goal.chart"), "table": text("goal.table")}
    return switch("view", text("goal.view"), options, (chosen.view, PATH))


def take_away(what: str, chosen: Chosen) -> html.A:
    """The same view as a file; the address of the page is the address of the file."""
    shown = chosen.view.but(
        collection=data.collection_of(chosen.view).code,
        goal=chosen.goal.code if chosen.goal else "",
        area=chosen.area,
        indicator=chosen.track.name if chosen.track else "",
    )
    return html.A(
        chosen.text("goal.csv"), href=shown.link(f"/download/{what}.csv"), className="take"
    )


def under(chosen: Chosen, track: Track) -> list[Any]:
    line = source_line(chosen.view, chosen.release, chosen.text)
    said = " · ".join([*publisher(track, chosen.text), line])
    return [*caveats(track, chosen.text), html.P(said, className="source")]


def as_one(chosen: Chosen, track: Track) -> Drawn:
    table, text = twins.trend(track), chosen.text
    if table.empty:
        return html.P(text("goal.no_series"), className="absent")
    outlook = outlooks.shown(track, chosen.view)
    notes = [*outlooks.in_words(outlook, text), *under(chosen, track)]
    if chosen.view.view == "table":
        caption = f"{track.title(text)}, {text.code('area', track.area)}"
        own = trend_table(stamped(caption, chosen.view, text), track, table, text)
        return html.Div([own, *outlooks.outlook_table(track, outlook, text), *notes])
    said = " ".join([text("chart.trend_alt"), *sentences(track, chosen.release, text)])
    figure = trend_chart(track, table, text, ahead(track, text) if outlook else ())
    return graph(figure, ("trend", said), notes, stamp(chosen.view, text))


def in_parts(chosen: Chosen, track: Track, by: Sequence[str]) -> Drawn:
    text = chosen.text
    parts = [(part_name(each, text), each) for each in twins.parts(track, chosen.release, by)]
    if not parts:
        return html.P(text("goal.no_breakdown"), className="absent")
    if chosen.view.view == "table":
        caption = f"{track.title(text)}, {text.code('area', track.area)}"
        return html.Div(
            [
                parts_table(stamped(caption, chosen.view, text), track, parts, text),
                *under(chosen, track),
            ]
        )
    said = text(
        "chart.parts_alt", name=track.title(text), parts=", ".join(name for name, _ in parts)
    )
    figure = parts_chart(track, parts, text)
    return graph(figure, ("trend", said), under(chosen, track), stamp(chosen.view, text))


def side_by_side(chosen: Chosen, track: Track) -> html.Section:
    text, view = chosen.text, chosen.view
    every = twins.of_states(track, chosen.by_state)
    periods = twins.periods(every)
    period = view.period if view.period in periods else next(iter(periods), "")
    head = [html.H2(text("goal.states")), chart_or_table(chosen), take_away("states", chosen)]
    if not period:
        body: Sequence[Any] = [html.P(text("goal.no_series"), className="absent")]
    else:
        body = [state_pickers(chosen, periods, period), compared(chosen, track, (every, period))]
    return html.Section([html.Div(head, className="card-head"), *body], className="card")


def state_pickers(chosen: Chosen, periods: Sequence[str], period: str) -> html.Div:
    text = chosen.text
    orders = {"": text("goal.protocol_order"), "value": text("goal.value_order")}
    names: Mapping[str, str] = {each: text.period(each) for each in periods}
    return html.Div(
        [
            picker("period", text("goal.period"), names, period),
            picker("order", text("goal.order"), orders, chosen.view.order),
        ],
        className="filters",
    )


def compared(chosen: Chosen, track: Track, shown: tuple[Mapping[str, Track], str]) -> Drawn:
    text, (every, period) = chosen.text, shown
    table = twins.ordered(twins.states(every, period), chosen.view.order)
    here = chosen.view.but(goal=chosen.goal.code if chosen.goal else "")
    notes = [html.P(text("goal.no_ranking"), className="quiet"), *under(chosen, track)]
    if chosen.view.view == "table":
        caption = f"{track.title(text)}, {text.period(period)}"
        return html.Div(
            [states_table(stamped(caption, chosen.view, text), track, table, text), *notes]
        )
    return html.Div(
        [
            multiples([every[area] for area in table["area"]], (here, text)),
            dot_plot(chosen, track, table, period),
            *notes,
        ]
    )


def dot_plot(chosen: Chosen, track: Track, table: pd.DataFrame, period: str) -> Drawn:
    text = chosen.text
    said = text("chart.states_alt", name=track.title(text), period=text.period(period))
    caption = html.P(f"{track.title(text)}, {text.period(period)}", className="chart-title")
    figure = states_chart(one_state(track), table, text)
    return graph(figure, ("states", said), [caption], stamp(chosen.view, text))


def one_state(track: Track) -> Track:
    """The same series as a single state has it, where the Union's is a count of states."""
    empty = track.values.iloc[:0]
    return Track(track.indicator, member_states()[0], track.codes, empty, track.judgements)


def statuses(chosen: Chosen, goal: Goal) -> Iterator[html.Section]:
    """Every series of the goal, by Member State."""
    text = chosen.text
    if not goal.targets:
        return
    yield html.Section(
        [
            html.H2(text("goal.matrix")),
            matrix(goal, chosen.by_state, (chosen.view, text)),
            html.P(source_line(chosen.view, chosen.release, text), className="source"),
        ],
        className="card",
    )
