"""As of a chosen period, an old status is counted separately: in all series and States."""

import csv
import importlib
import re
from functools import cache
from html import unescape
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.addresses.selection import Selection
from dashboard.addresses.used_periods import PAGES_AS_OF_PERIOD
from dashboard.addresses.view_files import VIEWS
from dashboard.charts.multiples import small_trend
from dashboard.components.comparison.table import comparison_table
from dashboard.components.goal.key_facts import goal_strip
from dashboard.components.goal.states_beside_chart import states_aside
from dashboard.components.overrides import official_badge, small_status
from dashboard.contents.comparison import comparison_rows, read_comparison
from dashboard.contents.scoreboard_rows import scoreboard_rows
from dashboard.contents.state_profile import read_profile
from dashboard.context import read_context
from dashboard.data import Release, records
from dashboard.released.goal_statuses import (
    SCOREBOARD_MARKS,
    SUPPRESSED,
    goal_status,
    status_of_series,
)
from dashboard.released.series import AssessedSeries, followed_in_area
from dashboard.released.state_statuses import StateStatuses, marks_of_states
from dashboard.released.states_by_status import states_by_status
from dashboard.slides.kinds.goal import mark_in_period
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import verdict_sentence
from dashboard.wording.scoreboard_words import status_in_words
from dashboard.wording.status_beside_series import mark_of_goal
from dashboard.wording.status_reasons import not_assessed_reason
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import day_after
from metrics.core.period import ReferencePeriod
from metrics.core.series import format_series
from metrics.core.tables import EU, STEP, VALUE
from metrics.core.verdict_codes import AGE_REASONS
from metrics.core.verdicts import REACHED, Status, Verdict, split_reasons
from metrics.messages import languages
from metrics.release.official_statuses import NOT_CURRENT
from metrics.statistics.assessment.assess import assess
from metrics.statistics.assessment.basis import AssessmentBasis, assessment_basis
from metrics.statistics.assessment.case_verdicts import assess_cases
from metrics.statistics.assessment.cases import AssessmentCase
from metrics.statistics.assessment.timeliness import AssessmentDay
from metrics.statistics.status_history import status_history
from tests.dashboard.contexts import selection
from tests.dashboard.reading import of_type, with_class, words
from tests.dashboard.release import AS_OF, indicator_values, write_release

EN = texts("en")
CHOSEN = "2024"
# State → what it said about 2024 in every series; None for nothing at all.
SAID = {"HR": None, "AT": "O", "RO": "M", "BE": "Q", "DK": "S", "EE": "B"}


def values_with_gaps() -> pd.DataFrame:
    """The invented release, where States that report in other years have gaps in 2024."""
    values = indicator_values()
    for area, status in SAID.items():
        is_meant = values["area"].eq(area) & values["period"].eq(CHOSEN)
        if status is None:
            values = values[~is_meant]
            continue
        values.loc[is_meant, "observation_status"] = status
        if status in "OMQ":
            values.loc[is_meant, "value"] = np.nan
        if status == "Q":
            values.loc[is_meant, "confidentiality_status"] = "C"
    return values


@cache
def basis() -> AssessmentBasis:
    found = assessment_basis(
        values_with_gaps(), catalogue(), AS_OF, catalogue().collections["sample"]
    )
    return AssessmentBasis(found.official, found.histories, found.on, found.collection)


@pytest.fixture(scope="module")
def home_with_gaps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("gaps")
    folder = write_release(home)
    tables = {
        "indicator_values": values_with_gaps(),
        "assessments": assess(basis(), ()),
        "status_history": status_history(basis()),
    }
    for name, table in tables.items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
    return home


@pytest.fixture(autouse=True)
def opened(home_with_gaps: Path, monkeypatch: pytest.MonkeyPatch, client: FlaskClient) -> Release:
    monkeypatch.setenv("EMPACT_HOME", str(home_with_gaps))
    release = read_context(View()).release
    assert release is not None
    return release


def assessed_then(period: str) -> dict[AssessmentCase, Verdict]:
    """Every series assessed again from the figures up to a period."""
    until = ReferencePeriod.parse(period)
    day = AssessmentDay(day_after(until), due=until)
    return assess_cases(basis().cases, basis().histories.until(until), day)


def series_of(case: AssessmentCase, release: Release) -> AssessedSeries:
    name = format_series(case.indicator.code, VALUE, case.codes)
    found = followed_in_area(case.goal, case.area, release).find(name)
    assert found is not None
    return found


