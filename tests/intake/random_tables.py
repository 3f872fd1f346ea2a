"""Tables that a statistician might draw, in random layouts, with what a reader of the sheet sees."""

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZipFile

import xlsxwriter
from hypothesis import strategies as st
from xlsxwriter.worksheet import Worksheet

# Series that no rule relates to one another, each with the words that a row may name it by.
SERIES: Mapping[str, tuple[str, str, str]] = {  # indicator, component, sex
    "ICSE_VICTIMS[sex=F]": ("ICSE_VICTIMS", "", "F"),
    "TRAININGS_HELD": ("TRAININGS_HELD", "", ""),
    "HOTLINE_REPORTS_RECEIVED": ("HOTLINE_REPORTS_RECEIVED", "", ""),
    "CONTENT_REMOVED": ("CONTENT_REMOVED", "", ""),
    "AWARENESS_CAMPAIGNS": ("AWARENESS_CAMPAIGNS", "", ""),
}
UNITS = {"ICSE_VICTIMS": "persons", "TRAININGS_HELD": "events", "CONTENT_REMOVED": "items",
         "HOTLINE_REPORTS_RECEIVED": "reports", "AWARENESS_CAMPAIGNS": "campaigns"}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """A cell as it is stored: a number or text, its format, and how parts of a text are set."""

    content: float | str | None
    shown_as: str = ""  # a number format
    raised: str = ""  # what follows the text, raised
    struck: bool = False
    formula: str = ""
    unseen: bool = False  # in the colour of its background
    comment: str = ""


BLANK = Written(None)
Dressing = Callable[[int], Written]
# The sheet shows the number itself, however it is stored.
PLAIN: dict[str, Dressing] = {
    "number": Written,
    "number as text": lambda value: Written(str(value)),
    "grouped text": lambda value: Written(f"{value:,}".replace(",", "\u202f")),
    "apostrophes": lambda value: Written(f"{value:,}".replace(",", "'")),
    "spaces around": lambda value: Written(f"\u00a0{value} "),
    "grouped format": lambda value: Written(value, "#,##0"),
    "unit in the format": lambda value: Written(value, '0" cases"'),
    "accounting": lambda value: Written(value, '_-* #,##0_-;-* #,##0_-;_-* "-"_-;_-@_-'),
    "two decimals": lambda value: Written(value, "0.00"),
    "result of a formula": lambda value: Written(value, formula=f"={value}+0"),
    "provisional": lambda value: Written(f"{value} p"),
}
# The sheet shows something else than the number, or says more than it: never read in silence.
DOUBTFUL: dict[str, Dressing] = {
    "raised footnote": lambda value: Written(str(value), raised="2"),
    "struck through": lambda value: Written(str(value), raised="1", struck=True),
    "thousands": lambda value: Written(value, "#,##0,"),
    "per cent": lambda value: Written(value / 100, "0%"),
    "masked": lambda value: Written(value, '"c"'),
    "hidden": lambda value: Written(value, ";;;"),
    "masked if small": lambda value: Written(value, '[<900000000]"<";0'),
    "digit in the format": lambda value: Written(value, '0"2"'),
    "escaped digit": lambda value: Written(value, "0\\2"),
    "thousand in the format": lambda value: Written(value, '0" thousand"'),
    "short for thousand": lambda value: Written(value, '0" k"'),
    "millions in the format": lambda value: Written(value, '0.0" Mio."'),
    "per cent beside": lambda value: Written(value, '0"%"'),
    "about in the format": lambda value: Written(value, '"ca. "0'),
    "per mille in the format": lambda value: Written(value, '0" ‰"'),
    "degrees in the format": lambda value: Written(value, '0"°"'),
    "minus in the format": lambda value: Written(value, '"−"0'),
    "rounded away": lambda value: Written(value + 0.4, "0"),
    "scientific": lambda value: Written(f"{value + 11:.0E}"),
    "less than": lambda value: Written(f"<{value}"),
    "about": lambda value: Written(f"ca. {value}"),
    "footnote mark": lambda value: Written(f"{value}*"),
    "raised sign": lambda value: Written(f"{value}\u00b2"),
    "brackets": lambda value: Written(f"({value})"),
    "range": lambda value: Written(f"{value}-{value + 5}"),
    "in thousands": lambda value: Written(f"{value} thousand"),
    "two numbers": lambda value: Written(f"{value}; {value}"),
    "below one another": lambda value: Written(f"{value % 90}\n{value % 900 + 100}"),
    "slashed": lambda value: Written(f"{value}/{value + 9}"),
    "one point": lambda value: Written(f"{value % 900 + 1}.{value % 1000:03}"),
    "a date": lambda value: Written(40_000 + value % 5000, "yyyy-mm-dd"),
    "a year": lambda value: Written(value + 61, "yyyy"),
    "a time": lambda value: Written(value % 99 / 100, "[h]:mm"),
    "truth": lambda _value: Written("TRUE"),
    "a word": lambda _value: Written("none"),
}


