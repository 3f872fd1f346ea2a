"""The invented analyst: fills in the ordinary workbook, leaves out with a reason, corrects, declares."""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook as Book

from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.codelists.bands import band_of, bands, median
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.catalogue.released_remarks import INVENTED_REMARKS
from metrics.core.actions import actions_table
from metrics.core.series import parse_series
from metrics.core.tables import CASES, DENOMINATOR, MEDIAN, NUMERATOR, WITHOUT_VALUE
from metrics.intake.reading import ingest
from metrics.intake.rules.values import DESCRIBES_VALUE
from metrics.intake.sandbox import unpack
from metrics.intake.workbook import ParsedSubmission
from metrics.sample.entries import (
    ABSENT,
    FLAGGED,
    draw_code,
    entries,
    indicators_in_filling_order,
)
from metrics.sample.figure_generator import Entry, SeriesRequest, figures
from metrics.sample.filled_sheets import ACTIONS, InventedAction, fill, fill_actions
from metrics.sample.planned_workbooks import PlannedSubmission, submissions_planned_for
from metrics.sample.progress import SAMPLE
from metrics.sample.workbooks import remove_timestamps
from tests.intake.templates.drawn import asking
from tests.sheets import saved, written
from tests.tables import indicator

ONE_STATE = "FI"


@cache
def planned_submissions() -> tuple[PlannedSubmission, ...]:
    return tuple(submissions_planned_for(ONE_STATE))


def planned(area: str, round_: str, version: int = 0) -> PlannedSubmission:
    known = next(planned for planned in planned_submissions() if planned.round.code == round_)
    return replace(known, area=area, version=version)


@cache
def everything() -> dict[tuple[str, str, str], Entry]:
    """All that a few states say in two years."""
    several = [planned(area, round_) for area in ("BE", "CZ", "SK") for round_ in ("2021", "2025")]
    return {
        (sent.area, sent.round.code, series): entry
        for sent in several
        for series, entry in entries(catalogue(), sent).items()
    }


def test_where_there_is_no_figure_a_status_and_a_remark_say_why() -> None:
    absent = [entry for entry in everything().values() if entry.value is None]

    assert absent
    assert {(entry.observation_status, entry.remark) for entry in absent} <= {
        (status, INVENTED_REMARKS[status]) for status in ABSENT
    }
    assert {entry.since for entry in absent} == {None}


def test_where_there_is_a_figure_the_status_is_one_of_a_figure() -> None:
    present = [entry for entry in everything().values() if entry.value is not None]

    assert {entry.observation_status for entry in present} <= {"", *FLAGGED}
    assert not {*FLAGGED} & {*WITHOUT_VALUE}
    assert {*ABSENT} <= {*WITHOUT_VALUE} - {*DESCRIBES_VALUE}


def test_a_part_never_exceeds_its_whole() -> None:
    known = catalogue().indicators
    parts = {
        code: known_indicator.parts_of
        for code, known_indicator in known.items()
        if known_indicator.parts_of
    }
    held = [
        (entry.value, everything()[area, round_, parts[series]].value)
        for (area, round_, series), entry in everything().items()
        if series in parts
    ]

    assert held
    assert all(part <= whole for part, whole in held
               if isinstance(part, float) and isinstance(whole, float))  # fmt: skip


def test_an_indicator_comes_after_what_it_is_a_part_of() -> None:
    known = {one.code: one for one in (
        indicator("AA", parts_of="BB"), indicator("BB", follows="CC"), indicator("CC"),
        indicator("DD", collected=False),
    )}  # fmt: skip

    assert [one.code for one in indicators_in_filling_order(known)] == ["CC", "BB", "AA"]


@pytest.mark.parametrize(
    ("number", "name"), [(0, "O"), (119, "O"), (120, "L"), (149, "L"), (150, ""), (9999, "")]
)
def test_how_often_in_ten_thousand(number: int, name: str) -> None:
    assert draw_code(number, {"O": 120, "L": 30}) == name


@pytest.mark.parametrize(("version", "provisional"), [(0, True), (1, False)])
def test_the_newest_figures_of_some_states_are_provisional_until_they_are_sent_again(
    version: int, provisional: bool
) -> None:
    flags = {
        entry.observation_status
        for entry in entries(catalogue(), planned("BE", "2025", version)).values()
        if entry.value is not None
    }

    assert ("" in flags) is not provisional
    assert ("P" in flags) or not provisional


def test_a_correction_says_so_and_adds_one() -> None:
    before = entries(catalogue(), planned("SE", "2023"))
    after = entries(catalogue(), planned("SE", "2023", version=1))

    changed = {series for series, entry in after.items() if entry.value != before[series].value}
    assert changed
    assert {after[series].remark for series in changed} == {"Corrected after a recount."}
    assert {
        float(after[series].value or 0) - float(before[series].value or 0) for series in changed
    } == {1}


def filled(written_: dict[str, Entry], tmp_path: Path) -> ParsedSubmission:
    book = written(asking())
    for page in book.worksheets:
        fill(page, written_)
    return ingest(unpack(saved(book, tmp_path / "filled.xlsx")), catalogue(), {})


