"""The finding of every goal: short, whole, in agreement with its status and the released tables."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient

from dashboard.components.goal.strip import goal_strip
from dashboard.components.state.goals import read_profile
from dashboard.context import read_context
from dashboard.data import Release, records
from dashboard.goal_finding import LONGEST, goal_finding, main_clause, subjects_of
from dashboard.scoreboard import NO_FIGURE, SUPPRESSED, read_scoreboard
from dashboard.selection import Selection, choose
from dashboard.series import AssessedSeries
from dashboard.states_by_status import mark_of_series
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.messages import languages
from tests.dashboard.reading import with_class, words

PUBLISHED = "published-figures"
NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
WITHOUT_VERDICT = {
    "value", "at_step", "counted", "nothing", "absent", "suppressed", "parts_only",
    "not_bound", "not_summed",
}  # fmt: skip
# The patterns that agree with each computed status.
AGREEING = {
    Status.ACHIEVED: {"reached", "all_reached", "ahead", "on_path", "at_level", "better_than_level"},
    Status.ACHIEVED_LATE: {"reached", "all_reached"},
    Status.ON_TRACK: {"ahead", "on_path", "short", "path_bounded", "states_reached", "not_reached"},
    Status.BEST_VALUE: {"best_value"},
    Status.WANTED_DIRECTION: {"more_than_start", "less_than_start", "more_than_comparable",
                              "less_than_comparable", "value"},
    Status.UNWANTED_DIRECTION: {"more_than_start", "less_than_start", "more_than_comparable",
                                "less_than_comparable", "value"},
    Status.NO_CLEAR_CHANGE: {"unclear", "unchanged"},
    Status.BEHIND: {"short", "path_bounded", "short_of_level"},
    Status.MOVING_AWAY: {"away"},
    Status.NOT_YET_DUE: {"not_reached", "states_reached", "short", "ahead"},
    Status.NOT_YET_MET: {"not_reached", "states_reached"},
    Status.NOT_ACHIEVED: {"not_reached", "states_reached", "short_of_level", "short",
                          "level_bounded"},
    Status.NOT_ASSESSED: WITHOUT_VERDICT,
}  # fmt: skip


def agreeing_patterns(series: AssessedSeries) -> set[str]:
    """Without a verdict a figure stands alone; the release of the tests lacks what some ask for."""
    official = series.official
    if official is None or series.last_known is None:
        return WITHOUT_VERDICT
    steps = {"reached", "not_reached", "states_reached"}
    unasked = set() if official.verdict.expected_value else WITHOUT_VERDICT | steps
    return AGREEING[Status(official.computed)] | unasked


@pytest.fixture(scope="module", autouse=True)
def both(
    written: Path, published_release: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The invented release of the other tests, and one of the committed published figures."""
    home = tmp_path_factory.mktemp("findings")
    copytree(written / "data", home / "data")
    copytree(published_release.parent, home / "data/processed" / PUBLISHED)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("EMPACT_HOME", str(home))
        yield


def selections(collection: str) -> Iterator[tuple[Selection, AssessedSeries]]:
    """The page of every goal in the Union and in each State."""
    context = read_context(View(collection=collection))
    for goal in context.definitions.goals:
        for area in (EU, *member_states()):
            chosen = choose(context.with_changes(goal=goal, area=area))
            assert chosen.series is not None
            yield chosen, chosen.series


def released_numbers(chosen: Selection, series: AssessedSeries, release: Release) -> list[float]:
    """Every number that the tables of the release hold of the series, and counts of its States."""
    own = release.series(series.indicator.code, series.component, series.area, "")
    found = [*own["value"].dropna(), *series.values["value"].dropna()]
    for table in ("assessments", "trajectory"):
        assert chosen.goal is not None
        for row in release.rows_of_goal(table, chosen.goal.code, series.area):
            if row["indicator"] == series.indicator.code:
                found += [row[name] for name in ("value", "expected_value", "gap")]
    official = series.official
    steps = official.verdict.arithmetic if official else ()
    found += [step.value for step in steps if isinstance(step.value, int | float)]
    found += [len(step.value) for step in steps if isinstance(step.value, tuple)]
    counts = [step.value for step in steps if step.key in {"years_met", "years_missed"}]
    in_states = [state.last_known is not None for state in chosen.in_states.values()]
    found += [sum(map(int, map(str, counts))), sum(in_states), in_states.count(False)]
    return [abs(float(number)) for number in (*found, len(in_states)) if number is not None]


def is_released(written: str, numbers: list[float], periods: set[str]) -> bool:
    if written in periods:
        return True
    decimals = len(written.partition(".")[2])
    value = float(written.replace(",", ""))
    return any(abs(value - number) <= 0.51 * 10**-decimals for number in numbers)


