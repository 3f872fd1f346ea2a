"""A status of the Union never stands alone: how many States have it is said beside it."""

import csv
import importlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.components.cards import goal_card
from dashboard.components.status_counts import goal_tally
from dashboard.components.status_summary import status_counts_sentence
from dashboard.context import read_context
from dashboard.data import Release
from dashboard.released.assessments import COUNTED_RULES, Assessment
from dashboard.released.goal_statuses import mark_of_series
from dashboard.released.scoreboard import read_scoreboard
from dashboard.released.series import AssessedSeries, series_of_goal
from dashboard.released.state_statuses import (
    StatesDoingWell,
    StateStatuses,
    counts_in_words,
    doing_well_in_row,
    few_states_sentence,
    marks_of_states,
    released_statuses,
    states_at_step,
)
from dashboard.released.states_by_status import states_by_status
from dashboard.released.table_views import count_agreeing_states
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.commands.assessment_report import format_overview
from metrics.core.status_by_rule import KEEP_AT
from metrics.core.tables import EU
from metrics.core.verdicts import Status, Verdict
from metrics.messages import languages
from tests.dashboard.contexts import page_context, selection
from tests.dashboard.reading import words

EN = texts("en")
GOAL = catalogue().goals["GA-1.1"]
MIXED = [Status.ON_TRACK] * 3 + [Status.NO_CLEAR_CHANGE] * 23 + [Status.NOT_ASSESSED]


def assessed(status: Status, area: str = EU, rule: str = "direction_only") -> AssessedSeries:
    verdict = Verdict(status, period="2025")
    official = Assessment("t", "direction_only", official=True, verdict=verdict, rule=rule)
    indicator = catalogue().indicators["JOINT_OPERATIONS"]
    return AssessedSeries(indicator, area, {}, (), (official,))


def beside(status: Status, of_states: Sequence[str]) -> StateStatuses:
    found = StateStatuses.beside(assessed(status), of_states)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("status", "agreeing", "few"),
    [
        (Status.ON_TRACK, 3, True),
        (Status.NO_CLEAR_CHANGE, 23, False),
        (Status.MOVING_AWAY, 0, True),
    ],
)
def test_a_status_is_of_few_if_under_half_of_the_states_assessed_have_it(
    status: Status, agreeing: int, *, few: bool
) -> None:
    found = beside(status, MIXED)
    assert (found.agreeing, found.assessed, found.is_of_few) == (agreeing, 26, few)


@pytest.mark.parametrize(("number", "few"), [(13, False), (12, True)])
def test_exactly_half_is_not_few(number: int, *, few: bool) -> None:
    of_states = [Status.BEHIND] * number + [Status.ON_TRACK] * (26 - number)
    assert beside(Status.BEHIND, of_states).is_of_few is few


@pytest.mark.parametrize(
    "union",
    [
        assessed(Status.ON_TRACK, "FI"),
        assessed(Status.NOT_ASSESSED),
        assessed(Status.NOT_ACHIEVED, rule="all_areas_by_date"),
    ],
    ids=["a State", "no status", "a number of States"],
)
def test_only_a_status_of_the_union_on_a_quantity_is_compared(union: AssessedSeries) -> None:
    assert StateStatuses.beside(union, MIXED) is None


@pytest.mark.parametrize("language", languages())
def test_the_sentence_names_how_many_of_how_many(language: str) -> None:
    text = texts(language)
    said = few_states_sentence(beside(Status.ON_TRACK, MIXED), text)
    assert ("3" in said, "26" in said) == (True, True)
    assert not few_states_sentence(beside(Status.NO_CLEAR_CHANGE, MIXED), text)


def test_the_counts_stand_in_words() -> None:
    said = counts_in_words(Counter(map(str, MIXED)), EN)
    assert said == "Member States: On track 3; No clear change 23; Not assessed 1."


