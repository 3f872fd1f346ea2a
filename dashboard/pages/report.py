"""The follow-up report over all States: goals chosen, actions and their results, figures."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import pandas as pd
from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.charts.marks import reservation, why_absent
from dashboard.components.cards import not_assessed_note
from dashboard.components.declared_actions import (
    MEASURES_BY,
    action_download,
    grouped_actions_table,
)
from dashboard.components.frame import MANNERS, frame, without_unknown
from dashboard.components.goal_wording import goal_label
from dashboard.components.guide_links import guide_link
from dashboard.components.layout import Drawn, attributes, card, page_link, script_words
from dashboard.components.notes import (
    caveats,
    marked_caption,
    no_release,
    revision_values,
    source_line,
)
from dashboard.components.overrides import (
    baseline_note,
    official_badge,
)
from dashboard.components.page_registry import register_page
from dashboard.components.rates import rate_text
from dashboard.components.status_summary import status_counts_sentence
from dashboard.components.tables import stacked_table
from dashboard.contents.action_views import actions_of_goal, first_goal_named, goals_in_order
from dashboard.contents.state_profile import expected_series, is_expected
from dashboard.contents.withdrawal_views import withdrawn_headings, withdrawn_in_words
from dashboard.context import PageContext, resolve_context
from dashboard.data import Release
from dashboard.released.goal_statuses import mark_of_series
from dashboard.released.scoreboard import ScoreboardRow, read_row
from dashboard.released.series import AssessedSeries, is_headline, read_series
from dashboard.released.state_statuses import StateStatuses, released_statuses, status_counts
from dashboard.released.states_by_status import marks_of_goal
from dashboard.report.kinds import REPORTS, report_address
from dashboard.texts import Text
from dashboard.view import View
from dashboard.wording.narrative import latest_value
from dashboard.wording.scoreboard_words import status_of_goal_words
from dashboard.wording.status_ages import age_note
from dashboard.wording.status_reasons import doubts_of_verdict, not_assessed_reason
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.frameworks import Framework
from metrics.catalogue.definitions.goals import Goal
from metrics.core.series import parse_codes
from metrics.core.tables import EU
from metrics.release.exports import exports

REPORT_PATH = "/report"

register_page(__name__, REPORT_PATH, order=52, is_kept=True, slides=("actions",))


def layout(**query: str) -> html.Div:
    asked = resolve_context(View.from_query(query))
    return frame(
        REPORT_PATH,
        asked,
        [*report_sections(without_unknown(asked, MANNERS).with_changes(period=""))],
    )


def report_sections(context: PageContext) -> Iterator[Any]:
    text, release = context.text, context.release
    yield html.P(text("report.lead"), className="lead")
    yield html.P(text("footer.method"), className="lead on-paper")  # in place of the foot
    yield guide_link("presenter", context)
    if release is None:
        yield no_release(context)
        return
    yield from document_links(context)
    links = [action_download(None, name, context) for name in exports()]
    yield html.P([declared_count(release.tables["actions"], text), " ", *links])
    for framework in context.definitions.frameworks.values():
        yield from framework_report(framework, context)
    yield from revised_figures(release, context)
    yield from withdrawn_figures(release, context)
    yield html.P(source_line(context), className="source")


def document_links(context: PageContext) -> Iterator[Any]:
    """Files of the whole release; while one is made, a line says how far it is."""
    text, view = context.text, context.view.lasting_choices
    asked = view.with_changes(collection=context.collection.code, area="")
    links: list[Any] = [html.Strong(text("report.documents"))]
    for kind in REPORTS.values():
        for name in kind.formats:
            address = report_address(kind.name, name)
            title = text(kind.title_key)
            label = text("report.document_file", document=title, format=name.upper())
            making = attributes(data_making=asked.link(f"{address}/progress"))
            links += [" ", html.A(label, href=asked.link(address), className="take", **making)]
    yield html.P(links, className="page-links")
    words = script_words(text.language, words=text("report.making", percent="{percent}"))
    yield html.P(role="status", className="quiet", **words)


def revised_figures(release: Release, context: PageContext) -> Iterator[html.Section]:
    """Every figure that differs from that of the submission before: as it was, and as it is."""
    text, rows = context.text, []
    for (indicator, component, area, codes), revised in release.revisions.items():
        series = read_series(release, indicator, area, parse_codes(codes), component)
        href = context.view.lasting_choices.link(GOAL_PATH, indicator=series.name, area=area)
        for row in revised:
            old, new = revision_values(row, series, text)
            period, day = text.period(row["period"]), text.date(row["vintage"])
            link = page_link(series.title(text), href=href)
            rows.append([text.code("area", area), link, period, old, new, day])
    heading = text("report.revised")
    if not rows:
        yield card(heading, [html.P(text("report.not_revised"), className="quiet")])
        return
    names = ("area", "series", "period", "old", "new", "vintage")
    columns = [text(f"report.revised_{name}") for name in names]
    caption = marked_caption(text("report.revised_since", release=release.label), context)
    yield card(heading, [stacked_table(caption, columns, rows, ())])


def withdrawn_figures(release: Release, context: PageContext) -> Iterator[html.Section]:
    """Every figure that was withdrawn and not sent again: since when, and why."""
    text = context.text
    rows = [*withdrawn_in_words(release, text)]
    heading = text("report.withdrawn")
    if not rows:
        yield card(heading, [html.P(text("report.not_withdrawn"), className="quiet")])
        return
    caption = marked_caption(text("report.withdrawn_in", release=release.label), context)
    links = [withdrawal_download(name, context) for name in exports()]
    listed = stacked_table(caption, withdrawn_headings(text), rows, (), is_titled=True)
    yield card(heading, [html.P(links), listed])


def withdrawal_download(export: str, context: PageContext) -> html.A:
    """A file of the figures that were withdrawn in all areas."""
    view = context.view.lasting_choices.with_changes(
        collection=context.collection.code, goal="", area=""
    )
    label = context.text("goal.download", format=export.upper())
    return html.A(label, href=view.link(f"/download/withdrawals.{export}"), className="take")


def declared_count(declared: pd.DataFrame, text: Text) -> str:
    """How many actions, undertaken and planned, of how many States."""
    if declared.empty:
        return text("report.no_actions")
    kinds = declared["status"].value_counts()
    parts = [f"{text.code('action_status', str(kind))} {text.number(n, 0)}"
             for kind, n in kinds.items()]  # fmt: skip
    number, states = text.number(len(declared), 0), text.number(declared["area"].nunique(), 0)
    return text("report.declared", n=number, kinds=", ".join(parts), states=states)


def framework_report(framework: Framework, context: PageContext) -> Iterator[html.Section]:
    """The goals of a framework by policy target, in the order of the framework."""
    own = [goal for goal in context.definitions.goals.values() if goal.framework == framework.code]
    names = {target.code: target.name(context.language) for target in framework.policy_targets}
    body: list[Any] = [html.H2(framework.name(context.language))]
    for code, goals in groupby(own, key=lambda goal: goal.policy_target or ""):
        if code in names:
            body.append(html.H3([html.Span(code, className="code"), " ", names[code]]))
        heading = html.H4 if code in names else html.H3
        body += [goal_report(goal, heading, context) for goal in goals]
    if own:
        yield html.Section(body, className="framework report")


def goal_report(
    goal: Goal, heading: Callable[[Drawn], Drawn], context: PageContext
) -> html.Section:
    """The figure of the Union, the States by status, and the actions by State."""
    text = context.text
    href = context.view.lasting_choices.link(GOAL_PATH, goal=goal.code, area="")
    in_states = {area: reported_row(goal, area, context) for area in member_states()}
    states = {area: row for area, row in in_states.items() if row}
    body = [
        heading(page_link(goal_label(goal, text), href=href)),
        *figure_lines(goal, states, context),
        *declared_under(goal, states, context),
    ]
    return html.Section(body, className="card actions")


@dataclass(frozen=True)
class FiguredRow:
    """A goal in an area as the scoreboard has it, with the series that is reported."""

    row: ScoreboardRow
    series: AssessedSeries


def reported_row(goal: Goal, area: str, context: PageContext) -> FiguredRow | None:
    """The row of the scoreboard, if it has a figure or the State owes its headline series."""
    if context.release is None:
        return None
    row = read_row(goal.code, area, context.release)
    if row.series is None:
        return None
    is_owed = is_headline(goal, row.series) and is_expected(row.series, context)
    return FiguredRow(row, row.series) if row.series.last_known or is_owed else None


def figure_lines(
    goal: Goal, states: Mapping[str, FiguredRow], context: PageContext
) -> Iterator[html.P]:
    """The figure of the Union, and how many States have each status of the headline series."""
    text, union = context.text, reported_row(goal, EU, context)
    headlines = [own.series for own in states.values() if is_headline(goal, own.series)]
    others = {} if union or states else reported_elsewhere(goal, context)
    if union is not None:
        beside = released_statuses(goal, union.series, context.release)
        yield html.P(area_with_figure(union, text, beside))
    elif headlines:
        yield html.P(html.Strong(headlines[0].title(text)))
    elif states or others:
        yield from (html.P(area_with_figure(own, text)) for own in (states or others).values())
    elif goal.indicators:
        yield html.P(text("overview.no_figures"), className="quiet")
    if headlines:
        marks = marks_of_goal(goal, headlines[0], context.release)
        yield from status_counts_sentence(union.series if union else None, [*marks.values()], text)
    yield from further_verdicts(goal, union, states, context)
    reported = [*filter(None, [union]), *states.values(), *others.values()]
    yield from caveats_once((own.series for own in reported), text)


def further_verdicts(
    goal: Goal,
    union: FiguredRow | None,
    states: Mapping[str, FiguredRow],
    context: PageContext,
) -> Iterator[html.P]:
    """How many more series of the goal have a status, and which, where one stands for them."""
    reported = [union] if union else [*states.values()]
    reported_names = {(own.series.area, own.series.name) for own in reported}
    areas = [EU] if union else [*states]
    statuses = [
        mark_of_series(series)
        for area in areas
        for series in expected_series(goal, area, context)
        if series.official and (area, series.name) not in reported_names
    ]
    if statuses:
        counts = status_counts(Counter(statuses), context.text)
        yield html.P(context.text.counted("report.further", len(statuses), counts=counts))


def caveats_once(reported: Iterable[AssessedSeries], text: Text) -> Iterator[html.P]:
    """The caveat of each indicator that is reported with a figure, once, after its name."""
    with_figure = (series for series in reported if series.last_known)
    for series in {series.indicator.code: series for series in with_figure}.values():
        name = series.indicator.name(text.language)
        for caveat in caveats(series, text):
            yield html.P([html.Strong(f"{name}. "), *caveat.children], className="caveat")


def reported_elsewhere(goal: Goal, context: PageContext) -> dict[str, FiguredRow]:
    """The figure of each area beside the Union and its Member States."""
    areas = context.release.areas if context.release else ()
    others = [area for area in areas if area not in {EU, *member_states()}]
    rows = {area: reported_row(goal, area, context) for area in others}
    return {area: row for area, row in rows.items() if row}


def figure_with_status(
    own: FiguredRow, text: Text, statuses: StateStatuses | None = None
) -> list[Drawn]:
    """The latest figure with its period, rate and status, or why it has none of these."""
    series = own.series
    if series.last_known is None:
        words = absence(series, text)
    else:
        period = series.last_known["period"]
        rate = rate_text(series, period, text)
        named = f"{latest_value(series, text)} ({text.period(period)})"
        words = text.listed([named, rate, reservation(series.last_known, text)])
    if series.official is None:
        note = not_assessed_note(series, own.row.goal, text)
        return [words, " ", html.Span(note, className="note")]
    notes = filter(None, [
        age_note(series.official, text), baseline_note(series, text),
        not_assessed_reason(series.official, text), *doubts_of_verdict(series.official, text),
    ])  # fmt: skip
    marks = [html.Span(f" {note}", className="note") for note in notes]
    return [words, " ", official_badge(series, text, statuses), *marks]


def absence(series: AssessedSeries, text: Text) -> str:
    """Why there is no figure, after the area."""
    if series.last_row is None:
        return text("absent.not_reported")
    return f"{text.period(series.last_row['period'])}: {why_absent(series.last_row, text)}"


def declared_under(
    goal: Goal, states: Mapping[str, FiguredRow], context: PageContext
) -> Iterator[Any]:
    """The States that chose the goal, by their actions, each with its figure."""
    text, release = context.text, context.release
    declared = actions_of_goal(release, goal.code) if release else pd.DataFrame()
    if declared.empty:
        if goal.actions:
            yield html.P(text("actions.none"), className="quiet")
        return
    chosen = list(dict.fromkeys(declared["area"]))
    names = ", ".join(text.code("area", area) for area in chosen)
    yield html.P(text.counted("report.chosen", len(chosen), names=names), className="quiet")
    order = goals_in_order(context)
    first = declared["goals"].map(lambda goals: first_goal_named(goals, order))
    own = declared[first == goal.code]
    if not own.empty:
        caption = marked_caption(f"{goal.code}: {text('actions.of_goal')}", context)
        groups = {
            state_with_figure(str(area), states, text): rows
            for area, rows in own.groupby("area", sort=False)
        }
        yield grouped_actions_table(caption, groups, MEASURES_BY, text)
    yield from listed_elsewhere(declared.assign(first=first)[first != goal.code], text)


def listed_elsewhere(declared: pd.DataFrame, text: Text) -> Iterator[html.P]:
    """How many actions serve the goal too, and under which goal they are listed."""
    for first, rows in declared.groupby("first", sort=False):
        names = ", ".join(text.code("area", area) for area in dict.fromkeys(rows["area"]))
        sentence = text.counted("report.elsewhere", len(rows), goal=first, names=names)
        yield html.P(sentence, className="quiet")


def state_with_figure(area: str, states: Mapping[str, FiguredRow], text: Text) -> html.Span:
    """A Member State with its figure, if it has one."""
    if area not in states:
        return html.Span(html.Strong(text.code("area", area)))
    return area_with_figure(states[area], text)


def area_with_figure(
    own: FiguredRow, text: Text, statuses: StateStatuses | None = None
) -> html.Span:
    """An area with its figure and the status of the goal.

    Where the figure is of another series than the headline, the status of the goal comes first, and
    the series has its name and a status of its own.
    """
    goal, series = own.row.goal, own.series
    name = text.code("area", series.area)
    figure = figure_with_status(own, text, statuses)
    if not own.row.is_of_other_series:
        title = f"{series.title(text)}, {name}" if series.area == EU else name
        return html.Span([html.Strong(f"{title}: "), *figure])
    status = f"{status_of_goal_words(own.row, text)} " if goal.headline else ""
    of_series = html.Span(text("status.of_this_series"), className="note")
    note = [of_series] if series.official else []
    return html.Span([html.Strong(f"{name}: "), status, f"{series.title(text)}, ", *figure, *note])
