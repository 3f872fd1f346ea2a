"""The scoreboard: one row for each goal, one mark for each State, nothing that the release lacks."""

import re
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.charts.marks import coverage_note
from dashboard.components.scoreboard_table import (
    figure_values,
    key_of_bases,
    key_of_qualified,
    scoreboard_table,
)
from dashboard.contents.scoreboard_rows import figure_cells, scoreboard_rows
from dashboard.context import PageContext, read_context
from dashboard.data import Release
from dashboard.html_templates import template
from dashboard.released.goal_statuses import (
    NO_FIGURE,
    SCOREBOARD_MARKS,
    SUPPRESSED,
    GoalStatus,
    status_of_row,
)
from dashboard.released.release_changes import changes_of_release
from dashboard.released.reporting import (
    LATE_ANSWER,
    MISSING_ANSWER,
    WITHDRAWN_ANSWER,
    LatestRound,
    latest_round,
)
from dashboard.released.scoreboard import Scoreboard, read_scoreboard
from dashboard.released.series import series_anywhere
from dashboard.slides.scoreboard_parts import gap_in_cell
from dashboard.slides.words import title_of_board
from dashboard.target_text import rests_on_reading
from dashboard.texts import Text, texts
from dashboard.view import View
from dashboard.wording.scoreboard_findings import BoardFinding, finding_of_board
from dashboard.wording.scoreboard_words import count_met, usual_base
from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import MOST_LETTERS
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.messages import languages
from metrics.release.official_statuses import NOT_CURRENT
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.release import SILENT, write_release
from tests.dashboard.series_rows import with_cells
from tests.dashboard.test_narrative import directional

EN = texts("en")


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


def board(**query: str) -> Scoreboard:
    return read_scoreboard(read_context(View(**query)))


def written(**query: str) -> str:
    """The HTML of the table."""
    context = read_context(View(**query))
    answers, changes = latest_round(context.release), changes_of_release(context)
    whole = read_scoreboard(context)
    rows = whole.with_mark(context.view.status)
    drawn = scoreboard_table(whole, rows, answers, changes, context)
    return str(of_type(drawn, "Store")[0].data)


def layout(**query: str) -> Any:
    from dashboard.pages import scoreboard  # noqa: PLC0415 - registers a page

    return scoreboard.layout(**query)


def test_every_goal_of_the_collection_is_one_row(release: Release) -> None:
    context = read_context(View())

    goals = [row.goal.code for row in board().rows]

    assert sorted(goals) == sorted(context.definitions.goals)
    assert len(goals) == len(set(goals))


def test_a_mark_is_the_official_status_of_the_headline_series(release: Release) -> None:
    official: dict[tuple[str, str], str] = {}
    for goal in catalogue().goals.values():
        for area in (EU, *member_states()):
            for row in release.assessments.rows_of(goal.code, area):
                if row["official"] and row["target"] in goal.headline_targets:
                    status = row["override_status"] or row["status"]
                    official.setdefault((goal.code, area), status)

    for goal_row in board().rows:
        for cell in (goal_row.own, *goal_row.states):
            status = official.get((goal_row.goal.code, cell.area), Status.NOT_ASSESSED)
            assert cell.mark in SCOREBOARD_MARKS
            assert cell.status == status


@pytest.mark.parametrize("language", languages())
def test_every_mark_is_defined_in_a_sentence(language: str) -> None:
    meanings = [texts(language)(f"status_meaning.{mark}") for mark in SCOREBOARD_MARKS]

    assert {meaning[-1] for meaning in meanings} == {"."}
    assert len(set(meanings)) == len(SCOREBOARD_MARKS)


@pytest.mark.parametrize(
    ("status", "reason", "mark"),
    [
        ("on_track", "", "on_track"),
        ("on_track", "not_current", NOT_CURRENT),
        ("behind", "below_threshold;not_current", NOT_CURRENT),
        ("achieved", "not_confirmed", "achieved"),
        ("not_assessed", "suppressed", SUPPRESSED),
        ("not_assessed", "no_value", NO_FIGURE),
        ("not_assessed", "break_in_series", "not_assessed"),
    ],
)
def test_absent_suppressed_and_old_are_marks_of_their_own(
    status: str, reason: str, mark: str
) -> None:
    row = {"status": status, "override_status": "", "reason": reason, "period": "2024"}

    assert status_of_row("FI", row).mark == mark


