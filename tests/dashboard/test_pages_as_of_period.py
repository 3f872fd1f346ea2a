"""As of an earlier year, no page, slide or file uses a later figure without saying so."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dashboard.addresses.view_files import VIEWS
from dashboard.charts.chart_widths import PROJECTOR
from dashboard.charts.labels import BETWEEN_ENTRIES
from dashboard.charts.measure import text_width
from dashboard.contents.comparison import comparison_rows, read_comparison
from dashboard.contents.comparison_chart import SetAside, cause_of_absence
from dashboard.contents.state_profile import is_change_printed
from dashboard.contents.view_charts import total_in_chart
from dashboard.context import read_context
from dashboard.data import Release, records
from dashboard.released.goal_statuses import GoalStatus, status_without_verdict
from dashboard.released.growth import released_growth
from dashboard.released.series import AssessedSeries, followed_in_area
from dashboard.released.unclear_changes import UNCLEAR_SIGN
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import verdict_sentence
from dashboard.wording.status_reasons import lateness
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU, VALUE
from metrics.core.verdict_codes import MATERIAL, Reason
from metrics.core.verdicts import Status
from tests.dashboard.compared_release import write_compared_release
from tests.dashboard.contexts import selection

EN = texts("en")
ROOM_OF_A_YEAR = 89  # pixels between two of seven years, on a projector
EVERYWHERE = ",".join((EU, *member_states()))


@pytest.fixture(scope="module")
def with_changes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("changes")
    write_compared_release(home)
    return home


@pytest.fixture
def changes(with_changes: Path, monkeypatch: pytest.MonkeyPatch) -> Release:
    """A release with absences of all kinds, and the changes between all years."""
    monkeypatch.setenv("EMPACT_HOME", str(with_changes))
    found = read_context(View()).release
    assert found is not None
    return found


def headlines(release: Release) -> list[AssessedSeries]:
    found = (followed_in_area(code, area, release).headline
             for code in catalogue().goals for area in (EU, *member_states()))  # fmt: skip
    return [series for series in found if series is not None and series.official]


def test_the_page_of_a_goal_says_as_of_when_it_is(client: FlaskClient, home: object) -> None:
    """In its title, above the chart, which has later figures, and below it."""
    asked = "/goal?collection=sample&lang=en&goal=GA-1.1&area=FI"
    answer, today = (
        unescape(client.get(f"{asked}{period}").text) for period in ("&period=2022", "")
    )

    assert re.search(r"<h1[^>]*>As of 2022: ", answer)
    assert "Title, status and Member States are as of the end of 2022" in answer
    assert "As of 2022" not in today
    chosen = selection(View(collection="sample", goal="GA-1.1", area="FI", period="2022"))
    assert chosen.series is not None
    notes = [str(note) for note in total_in_chart(chosen, chosen.series).caption.notes]
    assert "Status, target path and gap are as of the end of 2022." in notes


@pytest.mark.parametrize(("period", "has_later"), [("2022", True), ("2025", False)])
def test_the_page_of_a_goal_says_whether_there_are_later_figures(
    client: FlaskClient, home: object, period: str, has_later: bool
) -> None:
    asked = f"/goal?collection=sample&lang=en&goal=GA-1.1&area=FI&period={period}"
    answer = unescape(client.get(asked).text)

    assert ("the chart and the table have later figures too" in answer) is has_later
    assert ("the series has no later figures" in answer) is not has_later


@pytest.mark.parametrize("unit", ["value", "rate", "index"])
def test_a_comparison_as_of_a_year_starts_from_no_later_one(unit: str, changes: Release) -> None:
    asked = {"indicator": "ICSE_VICTIMS", "areas": EVERYWHERE, "marked": EVERYWHERE}
    context = read_context(View(collection="sample", unit=unit, period="2023", **asked))
    rows = records(comparison_rows(context))

    assert {row["as_of"] for row in rows} == {"2023"}
    assert "" < max(row["base_period"] for row in rows) <= "2023"
    assert max(row["period"] for row in rows) == "2023"


def test_of_two_indicators_none_is_set_aside_for_its_unit(home: object) -> None:
    """Each of them has a unit of its own."""
    asked = {"indicator": "ICSE_VICTIMS", "second": "NGO_TRAININGS", "area": "FI"}
    comparison = read_comparison(read_context(View(collection="sample", **asked)))
    both = (*comparison.drawn, *comparison.set_aside)

    assert len(both) == 2
    assert SetAside.OTHER_UNIT not in {cause_of_absence(series, comparison) for series in both}


def test_reports_and_actions_of_today_are_not_beside_figures_of_an_earlier_year(
    client: FlaskClient, home: object
) -> None:
    asked = "/state?collection=sample&lang=en&area=FI"
    today, answer = client.get(asked).text, client.get(f"{asked}&period=2022").text

    for section in ("Reporting by round", "Declared actions"):
        assert section in today
        assert section not in answer


def test_a_figure_that_is_not_applicable_is_not_assessed(release: Release) -> None:
    series = next(own for own in headlines(release) if own.component == VALUE)
    for status, mark in (("M", Status.NOT_ASSESSED), ("Q", "suppressed"), ("O", "no_figure")):
        row = {**series.values[0], "value": float("nan"), "observation_status": status}
        alone = replace(series, values=[row], assessments=())
        assert status_without_verdict(alone) == GoalStatus(series.area, mark)


def test_a_material_change_is_printed_whatever_the_status_rests_on(changes: Release) -> None:
    """The status may be about two other years than the change."""
    unclear = next(
        series for series in headlines(changes)
        if series.official and series.official.is_change_unclear
    )  # fmt: skip
    change = {"base_period": "2020", "period": "2025", "change": 50.0, "limit": ""}

    assert is_change_printed(unclear, {**change, "materiality": MATERIAL})
    assert not is_change_printed(unclear, {**change, "materiality": Reason.BELOW_THRESHOLD})
    assert not is_change_printed(unclear, {**change, "materiality": ""})


def test_a_status_without_a_clear_change_is_not_called_late(release: Release) -> None:
    behind = next(
        series.official for series in headlines(release)
        if series.official and series.official.status == Status.BEHIND
        and lateness(series.official, EN)
    )  # fmt: skip
    unclear = replace(behind.verdict, status=Status.NO_CLEAR_CHANGE)
    assert lateness(replace(behind, verdict=unclear), EN) == ""


def test_a_growth_that_may_be_none_has_a_sign_in_chart_table_and_file(changes: Release) -> None:
    signed = 0
    for area in (*member_states(), EU):
        chosen = selection(View(collection="sample", goal="GA-1.1", area=area))
        assert chosen.series is not None
        growth = {row["period"]: row["materiality"]
                  for row in released_growth(chosen.series, changes)}  # fmt: skip
        unclear = {period for period, code in growth.items() if code != MATERIAL}
        chart = total_in_chart(chosen, chosen.series)
        labels = [tick.label for tick in chart.strip.entries] if chart.strip else []
        assert [UNCLEAR_SIGN in label for label in labels] == [year in unclear for year in growth]
        notes = " ".join(map(str, chart.caption.notes))
        assert (f"{UNCLEAR_SIGN}: no clear change" in notes) == bool(unclear)
        if not growth:
            continue
        table = VIEWS["trend"](chosen, chosen.series)
        of_file = dict(zip(table["period"], table["growth_materiality"], strict=True))
        assert {period: code for period, code in of_file.items() if code} == growth
        signed += len(unclear)
    assert signed


def test_a_suppressed_status_is_not_beside_an_earlier_figure(release: Release) -> None:
    """The sentence names the figure with its year, and then which one is suppressed."""
    written = [
        verdict_sentence(series, EN)
        for goal in catalogue().goals
        for area in member_states()
        for series in followed_in_area(goal, area, release).every
        if series.last_known and series.official
        and Reason.SUPPRESSED in series.official.verdict.reasons
    ]  # fmt: skip
    assert written
    assert {sentence.count("is suppressed.") for sentence in written} == {1}
    assert not any("Suppressed:" in sentence for sentence in written)


def test_the_growth_of_each_year_has_room_below_the_axis() -> None:
    """With the sign of an unclear change too, on a projector."""
    width = max(text_width(f"{sign}88.8\N{NO-BREAK SPACE}%{UNCLEAR_SIGN}", PROJECTOR.words)
                for sign in "+\N{MINUS SIGN}")  # fmt: skip
    assert width + BETWEEN_ENTRIES <= ROOM_OF_A_YEAR