@dataclass
class Table:
    """A sheet, and what a reader sees: the value of each series, None if that is open to doubt."""

    rows: list[list[Written]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    seen: dict[str, float | None] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    first: int = 0  # the first row below the headings

    def is_hidden(self, row: int, column: int) -> bool:
        return row in self.hidden_rows or column in self.hidden_columns

    def filled(self) -> set[tuple[int, int]]:
        return {
            (number, column)
            for number, row in enumerate(self.rows)
            for column, cell in enumerate(row)
            if cell.content is not None
        }


TITLES = {
    "": False, "Figures of the ministry": False, "Reports in thousands": True,
    "Reporting year 2019": True, "Police region North only": False, "(1 000)": True,
}  # fmt: skip
# What is merged over the headings of values, statuses and what is beside them, and whether it leaves
# the values as they are.
OVER_HEADINGS = {
    "": True, "2024": True, "Figures of the ministry": True, "2023": False, "in thousands": False,
}  # fmt: skip
# Comments on a value, and whether the sender is asked about them.
COMMENTS = {"in thousands": True, "figure of 2019": True, "checked": False}
VALUE_HEADINGS = {
    "Value": True, "Value 2024": True, "2024": True, "2024 p": True, "2024*": True,
    "Value (thousands)": False, "2023": False, "2023/24": False, "2024 Q1": False, "Anno 2024": True,
    "T1 2024": False, "Value in 1000": False,
}  # fmt: skip
# Columns beside the values: heading, texts by row, and whether these leave the value as it is.
BESIDE = {
    "none": ("", "", True), "remark": ("Remark", "as counted", True), "own": ("Our key", "x", True),
    "unit": ("Unit", "UNIT", True), "thousand": ("Unit", "thousand", False),
    "multiplier": ("UNIT_MULT", "3", False), "no multiplier": ("UNIT_MULT", "0", True),
    "region": ("Region", "North", False), "deleted": ("deleted", "true", False),
    "numbers": ("Index", "17", True), "years": ("Anno", "2019", False), "other area": ("Area", "SE", False),
    "area": ("Area", "FI", True), "limit": ("limit", "LOWER", True), "flag": ("", "b", True),
}  # fmt: skip


def kinds_of_cells(can_hold: Callable[[Written], object]) -> st.SearchStrategy[str]:
    """Mostly cells without any doubt, of those that a format can hold."""
    plain, doubtful = (
        [name for name, dress in dressings.items() if can_hold(dress(345))]
        for dressings in (PLAIN, DOUBTFUL)
    )
    return st.one_of(*[st.sampled_from(plain)] * 12, st.sampled_from(doubtful))


KINDS = kinds_of_cells(lambda _cell: True)
KINDS_OF_ODS = kinds_of_cells(lambda cell: not cell.shown_as)
KINDS_OF_TEXT = kinds_of_cells(lambda cell: not (cell.shown_as or cell.raised or cell.formula))


@dataclass(frozen=True)
class Layout:
    """What holds for all rows of a table."""

    keyed: bool  # whether a column holds the key of the series, or three columns its words
    heading: str
    beside: str
    with_status: bool
    left: int  # empty columns before it

    @property
    def names(self) -> list[str]:
        keys = ["Series"] if self.keyed else ["Indicator", "Component", "Sex"]
        status = ["Status"] if self.with_status else []
        return [*keys, self.heading, *status, BESIDE[self.beside][0]]

    @property
    def leaves_values(self) -> bool:
        has_two_statuses = self.with_status and self.beside == "flag"
        return VALUE_HEADINGS[self.heading] and BESIDE[self.beside][2] and not has_two_statuses

    def row(self, cells: list[Written]) -> list[Written]:
        return [*[BLANK] * self.left, *cells]


LAYOUTS = st.builds(
    Layout,
    st.booleans(),
    st.sampled_from([*VALUE_HEADINGS, *["Value 2024"] * 20]),
    st.sampled_from([*BESIDE, *["none", "own"] * 8]),
    st.booleans(),
    st.integers(0, 2),
)


@st.composite
def tables(
    draw: st.DrawFn, kinds: st.SearchStrategy[str] = KINDS, *, may_merge: bool = True
) -> Table:
    """A table of one sheet for the round 2024 of Finland."""
    table, layout = Table(), draw(LAYOUTS)
    chosen = draw(st.lists(st.sampled_from([*SERIES]), min_size=1, max_size=5, unique=True))
    if title := draw(st.sampled_from([*TITLES, *[""] * 12])):
        table.rows.append(layout.row([Written(title)]))
    table.rows += [[BLANK]] * draw(st.integers(0, 1))
    over = draw(st.sampled_from([*OVER_HEADINGS, *[""] * 8])) if may_merge else ""
    _add_headings(table, layout, over, is_tall=may_merge and draw(st.integers(0, 4)) == 0)
    first = table.first = len(table.rows)
    for series in chosen:
        _add_row(draw, table, layout, series, draw(kinds))
    if may_merge and not layout.keyed and len(chosen) > 1 and draw(st.integers(0, 5)) == 0:
        _merge_first_rows(table, first, draw(st.integers(0, 3)), layout)
    if draw(st.integers(0, 5)) == 0:
        table.rows.append(layout.row([Written("Source: register of the ministry")]))
    if may_merge and draw(st.booleans()):
        table.hidden_rows.add(draw(st.integers(first, len(table.rows) - 1)))
        _draw_displays(draw, table, layout, len(chosen))
    if TITLES[title] and not (title.endswith("2019") and "2024" in layout.heading):
        table.seen = dict.fromkeys(table.seen)
    if not OVER_HEADINGS[over] and not (over == "2023" and "2024" in layout.heading):
        table.seen = dict.fromkeys(table.seen)
    return table


def _add_headings(table: Table, layout: Layout, over: str, *, is_tall: bool) -> None:
    """One row of headings: below another that is merged over some, or each merged over two rows."""
    first, last = (
        layout.left + layout.names.index(layout.heading),
        layout.left + len(layout.names) - 1,
    )
    if over:
        table.merged += [(len(table.rows), first, len(table.rows), last)] if last > first else []
        table.rows.append([*[BLANK] * first, Written(over)])
    headings = layout.row([Written(name or None) for name in layout.names])
    table.rows.append(headings)
    if is_tall:
        top = len(table.rows) - 1
        filled = (column for column, cell in enumerate(headings) if cell.content is not None)
        table.merged += [(top, column, top + 1, column) for column in filled]
        table.rows.append([BLANK] * len(headings))


def _draw_displays(draw: st.DrawFn, table: Table, layout: Layout, rows: int) -> None:
    """Hide a column, give a value the colour of its background, or comment on one."""
    column = layout.left + layout.names.index(layout.heading)
    if draw(st.booleans()):
        table.hidden_columns.add(draw(st.integers(0, layout.left + len(layout.names) - 1)))
    row = table.first + draw(st.integers(0, rows - 1))
    own = table.rows[row][column]
    is_number = isinstance(own.content, int) and not own.formula and not own.shown_as
    unseen, comment = is_number and draw(st.booleans()), draw(st.sampled_from(["", *COMMENTS]))
    table.rows[row][column] = replace(own, unseen=unseen, comment=comment)


def _add_row(draw: st.DrawFn, table: Table, layout: Layout, series: str, kind: str) -> None:
    status = draw(st.sampled_from(["", "", "P", "E", "B"]))
    value, is_named = draw(st.integers(0, 900)), draw(st.integers(0, 14)) > 0
    key = [series] if layout.keyed else [*SERIES[series]]
    words = [Written(text or None) for text in key]
    unit = UNITS[SERIES[series][0]] if layout.beside == "unit" else BESIDE[layout.beside][1]
    table.rows.append(
        layout.row(
            [
                *(words if is_named else [BLANK, *words[1:]]),
                (PLAIN | DOUBTFUL)[kind](value),
                *([Written(status or None)] if layout.with_status else []),
                Written(unit or None),
            ]
        )
    )
    is_certain = kind in PLAIN and layout.leaves_values and is_named
    table.seen[series] = value if is_certain else None
    flag = "P" if kind == "provisional" or layout.heading == "2024 p" else "A"
    table.statuses[series] = (status if layout.with_status else "") or flag
    if layout.beside == "flag":
        table.statuses[series] = "B"


def _merge_first_rows(table: Table, first: int, column: int, layout: Layout) -> None:
    """Merge a cell with the one below, which it covers: what that row says is open to doubt.

    What the upper row says is too, if both are beside one value.
    """
    index = layout.left + column
    table.merged.append((first, index, first + 1, index))
    above, below = table.rows[first][index], table.rows[first + 1][index]
    upper, lower = [*table.seen][:2]
    is_value = column == layout.names.index(layout.heading)
    if is_value or above.content != below.content:
        table.seen[lower] = None
    if is_value:
        table.seen[upper] = None


def write_xlsx(table: Table, path: Path) -> Path:
    book = xlsxwriter.Workbook(path, {"nan_inf_to_errors": True})
    page = book.add_worksheet("Figures")
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            _write_cell(book, page, number, column, cell)
    for top, left, bottom, right in table.merged:
        page.merge_range(top, left, bottom, right, table.rows[top][left].content or "")
        if right < len(table.rows[bottom]):
            _write_cell(book, page, bottom, right, table.rows[bottom][right])
    for number in table.hidden_rows:
        page.set_row(number, options={"hidden": True})
    for number in table.hidden_columns:
        page.set_column(number, number, None, None, {"hidden": True})
    book.close()
    return path


def _write_cell(
    book: xlsxwriter.Workbook, page: Worksheet, row: int, column: int, cell: Written
) -> None:
    if cell.content is None:
        return
    form = {"num_format": cell.shown_as} if cell.shown_as else {}
    style = book.add_format(form | ({"font_color": "#FFFFFF"} if cell.unseen else {}))
    if cell.comment:
        page.write_comment(row, column, cell.comment)
    if cell.raised:
        mark = {"font_strikeout": True} if cell.struck else {"font_script": 1}
        page.write_rich_string(row, column, f"{cell.content}", book.add_format(mark), cell.raised)
    elif cell.formula:
        page.write_formula(row, column, cell.formula, None, cell.content)
    elif isinstance(cell.content, str):
        page.write_string(row, column, cell.content)
    else:
        page.write_number(row, column, cell.content, style)


def write_separated(table: Table, path: Path, separator: str = ";") -> Path:
    """A text file, which has neither formats nor merged cells."""
    rows = [["" if cell.content is None else cell.content for cell in row] for row in table.rows]
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(rows)
    return path


ODS_STYLES = (
    '<style:style style:name="Raised" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Struck" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="Unseen" style:family="table-cell">'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
)
ODS_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:spreadsheet>"
    '<table:table table:name="Figures">{columns}{rows}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.3" '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write_ods(table: Table, path: Path) -> Path:
    rows = "".join(_ods_row(table, number) for number in range(len(table.rows)))
    with ZipFile(path, "w") as parts:
        parts.writestr("mimetype", ODS_TYPE)
        content = ODS_CONTENT.format(styles=ODS_STYLES, columns=_ods_columns(table), rows=rows)
        parts.writestr("content.xml", content)
        parts.writestr("META-INF/manifest.xml", ODS_MANIFEST)
    return path


def _ods_columns(table: Table) -> str:
    hidden = ' table:visibility="collapse"'
    return "".join(
        f"<table:table-column{hidden if column in table.hidden_columns else ''}/>"
        for column in range(max(map(len, table.rows)))
    )


def _ods_row(table: Table, number: int) -> str:
    hidden = ' table:visibility="collapse"' if number in table.hidden_rows else ""
    cells = "".join(
        _ods_cell(cell, _ods_span(table, number, column))
        for column, cell in enumerate(table.rows[number])
    )
    return f"<table:table-row{hidden}>{cells}</table:table-row>"


def _ods_span(table: Table, row: int, column: int) -> str:
    """What a cell says about a merge: how much it covers, or that it is covered."""
    for top, left, bottom, right in table.merged:
        if (row, column) == (top, left):
            rows, columns = bottom - top + 1, right - left + 1
            return f' table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}"'
        if top <= row <= bottom and left <= column <= right:
            return "covered"
    return ""


def _ods_cell(cell: Written, span: str) -> str:
    name = "table:covered-table-cell" if span == "covered" else "table:table-cell"
    given = "" if span == "covered" else span
    if cell.content is None:
        return f"<{name}{given}/>"
    if isinstance(cell.content, str):
        given += ' office:value-type="string"'
    else:
        given += f' office:value-type="float" office:value="{cell.content}"'
    if cell.formula:
        given += f' table:formula="of:{cell.formula}"'
    if cell.unseen:
        given += ' table:style-name="Unseen"'
    note = f"<office:annotation><text:p>{cell.comment}</text:p></office:annotation>"
    mark = "Struck" if cell.struck else "Raised"
    raised = f'<text:span text:style-name="{mark}">{cell.raised}</text:span>' if cell.raised else ""
    shown = f"<text:p>{escape(str(cell.content))}{raised}</text:p>"
    return f"<{name}{given}>{note if cell.comment else ''}{shown}</{name}>"