def test_a_reviewers_status_counts() -> None:
    row = {"status": "behind", "override_status": "on_track", "reason": "", "period": "2025"}

    assert status_of_row("FI", row).mark == "on_track"


def test_every_goal_and_state_is_a_link_with_words(release: Release) -> None:
    html = written(area="FI")

    for row in board().rows:
        assert f'aria-label="{row.goal.code}, Sweden: ' in html
        assert f"goal={row.goal.code}" in html
    assert html.count('class="mark mark-') == len(board().rows) * len(member_states())


def test_a_filter_keeps_the_goals_and_states_that_have_the_mark(release: Release) -> None:
    kept = board().with_mark("behind")
    behind = sum(cell.mark == "behind" for row in kept for cell in row.states)
    assert 0 < behind < len(kept) * len(member_states())
    assert len(kept) == board().counts["behind"] < len(board().rows)

    html = written(status="behind")

    assert html.count('class="mark mark-behind') == html.count('class="mark mark-') == behind


def test_the_heading_and_the_rows_are_as_many_as_the_chosen_status_counts(
    release: Release,
) -> None:
    number = board().counts["behind"]

    (heading,) = of_type(layout(status="behind", lang="en"), "H1")

    every = len(board().rows)
    in_states = sum(row.states_with("behind") for row in board().rows)
    assert words(heading) == EN.listed([
        EN("scoreboard.chosen", n=str(number), all=str(every), status=EN("status.behind")),
        EN.counted("scoreboard.chosen_in_states", in_states),
    ])  # fmt: skip
    assert written(status="behind").count('scope="row"') == number


def test_a_status_that_only_member_states_have_is_in_the_key_and_can_be_chosen(
    release: Release,
) -> None:
    whole = board()
    alone = next(mark for mark in SCOREBOARD_MARKS
                 if mark != NO_FIGURE and mark in whole.every_mark and not whole.counts[mark])  # fmt: skip
    rows = whole.with_mark_in_states(alone)
    (key,) = with_class(layout(lang="en"), "marks-of-states")

    drawn = layout(status=alone, lang="en")

    assert EN(f"status.{alone}") in words(key)
    table = str(of_type(drawn, "Store")[0].data)
    assert EN("scoreboard.none_in_area", area=EN.code("area", EU)) in words(drawn)
    assert table.count('scope="row"') == len(rows) > 0
    assert table.count(f'class="mark mark-{alone}') == sum(row.states_with(alone) for row in rows)
    assert EN.counted("scoreboard.in_states_alone", len(rows), status=EN(f"status.{alone}")) in (
        words(of_type(drawn, "H2"))
    )


@pytest.mark.parametrize("mark", SCOREBOARD_MARKS)
def test_every_mark_can_be_chosen(mark: str, release: Release) -> None:
    drawn = layout(status=mark)

    assert EN("missing.choice", value=mark, what=EN("choice.status")) not in words(drawn)


def test_the_counts_are_those_of_all_goals_whatever_is_chosen(release: Release) -> None:
    everything = words(of_type(layout(), "Ul")[2:3])

    assert words(of_type(layout(status="behind"), "Ul")[2:3]) == everything


def test_a_status_that_differs_from_the_release_before_is_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    write_release(tmp_path, label="2026-04-09")
    after = write_release(tmp_path) / "assessments.parquet"
    assessments = pd.read_parquet(after)
    is_changed = assessments["goal"].eq("GA-1.1") & assessments["area"].eq("FI")
    official = is_changed & assessments["official"]
    before = str(assessments.loc[official, "status"].iloc[0])
    assessments.loc[official, "status"] = "moving_away"
    assessments.to_parquet(after, index=False)

    html = written()

    assert before != "moving_away"
    assert html.count(" changed") == 1
    assert f"before: {EN(f'status.{before}')}" in html
    facts = of_type(layout(), "Dl")
    assert "1 status changed since release 2026-04-09" in words(facts)
    assert [link.href for link in of_type(facts, "Link") if "/changes" in link.href]


def test_who_has_not_reported_is_named(release: Release) -> None:
    answers = latest_round(release)

    assert answers.states_with(MISSING_ANSWER) == (SILENT,)
    assert "Croatia" in words(of_type(layout(), "Dl"))


