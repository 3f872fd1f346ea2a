"""Sentences: what a share changed by is points, and a published figure names its publisher."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import pytest

from dashboard.assessments import Assessment
from dashboard.components.data_tables import figure_cells
from dashboard.components.notes import publisher
from dashboard.narrative import change_sentences, path_sentences
from dashboard.series import AssessedSeries
from dashboard.texts import texts
from metrics.catalogue.loader import catalogue
from metrics.core.verdicts import Status, Verdict

EN = texts("en")


def series(code: str, rows: Sequence[Mapping[str, Any]]) -> AssessedSeries:
    values = pd.DataFrame(
        [{"value": float("nan"), "source": "", "remark": ""} | {**r} for r in rows]
    )
    return AssessedSeries(catalogue().indicators[code], "DE", {}, values)


def share(*values: float) -> AssessedSeries:
    """A published share of 2023 and the years after it."""
    rows = [{"period": str(2023 + year), "value": value} for year, value in enumerate(values)]
    return series("TAKEDOWN_SHARE_2D", rows)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Change on the year before: −29.4 percentage points."),
        ("fi", "Muutos edellisvuodesta: −29,4 prosenttiyksikköä."),
    ],
)
def test_a_share_changes_by_percentage_points(language: str, said: str) -> None:
    found = [
        each.replace("\N{NO-BREAK SPACE}", " ")
        for each in change_sentences(share(85.4, 56), None, texts(language))
    ]
    assert [each.replace("-29", "−29") for each in found] == [said]


@pytest.mark.parametrize("values", [(56.0,), (float("nan"), 56.0)])
def test_no_year_before_no_change(values: tuple[float, ...]) -> None:
    assert list(change_sentences(share(*values), None, texts("en"))) == []


def test_a_published_figure_names_its_publisher_and_what_it_calls_it() -> None:
    row = {"period": "2025", "value": 306.0, "source": "Police", "remark": "suspects from reports"}
    said = publisher(series("OFFENDERS_IDENTIFIED", [row]), texts("en"))
    assert said == ["Published by Police", "in its words: suspects from reports"]


def test_a_submitted_figure_has_no_publisher() -> None:
    assert publisher(share(56), texts("en")) == []


@pytest.mark.parametrize(
    ("expected", "path", "gap"),
    [(236.7, "236.7", "39.7"), (237.0, "237", "40"), (1236.7, "1,237", "1,040")],
)
def test_path_and_gap_have_the_same_decimals(expected: float, path: str, gap: str) -> None:
    verdict = Verdict(Status.BEHIND, value=197, expected_value=expected, gap=197 - expected)
    of = series("OFFENDERS_IDENTIFIED", [{"period": "2025", "value": 197.0}])
    (said,) = path_sentences(
        of, Assessment("t", "yearly_growth", official=True, verdict=verdict), EN
    )

    assert said.replace("\N{NO-BREAK SPACE}", " ") == (
        f"The target path stands at {path} persons: the figure is short of it by {gap} persons."
    )


def test_the_table_has_the_decimals_of_the_gap_too() -> None:
    row = {"period": "2025", "value": 197.0, "path": 236.7, "gap": -39.7}

    assert figure_cells(row, series("OFFENDERS_IDENTIFIED", [row]), EN)[1:] == ["236.7", "−39.7"]