def test_every_entry_stands_in_the_row_of_its_series(tmp_path: Path) -> None:
    said = {
        "ICSE_VICTIMS": Entry(0.0, "P", "C", remark="Counted by hand"),
        "ICSE_VICTIMS[sex=F]": Entry(None, "O", remark="Not known"),
        "LEGAL_INSTRUMENT[component=step;instrument=OPSC]": Entry(
            "in force", since=date(2012, 3, 1), reference="Law 7"
        ),
        "THIRD_COUNTRY_ACTIONS[partner=AL]": Entry(3.0),
        "THIRD_COUNTRY_ACTIONS[partner=RS]": Entry(4.0),
        "NOT_ASKED": Entry(9.0),
    }
    rows = filled({name: entry for name, entry in said.items() if name != "NOT_ASKED"}, tmp_path)

    found = rows.observations.set_index("key_typed")
    columns = [
        "understood",
        "observation_status",
        "confidentiality_status",
        "since",
        "reference",
        "remark",
    ]
    assert {key: tuple(found.loc[key, columns]) for key in said if key in found.index} == {
        "ICSE_VICTIMS": ("0", "P", "C", "", "", "Counted by hand"),
        "ICSE_VICTIMS[sex=F]": ("", "O", "F", "", "", "Not known"),
        "LEGAL_INSTRUMENT[component=step;instrument=OPSC]": ("in_force", "A", "F", "2012-03-01", "Law 7", ""),
        "THIRD_COUNTRY_ACTIONS[partner=AL]": ("3", "A", "F", "", "", ""),
        "THIRD_COUNTRY_ACTIONS[partner=RS]": ("4", "A", "F", "", "", ""),
    }  # fmt: skip
    assert rows.issues.empty


@pytest.mark.parametrize(("round_", "declared"), [("2020", [1, 2, 3]), ("2024", [7])])
def test_actions_are_declared_below_those_of_before(round_: str, declared: list[int]) -> None:
    earlier = actions_table(
        [{"area": "FI", "goals": "GA-1.1", "description": "Of before.", "row": 5}]
    )
    page = written(replace(asking("ICSE_VICTIMS"), actions=earlier))["Actions"]
    fill_actions(page, planned("FI", round_))

    texts = [str(cell.value) for cell in page["D"][4:] if cell.value]
    assert texts[0] == "Of before."
    assert [text.rsplit(maxsplit=1)[-1] for text in texts[1:]] == [
        f"{number}." for number in declared
    ]


def test_an_action_is_declared_under_a_goal_in_the_words_of_its_lists() -> None:
    page = written(asking("ICSE_VICTIMS"))["Actions"]
    fill_actions(page, planned("FI", "2024"))

    row = [cell.value for cell in page[5]]
    goal = catalogue().goals[str(row[1])]
    assert row[0] in {goal.policy_target, goal.framework}
    assert row[2] in {code.en for code in codelist("action_status").values()}
    assert row[4] == ("2023-2024" if row[2] == "already undertaken" else "2024-2025")
    assert row[5] in {code.en for code in codelist("progress").values()}


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.description)
def test_every_action_belongs_to_its_policy_target_or_framework(action: InventedAction) -> None:
    goal = catalogue().goals[action.goal]

    assert action.policy_target == (goal.policy_target or goal.framework)
    assert goal.actions


def declared_goals() -> set[str]:
    """The goals under which the workbooks of the sample declare actions."""
    found = set()
    for area in member_states():
        page = written(asking("ICSE_VICTIMS"))["Actions"]
        fill_actions(page, planned(area, "2020"))
        found |= {str(cell.value) for cell in page["B"][4:] if cell.value}
    return found


def test_every_goal_with_actions_has_some_in_the_sample() -> None:
    asked = catalogue().restrict_to(catalogue().collection(SAMPLE)).goals.values()

    assert declared_goals() == {goal.code for goal in asked if goal.actions}


def test_measures_with_third_countries_name_several_partners() -> None:
    partners = [action.partner for action in ACTIONS if action.goal == "CC2019-24"]

    assert len(partners) == len({*partners}) >= 3
    assert {*partners} <= {*codelist("partner")}


@cache
def figures_by_indicator() -> dict[str, list[Entry]]:
    """What States report in the sample: entries with a figure or a step, by indicator."""
    found: dict[str, list[Entry]] = {}
    for (_, _, series), entry in everything().items():
        if entry.value is not None:
            found.setdefault(parse_series(series).indicator, []).append(entry)
    return found


@pytest.mark.parametrize(
    "goal",
    catalogue().restrict_to(catalogue().collection(SAMPLE)).goals.values(),
    ids=lambda goal: goal.code,
)
def test_every_goal_has_a_figure_a_step_or_an_action(goal: Goal) -> None:
    """A derived indicator has a figure where each of its inputs has one."""
    known = catalogue().indicators
    reported = [
        code
        for code in goal.indicators
        if all(name in figures_by_indicator() for name in known[code].derived_from or (code,))
    ]

    assert reported or goal.code in declared_goals()
    assert not goal.headline or {target.indicator for target in goal.targets
                                 if target.id == goal.headline} <= {*reported}  # fmt: skip


