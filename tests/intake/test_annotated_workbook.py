"""The submitter's own file back: coloured cells, comments, and a sheet with every finding."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from defusedxml.ElementTree import fromstring
from openpyxl import Workbook as Book
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openxml_audit import OpenXmlValidator

from metrics.catalogue.loader import catalogue
from metrics.core.errors import SubmissionError
from metrics.intake.annotated_workbook import FILLS, annotate_workbook
from metrics.intake.annotation_texts import (
    MARK,
    FindingWords,
    comment_size,
)
from metrics.intake.copy_of_cells import annotate_plain_copy
from metrics.intake.findings import Finding, Severity, ValidationContext
from metrics.intake.findings_list import LINE_POINTS, ListRow, ReportedFile, RowKind
from metrics.intake.reading import ingest
from metrics.intake.sandbox import unpack
from metrics.intake.templates import EARLIER_FINDINGS
from metrics.intake.validate import validate
from metrics.intake.workbook import NonValue, Sheet, Workbook
from metrics.messages import languages
from tests.sheets import (
    BELONGS,
    fill,
    listed_cells,
    listed_forms,
    listed_levels,
    order,
    row_of_headings,
    saved,
    written,
)

FINDINGS = FindingWords("en").sheet_name
# ECMA-376, part 1, 18.8.22, as the transitional schema of SpreadsheetML (CT_Font) orders them.
ORDER_OF_FONTS = [
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
]  # fmt: skip
WRONG = Finding("number_not_understood", Severity.ERROR, "Figures", "B2", {"typed": "forty"})
ODD = Finding(
    "number_read_from_text", Severity.NOTE, "Figures", "B3", {"typed": "1,5", "understood": "1.5"}
)


def back(path: Path, *findings: Finding, language: str = "en") -> Book:
    return load_workbook(BytesIO(annotate_workbook(path, unpack(path), findings, language)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = Book()
    page = book.worksheets[0]
    page.title = "Figures"
    for row in (["Series", "2024"], ["AA", "forty"], ["BB", "1,5"], ["CC", 7]):
        page.append(row)
    page["B3"].comment = Comment("Counted by hand", "Ministry")
    return saved(book, tmp_path / "report.xlsx")


def test_a_cell_is_coloured_by_the_gravest_of_its_findings(path: Path) -> None:
    note = Finding("number_read_from_text", Severity.NOTE, "Figures", "B2")

    page = back(path, note, WRONG, ODD)["Figures"]

    assert page["B2"].fill.fgColor.rgb == FILLS[Severity.ERROR].fgColor.rgb
    assert page["B3"].fill.fgColor.rgb == FILLS[Severity.NOTE].fgColor.rgb
    assert page["B4"].fill.fill_type is None


def test_a_comment_says_what_is_expected_and_how_to_mend_it(path: Path) -> None:
    comment = back(path, WRONG)["Figures"]["B2"].comment

    assert comment is not None
    for part in ("“forty” is not a number", "Expected: A number", "correct it: Type the number"):
        assert part in comment.text


def test_the_submitters_own_comment_is_kept(path: Path) -> None:
    comment = back(path, ODD)["Figures"]["B3"].comment

    assert comment is not None
    assert comment.text.startswith("Counted by hand")
    assert "read as" in comment.text


def test_the_first_sheet_lists_every_finding_with_a_link_to_its_cell(path: Path) -> None:
    book = back(path, WRONG, ODD)
    page = book.worksheets[0]

    assert page.title == FINDINGS
    cells = listed_cells(page, 2)
    assert [cell.value for cell in cells] == ["Figures!B2", "Figures!B3"]
    link = cells[0].hyperlink
    assert link is not None
    assert link.location == "'Figures'!B2"


def test_findings_of_one_cause_stand_together_below_what_they_share(path: Path) -> None:
    several = [
        Finding("cell_shows_error", Severity.ERROR, "Figures", f"B{row}", {"typed": "#N/A"})
        for row in (2, 3, 4)
    ]

    page = back(path, *several)[FINDINGS]

    group, *single = zip(*(listed_cells(page, column) for column in range(1, 7)), strict=True)
    assert group[1].value == "Figures!B2:B4"
    assert str(group[2].value).endswith("(3)")
    assert listed_levels(page) == [0, 1, 1, 1]
    assert [cell.value for row in single for cell in row[3:]] == [None] * 9


def test_notes_of_one_kind_are_one_line_whose_cells_are_shown_on_demand(path: Path) -> None:
    """A good file may have a hundred notes."""
    notes = [replace(ODD, cell=f"B{row}") for row in (3, 4)]
    errors = [replace(WRONG, cell=f"B{row}") for row in (2, 3)]

    page = back(path, *notes, *errors)[FINDINGS]

    words = [str(cell.value) for cell in listed_cells(page, 1)]
    hidden = [form.hidden for form in listed_forms(page)]
    assert words == ["Error"] * 3 + ["Note"] * 3
    assert hidden == [False] * 4 + [True] * 2


def test_the_list_begins_with_what_it_is_and_what_the_colours_mean(path: Path) -> None:
    file = ReportedFile("figures of 2024.xlsx", "empact-cse", "FI", "2024")
    found = annotate_workbook(path, unpack(path), [WRONG, ODD], "fi", file)

    page = load_workbook(BytesIO(found)).worksheets[0]

    texts = [page.cell(row, 1).value for row in range(1, row_of_headings(page))]
    assert texts[:2] == [
        "Löydökset tiedostossa figures of 2024.xlsx",
        "EMPACT, lasten seksuaalinen hyväksikäyttö, Suomi, kierros 2024",
    ]
    legend = [(page.cell(row, 1), page.cell(row, 2).value) for row in range(5, 8)]
    assert [(cell.value, count) for cell, count in legend] == [
        ("Virhe", "1"), ("Varoitus", "0"), ("Huomio", "1"),
    ]  # fmt: skip
    colours = {cell.fill.fgColor.rgb for cell, _ in legend}
    assert colours == {fill.fgColor.rgb for fill in FILLS.values()}


def test_a_number_is_shown_as_it_is_stored_not_rounded(tmp_path: Path) -> None:
    book = Book()
    page = book.worksheets[0]
    page.title = "Figures"
    for row, (value, form) in enumerate(
        [(2.5, "#,##0"), (2.0, "#,##0"), (2.25, "0.00"), (0.5, "0%"), (2.125, "0.0#")], 2
    ):
        page.cell(row, 2, value).number_format = form
    path = saved(book, tmp_path / "report.xlsx")
    findings = [replace(WRONG, cell=f"B{row}") for row in range(2, 7)]

    page = back(path, *findings)["Figures"]

    forms = [page.cell(row, 2).number_format for row in range(2, 7)]
    assert forms == ["General", "#,##0", "0.00", "0%", "General"]


def test_rows_that_stay_in_view_are_printed_on_every_page(path: Path) -> None:
    book = load_workbook(path)
    book.worksheets[0].freeze_panes = "B2"

    page = back(saved(book, path), WRONG)["Figures"]

    assert page.print_title_rows == "$1:$1"


def test_an_annotated_workbook_is_valid_open_xml(tmp_path: Path) -> None:
    language, book = "el", written(order("el"))
    path, sheet = saved(book, tmp_path / "report.xlsx"), book.sheetnames[1]
    findings = [replace(found, sheet=sheet) for found in (WRONG, ODD, replace(ODD, cell="B4"))]
    target = tmp_path / "annotated.xlsx"
    for made in (
        annotate_workbook(path, unpack(path), findings, language),
        annotate_plain_copy(unpack(path), findings, language),
    ):
        target.write_bytes(made)
        found = OpenXmlValidator().validate(str(target))
        assert found.is_valid, found.errors


@pytest.mark.parametrize(
    ("language", "severity"), [("en", "Error"), ("fi", "Virhe"), ("el", "Σφάλμα")]
)
def test_the_report_speaks_the_language_of_its_reader(
    path: Path, language: str, severity: str
) -> None:
    book = back(path, WRONG, language=language)
    assert book.worksheets[0].title == FindingWords(language).sheet_name
    assert listed_cells(book.worksheets[0], 1)[0].value == severity


def test_a_file_with_data_about_a_person_is_not_copied(path: Path) -> None:
    personal = Finding("email_address", Severity.ERROR, "Figures", "B2", {"where": "cell"})

    with pytest.raises(SubmissionError, match="the file contains data about a person"):
        annotate_workbook(path, unpack(path), [WRONG, personal])


def test_a_text_that_looks_like_a_formula_stays_a_text(path: Path) -> None:
    hostile = Finding("number_not_understood", Severity.ERROR, "=1+1", "B2", {"typed": "=cmd()"})

    page = back(path, hostile)[FINDINGS]

    assert listed_cells(page, 2)[0].data_type == "s"


def test_any_other_format_comes_back_as_a_copy_at_the_same_addresses(tmp_path: Path) -> None:
    path = tmp_path / "figures.csv"
    path.write_text("series;value\nAA;forty\n\nBB;12\n", encoding="utf-8")
    sheet = unpack(path).sheets[0].name

    wrong = Finding("number_not_understood", Severity.ERROR, sheet, "B2", {"typed": "forty"})
    page = back(path, wrong)[sheet]

    assert [page["A2"].value, page["B2"].value, page["A4"].value] == ["AA", "forty", "BB"]
    assert page["B2"].comment is not None


def test_every_kind_of_cell_can_be_copied() -> None:
    cells: list[object] = [
        None,
        True,
        1.5,
        "=text",
        "\x0b",
        date(2024, 3, 1),
        NonValue("error", "#N/A"),
    ]
    workbook = Workbook("a.ods", "ods", (Sheet("A/B: [x] " + "y" * 40, [cells]),))

    book = load_workbook(BytesIO(annotate_workbook(Path("a.ods"), workbook, [])))

    assert [cell.value for cell in book.worksheets[1][1]][1:4] == [True, 1.5, "=text"]


def checked(path: Path) -> tuple[Workbook, Sequence[Finding]]:
    workbook = unpack(path)
    reading = ingest(workbook, catalogue(), BELONGS)
    known = catalogue()
    collection = known.collections["empact-cse"]
    return workbook, validate(
        ValidationContext(reading, collection, known.indicators, known.goals, BELONGS)
    )


@pytest.mark.parametrize("language", languages())
def test_fonts_are_written_in_the_order_of_the_standard(tmp_path: Path, language: str) -> None:
    book = written(order(language))
    path = saved(book, tmp_path / "report.xlsx")
    finding = replace(WRONG, sheet=book.sheetnames[0])

    fonts = fonts_of(annotate_workbook(path, unpack(path), [finding], language))

    assert {"b", "color", "u", "sz", "name"} <= {name for font in fonts for name in font}
    assert all(font == sorted(font, key=ORDER_OF_FONTS.index) for font in fonts)


def fonts_of(workbook: bytes) -> list[list[str]]:
    """The names of the elements of every font, in the order in which they are written."""
    with ZipFile(BytesIO(workbook)) as archive:
        styles = fromstring(archive.read("xl/styles.xml"))
    fonts = styles.iterfind(".//{*}font")
    return [[element.tag.partition("}")[2] for element in font] for font in fonts]


def test_the_report_comes_back_as_the_same_submission(tmp_path: Path) -> None:
    book = written(order())
    fill(book, {"ICSE_VICTIMS": 12, "ICSE_VICTIMS[sex=F]": 20}, "Value 2024")
    path = saved(book, tmp_path / "report.xlsx")
    workbook, findings = checked(path)

    again = tmp_path / "again.xlsx"
    again.write_bytes(annotate_workbook(path, workbook, findings))

    assert any(finding.rule == "parts_above_total" for finding in findings)
    assert checked(again)[1] == findings


def test_a_report_that_was_mended_loses_its_marks(path: Path, tmp_path: Path) -> None:
    first = tmp_path / "first.xlsx"
    first.write_bytes(annotate_workbook(path, unpack(path), [WRONG, ODD]))

    book = back(first)

    assert book["Figures"]["B2"].fill.fill_type is None
    assert book["Figures"]["B2"].comment is None
    own = book["Figures"]["B3"].comment
    assert own is not None
    assert MARK not in own.text
    assert book.sheetnames.count(FINDINGS) == 1


def test_the_list_of_an_earlier_version_and_of_another_language_is_removed(
    path: Path, tmp_path: Path
) -> None:
    book = back(path, WRONG, language="fi")
    book.create_sheet(EARLIER_FINDINGS)
    first = saved(book, tmp_path / "first.xlsx")

    assert back(first, WRONG, language="el").sheetnames == [
        FindingWords("el").sheet_name,
        "Figures",
    ]


def test_the_list_is_as_high_as_its_texts_and_one_page_wide(path: Path) -> None:
    page = back(path, WRONG).worksheets[0]

    cells = [listed_cells(page, column)[0] for column in range(1, 7)]
    height = listed_forms(page)[0].height
    assert height == ListRow(RowKind.FINDING, [str(cell.value) for cell in cells]).height
    assert height >= 2 * LINE_POINTS
    setup = page.page_setup
    fitted = page.sheet_properties.pageSetUpPr
    assert fitted is not None
    assert (fitted.fitToPage, setup.fitToHeight) == (True, 0)
    row = row_of_headings(page)
    assert (setup.orientation, page.print_title_rows) == ("landscape", f"${row}:${row}")


def test_a_long_comment_has_a_larger_box() -> None:
    assert comment_size("short")[1] < comment_size("a word " * 60)[1] < comment_size("x" * 5000)[1]


def test_a_copy_of_cells_has_columns_as_wide_as_their_texts(tmp_path: Path) -> None:
    table = tmp_path / "a.csv"
    table.write_text("indicator,period,value\nNumber of children recorded,2024,forty\n")
    page = load_workbook(BytesIO(annotate_workbook(table, unpack(table), []))).worksheets[1]
    assert page.column_dimensions["A"].width > 2 * page.column_dimensions["B"].width


def test_texts_stand_in_the_table_of_shared_texts_as_excel_writes_them(
    path: Path, tmp_path: Path
) -> None:
    package = annotate_workbook(path, unpack(path), [WRONG, ODD])
    target = tmp_path / "annotated.xlsx"
    target.write_bytes(package)
    with ZipFile(target) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name]
        table = fromstring(parts.read("xl/sharedStrings.xml"))

    assert not [sheet for sheet in sheets if b"inlineStr" in sheet]
    texts = ["".join(item.itertext()) for item in table]
    assert len({*texts}) == len(texts) == int(table.get("uniqueCount", ""))
    assert int(table.get("count", "")) == sum(sheet.count(b't="s"') for sheet in sheets)
    figures = next(sheet for sheet in unpack(target).sheets if sheet.name == "Figures")
    assert figures.rows == unpack(path).sheets[0].rows


def test_spaces_line_breaks_and_empty_texts_survive_in_the_table(tmp_path: Path) -> None:
    book = Book()
    for row in (["Series", "  two  ", "a\nb"], ["<&>", '"', "same"], ["same", "", 1]):
        book.worksheets[0].append(row)
    path = saved(book, tmp_path / "report.xlsx")

    page = back(path, WRONG)["Sheet"]

    found = [[cell.value for cell in row] for row in page.iter_rows(max_row=3)]
    assert found == [["Series", "  two  ", "a\nb"], ["<&>", '"', "same"], ["same", None, 1]]


def test_each_sheet_of_the_sender_is_printed_one_page_wide(tmp_path: Path) -> None:
    """The clean copy, which is annotated, has no print settings of its own."""
    path, copy = saved(written(order()), tmp_path / "report.xlsx"), tmp_path / "copy"
    workbook = unpack(path, copy=copy)

    book = load_workbook(BytesIO(annotate_workbook(copy, workbook, [WRONG])))

    fitted = [page.sheet_properties.pageSetUpPr for page in book.worksheets]
    assert all(setup is not None and setup.fitToPage for setup in fitted)
    assert {page.page_setup.fitToHeight for page in book.worksheets} == {0}
