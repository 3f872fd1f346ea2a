"""A published figure has the digits of its source in sentences, cards, tables and reports."""

import importlib

import pytest
from flask.testing import FlaskClient

from dashboard.components.cards import latest_figure
from dashboard.contents.figure_columns import compared_in_words
from dashboard.data import Release, records
from dashboard.released.compared_series import ComparedSeries, ComparisonUnit
from dashboard.released.goal_statuses import GoalStatus
from dashboard.released.scoreboard import ScoreboardRow
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.released.table_views import compare_with_path, trend_view
from dashboard.texts import texts
from dashboard.wording.narrative import latest_value, sentences
from metrics.catalogue.loader import catalogue
from tests.dashboard.reading import words

EN = texts("en")


def published(*values: float, indicator: str = "TAKEDOWN_SHARE_1W") -> AssessedSeries:
    rows = [
        {"component": "value", "period": str(2021 + at), "value": value, "source": "The publisher",
         "observation_status": "A", "confidentiality_status": "F", "late": False, "remark": "",
         "areas_expected": 1, "areas_reporting": 1}
        for at, value in enumerate(values)
    ]  # fmt: skip
    return AssessedSeries(catalogue().indicators[indicator], "DE", {}, rows)


@pytest.mark.parametrize(
    ("value", "printed"),
    [(84.17, "84.17 %"), (85.0, "85 %"), (57.6, "57.6 %"), (103.25, "103.25 %")],
)
def test_a_published_value_is_the_same_everywhere(value: float, printed: str) -> None:
    series = published(57.6, value)
    shown = printed.replace(" ", "\N{NO-BREAK SPACE}")
    row = records(trend_view(series))[-1]

    assert shown in sentences(series, None, EN)[0]
    assert words(latest_figure(series, EN)).startswith(shown)
    assert compared_in_words(row, series, EN)[0] == shown
    assert series.format_figure(row, EN, 1) == shown


@pytest.mark.parametrize(
    ("value", "start", "difference"),
    [(1.5, 2.01, "-0.51"), (84.17, 88.54, "-4.37"), (85.0, 55.0, "30"), (85.4, 85.0, "0.4")],
)
def test_a_difference_has_the_digits_of_its_parts(
    value: float, start: float, difference: str
) -> None:
    series = published(start, value)
    compared = compare_with_path(series, value, start)
    assert str(compared.difference) == difference


@pytest.mark.parametrize(
    ("unit", "value", "printed"),
    [
        (ComparisonUnit.VALUE, 84.17, "84.17"),
        (ComparisonUnit.VALUE, 85.0, "85"),
        (ComparisonUnit.CHANGE, -0.04, "−0.04"),  # 57.60 to 57.56, of which a tenth is none
    ],
)
def test_a_comparison_has_the_digits_of_its_figures(
    unit: ComparisonUnit, value: float, printed: str
) -> None:
    """Whatever the others in it have."""
    last = 57.56 if unit is ComparisonUnit.CHANGE else value
    series = published(57.6, last)
    row = {**series.rows[-1], "value": value, "why": "", "limit": ""}

    assert ComparedSeries("Germany", "DE", series, [row], unit).format(row, EN, 1) == printed


def test_what_is_computed_has_no_digits_of_a_source() -> None:
    series = published(1.207719841, indicator="OFFENDERS_IDENTIFIED_RATE")
    assert series.quoted == {}
    assert "1.21\N{NO-BREAK SPACE}" in sentences(series, None, EN)[0]


def test_card_report_and_sentence_give_one_number(release: Release, client: FlaskClient) -> None:
    assert client  # registers the pages
    report = importlib.import_module("dashboard.pages.report")
    for goal in catalogue().goals.values():
        for series in series_of_goal(goal, "FI", release):
            if series.last_known is None:
                continue
            value = latest_value(series, EN)
            assert value in sentences(series, release, EN)[0]
            assert words(latest_figure(series, EN)).startswith(value)
            row = report.FiguredRow(ScoreboardRow(goal, GoalStatus("FI", ""), series, ()), series)
            assert words(report.figure_with_status(row, EN)).startswith(value)
