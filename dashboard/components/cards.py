"""A goal as a card, with a line for each series that follows it up."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.charts import marks
from dashboard.charts.marks import reservation, why_absent
from dashboard.charts.sparkline import sparkline
from dashboard.components.hints import hint_button
from dashboard.components.layout import Drawn, page_link
from dashboard.components.overrides import status_with_notes
from dashboard.components.rates import rate_text
from dashboard.context import PageContext
from dashboard.released.released_parts import areas_of_series
from dashboard.released.scoreboard import read_row
from dashboard.released.series import AssessedSeries, has_target, is_headline
from dashboard.released.state_statuses import counts_in_words, released_statuses
from dashboard.texts import Text
from dashboard.wording.narrative import counted_step, latest_value
from dashboard.wording.scoreboard_words import status_of_goal_words
from dashboard.wording.status_reasons import not_assessed_reason
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import ASSESSED
from metrics.core.tables import AREAS_REACHED, EU

MOST_LINES = 4
MOST_AREA_NAMES = 6


def goal_card(goal: Goal, followed: Sequence[AssessedSeries], context: PageContext) -> Drawn:
    text = context.text
    href = context.view.lasting_choices.link("/goal", goal=goal.code)
    nothing = nothing_followed(goal, context)
    title = page_link(goal.name(text.language), href=href)
    ordered = sorted(followed, key=lambda series: not is_headline(goal, series))
    lines = [series_line(series, goal, context) for series in ordered[:MOST_LINES]]
    more = len(followed) - MOST_LINES
    rest = page_link(text.counted("overview.more", more), href=href, kind="more")
    return html.Article(
        [
            html.H4([html.Span(goal.code, className="code"), " ", title]),
            html.Ul(lines) if lines else html.P(nothing, className="quiet"),
            rest if more > 0 else None,
        ],
        className="card goal-card",
    )  # fmt: skip


def nothing_followed(goal: Goal, context: PageContext) -> str:
    """Why a goal has no series: no indicator, or no figure in the chosen area or in any."""
    text, area = context.text, context.view.area
    if not goal.indicators:
        return text("overview.actions_only")
    if area:
        return text("card.nothing", area=text.code("area", area))
    return text("overview.no_figures")


def series_line(series: AssessedSeries, goal: Goal | None, context: PageContext) -> html.Li:
    """A series with its latest value, status and sparkline; without a goal it has no status."""
    view, text = context.view, context.text
    name = series.title(text)
    if not view.area:
        name = f"{text.code('area', series.area)}: {name}"
    href = view.lasting_choices.link(
        "/goal", goal=goal.code if goal else "", indicator=series.name, area=series.area
    )
    alt = text("card.trend", name=series.title(text))
    spark = trend_picture(series, alt, html.Span(className="spark spark-empty"))
    return html.Li(
        [
            page_link(name, href=href, kind="track-name"),
            html.Div(
                [
                    *latest_figure(series, text),
                    *headline_mark(series, goal, text),
                    *status_of_goal_note(series, goal, context),
                    *why_not_assessed(series, goal, text),
                    *states_note(series, goal, context),
                    *other_areas_note(series, goal, context),
                ],
                className="track-words",
            ),
            html.Div(
                [*card_status(series, goal, context), spark],
                className="track-marks",
            ),
        ],
        className="track",
    )


def card_status(
    series: AssessedSeries, goal: Goal | None, context: PageContext
) -> Iterator[html.Span]:
    """The status, or the reason why there is none; nothing for context indicators."""
    text = context.text
    if goal is None:
        return
    if series.official is None:
        yield html.Span(not_assessed_note(series, goal, text), className="note")
        return
    yield status_with_notes(series, text, released_statuses(goal, series, context.release))


def why_not_assessed(series: AssessedSeries, goal: Goal | None, text: Text) -> Iterator[html.P]:
    reason = not_assessed_reason(series.official, text) if goal else ""
    if reason and series.last_known:
        yield html.P(reason, className="notes")


def states_note(
    series: AssessedSeries, goal: Goal | None, context: PageContext
) -> Iterator[html.P]:
    """How many States have which status beside that of the Union."""
    statuses = released_statuses(goal, series, context.release) if goal else None
    if statuses is not None:
        yield html.P(counts_in_words(statuses.counts, context.text), className="notes")


def headline_mark(series: AssessedSeries, goal: Goal | None, text: Text) -> Iterator[html.P]:
    if goal and is_headline(goal, series):
        yield html.P(text("card.headline"), className="notes")


def status_of_goal_note(
    series: AssessedSeries, goal: Goal | None, context: PageContext
) -> Iterator[html.P]:
    """The status of the goal, beside the figure that stands in for its headline series."""
    if goal is None or context.release is None or series.official is None:
        return
    row, text = read_row(goal.code, series.area, context.release), context.text
    if row.is_of_other_series and row.series and row.series.name == series.name:
        yield html.P(status_of_goal_words(row, text), className="notes")


def not_assessed_note(series: AssessedSeries, goal: Goal, text: Text) -> str:
    """Why a series is not assessed: not in this area, what a rise of it means, or no target."""
    if has_target(goal, series):
        return text("card.other_area")
    measures = series.indicator.measures
    return text("card.no_target" if measures in ASSESSED else f"card.{measures}")


def latest_figure(series: AssessedSeries, text: Text) -> list[Any]:
    latest = series.last_known
    if latest is None:
        return [html.P(no_figure(series, text), className="absent")]
    value = [
        html.Strong(latest_value(series, text)),
        html.Span(text.period(latest["period"]), className="period"),
    ]
    notes = [
        rate_text(series, latest["period"], text),
        reservation(latest, text),
        card_coverage(latest, text),
        *counted_step_note(series, text),
        newest_absence(series, text),
    ]
    marked = [html.Span(note, className="note") for note in notes if note]
    return [
        html.P(value, className="value"),
        html.P([*marked, *caveat_mark(series, text)], className="notes"),
    ]


def counted_step_note(series: AssessedSeries, text: Text) -> list[str]:
    """Which step a number of States has reached, where no status names it."""
    is_unnamed = series.component == AREAS_REACHED and series.official is None
    return [counted_step(series, text)] if is_unnamed else []


def no_figure(series: AssessedSeries, text: Text) -> str:
    area = text.code("area", series.area)
    if series.last_row is None:
        return text("card.nothing", area=area)
    return f"{text.period(series.last_row['period'])}: {why_absent(series.last_row, text)}"


def other_areas_note(
    series: AssessedSeries, goal: Goal | None, context: PageContext
) -> list[html.P]:
    """Which other areas have values, where this area has none or no goal lists them."""
    text = context.text
    if goal and (series.last_known or series.area != EU):
        return []
    areas = areas_of_series(series, context.release)
    others = [text.code("area", area) for area in areas if area not in {EU, series.area}]
    key = "card.elsewhere_too" if series.last_known else "card.elsewhere"
    few = text(key, areas=", ".join(others))
    note = few if len(others) <= MOST_AREA_NAMES else text("card.elsewhere_many", n=len(others))
    return [html.P(note, className="notes")] if others else []


def newest_absence(series: AssessedSeries, text: Text) -> str:
    """Why the newest period has no value, if the latest value is of an older period."""
    newest, latest = series.last_row, series.last_known
    if newest is None or latest is None or newest["period"] == latest["period"]:
        return ""
    return f"{text.period(newest['period'])}: {why_absent(newest, text)}"


def card_coverage(row: Mapping[str, Any], text: Text) -> str:
    return marks.coverage_note(row, text, "card.coverage")


def caveat_mark(series: AssessedSeries, text: Text) -> list[html.Button]:
    caveat = series.indicator.caveat
    return [hint_button(text("card.caveat"), caveat(text.language), "note")] if caveat else []


def trend_picture(series: AssessedSeries, alt: str, instead: Drawn) -> Drawn:
    address = sparkline(series)
    return html.Img(src=address, alt=alt, className="spark") if address else instead