def test_a_sheet_of_something_else_is_left_alone() -> None:
    page = Book().worksheets[0]
    page.append(["Value", "Remark", "Indicator", "Unit"])
    fill(page, {"AA": Entry(1.0)})
    fill_actions(page, planned("FI", "2024"))

    assert [row for row in page.iter_rows(min_row=2, values_only=True) if any(row)] == []


def test_a_workbook_forgets_when_it_was_written() -> None:
    first, second = BytesIO(), BytesIO()
    for at, target in ((1, first), (2, second)):
        book = Book()
        book.properties.modified = datetime(2026, 1, at)  # noqa: DTZ001
        book.properties.created = datetime(2020, 1, 1)  # noqa: DTZ001
        book.save(target)

    assert remove_timestamps(first) == remove_timestamps(second)
    assert ZipFile(BytesIO(remove_timestamps(first))).testzip() is None


def test_who_comes_later_in_protocol_order_sends_earlier() -> None:
    first, last = (
        next(submissions_planned_for(area)) for area in (member_states()[0], member_states()[-1])
    )

    assert first.received > last.received
    assert first.round == last.round == catalogue().collection(SAMPLE).rounds[0]


@pytest.mark.parametrize("area", ["FI", "DE", "MT"])
def test_a_median_lies_in_the_band_of_the_middle_case(area: str) -> None:
    rows = figures(catalogue().indicators["TAKEDOWN_TIME"], SeriesRequest(area, 2024))
    medians = [entry.value for series, entry in rows.items() if parse_series(series)[1] == MEDIAN]

    assert medians
    assert all(isinstance(median, float) and median > 0 for median in medians)


@pytest.mark.parametrize("code", ["TAKEDOWN_TIME", "EVIDENCE_RESPONSE_TIME"])
def test_medians_differ_within_a_band(code: str) -> None:
    known = catalogue().indicators[code]
    found: dict[str, set[float]] = {}
    for area in member_states():
        for year in range(2020, 2026):
            rows = figures(known, SeriesRequest(area, year))
            counts = {band.code: float(rows[f"{code}[component=cases;band={band.code}]"].value or 0)
                      for band in bands()}  # fmt: skip
            hours = float(rows[f"{code}[component=median]"].value or 0)
            estimate = median(counts)
            assert estimate is not None
            expected = bands()[-1] if estimate.more_than else band_of(estimate.hours)
            assert band_of(hours) == expected
            found.setdefault(band_of(hours).code, set()).add(hours)

    middles = {(band.from_hours + band.to_hours) / 2 for band in bands()}
    distinct = {hours for hours_of_band in found.values() for hours in hours_of_band}
    assert len(distinct - middles) > len(member_states())


def test_some_states_become_faster_and_some_slower() -> None:
    known = catalogue().indicators["TAKEDOWN_TIME"]
    shares = {
        (area, year): float(rows[EARLY].value or 0) / float(rows[CASES_IN_ALL].value or 1)
        for area in member_states()
        for year in (2020, 2025)
        for rows in [figures(known, SeriesRequest(area, year))]
    }

    moves = [shares[area, 2025] - shares[area, 2020] for area in member_states()]
    assert any(move > 0.05 for move in moves)
    assert any(move < -0.05 for move in moves)


EARLY = "TAKEDOWN_TIME[component=cases;band=LE24H]"
CASES_IN_ALL = "TAKEDOWN_TIME[component=cases]"


def test_a_state_keeps_its_usual_share_of_a_whole() -> None:
    known = catalogue().indicators["HOTLINE_REPORTS_PROCESSED"]
    shares = {
        area: [float(figures(known, SeriesRequest(area, year), 1e6)[known.code].value or 0)
               for year in range(2020, 2026)]
        for area in member_states()
    }  # fmt: skip

    moves = [later / first - 1 for first, *_, later in shares.values()]
    assert any(move > 0.02 for move in moves)
    assert any(move < -0.02 for move in moves)
    assert all(abs(year / before - 1) < 0.15 for years in shares.values()
               for before, year in pairwise(years))  # fmt: skip


@pytest.mark.parametrize("code", ["ISPS_FILTERING", "TAKEDOWN_TIME"])
def test_counts_are_whole_and_never_below_zero(code: str) -> None:
    rows = figures(catalogue().indicators[code], SeriesRequest("FI", 2022))

    counted = [each.value for series, each in rows.items() if parse_series(series)[1] in {NUMERATOR, DENOMINATOR, CASES}]  # fmt: skip
    assert counted
    assert all(isinstance(count, float) and count >= 0 and count.is_integer() for count in counted)


def test_large_states_report_more_but_not_in_proportion() -> None:
    known = catalogue().indicators["INVESTIGATIONS_OPENED"]
    malta, germany = (
        sum(float(figures(known, SeriesRequest(area, year))[known.code].value or 0) for year in range(2020, 2026))
        for area in ("MT", "DE")
    )  # fmt: skip

    assert malta < germany < 150 * malta  # Germany has about 150 times as many children
