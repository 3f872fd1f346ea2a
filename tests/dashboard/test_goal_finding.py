"""The finding of every goal: short, whole, in agreement with its status and the released tables."""

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from dashboard.context import read_context
from dashboard.data import Release, records
from dashboard.goal_finding import LONGEST, goal_finding, main_clause, subjects_of
from dashboard.selection import Selection, choose
from dashboard.series import AssessedSeries
from dashboard.texts import texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.messages import languages

PUBLISHED = "published-figures"
NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
WITHOUT_VERDICT = {
    "value", "at_step", "counted", "nothing", "absent", "suppressed", "parts_only",
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


def test_who_has_no_figure_learns_who_has_one() -> None:
    chosen = choose(read_context(View(collection=PUBLISHED, goal="GA-4.2", area="MT")))
    assert chosen.series is not None
    assert texts("en")("finding.nothing", what="", area="Malta").lstrip(": ") in goal_finding(
        chosen, chosen.series
    )
