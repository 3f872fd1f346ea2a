"""Why a total of the Union breaks, in the chart, the table and the notes below them."""

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.charts.marks import remark_in_words, reservation
from dashboard.charts.notes import breaks_of_parts
from dashboard.components.goal.data_tables import trend_table
from dashboard.components.notes import break_causes
from dashboard.data import records
from dashboard.released import table_views
from dashboard.released.assessments import Assessment
from dashboard.released.series import AssessedSeries
from dashboard.released.time_bands import band_of_median
from dashboard.texts import texts
from metrics.catalogue.codelists.bands import bands
from metrics.core.verdicts import Status, Verdict
from metrics.messages import languages
from tests.dashboard.chart_figures import trend_of
from tests.dashboard.reading import words
from tests.dashboard.series_rows import with_cells
from tests.tables import indicator

EN = texts("en")
REMARK = "joined: ES, FR; left: AT, BE, CY, DE, EE and 2 more; broken: 3 areas"
IN_WORDS = (
    "new in the total: Spain, France; no longer in the total: Austria, Belgium, Cyprus, Germany, "
    "Estonia and 2 more; break in the series of: 3 Member States"
)


def totals(reason: str = "") -> AssessedSeries:
    values = pd.DataFrame({
        "period": ["2024", "2025"], "value": [40.0, 60.0], "observation_status": ["A", "B"],
        "confidentiality_status": "F", "late": False, "remark": ["", REMARK],
        "areas_expected": 27, "areas_reporting": [27, 25], "component": "value",
    })  # fmt: skip
    verdict = Verdict(Status.ON_TRACK, reason=reason, period="2025", value=60.0)
    assessed = Assessment("t", "direction_only", official=True, verdict=verdict)
    return AssessedSeries(indicator("ADVICE"), "EU27_2020", {}, records(values), (assessed,))


def test_the_note_says_which_states_changed_the_total() -> None:
    assert words(list(break_causes(totals(), EN))) == f"Break in 2025: {IN_WORDS}."


def test_the_note_says_that_a_verdict_beside_a_break_compares_the_same_states() -> None:
    said = words(list(break_causes(totals("matched_panel"), EN)))

    assert said.startswith(f"Break in 2025: {IN_WORDS}. The status does not compare totals")


def test_chart_and_table_say_why_the_total_breaks() -> None:
    series = totals()
    view = table_views.trend_view(series)

    table = words(trend_table("Advice", series, view, EN))

    assert IN_WORDS in trend_of(series).breaks[0].cause
    assert IN_WORDS in table
    assert REMARK not in table


@pytest.mark.parametrize("language", languages())
def test_every_language_has_words_for_every_cause(language: str) -> None:
    said = words(list(break_causes(totals("matched_panel"), texts(language))))

    assert texts(language).code("area", "ES") in said
    assert not {"joined", "broken", "more", "break."} & set(said.split()) or language == "en"


def test_a_submitter_s_remark_is_not_taken_for_a_cause() -> None:
    row = {"remark": "left: CY", "areas_expected": 1, "observation_status": "B"}

    assert remark_in_words(row, EN) == "left: CY"


def test_the_open_band_is_known_beside_the_cause_of_a_break() -> None:
    row = {"remark": "left: CY", "limit": "LOWER", "value": 2160.0, "areas_expected": 27,
           "observation_status": "B"}  # fmt: skip

    assert band_of_median(row) is bands()[-1]
    assert band_of_median({**row, "value": 168.0}) is bands()[-1]
    assert band_of_median({**row, "value": 30.0}).code == "H24_48"
    assert remark_in_words(row, EN) == "no longer in the total: Cyprus"


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        ("left: CY", "break in time series (not the same Member States as before)"),
        ("joined: ES; left: CY", "break in time series (not the same Member States as before)"),
        ("left: CY; broken: DE", "break in time series"),
        ("broken: DE", "break in time series"),
        ("", "break in time series"),
    ],
)
def test_a_card_says_that_only_the_states_have_changed(remark: str, said: str) -> None:
    row = {"remark": remark, "areas_expected": 27, "observation_status": "B", "value": 1.0}

    assert reservation(row, EN) == said
    assert reservation({**row, "areas_expected": 1}, EN) == "break in time series"


@pytest.mark.parametrize("language", languages())
def test_the_break_of_a_single_state_is_said_with_its_remark(language: str) -> None:
    values = with_cells(totals().values, areas_expected=1, remark=["", "A new register."])
    series, text = replace(totals(), area="DE", values=values), texts(language)

    (note,) = break_causes(series, text)
    said = "".join(note.children)

    remark = text("note.remark", period="2025", remark="A new register.")
    assert said == f"{text('note.break_of_series', period='2025')} {remark}"


@pytest.mark.parametrize("language", languages())
def test_the_breaks_of_parts_are_said_once_for_each_cause(language: str) -> None:
    values = with_cells(totals().values, areas_expected=1, remark=["", "recorded otherwise"])
    unbroken, text = with_cells(values, observation_status="A"), texts(language)

    (note,) = breaks_of_parts([("x", values), ("y", values), ("z", unbroken)], text)
    said = str(note)

    assert said.startswith(text("note.break_of_parts", period="2025", parts=text.listed("xy")))
    assert said.endswith(f"{text('note.remark', period='2025', remark='recorded otherwise')}.")
    assert not list(breaks_of_parts([("z", unbroken)], text))
