"""Sentences: what is printed agrees with itself, and what was computed is not called reported."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charts.gaps import gap_name
from dashboard.charts.notes import publisher, publishers
from dashboard.components.notes import coverage_by_period
from dashboard.components.overrides import baseline_note, status_with_notes
from dashboard.components.rates import rate_text
from dashboard.contents.figure_columns import compared_in_words
from dashboard.data import FROM_BANDS, Release, records, sort_series
from dashboard.released.assessments import Assessment
from dashboard.released.printed_gaps import printed_gap
from dashboard.released.series import AssessedSeries, read_series, series_of_goal
from dashboard.rounding import compare
from dashboard.texts import Text, texts
from dashboard.wording.narrative import (
    change_sentence,
    change_sentences,
    comparison_in_words,
    coverage_sentences,
    sentences,
    verdict_sentence,
)
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.loader import catalogue
from metrics.core.schemas import conform_table
from metrics.core.tables import AREAS_REACHED, BREAKDOWNS, EU, TOTAL
from metrics.core.verdict_codes import Reason
from metrics.core.verdicts import CalculationStep, Status, Verdict, arithmetic_as_cell
from metrics.messages import languages
from metrics.release.store import StoredRelease
from tests.dashboard.reading import words
from tests.dashboard.series_rows import with_cells
from tests.dashboard.test_rounding import parsed

EN = texts("en")
NBSP = "\N{NO-BREAK SPACE}"


def gap_label(series: AssessedSeries, assessment: Assessment, text: Text) -> str:
    """The name of the gap in the chart."""
    gap = printed_gap(series, assessment)
    assert gap is not None
    return gap_name(gap, text)


def plain(said: str) -> str:
    return said.replace(NBSP, " ")


def series(
    code: str, rows: Sequence[Mapping[str, Any]], verdict: Verdict | None = None, rule: str = ""
) -> AssessedSeries:
    values = pd.DataFrame(
        [
            {"value": float("nan"), "source": "", "remark": "", "observation_status": "A"} | {**row}
            for row in rows
        ]
    )
    assessments = (
        (
            Assessment(
                "t",
                "direction_only",
                official=True,
                verdict=verdict,
                rule=rule,
                calculation=arithmetic_as_cell(verdict),
            ),
        )
        if verdict
        else ()
    )
    return AssessedSeries(catalogue().indicators[code], "DE", {}, records(values), assessments)


def directional(code: str, value: float, base: float, **fields: Any) -> AssessedSeries:
    """A series of 2020 and 2025, assessed by its direction from the first to the last."""
    rows = [{"period": "2020", "value": base}, {"period": "2025", "value": value}]
    verdict = Verdict(
        Status.ON_TRACK, period="2025", value=value, baseline_period="2020", baseline_value=base,
        expected_value=base, gap=value - base,
    )  # fmt: skip
    return series(code, rows, replace(verdict, **fields), "direction_only")


def said_of(assessed: AssessedSeries, language: str = "en") -> str:
    assert assessed.official is not None
    return plain(comparison_in_words(assessed, assessed.official, texts(language)))


def all_said(assessed: AssessedSeries) -> str:
    return plain(" ".join(sentences(assessed, None, EN)))


def released(rows: Sequence[Mapping[str, Any]]) -> Release:
    """A release of these values only."""
    usual = dict.fromkeys(BREAKDOWNS, TOTAL) | {
        "area": "DE", "component": "value", "observation_status": "A", "areas_reporting": 1,
        "areas_expected": 1,
    }  # fmt: skip
    table = conform_table("indicator_values", pd.DataFrame([usual | {**row} for row in rows]))
    stored = StoredRelease(Path("sample", "r"), {}, {})
    return Release(stored, {"indicator_values": sort_series(table)})


def change_said(rows: Sequence[Mapping[str, Any]], language: str = "en") -> list[str]:
    release = released(rows)
    shown = read_series(release, str(rows[0]["indicator"]), str(rows[0].get("area", "DE")))
    return [plain(said) for said in change_sentences(shown, release, texts(language))]


SHARE = "TAKEDOWN_SHARE_2D"


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Change on the year before: −29.4 percentage points."),
        ("fi", "Muutos edellisvuodesta: −29,4 prosenttiyksikköä."),
    ],
)
def test_a_share_changes_by_the_released_percentage_points(language: str, said: str) -> None:
    """The page does not subtract: it prints the component of the release."""
    rows = [
        {"indicator": SHARE, "period": "2023", "value": 85.4},
        {"indicator": SHARE, "period": "2024", "value": 56.0},
        {"indicator": SHARE, "component": "change_points", "period": "2024", "value": -29.4},
    ]

    assert change_said(rows, language) == [said]
    assert change_said(rows[:2], language) == []


def test_one_percentage_point_is_singular() -> None:
    rows = [
        {"indicator": SHARE, "period": "2024", "value": 56.0},
        {"indicator": SHARE, "component": "change_points", "period": "2024", "value": 1.0},
    ]

    assert change_said(rows) == ["Change on the year before: +1 percentage point."]


COUNT = "HOTLINE_REPORTS_RECEIVED"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (12.34, "Change on the year before: +12.3 %."),
        (0.03, "Change on the year before: +0.03 %."),
        (0.0, "No change on the year before."),
        (-250.0, "Change on the year before: −250 %."),
    ],
)
def test_a_count_changes_by_per_cent(change: float, said: str) -> None:
    rows = [
        {"indicator": COUNT, "period": "2023", "value": 100.0},
        {"indicator": COUNT, "period": "2024", "value": 112.0},
        {"indicator": COUNT, "component": "year_on_year", "period": "2024", "value": change},
    ]

    assert change_said(rows) == [said]


def test_fewer_than_ten_cases_have_no_percentage() -> None:
    rows = [
        {"indicator": COUNT, "period": "2023", "value": 1.0},
        {"indicator": COUNT, "period": "2024", "value": 2.0},
        {"indicator": COUNT, "component": "year_on_year", "period": "2024", "value": 100.0},
    ]

    assert change_said(rows) == ["The figure of the year before was 1 report."]


def test_the_change_of_the_union_names_the_states_that_it_compares() -> None:
    union = {"indicator": COUNT, "area": EU, "areas_expected": 27, "areas_reporting": 24}
    change = {"component": "year_on_year", "areas_reporting": 22, "value": 3.0}
    rows = [
        union | {"period": "2023", "value": 17026.0},
        union | {"period": "2024", "value": 16974.0},
        union | {"period": "2024"} | change,
    ]

    assert change_said(rows) == [
        "Change on the year before, in the 22 Member States whose figures of both years are comparable: +3 %."
    ]


def test_a_published_figure_names_its_publisher_and_dates_the_remark() -> None:
    row = {"period": "2025", "value": 306.0, "source": "Police", "remark": "suspects from reports"}
    said = ["".join(part) for part in publisher(series("OFFENDERS_IDENTIFIED", [row]), EN)]
    assert said == ["Published by Police", "Remark on 2025: suspects from reports"]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2023", ["Published by Police", "Remark on 2023: persons"]),
        ("2024", ["Published by Ministry"]),
        ("", ["Published by Police", "Remark on 2025: suspects"]),
    ],
)
def test_the_remark_is_that_on_the_figure_of_the_chosen_period(
    period: str, said: list[str]
) -> None:
    rows = [
        {"period": "2023", "value": 1.0, "source": "Police", "remark": "persons"},
        {"period": "2024", "value": 2.0, "source": "Ministry"},
        {"period": "2025", "value": 3.0, "source": "Police", "remark": "suspects"},
    ]

    named = publisher(series("OFFENDERS_IDENTIFIED", rows).as_of(period), EN)

    assert ["".join(part) for part in named] == said


def test_figures_side_by_side_name_the_publisher_of_each() -> None:
    """Not that of the area whose page it is, and not of another period."""
    rows = [("2024", "Police"), ("2025", "Police"), ("2025", "Stopline"), ("2024", "Jugendschutz")]
    listed = [
        series(COUNT, [{"period": period, "value": 1.0, "source": source}])
        for period, source in rows
    ]

    (named,) = publishers(listed, "2025", EN)
    assert "".join(named) == "Published by Police; Stopline"
    assert publishers(listed, "2023", EN) == []


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize(
    ("flag", "is_said"), [("E", True), ("U", True), ("D", True), ("A", False), ("B", False)]
)
def test_a_verdict_says_what_qualifies_its_baseline(
    language: str, flag: str, *, is_said: bool
) -> None:
    rows = [
        {"period": "2012", "value": 97.0, "observation_status": flag},
        {"period": "2024", "value": 84.2},
    ]
    verdict = Verdict(
        Status.MOVING_AWAY, period="2024", value=84.2, baseline_period="2012",
        baseline_value=97.0, expected_value=97.0, gap=-12.8,
    )  # fmt: skip
    assessed, text = series(SHARE, rows, verdict, "direction_only"), texts(language)
    name = text.code("observation_status", flag)

    assert any(name in sentence for sentence in sentences(assessed, None, text)) is is_said
    assert (name in words(status_with_notes(assessed, text))) is is_said


@pytest.mark.parametrize("rule", ["keep_at", "milestone_by_date", "all_areas_by_date"])
def test_what_no_baseline_decides_has_no_flag_of_it(rule: str) -> None:
    rows = [
        {"period": "2020", "value": 97.0, "observation_status": "N"},
        {"period": "2024", "value": 100.0},
    ]
    verdict = Verdict(Status.ACHIEVED, period="2024", value=100.0, baseline_period="2020",
                      baseline_value=97.0, expected_value=100.0)  # fmt: skip

    assert not baseline_note(series(SHARE, rows, verdict, rule), EN)


def test_a_baseline_carried_back_has_no_flag_of_the_value_reported() -> None:
    rows = [
        {"period": "2020", "value": 97.0, "observation_status": "E"},
        {"period": "2024", "value": 84.2},
    ]
    verdict = Verdict(Status.MOVING_AWAY, reason="matched_panel", period="2024", value=84.2,
                      baseline_period="2020", expected_value=97.0)  # fmt: skip

    assert not baseline_note(series(SHARE, rows, verdict, "direction_only"), EN)


def test_a_submitted_figure_has_no_publisher() -> None:
    assert publisher(series(SHARE, [{"period": "2023", "value": 56.0}]), EN) == []


@pytest.mark.parametrize(
    ("code", "value", "expected", "said"),
    [
        ("ICSE_VICTIMS", 8824, 9949.294122, "1,125 persons short of the target path (9,949 persons)"),
        ("OFFENDERS_IDENTIFIED", 197, 236.7, "40 persons short of the target path (237 persons)"),
        ("OFFENDERS_IDENTIFIED", 40, 43.9, "3.9 persons short of the target path (43.9 persons)"),
        ("OFFENDERS_IDENTIFIED", 45, 43.9, "1.1 persons ahead of the target path (43.9 persons)"),
        ("OFFENDERS_IDENTIFIED", 43, 43.004, "0.004 persons short of the target path (43.004 persons)"),
        ("LEGISLATION_EVALUATION_AGE", 3, 3.9, "0.9 years short of the target path (3.9 years)"),
        ("TAKEDOWN_TIME", 63.5, 43.9, "19.6 hours short of the target path (43.9 hours)"),
        ("DATA_VOLUME_EXAMINED", 40, 43.9, "3.9 million items short of the target path (43.9 million items)"),
    ],
)  # fmt: skip
def test_path_value_and_gap_add_up(code: str, value: float, expected: float, said: str) -> None:
    """In the sentence, in the row of the table, and in the legend of the chart."""
    is_to_fall = catalogue().indicators[code].direction is Direction.DOWN
    gap = expected - value if is_to_fall else value - expected
    assessed = directional(code, value, 150, status=Status.BEHIND, expected_value=expected, gap=gap)
    (official,) = assessed.assessments
    agreed = Assessment("t", "yearly_growth", official=True, verdict=official.verdict)
    row = {"period": "2025", "value": value, "path": expected, "gap": gap}

    cells = compared_in_words(row, replace(assessed, assessments=(agreed,)), EN)
    assert plain(comparison_in_words(assessed, agreed, EN)) == said
    assert plain(str(cells[1])) in said
    assert plain(str(cells[2])).lstrip("−+") in said
    assert abs(parsed(cells[0]) - parsed(cells[1])) == abs(parsed(cells[2]))
    assert gap_label(assessed, agreed, EN).rpartition(" ")[2] == cells[2]


VALUES = st.one_of(st.integers(10, 10**6).map(float), st.floats(0.01, 500))
QUANTITY = re.compile(r"[−+]?[\d.,]*\d(?=\N{NO-BREAK SPACE}(?:hour|person))")


@settings(max_examples=200)
@given(
    VALUES,
    VALUES,
    st.sampled_from(["TAKEDOWN_TIME", "VICTIMS_RECORDED"]),
    st.sampled_from(["", "matched_panel"]),
)
def test_the_printed_values_differ_by_the_printed_difference(
    value: float, base: float, code: str, reason: str
) -> None:
    """In the sentences, in the row of the table, and in the legend of the chart."""
    assessed = directional(code, value, base, reason=reason)
    (official,) = assessed.assessments
    row = {"period": "2025", "value": value, "path": base, "gap": value - base}

    figure, *path = QUANTITY.findall(verdict_sentence(assessed, EN))
    cells = list(map(parsed, compared_in_words(row, assessed, EN)))

    assert cells[0] - cells[1] == cells[2]
    if len(path) > 1:
        change, start = map(parsed, path)
        assert parsed(figure) - start == change == cells[2]
        assert change
        legend = gap_label(assessed, official, EN).rpartition(" ")[2]
        assert parsed(legend) == cells[0] - cells[1]


@pytest.mark.parametrize(
    ("code", "value", "base", "reason", "cells"),
    [
        ("TAKEDOWN_TIME", 63.56, 63.34, "", ["63.6 hours", "63.3", "+0.3"]),
        (
            "JOINT_INVESTIGATION_TEAMS",
            79,
            48.9,
            "matched_panel",
            ["79 participations", "49", "+30"],
        ),
        ("JOINT_INVESTIGATION_TEAMS", 79, 48.9, "", ["79 participations", "48.9", "+30.1"]),
        ("TAKEDOWN_MEAN_DAYS", 1.54, 1.88, "", ["1.54 days", "1.88", "−0.34"]),
    ],
)
def test_no_value_has_more_precision_than_its_data(
    code: str, value: float, base: float, reason: str, cells: list[str]
) -> None:
    """A median from bands has a tenth of an hour at most; a count calculated back is whole."""
    row = {"period": "2025", "value": value, "path": base, "gap": value - base}
    assessed = directional(code, value, base, reason=reason)
    shown = replace(assessed, values=with_cells(assessed.values, component="value"))

    assert list(map(plain, compared_in_words(row, shown, EN))) == cells


def test_a_median_that_stays_in_its_band_has_no_change() -> None:
    median = {"indicator": "TAKEDOWN_TIME", "component": "median", "area": EU,
              "areas_expected": 27, "areas_reporting": 24}  # fmt: skip
    change = median | {"component": "year_on_year", "period": "2025", "value": 0.9}
    rows = [
        median | {"period": "2024", "value": 63.0},
        median | {"period": "2025", "value": 63.6},
        change,
    ]

    assert change_said(rows) == ["In the same time band as the year before."]
    assert "+0.9 %" in change_said([rows[0] | {"value": 80.0}, *rows[1:]])[0]


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        (21.0, "6 Member States short of the target (27 Member States)"),
        (26.0, "1 Member State short of the target (27 Member States)"),
        (27.0, "the target (27 Member States) is met"),
    ],
)
def test_a_number_of_states_has_a_target_and_no_path(reached: float, said: str) -> None:
    rows = [{"period": "2025", "value": reached, "component": "reached"}]
    verdict = Verdict(Status.NOT_YET_DUE, period="2025", value=reached, expected_value=27,
                      gap=reached - 27)  # fmt: skip
    counted = series("LEGAL_INSTRUMENT", rows, verdict, "all_areas_by_date")

    assert said_of(replace(counted, area=EU)) == said


@pytest.mark.parametrize(("reporting", "is_said"), [(24, True), (27, False)])
def test_a_number_by_known_steps_says_so_where_not_all_have_reported(
    reporting: int, is_said: bool
) -> None:
    row = {"period": "2025", "value": 21.0, "component": "reached", "areas_expected": 27,
           "areas_reporting": reporting}  # fmt: skip
    counted = replace(series("LEGAL_INSTRUMENT", [row]), area=EU)

    said = " ".join(sentences(counted, None, EN))
    assert ("latest known step" in said) is is_said


def test_a_state_that_is_not_bound_is_named() -> None:
    rows = [{"period": "2025", "value": 21.0, "component": "reached"}]
    verdict = Verdict(
        Status.NOT_ACHIEVED, period="2025", value=21, expected_value=26, gap=-5,
        arithmetic=(CalculationStep("states_not_bound", ("DK",)),),
    )  # fmt: skip
    counted = series("LEGAL_INSTRUMENT", rows, verdict, "all_areas_by_date")

    said = sentences(replace(counted, area=EU), None, EN)
    assert "Denmark is not bound and not counted." in said


def test_an_earlier_verdict_names_its_comparable_value_too() -> None:
    """The history has the period and the level of a start, without a field of its own for it."""
    today = carried()
    (official,) = today.assessments
    then = replace(official, verdict=replace(official.verdict, baseline_value=None))

    said = " ".join(sentences(replace(today, assessments=(then,)), None, EN))

    assert "calculated back from 2025" in said


def test_without_a_sentence_on_it_the_reason_says_what_was_carried_back() -> None:
    """As for a verdict that was withdrawn, which has no expected value any more."""
    today = carried()
    (official,) = today.assessments
    verdict = replace(
        official.verdict, status=Status.NOT_ASSESSED, expected_value=None, gap=None,
        reason="matched_panel;too_few_years",
    )  # fmt: skip
    withdrawn = replace(today, assessments=(replace(official, verdict=verdict),))

    said = " ".join(sentences(withdrawn, None, EN))

    assert "Different Member States reported over the years" in said
    assert "comparable value" not in said


def test_what_was_carried_back_is_said_once() -> None:
    assert " ".join(sentences(carried(), None, EN)).count("calculated back") == 1


@pytest.mark.parametrize("language", languages())
def test_a_movement_of_nothing_is_not_said(language: str) -> None:
    assessed = directional("TAKEDOWN_TIME", 60, 60, status=Status.NO_CLEAR_CHANGE)

    said = said_of(assessed, language)

    assert "0" not in said.replace("2020", "").replace("60.0", "").replace("60,0", "")
    if language == "en":
        assert said == "the same as 60.0 hours in 2020"


@pytest.mark.parametrize(
    ("code", "value", "base", "reason", "said"),
    [
        (
            "VICTIMS_RECORDED", 724, 719, "below_threshold",
            "a difference of 5 persons from 719 persons in 2020, not enough to count as a clear change",
        ),
        (
            "TAKEDOWN_TIME", 63.6, 63.3, "below_threshold",
            "in the same time band as 63.3 hours in 2020, within which no change counts",
        ),
        (
            "TAKEDOWN_TIME", 74, 70, "below_threshold",
            "a difference of 4.0 hours from 70.0 hours in 2020, which is within the width of the time bands",
        ),
        (
            "VICTIMS_RECORDED", 2, 1, "small_base",
            "compared with 1 person in 2020, which gives no direction, because a figure of fewer than 10 cases is compared",
        ),
        (
            "SCHOOLS_REACHED", 100, 100, "at_limit",
            "compared with 100.00 % in 2020, and it cannot improve further",
        ),
        (
            "VICTIMS_RECORDED", 200, 199, "",
            "+1 person compared with 199 persons in 2020",
        ),
    ],
)  # fmt: skip
def test_a_change_is_said_as_it_was_weighed(
    code: str, value: float, base: float, reason: str, said: str
) -> None:
    assessed = directional(code, value, base, reason=reason)

    assert said_of(assessed) == said
    assert any(
        "Only a direction was agreed, not a level" in one for one in sentences(assessed, None, EN)
    )


def carried(reported: float = 5622) -> AssessedSeries:
    """4,846 persons in 2025, assessed from 5,210 persons calculated back to 2023."""
    rows = [
        {"period": "2023", "value": reported, "observation_status": "A"},
        {"period": "2025", "value": 4846},
    ]
    verdict = Verdict(
        Status.ON_TRACK, reason="matched_panel", period="2025", value=4846, baseline_period="2023",
        baseline_value=5209.7, expected_value=5209.7, gap=363.7,
    )  # fmt: skip
    return series("VICTIMS_RECORDED", rows, verdict, "direction_only")


def test_a_value_carried_back_is_not_printed_as_reported() -> None:
    assert (
        said_of(carried()) == "−364 persons compared with 5,210 persons in 2023 (comparable value)"
    )
    assert (
        "The comparable value for 2023 is 5,210 persons; the value reported was 5,622 persons."
    ) in all_said(carried())


def test_a_value_carried_back_beside_one_and_beside_none_reported() -> None:
    assert "5,210 persons; the value reported was 1 person." in all_said(carried(1))
    assert "5,210 persons; reported: no figure." in all_said(carried(float("nan")))


@pytest.mark.parametrize(
    ("limits", "named"), [(("", "UPPER"), "2025"), (("LOWER", "UPPER"), "2020, 2025")]
)
def test_a_status_that_rests_on_a_limit_says_so_before_it_is_given(
    limits: tuple[str, str], named: str
) -> None:
    rows = [
        {"period": "2020", "value": 60.0, "limit": limits[0]},
        {"period": "2025", "value": 56.0, "limit": limits[1]},
    ]
    verdict = Verdict(
        Status.MOVING_AWAY, reason="limit", period="2025", value=56.0, baseline_period="2020",
        baseline_value=60.0, expected_value=60.0,
    )  # fmt: skip
    first, *rest = sentences(series("SCHOOLS_REACHED", rows, verdict, "direction_only"), None, EN)

    assert f"only a limit is published for {named}" in first
    assert "The status is the same for every value within this limit" in " ".join(rest)


def test_a_value_carried_back_that_is_as_reported_is_given_once() -> None:
    assert "is 5,210 persons, as was reported." in all_said(carried(5210))


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "Since 2023, comparable States: −364"),
        ("fi", "Jaksosta 2023, vertailukelpoiset jäsenvaltiot: −364"),
        ("el", "Από την περίοδο 2023, συγκρίσιμα κράτη: −364"),
    ],
)
def test_a_chart_says_that_its_start_was_carried_back(language: str, name: str) -> None:
    (official,) = carried().assessments

    assert plain(gap_label(carried(), official, texts(language))) == name
    assert official.path_key == "chart.comparable"


@pytest.mark.parametrize(
    ("reporting", "before", "said"),
    [
        (24, 24, "24 of 27 Member States have figures."),
        (24, 22, "24 of 27 Member States have figures; for 2024 it was 22."),
        (1, 2, "1 of 27 Member States has figures; for 2024 it was 2."),
    ],
)
def test_a_total_of_changing_states_says_so(reporting: int, before: int, said: str) -> None:
    rows = [
        {"period": "2024", "value": 9.0, "areas_reporting": before, "areas_expected": 27},
        {"period": "2025", "value": 9.0, "areas_reporting": reporting, "areas_expected": 27},
    ]

    assert list(coverage_sentences(series("VICTIMS_RECORDED", rows), EN)) == [said]


@pytest.mark.parametrize(
    ("withheld", "said"),
    [
        (0, "26 of 27 Member States have figures."),
        (
            1,
            (
                "26 of 27 Member States have figures. "
                "The figure of 1 more is suppressed and not in the total."
            ),
        ),
    ],
)
def test_a_state_whose_figure_is_withheld_is_not_counted_in_the_total(
    withheld: int, said: str
) -> None:
    row = {"areas_reporting": 26, "areas_expected": 27, "areas_withheld": withheld}
    rows = [row | {"period": "2025", "value": 9.0}]

    assert list(coverage_sentences(series("VICTIMS_RECORDED", rows), EN)) == [said]


def test_a_note_gives_the_coverage_of_each_total_where_it_changes() -> None:
    rows = [
        {"period": str(2016 + at), "value": 9.0, "areas_reporting": n, "areas_expected": 27}
        for at, n in enumerate((22, 24, 24))
    ]

    (note,) = coverage_by_period(series("OFFENCES_RECORDED", rows), EN)

    assert words(note).endswith("Number in each total: 2016: 22; 2017: 24; 2018: 24.")
    assert list(coverage_by_period(series("OFFENCES_RECORDED", rows[1:]), EN)) == []


def test_a_count_of_states_at_a_step_has_no_note_on_who_reported() -> None:
    """All that the milestone binds are in it, by their latest known step."""
    rows = [
        {"period": str(2024 + at), "value": 21.0, "areas_reporting": n, "areas_expected": 26}
        for at, n in enumerate((26, 23))
    ]
    counted = replace(series("OFFENCES_RECORDED", rows), other_component=AREAS_REACHED)

    assert list(coverage_by_period(counted, EN)) == []


def test_a_note_names_who_has_reported_and_is_not_in_the_total() -> None:
    """In the sentence above too: one number of States for one figure."""
    total = {"value": 9.0, "areas_expected": 27}
    rows = [
        total | {"period": "2024", "areas_reporting": 26, "areas_withheld": 1},
        total | {"period": "2025", "areas_reporting": 24, "areas_withheld": 0},
    ]

    (note,) = coverage_by_period(series("OFFENCES_RECORDED", rows), EN)

    assert words(note).endswith("Number in each total: 2024: 26, 1 not shown; 2025: 24.")


@pytest.mark.parametrize(
    ("value", "limit", "band"),
    [
        (63.6, "", "48 to 72 hours"),
        (72, "", "48 to 72 hours"),
        (168, "LOWER", "more than 7 days"),
    ],
)
def test_a_median_from_bands_is_shown_with_its_band(value: float, limit: str, band: str) -> None:
    row = {
        "period": "2025", "value": value, "component": "median", "limit": limit,
        "areas_reporting": 27, "areas_expected": 27, FROM_BANDS: True,
    }  # fmt: skip

    said = all_said(series("TAKEDOWN_TIME", [row]))

    reported = all_said(series("TAKEDOWN_TIME", [row | {FROM_BANDS: False}]))

    assert f"calculated from time bands; it lies in the band “{band}”" in said
    assert "calculated from time bands" not in reported


@pytest.mark.parametrize(("limit", "word"), [("LOWER", "more than"), ("UPPER", "less than")])
def test_a_limit_and_a_change_to_it_are_never_given_as_figures(limit: str, word: str) -> None:
    row = {"period": "2024", "value": 400.0, "component": "value", "limit": limit}
    change = {"value": 60.0, "component": "year_on_year", "limit": limit}

    figure = verdict_sentence(series("HOTLINE_REPORTS_RECEIVED", [row]), EN)

    rated = replace(series("HOTLINE_REPORTS_RECEIVED", [row]), rates={"2024": 12.5})

    assert f": {word} 400 reports" in plain(figure)
    assert rate_text(rated, "2024", EN) == f"{word} 12.5 per 100,000 children"
    assert change_sentence(change, compare(60.0, 0), EN).endswith(f": {word} +60 %.")


@pytest.mark.parametrize("language", languages())
def test_a_limit_of_a_fall_says_how_large_the_fall_is(language: str) -> None:
    """`less than −29.4` would be read as a smaller fall, which it is not."""
    text, change = texts(language), {"value": -29.4, "component": "change_points"}
    drop = text.difference(29.4, "POINTS", 1)

    larger, smaller = (
        change_sentence(change | {"limit": limit}, compare(-29.4, 0), text)
        for limit in ("UPPER", "LOWER")
    )

    assert text("limit.fall_UPPER", value=drop) in larger
    assert text("limit.fall_LOWER", value=drop) in smaller
    assert "−" not in larger + smaller


def test_a_limit_of_a_fall_is_worded_in_every_place_of_a_change() -> None:
    row = {"period": "2024", "value": -29.4, "component": "change_points", "limit": "UPPER"}
    shown = replace(series(SHARE, [row]), other_component="change_points")

    assert plain(shown.format_figure(row, EN)) == "a fall of more than 29.4 percentage points"


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.038, "+0.04"), (-0.0056, "−0.01"), (0.0, "0"), (451.66, "+451.7"), (-29.4, "−29.4")],
)
def test_a_change_has_the_same_digits_by_itself_and_in_a_sentence(
    value: float, written: str
) -> None:
    """Never `+0`: what has a sign has a size."""
    row = {"period": "2024", "value": value, "component": "change_points"}
    shown = replace(series(SHARE, [row]), other_component="change_points")

    assert plain(shown.format_figure(row, EN)).split()[0] == written
    if value:
        assert f": {written} " in plain(change_sentence(row, compare(value, 0), EN))


RATE = "OFFENDERS_IDENTIFIED_RATE"


@pytest.mark.parametrize(
    ("indicator", "component", "codes", "has_change"),
    [
        (RATE, "value", {}, True),
        (RATE, "numerator", {}, False),
        (RATE, "denominator", {}, False),
        ("REFERRALS_RECEIVED", "per_100_000_children", {}, False),
        ("REFERRALS_RECEIVED", "chained_index", {}, True),
        ("TAKEDOWN_TIME", "cases", {}, False),
        ("TAKEDOWN_TIME", "cases", {"band": "LE24H"}, True),
    ],
)
def test_a_component_never_has_the_change_of_another(
    indicator: str, component: str, codes: dict[str, str], *, has_change: bool
) -> None:
    row = {"indicator": indicator, "area": "CZ", "component": component, "period": "2025"} | codes
    change = row | {"component": "year_on_year", "value": 6.8}
    release = released([row | {"value": 25337.0}, change])

    shown = read_series(release, indicator, "CZ", codes, component)

    assert bool([*change_sentences(shown, release, EN)]) is has_change


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("D", "definition differs"),
        ("E", "estimated value"),
        ("S", "special event"),
    ],
)
def test_a_status_letter_is_said_in_words(status: str, words: str) -> None:
    row = {"period": "2025", "value": 3000.0, "observation_status": status}

    said = all_said(series(COUNT, [row]))
    assert "3,000 reports." in said
    assert f"Note on the figure for 2025: {words}." in said


def test_one_country_is_singular_in_every_sentence() -> None:
    assessed = directional("HOTLINE_COUNTRIES", 2, 1, reason="small_base")

    assert "compared with 1 country in 2020" in all_said(assessed)


def test_a_figure_of_low_reliability_is_called_so_once(release: Release) -> None:
    """The note on the figure and the reason of the verdict are one thing."""
    found = series_of_goal(catalogue().goals["GA-2.1"], "BE", release)[0]
    assert found.official is not None
    verdict = replace(found.official.verdict, reason=Reason.LOW_RELIABILITY)
    low = [{**row, "observation_status": "U"} for row in found.values]
    official = replace(found.official, verdict=verdict)
    doubtful = replace(found, values=low, assessments=(official,))

    assert " ".join(sentences(doubtful, release, EN)).count("low reliability") == 1
