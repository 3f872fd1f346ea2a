"""A goal has one status in an area, on every page, in every file and on every slide."""

import importlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import Selection, choose
from dashboard.components.cards import goal_card
from dashboard.components.goal.absence import area_notes
from dashboard.components.goal.key_facts import status_fact
from dashboard.components.goal.leading_series import leading_series
from dashboard.components.goal.states_beside_chart import states_aside
from dashboard.components.scoreboard_table import scoreboard_table
from dashboard.components.state.goals import framework_groups
from dashboard.components.status_counts import goal_tally
from dashboard.components.status_summary import status_summary
from dashboard.contents.action_views import action_rows
from dashboard.contents.scoreboard_rows import scoreboard_rows
from dashboard.contents.state_profile import expected_series, read_profile
from dashboard.context import PageContext, read_context
from dashboard.data import Release
from dashboard.released.goal_figures import known_of_goal
from dashboard.released.goal_statuses import GoalStatus
from dashboard.released.release_changes import changes_of_release
from dashboard.released.reporting import latest_round
from dashboard.released.scoreboard import ScoreboardRow, read_scoreboard
from dashboard.released.series import find_headline, series_by_area
from dashboard.released.state_statuses import counts_in_words
from dashboard.slides.content import SlideRequest, words_of_footnote
from dashboard.slides.deck_file import DeckFile, DeckSlide
from dashboard.slides.kinds.goal import read_goal
from dashboard.slides.kinds.matrix import read_matrix
from dashboard.slides.kinds.scoreboard import read_scoreboards
from dashboard.slides.kinds.state_profile import read_state_profile
from dashboard.slides.kinds.states import read_states
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.goal_finding import goal_finding
from dashboard.wording.scoreboard_words import status_in_words
from dashboard.wording.series_facts import goal_in_area
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from tests.dashboard.reading import of_type, with_class, words

EN = texts("en")
Statuses = Mapping[tuple[str, str], GoalStatus]  # of a goal in an area