def released(release: Release) -> tuple[AssessedSeries, StateStatuses, Counter[str]]:
    union = series_of_goal(GOAL, EU, release)[0]
    found = released_statuses(GOAL, union, release)
    by_state = (series_of_goal(GOAL, area, release)[0] for area in member_states())
    assert found is not None
    return union, found, Counter(mark_of_series(series) for series in by_state if series.official)


def test_the_counts_are_those_of_the_pages_of_the_states(release: Release) -> None:
    """Also where a reviewer has set the status."""
    _, found, on_pages = released(release)
    assert found.counts == on_pages
    assert found.counts.total() == len(member_states())  # type: ignore[attr-defined]


def test_the_states_that_do_well_are_counted_as_on_the_page_of_the_goal(release: Release) -> None:
    """Of those with a current status; of a step of those bound, and of a level those that met it."""
    rules = Counter[str]()
    for row in read_scoreboard(page_context(release, collection="sample", area=EU)).rows:
        official = row.series.official if row.series and not row.is_of_other_series else None
        found = doing_well_in_row(row, release)
        if official is None or found is None:
            continue
        rules[official.rule] += 1
        assert found.have_met is (official.rule in {*COUNTED_RULES, KEEP_AT})
        beside = released_statuses(row.goal, row.series, release) if row.series else None
        verdict = official.verdict
        if official.rule in COUNTED_RULES and verdict.expected_value:
            assert (found.number, found.of_all) == (verdict.value, verdict.expected_value)
        elif beside is not None:
            assert found.of_all == beside.assessed < len(member_states())
    assert rules.keys() >= {"direction_only", "growth_per_year", KEEP_AT}
    bound = Verdict(Status.NOT_ACHIEVED, value=21, expected_value=26)
    assert states_at_step(bound) == StatesDoingWell(21, 26, have_met=True)


def test_a_card_of_the_union_has_the_counts_and_one_of_a_state_has_none(release: Release) -> None:
    union, found, _ = released(release)
    context = page_context(release)

    said = words(goal_card(GOAL, [union], context))
    of_state = words(goal_card(GOAL, [series_of_goal(GOAL, "FI", release)[0]], context))

    assert counts_in_words(found.counts, EN) in said
    assert f"same status in {found.agreeing} of {found.assessed} Member States" in said
    assert "Member States: " not in of_state
    assert "same status in" not in of_state


def test_the_command_line_counts_as_the_pages_do(release: Release) -> None:
    _, found, _ = released(release)
    said = "\n".join(format_overview(release.stored.table("assessments")))
    assert f"same status in {found.agreeing} of {found.assessed} Member States" in said


def test_the_tally_of_goals_says_in_how_many_the_status_is_of_few(release: Release) -> None:
    union, found, _ = released(release)
    (block,) = goal_tally([(GOAL, [union])], EN, release)
    assert ("fewer than half" in words(block)) is found.is_of_few
    assert "fewer than half" not in words([*goal_tally([(GOAL, [union])], EN)])


def test_the_report_says_it_beside_the_counts() -> None:
    states = {
        area: assessed(status, area) for area, status in zip(member_states(), MIXED, strict=True)
    }
    marks = marks_of_states(states.values())
    (alone,) = status_counts_sentence(None, marks, EN)
    (with_union,) = status_counts_sentence(assessed(Status.ON_TRACK), marks, EN)
    assert "describes the total" not in words(alone)
    assert (
        "3 of the 26 Member States with a current status have the same status as the Union"
        in words(with_union)
    )


@pytest.mark.usefixtures("home", "client")
@pytest.mark.parametrize("period", ["", "2025"])
@pytest.mark.parametrize("goal", ["GA-1.1", "GA-4.2", "CC2019-5"])
def test_the_page_counts_the_states_as_the_list_beside_the_chart(goal: str, period: str) -> None:
    chosen = selection(View(goal=goal, area=EU, period=period))
    assert chosen.series is not None

    page = importlib.import_module("dashboard.components.goal.trend")
    said = words(list(page.spoken_figures(chosen, chosen.series)))

    beside_chart = states_by_status(chosen.in_states, chosen.marks_of_goal)
    counts = {mark: len(states) for mark, states in beside_chart.items()}
    assert counts_in_words(counts, EN) in said


