"""CSV: every column as released, with the release named on every row."""

import pandas as pd
from pandas.api.types import is_float_dtype

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.loader import catalogue
from metrics.core.schemas import is_text
from metrics.release.exports import Export, ExportContext

# A spreadsheet program runs a cell that begins with one of these as a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
SIGNIFICANT_DIGITS = (
    12  # significant ones: the last of the sixteen are often noise of binary arithmetic
)


def write_csv(table: pd.DataFrame, context: ExportContext) -> bytes:
    """Write UTF-8 with a header. An absent value is empty, and `absent` gives the reason.

    Units, limits and observation statuses stand as codes and in words. Numbers are not rounded to
    fewer than twelve significant digits.
    """
    readable = drop_binary_noise(escape_formulas(table))
    described = describe_codes(with_units(readable), context.language)
    complete = described.assign(**context.release)[[*context.release, *described.columns]]
    line_end = "\r\n" if context.for_spreadsheet else "\n"
    text = complete.to_csv(index=False, lineterminator=line_end)
    # Without the byte order mark Excel misreads Greek.
    return text.encode("utf-8-sig" if context.for_spreadsheet else "utf-8")


def with_units(values: pd.DataFrame) -> pd.DataFrame:
    """Add the unit of each row of indicator values, as defined then; leave other tables as is."""
    if "unit" in values or not {"indicator", "component", "value"} <= {*values}:
        return values
    indicators = catalogue().indicators
    periods = values["period"] if "period" in values else [""] * len(values)
    units = [
        unit_of_component(component, indicators[code].unit_in(period) if code in indicators else "")
        for code, component, period in zip(
            values["indicator"], values["component"], periods, strict=True
        )
    ]
    return insert_after(values, "value", "unit", pd.Series(units, values.index, dtype="str"))


def describe_codes(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Add the names of units, limits and statuses, and the reasons for absent values, in words."""
    if "unit" in table:
        table = insert_after(table, "unit", "unit_name", names_of(table["unit"], "unit", language))
    if "limit" in table:
        limits = names_of(table["limit"], "limit", language)
        table = insert_after(table, "limit", "limit_name", limits)
    if "observation_status" not in table:
        return table
    names = names_of(table["observation_status"], "observation_status", language)
    named = insert_after(table, "observation_status", "observation_status_name", names)
    if "value" not in table or "absent" in table:
        return named
    return named.assign(absent=reasons_for_absence(table, language))


def insert_after(table: pd.DataFrame, column: str, added: str, cells: pd.Series) -> pd.DataFrame:
    columns = list(table)
    at = columns.index(column) + 1
    return table.assign(**{added: cells})[[*columns[:at], added, *columns[at:]]]


def names_of(codes: pd.Series, code_list: str, language: str) -> pd.Series:
    """The names of codes in a language; empty for a code that is not listed."""
    names = {code: known.name(language) for code, known in codelist(code_list).items()}
    return codes.map(names).fillna("")


def reasons_for_absence(values: pd.DataFrame, language: str) -> pd.Series:
    """Why each value is absent, in words; empty beside a value, zeros included."""
    names = names_of(values["observation_status"], "observation_status", language)
    return names.where(values["value"].isna(), "")


def drop_binary_noise(table: pd.DataFrame) -> pd.DataFrame:
    """Give `1.8` where a difference of binary numbers is `1.7999999999999972`."""
    columns = {str(name): table[name] for name in table if is_float_dtype(table[name])}
    return table.assign(
        **{
            name: [float(f"{number:.{SIGNIFICANT_DIGITS}g}") for number in numbers.astype(float)]
            for name, numbers in columns.items()
        }
    )


def escape_formulas(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before every text that a spreadsheet program would run as a formula."""
    texts = {str(name): table[name].astype("str") for name in table if is_text(table[name])}
    runs = {name: text.str.startswith(FORMULA) for name, text in texts.items()}
    return table.assign(**{name: table[name].mask(runs[name], "'" + texts[name]) for name in texts})


CSV = Export("csv", ".csv", "text/csv; charset=utf-8", write_csv)
