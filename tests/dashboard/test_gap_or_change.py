"""A gap is positive where it is better; a change since the start has its own sign."""

from dataclasses import replace

import pandas as pd

from dashboard.components.goal.data_tables import states_table, trend_table
from dashboard.components.scoreboard_table import gap_values
from dashboard.released.series import AssessedSeries
from dashboard.released.table_views import trend_view
from dashboard.texts import texts
from metrics.core.verdicts import Status
from tests.dashboard.reading import words
from tests.dashboard.test_narrative import directional, plain

EN = texts("en")
FALL = replace(
    directional("TAKEDOWN_TIME", 48, 60, gap=12, status=Status.WANTED_DIRECTION),
    trajectory={"2025": {"expected_value": 60.0, "gap": 12.0}},
)


def headings_and_cells(assessed: AssessedSeries) -> str:
    return plain(words(trend_table("", assessed, trend_view(assessed), EN)))


def test_a_fall_that_was_wanted_is_minus_wherever_it_is_named_a_change() -> None:
    assert gap_values(FALL, EN) == {"gap": "−12", "gap_in_words": "Change since 2020: −12"}
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
