"""Where no change is clear, no page, chart, table or file gives a direction or a signed difference."""

from typing import Any

import pandas as pd
import pytest
from dash import html

from dashboard.charts.points import printed_number
from dashboard.components.goal.data_tables import trend_table
from dashboard.components.goal.key_facts import gap_fact
from dashboard.contents.changed_figures import printed_figures
from dashboard.data import records
from dashboard.released import table_views
from dashboard.released.assessments import UNCLEAR_CHANGE, Assessment
from dashboard.released.series import AssessedSeries, read_series
from dashboard.texts import texts
from dashboard.wording.narrative import change_sentences, sentences
from metrics.core.tables import EU, MEDIAN
from metrics.core.verdicts import Status, Verdict
from metrics.messages import languages
from metrics.messages.local_formats import MINUS
from tests.dashboard.chart_figures import trend_figure, words_in_plot
from tests.dashboard.reading import words
from tests.dashboard.test_narrative import plain, released
from tests.tables import indicator

EN = texts("en")
VALUES = {"2023": 40.0, "2024": 46.0, "2025": 43.0}


def assessed(reason: str, status: Status, rule: str = "direction_only") -> AssessedSeries:
    """Cases that rose by three since 2023 and fell by three since 2024."""
    values = pd.DataFrame({
        "period": list(VALUES), "value": list(VALUES.values()), "observation_status": "A",
        "confidentiality_status": "F", "late": False, "remark": "", "source": "",
        "areas_expected": 1, "areas_reporting": 1, "component": "value",
    })  # fmt: skip
    verdict = Verdict(
        status, reason=reason, period="2025", value=43.0, baseline_period="2023",
        baseline_value=40.0, expected_value=40.0, gap=3.0, path=((2023.5, 40.0), (2025.5, 40.0)),
    )  # fmt: skip
    official = Assessment("t", rule, official=True, verdict=verdict, rule=rule)
    row = {"status": str(status), "category": "", "reason": reason, "period": "2025",
           "value": 43.0, "baseline_period": "2023", "expected_value": 40.0, "gap": 3.0}  # fmt: skip
    return AssessedSeries(
        indicator("ADVICE"), "FI", {}, records(values), (official,), status_history={"2025": row}
    )


def said_everywhere(series: AssessedSeries, language: str = "en") -> str:
    """Sentences, legend, table and scoreboard of a series, beside its change on the year before."""
    text = texts(language)
    changes = released([
        {"indicator": "ADVICE", "area": "FI", "component": "year_on_year", "period": "2025",
         "value": -6.5},
    ])  # fmt: skip
    view = table_views.trend_view(series)
    legend = words_in_plot(trend_figure(series, language))
    table = words(trend_table("Advice", series, view, text))
    strip = words(html.Div([*gap_fact(series, text)]))
    return " ".join([*sentences(series, changes, text), *legend, table, strip])


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("reason", sorted(UNCLEAR_CHANGE))
def test_a_change_that_is_not_clear_has_no_sign_and_no_direction(
    reason: str, language: str
) -> None:
    said = said_everywhere(assessed(reason, Status.NO_CLEAR_CHANGE), language)

    assert not {"+", MINUS} & set(said.replace(texts(language)("table.gap"), ""))
    assert "6" not in said.replace("46", "")


def test_a_period_without_a_status_has_no_signed_change_and_no_direction() -> None:
    series = assessed("too_few_years", Status.NOT_ASSESSED)
    latest = table_views.trend_view(series).set_index("period").loc["2025"]

    assert pd.isna(latest["gap"])
    assert "in which direction the figure has moved" not in said_everywhere(series)
    assert "in which direction the figure has moved" in said_everywhere(
        assessed("", Status.WANTED_DIRECTION)
    )


def test_a_figure_at_its_limit_is_not_said_to_have_changed_too_little() -> None:
    """It may have changed a lot, from or to few cases."""
    said = said_everywhere(assessed("at_limit", Status.ON_TRACK))

    assert "and it cannot improve further" in said
    assert "not enough" not in said


def test_the_year_before_is_given_as_a_value() -> None:
    said = said_everywhere(assessed("below_threshold", Status.NO_CLEAR_CHANGE))

    assert "The figure of the year before was 46" in said


def test_a_clear_change_keeps_its_sign_in_sentence_legend_and_table() -> None:
    said = said_everywhere(assessed("", Status.ON_TRACK))

    assert f"{MINUS}6.5" in said
    assert "+3 cases compared with 40 cases in 2023" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "Since 2023: +3" in said
    assert "+3" in said.partition("Status")[2]


