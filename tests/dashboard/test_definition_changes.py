"""A series whose indicator was redefined, on the pages."""

import importlib

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.components.goal.data_tables import trend_table
from dashboard.components.notes import definition_changes
from dashboard.data import records
from dashboard.released import table_views
from dashboard.released.series import AssessedSeries
from dashboard.texts import texts
from metrics.catalogue.definitions.indicators import Indicator
from tests.dashboard.chart_figures import trend_figure
from tests.dashboard.reading import words
from tests.tables import indicator

EN = texts("en")
BEFORE = {
    "unit": "HOURS", "definition": {"en": "Hours of advice."},
    "breakdowns": [{"by": ["sex"], "codes": {"sex": ["F", "M"]}}],
}  # fmt: skip
CHANGE = {"from": 2024, "note": {"en": "Cases are counted.", "fi": "Nyt lasketaan tapaukset."}}
VALUES = {"2022": 3_100.0, "2023": 3_300.0, "2024": 40.0, "2025": 44.0}


def changed(**change: object) -> Indicator:
    return indicator("ADVICE", ("sex",), changes=[{**CHANGE, "before": BEFORE, **change}])


def series(*periods: str, **change: object) -> AssessedSeries:
    rows = [(period, VALUES[period]) for period in periods or VALUES]
    table = pd.DataFrame(rows, columns=["period", "value"]).assign(
        observation_status="A", confidentiality_status="F", late=False, remark="",
        areas_expected=1, areas_reporting=1,
    )  # fmt: skip
    return AssessedSeries(changed(**change), "FI", {}, records(table))


def test_a_figure_has_the_unit_of_its_period() -> None:
    advice = series()

    values = trend_table("Advice", advice, table_views.trend_view(advice), EN)

    assert "3,300 hours" in words(values).replace("\N{NO-BREAK SPACE}", " ")
    assert "44 cases" in words(values).replace("\N{NO-BREAK SPACE}", " ")


def test_a_chart_and_what_is_said_of_it_hold_to_one_unit() -> None:
    advice = series()

    drawn = trend_figure(advice)

    heights = {value for trace in drawn.data for value in trace.y if value is not None}
    assert {40.0, 44.0} <= heights
    assert not heights & {3_100.0, 3_300.0}
    assert [row["period"] for row in advice.rows] == ["2024", "2025"]


def test_a_series_that_ended_before_the_change_keeps_its_unit() -> None:
    assert (series("2022", "2023").unit, series("2022", "2023", "2024").unit) == ("HOURS", "CASES")


@pytest.mark.parametrize(
    ("periods", "language", "expected"),
    [
        ((), "en", "Definition changed from 2024: Cases are counted. Figures before were given in hours"),
        ((), "fi", "Määritelmä muuttui jaksosta 2024 alkaen: Nyt lasketaan tapaukset."),
        (("2024", "2025"), "en", ""),
        (("2022", "2023"), "en", ""),
    ],
)  # fmt: skip
def test_the_note_stands_where_the_series_spans_the_change(
    periods: tuple[str, ...], language: str, expected: str
) -> None:
    notes = definition_changes(series(*periods), texts(language))

    said = "".join(words(note) for note in notes)
    assert said.startswith(expected)
    assert bool(said) is bool(expected)


def test_a_comparable_change_does_not_warn() -> None:
    notes = [words(note) for note in definition_changes(series(comparable=True), EN)]

    assert "not comparable" not in "".join(notes)


def test_the_catalogue_says_what_was_valid_before(client: FlaskClient) -> None:
    """Pages can be imported only beside an application."""
    change_list = importlib.import_module("dashboard.pages.catalogue").change_list

    listed = words(change_list(changed(), EN))

    assert "Until then: Hours of advice. · Unit: hours" in listed
    assert "Sex (girls and women, boys and men)" in listed
    assert change_list(indicator("ADVICE"), EN) is None
