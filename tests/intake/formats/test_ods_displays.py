"""OpenDocument: units beside numbers, unseen colours, and hidden rows and columns."""

from pathlib import Path
from time import process_time
from zipfile import ZipFile

import pytest

from metrics.intake.formats.ods.reader import NAME_OF_SHEET
from metrics.intake.sandbox import unpack
from metrics.intake.workbook import NonValue

SPACES = "".join(
    f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in {"office": "office", "table": "table", "text": "text", "style": "style",
                       "fo": "xsl-fo-compatible"}.items()
)  # fmt: skip
STYLES = (
    '<office:automatic-styles><style:style style:name="w" style:family="table-cell">'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="d" style:family="table-cell"><style:text-properties '
    'fo:color="#ffffff"/><style:table-cell-properties fo:background-color="#000080"/>'
    '</style:style><style:style style:name="near" style:family="table-cell">'
    '<style:text-properties fo:color="#fdfdfd"/></style:style>'
    '<style:style style:name="grey" style:family="table-cell">'
    '<style:text-properties fo:color="#d9d9d9"/></style:style>'
    '<style:style style:name="low" style:family="table-row">'
    '<style:table-row-properties style:row-height="0.04cm"/></style:style>'
    '<style:style style:name="thin" style:family="table-column">'
    '<style:table-column-properties style:column-width="1mm"/></style:style>'
    '<style:style style:name="filled" style:family="table-cell">'
    '<style:table-cell-properties style:repeat-content="true"/></style:style>'
    "</office:automatic-styles>"
)


