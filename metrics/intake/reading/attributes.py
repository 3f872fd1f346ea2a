"""Read what accompanies a value: area, period, statuses, day, reference, remark."""

from collections.abc import Mapping, Sequence

from metrics.catalogue.codelists import LISTS_OF_COUNTRIES, find_code, names_another_code
from metrics.core.cells import cell_address
from metrics.core.tables import ATTRIBUTES, CONFIDENTIAL, FREE, NORMAL, STATUSES
from metrics.intake.reading.countries import parse_country
from metrics.intake.reading.days import parse_day
from metrics.intake.reading.figure_words import Answer, is_answer
from metrics.intake.reading.headings import period_of_cell
from metrics.intake.reading.layout import PART_OF_YEAR, SheetTable, TableColumn
from metrics.intake.reading.numbers import cell_text, map_distinct
from metrics.intake.reading.numbers_with_text import STATUS_FLAGS
from metrics.intake.reading.period_doubts import PeriodDoubts
from metrics.intake.reading.table_body import TableBody
from metrics.intake.reading.years_and_parts import join_parts_of_years

ATTRIBUTE_ROLES = (*STATUSES, *ATTRIBUTES)
CODED = (*STATUSES, "limit")
DEFAULTS = {"observation_status": NORMAL, "confidentiality_status": FREE, "limit": ""}
# Eurostat's flags after a number. `s` (Eurostat estimate) and `r` (revised) are not read: SDMX
# gives `S` another meaning, and has no `R`.
FLAGS: Mapping[str, Mapping[str, str]] = {
    "observation_status": {flag: flag.upper() for flag in STATUS_FLAGS},
    "confidentiality_status": {"c": "C"},
}

CONFIDENTIALITY = "confidentiality_status"
ANSWERS: Mapping[Answer, str] = {"yes": CONFIDENTIAL, "no": FREE}

TextColumns = dict[str, list[str]]


def parse_code(text: str, codelist: str) -> str:
    """Parse `FI`, `Finland` or `FI – Finland` as FI; empty if it is not in the code list.

    Before a dash, an alias counts only if a name of its code follows: `Z – ?` is not M. Neither is
    `FI – Sweden` any of the two, and `FI – Uusimaa` is a part of FI.
    """
    if names_another_code(text, codelist):
        return ""
    first, _, rest = text.partition(" – ")
    code, names_country = find_code(first, codelist), codelist in LISTS_OF_COUNTRIES
    is_code = first.strip().upper() == code and not (names_country and rest.strip())
    agrees = code and (is_code or find_code(rest, codelist) == code)
    found = find_code(text.removesuffix("."), codelist) or (agrees and code)
    return found or (names_country and parse_country(text, codelist)) or ""


def read_areas(body: TableBody, submission_area: str) -> TextColumns:
    """The area of each row, or that of the submission if a row names none."""
    column = body.table.first_column("area")
    typed, addresses = body.texts(column), body.addresses(column)
    codes = map_distinct(typed, lambda text: parse_code(text, "area") if text else submission_area)
    return {"area": codes, "area_typed": typed, "area_cell": addresses}


def read_periods(
    body: TableBody, value: TableColumn, round_period: str, doubts: PeriodDoubts
) -> TextColumns:
    """The period of each row, else of the heading, else the only one of the round.

    That of the round replaces no empty cell beside cells that name periods.
    """
    cells, addresses = cells_of_periods(body)
    typed = list(map(cell_text, cells))
    of_all = "" if any(typed) else round_period
    default = doubts.decide(value.typed, value.period) if value.period else of_all
    periods = map_distinct(
        cells,
        lambda cell: (
            default if cell is None else doubts.decide(cell_text(cell), period_of_cell(cell))
        ),
    )
    heading, heading_cell = "", ""
    if value.period:
        heading, heading_cell = value.typed, cell_address(value.header_row, value.index)
    named_in = [own if text else heading_cell for text, own in zip(typed, addresses, strict=True)]
    typed = [text or heading for text in typed]
    return {"period": periods, "period_typed": typed, "period_cell": named_in}


