"""What stands beside a value: area, period, statuses, day, reference, remark."""

from collections.abc import Callable, Mapping, Sequence

from metrics.catalogue.codelists import understood
from metrics.core.cells import address
from metrics.core.tables import ATTRIBUTES, FREE, NORMAL, STATUSES
from metrics.intake.reading.headings import as_period
from metrics.intake.reading.layout import Column, Table
from metrics.intake.reading.numbers import as_day, as_typed, read_each
from metrics.intake.reading.table_body import Body

SAID = (*STATUSES, *ATTRIBUTES)
DEFAULTS = {"observation_status": NORMAL, "confidentiality_status": FREE}
# Eurostat writes these letters behind a number. `s` (its own estimate) and `r` (revised) are not
# read: SDMX means something else by the one and nothing by the other.
FLAGS: Mapping[str, Mapping[str, str]] = {
    "observation_status": {flag: flag.upper() for flag in "bdefnpu"},
    "confidentiality_status": {"c": "C"},
}

Texts = dict[str, list[str]]


def as_code(text: str, name: str) -> str:
    """`FI`, `Finland`, `FI – Finland` as FI; empty where it is none of the list.

    Before a dash an alias counts only with a name of its code: `Z – ?` is not M.
    """
    first, _, rest = text.partition(" – ")
    code = understood(first, name)
    alike = code and (first.strip().upper() == code or understood(rest, name) == code)
    return understood(text, name) or (alike and code) or ""


def area_of(body: Body, known: str) -> Texts:
    """Of the row where it names one, else of the whole submission."""
    cells, places = body.merged(body.table.one("area"))
    typed = [as_typed(cell) for cell in cells]
    codes = read_each(typed, lambda text: as_code(text, "area") if text else known)
    return {"area": codes, "area_typed": typed, "area_cell": places}


def period_of_rows(body: Body, value: Column, only: str) -> Texts:
    """Of the row where it names one, else of the heading, else of the round."""
    cells, places = body.merged(body.table.one("period"))
    default = value.period or only
    codes = read_each(cells, lambda each: default if each is None else as_period(each))
    in_heading = (value.typed, address(value.header_row, value.index))
    else_said = in_heading if value.period else ("", "")
    rows = zip(map(as_typed, cells), places, strict=True)
    said = [each if each[0] else else_said for each in rows]
    typed, named_in = ([each[part] for each in said] for part in (0, 1))
    return {"period": codes, "period_typed": typed, "period_cell": named_in}


def said_beside(body: Body, value: Column) -> Texts:
    """Statuses, day, reference and remark, each as typed, understood, and with its address."""
    texts: Texts = {}
    for name in SAID:
        column = _beside(body.table, name, value)
        texts[name] = texts[f"{name}_typed"] = body.texts(column)
        texts[f"{name}_cell"] = body.places(column)
    for name in STATUSES:
        texts[name] = read_each(texts[f"{name}_typed"], _status_in(name))
    days = body.cells(_beside(body.table, "since", value))
    return texts | {"since": read_each(days, lambda cell: "" if cell is None else as_day(cell))}


def _beside(table: Table, role: str, value: Column) -> Column | None:
    """The column of the value's own period, or else one that is of no period."""
    columns = table.of(role)
    own = [column for column in columns if column.period == value.period]
    return next(iter([*own, *(column for column in columns if not column.period)]), None)


def _status_in(name: str) -> Callable[[str], str]:
    return lambda text: as_code(text, name) if text.strip() else DEFAULTS[name]


def flagged(texts: Texts, flags: Sequence[str]) -> None:
    """`123 p` is a provisional 123, unless the cell beside it already says something."""
    for at, flag in enumerate(flags):
        for name, codes in FLAGS.items():
            if flag in codes and not texts[f"{name}_typed"][at]:
                texts[name][at] = codes[flag]
                texts[f"{name}_typed"][at] = flag
                texts[f"{name}_cell"][at] = texts["cell"][at]
