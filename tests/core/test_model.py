"""What findings have in common, and where they stand."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter

from metrics.catalogue.codelists.bands import bands, median
from metrics.catalogue.loader import raise_contradictions
from metrics.core.errors import DefinitionError, KeyedText, fault_at
from metrics.core.period import ReferencePeriod
from metrics.core.series_window import (
    NoVerdictError,
    Window,
    is_suppressed,
    observed_window,
    require_points,
    window_from_baseline,
)
from metrics.intake.findings import Finding, FindingGroup, Severity, format_ranges
from metrics.intake.rules import rules
from metrics.intake.validate import accepted_observations, cell_position, validate
from metrics.intake.workbook import Sheet
from tests.drawn_series import points
from tests.tables import case, indicator, workbook

CELLS = st.builds("{}{}".format, st.sampled_from(["A", "F", "AA"]), st.integers(1, 30))
AA = indicator("AA")


def cells_of(written: str) -> Iterator[str]:
    """`F3:F5, G1` as the cells that it stands for."""
    for part in written.split(", "):
        first, _, last = part.partition(":")
        column = first.rstrip("0123456789")
        rows = (int(cell.removeprefix(column)) for cell in (first, last or first))
        yield from (f"{column}{row}" for row in range(next(rows), next(rows) + 1))


@given(st.lists(CELLS, min_size=1, max_size=20))
def test_ranges_stand_for_each_cell_once_and_for_no_other(cells: list[str]) -> None:
    found = [*cells_of(format_ranges(cells))]

    assert found == [*dict.fromkeys(cells)]


@given(st.integers(1, 16384), st.integers(1, 1048576))
def test_a_position_is_that_of_the_spreadsheet(column: int, row: int) -> None:
    assert cell_position(f"{get_column_letter(column)}{row}") == (column, row)


@pytest.mark.parametrize("text", ["", "A", "7", "a1", "A1:B2", "Figures!A1"])
def test_what_is_not_one_cell_has_no_position(text: str) -> None:
    assert cell_position(text) == (0, 0)


@pytest.mark.parametrize(
    ("sheet", "cell", "location"),
    [("A", "F3", "A!F3"), ("A", "", "A"), ("", "F3", "F3"), ("", "", "")],
)
def test_a_place_is_written_as_in_a_spreadsheet(sheet: str, cell: str, location: str) -> None:
    assert Finding("value_negative", Severity.ERROR, sheet, cell).location == location


@pytest.mark.parametrize(
    ("typed", "shown"),
    [(["a"], "a"), (["a", "a"], "a"), (["a", "b", "c"], "a; b; c"), (["a", "b", "c", "d"], "a; b; c; …")],
)  # fmt: skip
def test_a_group_shows_at_most_three_examples(typed: list[str], shown: str) -> None:
    findings = [
        Finding("value_negative", Severity.ERROR, "A", "F1", {"typed": text}) for text in typed
    ]

    assert FindingGroup(tuple(findings)).values == {"typed": shown}


def order(*findings: tuple[str, str]) -> list[str]:
    drawn = "indicator | typed | sheet | cell\n" + "\n".join(
        f"AA | foo | {sheet} | {cell}" for sheet, cell in findings
    )
    sheets = workbook(Sheet("Second", []), Sheet("First", []))
    found = validate(case(drawn, AA, workbook=sheets))
    return [finding.location for finding in found if finding.rule == "number_not_understood"]


def test_findings_follow_the_sheets_of_the_file_then_rows_then_columns() -> None:
    places = [
        ("First", "A1"),
        ("Second", "B10"),
        ("Second", "AA2"),
        ("Second", "C2"),
        ("Gone", "A1"),
    ]

    assert order(*places) == ["Second!C2", "Second!AA2", "Second!B10", "First!A1", "Gone!A1"]


@pytest.mark.parametrize("name", ["a@example.fi", "Figures 2"])
def test_the_sheets_of_a_file_about_a_person_are_shown_as_their_numbers(name: str) -> None:
    sheets = workbook(Sheet("Notes", [["x"]]), Sheet(name, [["b@example.fi"]]))
    found = validate(
        case(f"indicator | typed | sheet | cell\nAA | -5 | {name} | B7", AA, workbook=sheets)
    )

    assert {finding.sheet for finding in found if finding.sheet != "Notes"} - {"", "#1"} == {"#2"}
    assert not any("@" in str(finding.values) for finding in found)


def test_beside_data_about_a_person_no_finding_quotes_what_was_typed() -> None:
    sheets = workbook(Sheet("Figures", [["b@example.fi"]]))
    drawn = "indicator | typed | cell | sex\nAA | b@example.fi | A1 | F\nAA | forty | A2 | M"
    found = validate(case(drawn, AA, workbook=sheets))

    assert found
    assert {rules()[finding.rule].family for finding in found} == {"identifying"}
    assert not any("b@" in text for finding in found for text in finding.values.values())


@pytest.mark.parametrize("name", ["PC-FI", "GA-1", "Toimet", "Οδηγίες"])
def test_a_sheet_of_our_own_workbooks_is_named_in_a_refused_file(name: str) -> None:
    sheets = workbook(Sheet("Notes", [["x"]]), Sheet(name, [["b@example.fi"]]))
    (found, *_) = validate(case("indicator | value\nAA | 5", AA, workbook=sheets))

    assert found.location == f"{name}!A1"


@pytest.mark.parametrize(
    ("rule", "at", "kept"),
    [("value_negative", "F5", ["F6"]), ("period_not_asked", "C5", ["F6"]), ("day_missing", "C5", ["F5", "F6"])],
)  # fmt: skip
def test_an_error_beside_a_value_keeps_it_out_and_a_warning_does_not(
    rule: str, at: str, kept: list[str]
) -> None:
    reading = case("indicator | value | period_cell\nAA | 5 | C5\nAA | 6 | C6", AA).reading
    finding = Finding(rule, rules()[rule].severity, "Figures", at)

    assert [*accepted_observations(reading, [finding])["cell"]] == kept


def test_an_error_of_another_sheet_keeps_nothing_out() -> None:
    reading = case("indicator | value\nAA | 5", AA).reading
    elsewhere = [Finding("value_negative", Severity.ERROR, sheet, "F5") for sheet in ("Other", "")]

    assert len(accepted_observations(reading, elsewhere)) == 1


# Points


@pytest.mark.parametrize(
    ("drawn", "notes"),
    [
        ("2020 1 | 2020-Q1 1 | 2021 2", ()),  # a part of a year that is whole by now
        ("2020 1 | 2021 2 | 2021-Q1 1", ()),
        ("2020 1 | 2021 2 | 2022-Q1 1", ("part_left_out",)),
        ("2020 1 | 2021 2 | 2022 : O", ("latest_missing",)),
    ],
)
def test_only_what_is_newer_than_the_latest_value_is_said_to_be_left_out(
    drawn: str, notes: tuple[str, ...]
) -> None:
    assert observed_window(points(drawn)).qualifications == notes


@pytest.mark.parametrize(
    ("status", "confidentiality", "suppressed"),
    [("A", "F", False), ("A", "", False), ("A", "C", True), ("Q", "F", True), ("O", "F", False)],
)
def test_a_value_is_suppressed_by_either_of_its_statuses(
    status: str, confidentiality: str, suppressed: bool
) -> None:
    (point,) = points(f"2024 5 {status}")
    drawn = type(point)(point.period, point.value, status, confidentiality)

    assert is_suppressed(drawn) is suppressed


def reason(window: Window, needed: int = 2, baseline: str = "") -> str:
    start = ReferencePeriod.parse(baseline) if baseline else None
    with pytest.raises(NoVerdictError) as raised:
        window_from_baseline(window, start, needed) if baseline else require_points(window, needed)
    return raised.value.reason


@pytest.mark.parametrize(
    ("drawn", "why"),
    [("2020 1", "too_few_points"), ("2020 1 | 2021-Q1 2", "partial_year")],
)
def test_too_few_years_are_told_from_parts_of_years(drawn: str, why: str) -> None:
    assert reason(observed_window(points(drawn))) == why


@pytest.mark.parametrize(("baseline", "why"), [("2019", "suppressed"), ("2023", "no_baseline")])
def test_a_baseline_that_has_no_value_is_told_from_one_that_is_withheld(
    baseline: str, why: str
) -> None:
    assert reason(observed_window(points("2019 : Q | 2020 1 | 2021 2")), baseline=baseline) == why


# Definitions


@pytest.mark.parametrize("files", [["a"], ["a", "b"]])
def test_every_contradiction_is_named_one_a_line(files: list[str]) -> None:
    wrong = [fault_at(f"{file}.yaml", KeyedText("fault_missing")) for file in files]
    with pytest.raises(DefinitionError) as raised:
        raise_contradictions(iter(wrong))

    assert str(raised.value).splitlines() == [
        f"{file}.yaml: is missing; write it" for file in files
    ]


@pytest.mark.parametrize("cases", [{}, {"LE24H": 0.0}, {"no such band": 5.0}])
def test_where_nothing_is_counted_in_a_band_there_is_no_median(cases: dict[str, float]) -> None:
    assert median(cases) is None


@given(st.lists(st.integers(0, 50), min_size=len(bands()), max_size=len(bands())))
def test_half_of_the_cases_lie_at_or_below_the_band_of_the_median(counts: list[int]) -> None:
    found = median({band.code: float(count) for band, count in zip(bands(), counts, strict=True)})

    if found is None:
        assert sum(counts) == 0
        return
    below = sum(
        count for band, count in zip(bands(), counts, strict=True) if band.from_hours <= found.hours
    )
    above = sum(
        count for band, count in zip(bands(), counts, strict=True) if band.to_hours >= found.hours
    )
    assert min(below, above) >= sum(counts) / 2