def cell(value: str, text: str, style: str = "") -> str:
    own = f' table:style-name="{style}"' if style else ""
    return (
        f'<table:table-cell{own} office:value-type="float" office:value="{value}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def test_what_is_displayed_beside_the_values_comes_out(tmp_path: Path) -> None:
    rows = [
        f"<table:table-row>{cell('12', '12 €')}{cell('5', '5.0E+00')}</table:table-row>",
        f"<table:table-row>{cell('7', '7', 'w')}{cell('8', '8', 'd')}</table:table-row>",
        (
            '<table:table-row table:visibility="filter" table:number-rows-repeated="2">'
            f"{cell('9', '9')}</table:table-row>"
        ),
        '<table:table-row table:visibility="collapse"><table:table-cell/></table:table-row>',
        f'<table:table-row table:style-name="low">{cell("9", "9")}</table:table-row>',
        f"<table:table-row>{cell('6', '6', 'near')}{cell('4', '4', 'grey')}</table:table-row>",
        f"<table:table-row>{cell('0', '0')}{cell('0', '–')}</table:table-row>",
    ]
    columns = (
        '<table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        '<table:table-column table:style-name="thin"/>'
    )
    content = (
        f"<office:document-content{SPACES}>{STYLES}<office:body><office:spreadsheet>"
        f'<table:table table:name="A">{columns}{"".join(rows)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
        archive.writestr(
            "settings.xml",
            '<config:config-item xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"'
            ' config:name="ShowZeroValues">false</config:config-item>',
        )

    workbook = unpack(tmp_path / "a.ods", copy=tmp_path / "copy")

    shown = [(own.kind, own.row, own.column, own.text) for own in workbook.displays]
    assert shown == [
        ("hidden_column", -1, 2, ""),
        ("hidden_column", -1, 3, ""),
        ("unit", 0, 0, "€"),
        ("unseen", 1, 0, ""),
        ("hidden_row", 2, -1, ""),
        ("hidden_row", 3, -1, ""),
        ("hidden_row", 5, -1, ""),
        ("unseen", 6, 0, ""),
        ("zero", 7, 1, ""),
        ("all_zeros", -1, -1, ""),
    ]


def text_cell(text: str, *paragraphs: str) -> str:
    displayed = "".join(f"<text:p>{own}</text:p>" for own in paragraphs)
    return (
        f'<table:table-cell office:value-type="string" office:string-value="{text}">'
        f"{displayed}</table:table-cell>"
    )


def test_a_text_that_is_displayed_as_another_is_named_and_no_number(tmp_path: Path) -> None:
    cells = [
        text_cell("999", "412"), text_cell("1 234", "5"), text_cell("P", "F"), text_cell("P", ""),
        text_cell("12", "12"), text_cell("12"), text_cell("a  b", "a b"), cell("4", "4", "filled"),
        cell("412", "412₀"),
    ]  # fmt: skip
    content = (
        f"<office:document-content{SPACES}>{STYLES}<office:body><office:spreadsheet>"
        f'<table:table table:name="A"><table:table-row>{"".join(cells)}</table:table-row>'
        "</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)

    workbook = unpack(tmp_path / "a.ods", copy=tmp_path / "copy.ods")

    read = workbook.sheets[0].rows[0]
    disguised = {
        n: NonValue("disguised", text)
        for n, text in ((0, "999"), (1, "1 234"), (7, "4"), (8, "412"))
    }
    assert read == [
        disguised.get(n, text)
        for n, text in enumerate(["", "", "P", "P", "12", "12", "a  b", "", ""])
    ]
    assert [(own.kind, own.column) for own in workbook.displays] == [
        ("other_text", column) for column in range(4)
    ]
    assert unpack(tmp_path / "copy.ods").sheets[0].rows[0] == read


@pytest.mark.parametrize(
    ("ranges", "cells"),
    [
        ("Data.A1:Data.B9", "A1:B9"),
        ("$'it''s'.$B$2 'A sheet'.D4", "$B$2 D4"),
        (".A1:.B2", "A1:B2"),
    ],
)
def test_the_names_of_sheets_are_left_out_of_ranges(ranges: str, cells: str) -> None:
    assert NAME_OF_SHEET.sub("", ranges) == cells


@pytest.mark.parametrize("repeated", ["a", "'", " ''"])
def test_a_long_range_takes_no_more_than_linear_time(repeated: str) -> None:
    began = process_time()
    NAME_OF_SHEET.sub("", repeated * 40_000)
    assert process_time() - began < 2


CALCEXT = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
STRUCK = (
    '<office:automatic-styles><style:style style:name="s_5f_1" style:display-name="s_1" '
    'style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/>'
    "</style:style></office:automatic-styles>"
)


@pytest.mark.parametrize(
    ("condition", "is_struck"),
    [
        ("formula-is(FALSE)", False),
        ("formula-is(TRUE)", True),
        ("formula-is([.$B1]=&quot;C&quot;)", True),
        ("formula-is([.$B1]=&quot;F&quot;)", False),
        ("&gt;5", True),
        ("&gt;=7.5", False),
        ("=[.A2]", False),
        ("duplicate", True),  # not evaluated
    ],
)
def test_a_conditional_format_counts_where_it_applies(
    condition: str, is_struck: bool, tmp_path: Path
) -> None:
    text = '<table:table-cell office:value-type="string"><text:p>C</text:p></table:table-cell>'
    rows = f"<table:table-row>{cell('7', '7')}{text}</table:table-row>"
    listed = (
        '<calcext:conditional-formats><calcext:conditional-format calcext:target-range-address="A.A1:A.A9">'
        f'<calcext:condition calcext:apply-style-name="s_1" calcext:value="{condition}" '
        'calcext:base-cell-address="A.A1"/></calcext:conditional-format></calcext:conditional-formats>'
    )
    content = (
        f'<office:document-content{SPACES} xmlns:calcext="{CALCEXT}">{STRUCK}<office:body>'
        f'<office:spreadsheet><table:table table:name="A">{rows}{listed}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    workbook = unpack(tmp_path / "a.ods", copy=tmp_path / "copy.ods")
    assert workbook.sheets[0].rows[0][0] == (NonValue("marked", "[7]") if is_struck else 7.0)
