"""The facts of a goal in one line: status, latest figure, path, gap, growth, who has reported."""

from collections.abc import Iterator, Sequence
from typing import Any

from dash import html

from dashboard.addresses.selection import Selection
from dashboard.charts.marks import (
    areas_withheld,
    coverage_note,
    dated_status,
    is_total,
    named_status,
)
from dashboard.components.definition_links import definition_link, term_link
from dashboard.components.hints import hinted_link
from dashboard.components.layout import Drawn
from dashboard.components.overrides import computed_note
from dashboard.components.status import status_word
from dashboard.released.assessed_values import compared_values
from dashboard.released.assessments import Assessment
from dashboard.released.goal_statuses import ABSENCES, mark_of_series
from dashboard.released.growth import released_growth
from dashboard.released.printed_gaps import printed_gap
from dashboard.released.series import AssessedSeries, has_target, is_headline_anywhere
from dashboard.released.states_by_status import absences_in
from dashboard.released.unclear_changes import why_unclear
from dashboard.texts import Text
from dashboard.wording.goal_finding import absent_latest_words, area_in_sentence
from dashboard.wording.narrative import (
    expected_in_words,
    latest_value,
)
from dashboard.wording.series_facts import MOST_AREAS_NAMED, areas_in_words
from dashboard.wording.status_ages import age_note
from dashboard.wording.status_beside_series import mark_of_goal, status_of_goal
from dashboard.wording.status_reasons import lateness
from dashboard.wording.verdict_reasons import find_step, reasons_in_words
from metrics.catalogue.codelists.statuses import SUPPRESSED_KEY
from metrics.catalogue.definitions.goals import Goal
from metrics.core.tables import NORMAL
from metrics.core.verdict_codes import Step
from metrics.core.verdicts import CalculationStep, Status
from metrics.release.official_statuses import NOT_CURRENT

# Why a State that did report has no figure.
REPORTED_ABSENCES = ("absent.not_applicable", SUPPRESSED_KEY)


def goal_strip(selection: Selection, series: AssessedSeries) -> html.Dl:
    """At most six facts, as of the chosen period; those that do not apply are left out."""
    as_of_period, text = series.as_of(selection.period), selection.text
    facts = [
        *status_fact(as_of_period, selection),
        *latest_fact(as_of_period, text),
        *expected_fact(as_of_period, text),
        *gap_fact(as_of_period, text),
        *growth_fact(as_of_period, selection),
        *reporting_fact(as_of_period, selection),
    ]
    return html.Dl(facts, className="strip")


def fact(term: Drawn, value: Drawn, note: Drawn = None, kind: str = "") -> html.Div:
    notes = [html.Dd(note, className="note")] if note else []
    return html.Div([html.Dt(term), html.Dd(value), *notes], className=f"fact {kind}".strip())


def status_fact(series: AssessedSeries, selection: Selection) -> Iterator[html.Div]:
    """The status, whose it is, and why there is none, its age, its lateness or the computed one.

    The headline series has the status of the goal, as the cell of the scoreboard that leads here.
    """
    text, goal = selection.text, selection.goal
    own, of_goal = mark_of_series(series), mark_of_goal(series, selection)
    is_headline = leads_shown_goal(series, selection)
    is_of_other = is_headline and of_goal != own
    is_of_goal = goal is not None and series.last_row is not None and not series.other_component
    if series.official is None and not is_of_goal and not is_of_other:
        return
    mark = of_goal if is_headline else own
    last = last_verdict(series, text) if mark == NOT_CURRENT else ""
    area = area_in_sentence(series.area, text)
    absent = "strip.headline_nowhere" if selection.is_headline_nowhere else "strip.headline_absent"
    whose = text(absent, area=area) if is_of_other else ""
    dated = last or year_of_status(series, selection)
    own_note = text.listed([dated, status_note(series, goal, text)])
    notes = [whose or status_of_goal(series, selection), own_note]
    word = status_word(mark, text)
    yield fact(text("table.status"), word, " ".join(filter(None, notes)), "fact-status")


def year_of_status(series: AssessedSeries, selection: Selection) -> str:
    """`status of 2024`, where the address names a period that does not exist."""
    period = series.status_period if selection.is_period_unknown else ""
    return (
        selection.text("status.of_period", period=selection.text.period(period)) if period else ""
    )


def last_verdict(series: AssessedSeries, text: Text) -> str:
    """`last: Behind · 2023`, of a status that is not current."""
    return text("status.last", status=dated_status(series.status, series.status_period, text))


def leads_shown_goal(series: AssessedSeries, selection: Selection) -> bool:
    """Whether the status of the goal is that of the series."""
    goal = selection.goal
    return selection.release is not None and goal is not None and is_headline_anywhere(goal, series)


def status_note(series: AssessedSeries, goal: Goal | None, text: Text) -> str:
    """Why there is no status; or else its age, the computed status or the lateness."""
    official = series.official
    if official is None:
        return unassessed_note(series, goal, text) if series.last_known else ""
    if official.status == Status.NOT_ASSESSED and not official.override:
        unnamed = {*official.reasons_for_none} - {*ABSENCES}
        return reasons_in_words(official, text, unnamed) or absent_latest_words(series, text)
    notes = [age_note(official, text), computed_note(series, text), lateness(official, text)]
    return next(filter(None, notes), "")


