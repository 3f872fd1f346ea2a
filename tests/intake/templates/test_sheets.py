"""What an analyst sees on the sheets of figures: headings, words, lists, marks, what is open."""

from dataclasses import replace

import pandas as pd
import pytest
from openpyxl.utils import get_column_letter

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import catalogue
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAKDOWNS
from metrics.intake.templates import TemplateRequest
from metrics.intake.templates.follow_up.book import LINE_HEIGHT, consecutive_runs, row_height
from metrics.intake.templates.follow_up.requested_lines import (
    CHOSEN_ROWS,
    RequestedLine,
    indicators_by_sheet,
    requested_lines,
    requested_periods,
)
from tests.intake.templates.drawn import AA, LAW, STAFF, asking, below, of, only_sheet
from tests.sheets import order, written
from tests.tables import indicator

SHARE = indicator(
    "SHARE", kind="share", unit="PC", numerator={"en": "some"}, denominator={"en": "all"}
)
TIME = indicator("TIME", kind="duration", unit="HOURS", by=("band",))
RATIO = indicator("RATIO", kind="published_ratio", unit="CASES")
USUAL = ["Series", "Indicator", "Breakdown", "Unit", "Last period", "Value 2024",
         "Observation status", "Confidentiality", "Remark"]  # fmt: skip


def goal(code: str, *indicators: str, **fields: object) -> Goal:
    usual = {"framework": "GA", "order": 1, "name": {"en": code}, "wording": {"en": code}, "short_name": {"en": code},
             "source": {"document": "d", "paragraph": "1"}}  # fmt: skip
    return Goal.model_validate({**usual, "code": code, "indicators": indicators, **fields})


def about(asked: TemplateRequest, *typed: str) -> TemplateRequest:
    """The same order for other periods."""
    named = tuple(map(ReferencePeriod.parse, typed))
    return replace(asked, round=asked.round.model_copy(update={"periods": named}))


@pytest.mark.parametrize(
    ("indicators", "more"),
    [((AA,), []), ((SHARE, TIME), []), ((LAW,), ["Date", "Public reference"])],
)
def test_only_a_sheet_with_milestones_asks_for_days_and_references(
    indicators: tuple[Indicator, ...], more: list[str]
) -> None:
    _, _, columns = only_sheet(of(*indicators))

    assert [*columns] == [*USUAL[:-1], *more, "Remark"]


def test_a_round_of_two_years_names_the_year_of_every_column() -> None:
    _, _, columns = only_sheet(about(of(AA), "2023", "2024"))

    assert [*columns][5:7] == ["Value 2023", "Observation status 2023"]
    assert [*columns][-1] == "Remark 2024"


def test_quarters_stand_in_a_column_of_their_own() -> None:
    page, row, columns = only_sheet(of(indicator("QQ", frequency="Q"), AA))

    assert "Value" in columns
    assert below(page, row, columns["Period"])[:4] == [f"2024-Q{n}" for n in (1, 2, 3, 4)]
    assert below(page, row, columns["Period"])[4:] == ["2024"] * 3


def test_beside_quarters_a_yearly_figure_is_asked_for_every_year_of_the_round() -> None:
    both = of(indicator("QQ", frequency="Q"), indicator("YY"))
    page, row, columns = only_sheet(about(both, "2023", "2024"))

    rows = zip(below(page, row, 1), below(page, row, columns["Period"]), strict=True)
    assert [period for series, period in rows if series == "YY"] == ["2023", "2024"]


@pytest.mark.parametrize(
    ("whole", "frequency", "parts"),
    [
        ("2024", "M", [f"2024-{month:02}" for month in range(1, 13)]),
        ("2024-S2", "Q", ["2024-Q3", "2024-Q4"]),
        ("2024-Q2", "M", ["2024-04", "2024-05", "2024-06"]),
        ("2023-09/P12M", "Q", ["2023-09/P3M", "2023-12/P3M", "2024-03/P3M", "2024-06/P3M"]),
    ],
)
def test_a_period_is_cut_into_its_parts(whole: str, frequency: str, parts: list[str]) -> None:
    assert [*requested_periods(about(order(), whole), frequency)] == parts


def test_the_words_of_a_row_say_what_it_holds() -> None:
    said = [
        line.label("en")
        for line in (*requested_lines(AA), *requested_lines(SHARE), *requested_lines(TIME))
    ]

    assert said[:6] == [
        "total", "Sex: girls and women", "Sex: boys and men",
        "numerator – some", "denominator – all", "cases",
    ]  # fmt: skip
    assert said[6] == "cases; Time: within 24 hours"
    assert said[-1] == "median in hours"


