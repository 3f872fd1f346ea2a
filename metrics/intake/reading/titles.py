"""Report titles and names that may change the figures: in thousands, of another year or State."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from metrics.catalogue.codelists import LETTERS_OF_WORD, find_code, fold_spelling
from metrics.catalogue.codelists.units import PER_CENT
from metrics.core.cells import cell_address
from metrics.intake.reading.countries import parse_country
from metrics.intake.reading.days import DECEMBER, MONTH_AND_YEAR, year_ending_on
from metrics.intake.reading.figure_words import find_meaning
from metrics.intake.reading.headings import split_period
from metrics.intake.reading.issues import ReadIssue
from metrics.intake.reading.layout import Layout, SheetTable
from metrics.intake.reading.named_areas import other_areas_named, unknown_state_named
from metrics.intake.reading.named_periods import month_of
from metrics.intake.reading.numbers import cell_text
from metrics.intake.reading.partial_figures import PART_OF_YEAR, names_a_limit, names_a_part
from metrics.intake.reading.qualifiers import names_a_multiplier
from metrics.intake.reading.title_meanings import DescribedTables
from metrics.intake.workbook import Workbook

YEAR_APART = re.compile(r"(?<![^\W_])(?:19|20)[0-9]{2}(?![^\W_])")  # not of CC2019
SHARE_OR_RATE = re.compile(r"[%‰]|(?<![0-9])10{0,2}[ .,'’]?000(?![0-9])")
SHORTEST_MONTH = 2
LAST_DAY_IN_WORDS = re.compile(rf"\b31\.?[ªº]? (?:de |of )?{MONTH_AND_YEAR}\b")
LONGEST_TITLE = 120  # characters; anything longer is running text


class FilledCell(NamedTuple):
    row: int
    column: int
    value: object


class ImpliedScope(NamedTuple):
    """What a table need not name: the area of the submission, and the only period of the round."""

    area: str
    period: str

    def for_tables(self, layout: Layout) -> "ImpliedScope":
        """What the tables of a sheet do not name themselves."""
        tables = layout.tables_of("observations")
        name_areas = all(table.has_cells("area") for table in tables)
        name_periods = all(
            table.has_cells("period") or any(column.period for column in table.columns)
            for table in tables
        )
        return ImpliedScope("" if name_areas else self.area, "" if name_periods else self.period)


def title_issues(
    layout: Layout, cells: Iterable[FilledCell], implied: ImpliedScope
) -> Iterator[ReadIssue]:
    """What texts beside the tables say about the figures, unless the tables state it themselves."""
    implied = implied.for_tables(layout)
    described = DescribedTables(layout.tables_of("observations"), implied.period)
    end_of_titles = max((table.top for table in layout.tables), default=0)
    for cell in cells:
        title = title_text(cell.value)
        issue = (
            described.confidentiality_issue(text_about_figures(cell.value))
            or described.period_issue(title)
            or _issue_anywhere(cell.value, implied)
        )
        if issue is None and cell.row < end_of_titles:
            issue = (
                described.status_issue(title)
                or _issue_above(title, implied)
                or described.part_issue(title)
            )
        if issue:
            address = cell_address(cell.row, cell.column)
            yield replace(issue, sheet=layout.sheet.name, cell=address)


def issue_within_table(table: SheetTable, text: str, implied: ImpliedScope) -> ReadIssue | None:
    """What a text between or below the rows of a table says about its figures."""
    described = DescribedTables([table], implied.period)
    issue = (
        described.confidentiality_issue(text)
        or described.period_issue(text)
        or _issue_anywhere(text, implied)
    )
    if issue is None and (other := other_areas_named(text, implied.area)):
        issue = area_issue(other, implied.area)
    issue = issue or described.status_issue(text)
    is_limited = issue is None and names_a_part(text, implied.period)
    return ReadIssue("title_with_limit") if is_limited else issue


def _issue_anywhere(value: object, implied: ImpliedScope) -> ReadIssue | None:
    """Thousands or another period, which a note below a table may name as well."""
    if may_name_a_multiplier(value):
        return ReadIssue("title_with_multiplier")
    period = (
        only_period(value) or year_ending_on(value) or year_ending_in_words(value)
        if implied.period
        else ""
    )
    if period in {"", implied.period}:
        return None
    return ReadIssue("title_with_period", understood=period, expected=implied.period)


def _issue_above(title: str, implied: ImpliedScope) -> ReadIssue | None:
    """Another State, or a part of what is asked for."""
    if other := other_areas_named(title, implied.area):
        return area_issue(other, implied.area)
    if implied.area and (unknown := unknown_state_named(title)):
        return ReadIssue("area_unknown", typed=unknown.typed, nearest=unknown.nearest)
    if names_a_limit(title):
        return ReadIssue("title_with_limit")
    if part := part_of_period(title, implied.period):
        return ReadIssue("title_not_of_one_period", understood=part)
    named = "" if implied.period else split_period(fold_spelling(title))[0]
    may_matter = names_a_rate(title) or part_of_period(title, named)
    if may_matter:
        return ReadIssue("title_with_rate_or_part")
    return ReadIssue("title_with_limit") if names_a_part(title, implied.period) else None


def may_name_a_multiplier(value: object) -> bool:
    """Whether a cell holds a title or heading with thousands in it; running text is none."""
    return names_a_multiplier(title_text(value))


def title_text(value: object) -> str:
    """The text of a title or heading; empty if a cell holds a number or running text."""
    return value if isinstance(value, str) and len(value) <= LONGEST_TITLE else ""


def text_about_figures(value: object) -> str:
    """A title, or a longer text by which figures are confidential; empty if neither."""
    is_confidential = isinstance(value, str) and find_meaning(value, "confidential")
    return title_text(value) or (str(value) if is_confidential else "")


def names_a_rate(text: str) -> bool:
    """Whether a text names per cent, or so many residents: `per 100 000`.

    The code of the unit is a part of another code, such as PC-FI.
    """
    if SHARE_OR_RATE.search(text):
        return True
    words = LETTERS_OF_WORD.findall(text)
    return any(word != PER_CENT and find_code(word, "unit") == PER_CENT for word in words)


def part_of_period(text: str, period: str) -> str:
    """The quarter, half-year or months beside the period in a text, if they end before it."""
    plain = fold_spelling(text)
    if not period or period not in plain:
        return ""
    if quarter := PART_OF_YEAR.search(plain):
        return quarter.group()
    months = {
        word: month
        for word in LETTERS_OF_WORD.findall(plain)
        if len(word) > SHORTEST_MONTH and (month := month_of(word))
    }
    return "" if DECEMBER in months.values() else " – ".join(months)


def area_issue(other: str, area: str, sheet: str = "", cell: str = "") -> ReadIssue:
    """A title above or within a table that names another State."""
    return ReadIssue("title_with_area", sheet, cell, understood=other, expected=area)


def names_a_state(cell: object) -> bool:
    """Whether a cell holds the name or code of an area, or both, and nothing else."""
    return isinstance(cell, str) and bool(find_code(cell, "area") or parse_country(cell, "area"))


def only_period(value: object) -> str:
    """The period in a text that names no other number, such as a day; empty if there is none."""
    if isinstance(value, bool) or not isinstance(value, str | float | int):
        return ""
    period, rest = split_period(fold_spelling(cell_text(value)))
    return period if not any(letter.isdecimal() for letter in rest) else ""


def year_ending_in_words(value: object) -> str:
    """The year of which a text names the last day: `Situation on 31 December 2024`."""
    days = LAST_DAY_IN_WORDS.findall(fold_spelling(value)) if isinstance(value, str) else []
    years = [year for month, year in days if month_of(month) == DECEMBER]
    return years[0] if len(years) == 1 else ""


def name_issues(
    workbook: Workbook, layouts: Iterable[Layout], implied: ImpliedScope, collection: str
) -> Iterator[ReadIssue]:
    """The names of the file and of its sheets with another or unknown State, or an earlier year.

    A workbook of ours says itself whose it is and for when, whatever its file is called.
    """
    file = PurePath(workbook.file).stem
    open_facts = ImpliedScope("", "")
    for layout in layouts:
        if not layout.tables_of("observations"):
            continue
        here, name = implied.for_tables(layout), layout.sheet.name
        open_facts = ImpliedScope(open_facts.area or here.area, open_facts.period or here.period)
        if name != file:
            yield from _issues_of_name(name, name, here, collection)
            described = DescribedTables(layout.tables_of("observations"), implied_period="")
            if issue := _issue_in_name(name.replace("_", " "), described, implied.period):
                yield replace(issue, sheet=name)
    if not workbook.stamp:
        yield from _issues_of_name("", file, open_facts, collection)


def _issue_in_name(text: str, described: DescribedTables, period: str) -> ReadIssue | None:
    """What the name of a sheet says about its figures. Years in it have their own issue."""
    if names_a_multiplier(text):
        return ReadIssue("title_with_multiplier")
    if issue := described.period_issue(text) or described.status_issue(text):
        return issue
    if names_a_rate(text):
        return ReadIssue("title_with_rate_or_part")
    is_part = names_a_limit(text) or names_a_part(text, period)
    return ReadIssue("title_with_limit") if is_part else None


def _issues_of_name(
    sheet: str, name: str, implied: ImpliedScope, collection: str
) -> Iterator[ReadIssue]:
    """What the name of a sheet, or of the file, says otherwise. A later year is that of sending."""
    if other := other_areas_named(name, implied.area, [collection]):
        yield ReadIssue(
            "name_with_area", sheet, typed=name, understood=other, expected=implied.area
        )
    elif implied.area and (unknown := unknown_state_named(name)):
        yield ReadIssue("area_unknown", sheet, typed=unknown.typed, nearest=unknown.nearest)
    if year := earlier_year(name, implied.period):
        yield ReadIssue(
            "name_with_period", sheet, typed=name, understood=year, expected=implied.period
        )


def earlier_year(name: str, period: str) -> str:
    """The only year in a name, if it is before the period; empty without one."""
    years = YEAR_APART.findall(name)
    return years[0] if len(years) == 1 and years[0] < period else ""