def test_a_distance_to_an_agreed_path_is_given_whatever_the_change() -> None:
    said = said_everywhere(assessed("below_threshold", Status.NO_CLEAR_CHANGE, "growth_per_year"))

    assert "3 cases ahead of the target path" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert f"{MINUS}6.5" not in said


@pytest.mark.parametrize("reason", sorted(UNCLEAR_CHANGE))
def test_the_file_has_no_gap_where_no_change_is_clear(reason: str) -> None:
    unclear, clear = (
        table_views.trend_view(series).set_index("period")["gap"]
        for series in (assessed(reason, Status.NO_CLEAR_CHANGE), assessed("", Status.ON_TRACK))
    )

    assert unclear.isna().all()
    assert clear["2025"] == 3.0


def test_a_period_that_was_not_assessed_has_no_gap_to_the_start() -> None:
    """2024 stands 6 above the start, but no method has said whether that is a change."""
    gaps = table_views.trend_view(assessed("", Status.ON_TRACK)).set_index("period")["gap"]

    assert pd.isna(gaps["2024"])


def median(before: float, latest: float, **total: Any) -> AssessedSeries:
    values = pd.DataFrame({
        "period": ["2024", "2025"], "value": [before, latest], "observation_status": "A",
        "confidentiality_status": "F", "late": False, "remark": "", "component": MEDIAN,
        **({"areas_expected": 1, "areas_reporting": 1} | total),
    })  # fmt: skip
    kind = indicator("REMOVED", ("band",), kind="duration", unit="HOURS")
    return AssessedSeries(kind, "FI", {}, records(values))


@pytest.mark.parametrize("total", [{}, {"areas_expected": 27, "areas_reporting": 25}])
@pytest.mark.parametrize(("latest", "same_band"), [(70.0, True), (100.0, False)])
def test_no_percentage_is_given_within_a_time_band(
    latest: float, same_band: bool, total: dict[str, int]
) -> None:
    """Of States as of the Union: 50 and 70 hours are both in the band of 48 to 72."""
    changes = released([
        {"indicator": "REMOVED", "area": "FI", "component": "year_on_year", "period": "2025",
         "value": 100 * (latest / 50 - 1), **total},
    ])  # fmt: skip
    said = " ".join(sentences(median(50.0, latest, **total), changes, EN))

    assert ("In the same time band as the year before." in said) is same_band
    assert ("%" in said) is not same_band


@pytest.mark.parametrize(
    ("materiality", "said"),
    [
        ("below_threshold", "+1.8 % (no clear change)"),
        ("small_base", "+1.8 % (too few cases)"),
        ("material", "+1.8 %"),
        ("", "+1.8 %"),  # a release of an earlier version does not say
    ],
)
def test_a_yearly_change_among_other_figures_says_whether_it_is_clear(
    materiality: str, said: str
) -> None:
    """On Explore and Changes, in the origin of a figure: wherever a released row is printed."""
    row = {"value": 1.8, "materiality": materiality, "period": "2022"}
    series = AssessedSeries(indicator("ADVICE"), "FI", {}, [row], other_component="year_on_year")
    before = {"value": float("nan"), "observation_status": "O"}
    earlier = {f"previous_{name}": value for name, value in row.items()} | before
    changed = {**row, **earlier, "previous_observation_status": "A", "component": "year_on_year"}

    assert plain(series.format_figure(row, EN)) == said
    assert plain(printed_figures(changed, series, EN).old) == said
    assert printed_number(series, row, EN, 1) == ("1.8≈" if "(" in said else "1.8")


@pytest.mark.parametrize(
    ("reporting", "said"),
    [
        (24, "No clear change on the year before in the 23 Member States whose figures of both"),
        (23, "The figure of the year before was 43,402 cases."),
    ],
)
def test_sums_of_other_states_are_not_printed_in_place_of_a_change(
    reporting: int, said: str
) -> None:
    """64,174 offences in 2021 after 43,402: +1.5 % in the same States, as Germany joined."""
    usual = {"indicator": "INVESTIGATIONS_OPENED", "area": EU, "areas_expected": 27}
    release = released([
        usual | {"period": "2020", "value": 43402, "areas_reporting": reporting},
        usual | {"period": "2021", "value": 64174, "areas_reporting": reporting},
        usual | {"period": "2021", "value": 1.5, "areas_reporting": 23,
                 "component": "year_on_year", "materiality": "below_threshold"},
    ])  # fmt: skip
    series = read_series(release, "INVESTIGATIONS_OPENED", EU)

    assert said in plain(" ".join(change_sentences(series, release, EN)))
