"""A goal as a card, with a line for each series that follows it up."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash import dcc, html

from dashboard.charts import marks
from dashboard.charts.marks import reservation, why_absent
from dashboard.charts.sparkline import sparkline
from dashboard.components.layout import Drawn
from dashboard.components.overrides import status_with_notes
from dashboard.context import PageContext
from dashboard.series import AssessedSeries
from dashboard.texts import Text
from metrics.catalogue.definitions import Goal
from metrics.core.tables import EU

MOST_LINES = 4
MOST_NAMES = 6


def goal_card(goal: Goal, followed: Sequence[AssessedSeries], context: PageContext) -> Drawn:
    text = context.text
    href = context.view.kept.link("/goal", goal=goal.code)
    nothing = text("overview.no_figures" if goal.indicators else "overview.actions_only")
    title = dcc.Link(goal.name(text.language), href=href)
    lines = [series_line(series, goal, context) for series in followed[:MOST_LINES]]
    more = len(followed) - MOST_LINES
    rest = dcc.Link(text.counted("overview.more", more), href=href, className="more")
    return html.Article(
        [
            html.H4([html.Span(goal.code, className="code"), title]),
            html.Ul(lines) if lines else html.P(nothing, className="quiet"),
            rest if more > 0 else None,
        ],
        className="card goal-card",
    )  # fmt: skip


def series_line(series: AssessedSeries, goal: Goal | None, context: PageContext) -> html.Li:
    """A series with its latest value, status and sparkline; without a goal it has no status."""
    view, text = context.view, context.text
    name = series.title(text)
    if not view.area:
        name = f"{text.code('area', series.area)}: {name}"
    href = view.kept.link(
        "/goal", goal=goal.code if goal else "", indicator=series.name, area=series.area
    )
    alt = text("card.trend", name=series.title(text))
    spark = trend_picture(series, alt, html.Span(className="spark spark-empty"))
    return html.Li(
        [
            dcc.Link(name, href=href, className="track-name"),
            html.Div(
                [*latest_figure(series, text), *elsewhere(series, goal, context)],
                className="track-words",
            ),
            html.Div(
                [status_with_notes(series, text) if goal else None, spark],
                className="track-marks",
            ),
        ],
        className="track",
    )


def latest_figure(series: AssessedSeries, text: Text) -> list[Any]:
    latest = series.latest
    if latest is None:
        return [html.P(no_figure(series, text), className="absent")]
    value = [
        html.Strong(series.format_value(latest["value"], text)),
        html.Span(text.period(latest["period"]), className="period"),
    ]
    notes = [reservation(latest, text), card_coverage(latest, text), newer_gap(series, text)]
    marked = [html.Span(note, className="note") for note in notes if note]
    return [
        html.P(value, className="value"),
        html.P([*marked, *caveat_mark(series, text)], className="notes"),
    ]


def no_figure(series: AssessedSeries, text: Text) -> str:
    area = text.code("area", series.area)
    if series.newest is None:
        return text("card.nothing", area=area)
    return f"{text.period(series.newest['period'])}: {why_absent(series.newest, text)}"


def elsewhere(series: AssessedSeries, goal: Goal | None, context: PageContext) -> list[html.P]:
    """Which other areas have values, where this area has none or no goal lists them."""
    text, release = context.text, context.release
    if release is None or (goal and (series.latest or series.area != EU)):
        return []
    areas = release.areas_of.get(series.indicator.code, ())
    others = [text.code("area", area) for area in areas if area not in {EU, series.area}]
    few = text("card.elsewhere", areas=", ".join(others))
    note = few if len(others) <= MOST_NAMES else text("card.elsewhere_many", n=len(others))
    return [html.P(note, className="notes")] if others else []


def newer_gap(series: AssessedSeries, text: Text) -> str:
    """Why the newest period has no value, if the latest value is of an older period."""
    newest, latest = series.newest, series.latest
    if newest is None or latest is None or newest["period"] == latest["period"]:
        return ""
    return f"{text.period(newest['period'])}: {why_absent(newest, text)}"


def card_coverage(row: Mapping[str, Any], text: Text) -> str:
    return marks.coverage_note(row, text, "card.coverage")


def caveat_mark(series: AssessedSeries, text: Text) -> list[html.Span]:
    caveat = series.indicator.caveat
    if caveat is None:
        return []
    return [
        html.Span(text("card.caveat"), className="note caveat-mark", title=caveat(text.language))
    ]


def trend_picture(series: AssessedSeries, alt: str, instead: Drawn) -> Drawn:
    address = sparkline(series)
    return html.Img(src=address, alt=alt, className="spark") if address else instead
