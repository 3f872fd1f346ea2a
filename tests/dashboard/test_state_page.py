"""The profile of a State: counts as on the scoreboard, values and days as in the release."""

import importlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.components.state.actions import action_values
from dashboard.components.state.record import due_next, milestone_values, record_row, record_values
from dashboard.contents.milestones import milestones_of
from dashboard.contents.state_profile import read_profile, since_first_year, usual_years
from dashboard.context import PageContext, read_context
from dashboard.data import Release
from dashboard.released.change_since_start import change_since_first_year
from dashboard.released.goal_statuses import NO_FIGURE
from dashboard.released.reporting import reporting_record
from dashboard.released.scoreboard import Scoreboard, read_scoreboard
from dashboard.released.series import AssessedSeries, headline_series, series_of_goal
from dashboard.texts import Text, texts
from dashboard.view import View
from dashboard.wording.narrative import latest_value
from dashboard.wording.scoreboard_findings import LONGEST_COUNT, BoardFinding, with_clauses
from dashboard.wording.scoreboard_words import (
    COUNTED_BESIDE_MET,
    clauses_in_words,
    count_met,
)
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.core.verdicts import Status
from metrics.messages import Message, languages
from metrics.release.timeliness import AWAITED, LATE, NOT_RECEIVED, ON_TIME
from metrics.statistics.period_changes import period_changes
from tests.dashboard.reading import Element, elements, of_type, with_class, words
from tests.dashboard.release import SILENT

EN = texts("en")
AREAS = ("FI", "PT", "MT", SILENT)


@pytest.fixture(autouse=True)
def _registered(client: FlaskClient) -> None:
    """Pages can be registered only by an application."""


