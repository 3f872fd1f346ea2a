"""What comes back to the submitter: every cell, at its address, with what was found there."""

import re
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from metrics.intake.annotated_workbook import FILLS, annotate_workbook
from metrics.intake.annotation_texts import LONGEST_COMMENT, MARK, FindingWords
from metrics.intake.finding_texts import finding_labels
from metrics.intake.findings import Finding, Severity
from metrics.intake.sandbox import unpack
from metrics.intake.workbook import NonValue, Percent, Sheet, TextFragment, Workbook
from metrics.messages import languages
from tests.sheets import listed_cells, listed_levels, row_of_headings, saved

FINDINGS = FindingWords("en").sheet_name

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**6), 10**6).map(float),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 4) + 0.0),
    st.text("aÄΩ 0=+-@'é.,", min_size=1, max_size=8).filter(str.strip),
    st.dates(date(1950, 1, 1), date(2099, 12, 31)),
    st.datetimes(datetime(1950, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0)
    ),
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5)


def wrong(sheet: str, cell: str, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("number_not_understood", severity, sheet, cell, {"typed": "forty"})


def copied(*sheets: Sheet, findings: tuple[Finding, ...] = ()) -> Book:
    """The copy that is made of a file of another format."""
    made = annotate_workbook(Path("figures.ods"), Workbook("figures.ods", "ods", sheets), findings)
    return load_workbook(BytesIO(made))


def marked(book: Book) -> dict[str, list[str]]:
    """The cells with a comment of ours, by sheet."""
    return {
        page.title: [cell.coordinate for row in page.iter_rows() for cell in row if cell.comment]
        for page in book.worksheets[1:]
    }


def plain(rows: list[list[object]]) -> dict[tuple[int, int], object]:
    """What is filled in, by place; a day at midnight is the day."""
    return {
        (row, column): cell.date() if isinstance(cell, datetime) and cell.time() == time() else cell
        for row, cells in enumerate(rows)
        for column, cell in enumerate(cells)
        if cell is not None
    }


@settings(max_examples=6, deadline=None)
@given(one=ROWS, other=ROWS)
def test_a_copy_that_is_read_again_has_lost_nothing(
    one: list[list[object]], other: list[list[object]]
) -> None:
    workbook = Workbook("a.ods", "ods", (Sheet("One", one), Sheet("Other", other)))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "again.xlsx"
        path.write_bytes(annotate_workbook(path, workbook, [wrong("Other", "A1")]))
        again = {sheet.name: sheet.rows for sheet in unpack(path).sheets}

    assert [plain(again[name]) for name in ("One", "Other")] == [plain(one), plain(other)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("y" * 40 + " girls", "y" * 40 + " boys"),
        ("2024/Q1", "2024:Q1"),
        ("A/B", "A_B"),
        ("Figures", "FIGURES"),
        ("'", "?" * 3 + "'"),
    ],
)
def test_sheets_whose_names_excel_would_cut_alike_are_told_apart(first: str, second: str) -> None:
    book = copied(Sheet(first, [[1.0]]), Sheet(second, [[2.0]]), findings=(wrong(second, "A1"),))

    _, one, other = book.worksheets
    assert (one["A1"].value, other["A1"].value) == (1, 2)
    assert marked(book) == {one.title: [], other.title: ["A1"]}
    assert len(one.title) <= 31 >= len(other.title)


def test_a_link_leads_to_the_sheet_that_was_renamed() -> None:
    book = copied(Sheet("It's/B", [["x"]]), findings=(wrong("It's/B", "A1"),))

    listed = listed_cells(book[FINDINGS], 2)[0]
    assert listed.value == "It's/B!A1"
    assert listed.hyperlink is not None
    assert listed.hyperlink.location == "'It''s_B'!A1"