@pytest.fixture(params=["sample", "published-figures"])
def context(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> PageContext:
    if request.param == "sample":
        request.getfixturevalue("home")
    else:
        published: Path = request.getfixturevalue("published_release")
        monkeypatch.setenv("EMPACT_HOME", str(published.parents[3]))
    return read_context(View(collection=request.param, lang="en"))


def rows_of(context: PageContext) -> Iterator[ScoreboardRow]:
    for area in (EU, *member_states()):
        yield from read_scoreboard(context.with_changes(area=area)).rows


@pytest.fixture
def statuses(context: PageContext) -> Statuses:
    """As the scoreboard has them; each other place is compared with these."""
    found = {(row.goal.code, row.own.area): row.own for row in rows_of(context)}
    assert len(found) == len(context.definitions.goals) * (1 + len(member_states()))
    return found


def release_of(context: PageContext) -> Release:
    assert context.release is not None
    return context.release


def is_named(status: GoalStatus, written: str) -> bool:
    """Whether words begin with the status."""
    name = EN(f"status.{status.mark}")
    return re.match(rf"{re.escape(name)}($|\W)", written.strip()) is not None


def assert_same(statuses: Statuses, written: Mapping[tuple[str, str], str], least: int) -> None:
    differing = {
        key: (found, statuses[key].mark)
        for key, found in written.items()
        if not is_named(statuses[key], found)
    }
    assert not differing
    assert len(written) >= least


def selected(goal: str, area: str, context: PageContext) -> Selection:
    return choose(context.with_changes(goal=goal, area=area))


def request_of(context: PageContext) -> SlideRequest:
    entry = DeckSlide(link="/")
    return SlideRequest(context, entry, DeckFile(title="x", slides=(entry,)))


def test_the_marks_of_the_states_are_their_own_statuses(
    context: PageContext, statuses: Statuses
) -> None:
    for row in read_scoreboard(context.with_changes(area=EU)).rows:
        for cell in row.states:
            own = statuses[row.goal.code, cell.area]
            assert (cell.mark, cell.status) == (own.mark, own.status)


def test_the_cells_and_the_file_of_the_scoreboard(context: PageContext, statuses: Statuses) -> None:
    of_union = context.with_changes(area=EU)
    answers, changes = latest_round(release_of(context)), changes_of_release(context)
    board = read_scoreboard(of_union)
    drawn = scoreboard_table(board, board.rows, answers, changes, of_union)
    labels = [cell.attributes["aria-label"] for cell in with_class(drawn, "mark")]
    areas = {EN.code("area", area): area for area in member_states()}
    cells = {}
    for label in labels:
        goal, rest = label.split(", ", 1)
        name, status = rest.split(": ", 1)
        cells[goal, areas[name]] = status
    assert_same(statuses, cells, len(context.definitions.goals) * len(member_states()))

    for row in scoreboard_rows(of_union).to_dict("records"):
        assert row["status"] == statuses[row["goal"], EU].mark
        for area in member_states():
            assert row[area].rstrip("*") == statuses[row["goal"], area].mark


def test_the_status_of_another_series_is_never_cut_with_its_name(context: PageContext) -> None:
    """Germany, notice and takedown: a long name is cut, and neither hides the status."""
    of_state = context.with_changes(area="DE")
    answers, changes = latest_round(release_of(context)), changes_of_release(context)
    board = read_scoreboard(of_state)
    drawn = scoreboard_table(board, board.rows, answers, changes, of_state)
    others = [row for row in board.rows if row.is_of_other_series]
    names = [words(name) for name in with_class(drawn, "other-name")]
    statuses = [words(status) for status in with_class(drawn, "other-status")]
    rule = (files("dashboard") / "assets/scoreboard.css").read_text(encoding="utf-8")

    assert names == [row.series.title(EN) for row in others if row.series and row.series.last_known]
    assert statuses == ([] if context.is_invented else [EN("status.unwanted_direction")])
    assert (
        ".latest:has(.flag) a { display: block; overflow: hidden; text-overflow: ellipsis" in rule
    )
    assert ".scoreboard .other-status { display: block; }" in rule


def goals_of_state(context: PageContext) -> Iterator[Mapping[str, Any]]:
    """The rows on the page of a State."""
    groups = framework_groups(read_profile(context), changes_of_release(context), context)
    return chain.from_iterable(group["rows"] for group in groups)


def test_the_pages_of_the_states(context: PageContext, statuses: Statuses) -> None:
    written = {
        (row["code"], area): row["own"].word
        for area in member_states()
        for row in goals_of_state(context.with_changes(area=area))
    }
    assert_same(statuses, written, 200 if context.is_invented else 10)


def test_the_page_of_each_goal_in_each_area(context: PageContext, statuses: Statuses) -> None:
    written = {}
    for goal, area in statuses:
        selection = selected(goal, area, context)
        if selection.series is not None:
            for fact in status_fact(selection.series, selection):
                written[goal, area] = words(of_type(fact, "Dd")[0])
    assert_same(statuses, written, 10)


def listed_states(items: list[Any]) -> dict[str, str]:
    """State → the words of the list item that names it."""
    return {code: words(item) for item in items
            for code in re.findall(r"\b[A-Z]{2}\b", words(item)) if code in member_states()}  # fmt: skip


def test_the_lists_of_states_on_the_page_of_a_goal(
    context: PageContext, statuses: Statuses
) -> None:
    beside_chart: dict[tuple[str, str], str] = {}
    by_status: dict[tuple[str, str], str] = {}
    on_slide: dict[tuple[str, str], str] = {}
    for goal in context.definitions.goals.values():
        selection = selected(goal.code, EU, context)
        series = selection.series
        if series is None or not goal.headline:
            continue
        listed = listed_states(of_type(states_aside(selection), "Li"))
        beside_chart |= {(goal.code, area): found for area, found in listed.items()}
        summary = status_summary(series, selection.in_states, EN, selection.marks_of_goal)
        listed = listed_states(of_type(list(summary), "Li"))
        by_status |= {(goal.code, area): found for area, found in listed.items()}
        request = request_of(context.with_changes(goal=goal.code, area=EU))
        marks = read_states(request).marks
        on_slide |= {(goal.code, area): EN(f"status.{mark}") for area, mark in marks.items()}
    for written in (beside_chart, by_status, on_slide):
        assert_same(statuses, written, 200 if context.is_invented else 0)


def test_the_report(context: PageContext, statuses: Statuses) -> None:
    """The Union and, without it, each area; beside the Union the numbers of States."""
    page = importlib.import_module("dashboard.pages.report")
    written = {}
    for goal in context.definitions.goals.values():
        union = page.reported_row(goal, EU, context)
        in_states = {area: row for area in member_states()
                     if (row := page.reported_row(goal, area, context))}  # fmt: skip
        for row in [union] if union else in_states.values():
            drawn = page.area_with_figure(row, EN)
            badges = with_class(drawn, "status")
            of_goal = re.search(r"Status of the goal: ([^(]+) \(", words(drawn))
            if of_goal or badges:
                found = of_goal.group(1) if of_goal else words(badges[0])
                written[goal.code, row.series.area] = found
        drawn = words(list(page.figure_lines(goal, in_states, context)))
        counts = Counter(statuses[goal.code, area].mark for area in member_states())
        if "Member States: " in drawn:
            assert counts_in_words(counts, EN) in drawn
    assert_same(statuses, written, 1)


def test_a_figure_of_another_series_has_the_status_of_the_goal_and_its_own(
    published_release: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient
) -> None:
    """GA-4.2 in Germany: three pages gave the status of another series as that of the goal."""
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))
    context = read_context(View(collection="published-figures", lang="en", area="DE"))
    goal = catalogue().goals["GA-4.2"]
    of_goal = EN("goal.status", status=EN("status.not_assessed"))
    own = f"{EN('status.unwanted_direction')} · 2024"

    card = words(goal_card(goal, expected_series(goal, "DE", context), context))
    assert of_goal in card
    report = importlib.import_module("dashboard.pages.report")
    row = report.reported_row(goal, "DE", context)
    said = " ".join(words(report.area_with_figure(row, EN)).split())
    assert said.index(of_goal) < said.index(own) < said.index(EN("status.of_this_series"))
    (on_scoreboard,) = [row for row in read_scoreboard(context).rows if row.goal is goal]
    (on_slide,) = [content for content in read_scoreboards(request_of(context))
                   if any(name.startswith("GA-4.2") for name in content.figures)]  # fmt: skip
    for words_of_series in (
        scoreboard_words(on_scoreboard, context),
        state_words(context),
        " ".join(map(words_of_footnote, on_slide.footnotes)),
    ):
        assert f"Status of this series: {own}" in words_of_series