def test_the_parts_of_a_share_do_not_repeat_its_definition() -> None:
    parts = indicator("SHARE", by=("sex",), kind="share", unit="PC", numerator={"en": "some"},
                      denominator={"en": "all"}, codes={"sex": ("F",)})  # fmt: skip

    assert [line.label("en") for line in requested_lines(parts) if line.codes] == [
        "numerator; Sex: girls and women",
        "denominator; Sex: girls and women",
    ]


@pytest.mark.parametrize(
    ("line", "unit", "whole"),
    [
        (RequestedLine(AA, "value"), "cases", True),
        (RequestedLine(SHARE, "numerator"), "number", True),
        (RequestedLine(SHARE, "denominator"), "number", True),
        (RequestedLine(TIME, "cases"), "cases", True),
        (RequestedLine(TIME, "median"), "hours", False),
        (RequestedLine(STAFF, "value"), codelist("unit")["FTE"].en, False),
        (RequestedLine(RATIO, "value"), "cases", False),
    ],
)
def test_what_a_row_is_counted_in(line: RequestedLine, unit: str, whole: bool) -> None:
    assert (line.unit("en"), line.takes_whole_numbers) == (unit, whole)


def test_a_long_list_leaves_rows_in_which_to_choose() -> None:
    chosen = [line for line in requested_lines(catalogue().indicators["THIRD_COUNTRY_ACTIONS"])
              if line.chosen]  # fmt: skip

    assert len(chosen) == CHOSEN_ROWS
    assert {line.series for line in chosen} == {""}


def test_an_indicator_of_two_goals_stands_once_at_the_first() -> None:
    goals = (goal("G2", "AA", "STAFF", order=2, policy_target="GA-2"),
             goal("G1", "AA", order=1, policy_target="GA-1"))  # fmt: skip
    found = indicators_by_sheet(of(AA, STAFF, LAW, goals=goals))

    assert {place: [definition.code for definition in some] for place, some in found.items()} == {
        "GA-1": ["AA"], "GA-2": ["STAFF"], "": ["LAW"],
    }  # fmt: skip


def test_frameworks_follow_one_another_in_their_order() -> None:
    known = catalogue().frameworks
    first, second = sorted(known.values(), key=lambda definition: definition.order)[:2]
    goals = (goal("B", "AA", framework=second.code), goal("A", "STAFF", framework=first.code))

    assert [*indicators_by_sheet(of(AA, STAFF, goals=goals))] == [first.code, second.code]


def test_a_derived_indicator_and_one_that_is_not_collected_are_not_asked_for() -> None:
    derived = catalogue().indicators["TAKEDOWN_WITHIN_24H"]
    not_collected = indicator("NN", collected=False)

    assert [
        definition.code for definition in indicators_by_sheet(of(AA, derived, not_collected))[""]
    ] == ["AA"]


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_a_sheet_is_titled_in_the_words_of_its_policy_target(language: str) -> None:
    framework = catalogue().frameworks[catalogue().goals["GA-1.1"].framework]
    target = next(target for target in framework.policy_targets if target.code == "GA-1")
    book = written(asking("ICSE_VICTIMS", language=language))

    assert book[target.code]["A1"].value == f"{target.code} – {target.name(language)}"


def test_headings_stay_in_view_on_screen_and_on_paper() -> None:
    page, row, columns = only_sheet(of(AA, STAFF))

    assert page.freeze_panes == f"C{row + 1}"
    assert page.print_title_rows == f"${row}:${row}"
    assert page.auto_filter.ref == f"A{row}:{get_column_letter(len(columns))}{row + 4}"


@pytest.mark.parametrize(
    ("indicator_", "shown"),
    [(AA, "#,##0"), (STAFF, "#,##0.0##"), (RATIO, "#,##0.0##"), (LAW, "General")],
)
def test_a_value_is_shown_as_what_it_is(indicator_: Indicator, shown: str) -> None:
    page, row, columns = only_sheet(of(indicator_))

    cell = page.cell(row + 1, columns["Value 2024"])
    assert (cell.number_format, cell.protection.locked) == (shown, False)


