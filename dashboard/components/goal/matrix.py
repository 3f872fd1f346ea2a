"""The status of every series of a goal, by Member State and by method."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dash import html

from dashboard.charts.marks import dated_status
from dashboard.components.hints import hint_button, hinted_link
from dashboard.components.notes import marked_caption
from dashboard.components.status import in_sentences, small_badge, status_legend
from dashboard.components.tables import Cell, table_of_signs, with_arrow_keys
from dashboard.context import PageContext
from dashboard.released.assessments import Assessment
from dashboard.released.goal_statuses import GoalStatus, status_of_assessment, status_of_series
from dashboard.released.series import AssessedSeries
from dashboard.target_text import asked_in_words
from dashboard.texts import Text
from dashboard.wording.narrative import method_name
from dashboard.wording.status_ages import age_note
from dashboard.wording.status_reasons import not_assessed_reason, override_note
from metrics.catalogue.definitions.goals import Goal
from metrics.core.verdicts import Status

SeriesByArea = Mapping[str, AssessedSeries]  # one series in each area that has it


def matrix(
    goal: Goal,
    by_area: Mapping[str, Sequence[AssessedSeries]],
    context: PageContext,
    period: str = "",
) -> Iterator[Any]:
    """A row for each series and method, a column for each State: 27 icons fit on a screen.

    Of a chosen period, by the official methods alone; the series are as of that period.
    """
    text = context.text
    reported = {area: [series for series in all_series if series.last_row]
                for area, all_series in by_area.items()}  # fmt: skip
    reporting = {area: all_series for area, all_series in reported.items() if all_series}
    if not reporting:
        yield html.P(nothing_reported(period, text), className="absent")
        return
    rows = [row for in_areas in by_series(reporting).values()
            for row in method_rows(in_areas, list(reporting), text)]  # fmt: skip
    heads = [text("goal.indicator"), *(state_heading(area, context) for area in reporting)]
    named = {"goal": goal.code, "period": text.period(period) if period else ""}
    words = text("matrix.caption_period" if period else "matrix.caption", **named)
    caption = marked_caption(words, context)
    legend = status_legend(marks_in_matrix(reporting), text)
    signs = with_arrow_keys(table_of_signs(caption, heads, list(reporting), rows))
    yield html.Div([signs, legend], className="matrix")


def marks_in_matrix(reporting: Mapping[str, Sequence[AssessedSeries]]) -> set[str]:
    return {
        verdict_by_method(series, assessment).mark if assessment else str(Status.NOT_ASSESSED)
        for all_series in reporting.values()
        for series in all_series
        for assessment in series.assessments or (None,)
    }


def verdict_by_method(series: AssessedSeries, assessment: Assessment) -> GoalStatus:
    """By the official method, the status of the series."""
    if assessment.official:
        return status_of_series(series)
    return status_of_assessment(series.area, assessment)


def nothing_reported(period: str, text: Text) -> str:
    """A note that no Member State has a figure; other areas may have one."""
    if period:
        return text("matrix.none_until", period=text.period(period))
    return text("matrix.none")


def by_series(
    reporting: Mapping[str, Sequence[AssessedSeries]],
) -> dict[str, dict[str, AssessedSeries]]:
    found: dict[str, dict[str, AssessedSeries]] = {}
    for area, all_series in reporting.items():
        for series in all_series:
            found.setdefault(series.name, {})[area] = series
    return found


def method_rows(in_areas: SeriesByArea, areas: Sequence[str], text: Text) -> Iterator[list[Cell]]:
    """The row of the official method first, then the other methods."""
    title = next(iter(in_areas.values())).title(text)
    methods = dict.fromkeys(
        (assessment.method, assessment.official)
        for series in in_areas.values()
        for assessment in series.assessments
    )
    for method, is_official in methods or {("", True): None}:
        role = text("arithmetic.official" if is_official else "arithmetic.beside")
        note = f"{method_name(method, text)}, {role}" if method else text("arithmetic.none")
        name = html.Span(title, className="" if is_official else "visually-hidden")
        cells = [
            status_icon(in_areas.get(area), method, text, is_official=is_official) for area in areas
        ]
        yield [[name, html.Span(note, className="note")], *cells]


def state_heading(area: str, context: PageContext) -> html.A:
    href = context.view.lasting_choices.link("/state", area=area)
    return hinted_link(area, href, context.text.code("area", area))


def status_icon(
    series: AssessedSeries | None, method: str, text: Text, *, is_official: bool
) -> Cell:
    """One method's verdict on a State; a dash where the State lacks the series."""
    if series is None:
        return hint_button("–", text("absent.not_reported"))
    by_method = (own for own in series.assessments
                 if (own.method, own.official) == (method, is_official))  # fmt: skip
    assessment = next(by_method, None)
    if assessment is None:
        return small_badge(Status.NOT_ASSESSED, text(f"status.{Status.NOT_ASSESSED}"))
    own = verdict_by_method(series, assessment)
    asked = not_assessed_reason(assessment, text) or asked_in_words(assessment.asked, text)
    notes = [age_note(assessment, text), override_note(own.status, assessment.computed, text)]
    status = dated_status(own.mark, own.period, text, asked, own.last)
    return small_badge(own.mark, status, in_sentences(notes))