def scoreboard_words(row: ScoreboardRow, context: PageContext) -> str:
    table = importlib.import_module("dashboard.components.scoreboard_table")
    return str(table.figure_values(row, EN, is_area_named=False)["other_series"])


def state_words(context: PageContext) -> str:
    (row,) = [row for row in goals_of_state(context) if row["code"] == "GA-4.2"]
    return str(row["other_series"])


def test_the_overview(context: PageContext, statuses: Statuses) -> None:
    """The counts of goals, and the status on the card of each goal."""
    written = {}
    for area in (EU, *member_states()):
        own = context.with_changes(area=area)
        goals = [
            (goal, expected_series(goal, area, own)) for goal in own.definitions.goals.values()
        ]
        headed = [goal.code for goal, followed in goals if find_headline(goal, followed)]
        counts = Counter(EN(f"status.{statuses[code, area].mark}") for code in headed)
        tallied = {
            words(with_class(item, "status")).strip(): int(words(of_type(item, "Strong")))
            for block in goal_tally(goals, EN, context.release)
            for item in of_type(block, "Li")
        }
        assert tallied == counts
        for goal, followed in goals:
            for line in of_type(goal_card(goal, followed, own), "Li"):
                if EN("card.headline") in words(line) and (badges := with_class(line, "status")):
                    written[goal.code, area] = words(badges[0])
    assert_same(statuses, written, 0)


def test_the_files_of_actions(context: PageContext, statuses: Statuses) -> None:
    rows = action_rows(context).to_dict("records")
    for row in rows:
        of_goal = statuses[row["goal"], row["area"]]
        assert (row["official_status"], row["last_status"]) == (of_goal.mark, of_goal.last)
    assert rows


def test_the_slides(context: PageContext, statuses: Statuses) -> None:
    of_union = context.with_changes(area=EU)
    contents = [*read_matrix(request_of(of_union)), *read_scoreboards(request_of(of_union))]
    for area in member_states():
        contents += read_state_profile(request_of(context.with_changes(area=area)))
    goals = catalogue().goals.values()
    named = {goal_in_area(goal, area, EN): (goal.code, area)
             for goal in goals for area in (EU, *member_states())}  # fmt: skip
    for content in contents:
        for name, written in content.figures.items():
            assert is_named(statuses[named[name]], written.words)
    for goal, area in statuses:
        if area in {EU, "DE", "FI"} and catalogue().goals[goal].headline:
            asked = context.with_changes(goal=goal, area=area)
            for content in read_goal(request_of(asked)):
                (written,) = content.figures.values()
                is_marked = selected(goal, area, context).series.official is not None  # type: ignore[union-attr]
                assert not is_marked or is_named(statuses[goal, area], written.words)


def test_the_page_without_a_chosen_area_has_the_status_of_the_scoreboard(
    context: PageContext,
) -> None:
    """Also where only other series have figures, of which the line names the areas."""
    for row in read_scoreboard(context).rows:
        chosen = selected(row.goal.code, "", context)
        if not chosen.is_headline_nowhere or chosen.series is None:
            continue
        strip = words(list(status_fact(chosen.series, chosen)))
        line = words([*leading_series(chosen)])
        known = [*series_by_area(row.goal, release_of(context))]
        counted = EN.counted("goal.series_elsewhere", len({own.name for own in known}), areas="")

        assert not strip or EN(f"status.{row.own.mark}") in strip, row.goal.code
        assert bool(strip) or not known, row.goal.code
        assert bool(known) == (counted in line), row.goal.code
        for own in known:
            assert own.title(EN) in line
            assert own.status == Status.NOT_ASSESSED or status_in_words(own, EN) in line
        assert not known or line.count(EN("status.no_figure")) == 1  # of the headline


def test_a_chosen_area_without_any_figure_of_the_goal_offers_those_of_others(
    context: PageContext,
) -> None:
    """Where the headline has no figure anywhere, as without a chosen area."""
    for row in read_scoreboard(context).rows:
        known = [*series_by_area(row.goal, release_of(context))]
        without = next(
            area
            for area in (*member_states(), "")
            if not known_of_goal(row.goal, area, release_of(context))
        )
        chosen = selected(row.goal.code, without, context)
        if not (without and known and row.goal.headline_series) or chosen.areas:
            continue
        assert chosen.series is not None
        _, listed, *_ = area_notes(chosen, chosen.series)
        links = of_type(listed, "Link")

        assert len(links) == len(known), row.goal.code
        assert EN("finding.other_areas") in goal_finding(chosen, chosen.series)
        assert words([*leading_series(chosen)]).count(EN("status.no_figure")) == 1