@pytest.mark.parametrize("period", ["2022", CHOSEN, "2025"])
def test_every_series_has_the_status_that_its_figures_up_to_the_period_give(
    opened: Release, period: str
) -> None:
    """Assessed again: the status, its period and whether it is an old one."""
    expected, found = {}, {}
    for case, verdict in assessed_then(period).items():
        series = series_of(case, opened).as_of(period)
        official = series.official
        if official is None or official.target != case.target.id:
            continue
        reasons = split_reasons(verdict.reason)
        expected[case.key] = (str(verdict.status), verdict.period, AGE_REASONS & {*reasons})
        ages = AGE_REASONS & {*official.verdict.reasons}
        found[case.key] = (str(official.computed), official.verdict.period, ages)
    assert len(found) > 1000
    assert found == expected


@pytest.mark.parametrize("goal", ["GA-1.1", "GA-3.1", "GA-2.1", "CC2019-13"])
def test_a_status_of_another_period_is_counted_apart(client: FlaskClient, goal: str) -> None:
    """In the list beside the chart, and in the file, as many States have a current status."""
    chosen = selection(View(goal=goal, area=EU, period=CHOSEN))
    assert chosen.series is not None
    listed = states_by_status(chosen.in_states)
    old = {series.area for series in listed.get(NOT_CURRENT, ())}
    is_step = chosen.in_states["DK"].component == STEP  # reached in a special year too
    without = {None, "O"} if is_step else {None, "O", "S"}
    lacking = {area for area, status in SAID.items() if status in without}
    kept = {area for area in lacking if chosen.in_states[area].status in REACHED}
    statuses = StateStatuses.beside(
        chosen.series.as_of(CHOSEN), marks_of_states(chosen.in_states.values())
    )

    assert old == lacking - kept
    assert {"RO", "BE"}.isdisjoint(old)
    assert chosen.in_states["RO"].status == Status.NOT_ASSESSED
    assert {chosen.in_states[area].status_period for area in old} <= {"2023"}
    if statuses is not None:
        answer = client.get(f"/download/trend.csv?collection=sample&goal={goal}&area={EU}").text
        rows = csv.DictReader(answer.removeprefix("\ufeff").splitlines())
        (row,) = [row for row in rows if row["period"] == CHOSEN]
        assert row["states_assessed"] == str(statuses.assessed)


def codes_in(drawn: object) -> list[str]:
    """The codes of the statuses in what is drawn, each by its look."""
    looks = [*with_class(drawn, "status"), *with_class(drawn, "status-word")]
    classes = (name.removeprefix("status-") for part in looks for name in part.className.split())
    return [name for name in classes if name in SCOREBOARD_MARKS]


@pytest.mark.parametrize("period", ["", CHOSEN])
def test_every_channel_has_the_same_status_of_every_series(period: str) -> None:
    """Of each State: list, summary, badge, side by side, table, file and charts."""
    differing, compared = [], 0
    for goal in catalogue().goals:
        for name in [own.name for own in followed_in_area(goal, EU, opened_release()).every]:
            asked = View(collection="sample", goal=goal, area=EU, indicator=name, period=period)
            chosen = selection(asked)
            if chosen.series is None or not any(map(has_verdict, chosen.in_states.values())):
                continue
            marks = states_by_status(chosen.in_states, chosen.marks_of_goal)
            listed = {own.area: mark for mark, every in marks.items() for own in every}
            table = VIEWS["states"](chosen, chosen.series)
            rows = {row["area"]: row for row in records(table)}
            for area, own in chosen.in_states.items():
                compared += 1
                found = {"list": listed[area], "file": rows[area]["status"]}
                if has_verdict(own):
                    found |= {
                        "badge": "".join(codes_in(official_badge(own, EN))),
                        "side by side": "".join(codes_in(small_status(own, EN))),
                        "series": status_of_series(own).mark,
                        "words": code_of_words(status_in_words(own, EN)),
                        "sentence": code_of_sentence(verdict_sentence(own, EN)),
                        "small chart": code_of_words(small_trend(own, EN).status),
                    }
                if len(set(found.values())) != 1:
                    differing.append((goal, name, area, found))
    assert compared > 500
    assert differing == []


@pytest.mark.parametrize("period", ["", CHOSEN])
def test_the_page_and_the_slide_of_each_state_have_the_status_of_the_list(period: str) -> None:
    differing, old = [], 0
    for goal in catalogue().goals:
        chosen = selection(View(collection="sample", goal=goal, area=EU, period=period))
        marks = states_by_status(chosen.in_states, chosen.marks_of_goal)
        for mark, every in marks.items():
            for own in filter(has_verdict, every):
                view = View(collection="sample", goal=goal, area=own.area, period=period)
                of_state = selection(view)
                assert of_state.series is not None
                drawn = goal_strip(of_state, of_state.series)
                found = codes_in(with_class(drawn, "fact-status")), mark_in_period(of_state, own)
                old += mark == NOT_CURRENT
                if found != ([mark], mark):
                    differing.append((goal, own.area, mark, found))
    assert old
    assert differing == []