def test_beside_a_count_the_day_of_a_milestone_is_closed() -> None:
    page, row, columns = only_sheet(of(AA, LAW))

    rows = dict(zip(below(page, row, 1), range(row + 1, page.max_row + 1), strict=True))
    closed = {
        series: page.cell(rows[series], columns["Date"]).protection.locked
        for series in ("AA", "LAW[component=step]")
    }
    assert closed == {"AA": True, "LAW[component=step]": False}
    assert page.cell(rows["LAW[component=step]"], columns["Date"]).number_format == "yyyy-mm-dd"


def reported(*rows: tuple[str, str, str, float]) -> pd.DataFrame:
    names = ("indicator", "component", "period", "value")
    return pd.DataFrame(
        [{**dict.fromkeys(BREAKDOWNS, "_T"), **dict(zip(names, row, strict=True))} for row in rows]
    )


@pytest.mark.parametrize(
    ("rows", "heading", "shown"),
    [
        ([("AA", "value", "2023", 0.0)], "Last period (2023)", 0),
        ([("AA", "value", "2021", 9.0), ("AA", "value", "2022", 7.0)], "Last period (2022)", 7),
        ([("AA", "value", "2023", 5.0), ("AA", "value", "2024", 9.0)], "Last period (2023)", 5),
        ([("AA", "value", "2024", 9.0)], "Last period", None),
        ([("AA", "value", "2023", float("nan"))], "Last period (2023)", None),
        ([("AA", "cases", "2023", 5.0)], "Last period (2023)", None),
        ([("AA", "value", "2023", 5.0), ("QQ", "value", "2023-Q4", 2.0)], "Last period (2023)", 5),
        ([("AA", "value", "2023-01/P8M", 4.0)], "Last period (2023-01/P8M)", 4),
    ],
)
def test_beside_the_cell_stands_what_was_reported_for_the_period_before(
    rows: list[tuple[str, str, str, float]], heading: str, shown: float | None
) -> None:
    page, row, columns = only_sheet(replace(of(AA), previous=reported(*rows)))

    assert below(page, row, columns[heading])[0] == shown


@pytest.mark.parametrize(("indicator_", "form"), [(AA, "#,##0"), (STAFF, "#,##0.0##")])
def test_a_count_of_the_last_period_has_no_decimal_mark(indicator_: Indicator, form: str) -> None:
    """`#,##0.###` shows 40 as `40.`."""
    asked = replace(of(indicator_), previous=reported((indicator_.code, "value", "2023", 40.0)))
    page, row, columns = only_sheet(asked)

    heading = next(name for name in columns if name.startswith("Last period"))
    assert page.cell(row + 1, columns[heading]).number_format == form


@pytest.mark.parametrize(("value", "words"), [(0.0, "not started"), (1.0, "in force"), (7.0, None)])
def test_a_step_that_was_reported_is_shown_in_words(value: float, words: str | None) -> None:
    page, row, columns = only_sheet(
        replace(of(LAW), previous=reported(("LAW", "step", "2023", value)))
    )

    assert below(page, row, columns["Last period (2023)"])[0] == words


@pytest.mark.parametrize(
    ("texts", "lines_"),
    [([("a", 10)], 1), ([("a" * 10, 10)], 2), ([("a" * 9, 10), ("b" * 90, 10)], 10), ([], 1)],
)
def test_a_row_is_as_high_as_its_longest_text(texts: list[tuple[str, float]], lines_: int) -> None:
    assert row_height(texts) == LINE_HEIGHT * lines_


@pytest.mark.parametrize(
    ("numbers", "found"),
    [([], []), ([4], [(4, 4)]), ([4, 5, 6, 9], [(4, 6), (9, 9)]), ([1, 3], [(1, 1), (3, 3)])],
)
def test_neighbours_share_one_rule(numbers: list[int], found: list[tuple[int, int]]) -> None:
    assert consecutive_runs(numbers) == found


def test_only_where_a_long_name_is_said_first_its_row_is_high() -> None:
    wordy = AA.model_copy(update={"name": Words(en="Victims " * 30)})
    page, row, _ = only_sheet(of(wordy))

    heights = [page.row_dimensions[number].height for number in (row + 1, row + 2, row + 3)]
    assert heights[0] is not None
    assert heights[0] > 5 * LINE_HEIGHT
    assert heights[1:] == [None, None]  # the usual height is not written


def test_the_title_of_a_sheet_has_a_row_that_is_high_enough() -> None:
    page, _, _ = only_sheet(of(AA))

    assert (page.row_dimensions[1].height or LINE_HEIGHT) > 1.3 * page["A1"].font.size