def test_what_was_hidden_is_hidden_in_the_copy() -> None:
    book = copied(Sheet("Shown", [["a"]]), Sheet("Hidden", [["b"]], visible=False))

    assert [page.sheet_state for page in book.worksheets] == ["visible", "visible", "hidden"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (NonValue("error", "#DIV/0!"), "#DIV/0!"),
        (NonValue("formula", "=A2"), "=A2"),
        (Percent("12.5%"), "12.5%"),
        ("a\x0bb", "a\ufffdb"),
        ("=1+1", "=1+1"),
    ],
)
def test_what_is_no_number_is_copied_as_its_text(cell: object, text: str) -> None:
    found = copied(Sheet("A", [[cell]]))["A"]["A1"]

    assert (found.value, found.data_type) == (text, "s")


def book_of(*rows: list[object]) -> Book:
    book = Book()
    book.worksheets[0].title = "Figures"
    for row in rows:
        book.worksheets[0].append(row)
    return book


def back(book: Book, folder: Path, *findings: Finding, language: str = "en") -> Book:
    path = saved(book, folder / "report.xlsx")
    sheets = (Sheet(page.title, [[*row] for row in page.values]) for page in book.worksheets)
    read = Workbook(path.name, "xlsx", tuple(sheets))
    return load_workbook(BytesIO(annotate_workbook(path, read, findings, language)))


def test_a_merged_cell_is_marked_where_it_is_seen(tmp_path: Path) -> None:
    book = book_of(["forty", None], [None, None])
    book["Figures"].merge_cells("A1:B2")

    assert marked(back(book, tmp_path, wrong("Figures", "B2"))) == {"Figures": ["A1"]}


def test_all_findings_of_a_cell_stand_in_one_comment(tmp_path: Path) -> None:
    note = Finding(
        "number_read_from_text",
        Severity.NOTE,
        "Figures",
        "A1",
        {"typed": "1,5", "understood": "1.5"},
    )

    page = back(book_of(["1,5"]), tmp_path, wrong("Figures", "A1"), note)["Figures"]
    text = page["A1"].comment.text if page["A1"].comment else ""
    assert text.count(MARK) == 1
    assert "[number_not_understood]" in text
    assert "[number_read_from_text]" in text


def test_a_comment_is_never_longer_than_a_reader_takes(tmp_path: Path) -> None:
    book = book_of(["forty"])
    book["Figures"]["A1"].comment = Comment("o" * 5000, "Ministry")

    comment = back(book, tmp_path, wrong("Figures", "A1"))["Figures"]["A1"].comment
    assert comment is not None
    assert len(comment.text) == LONGEST_COMMENT


@pytest.mark.parametrize("where", ["", "A1:B2", "row 7"])
def test_what_is_about_no_single_cell_is_listed_and_marks_none(where: str, tmp_path: Path) -> None:
    book = back(book_of(["a"]), tmp_path, wrong("Figures", where))

    assert marked(book) == {"Figures": []}
    listed = listed_cells(book[FINDINGS], 2)[0]
    assert (listed.value or "") == wrong("Figures", where).location
    assert listed.hyperlink is None


def test_a_finding_on_a_sheet_that_is_not_there_is_listed_without_a_link(tmp_path: Path) -> None:
    page = back(book_of(["a"]), tmp_path, wrong("Gone", "A1"))[FINDINGS]

    listed = listed_cells(page, 2)[0]
    assert (listed.value, listed.hyperlink) == ("Gone!A1", None)


def test_the_submitters_own_colours_stay(tmp_path: Path) -> None:
    book = book_of(["a", "b"])
    book["Figures"]["A1"].fill = PatternFill("solid", fgColor="FF00FF00")
    book["Figures"]["A1"].comment = Comment("Counted by hand", "Ministry")

    page = back(back(book, tmp_path, wrong("Figures", "B1")), tmp_path)["Figures"]
    assert page["A1"].fill.fgColor.rgb == "FF00FF00"
    assert page["B1"].fill.fill_type is None