def unassessed_note(series: AssessedSeries, goal: Goal | None, text: Text) -> str:
    """That a series is not assessed for this area, or that nothing was agreed to assess it by."""
    is_assessed = goal is not None and has_target(goal, series)
    return text("card.other_area" if is_assessed else "strip.nothing_agreed")


def latest_fact(series: AssessedSeries, text: Text) -> Iterator[html.Div]:
    latest = series.last_known
    if latest is None:
        return
    status = str(latest.get("observation_status") or NORMAL)
    term: list[Drawn] = [text.period(latest["period"])]
    if status != NORMAL:
        term += [", ", definition_link(named_status(latest, status, text), f"value-{status}")]
    yield fact(term, html.Strong(latest_value(series, text)))


def expected_fact(series: AssessedSeries, text: Text) -> Iterator[html.Div]:
    """What the figure is compared with: a path, a level, a number of States, or the start."""
    official, compared = series.official, compared_values(series, series.official)
    if official is None or compared is None or official.status == Status.NOT_ASSESSED:
        return
    if not official.has_comparison:
        return
    verdict = official.verdict
    period = verdict.period if official.has_level else verdict.baseline_period
    expected = expected_in_words(series, official, compared.decimals, text)
    if not official.has_level:
        expected = series.format_value(verdict.expected_value or 0.0, text, compared.decimals)
    yield fact(f"{text(official.path_key)} {text.period(period)}", html.Strong(expected))


def gap_fact(series: AssessedSeries, text: Text) -> Iterator[html.Div]:
    """The released gap, of which plus is better; of a direction, the change since the start."""
    gap = printed_gap(series)
    if gap is None:
        return
    term: Drawn = term_link(text("term.gap"), "gap")
    if gap.start:
        term = text("strip.change", period=text.period(gap.start))
    if gap.assessment.age:
        term = [term, f", {text.period(gap.assessment.verdict.period)}"]
    yield fact(term, html.Strong(gap.written(text)))


def growth_fact(series: AssessedSeries, selection: Selection) -> Iterator[html.Div]:
    """The latest growth that the method tested, beside the one that was agreed."""
    text, official = selection.text, series.official
    asked = find_step(official, Step.GROWTH_ASKED) if official else None
    grown = growth_steps(official)
    if asked is None or not grown:
        return
    percent = text.number(float(str(asked.value)))
    latest = float(str(grown[-1].value))
    is_of_states = series.last_known is not None and is_total(series.last_known)
    key = "strip.growth_same" if is_of_states else "strip.growth"
    term = text(key, percent=percent)
    released = released_growth(series, selection.release)
    why = why_unclear(released[-1]) if released else ""
    note = text(why) if why else ""
    yield fact(term, html.Strong(f"{text.signed(latest, 1)}\N{NO-BREAK SPACE}%"), note)


def growth_steps(official: Assessment | None) -> Sequence[CalculationStep]:
    arithmetic = official.arithmetic if official else ()
    return [step for step in arithmetic if step.key == Step.GROWTH_OF_YEAR]


def reporting_fact(series: AssessedSeries, selection: Selection) -> Iterator[html.Div]:
    """How many States are in the latest figure of a total; who is not and why, as links."""
    text, latest = selection.text, series.last_known
    if latest is None or not is_total(latest):
        return
    missing = latest["areas_expected"] - latest["areas_reporting"] - areas_withheld(latest)
    value: list[Any] = [html.Strong(coverage_note(latest, text, "table.of"))]
    absent = states_without_figure(selection, latest["period"])
    not_counted = sum(len(areas) for key, areas in absent.items() if key != SUPPRESSED_KEY)
    if absent and not_counted == missing:
        for key, areas in absent.items():
            value += [" ", absent_states(key, areas, selection)]
    yield fact(text("table.coverage"), value)


def absent_states(key: str, areas: Sequence[str], selection: Selection) -> html.Span | html.Details:
    """`without BG HU`; of many States how many, with the list on demand and on paper."""
    text, links = selection.text, [*state_links(areas, selection)]
    if len(areas) <= MOST_AREAS_NAMED:
        return html.Span([text(key), *links], className="note")
    number = f"{text(key)} {areas_in_words(areas, text)}"
    return html.Details([html.Summary(number), html.Span(links)], className="note")


def state_links(areas: Sequence[str], selection: Selection) -> Iterator[Drawn]:
    """` BG HU`: each code leads to the page of its State."""
    view = selection.view.lasting_choices
    for area in areas:
        yield " "
        name = selection.text.code("area", area)
        yield hinted_link(area, view.link("/state", area=area), name)


def states_without_figure(selection: Selection, period: str) -> dict[str, list[str]]:
    """The States without a figure for a period: without a report, and apart others.

    A State that reported that its figure is not applicable, or whose figure is suppressed, did
    report.
    """
    absent: dict[str, list[str]] = {key: [] for key in ("strip.without", *REPORTED_ABSENCES)}
    for area, key in absences_in(selection.in_states, period).items():
        absent[key if key in REPORTED_ABSENCES else "strip.without"].append(area)
    return {key: areas for key, areas in absent.items() if areas}