@pytest.mark.parametrize("collection", ["sample", PUBLISHED])
def test_a_finding_is_short_agrees_with_its_status_and_has_released_numbers(
    collection: str,
) -> None:
    release = read_context(View(collection=collection)).release
    assert release is not None
    for chosen, series in selections(collection):
        sentence = goal_finding(chosen, series)
        told_of = next(subject for subject in subjects_of(chosen, series)
                       if sentence.lower().startswith(subject.lower()))  # fmt: skip
        periods = {part for row in records(series.values) for part in NUMBER.findall(row["period"])}
        asked = series.official.asked if series.official else None
        periods |= set(NUMBER.findall(chosen.text.code("step", getattr(asked, "step", ""))))
        numbers = released_numbers(chosen, series, release)

        assert len(sentence) <= LONGEST
        assert not re.search(r"[{}]|\bnan\b|\bNone\b", sentence)
        unknown = [number for number in NUMBER.findall(sentence[len(told_of):])
                   if not is_released(number, numbers, periods)]  # fmt: skip
        assert not unknown, (sentence, unknown)
        assert main_clause(chosen, series).pattern in agreeing_patterns(series), sentence


@pytest.mark.parametrize("language", sorted({*languages()} - {"en"}))
def test_a_finding_is_short_in_every_language(language: str) -> None:
    for collection in ("sample", PUBLISHED):
        context = read_context(View(collection=collection, lang=language))
        for goal in context.definitions.goals:
            for area in (EU, "DE", "NL", "LU"):
                chosen = choose(context.with_changes(goal=goal, area=area))
                assert chosen.series is not None
                assert len(goal_finding(chosen, chosen.series)) <= LONGEST


@pytest.mark.parametrize("collection", ["sample", PUBLISHED])
def test_a_cell_of_the_scoreboard_opens_a_page_of_the_same_mark(collection: str) -> None:
    """Where the goal has another status than the series that is opened, the page says so."""
    context = read_context(View(collection=collection))
    with_figures = set()
    for row in read_scoreboard(context).rows:
        for cell in (row.own, *row.states):
            opened = choose(context.with_changes(goal=row.goal.code, area=cell.area))
            series = opened.series
            assert series is not None
            strip = words(goal_strip(opened, series))
            word = context.text(f"status.{cell.mark}")
            of_goal = context.text("strip.status_of_goal", status=word)
            is_same = mark_of_series(series) == cell.mark
            assert is_same != (of_goal in strip), (row.goal.code, cell, strip)
            if cell.mark != SUPPRESSED:  # the latest figure; an earlier one may be shown
                assert (cell.mark == NO_FIGURE) == (series.last_known is None), cell
            if cell.mark == Status.NOT_ASSESSED and is_same:
                (fact,) = with_class(goal_strip(opened, series), "fact-status")
                assert words(with_class(fact, "note")), (row.goal.code, cell)
            with_figures.add(cell.mark != NO_FIGURE)
    assert with_figures == {True, False}


@pytest.mark.parametrize("goal", ["GA-2.1", "CC2019-7"])
def test_a_state_that_is_not_bound_owes_no_figure(goal: str) -> None:
    chosen = choose(read_context(View(collection=PUBLISHED, goal=goal, area="DK")))
    assert chosen.series is not None

    assert goal_finding(chosen, chosen.series).endswith("the commitment does not bind Denmark")
    assert "The commitment does not bind this Member State." in words(
        goal_strip(chosen, chosen.series)
    )


def test_what_is_not_summed_over_states_has_no_figure_of_the_union_to_wait_for() -> None:
    chosen = choose(read_context(View(collection="sample", goal="CC2019-25", area=EU)))
    assert chosen.series is not None

    assert "no EU figure, as it is not summed over Member States" in goal_finding(
        chosen, chosen.series
    )


def test_a_series_of_which_nothing_was_agreed_says_so_beside_its_status() -> None:
    for goal in ("CC2019-6", "CC2019-18"):
        chosen = choose(read_context(View(collection="sample", goal=goal, area="BE")))
        assert chosen.series is not None
        assert "Not assessed No direction or level was agreed for this series." in words(
            goal_strip(chosen, chosen.series)
        )


def test_who_has_no_figure_learns_who_has_one() -> None:
    chosen = choose(read_context(View(collection=PUBLISHED, goal="GA-4.2", area="MT")))
    assert chosen.series is not None
    assert texts("en")("finding.nothing", what="", area="Malta").lstrip(": ") in goal_finding(
        chosen, chosen.series
    )


def test_a_state_without_a_figure_is_not_among_those_that_have_one(
    client: FlaskClient,
) -> None:
    from dashboard.pages.state import finding, states_with_figures  # noqa: PLC0415 - registers a page

    context = read_context(View(collection=PUBLISHED, area="BG"))
    profile = read_profile(context)

    assert set(profile.board.counts) == {NO_FIGURE}
    assert 0 < states_with_figures(profile.board) < len(member_states())
    assert finding(profile, context).startswith("No figure for Bulgaria yet")
