"""Which series leads a goal, and where the others disagree with it, with links to all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.addresses.alternatives import GOAL_PATH
from dashboard.addresses.selection import Selection
from dashboard.components.goal.indicator_parts import series_address
from dashboard.components.layout import page_link
from dashboard.released.goal_statuses import mark_of_series, status_of_series
from dashboard.released.series import AssessedSeries, is_headline_anywhere
from dashboard.released.state_statuses import status_counts
from dashboard.texts import Text
from dashboard.wording.goal_finding import others_with_figure
from dashboard.wording.scoreboard_words import short_area, status_in_words
from metrics.core.verdicts import Status


def leading_series(selection: Selection) -> Iterator[html.Details]:
    """`Headline series: Moving away; 4 others: On track 2, Suppressed 2`; unfolded, all of them."""
    goal, text = selection.goal, selection.text
    if goal is None:
        return
    followed = [series.as_of(selection.period) for series in selection.followed]
    leading = (series for series in followed if is_headline_anywhere(goal, series))
    headline = next(leading, None)
    if elsewhere := series_elsewhere(selection):
        yield figures_elsewhere(headline, elsewhere, selection)
        return
    reported = [series for series in followed if series.official or series.last_row]
    others = [series for series in reported if series is not headline]
    if not others or (headline is None and len(reported) == 1):
        return
    lines = [*([headline] if headline else []), *others]
    summary = text.listed([headline_words(headline, text), others_in_words(others, text)])
    yield folded_lines(summary, [series_line(series, headline, selection) for series in lines])


def folded_lines(summary: str, lines: Sequence[html.Li]) -> html.Details:
    return html.Details([html.Summary(summary), html.Ul([*lines])], className="leading-series")


def series_elsewhere(selection: Selection) -> dict[str, list[AssessedSeries]]:
    """Name → another series in each area with a figure; where the headline has none in any."""
    found: dict[str, list[AssessedSeries]] = {}
    series = selection.series
    if series is not None and selection.has_figures_elsewhere and not selection.period:
        for other in others_with_figure(selection, series):
            found.setdefault(other.name, []).append(other)
    return found


def figures_elsewhere(
    headline: AssessedSeries | None,
    elsewhere: Mapping[str, Sequence[AssessedSeries]],
    selection: Selection,
) -> html.Details:
    """`Headline series: No figure; 7 other series with figures: CZ, DE`, and what each has."""
    text = selection.text
    areas = dict.fromkeys(
        short_area(own.area, text) for every in elsewhere.values() for own in every
    )
    named = text.counted("goal.series_elsewhere", len(elsewhere), areas=", ".join(areas))
    lines = [html.Li([*line_elsewhere(every, selection)]) for every in elsewhere.values()]
    return folded_lines(text.listed([headline_words(headline, text), named]), lines)


def line_elsewhere(in_areas: Sequence[AssessedSeries], selection: Selection) -> Iterator[Any]:
    """`Suspects – CZ, DE: Behind · 2024`: each area with a figure as a link, and its status."""
    text = selection.text
    for at, own in enumerate(in_areas):
        yield ", " if at else f"{own.title(text)} – "
        address = series_address(selection, own.name, own.area)
        yield page_link(short_area(own.area, text), href=address)
        if own.status != Status.NOT_ASSESSED:
            yield f": {status_in_words(own, text)}"


def headline_words(headline: AssessedSeries | None, text: Text) -> str:
    if headline is None:
        return text("goal.no_headline")
    own = status_of_series(headline)  # the period is named of the last one alone
    status = status_in_words(headline, text) if own.last else text(f"status.{own.mark}")
    return text("goal.headline", status=status)


def others_in_words(others: Sequence[AssessedSeries], text: Text) -> str:
    counts = Counter(map(mark_of_series, others))
    return text.counted("goal.other_series", len(others), counts=status_counts(counts, text))


def series_line(
    series: AssessedSeries, headline: AssessedSeries | None, selection: Selection
) -> html.Li:
    """A series as a link, with its status and the period that this is of."""
    text = selection.text
    name = series.title(text)
    is_current = selection.series is not None and series.name == selection.series.name
    address = selection.view.link(GOAL_PATH, indicator=series.name, breakdown="")
    link: Any = html.Strong(name) if is_current else page_link(name, href=address)
    role = text("card.headline") if series is headline else ""
    return html.Li([link, " – ", ", ".join(filter(None, [status_in_words(series, text), role]))])
