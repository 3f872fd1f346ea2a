"""Series with their assessments, their tables, and what is said about them."""

import math

import pandas as pd
import pytest

from dashboard.data import Release, fill_years
from dashboard.released import table_views
from dashboard.released.assessments import Assessment
from dashboard.released.series import (
    AssessedSeries,
    read_in_area,
    read_series,
    series_anywhere,
    series_of_goal,
)
from dashboard.texts import texts
from dashboard.wording.narrative import sentences
from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Status

EN = texts("en")
ICSE = "GA-1.1"


def first(release: Release, area: str, goal: str = ICSE) -> AssessedSeries:
    return series_of_goal(catalogue().goals[goal], area, release)[0]


@pytest.mark.parametrize("goal", catalogue().goals.values(), ids=lambda goal: goal.code)
def test_every_indicator_of_a_goal_is_followed(goal: Goal) -> None:
    followed = series_of_goal(goal, EU, None)
    assert {each.indicator.code for each in followed} >= set(goal.indicators)
    assert len({each.name for each in followed}) == len(followed)


def test_an_indicator_without_a_total_is_followed_in_its_parts() -> None:
    names = [each.name for each in series_of_goal(catalogue().goals["GA-2.1"], EU, None)]
    assert "LEGAL_INSTRUMENT[instrument=LANZAROTE]" in names
    assert "LEGAL_INSTRUMENT" not in names


def test_the_official_method_comes_first(release: Release) -> None:
    methods = [each.method for each in first(release, "FI").assessments]
    assert methods[0] == "yearly_growth"
    assert len(methods) > 1


def test_the_latest_is_the_last_with_a_figure(release: Release) -> None:
    malta = first(release, "MT")
    assert malta.last_known is not None
    assert malta.last_row is not None
    assert (malta.last_known["period"], malta.last_row["period"]) == ("2024", "2025")


def test_zero_is_a_figure(release: Release) -> None:
    estonia = first(release, "EE").last_known
    assert estonia is not None
    assert (estonia["period"], estonia["value"]) == ("2025", 0.0)


def test_the_union_counts_the_states_that_reached_a_step(release: Release) -> None:
    union, state = (read_series(release, "ICSE_CONNECTED", area) for area in (EU, "FI"))
    assert (union.component, union.unit) == ("reached", "STATES")
    assert (state.component, state.unit) == ("step", "STEP")
    assert state.format_value(1.0, EN) == EN.code("step", state.indicator.ladder[1])


def test_without_an_area_every_area_with_figures_is_shown(release: Release) -> None:
    found = series_anywhere(catalogue().goals[ICSE], release)
    assert {each.area for each in found} == {EU, *member_states()}
    assert found[-1].status is Status.NOT_ASSESSED


@pytest.mark.parametrize(
    ("rule", "has_level"), [("growth_per_year", True), ("direction_only", False), ("", True)]
)
def test_a_direction_alone_is_no_level(release: Release, rule: str, has_level: bool) -> None:
    assessment = first(release, "FI").assessments[0]
    same = Assessment(assessment.target, assessment.method, True, assessment.verdict, rule)
    assert same.has_level is has_level


def test_the_table_has_path_and_gap_of_each_year(release: Release) -> None:
    official = first(release, "FI").official
    assert official is not None
    table = table_views.trend_view(first(release, "FI")).set_index("period")
    assert table.loc["2020", "path"] == pytest.approx(table.loc["2020", "value"])
    assert table.loc["2025", "gap"] == pytest.approx(official.verdict.gap)


def test_a_falling_indicator_is_better_below_its_path(release: Release) -> None:
    falling = first(release, "FI", "GA-4.2")
    table = table_views.trend_view(falling).dropna(subset=["gap"])
    assert str(falling.indicator.direction) == "down"
    assert list(table["gap"]) == pytest.approx(list(table["path"] - table["value"]))