@pytest.fixture(scope="module")
def with_changes(written: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The invented release with its changes, and days since which one step has been reached."""
    home = tmp_path_factory.mktemp("state")
    copytree(written / "data", home / "data")
    path = next(home.glob("data/processed/sample/*/indicator_values.parquet"))
    values = pd.read_parquet(path)
    values.loc[values["indicator"] == "LEGAL_INSTRUMENT", "since"] = "2019-10-01"
    values.to_parquet(path, index=False)
    changes = period_changes(values, catalogue().indicators)
    changes.to_parquet(path.with_name("period_changes.parquet"), index=False)
    return home


@pytest.fixture
def changed(with_changes: Path, monkeypatch: pytest.MonkeyPatch) -> PageContext:
    monkeypatch.setenv("EMPACT_HOME", str(with_changes))
    return read_context(View(area="FI"))


def page() -> Any:
    return importlib.import_module("dashboard.pages.state")


def layout(**query: str) -> Any:
    return page().layout(**query)


def marks_of(cells: Any) -> list[str]:
    statuses = [
        name for cell in with_class(cells, "status-word") for name in cell.className.split()
    ]
    return [name.removeprefix("status-") for name in statuses if name != "status-word"]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("area", AREAS)
def test_every_goal_has_the_status_that_the_scoreboard_has(area: str) -> None:
    rows = with_class(layout(area=area), "goal-row")
    own, union = (read_scoreboard(read_context(View(area=code))) for code in (area, EU))

    assert [words(with_class(row, "code")) for row in rows] == [row.goal.code for row in own.rows]
    assert Counter(marks_of(with_class(rows, "own"))) == own.counts
    assert Counter(marks_of(with_class(rows, "union"))) == union.counts


@pytest.mark.usefixtures("home")
def test_the_finding_counts_as_the_scoreboard_does() -> None:
    board = read_scoreboard(read_context(View(area="PT")))

    finding = words(of_type(layout(area="PT"), "H1"))

    assert f"Portugal: {count_met(board)} of {len(board.rows)} goals met" in finding
    assert all(
        clause in finding for clause in clauses_in_words(COUNTED_BESIDE_MET, board.counts, EN)
    )
    assert len(finding) <= LONGEST_COUNT


# In Greek, whose clauses are the longest: two lines of a page, three of a slide.
LONGEST_TITLE = 160


def found_in(counts: Mapping[str, int], first: Callable[[Text], str], text: Text) -> BoardFinding:
    """The finding of a scoreboard with so many goals of each mark."""
    row = read_scoreboard(read_context(View(area="PT"))).rows[1]
    rows = [replace(row, own=replace(row.own, mark=str(mark)))
            for mark, number in counts.items() for _ in range(number)]  # fmt: skip
    return with_clauses(first, Scoreboard("LU", tuple(rows)), text)


@pytest.mark.parametrize("language", languages())
@pytest.mark.usefixtures("home")
def test_a_finding_that_is_too_long_still_counts_what_progresses(language: str) -> None:
    """Finland in the sample: four goals in the desired direction were among 21 others."""
    text = texts(language)

    def first(own: Text) -> str:
        return own.counted("state.finding", 4, area=own.code("area", "FI"), all="28")

    counts: dict[str, int] = {
        Status.ON_TRACK: 1, Status.BEST_VALUE: 1, Status.WANTED_DIRECTION: 4,
        Status.BEHIND: 1, Status.MOVING_AWAY: 1, Status.UNWANTED_DIRECTION: 2,
        Status.NOT_ACHIEVED: 1, Status.NO_CLEAR_CHANGE: 13,
    }  # fmt: skip

    finding = found_in(counts, first, text)

    assert finding.others[text("scoreboard.favourable", n="6")] == 6
    assert finding.unnamed == 13
    assert len(finding.in_words(text)) <= LONGEST_TITLE


@pytest.mark.parametrize("language", languages())
@pytest.mark.usefixtures("home")
def test_a_finding_that_is_too_long_keeps_what_calls_for_attention(language: str) -> None:
    text = texts(language)

    def first(own: Text) -> str:
        return own.counted("state.finding", 4, area=own.code("area", "LU"), all="28")

    counts = dict.fromkeys(COUNTED_BESIDE_MET, 12)
    said = found_in(counts, first, text)
    failing = (Status.BEHIND, Status.UNWANTED_DIRECTION, Status.MOVING_AWAY, Status.NOT_ACHIEVED)
    assert clauses_in_words(failing, counts, text).items() <= said.others.items()
    assert len(said.others) < len(clauses_in_words(COUNTED_BESIDE_MET, counts, text))
    assert said.unnamed + sum(said.others.values()) == sum(counts.values())
    few: dict[str, int] = {Status.ON_TRACK: 1, Status.BEHIND: 2}
    assert found_in(few, first, text) == BoardFinding(
        first(text), clauses_in_words(COUNTED_BESIDE_MET, few, text)
    )


@pytest.mark.usefixtures("home")
def test_the_finding_says_that_a_report_is_missing() -> None:
    assert "Croatia has not reported for round" in words(of_type(layout(area=SILENT), "H1"))


def test_a_state_without_a_figure_is_told_how_many_have_one(release: Release) -> None:
    values = release.tables["indicator_values"]
    tables = {name: table.iloc[:0] for name, table in release.tables.items()}
    others = values[values["area"] != "FI"].reset_index(drop=True)
    bare = replace(release, tables={**tables, "indicator_values": others})
    context = replace(read_context(View(area="FI")), release=bare)
    profile = read_profile(context)

    assert set(profile.board.counts) == {NO_FIGURE}
    assert page().finding(profile, context) == (
        "No figure for Finland yet; a goal has one in 26 of 27 Member States"
    )
    assert all(page().goals_section(profile, context)["heads"].values())


@pytest.mark.parametrize("area", AREAS)
def test_every_value_is_that_of_the_release(release: Release, area: str) -> None:
    rows = {words(with_class(row, "code")): row
            for row in with_class(layout(area=area), "goal-row")}  # fmt: skip
    for goal in read_context(View()).definitions.goals.values():
        series = headline_series(goal, area, release)
        if series is not None and series.last_known:
            latest = words(with_class(rows[goal.code], "latest"))
            assert latest.startswith(latest_value(series, EN))


def test_a_change_is_that_of_the_release(changed: PageContext) -> None:
    profile, release = read_profile(changed), changed.release
    assert release is not None
    table = release.stored.table("period_changes")
    usual, printed = usual_years(profile, changed), 0
    for series in (entry.own.series for entry in profile.goals):
        change = change_since_first_year(series, release) if series else None
        if series is None or change is None:
            continue
        own = table[(table["indicator"] == series.indicator.code) & (table["area"] == "FI")
                    & (table["component"] == series.component)
                    & (table["period"] == change["period"])]  # fmt: skip
        assert change["change"] in set(own[own["base_period"] == change["base_period"]]["change"])
        written = since_first_year(series, usual, changed)
        is_sign = EN.signed(change["change"]) in written
        printed += is_sign
        assert is_sign is not (series.official is not None and series.official.is_change_unclear)
    assert usual.base == "2020"
    assert printed > 3


@pytest.mark.parametrize(
    ("materiality", "why"),
    [("below_threshold", "no clear change"), ("small_base", "too few cases"), ("", "")],
)
def test_a_change_that_is_not_material_has_no_sign_and_says_why(
    with_changes: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    materiality: str,
    why: str,
) -> None:
    copytree(with_changes / "data", tmp_path / "data")
    path = next(tmp_path.glob("data/processed/sample/*/period_changes.parquet"))
    pd.read_parquet(path).assign(materiality=materiality).to_parquet(path, index=False)
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    context = read_context(View(area="FI"))
    profile = read_profile(context)
    usual, written = usual_years(profile, context), list[str]()

    for series in filter(None, (entry.figure for entry in profile.goals)):
        if change_since_first_year(series, context.release) is not None:
            written.append(since_first_year(series, usual, context))
    assert len(written) > 3
    assert all(words.endswith(f"({why})") is bool(why) for words in written)
    assert all(words.startswith(("+", "−", "0 ")) is not bool(why) for words in written)


def test_without_released_changes_the_first_figure_stands_beside(release: Release) -> None:
    context = read_context(View(area="SE"))
    profile = read_profile(context)
    (entry,) = [entry for entry in profile.goals if entry.goal.code == "GA-1.1"]
    first = release.series("ICSE_VICTIMS", "value", "SE")[0]

    written = since_first_year(entry.own.series, usual_years(profile, context), context)

    assert written == f"2020: {EN.number(first['value'])}"


def test_a_published_figure_before_a_break_is_not_suggested_as_the_base(
    published_release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Germany's 6,209 of 2012 were printed with 54,613 of 2023, which compares with no other year."""
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))
    context = read_context(View(collection="published-figures", area="DE"))
    profile = read_profile(context)
    (entry,) = [entry for entry in profile.goals if entry.goal.code == "CC2019-12"]

    written = since_first_year(entry.figure, usual_years(profile, context), context)

    assert written == "year of a special event"
    key = page().goals_section(profile, context)["key"]
    assert "where the years cannot be compared, the reason" in key


