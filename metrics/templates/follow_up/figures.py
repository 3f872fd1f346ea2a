"""A sheet of figures: one row for each series, one cell for each thing that may be said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from metrics.codelists import codelist
from metrics.definitions import Indicator, Kind
from metrics.period import ReferencePeriod
from metrics.series import written
from metrics.tables import STEP
from metrics.templates.follow_up.asked import Line, combinations, is_whole, lines, parts, periods
from metrics.templates.follow_up.book import RED, Book, Page, coded, runs

HEADER = 3  # the row of the headings, counted from 0, below the title
WIDTHS = {
    "series": 15, "indicator": 42, "breakdown": 40, "unit": 19, "period": 10, "previous": 14,
    "value": 16, "observation_status": 25, "confidentiality_status": 25, "since": 13,
    "reference": 32, "remark": 44,
}  # fmt: skip
SAID = ("value", "observation_status", "confidentiality_status", "since", "reference", "remark")


@dataclass(frozen=True)
class Column:
    """One column: what it holds, of which period where the sheet asks for several."""

    name: str
    period: str = ""


@dataclass(frozen=True)
class Row:
    """A line in its place: `number` counts from 0."""

    number: int
    line: Line
    period: str  # where the indicator is reported more often than the round


def add_figures(book: Book, place: str, indicators: Sequence[Indicator]) -> None:
    rows = _rows(book, indicators)
    columns = _columns(book, indicators)
    sheet = book.sheet(place or book.words["sheets"]["other"])
    _head(book, sheet, place, columns)
    for number, column in enumerate(columns):
        _fill(book, sheet, (number, column), rows)
    _mark_values(book, sheet, columns, rows)
    sheet.freeze_panes(HEADER + 1, 2)
    sheet.repeat_rows(HEADER)
    sheet.autofilter(HEADER, 0, rows[-1].number, len(columns) - 1)


def _rows(book: Book, indicators: Sequence[Indicator]) -> list[Row]:
    asked = [
        (line, "" if each.frequency == "A" else period)
        for each in indicators
        for period in _periods(book, each)
        for line in lines(each)
    ]
    return [Row(number, *row) for number, row in enumerate(asked, start=HEADER + 1)]


def _periods(book: Book, indicator: Indicator) -> tuple[str, ...]:
    return ("",) if indicator.frequency == "A" else periods(book.order, indicator.frequency)


def _columns(book: Book, indicators: Sequence[Indicator]) -> list[Column]:
    often = any(each.frequency != "A" for each in indicators)
    milestones = any(each.kind is Kind.MILESTONE for each in indicators)
    left = [name for name in WIDTHS if name not in SAID and (often or name != "period")]
    said = [name for name in SAID if milestones or name not in {"since", "reference"}]
    # Where rows have periods of their own, there is one value a row.
    asked = ("",) if often else book.order.periods
    return [*map(Column, left), *(Column(name, period) for period in asked for name in said)]


def _head(book: Book, sheet: Page, place: str, columns: Sequence[Column]) -> None:
    sheet.write(0, 0, title(book, place), book.style("title"))
    sheet.set_row(HEADER, 48)
    for number, column in enumerate(columns):
        sheet.set_column(number, number, WIDTHS[column.name])
        sheet.write(HEADER, number, _heading(book, column), book.style("header"))


def title(book: Book, place: str) -> str:
    """What a sheet is about, in the words of its framework."""
    frameworks = book.order.frameworks.values()
    names = {each.code: each.name for each in frameworks}
    names |= {target.code: target.name for each in frameworks for target in each.policy_targets}
    other = book.words["sheets"]["other"]
    return f"{place} – {names[place](book.order.language)}" if place in names else place or other


def _heading(book: Book, column: Column) -> str:
    name = book.words["observations"][column.name]
    if column.name == "previous":
        return f"{name} ({before})" if (before := _before(book)) else name
    # Only the value names its period, unless there are several of them.
    return f"{name} {column.period}" if _names_period(book, column) else name


def _names_period(book: Book, column: Column) -> bool:
    return bool(column.period) and (column.name == "value" or len(book.order.periods) > 1)


def _fill(book: Book, sheet: Page, place: tuple[int, Column], rows: Sequence[Row]) -> None:
    number, column = place
    texts = _texts(book, column, rows)
    for row, text in zip(rows, texts, strict=True):
        sheet.write(row.number, number, text, book.style(_style(column, row)))
    for first, last, rule in _validations(book, column, rows):
        sheet.data_validation(first, number, last, number, rule)


def _texts(book: Book, column: Column, rows: Sequence[Row]) -> list[object]:
    language = book.order.language
    if column.name in SAID:
        return [None] * len(rows)
    if column.name == "previous":
        reported = _reported(book)
        return [reported.get(row.line.series) for row in rows]
    say = {
        "series": lambda row: row.line.series,
        "indicator": lambda row: row.line.indicator.name(language),
        "breakdown": lambda row: None if row.line.chosen else row.line.label(language),
        "unit": lambda row: row.line.unit(language),
        "period": lambda row: row.period or book.order.periods[0],
    }[column.name]
    return [say(row) for row in rows]


def _style(column: Column, row: Row) -> str:
    milestone = row.line.component == STEP
    if column.name in {"since", "reference"}:
        return ("day" if column.name == "since" else "open") if milestone else "closed"
    if column.name == "value":
        return "open" if milestone else "whole" if is_whole(row.line) else "measured"
    if column.name in SAID or (column.name == "breakdown" and row.line.chosen):
        return "open"
    part = bool(row.line.by)
    named = {"series": "key", "previous": "before", "breakdown": "part" if part else "first"}
    return named.get(column.name, "again" if part and column.name == "indicator" else "cell")


def _validations(
    book: Book, column: Column, rows: Sequence[Row]
) -> list[tuple[int, int, Mapping[str, object]]]:
    """Each rule with the run of rows to which it applies."""
    found = []
    for key, same in groupby(rows, key=lambda row: _accepts(column, row)):
        if key and (rule := _rule(book, key)):
            numbers = [row.number for row in same]
            found += [(first, last, rule) for first, last in runs(numbers)]
    return found


def _accepts(column: Column, row: Row) -> tuple[str, ...]:
    """What the cell takes, as a key: rows with the same key share one rule."""
    line = row.line
    if column.name == "value" and line.component == STEP:
        return ("ladder", *line.indicator.ladder)
    if column.name == "value":
        return ("whole" if is_whole(line) else "number",)
    if column.name == "breakdown" and line.chosen:
        return ("chosen", line.indicator.code, *line.by)
    if column.name == "since" and line.component != STEP:
        return ()
    return (column.name,)


def _rule(book: Book, key: tuple[str, ...]) -> Mapping[str, object]:
    language, kind = book.order.language, key[0]
    if kind in {"whole", "number"}:
        return _number(book, kind)
    if kind == "since":
        return _day(book)
    if kind == "ladder":
        return book.chosen_from([codelist("step")[step].name(language) for step in key[1:]])
    if kind == "chosen":
        breakdowns = book.order.indicators[key[1]].breakdowns
        breakdown = next(each for each in breakdowns if each.by == key[2:])
        return book.chosen_from(["; ".join(parts(c, language)) for c in combinations(breakdown)])
    if kind in {"observation_status", "confidentiality_status"}:
        return book.chosen_from(coded(kind, language))
    return {}


def _number(book: Book, kind: str) -> Mapping[str, object]:
    said = book.words["messages"]
    return {
        "validate": "integer" if kind == "whole" else "decimal",
        "criteria": ">=",
        "value": 0,
        "input_title": said["number_title"],
        "input_message": said["number"],
        "error_title": said["number_title"],
        "error_message": said["whole_error" if kind == "whole" else "number_error"],
    }


def _day(book: Book) -> Mapping[str, object]:
    said = book.words["messages"]
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(1950, 1, 1),
        "maximum": date(2099, 12, 31),
        "input_title": said["date_title"],
        "input_message": said["date"],
        "error_title": said["date_title"],
        "error_message": said["date_error"],
    }


def _mark_values(book: Book, sheet: Page, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    """In red: what is below zero, and a total that its parts do not add up to."""
    red = book.book.add_format({"bg_color": RED, "font_color": "#8B0000"})
    for number, column in enumerate(columns):
        if column.name != "value":
            continue
        below = {"type": "cell", "criteria": "<", "value": 0, "format": red}
        sheet.conditional_format(rows[0].number, number, rows[-1].number, number, below)
        for total, formula in _sums(rows, number):
            broken = {"type": "formula", "criteria": formula, "format": red}
            sheet.conditional_format(total, number, total, number, broken)


def _sums(rows: Sequence[Row], column: int) -> list[tuple[int, str]]:
    """Each total with the formula that finds all its parts given, but not summing to it."""
    found, totals = [], {}
    for (line, by, period), group in groupby(rows, key=_family):
        numbers = [row.number for row in group]
        if not by:
            totals[line, period] = numbers[0]
        elif _adds_up(rows, numbers[0]) and (line, period) in totals:
            total = totals[line, period]
            found.append((total, _differs(total, (numbers[0], numbers[-1]), column)))
    return found


def _family(row: Row) -> tuple[tuple[str, str], tuple[str, ...], str]:
    return (row.line.indicator.code, row.line.component), row.line.by, row.period


def _adds_up(rows: Sequence[Row], number: int) -> bool:
    line = rows[number - rows[0].number].line
    adding = {each.by for each in line.indicator.breakdowns if each.adds_up and not each.chosen}
    return line.by in adding and line.component != STEP


def _differs(total: int, ends: tuple[int, int], column: int) -> str:
    letter, whole = xl_col_to_name(column), xl_rowcol_to_cell(total, column)
    parts_ = f"{letter}{ends[0] + 1}:{letter}{ends[1] + 1}"
    given = f"COUNT({parts_})={ends[1] - ends[0] + 1}"
    return f"=AND({given},COUNT({whole})=1,ABS(SUM({parts_})-{whole})>0.001)"


def _before(book: Book) -> str:
    """The last period of which values were reported."""
    previous = book.order.previous
    if previous is None or previous.empty:
        return ""
    first = ReferencePeriod.parse(book.order.periods[0])
    earlier = [each for each in map(ReferencePeriod.parse, set(previous["period"])) if each < first]
    return str(max(earlier)) if earlier else ""


def _reported(book: Book) -> dict[str, object]:
    """The value of each series in that period; a milestone's in the words of its step."""
    previous, before = book.order.previous, _before(book)
    if previous is None or not before:
        return {}
    known = previous[(previous["period"] == before) & previous["value"].notna()]
    return {
        written(row["indicator"], row["component"], row): _shown(book, row)
        for row in known.to_dict("records")
    }


def _shown(book: Book, row: Mapping[str, object]) -> object:
    value = float(str(row["value"]))
    if row["component"] != STEP:
        return value
    ladder = book.order.indicators[str(row["indicator"])].ladder
    step = ladder[int(value)] if 0 <= value < len(ladder) else ""
    return codelist("step")[step].name(book.order.language) if step else None