@pytest.mark.parametrize("period", ["", CHOSEN])
def test_compare_and_its_file_have_the_status_of_the_scoreboard(period: str) -> None:
    goal, everywhere = catalogue().goals["GA-1.1"], ",".join(member_states())
    asked = {"areas": everywhere, "marked": everywhere, "period": period}
    context = read_context(View(collection="sample", indicator="ICSE_VICTIMS", **asked))
    release = opened_release()
    marks = {area: goal_status(goal, area, release, period).mark for area in member_states()}
    of_file = {row["area"]: row["status"] for row in records(comparison_rows(context))
               if row["status"]}  # fmt: skip
    comparison = read_comparison(context)
    looks = re.findall(r"compare-status status-(\w+)", str(comparison_table(comparison)))

    assert NOT_CURRENT in of_file.values()
    assert of_file == {area: mark for area, mark in marks.items() if area in of_file}
    assert looks == [marks[own.area] for own in comparison.drawn if own.series.official]
    assert {*comparison.periods} <= {str(year) for year in range(2020, int(period or 2025) + 1)}


@pytest.mark.parametrize("period", ["2020", "2022", CHOSEN])
def test_the_scoreboard_of_a_period_has_the_status_of_the_pages_of_its_goals(period: str) -> None:
    """In its file, and on the page and the slide of a State beside the Union."""
    context = read_context(View(collection="sample", period=period))
    rows = {row["goal"]: row for row in records(scoreboard_rows(context))}
    differing: list[object] = []
    for code, row in rows.items():
        chosen = selection(View(collection="sample", goal=code, area=EU, period=period))
        of_page = {EU: mark_of_union(chosen), **chosen.marks_of_goal}
        of_file = {EU: row["status"], **{area: row[area] for area in chosen.marks_of_goal}}
        if of_page != of_file:
            differing.append((code, of_page, of_file))
    for area in ("HR", "FI"):
        profile = read_profile(context.with_changes(area=area))
        for entry in profile.goals:
            row = rows[entry.goal.code]
            if (entry.own.own.mark, entry.union.own.mark) != (row[area], row["status"]):
                differing.append((entry.goal.code, area))

    assert {row["as_of"] for row in rows.values()} == {period}
    assert {row["period"] for row in rows.values()} <= {"", *map(str, range(2020, int(period) + 1))}
    assert differing == []


def mark_of_union(chosen: Selection) -> str:
    assert chosen.series is not None
    return mark_of_goal(chosen.same_series(chosen.series, EU), chosen)


def test_a_status_of_a_period_differs_from_that_of_today_in_some_goals() -> None:
    boards = {
        period: {(row["goal"], area): row[area]
                 for row in records(scoreboard_rows(read_context(View(period=period))))
                 for area in member_states()}
        for period in ("", "2022")
    }  # fmt: skip
    differing = [key for key, mark in boards["2022"].items() if mark != boards[""][key].rstrip("*")]
    assert 50 < len(differing) < len(boards[""])


@pytest.mark.parametrize("path", sorted(PAGES_AS_OF_PERIOD))
def test_a_page_as_of_a_period_says_so_and_leads_to_the_newest_figures(
    path: str, client: FlaskClient
) -> None:
    said = "Figures and statuses are as of the end of 2022."
    asked = f"{path}?collection=sample&lang=en&indicator=ICSE_VICTIMS&area=FI"
    answer, newest = client.get(f"{asked}&period=2022"), client.get(asked)

    assert answer.status_code == 200
    assert said in answer.text
    assert said not in newest.text
    assert '<option selected value="2022">' in answer.text
    assert "Show the newest figures" in answer.text
    for address in re.findall(r'"(/download/[^"]+)"', answer.text):
        assert "period=2022" in unescape(address)


@pytest.mark.parametrize("path", sorted(PAGES_AS_OF_PERIOD))
def test_a_period_without_figures_is_named_and_not_used(path: str, client: FlaskClient) -> None:
    asked = f"{path}?collection=sample&lang=en&area=FI"
    answer = unescape(client.get(f"{asked}&period=1919").text)

    assert answer.count("“1919” is not among the choices of “Period”.") == 1
    assert "as of the end" not in answer