def test_a_milestone_has_the_day_and_the_step_of_the_release(changed: PageContext) -> None:
    profile = read_profile(changed)
    found = milestones_of((entry.goal, entry.followed) for entry in profile.goals)
    drawn = milestone_values(profile.goals, changed)["rows"]

    assert len({milestone.series.name for milestone in found}) == len(found) > 0
    for milestone, row in zip(found, drawn, strict=True):
        official = milestone.series.official
        assert official is not None
        assert row["is_reached"] is (official.status in {"achieved", "achieved_late"})
        assert milestone.series.format_figure(milestone.step, EN) in row["words"]
        is_dated = milestone.series.indicator.code == "LEGAL_INSTRUMENT"
        assert ("since 1 Oct 2019" in row["words"]) is is_dated
        if not is_dated:
            assert EN.period(milestone.period) in row["words"]


def test_a_step_without_a_day_has_the_first_period_that_has_it(release: Release) -> None:
    ladders = [
        series
        for goal in catalogue().goals.values()
        for series in series_of_goal(goal, "SE", release)
        if series.indicator.kind is Kind.MILESTONE and series.official and series.last_known
    ]
    found = milestones_of([(catalogue().goals["GA-2.1"], ladders)])

    for milestone in found:
        steps = {row["period"]: row["value"] for row in milestone.series.rows}
        assert steps[milestone.period] == milestone.step["value"]
        before = str(int(milestone.period) - 1)
        assert steps.get(before) != milestone.step["value"]


@pytest.mark.parametrize("status", [ON_TIME, LATE, NOT_RECEIVED, AWAITED])
@pytest.mark.parametrize("language", languages())
def test_every_answer_to_a_round_has_a_word(status: str, language: str) -> None:
    row = {"round": "2025", "status": status, "received": "", "due": "2026-03-31",
           "n_observations": None, "days_late": 0}  # fmt: skip
    drawn = record_row(row, texts(language))
    assert drawn["word"] == texts(language)(f"reporting.{status}")
    assert record_row({**row, "status": LATE, "days_late": 12}, EN)["word"] == "12 days late"


@pytest.mark.usefixtures("home")
def test_what_is_due_next_comes_from_the_calendar() -> None:
    context = read_context(View(area="FI"))
    record = reporting_record(context.release)
    rounds = [*context.collection.rounds]
    later = replace(context, collection=context.collection.model_copy(update={"rounds": (
        *rounds, rounds[-1].model_copy(update={"code": "2099", "due": pd.Timestamp("2100-03-31")}))})
    )  # fmt: skip
    awaited = {"round": "2026", "status": AWAITED, "due": "2027-03-31"}

    assert due_next([awaited], record, context) == "Due next: round 2026, by 31 March 2027"
    assert "round 2099, by 31 March 2100" in due_next([], record, later)


def test_figures_that_were_revised_are_counted(release: Release) -> None:
    context, profile = read_context(View(area="FI")), read_profile(read_context(View(area="FI")))
    assert record_values(profile.goals, context)["revised"]["words"].startswith("0 ")


PROMISES = [
    {"round": "2020", "first_round": "2020", "progress": "", "description": "Filter the web"},
    {"round": "2025", "first_round": "2020", "progress": "under_way", "description": "A campaign"},
]
ACTION = {"area": "FI", "policy_target": "GA-4", "goals": "GA-4.1;GA-4.2", "status": "planned",
          "timeframe": "", "partner": "", "theme": ""}  # fmt: skip