def cells_of_periods(body: TableBody) -> tuple[list[object], list[str]]:
    """The cells with the period of each row, and their addresses; with a part of a year, that."""
    column, part = (body.table.first_column(role) for role in ("period", PART_OF_YEAR))
    cells, addresses = body.cells(column), body.addresses(column)
    if part is None:
        return cells, addresses
    parts = body.cells(part)
    either = zip(parts, body.addresses(part), addresses, strict=True)
    named_in = [year if cell is None else own for cell, own, year in either]
    return join_parts_of_years(cells, parts, part.typed), named_in


def period_doubts(body: TableBody) -> PeriodDoubts:
    """Decide ambiguous periods by the other periods of the table."""
    cells = list(map(cell_text, cells_of_periods(body)[0]))
    headings = [column.typed for column in body.table.columns_of("value") if column.period]
    return PeriodDoubts.of_periods([*cells, *headings])


def read_attributes(body: TableBody, value: TableColumn) -> TextColumns:
    """Statuses and attributes of the values: as typed, as parsed, with addresses."""
    texts: TextColumns = {}
    for name in ATTRIBUTE_ROLES:
        column = column_beside(body.table, name, value)
        texts[name] = texts[f"{name}_typed"] = body.texts(column)
        texts[f"{name}_cell"] = body.addresses(column)
    for name in CODED:
        texts[name] = _parse_codes(texts[f"{name}_typed"], name)
    if _asks_whether_confidential(column_beside(body.table, CONFIDENTIALITY, value)):
        _read_answers(texts)
    if value.status:
        typed = texts["observation_status_typed"]
        texts["observation_status"] = [
            code if text.strip() else value.status
            for code, text in zip(texts["observation_status"], typed, strict=True)
        ]
    days = body.cells(column_beside(body.table, "since", value))
    parsed = map_distinct(days, lambda cell: "" if cell is None else parse_day(cell))
    return texts | {"since": parsed}


def read_last_period(body: TableBody) -> TextColumns:
    """The column for figures of the last period, which are only compared."""
    column = body.table.first_column("previous")
    return {
        "last_period": [column.period if column else ""] * len(body),
        "last_period_typed": body.texts(column),
        "last_period_cell": body.addresses(column),
    }


def column_beside(table: SheetTable, role: str, value: TableColumn) -> TableColumn | None:
    """The column for the value's own period, or else one without a period."""
    columns = table.columns_of(role)
    own = [column for column in columns if column.period == value.period]
    return next(iter([*own, *(column for column in columns if not column.period)]), None)


def _parse_codes(texts: Sequence[str], name: str) -> list[str]:
    return map_distinct(
        texts, lambda text: parse_code(text, name) if text.strip() else DEFAULTS[name]
    )


def _asks_whether_confidential(column: TableColumn | None) -> bool:
    """Whether a column is called `Confidential`, so that it may say yes or no."""
    asked = find_code(column.typed.rstrip(" ?"), CONFIDENTIALITY) if column else ""
    return asked == CONFIDENTIAL


def _read_answers(texts: TextColumns) -> None:
    typed = texts[f"{CONFIDENTIALITY}_typed"]
    texts[CONFIDENTIALITY] = [
        code or status_of_answer(own)
        for code, own in zip(texts[CONFIDENTIALITY], typed, strict=True)
    ]


def status_of_answer(text: str) -> str:
    """The status that a yes or no means; empty for other texts. A letter may be a code."""
    if len(text.strip()) == 1 and text.strip().isalpha():
        return ""
    return next((status for answer, status in ANSWERS.items() if is_answer(text, answer)), "")


def contradicted_flags(texts: TextColumns, flags: Sequence[str]) -> dict[int, str]:
    """The rows whose flag after the number is not what their column of statuses says, with that."""
    return {
        row: texts[f"{name}_typed"][row]
        for row, flag in enumerate(flags)
        for name, codes in FLAGS.items()
        if flag in codes and texts[f"{name}_typed"][row].strip()
        and texts[name][row] not in {"", codes[flag]}
    }  # fmt: skip


def apply_flags(texts: TextColumns, flags: Sequence[str]) -> None:
    """Read `123 p` as a provisional 123, unless the status column is filled."""
    for row, flag in enumerate(flags):
        for name, codes in FLAGS.items():
            if flag in codes and not texts[f"{name}_typed"][row]:
                texts[name][row] = codes[flag]
                texts[f"{name}_typed"][row] = flag
                texts[f"{name}_cell"][row] = texts["cell"][row]
