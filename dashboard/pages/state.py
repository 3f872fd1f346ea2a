"""One Member State: its goals, its reporting, and its declared actions."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from dash import html

from dashboard.charts.marks import reservation
from dashboard.components.cards import card_status, caveat_mark, no_figure, trend_picture
from dashboard.components.declared_actions import action_cells, goal_codes
from dashboard.components.frame import frame, without_unknown
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import card, filters, page_heading, page_link
from dashboard.components.notes import marked_caption, no_release, source_line
from dashboard.components.page_registry import register_page
from dashboard.components.pickers import picker
from dashboard.components.tables import Cell, grouped_table, table
from dashboard.components.tallies import (
    followed_goal,
    goal_tally,
    judged_goals_sentence,
    series_tally,
)
from dashboard.components.wording import goal_label, goals_without_value
from dashboard.context import PageContext, resolve_context
from dashboard.data import Release, records
from dashboard.narrative import latest_value
from dashboard.series import AssessedSeries
from dashboard.status_reasons import decisive_reason
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.frameworks import Framework
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU

STATE_PATH = "/state"


def state_title(context: PageContext) -> str:
    return f"{context.text('state.title')}: {context.text.code('area', shown_state(context))}"


register_page(__name__, STATE_PATH, order=30, title=state_title)


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    state = shown_state(asked)
    context = asked.with_changes(area=state)
    text = context.text
    heading = page_heading(text("state.title"), text.code("area", context.view.area))
    return frame(STATE_PATH, asked, [*union_note(asked, state), *state_sections(context)], heading)


def union_note(asked: PageContext, state: str) -> Iterator[html.P]:
    """Which State is shown and where the Union is, if the address asks for it on this page."""
    text = asked.text
    if asked.view.area == EU:
        names = {"asked": text.code("area", EU), "shown": text.code("area", state)}
        link = page_link(text("overview.menu"), href=asked.view.lasting_choices.link("/"))
        yield html.P([text("state.union", **names), " ", link], role="alert", className="absent")


def shown_state(context: PageContext) -> str:
    """The requested area, or the first that declared actions or reported values."""
    area = without_unknown(context).view.area
    if area and area != EU:
        return area
    release = context.release
    active = [area for area in (release.areas if release else ()) if area in member_states()]
    with_actions = set(release.tables["actions"]["area"]) if release else set()
    candidates = [*(area for area in active if area in with_actions), *active, *member_states()]
    return min(candidates, key=lambda area: (area not in with_actions, area not in active))


def state_sections(context: PageContext) -> Iterator[Any]:
    text, release, area = context.text, context.release, context.view.area
    others = [code for code in (release.areas if release else ()) if code != EU]
    names = {code: text.code("area", code) for code in dict.fromkeys((*member_states(), *others))}
    yield filters(picker("area", text("state.area"), names, area))
    if release is None:
        yield no_release(context)
        return
    # Published figures are not reported in rounds.
    if not context.is_published:
        yield reporting_card(area, release, text)
    yield from goal_cards(context)
    if any(goal.actions for goal in context.definitions.goals.values()):
        yield actions_card(area, release, text)
    yield html.P(source_line(context), className="source")
    yield guide_link("policy-officer", context)


def reporting_card(area: str, release: Release, text: Text) -> html.Section:
    """Whether and when the State answered each round."""
    rows = release.tables["reporting"]
    rows = rows[rows["area"] == area]
    if rows.empty:
        body: Any = html.P(text("state.no_rounds"), className="quiet")
    else:
        keys = ("round", "answer", "received", "due", "observations")
        columns = [text(f"state.{key}") for key in keys]
        cells = [reporting_row(row, text) for row in records(rows)]
        body = table(text("state.reporting"), columns, cells, numeric=[4], is_titled=True)
    return card(text("state.reporting"), [body])


def reporting_row(row: Mapping[str, Any], text: Text) -> list[Cell]:
    days = [text.date(row[event], width="medium") if row[event] else "–"
            for event in ("received", "due")]  # fmt: skip
    word = html.Span(
        text(f"reporting.{row['status']}"), className=f"reporting reporting-{row['status']}"
    )
    number = row["n_observations"]
    return [row["round"], word, *days, "–" if pd.isna(number) else text.number(number, 0)]


def goal_cards(context: PageContext) -> Iterator[html.Section]:
    """The number of series with each status, and every goal with its series, by framework."""
    text, area = context.text, context.view.area
    goals = [followed_goal(goal, area, context) for goal in context.definitions.goals.values()]
    judged = html.P(html.Strong(judged_goals_sentence(goals, area, text)))
    yield card(
        text("state.goals"), [judged, *goal_tally(goals, text), *series_tally(goals, text, area)]
    )
    reported = {
        goal.code: followed if any(series.last_row for series in followed) else ()
        for goal, followed in goals
    }
    for framework in context.definitions.frameworks.values():
        yield framework_section(framework, reported, context)


def framework_section(
    framework: Framework, reported: Mapping[str, Sequence[AssessedSeries]], context: PageContext
) -> html.Section:
    """The series asked for, grouped by goal, and the goals without any figure in one line."""
    text, name = context.text, framework.name(context.language)
    own = [goal for goal in catalogue().goals.values() if goal.framework == framework.code]
    columns = [text(f"state.{key}") for key in ("indicator", "latest", "trend", "status", "reason")]
    rows = {
        html.Span(goal_label(goal, text)): [
            series_row(goal, series, context) for series in reported[goal.code]
        ]
        for goal in own
        if reported[goal.code]
    }
    body = [grouped_table(marked_caption(name, context), columns, rows)] if rows else []
    without = goals_without_value([goal for goal in own if not reported[goal.code]], context)
    return html.Section([html.H3(name), *body, *without], className="card goals-card")


def series_row(goal: Goal, series: AssessedSeries, context: PageContext) -> list[Cell]:
    text = context.text
    href = context.view.lasting_choices.link("/goal", goal=goal.code, indicator=series.name)
    return [
        html.Span([page_link(series.title(text), href=href), *caveat_mark(series, text)]),
        latest_figure_cell(series, text),
        trend_picture(series, "", "–"),
        [*card_status(series, goal, context)],
        html.Div(decisive_reason(series.official, text), className="cell-note"),
    ]


def latest_figure_cell(series: AssessedSeries, text: Text) -> Cell:
    if series.last_known is None:
        return html.Span(no_figure(series, text), className="absent")
    row = series.last_known
    note = reservation(row, text)
    parts: list[Any] = [
        html.Strong(latest_value(series, text)),
        f" ({text.period(row['period'])})",
    ]
    return html.Span([*parts, html.Span(note, className="note") if note else None])


def actions_card(area: str, release: Release, text: Text) -> html.Section:
    """The actions declared in the last round; those of earlier rounds are folded away."""
    declared = release.tables["actions"]
    declared = declared[declared["area"] == area]
    if declared.empty:
        body: Sequence[Any] = [html.P(text("state.no_actions"), className="quiet")]
    else:
        is_last = declared["round"] == declared["round"].max()
        body = [
            *actions_by_target(declared[is_last], text),
            *earlier_actions(declared[~is_last], text),
        ]
    return card(text("state.actions"), body, "actions")


def actions_by_target(declared: pd.DataFrame, text: Text) -> list[html.Div]:
    """Group actions by policy target, in the State's own order."""
    targets = declared.groupby("policy_target", sort=False)
    return [target_actions(str(code), rows, text) for code, rows in targets]


def earlier_actions(declared: pd.DataFrame, text: Text) -> Iterator[html.Details]:
    for round_, rows in sorted(declared.groupby("round"), reverse=True):
        yield html.Details([html.Summary(text("state.earlier", round=round_)),
                            *actions_by_target(rows, text)])  # fmt: skip


def target_actions(code: str, rows: pd.DataFrame, text: Text) -> html.Div:
    names = {
        target.code: target.name(text.language)
        for framework in catalogue().frameworks.values()
        for target in framework.policy_targets
    }
    keys = ("action", "action_status", "timeframe", "progress", "goal", "round")
    columns = [text(f"state.{key}") for key in keys]
    cells = [
        [*action_cells(row, text), goal_codes(row["goals"]), row["round"] or "–"]
        for row in records(rows)
    ]
    caption = f"{code} {names[code]}" if code in names else code or text("overview.commitments")
    return html.Div([html.H3(caption), table(caption, columns, cells, is_titled=True)])
