"""The follow-up report and the overview of third countries: their figures, and nothing hidden."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from dashboard.charts.arial_widths import arial_width, longest_word
from dashboard.charts.status_marks import status_mark
from dashboard.context import PageContext, read_context
from dashboard.data import Release, records
from dashboard.exports import formats_of
from dashboard.released.scoreboard import read_scoreboard
from dashboard.released.series import series_anywhere, series_of_goal
from dashboard.report.document import (
    BulletList,
    DocumentCell,
    DocumentColumn,
    DocumentParagraph,
    DocumentTable,
    ReportDocument,
    ReportSection,
    ReportTask,
    StatusFacts,
    text_cell,
)
from dashboard.report.follow_up import follow_up_report
from dashboard.report.goal_sections import goal_section
from dashboard.report.reported_goals import ReportedGoal
from dashboard.report.state_profiles import profile_section
from dashboard.report.states_tables import StatesTable
from dashboard.report.status_matrix import status_matrix
from dashboard.report.summary import goals_table
from dashboard.report.third_countries import third_country_overview
from dashboard.target_text import rests_on_reading
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.core.tables import EU, VALUE
from metrics.core.verdicts import Status
from tests.dashboard.release import write_release
from tests.dashboard.series_rows import with_cells

WIDTH_OF_PAGE, ROOM_BESIDE_WORDS, SIZE_IN_TABLES = 493, 6, 7.5  # points, in Word

pytestmark = pytest.mark.usefixtures("home")


def context_in(language: str = "en") -> PageContext:
    return read_context(View(collection="sample", lang=language))


def words_of(document: ReportDocument) -> Iterator[str]:
    """Every text of a document, and the alternative text of each chart."""
    for section in every_section(document.sections):
        yield section.title
        for block in section.blocks:
            match block:
                case DocumentParagraph():
                    yield block.label + "".join(block.pieces)
                case BulletList():
                    yield from block.items
                case StatusFacts():
                    yield block.words + block.facts
                case DocumentTable():
                    yield block.caption
                    yield from (cell_words(cell) for row in block.rows for cell in row)
                case _:
                    yield block.picture.description


def every_section(sections: tuple[ReportSection, ...]) -> Iterator[ReportSection]:
    for section in sections:
        yield section
        yield from every_section(section.parts)


def cell_words(cell: DocumentCell) -> str:
    return cell.words


def states_table(goal: str, context: PageContext) -> DocumentTable:
    reported = ReportedGoal.read(context.definitions.goals[goal], context)
    assert reported.series is not None
    return StatesTable(reported, reported.series).as_block()


def test_a_table_of_states_has_every_figure_of_the_release_with_its_letter(
    release: Release,
) -> None:
    context = context_in()
    table = states_table("GA-1.1", context)
    rows = {cell_words(row[0]): [*map(cell_words, row[1:-1])] for row in table.rows}
    years = [column.heading for column in table.columns[1:-1]]

    assert years == [str(year) for year in range(2020, 2026)]
    for area in (EU, *member_states()):
        released = {row["period"]: row["value"]
                    for row in release.series("ICSE_VICTIMS", VALUE, area)}  # fmt: skip
        for year, cell in zip(years, rows[context.text.code("area", area)], strict=True):
            value = released.get(year)
            printed = cell.partition("\N{NO-BREAK SPACE}")[0]
            is_absent = value is None or pd.isna(value)
            expected = {"c", "z", ":"} if is_absent else {context.text.number(value or 0)}
            assert printed in expected, (area, year)


def test_zero_missing_suppressed_and_not_applicable_are_four_things() -> None:
    table = states_table("GA-1.1", context_in())
    last = {cell_words(row[0]): cell_words(row[6]) for row in table.rows}

    assert [last[name] for name in ("Estonia", "Malta", "Luxembourg", "Bulgaria", "Croatia")] == [
        "0", "c", "z", ":", ":",
    ]  # fmt: skip


def test_the_letters_in_use_are_explained_below_the_table() -> None:
    context = context_in()
    reported = ReportedGoal.read(context.definitions.goals["GA-1.1"], context)
    assert reported.series is not None

    key = StatesTable(reported, reported.series).key

    for words in ("c\N{NO-BREAK SPACE}suppressed", "z\N{NO-BREAK SPACE}not applicable",
                  "p\N{NO-BREAK SPACE}provisional value", "not collected"):  # fmt: skip
        assert words in key


def test_the_summary_counts_the_goals_of_the_scoreboard() -> None:
    context = context_in()
    board = read_scoreboard(context)
    summary = follow_up_report(context).sections[0]
    counts = next(block for block in summary.blocks if isinstance(block, DocumentTable))

    words = " ".join(
        "".join(block.pieces) for block in summary.blocks if isinstance(block, DocumentParagraph)
    )
    assert "1 of 1" not in words, "a single goal is named"
    assert "Civil society training: " in words
    assert "Counted, but not agreed by Member States: PC-FI." in words
    assert sum(int(cell_words(row[-1])) for row in counts.rows) == len(board.rows)
    assert {row[0].mark: int(cell_words(row[-1])) for row in counts.rows} == dict(board.counts)


def test_the_letters_of_all_goals_are_explained_below_their_table() -> None:
    context = context_in()
    board = read_scoreboard(context)
    rows = tuple(
        replace(
            row,
            series=replace(
                row.series, values=with_cells(row.series.values, observation_status="B")
            ),
        )
        for row in board.rows
        if row.series
    )
    table, key = goals_table(replace(board, rows=rows), context)
    assert isinstance(table, DocumentTable)

    words = [word for row in table.rows for word in cell_words(row[2]).split()]
    letters = {word for word in words if len(word) == 1 and word.isalpha()}

    assert letters == {"b"}
    assert isinstance(key, DocumentParagraph)
    assert "b\N{NO-BREAK SPACE}break in time series" in "".join(key.pieces)
    assert "Changes without a year are since 2020." in "".join(key.pieces)


def test_a_goal_that_rests_on_a_reading_is_marked_in_the_summary_of_the_report() -> None:
    context = context_in()
    board = read_scoreboard(context)
    table, note = goals_table(board, context)
    assert isinstance(table, DocumentTable)
    assert isinstance(note, DocumentParagraph)

    marked = {cell_words(row[0]).split()[0] for row in table.rows if "†" in cell_words(row[0])}

    assert marked == {row.goal.code for row in board.rows if rests_on_reading(row.goal)}
    assert f"† {context.text('scoreboard.reading')}" in "".join(note.pieces)
    (kept,) = [cell_words(row[-1]) for row in table.rows if cell_words(row[0]).startswith("GA-1 ")]
    assert kept.endswith(" met")


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_the_report_has_every_goal_every_state_and_every_action(
    release: Release, language: str
) -> None:
    context = context_in(language)
    document = follow_up_report(context)
    titles = {section.title for section in every_section(document.sections)}
    written = [*words_of(document)]

    for goal in context.definitions.goals.values():
        assert f"{goal.code} {goal.name(language)}" in titles
        assert str(goal.wording(language)) in written
    assert {context.text.code("area", area) for area in member_states()} <= titles
    listed = sorted(str(row["description"]) for row in records(release.tables["actions"]))
    assert sorted(words for words in written if words in set(listed)) == listed, "each once"
    assert document.invented == context.text("note.invented")


def test_the_figure_and_status_of_the_union_are_those_of_the_page(release: Release) -> None:
    context = context_in()
    goal = context.definitions.goals["GA-1.1"]
    union = series_of_goal(goal, EU, release)[0]
    section = goal_section(goal, context)
    facts = next(block for block in section.blocks if isinstance(block, StatusFacts))

    assert facts.mark == union.status
    assert union.last_known is not None
    assert facts.facts.startswith(context.text.number(union.last_known["value"]))


def test_progress_goes_up_to_all(release: Release) -> None:
    steps: list[tuple[int, int]] = []
    follow_up_report(context_in(), lambda done, total: steps.append((done, total)))

    assert steps[-1][0] <= steps[-1][1]
    assert [done for done, _ in steps] == sorted({done for done, _ in steps})


def test_the_overview_lists_measures_by_partner_country_and_counts_them(release: Release) -> None:
    table = release.tables["actions"].copy()
    named = table.index[:3]
    table.loc[named, "partner"] = ["Moldova", "Albania", "Moldova"]
    table.loc[named, "progress"] = ["done", "done", "abandoned"]
    tables = {**release.tables, "actions": table}
    context = replace(context_in(), release=replace(release, tables=tables))

    document = third_country_overview(context)

    found = [block for section in every_section(document.sections) for block in section.blocks
             if isinstance(block, DocumentTable)]  # fmt: skip
    by_partner = next(own for own in found if own.caption.startswith("Measures by partner"))
    counts = {cell_words(row[0]): [cell.value for cell in row[1:]] for row in by_partner.rows}
    assert counts["Moldova"][-1] == 2
    assert counts["Albania"][-1] == 1
    lists = {own.caption: [cell_words(row[1]) for row in own.rows] for own in found}
    assert lists["Declared measures: Albania"] == [str(table.loc[named[1], "description"])]


def test_the_workbook_of_the_overview_has_numbers_with_their_letters() -> None:
    document = third_country_overview(context_in())
    written = formats_of(ReportTask)["xlsx"].write(ReportTask(document))

    book = load_workbook(BytesIO(written))

    sheet = book[next(name for name in book.sheetnames if "CC2019-24" in name)]
    numbers = [cell for row in sheet.iter_rows(min_row=5) for cell in row
               if isinstance(cell.value, int | float)]  # fmt: skip
    assert "Sample figures (invented)" in str(sheet["A2"].value)
    assert any(cell.number_format.endswith('\N{NO-BREAK SPACE}p"') for cell in numbers)
    assert all(sheet.cell(4, column).value for column in range(1, sheet.max_column + 1))


def test_a_sheet_can_be_read_and_printed_as_it_is() -> None:
    """Its rows are high enough, its headings stay and are repeated, and it is one page wide."""
    document = third_country_overview(context_in("fi"))
    book = load_workbook(BytesIO(formats_of(ReportTask)["xlsx"].write(ReportTask(document))))

    for table, sheet in zip(document.workbook, book.worksheets, strict=True):
        heights = [sheet.row_dimensions[row].height for row in range(4, sheet.max_row + 1)]
        assert all(heights)
        assert sheet.freeze_panes == "B5"
        assert sheet.print_title_rows == "$4:$4"
        printed = sheet.sheet_properties.pageSetUpPr
        assert printed is not None
        assert printed.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert table.caption.split()[0].rstrip(":,") in sheet.title
    first = book.worksheets[0]
    theme = max(range(5, first.max_row + 1), key=lambda row: len(str(first.cell(row, 4).value)))
    assert first.row_dimensions[theme].height > 2 * 12


def test_the_last_sheet_says_what_the_letters_mean() -> None:
    document = third_country_overview(context_in())
    book = load_workbook(BytesIO(formats_of(ReportTask)["xlsx"].write(ReportTask(document))))
    meanings = {
        row[0]: row[1] for row in book.worksheets[-1].iter_rows(min_row=5, values_only=True)
    }

    assert "Letters beside figures" in book.sheetnames[-1]
    assert meanings["p"] == "provisional value"
    assert {"c", "z", ":"} <= meanings.keys()


def test_no_text_of_a_workbook_is_a_formula() -> None:
    table = DocumentTable("=1+1", (DocumentColumn("=A1"),), ((text_cell("=HYPERLINK(1)"),),))
    document = replace(third_country_overview(context_in()), workbook=(table,))

    book = load_workbook(BytesIO(formats_of(ReportTask)["xlsx"].write(ReportTask(document))))

    assert {cell.data_type for row in book.worksheets[0].iter_rows() for cell in row} <= {"s", "n"}


def test_the_matrix_has_the_mark_of_every_goal_in_every_state() -> None:
    context = context_in()
    board = read_scoreboard(context)
    matrix = status_matrix(board, context.text)

    assert matrix.is_dense
    assert [column.heading for column in matrix.columns[1:]] == [*member_states()]
    for row, cells in zip(board.rows, matrix.rows, strict=True):
        assert [state.mark for state in row.states] == [cell.mark for cell in cells[1:]]


@pytest.mark.parametrize("language", ["en", "fi", "el"])
def test_the_status_of_a_state_is_one_line_in_every_language(language: str) -> None:
    table = states_table("GA-1.1", context_in(language))
    text, share = context_in(language).text, table.columns[-1].share
    room = WIDTH_OF_PAGE * share / sum(column.share for column in table.columns) - ROOM_BESIDE_WORDS
    for mark in (Status.WANTED_DIRECTION, Status.NO_CLEAR_CHANGE, Status.ACHIEVED_LATE):
        words = f"{status_mark(mark).icon} {text(f'status.{mark}')}"
        assert arial_width(words, SIZE_IN_TABLES, is_bold=True) <= room, words


@pytest.mark.parametrize("language", ["fi", "el"])
def test_no_word_of_a_status_is_wider_than_its_column_in_word(language: str) -> None:
    """A broken word would make each row of a State a line higher, and its page two."""
    section = profile_section("BG", context_in(language).with_changes(area="BG"))
    table = next(block for block in section.blocks if isinstance(block, DocumentTable))
    whole = sum(column.share for column in table.columns)
    for row in table.rows:
        for cell, column in zip(row, table.columns, strict=True):
            room = WIDTH_OF_PAGE * column.share / whole - ROOM_BESIDE_WORDS
            is_bold = bool(cell.mark) or cell.is_heading
            if cell.words:
                assert longest_word(cell.words, SIZE_IN_TABLES, is_bold=is_bold) <= room, cell.words


def test_published_figures_of_every_area_are_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_release(tmp_path, "published-figures")
    monkeypatch.setenv("EMPACT_HOME", str(tmp_path))
    context = read_context(View(collection="published-figures"))
    assert context.release is not None
    goal = context.definitions.goals["GA-1.1"]
    section = goal_section(goal, context)

    tables = [block for block in section.blocks if isinstance(block, DocumentTable)]
    further = next(table for table in tables if table.caption == "Other series of this goal")
    listed = [(cell_words(row[0]), cell_words(row[1])) for row in further.rows]
    found = [(context.text.code("area", own.area), own.title(context.text))
             for own in series_anywhere(goal, context.release)]  # fmt: skip
    assert listed == found[1:], "all but the one that the section shows"