@pytest.mark.usefixtures("release")
def test_a_withdrawn_report_is_named() -> None:
    from dashboard.pages import scoreboard  # noqa: PLC0415 - registers a page

    withdrawn = LatestRound("2025", {"FR": WITHDRAWN_ANSWER})
    facts = scoreboard.reporting_facts(withdrawn, read_context(View()))

    assert words([*facts]) == "Withdrawn France"


def test_an_answer_in_time_has_no_mark() -> None:
    answers = LatestRound("2025", {"FI": "on_time", "SE": LATE_ANSWER, "FR": WITHDRAWN_ANSWER})

    states = ("FI", "SE", "DE", "FR")
    assert [*map(answers.answer_of, states)] == ["", LATE_ANSWER, "", WITHDRAWN_ANSWER]


def test_a_text_cannot_write_html() -> None:
    heads = dict.fromkeys(("goal", "status", "latest", "period", "trend", "gap", "reporting"), "")

    html = template("scoreboard.html").render(
        caption="<script>x</script>", heads=heads, states=(), groups=()
    )

    assert "<script>" not in html


@pytest.mark.parametrize("language", languages())
def test_a_short_name_fits_into_its_column(language: str) -> None:
    for goal in catalogue().goals.values():
        name = goal.short_name(language)
        assert 0 < len(name) <= MOST_LETTERS, f"{goal.code}: {name!r} has {len(name)} letters"


@pytest.mark.usefixtures("empty_home")
def test_a_collection_without_a_release_counts_nothing() -> None:
    drawn = layout(collection="empact-cse", lang="en")

    (heading,) = of_type(drawn, "H1")
    assert words(heading).startswith("No figures yet: EMPACT")
    assert "0 of 0" not in words(drawn)
    assert EN("scoreboard.first_release") not in words(drawn)


def test_published_figures_show_the_newest_of_all_areas(
    published_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))
    context = read_context(View(collection="published-figures"))
    rows = {row.goal.code: row for row in read_scoreboard(context).rows}
    goal, release = rows["CC2019-12"].goal, context.release
    assert release is not None

    shown = rows[goal.code].series
    periods = [series.last_known["period"] for series in series_anywhere(goal, release)
               if series.last_known]  # fmt: skip

    assert shown is not None
    assert shown.last_known is not None
    assert shown.last_known["period"] == max(periods) > min(periods)


def test_a_policy_target_is_counted_apart_from_operational_goals(release: Release) -> None:
    html = written(framework="GA2012", lang="en")

    assert "7 operational goals, 1 policy target: " in html
    assert "8 goals" not in html


def test_a_status_has_one_name_in_the_filter_and_in_the_table(release: Release) -> None:
    status = Status.WANTED_DIRECTION
    chips = with_class(layout(framework="GA2012", lang="en"), "chips")[0]
    number = board(framework="GA2012").counts[status]

    assert EN(f"status.{status}") in words(chips)
    assert f"{EN(f'status.{status}')} {number}" in written(framework="GA2012", lang="en")


def test_a_level_that_no_document_sets_is_marked_on_the_scoreboard(release: Release) -> None:
    goals = read_context(View()).definitions.goals
    said = EN("scoreboard.reading")
    html = written(framework="GA2012", lang="en")
    row = next(row for row in html.split("<tr>") if ">GA-1<" in row)
    (mark,) = re.findall(r'<a class="reading" href="([^"]*)" data-hint="([^"]*)">', row)

    assert "goal=GA-1&" in unescape(mark[0])
    assert "view=wording" in mark[0]
    assert unescape(mark[1]) == said
    assert html.count('class="reading"') == sum(
        rests_on_reading(goal) for goal in goals.values() if goal.framework == "GA2012"
    )
    assert f"† GA-1: {said}" in words(layout(framework="GA2012", lang="en"))


def test_a_goal_of_which_only_a_direction_was_agreed_is_not_counted_as_met(
    release: Release,
) -> None:
    marks = [Status.ACHIEVED, Status.ON_TRACK, Status.BEST_VALUE,
             *[Status.WANTED_DIRECTION] * 2, Status.BEHIND]  # fmt: skip
    rows = tuple(replace(row, own=GoalStatus(EU, mark))
                 for row, mark in zip(board().rows, marks, strict=False))  # fmt: skip
    context = read_context(View(collection="sample"))

    finding = finding_of_board(Scoreboard(EU, rows), context).in_words(EN)

    assert finding == (
        "1 of 6 goals met; 1 on track; 1 at the best possible value; 2 in the desired direction; "
        "1 behind"
    )
    assert "Counted, but not agreed by Member States: PC-FI." in words(layout(lang="en"))