@pytest.mark.parametrize(
    ("kept", "creators"),
    [
        ([("title", "Figures"), ("creator", "Ministry")], [b"<dc:creator>Ministry</dc:creator>"]),
        ([("title", "Figures")], []),
        ([], []),
    ],
)
def test_the_author_stays_who_it_was(kept: list[tuple[str, str]], creators: list[bytes]) -> None:
    said = tuple(TextFragment("property", "", name, text) for name, text in kept)
    made = annotate_workbook(
        Path("a.ods"), Workbook("a.ods", "ods", (Sheet("A", [["x"]]),), said), []
    )

    properties = ZipFile(BytesIO(made)).read("docProps/core.xml")
    assert re.findall(rb"<dc:creator>.*?</dc:creator>", properties) == creators


def test_of_an_excel_file_that_will_not_open_again_the_cells_are_copied(tmp_path: Path) -> None:
    (tmp_path / "odd.xlsx").write_bytes(b"not a workbook")
    read = Workbook("odd.xlsx", "xlsx", (Sheet("A", [["x"]]),))

    book = load_workbook(
        BytesIO(annotate_workbook(tmp_path / "odd.xlsx", read, [wrong("A", "A1")]))
    )
    assert book["A"]["A1"].value == "x"
    assert marked(book) == {"A": ["A1"]}


def test_a_file_that_opens_empty_but_was_read_is_copied(tmp_path: Path) -> None:
    path = saved(book_of(), tmp_path / "strict.xlsx")
    read = Workbook("strict.xlsx", "xlsx", (Sheet("Figures", [["x"]]),))

    book = load_workbook(BytesIO(annotate_workbook(path, read, [])))
    assert book["Figures"]["A1"].value == "x"


def test_the_report_opens_on_its_findings(tmp_path: Path) -> None:
    book = book_of(["a"])
    book.create_sheet("Second")
    book.active = 1

    found = back(book, tmp_path, wrong("Figures", "A1"))
    assert found.active is found[FINDINGS]
    assert [page.sheet_view.tabSelected for page in found.worksheets[1:]] == [False, False]


@pytest.mark.parametrize("language", languages())
def test_the_list_of_findings_has_headings_and_its_last_column_the_rule(
    language: str, tmp_path: Path
) -> None:
    book = back(book_of(["forty"]), tmp_path, wrong("Figures", "A1"), language=language)
    page = book[FindingWords(language).sheet_name]
    names = finding_labels(language)
    headings = page[row_of_headings(page)]
    assert [cell.value for cell in headings] == [
        names[name] for name in ("severity", "place", "what", "expected", "correction", "rule")
    ]
    first, last = (listed_cells(page, column)[0] for column in (1, 6))
    assert (first.value, last.value) == (names["error"], "number_not_understood")
    assert (headings[0].font.b, first.font.b) == (True, False)


@pytest.mark.parametrize("severity", list(Severity))
def test_each_line_has_the_colour_of_its_gravity(severity: Severity, tmp_path: Path) -> None:
    page = back(book_of(["a"]), tmp_path, wrong("Figures", "A1", severity))[FINDINGS]

    first = listed_cells(page, 1)[0]
    assert first.fill.fgColor.rgb == FILLS[severity].fgColor.rgb
    assert first.value == finding_labels("en")[severity]


def test_only_findings_of_one_cause_are_folded_under_their_number(tmp_path: Path) -> None:
    rows: list[list[object]] = [["a"], ["b"], ["c"]]
    twice = [Finding("cell_shows_error", Severity.ERROR, "Figures", f"A{row}") for row in (1, 2)]

    page = back(book_of(*rows), tmp_path, *twice, wrong("Figures", "A3"))[FINDINGS]
    assert listed_levels(page) == [0, 1, 1, 0]
    assert [cell.value for cell in listed_cells(page, 2)] == [
        "Figures!A1:A2", "Figures!A1", "Figures!A2", "Figures!A3",
    ]  # fmt: skip
    assert page.sheet_properties.outlinePr is not None
    assert page.sheet_properties.outlinePr.summaryBelow is False
