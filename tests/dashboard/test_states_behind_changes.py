"""Changes of the Union, of the States that report both years: weighed, and with their number.

Published figures: offences recorded by the police.
"""

from pathlib import Path

import pytest

from dashboard.charts.comparison import compared_line
from dashboard.components.origin_panel import origin_panel
from dashboard.contents.comparison import SeriesComparison, comparison_rows, read_comparison
from dashboard.contents.comparison_chart import (
    code_of_area,
    finding_of_comparison,
    heading_of_comparison,
    marked_in_words,
    notes_in_words,
)
from dashboard.context import PageContext, read_context
from dashboard.data import records
from dashboard.released.explored_figures import find_figures
from dashboard.released.figure_names import FigureName
from dashboard.released.series import read_series
from dashboard.texts import texts
from dashboard.view import View
from dashboard.wording.narrative import sentences
from metrics.core.tables import EU, NORMAL
from tests.dashboard.reading import words

EN = texts("en")
RECORDED = "OFFENCES_RECORDED"
OF_ALL, OF_CHILDREN = "ICCS0302", "ICCS030221"  # categories of the classification


@pytest.fixture(autouse=True)
def _published(published_release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMPACT_HOME", str(published_release.parents[3]))


def context(**query: str) -> PageContext:
    return read_context(View(collection="published-figures", **query))


def compared(unit: str, areas: str = f"{EU},FR") -> SeriesComparison:
    series = f"{RECORDED}[offence={OF_ALL}]"
    return read_comparison(context(indicator=series, areas=areas, unit=unit))


def test_no_change_that_is_not_clear_is_compared() -> None:
    comparison = compared("change")
    union = next(series for series in comparison.drawn if series.area == EU)
    rows = comparison_rows(comparison.context)
    in_file = rows[rows["area"].eq(EU)].set_index("period")

    assert [row["period"] for row in union.known] == ["2018", "2019", "2020", "2021"]
    assert in_file["absent"]["2022"] == "no clear change"
    assert in_file["states_of_change"].to_dict() == {
        "2016": "", "2017": "", "2018": 19, "2019": 22, "2020": 23, "2021": 23, "2022": 24
    }  # fmt: skip


def test_the_note_says_how_many_states_are_behind_each_change() -> None:
    said = " ".join(notes_in_words(compared("change")))

    assert "years are comparable: 2018: 19; 2019: 22; 2020: 23; 2021: 23; 2022: 24." in said
    assert "with figures" not in said


def test_an_index_says_how_many_states_are_behind_it_at_least() -> None:
    comparison = compared("index")

    assert "since 2017, in the year with the fewest: 19." in " ".join(notes_in_words(comparison))


def test_an_index_of_the_union_is_one_line() -> None:
    """The States behind it have no break."""
    comparison = compared("index")
    union = next(series for series in comparison.drawn if series.area == EU)
    line = compared_line(union, 1, EN)

    assert union.breaks == []
    assert len(line.runs) == 1
    assert {row["observation_status"] for row in union.known} == {NORMAL}
    assert set(comparison_rows(comparison.context)["observation_status"]) == {NORMAL}


def test_sums_of_other_states_are_not_printed_in_place_of_a_change() -> None:
    """64,174 offences after 43,402: the German figure has a break, and 23 States had 1.5 % more."""
    release = context().release
    series = read_series(release, RECORDED, EU, {"offence": OF_CHILDREN})
    said = " ".join(sentences(series, release, EN))

    assert "No clear change on the year before in the 23 Member States" in said
    assert "43,402" not in said


def test_the_origin_and_the_list_of_all_figures_say_that_a_change_is_not_clear() -> None:
    found = find_figures(context(indicator=RECORDED, area=EU, measure="year_on_year"))
    (row,) = records(found[found["period"].eq("2022")])
    (panel,) = origin_panel("/explore", context(figure=str(FigureName.of_row(row))))

    assert row["materiality"] == "below_threshold"
    assert "+1.8\N{NO-BREAK SPACE}% (no clear change)" in words(panel)


def test_a_heading_without_room_names_an_area_rather_than_that_there_is_one_more() -> None:
    assert heading_of_comparison(compared("index")).endswith("in 2022 (2017 = 100); EU 189.0")


def test_a_heading_names_an_area_with_a_newer_figure_than_most() -> None:
    comparison = compared("change", f"{EU},FR,DE")

    assert comparison.latest == "2021"
    assert "; DE +5.8 (2022)" in finding_of_comparison(comparison, name_of=code_of_area)


def test_a_break_beside_a_change_across_it_says_whose_change_it_is() -> None:
    of_union, of_germany = (
        " ".join(marked_in_words(compared("value", areas))) for areas in (EU, "DE")
    )

    assert "those of the Member States whose figures are comparable" in of_union
    assert "no change is given across it" not in of_union
    assert "no change is given across it" in of_germany