@pytest.fixture
def promised(release: Release) -> PageContext:
    """Two actions of Finland, and one of Sweden."""
    rows = [*({**ACTION, **row} for row in PROMISES), {**ACTION, **PROMISES[0], "area": "SE"}]
    tables = {**release.tables, "actions": pd.DataFrame(rows)}
    return replace(read_context(View(area="FI")), release=replace(release, tables=tables))


def actions_found(context: PageContext) -> dict[str, dict[str, Any]]:
    groups = action_values(read_profile(context).goals, context)["groups"]
    return {row["description"]: row for group in groups for row in group["rows"]}


def test_an_action_says_what_became_of_it(promised: PageContext) -> None:
    first, repeated = (actions_found(promised)[row["description"]] for row in PROMISES)

    assert (first["declared"], first["progress"]) == ("2020", "")
    assert first["later"] == "no later declaration"
    assert (repeated["declared"], repeated["progress"]) == ("2020, again 2025", "under way")
    assert repeated["later"] == ""
    assert [goal["code"] for goal in first["goals"]] == ["GA-4.1", "GA-4.2"]
    assert all("goal=GA-4" in goal["href"] for goal in first["goals"])


@pytest.mark.parametrize(
    ("typed", "found", "elsewhere"),
    [
        ("filter", ["Filter the web"], ["Sweden 1"]),
        ("WEB filter", ["Filter the web"], ["Sweden 1"]),
        ("GA-4.1 campaign", ["A campaign"], []),
        ("nothing of this kind", [], []),
    ],
)
def test_the_address_searches_the_actions_of_every_state(
    promised: PageContext, typed: str, found: list[str], elsewhere: list[str]
) -> None:
    context = promised.with_changes(q=typed)
    values = action_values(read_profile(context).goals, context)

    assert list(actions_found(context)) == found
    names = {"all": "2", "words": typed}
    assert values["count"].startswith(EN.counted("state.actions_found", len(found), **names))
    assert values["count"].endswith(EN("state.actions_as_declared")) is (not found)
    assert [state["words"] for state in values["elsewhere"]] == elsewhere


@pytest.mark.usefixtures("home")
def test_every_section_has_an_address_and_every_code_of_a_goal_is_a_link() -> None:
    drawn = layout(area="FI")
    ids = {getattr(part, "id", "") for part in elements(drawn)}
    assert {"goals", "reporting", "milestones", "actions", "series", "series-GA-1.1"} <= ids
    within = {id(part) for link in of_type(drawn, "Link") for part in elements(link)}
    codes = {*catalogue().goals}
    alone = [
        part
        for part in elements(of_type(drawn, "Main"))
        if id(part) not in within and words(getattr(part, "children", "")) in codes
        and not of_type(part, "Link")
    ]  # fmt: skip
    assert not alone


@pytest.mark.usefixtures("home")
def test_the_search_keeps_the_other_choices_in_the_address() -> None:
    drawn = layout(area="FI", lang="el", collection="sample", q="kampanja")
    boxes = [part for part in of_type(drawn, "Input") if isinstance(part, Element)]
    kept = {part.attributes["name"]: part.attributes["value"] for part in boxes
            if part.attributes.get("name")}  # fmt: skip
    assert kept == {"area": "FI", "lang": "el", "collection": "sample", "q": "kampanja"}


class StrictText(Text):
    """Refuses a key without a text, where readers would see the key."""

    def _message(self, key: str) -> Message:
        assert key in self.words, f"{key} has no text"
        return self.words[key]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("area", ["FI", SILENT])
def test_no_text_of_the_page_is_missing(language: str, area: str) -> None:
    asked = read_context(View(area=area, lang=language, q="a"))
    context = replace(asked, text=StrictText(language))
    profile = read_profile(context)

    drawn = [page().finding(profile, context), *page().state_sections(profile, context)]

    assert words(drawn)


def test_a_series_beside_the_headline_is_one_click_away(release: Release) -> None:
    drawn = layout(area="FI")
    goal = catalogue().goals["GA-2.1"]
    followed: tuple[AssessedSeries, ...] = series_of_goal(goal, "FI", release)
    row = next(row for row in with_class(drawn, "goal-row") if "GA-2.1" in words(row))
    (link,) = [part for part in elements(row) if getattr(part, "href", "") == "#series-GA-2.1"]

    assert words(link).split()[0] == f"+{len(followed) - 1}"


def test_a_series_that_is_read_again_is_the_same(release: Release) -> None:
    for entry in read_profile(read_context(View(area="FI"))).goals:
        again = replace(entry, followed=[replace(series) for series in entry.followed])
        assert again.others == entry.others
