"""A suppressed figure that is in no total is counted beside it."""

import pandas as pd
import pytest

from metrics.core.tables import BREAKDOWNS, EU, TOTAL, VALUE
from metrics.statistics.disclosure.withheld_areas import count_withheld_areas


@pytest.mark.parametrize(
    ("greek", "in_total", "left_out"),
    [
        ((5.0, "A"), 3, 0),
        ((float("nan"), "Q"), 3, 0),  # suppressed, and in the total
        ((float("nan"), "Q"), 2, 1),  # suppressed, and no figure was sent with it
        ((float("nan"), "O"), 2, 0),
    ],
)
def test_a_withheld_figure_is_in_a_total_unless_too_few_stand_behind_it(
    greek: tuple[float, str], in_total: int, left_out: int
) -> None:
    states = {"FI": (1.0, "A"), "SE": (2.0, "P"), "EL": greek}
    rows = [{"area": area, "value": value, "observation_status": status, "areas_reporting": 1}
            for area, (value, status) in states.items()]  # fmt: skip
    total = {"area": EU, "value": 8.0, "observation_status": "A", "areas_reporting": in_total}
    key = {"indicator": "ICSE_VICTIMS", "component": VALUE, "period": "2025"}
    values = pd.DataFrame([key | row for row in (*rows, total)]).assign(
        **dict.fromkeys(BREAKDOWNS, TOTAL)
    )

    counted = count_withheld_areas(values).set_index("area")["areas_withheld"]
    assert counted[EU] == left_out
    assert not counted.drop(EU).any()
