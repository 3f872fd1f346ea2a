"""The trend carried on, and statuses that a reviewer has set: never taken for figures."""

import importlib
from dataclasses import replace

import plotly.graph_objects as go
import pytest
from flask.testing import FlaskClient

from dashboard.charts.outlook import extrapolation_of
from dashboard.components import overrides
from dashboard.components.goal import trend_extrapolation
from dashboard.components.goal.data_tables import states_table
from dashboard.contents.view_charts import outlook_if_shown
from dashboard.data import Release
from dashboard.released import table_views
from dashboard.released.assessments import Assessment, Outlook, ReviewerOverride
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import outlook_outcome
from dashboard.wording.status_reasons import override_note
from metrics.catalogue.loader import catalogue
from metrics.core.verdicts import Status, Verdict
from metrics.messages import languages, messages
from tests.dashboard.chart_figures import figures_on, trend_figure
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import of_type, with_class, words

EN = texts("en")
PATH = ((2026.5, 650.0, 600.0, 700.0), (2027.5, 675.0, 610.0, 740.0))
OUTLOOK = Outlook("level", "", PATH, "on_this_trend", "2027")
OVERRIDE = ReviewerOverride(Status.ON_TRACK, "The register was late.", "Head of unit", "2026-04-20")
SET = Assessment("a", "milestone", official=True, verdict=Verdict(Status.BEHIND), override=OVERRIDE)


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


@pytest.fixture
def finnish(release: Release) -> AssessedSeries:
    goal = catalogue().goals["GA-1.1"]
    return replace(series_of_goal(goal, "FI", release)[0], outlook=OUTLOOK)


def traces(series: AssessedSeries) -> dict[str, go.Scatter]:
    return {each.name: each for each in trend_figure(series, with_outlook=True).data}


def test_the_trend_is_dotted_under_its_own_name(finnish: AssessedSeries) -> None:
    line = traces(finnish)[EN("outlook.in_chart")]
    assert (line.line.dash, list(line.x), list(line.y)) == ("dot", [2026.5, 2027.5], [650.0, 675.0])
    assert "not a forecast" in line.name


def test_the_interval_is_a_band_from_low_to_high(finnish: AssessedSeries) -> None:
    low, high, _ = (trace for trace in trend_figure(finnish, with_outlook=True).data
                    if trace.name == EN("outlook.in_chart"))  # fmt: skip
    assert (list(low.y), list(high.y), high.fill) == ([600.0, 610.0], [700.0, 740.0], "tonexty")


def test_the_years_ahead_have_their_places_on_the_axis(finnish: AssessedSeries) -> None:
    figure = trend_figure(finnish, with_outlook=True)
    assert figure.layout.xaxis.ticktext[-1] == "2027"
    assert figure.layout.xaxis.range[1] > PATH[-1][0]


def test_without_a_trend_nothing_is_drawn(finnish: AssessedSeries) -> None:
    assert extrapolation_of(replace(finnish, outlook=replace(OUTLOOK, path=())), EN) is None
    assert extrapolation_of(replace(finnish, outlook=None), EN) is None


@pytest.mark.parametrize("language", languages())
def test_why_there_is_no_trend_is_said_in_words(language: str) -> None:
    numbers = {"fewest_years": 3, "smallest_base": 10, "share_of_one_case": 10}
    for reason, sentence in messages(language, "reasons").items():
        said = outlook_outcome(replace(OUTLOOK, reason=reason), texts(language))
        assert said == sentence.format(**numbers), reason


@pytest.mark.parametrize(
    ("meets", "said"),
    [
        ("met", "already met"),
        ("on_this_trend", "met in 2027"),
        ("beyond_horizon", "does not reach it"),
        ("not_on_this_trend", "would not be met on this trend"),
        ("", "This target sets no level"),
    ],
)
def test_whether_the_target_would_be_met_is_said(meets: str, said: str) -> None:
    assert said in outlook_outcome(replace(OUTLOOK, meets=meets), EN)


def test_it_is_shown_only_when_asked_for(finnish: AssessedSeries) -> None:
    assert outlook_if_shown(finnish, View()) is None
    assert outlook_if_shown(finnish, View(outlook="on")) == OUTLOOK