def finding_in(board_of_all: Scoreboard, context: PageContext, text: Text) -> BoardFinding:
    return finding_of_board(board_of_all, replace(context, text=text))


@pytest.mark.parametrize("language", languages())
def test_the_title_counts_every_goal_and_says_which_target_was_not_agreed(
    release: Release, language: str
) -> None:
    """Also the title of a slide, which leaves out what it has no room for."""
    text, context = texts(language), read_context(View(collection="sample", lang=language))
    marks = [Status.NOT_ACHIEVED, Status.NOT_YET_MET, Status.NOT_YET_MET, *[Status.BEHIND] * 3]
    rows = tuple(replace(row, own=GoalStatus(EU, mark))
                 for row, mark in zip(board().rows, marks, strict=False))  # fmt: skip
    assert rows[0].goal.code == "GA-1"
    finding = finding_of_board(Scoreboard(EU, rows), context)
    said = finding.in_words(text)

    missed = text("scoreboard.not_achieved", n="1")
    assert text("scoreboard.unagreed", clause=missed, n="1") in said
    assert said.endswith(text.counted("scoreboard.others", 2))
    for board_of_all in (board(), Scoreboard(EU, rows)):
        own = finding_of_board(board_of_all, context)
        named = count_met(board_of_all) + sum(own.others.values()) + own.unnamed
        assert named == len(board_of_all.rows)
        of_language = partial(finding_in, board_of_all, context)
        assert title_of_board(of_language, text).startswith(own.first)


def test_the_hint_of_a_status_by_an_unagreed_level_says_so(release: Release) -> None:
    html = written(framework="GA2012", lang="en")
    row = next(row for row in html.split("<tr>") if ">GA-1<" in row)
    assessed = [label for label in re.findall(r'aria-label="([^"]*)"', row) if " · " in label]

    assert assessed
    assert all("the catalogue&#39;s reading; no document sets one" in label for label in assessed)


