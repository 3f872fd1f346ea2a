"""Write a table in a format, with release, units and codes in words, which every file must have."""

from collections.abc import Mapping

import pandas as pd
from pandas.api.types import is_float_dtype

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.statuses import absence_key
from metrics.catalogue.loader import catalogue
from metrics.catalogue.released_remarks import translate_remark
from metrics.core.error_origins import name_faulty_part
from metrics.core.tables import STATUSES
from metrics.messages import ENGLISH, messages
from metrics.release.exports import Export, ExportContext

# More of the sixteen digits are often noise of binary arithmetic.
SIGNIFICANT_DIGITS = 12


def export_table(export_format: Export, table: pd.DataFrame, context: ExportContext) -> bytes:
    """The file of one series, or of a whole table of a release."""
    complete = complete_table(table, context.release, context.language)
    with name_faulty_part(f"data format {export_format.name}"):
        return export_format.write(complete, context)


def complete_table(table: pd.DataFrame, release: Mapping[str, str], language: str) -> pd.DataFrame:
    """The table as every format has it.

    `release` holds the columns that come first. An absent value is empty, and `absent` gives the
    reason. Units, limits and observation statuses are given as codes and in words. Numbers are not
    rounded to fewer than twelve significant digits.
    """
    described = describe_codes(with_units(drop_binary_noise(table)), language)
    described = translate_remarks(described, language)
    return described.assign(**release)[[*release, *described.columns]]


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
    described = insert_after(table, "observation_status", "observation_status_name", names)
    if "value" not in table or "absent" in table:
        return described
    return described.assign(absent=reasons_for_absence(table, language))


def translate_remarks(table: pd.DataFrame, language: str) -> pd.DataFrame:
    """Give the remarks that the program wrote in the language; those of submitters stay."""
    if language == ENGLISH or not {"remark", "period", "indicator"} <= {*table}:
        return table
    indicators = catalogue().indicators
    rows = zip(table["remark"], table["period"], table["indicator"], strict=True)
    remarks = [
        remark and (translate_remark(remark, period, indicators.get(code), language) or remark)
        for remark, period, code in rows
    ]
    return table.assign(remark=pd.Series(remarks, table.index, dtype="str"))


def insert_after(table: pd.DataFrame, column: str, added: str, cells: pd.Series) -> pd.DataFrame:
    columns = list(table)
    at = columns.index(column) + 1
    return table.assign(**{added: cells})[[*columns[:at], added, *columns[at:]]]


def names_of(codes: pd.Series, code_list: str, language: str) -> pd.Series:
    """The names of codes in a language; empty for a code that is not listed."""
    names = {code: known.name(language) for code, known in codelist(code_list).items()}
    return codes.map(names).fillna("")


def reasons_for_absence(values: pd.DataFrame, language: str) -> pd.Series:
    """Why each value is absent, in words; empty if there is a value, including zero."""
    words, absent = messages(language, "interface"), values[values["value"].isna()]
    names = [name for name in STATUSES if name in absent]
    statuses = absent[names].to_numpy(dtype=object)
    reasons = [str(words[absence_key(dict(zip(names, row, strict=True)))]) for row in statuses]
    return pd.Series(reasons, absent.index, dtype="str").reindex(values.index).fillna("")


def drop_binary_noise(table: pd.DataFrame) -> pd.DataFrame:
    """Give `1.8` where a difference of binary numbers is `1.7999999999999972`."""
    columns = {str(name): table[name] for name in table if is_float_dtype(table[name])}
    return table.assign(
        **{
            name: [float(f"{number:.{SIGNIFICANT_DIGITS}g}") for number in numbers.astype(float)]
            for name, numbers in columns.items()
        }
    )
