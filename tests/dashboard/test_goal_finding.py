"""The finding of every goal: short, whole, in agreement with its status and the released tables."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from shutil import copytree

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import Selection, choose
from dashboard.components.goal.absence import area_notes
from dashboard.components.goal.key_facts import goal_strip
from dashboard.components.goal.states_beside_chart import states_aside
from dashboard.components.scoreboard_table import figure_values
from dashboard.components.state.goals import series_sentence
from dashboard.contents.state_profile import read_profile
from dashboard.context import read_context
from dashboard.data import Release
from dashboard.released.assessments import Assessment
from dashboard.released.goal_statuses import NO_FIGURE
from dashboard.released.scoreboard import read_scoreboard
from dashboard.released.series import AssessedSeries, has_value, leads_goal, series_of_goal
from dashboard.rows_by_key import KeyedRows
from dashboard.target_text import is_reading
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.goal_finding import (
    LONGEST,
    areas_of_step,
    counted_clause,
    goal_finding,
    headline_absence,
    main_clause,
    names_of_goal,
    names_of_series,
    not_assessed_words,
    others_with_figure,
    step_clause,
)
from dashboard.wording.narrative import account_of, verdict_sentence
from metrics.catalogue.codelists import member_states
from metrics.core.tables import EU, TOTAL
from metrics.core.verdict_codes import Reason, Step
from metrics.core.verdicts import CalculationStep, Status, Verdict, arithmetic_as_cell
from metrics.messages import languages
from metrics.release.official_statuses import NOT_CURRENT
from tests.dashboard.contexts import page_context
from tests.dashboard.reading import of_type, with_class, words

PUBLISHED, EN = "published-figures", texts("en")
NUMBER = re.compile(r"\d(?:[\d,]*\d)?(?:\.\d+)?")
# The most findings whose names leave no room for the size of a change.
MOST_WITHOUT_SIZE = {"en": 0, "fi": 1, "el": 0}
WITHOUT_VERDICT = {
    "value", "at_step", "counted", "nothing", "absent", "suppressed", "parts_only",
    "not_bound", "not_summed",
}  # fmt: skip
# The patterns that agree with each computed status.
AGREEING = {
    Status.ACHIEVED: {"reached", "all_reached", "ahead", "on_path", "at_level", "better_than_level"},
    Status.ACHIEVED_LATE: {"reached_late", "all_reached"},
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
    steps = {"reached", "reached_late", "not_reached", "states_reached"}
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


@cache
def rows_by_goal(table: str, release: Release) -> KeyedRows:
    return KeyedRows.of_table(release.tables[table], ("goal", "area"))


def released_numbers(chosen: Selection, series: AssessedSeries, release: Release) -> list[float]:
    """Every number that the tables of the release hold of the series, and counts of its States."""
    own = release.series(series.indicator.code, series.component, series.area, "")
    found = [row["value"] for row in (*own, *series.values) if has_value(row)]
    for table in ("assessments", "trajectory"):
        assert chosen.goal is not None
        for row in rows_by_goal(table, release).rows_of(chosen.goal.code, series.area):
            if row["indicator"] == series.indicator.code:
                found += [row[name] for name in ("value", "expected_value", "gap")]
    official = series.official
    steps = official.arithmetic if official else ()
    found += [step.value for step in steps if isinstance(step.value, int | float)]
    found += [len(step.value) for step in steps if isinstance(step.value, tuple)]
    counts = [step.value for step in steps if step.key in {"years_met", "years_missed"}]
    in_states = [state.last_known is not None for state in chosen.in_states.values()]
    found += [sum(map(int, map(str, counts))), sum(in_states), in_states.count(False)]
    return [abs(float(number)) for number in (*found, len(in_states)) if number is not None]


def name_in(sentence: str, chosen: Selection, series: AssessedSeries) -> str:
    """By which name the finding calls its series, shortened or not; StopIteration if by none."""
    names = [*names_of_series(series, chosen.text), *names_of_goal(chosen, series)]
    start, is_shortened, _ = sentence.partition("…")
    shortened = [start] if is_shortened and names[0].lower().startswith(start.lower()) else []
    own = [*names, *shortened]
    return next(name for name in own if sentence.lower().startswith(name.lower()))


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
        told_of = name_in(sentence, chosen, series)
        periods = {part for row in series.values for part in NUMBER.findall(row["period"])}
        asked = series.official.asked if series.official else None
        periods |= set(NUMBER.findall(chosen.text.code("step", getattr(asked, "step", ""))))
        numbers = released_numbers(chosen, series, release)

        assert len(sentence) <= LONGEST
        assert not re.search(r"[{}]|\bnan\b|\bNone\b", sentence)
        unknown = [number for number in NUMBER.findall(sentence[len(told_of):])
                   if not is_released(number, numbers, periods)]  # fmt: skip
        assert not unknown, (sentence, unknown)
        pattern, of_catalogue, _ = main_clause(chosen, series).pattern.partition("_read")
        assert pattern in agreeing_patterns(series), sentence
        assert bool(of_catalogue) == ("not agreed" in sentence), sentence
        assert bool(of_catalogue) == is_reading(asked) or "level" not in pattern, sentence


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
def test_a_finding_names_its_series_and_not_the_code_of_a_goal(collection: str) -> None:
    context = read_context(View(collection=collection))
    for goal in context.definitions.goals.values():
        for area in (EU, "DE", "DK"):
            for series in series_of_goal(goal, area, context.release):
                asked = context.with_changes(goal=goal.code, area=area, indicator=series.name)
                chosen = choose(asked)
                if chosen.series is not None:
                    assert name_in(goal_finding(chosen, chosen.series), chosen, chosen.series)


def test_a_share_is_said_of_what_is_counted_and_not_of_the_goal() -> None:
    """`Notice and takedown: 22.9 %` says nothing about what is 22.9 %."""
    chosen = choose(read_context(View(collection="sample", goal="GA-4.2", area="BE")))
    assert chosen.series is not None

    assert goal_finding(chosen, chosen.series).startswith("Material removed within 24 hours: ")


@pytest.mark.parametrize("collection", ["sample", PUBLISHED])
def test_a_cell_of_the_scoreboard_opens_the_headline_series_with_the_same_mark(
    collection: str,
) -> None:
    """A goal without a figure of its headline series says so, and links those that have one."""
    context = read_context(View(collection=collection))
    text, with_other_series = context.text, set()
    for row in read_scoreboard(context).rows:
        for cell in (row.own, *row.states):
            opened = choose(context.with_changes(goal=row.goal.code, area=cell.area))
            series, place = opened.series, (row.goal.code, cell)
            assert series is not None
            assert leads_goal(row.goal, series) or not row.goal.headline_series, place
            (fact, *_) = [*with_class(goal_strip(opened, series), "fact-status"), ""]
            if not fact:
                assert cell.mark == NO_FIGURE, place
                continue
            of_mark = series.status if cell.mark == NOT_CURRENT else cell.mark
            assert words(fact).startswith(f"Status {text(f'status.{of_mark}')}"), place
            if cell.mark == Status.NOT_ASSESSED:
                assert words(with_class(fact, "note")), place
            with_figure = [own for own in opened.followed if own.last_known]
            if series.last_known or not with_figure or not row.goal.headline_series:
                continue
            said, listed, *_ = area_notes(opened, series)
            with_other_series.add(row.goal.code)
            assert f"“{series.title(text)}”, has no figure for" in words(said), place
            links = [link.href for link in of_type(listed, "Link")]
            assert len(links) == len(with_figure), place
            assert len(with_class(listed, "status-word")) == len(
                [own for own in with_figure if own.official]
            ), place
            assert all(f"area={cell.area}" in href for href in links), place
            if series.last_row is None:
                assert text("finding.other_series") in goal_finding(opened, series), place
    assert bool(with_other_series) is (collection == PUBLISHED)


def test_a_goal_without_a_figure_of_its_headline_is_the_same_on_every_page() -> None:
    """Germany, notice and takedown: only series that do not decide the status have figures."""
    context = read_context(View(collection=PUBLISHED, area="DE"))
    (row,) = [row for row in read_scoreboard(context).rows if row.goal.code == "GA-4.2"]
    (entry,) = [own for own in read_profile(context).goals if own.goal.code == "GA-4.2"]
    opened = choose(context.with_changes(goal="GA-4.2"))
    assert opened.series is not None
    assert row.series is not None

    assert row.is_of_other_series
    assert row.own.mark == entry.own.own.mark == Status.NOT_ASSESSED
    name = "Content removed within two days (published share), hosted in the country"
    assert entry.figure is row.series
    assert figure_values(row, context.text, is_area_named=False)["other_series"].startswith(name)
    assert "DE" in words(states_aside(opened)).partition("Not assessed")[2].partition("No fig")[0]
    assert goal_finding(opened, opened.series).startswith("Material removed within 24 hours: no ")
    assert name in words([*area_notes(opened, opened.series)])
    unasked = choose(read_context(View(collection=PUBLISHED, goal="GA-4.2")))
    assert unasked.series is not None
    said = words([*area_notes(unasked, unasked.series)])
    assert "“Material removed within 24 hours”, has no figure in any area." in said
    assert f"{name}, Germany : less than 56" in said
    assert goal_finding(unasked, unasked.series).endswith(": no figure in any area yet")


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


@pytest.mark.parametrize("area", member_states())
def test_a_state_with_any_figure_is_never_said_to_have_none(client: FlaskClient, area: str) -> None:
    from dashboard.pages.state import finding, states_with_figures  # noqa: PLC0415 - registers a page

    context = read_context(View(collection=PUBLISHED, area=area))
    release = context.release
    assert release is not None
    with_any = {code for code, areas in release.areas_of.items() if area in areas}
    assert with_any
    followed = {code for goal in context.definitions.goals.values() for code in goal.indicators}
    profile = read_profile(context)
    said = finding(profile, context)
    page = words(client.get(f"/state?collection={PUBLISHED}&area={area}").get_data(as_text=True))

    assert (set(profile.board.counts) == {NO_FIGURE}) == (not with_any & followed)
    assert 0 < states_with_figures(profile.board) < len(member_states())
    assert "No figure" not in said
    if not with_any & followed:
        n = len(with_any)
        assert said == EN.counted("state.only_context", n, area=EN.code("area", area))
    if with_any - followed:
        assert EN("state.further") in page


@pytest.mark.parametrize("goal", ["GA-4.2", "CC2019-12"])
@pytest.mark.parametrize("area", ["BG", "CZ", "FR", "HU", "IE", "LT", "LV"])
def test_figures_of_parts_are_other_figures_of_the_goal(goal: str, area: str) -> None:
    chosen = choose(read_context(View(collection=PUBLISHED, goal=goal, area=area)))
    assert chosen.series is not None
    assert not chosen.has_figures_elsewhere
    others = others_with_figure(chosen, chosen.series)
    assert [own.indicator.code for own in others] == ["HOTLINE_REPORTS_RECEIVED"]
    assert {own.area for own in others} == {area}
    assert "no other series" not in headline_absence(chosen, chosen.series)


@pytest.mark.parametrize(
    ("area", "said"),
    [("DE", "figures for Germany by place of hosting, no total"), ("FR", "no figure for France")],
)
def test_parts_are_named_only_where_the_area_has_one(area: str, said: str) -> None:
    asked = View(collection=PUBLISHED, goal="GA-4.2", indicator="TAKEDOWN_SHARE_2D", area=area)
    chosen = choose(read_context(asked))
    assert chosen.series is not None

    assert said in goal_finding(chosen, chosen.series)


def test_states_without_an_answer_are_not_said_to_have_missed_a_step() -> None:
    """Malta has said nothing for the newest period: its earlier step is not confirmed."""
    verdict = Verdict(
        Status.BEHIND, value=21.0, expected_value=26.0, period="2025",
        arithmetic=(
            CalculationStep(Step.STATES_BELOW_STEP, ("HR", "MT", "NL")),
            CalculationStep(Step.STATES_NOT_CONFIRMED, ("HU", "MT")),
            CalculationStep(Step.STATES_WITHOUT_STEP, ("SE",)),
        ),
    )  # fmt: skip
    official = Assessment("t", "milestone_by_date", official=True, verdict=verdict,
                          calculation=arithmetic_as_cell(verdict))  # fmt: skip

    clause = counted_clause(official, {"step": "in force"}, EN)

    others = ["HU, MT not confirmed", "SE has not reported"]
    assert clause.stated_additions == ["HR, MT, NL have not", *others]
    assert [own.stated_additions for own in clause.compact] == [["3 have not", *others]]


def test_the_title_names_every_state_that_the_count_could_not_confirm() -> None:
    """As the reason beneath it does: also those that had reached the step earlier."""
    context = read_context(View(collection="sample", goal="GA-2.1", area=EU))
    chosen = choose(context)
    assert chosen.series is not None
    official = chosen.series.official
    assert official is not None
    unconfirmed = areas_of_step(official, Step.STATES_NOT_CONFIRMED)

    said = goal_finding(chosen, chosen.series)
    assert len(said) <= LONGEST
    if unconfirmed:
        assert f"{', '.join(unconfirmed)} not confirmed" in said


def test_states_that_all_reached_a_step_may_be_unconfirmed() -> None:
    verdict = Verdict(
        Status.ACHIEVED, value=26.0, expected_value=26.0, period="2025",
        arithmetic=(
            CalculationStep(Step.STATES_BELOW_STEP, ()),
            CalculationStep(Step.STATES_NOT_CONFIRMED, ("HU",)),
        ),
    )  # fmt: skip
    official = Assessment("t", "milestone_by_date", official=True, verdict=verdict,
                          calculation=arithmetic_as_cell(verdict))  # fmt: skip

    clause = counted_clause(official, {"step": "in force"}, EN)

    assert (clause.pattern, clause.stated_additions) == ("all_reached", ["HU not confirmed"])


def test_a_legal_instrument_is_named_and_its_step_is_called_a_step() -> None:
    context = read_context(View(collection="sample", goal="GA-2.1"))
    found = {
        area: goal_finding(chosen, chosen.series)
        for area in member_states()
        if (chosen := choose(context.with_changes(area=area))).series is not None
    }

    assert all(sentence.startswith("Directive 2011/93/EU: ") for sentence in found.values())
    assert found["BE"].endswith("has reached the step “in force”; the day is not stated")
    belgium = choose(context.with_changes(area="BE")).series
    assert belgium is not None
    assert belgium.official is not None
    undated = Verdict(Status.ACHIEVED, reason=Reason.DAY_NOT_STATED)
    clause = step_clause(belgium, replace(belgium.official, verdict=undated), EN)
    assert clause.additions == ["the day is not stated"]
    unbound = Verdict(Status.NOT_ASSESSED, reason=Reason.NOT_BOUND)
    words_on = not_assessed_words(replace(belgium.official, verdict=unbound), EN)
    assert words_on == "the commitment does not bind it"
    assert re.search(
        r"^Belgium, 2025 – Achieved: at the step “.+”\.$", verdict_sentence(belgium, EN)
    )


def test_a_latest_figure_that_is_suppressed_is_not_said_of_an_earlier_one() -> None:
    """Malta's figure of 2025 is suppressed, and Luxembourg's is not applicable."""
    context = read_context(View(collection="sample", goal="GA-1.1"))
    for area, why in (("MT", "suppressed"), ("LU", "not applicable")):
        chosen = choose(context.with_changes(area=area))
        assert chosen.series is not None
        account = account_of(chosen.series, chosen.release, EN)

        assert goal_finding(chosen, chosen.series).endswith(f" in 2024; 2025: {why}")
        assert account.verdict == f"{EN.code('area', area)}, 2025: {why}."
        assert account.measured[0].startswith("The latest figure, for 2024, is ")


def test_who_is_behind_a_path_is_not_called_late() -> None:
    """A date that has passed makes late; a path that is not followed does not."""
    context, seen = read_context(View(collection="sample", goal="GA-1.1")), set()
    for goal, area in [("GA-1.1", EU), *(("GA-2.1", area) for area in member_states())]:
        chosen = choose(context.with_changes(goal=goal, area=area))
        assert chosen.series is not None
        strip = words(goal_strip(chosen, chosen.series))
        if "about " in strip:
            seen.add(goal)
            assert ("behind the path" in strip) is (goal == "GA-1.1"), strip
            assert (" late" in strip) is (goal == "GA-2.1"), strip
    assert "GA-1.1" in seen


def test_a_tally_of_series_counts_an_old_status_apart() -> None:
    goals = read_profile(read_context(View(collection=PUBLISHED, area="DE"))).goals

    assert series_sentence(goals, texts("en")).endswith("Not current 1")


def test_a_heading_counts_whole_persons() -> None:
    """A path has fractions: 39.2 persons are about 39."""
    context, said = read_context(View(collection="sample", goal="GA-1.1")), []
    for area in member_states():
        chosen = choose(context.with_changes(area=area))
        assert chosen.series is not None
        said.append(goal_finding(chosen, chosen.series))

    assert [sentence for sentence in said if re.search(r"\d\.\d.* persons", sentence)] == []
    assert any(" is about " in sentence for sentence in said)


@pytest.mark.parametrize("language", languages())
def test_a_finding_leaves_out_no_further_clause(release: Release, language: str) -> None:
    """Such as in how many years the agreed growth was met: in Greek and Finnish as in English."""
    context = page_context(release, collection="sample", lang=language)
    further = 0
    for goal in context.definitions.goals:
        for area in (EU, "CY", "DE", "FI"):
            chosen = choose(context.with_changes(goal=goal, area=area))
            assert chosen.series is not None
            said = goal_finding(chosen, chosen.series)
            clause = main_clause(chosen, chosen.series)
            added = list(filter(None, clause.additions))
            further += len(added)
            assert all(words in said for words in added), (goal, area, said, added)
    assert further > 10


@pytest.mark.parametrize("language", languages())
def test_a_finding_says_how_large_a_change_is(language: str) -> None:
    """As a difference or, where names are long, as both values; a name that is cut leaves it out."""
    without_size = []
    for collection in ("sample", PUBLISHED):
        context = read_context(View(collection=collection, lang=language))
        for goal in context.definitions.goals:
            for area in (EU, "BG", "DE", "NL", "LU"):
                chosen = choose(context.with_changes(goal=goal, area=area))
                assert chosen.series is not None
                clause = main_clause(chosen, chosen.series)
                sizes = [clause.values.get("gap", ""), *(
                    own.values.get("before", "") for own in clause.compact
                )]  # fmt: skip
                said = goal_finding(chosen, chosen.series)
                if clause.compact and not any(size in said for size in filter(None, sizes)):
                    without_size.append(said)
    assert len(without_size) <= MOST_WITHOUT_SIZE[language], without_size


@pytest.mark.parametrize("language", languages())
def test_a_name_that_is_cut_keeps_what_tells_the_series_from_others(
    release: Release, language: str
) -> None:
    context = page_context(release, collection="sample", lang=language, goal="CC2019-6", area=EU)
    cut = 0
    for series in choose(context).followed:
        chosen = choose(context.with_changes(indicator=series.name))
        assert chosen.series is not None
        said = goal_finding(chosen, chosen.series)
        assert len(said) <= LONGEST
        names = [context.text.code(by, code) for by, code in series.codes.items() if code != TOTAL]
        cut += "…" in said
        assert "…" not in said or all(name in said for name in names)
    assert cut


@pytest.mark.parametrize("language", languages())
def test_a_comparable_value_of_the_start_stands_apart_from_the_latest(language: str) -> None:
    values = {"what": "Answers", "area": "EU", "value": "79 %", "period": "2025",
              "before": "64 %", "base": "2020"}  # fmt: skip
    said = texts(language)("finding.beside_comparable", **values)
    assert "comparable with" not in said
    latest, _, earlier = said.partition("79 %")
    assert "2020" not in latest
    assert re.match(r" \(|[;·]| in EU in 2025;", earlier)