def test_the_control_keeps_the_rest_of_the_address(finnish: AssessedSeries) -> None:
    context = page_context(goal="GA-1.1", lang="el")
    control = trend_extrapolation.outlook_switch(finnish, context, "/goal")
    (link,) = of_type(control, "Link")
    assert link.href == "/goal?lang=el&goal=GA-1.1&outlook=on"
    assert "όχι πρόβλεψη" in words(control)


def test_no_control_where_no_target_has_a_trend(finnish: AssessedSeries) -> None:
    without = replace(finnish, outlook=None)
    assert trend_extrapolation.outlook_switch(without, page_context(), "/goal") is None


def test_the_table_of_the_trend_is_one_of_its_own(finnish: AssessedSeries) -> None:
    (table,) = trend_extrapolation.outlook_table(finnish, OUTLOOK, EN)
    assert words(of_type(table, "Caption")) == EN("outlook.title")
    cells = [words(row) for row in of_type(of_type(table, "Tbody"), "Tr")]
    assert cells == ["2026 650\xa0persons 600 700", "2027 675\xa0persons 610 740"]


def test_the_status_of_a_reviewer_counts_and_the_computed_one_stays() -> None:
    assert (SET.status, SET.verdict.status) == (Status.ON_TRACK, Status.BEHIND)


@pytest.mark.parametrize("language", languages())
def test_a_status_set_by_a_reviewer_says_who_when_and_why(
    finnish: AssessedSeries, language: str
) -> None:
    text = texts(language)
    shown = overrides.override_badge(replace(finnish, assessments=(SET,)), text)
    said = words(shown)
    assert len(with_class(shown, "status-on_track")) == len(with_class(shown, "status-behind")) == 1
    for each in ("Head of unit", text.date("2026-04-20"), "The register was late."):
        assert each in said


def test_the_table_of_states_shows_both_statuses(finnish: AssessedSeries) -> None:
    series = replace(finnish, assessments=(SET,))
    table = table_views.states_view({"FI": series}, "2025")
    said = " ".join(words(of_type(states_table("", series, table, EN), "Tbody")).split())
    assert "On track Set by a reviewer; computed: Behind" in said


def test_without_a_reviewer_nothing_is_added(finnish: AssessedSeries) -> None:
    computed = replace(finnish, assessments=(replace(SET, override=None),))
    assert overrides.override_badge(computed, EN) == []
    assert override_note("behind", "behind", EN) == ""


def test_an_override_is_read_from_a_release() -> None:
    row = {"override_status": "achieved", "override_reason": "r", "override_by": "b",
           "override_on": "2026-01-02"}  # fmt: skip
    assert ReviewerOverride.from_row(row) == ReviewerOverride(
        Status.ACHIEVED, "r", "b", "2026-01-02"
    )
    assert ReviewerOverride.from_row(row | {"override_status": ""}) is None


@pytest.mark.usefixtures("home")
def test_the_page_shows_the_outlook_in_chart_and_table() -> None:
    goal = importlib.import_module("dashboard.pages.goal")
    asked = {"goal": "GA-1.1", "area": "FI", "outlook": "on"}
    drawn, read = goal.layout(**asked), goal.layout(**asked, view="table")
    assert EN("outlook.in_chart") in [each.name for each in figures_on(drawn)[0].data]
    assert EN("outlook.title") in map(words, of_type(read, "Caption"))
    assert all("met in 2027" in words(each) for each in (drawn, read))


@pytest.mark.usefixtures("home")
def test_the_page_says_why_there_is_no_outlook() -> None:
    goal = importlib.import_module("dashboard.pages.goal")
    shown = with_class(goal.layout(goal="GA-1.1", area="SE", outlook="on"), "outlook")
    assert messages("en", "reasons")["too_few_points"] in words(shown)


@pytest.mark.usefixtures("home")
def test_the_page_shows_what_a_reviewer_has_set() -> None:
    goal = importlib.import_module("dashboard.pages.goal")
    drawn = goal.layout(goal="GA-1.1", area="PT")
    assert len(with_class(drawn, "status-achieved")) > 1
    assert "Verified on the spot." in words(with_class(drawn, "override"))


@pytest.mark.parametrize("name", ["overview", "state"])
@pytest.mark.usefixtures("home")
def test_wherever_a_status_was_set_the_computed_one_is_said(name: str) -> None:
    drawn = importlib.import_module(f"dashboard.pages.{name}").layout(area="PT")
    notes = {words(each) for each in with_class(drawn, "note")}
    assert any(each.startswith("Set by a reviewer; computed: ") for each in notes)