@pytest.mark.usefixtures("home", "client")
@pytest.mark.parametrize("collection", ["sample", "published-figures"])
def test_the_report_counts_the_states_of_every_goal_as_its_page_does(collection: str) -> None:
    context = read_context(View(collection=collection))
    report = importlib.import_module("dashboard.pages.report")
    for goal in context.definitions.goals.values():
        chosen = selection(View(collection=collection, goal=goal.code, area=EU))
        by_mark = states_by_status(chosen.in_states, chosen.marks_of_goal)
        marks = {mark: len(states) for mark, states in by_mark.items()}
        followed = {
            area: row
            for area in member_states()
            if (row := report.reported_row(goal, area, context))
        }
        said = words(list(report.figure_lines(goal, followed, context)))
        assert "Member States: " not in said or counts_in_words(marks, EN) in said, goal.code


def no_longer_current() -> AssessedSeries:
    old = assessed(Status.BEHIND, "BG")
    assert old.official is not None
    verdict = replace(old.official.verdict, reason="not_current;estimated")
    return replace(old, assessments=(replace(old.official, verdict=verdict),))


@pytest.mark.parametrize(
    ("period", "mark"), [("", "not_current"), ("2026", "not_current"), ("2025", "behind")]
)
def test_a_status_of_2025_was_current_as_of_then(period: str, mark: str) -> None:
    assert marks_of_states([no_longer_current().as_of(period)]) == [mark]


def test_an_old_status_is_counted_apart() -> None:
    marks = marks_of_states([assessed(Status.BEHIND, "BE"), no_longer_current()])

    found = StateStatuses.beside(assessed(Status.BEHIND), marks)

    assert found is not None
    assert (found.agreeing, found.assessed) == (1, 1)
    assert counts_in_words(found.counts, EN) == "Member States: Behind 1; Not current 1."


def test_a_table_counts_the_states_that_had_the_status_of_the_union_then() -> None:
    union = assessed(Status.ON_TRACK)
    states = [assessed(status, "FI") for status in MIXED]
    rows = {"period": ["2024", "2025"], "status": ["", "on_track"]}

    counted = count_agreeing_states(pd.DataFrame(rows), union, states)

    assert counted["states_with_status"].tolist() == [pd.NA, 3]
    assert counted["states_assessed"].tolist() == [pd.NA, 26]


def test_each_period_counts_the_statuses_of_then() -> None:
    """A State that is on track today and was behind in 2024, beside a Union of which the same is true."""
    numbers = dict.fromkeys(("value", "expected_value", "gap"), float("nan"))
    then = {"status": "behind", "category": "", "reason": "", "period": "2024"} | numbers
    history = {"2024": then, "2025": then | {"status": "on_track", "period": "2025"}}
    union, state = (
        replace(assessed(Status.ON_TRACK, area), status_history=history) for area in (EU, "FI")
    )
    rows = {"period": ["2024", "2025"], "status": ["behind", "on_track"]}

    states = [state, assessed(Status.BEHIND, "SE")]
    counted = count_agreeing_states(pd.DataFrame(rows), union, states)

    assert counted["states_with_status"].tolist() == [1, 1]
    assert counted["states_assessed"].tolist() == [1, 2]


@pytest.mark.parametrize("area", ["FI", EU])
def test_a_table_without_a_status_of_the_union_stays_as_it_is(area: str) -> None:
    table = pd.DataFrame({"period": ["2025"], "value": [1.0]})
    assessed_table = table.assign(status="on_track") if area == "FI" else table
    series = assessed(Status.ON_TRACK, area)
    assert count_agreeing_states(assessed_table, series, [series]) is assessed_table


def test_the_file_of_a_state_has_no_such_columns(client: FlaskClient) -> None:
    answer = client.get("/download/trend.csv?goal=GA-1.1&area=FI")
    (header, *_) = csv.reader(answer.text.removeprefix("\ufeff").splitlines())
    assert "states_assessed" not in header
