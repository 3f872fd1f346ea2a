"""A gap is positive where it is better; a change since the start has its own sign."""

import csv
from dataclasses import replace

import pandas as pd
import pytest
from flask.testing import FlaskClient

from dashboard.charts.gaps import gap_name
from dashboard.components.goal.data_tables import states_table, trend_table
from dashboard.components.scoreboard_table import gap_values
from dashboard.released.printed_gaps import PrintedGap, printed_gap
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import trend_view
from dashboard.rounding import compare
from dashboard.texts import texts
from dashboard.wording.scoreboard_words import name_gap
from metrics.catalogue.loader import catalogue
from metrics.core.verdicts import Status
from metrics.messages import languages
from tests.dashboard.reading import words
from tests.dashboard.test_narrative import directional, plain

EN = texts("en")
FALL = replace(
    directional("TAKEDOWN_TIME", 48, 60, gap=12, status=Status.WANTED_DIRECTION),
    trajectory={"2025": {"expected_value": 60.0, "gap": 12.0}},
)


def test_a_gap_of_steps_is_in_words_wherever_it_is_named() -> None:
    assert FALL.official is not None
    gap = PrintedGap(FALL.official, compare(1, 2), -1.0, "STEP", is_of_step=True)
    assert gap.alone(EN) == gap_name(gap, EN) == name_gap(gap, EN)
    assert plain(name_gap(gap, EN)) == "1 step short"


def headings_and_cells(assessed: AssessedSeries) -> str:
    return plain(words(trend_table("", assessed, trend_view(assessed), EN)))


def test_a_fall_that_was_wanted_is_minus_wherever_it_is_named_a_change() -> None:
    assert gap_values(printed_gap(FALL), EN) == {
        "gap": "−12.0",
        "gap_in_words": "Change since 2020: −12.0",
    }
    assert "Change since the start" in headings_and_cells(FALL)
    assert "−12" in headings_and_cells(FALL)


def test_states_without_an_agreed_level_have_a_change_and_no_gap() -> None:
    state = {"area": "DE", "period": "2025", "value": 48.0, "path": 60.0, "gap": 12.0,
             "status": "wanted_direction", "computed_status": "wanted_direction"}  # fmt: skip
    keys = ("chart.start", "chart.comparable")
    rows = pd.DataFrame([state | {"path_key": key} for key in keys])
    drawn = plain(words(states_table("", FALL, rows, EN)))

    assert "Change since the start" in drawn
    assert drawn.count("−12") == len(keys)
    assert EN("table.gap") not in drawn


def rows_of_file(client: FlaskClient, address: str) -> list[dict[str, str]]:
    text = client.get(address).text
    return list(csv.DictReader(text.removeprefix("\ufeff").splitlines()))


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("file", ["trend", "states"])
def test_a_file_has_the_change_since_the_start_with_the_sign_of_the_page(
    client: FlaskClient, file: str
) -> None:
    asked = "goal=GA-4.2&indicator=TAKEDOWN_TIME&area=FI"
    changed = [row for row in rows_of_file(client, f"/download/{file}.csv?{asked}")
               if row["change"]]  # fmt: skip
    with_level = rows_of_file(client, f"/download/{file}.csv?goal=GA-1.1&area=FI")

    assert changed
    for row in changed:
        assert float(row["change"]) == pytest.approx(float(row["value"]) - float(row["path"]))
        assert (row["gap"], row["relative_gap"]) == ("", "")
    assert any(row["gap"] for row in with_level)
    assert not any(row["change"] for row in with_level)


@pytest.mark.usefixtures("home")
def test_the_file_of_the_scoreboard_has_either_a_gap_or_a_change(client: FlaskClient) -> None:
    rules = {goal.code: {target.rule for target in goal.targets}
             for goal in catalogue().goals.values()}  # fmt: skip
    found = rows_of_file(client, "/download/scoreboard.csv?area=FI&lang=en")
    changed = [row for row in found if row["change"]]

    assert changed
    assert all("direction_only" in rules[row["goal"]] and not row["gap"] for row in changed)
    assert all(bool(row["decimals"]) is bool(row["gap"] or row["change"]) for row in found)


@pytest.mark.parametrize("language", languages())
def test_the_term_gap_no_longer_means_a_change_since_the_start(language: str) -> None:
    meaning = texts(language)("term_meaning.gap")

    assert texts(language)("table.change").partition(" ")[0].lower() in meaning.lower()
