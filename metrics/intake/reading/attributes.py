"""What stands beside a value: area, period, statuses, day, reference, remark."""

from collections.abc import Mapping, Sequence

from metrics.catalogue.codelists import find_code
from metrics.core.cells import cell_address
from metrics.core.tables import ATTRIBUTES, FREE, NORMAL, STATUSES
from metrics.intake.reading.headings import parse_period
from metrics.intake.reading.layout import SheetTable, TableColumn
from metrics.intake.reading.numbers import cell_text, map_distinct, parse_day
from metrics.intake.reading.table_body import TableBody

ATTRIBUTE_ROLES = (*STATUSES, *ATTRIBUTES)
DEFAULTS = {"observation_status": NORMAL, "confidentiality_status": FREE}
# Eurostat writes these letters behind a number. `s` (its own estimate) and `r` (revised) are not
# read: SDMX means something else by the one and nothing by the other.
FLAGS: Mapping[str, Mapping[str, str]] = {
    "observation_status": {flag: flag.upper() for flag in "bdefnpu"},
    "confidentiality_status": {"c": "C"},
}

TextColumns = dict[str, list[str]]


def parse_code(text: str, codelist: str) -> str:
    """`FI`, `Finland`, `FI – Finland` as FI; empty where it is none of the list.

    Before a dash an alias counts only with a name of its code: `Z – ?` is not M.
    """
    first, _, rest = text.partition(" – ")
    code = find_code(first, codelist)
    agrees = code and (first.strip().upper() == code or find_code(rest, codelist) == code)
    return find_code(text, codelist) or (agrees and code) or ""


def read_areas(body: TableBody, submission_area: str) -> TextColumns:
    """The area of each row; that of the whole submission where a row names none."""
    cells, addresses = body.filled_down(body.table.first_column("area"))
    typed = [cell_text(cell) for cell in cells]
    codes = map_distinct(typed, lambda text: parse_code(text, "area") if text else submission_area)
    return {"area": codes, "area_typed": typed, "area_cell": addresses}


def read_periods(body: TableBody, value: TableColumn, round_period: str) -> TextColumns:
    """The period of each row, or else that of the heading, or else the only one of the round."""
    cells, addresses = body.filled_down(body.table.first_column("period"))
    default = value.period or round_period
    periods = map_distinct(cells, lambda cell: default if cell is None else parse_period(cell))
    typed = list(map(cell_text, cells))
    heading, heading_cell = "", ""
    if value.period:
        heading, heading_cell = value.typed, cell_address(value.header_row, value.index)
    named_in = [own if text else heading_cell for text, own in zip(typed, addresses, strict=True)]
    typed = [text or heading for text in typed]
    return {"period": periods, "period_typed": typed, "period_cell": named_in}


def read_attributes(body: TableBody, value: TableColumn) -> TextColumns:
    """Statuses and attributes of the values, each as typed, as parsed, and with its address."""
    texts: TextColumns = {}
    for name in ATTRIBUTE_ROLES:
        column = column_beside(body.table, name, value)
        texts[name] = texts[f"{name}_typed"] = body.texts(column)
        texts[f"{name}_cell"] = body.addresses(column)
    for name in STATUSES:
        texts[name] = _parse_statuses(texts[f"{name}_typed"], name)
    days = body.cells(column_beside(body.table, "since", value))
    parsed = map_distinct(days, lambda cell: "" if cell is None else parse_day(cell))
    return texts | {"since": parsed}


def column_beside(table: SheetTable, role: str, value: TableColumn) -> TableColumn | None:
    """The column of the value's own period, or else one that is of no period."""
    columns = table.columns_of(role)
    own = [column for column in columns if column.period == value.period]
    return next(iter([*own, *(column for column in columns if not column.period)]), None)


def _parse_statuses(texts: Sequence[str], name: str) -> list[str]:
    return map_distinct(
        texts, lambda text: parse_code(text, name) if text.strip() else DEFAULTS[name]
    )


def apply_flags(texts: TextColumns, flags: Sequence[str]) -> None:
    """Read `123 p` as a provisional 123, unless the status column already holds something."""
    for row, flag in enumerate(flags):
        for name, codes in FLAGS.items():
            if flag in codes and not texts[f"{name}_typed"][row]:
                texts[name][row] = codes[flag]
                texts[f"{name}_typed"][row] = flag
                texts[f"{name}_cell"][row] = texts["cell"][row]