@pytest.mark.parametrize("file", ["scoreboard", "comparison"])
def test_a_file_of_a_period_without_figures_is_not_sent(file: str, client: FlaskClient) -> None:
    answer = client.get(f"/download/{file}.csv?collection=sample&lang=en&period=1919")
    assert answer.status_code == 404
    assert "1919" in answer.text


def test_the_cells_of_a_scoreboard_of_a_period_lead_to_that_period(client: FlaskClient) -> None:
    answer = unescape(client.get("/?collection=sample&lang=en&period=2022").text)
    addresses = re.findall(r'href="(/(?:goal|state)\?[^"#]+area=[^"#]+)"', answer)

    assert len(addresses) > 500
    assert [address for address in addresses
            if "period=2022" not in address and "figure=" not in address] == []  # fmt: skip


def opened_release() -> Release:
    release = read_context(View(collection="sample")).release
    assert release is not None
    return release


def has_verdict(series: AssessedSeries) -> bool:
    return series.official is not None and series.last_known is not None


def code_of_words(written: str) -> str:
    """The code of the status with which words begin."""
    names = {EN(f"status.{mark}"): mark for mark in SCOREBOARD_MARKS}
    return next(code for name, code in sorted(names.items(), key=lambda pair: -len(pair[0]))
                if written.startswith(name))  # fmt: skip


def code_of_sentence(written: str) -> str:
    """The code of the status in the sentence on a series."""
    if written.endswith(" is suppressed."):
        return SUPPRESSED
    return code_of_words(written.split(" – ")[1])


LATER = " (there is a later one)"


@pytest.mark.parametrize(("area", "lacking", "later"), [
    ("HR", "no value", ""), ("AT", "no value", LATER), ("DK", "no comparable value", LATER),
])  # fmt: skip
def test_the_page_of_a_state_says_that_the_chosen_period_has_no_value(
    area: str, lacking: str, later: str
) -> None:
    """The value of Denmark is that of a special event."""
    layout = importlib.import_module("dashboard.pages.goal").layout
    page = layout(collection="sample", goal="GA-1.1", area=area, period=CHOSEN)

    note = f"{lacking} for {CHOSEN}"
    assert note in words(of_type(page, "H1"))
    assert note + later in words(with_class(page, "fact-status"))
    assert "since 2023" not in words(page)


def test_the_list_of_the_states_says_why_a_status_is_missing_or_old() -> None:
    """Romania said that the figure is not applicable, Croatia nothing."""
    chosen = selection(View(goal="GA-1.1", area=EU, period=CHOSEN))
    hints = {words(link): str(getattr(link, "data-hint", "")) for link in
             of_type(states_aside(chosen), "A")}  # fmt: skip

    reason = not_assessed_reason(chosen.in_states["RO"].official, EN)
    assert reason
    assert reason in hints["RO"]
    assert f"No value for {CHOSEN}" in hints["HR"]


def test_the_file_of_the_states_says_that_the_chosen_period_has_no_value(
    client: FlaskClient,
) -> None:
    address = f"/download/states.csv?collection=sample&goal=GA-1.1&area={EU}&period={CHOSEN}"
    rows = csv.DictReader(client.get(address).text.removeprefix("\ufeff").splitlines())
    notes = {row["area"]: row["status_note"] for row in rows}
    assert notes["HR"] == f"no value for {CHOSEN}"
    assert notes["AT"] == notes["HR"] + LATER


@pytest.mark.parametrize("language", languages())
def test_no_status_is_lacking_without_a_reason(opened: Release, language: str) -> None:
    """Of every series that a goal follows up, in every area and as of every period."""
    text = texts(language)
    unexplained = [
        (goal, area, own.name, period)
        for goal, area in product(catalogue().goals, [EU, *member_states()])
        for own in followed_in_area(goal, area, opened).every
        for period in ("", *sorted({str(row["period"]) for row in own.rows} | {"2019"}))
        if (official := own.as_of(period).official)
        and official.status == Status.NOT_ASSESSED
        and not not_assessed_reason(official, text)
    ]
    assert unexplained == []


def test_in_a_period_that_nobody_chose_a_status_is_as_old_as_today() -> None:
    """The chart of the States and the list beside it, where figures are current for two years."""
    chosen = selection(View(goal="GA-1.1", area=EU))
    compared = chosen.states_in("2025")
    ages = {area: own.official.age for area, own in compared.items() if own.official}
    today = {area: own.official.age for area, own in chosen.in_states.items() if own.official}
    assert ages == today