@pytest.mark.parametrize("collection", ["sample", "published-figures"])
def test_the_hint_of_each_goal_that_is_not_assessed_says_why(
    collection: str, release: Release, published_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the headline has no figure, or nothing was agreed to assess it by."""
    if collection != release.collection.code:
        monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))
    unassessed = [cell for row in board(collection=collection).rows for cell in row.states
                  if cell.mark == Status.NOT_ASSESSED]  # fmt: skip
    hints = re.findall(
        r'class="mark mark-not_assessed[^>]+aria-label="([^"]+)"', written(collection=collection)
    )

    assert len(hints) == len(unassessed) > 0
    assert [hint for hint in hints if not hint.endswith(".") or ". " not in hint] == []


def test_records_by_sex_are_not_called_gender_mainstreaming() -> None:
    assert catalogue().goals["CC2019-9"].short_name("en") == "Submissions by sex"


def test_a_figure_of_another_series_is_named_and_has_no_gap(
    published_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))
    context = read_context(View(collection="published-figures"))
    (row,) = [row for row in read_scoreboard(context).rows if row.goal.code == "GA-2.1"]
    assert row.series is not None
    cells = figure_values(row, EN, is_area_named=True)

    assert (
        cells["other_series"]
        == row.series.title(EN)
        == "Offenders and suspects identified (published)"
    )
    assert not cells.get("gap")
    assert cells["latest"].startswith("CZ: ")
    (world,) = [row for row in read_scoreboard(context).rows if row.goal.code == "GA-2.2"]
    assert figure_values(world, EN, is_area_named=True)["latest"].startswith("World: more than ")


@pytest.mark.parametrize(("status", "words_of_it"), [("U", "low reliability"), ("A", "")])
@pytest.mark.usefixtures("home")
def test_a_figure_of_low_reliability_is_marked(status: str, words_of_it: str) -> None:
    context = read_context(View(area="FI"))
    board = read_scoreboard(context)
    (row,) = [row for row in board.rows if row.goal.code == "GA-1.1"]
    assert row.series is not None
    rows = [replace(row, series=replace(
        row.series, values=with_cells(row.series.values, observation_status=status, late=False)
    ))]  # fmt: skip

    drawn = scoreboard_table(board, rows, latest_round(None), changes_of_release(context), context)

    written = str(of_type(drawn, "Store")[0].data)
    assert ("°" in written) is bool(words_of_it)
    assert (f'<span class="visually-hidden"> {words_of_it}</span>' in written) is bool(words_of_it)
    assert [*map(str.strip, key_of_qualified(rows, EN))] == (
        ["°: provisional, estimated or otherwise qualified."] if words_of_it else []
    )


def test_a_table_has_columns_only_for_comparisons_that_it_has(release: Release) -> None:
    """Published figures have no total and no gap; an area outside the Union has neither."""
    gap, reporting = EN("scoreboard.gap_or_change"), EN("scoreboard.reporting")
    compared, alone = written(), written(area="CH")

    assert gap in compared
    assert f'colspan="{7 + len(member_states())}"' in compared
    assert f">{reporting}<" not in alone
    assert f">{gap}<" not in alone
    assert f'colspan="{5 + len(member_states())}"' in alone
    assert alone.count('class="number"') == 0


@pytest.mark.usefixtures("home")
def test_a_change_since_another_year_than_most_names_it() -> None:
    context = read_context(View(area=EU))
    whole = read_scoreboard(context)
    (row,) = [row for row in whole.rows if row.goal.code == "GA-4.2"]
    rise = directional("TAKEDOWN_WITHIN_24H", 60, 48, gap=12, status=Status.WANTED_DIRECTION)
    assert rise.official is not None
    verdict = replace(rise.official.verdict, baseline_period="2022")
    own = replace(rise.official, verdict=verdict)
    usual = replace(row, series=rise)
    later = replace(row, series=replace(rise, assessments=(own,)))
    rows = (usual, usual, later)
    drawn = scoreboard_table(
        replace(whole, rows=rows), rows, latest_round(None), changes_of_release(context), context
    )

    assert usual_base(rows) == "2020"
    assert "".join(key_of_bases(rows, EN)).strip() == (
        "Changes without a year are since 2020. ‡ GA-4.2 (since 2022)."
    )
    assert str(of_type(drawn, "Store")[0].data).count("(since 2022)") == 1
    written_on_slide = [gap_in_cell(row, "2020", EN) for row in (usual, later)]
    assert [gap.endswith(" (since 2022)") for gap in written_on_slide] == [False, True]
    assert [figure_cells(row)["base_period"] for row in rows] == ["2020", "2020", "2022"]


def linked(page: str, *parts: str) -> str:
    """The first link of a page that has all of these in its address."""
    addresses = map(unescape, re.findall(r'href="([^"]*)"', page))
    return next(address for address in addresses if all(part in address for part in parts))


def test_commitments_without_a_figure_are_two_clicks_away_and_a_state_of_a_goal_two(
    client: FlaskClient, published_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Questions 7 and 4 of a policy officer: from the scoreboard of another collection."""
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))

    def follow(page: str, *parts: str) -> str:
        return client.get(linked(page, *parts)).get_data(as_text=True)

    first = client.get("/?lang=en&collection=sample").get_data(as_text=True)
    published = follow(first, "/?", "collection=published-figures")
    without = follow(published, "/?", "framework=CC2019", "status=no_figure")
    assert re.search(r"<h1[^>]*>\d+ of 19 goals: No figure", without)
    assert "Germany" in follow(published, "/goal?", "area=DE", "goal=GA-4.2")


@pytest.mark.usefixtures("home")
def test_the_column_of_states_counts_those_in_the_figure() -> None:
    """One that reported a suppressed figure is not in the total, nor in the number of the page."""
    row = next(row for row in read_scoreboard(read_context(View(area=EU))).rows if row.series)
    assert row.series is not None
    coverage = {"areas_reporting": 24, "areas_expected": 27, "areas_withheld": 1}
    total = replace(row.series, values=with_cells(row.series.values, **coverage))
    counted = replace(row, series=total)

    assert figure_values(counted, EN, is_area_named=True)["reporting"] == "24"
    assert figure_cells(counted)["areas_reporting"] == 24
    assert scoreboard_rows(read_context(View(area=EU)))["areas_reporting"].dtype == "Int64"
    assert coverage_note(total.last_known or {}, EN, "table.of") == "24 of 27, 1 not shown"