def test_the_path_is_read_only_where_it_is_drawn() -> None:
    drawn = ((2020.5, 10.0), (2021.5, 20.0))
    read = [table_views.interpolate_path(drawn, at) for at in (2019.5, 2020.5, 2021.0, 2022.5)]
    assert [None if math.isnan(each) else each for each in read] == [None, 10.0, 15.0, None]


@pytest.mark.parametrize("by", [["sex"], ["age"]])
def test_parts_come_in_the_order_of_their_code_list(release: Release, by: list[str]) -> None:
    found = [
        part.codes[by[0]] for part in table_views.series_parts(first(release, "FI"), release, by)
    ]
    assert found == [code for code in EN_CODES[by[0]] if code in found]
    assert len(found) > 1


EN_CODES = {name: list(codelist(name)) for name in ("sex", "age")}


def test_a_year_that_was_left_out_is_a_gap(release: Release) -> None:
    rows = pd.DataFrame(release.series("ICSE_VICTIMS", "value", "FI"))
    found = fill_years(rows[rows["period"].isin(["2020", "2021", "2024"])])
    assert list(found["period"]) == ["2020", "2021", "2022", "2023", "2024"]
    assert list(found["value"].isna()) == [False, False, True, True, False]


def test_a_whole_series_is_left_as_it_is(release: Release) -> None:
    rows = pd.DataFrame(release.series("ICSE_VICTIMS", "value", "FI"))
    assert fill_years(rows) is rows
    assert fill_years(rows.iloc[:0]).empty


def in_states(release: Release) -> dict[str, AssessedSeries]:
    """The first series of a goal, as every Member State has it."""
    series = first(release, EU)
    return {area: read_in_area(series, area, release) for area in member_states()}


def test_every_state_stands_in_the_comparison(release: Release) -> None:
    every = in_states(release)
    table = table_views.states_view(every, "2025").set_index("area")
    assert list(table.index) == list(member_states())
    assert table.loc["MT", "observation_status"] == "Q"
    assert table.loc["HR", "observation_status"] == ""
    assert bool(table.loc["EL", "late"])


def test_by_value_a_state_without_a_figure_stands_last(release: Release) -> None:
    every = in_states(release)
    values = list(
        table_views.order_states(table_views.states_view(every, "2025"), "value")["value"]
    )
    known = [value for value in values if not math.isnan(value)]
    assert known == sorted(known, reverse=True)
    assert all(math.isnan(value) for value in values[len(known) :])


def test_by_gap_the_state_furthest_from_its_path_stands_first() -> None:
    """In per cent of the path where the release has that, for a large State has large gaps."""
    table = pd.DataFrame({
        "area": ["BE", "BG", "DE", "LU"],
        "gap": [-66.0, math.nan, -679.0, 2.0],
        "relative_gap": [-25.1, math.nan, -38.1, 4.0],
    })  # fmt: skip
    without = table.assign(gap=[-66.0, math.nan, -6.0, 2.0], relative_gap=math.nan)

    assert [*table_views.order_states(table, "gap")["area"]] == ["DE", "BE", "LU", "BG"]
    assert [*table_views.order_states(without, "gap")["area"]] == ["BE", "DE", "LU", "BG"]


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("FI", "Finland, 2025 – Behind: 625"),
        ("DE", "provisional value"),
        ("FR", "The series breaks"),
        ("MT", "Malta, 2025: suppressed. The latest figure, for 2024, is "),
        ("EE", "Estonia, 2025 – Moving away: 0"),
        (EU, "of 27 Member States have figures"),
        (EU, "Change on the year before, in the 22 Member States"),
    ],
)
def test_the_sentence_says_what_the_figures_say(release: Release, area: str, said: str) -> None:
    assert said in " ".join(sentences(first(release, area), release, EN))


def test_the_sentence_of_no_figure_says_so() -> None:
    nothing = read_series(None, "ICSE_VICTIMS", "FI")
    assert sentences(nothing, None, EN) == ["Finland: no figure in this release."]
