"""Figures and their changes as lines of text, in the separators and words of a language."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_series
from metrics.core.tables import BREAKDOWNS, FREE, NORMAL, STATUSES, STEP
from metrics.messages import messages
from metrics.messages.local_formats import MINUS
from metrics.messages.sentences import list_clauses
from metrics.submissions.stated_attributes import attributes_before, attributes_in_words
from metrics.submissions.vintages import CHANGED, REMOVED, decimals_of_change

ENGLISH_MARKS = ",."  # the separators of English number formats
ALL_DIGITS = ",.15g"


def value_lines(difference: pd.DataFrame, language: str) -> Iterator[str]:
    """Each value by sheet: its cell, as typed, as read, and what it changes."""
    for sheet, rows in difference.groupby("sheet", sort=False):
        yield f"  {str(sheet) or '–'}"
        for row in rows.to_dict("records"):
            yield f"    {row['cell']:<6} {name_of_row(row, language)}"
            yield f"           {_reading_of_row(row, language)}"


def series_of_row(row: Mapping[Any, Any]) -> str:
    codes = {name: str(row[name]) for name in BREAKDOWNS}
    return format_series(str(row["indicator"]), str(row["component"]), codes)


def name_of_row(row: Mapping[Any, Any], language: str) -> str:
    """`Suspects identified: SUSPECTS[sex=F] FI 2025`."""
    indicator = catalogue().indicators.get(str(row["indicator"]))
    name = f"{indicator.name(language)}: " if indicator else ""
    return f"{name}{series_of_row(row)} {row['area']} {row['period']}"


def _reading_of_row(row: Mapping[Any, Any], language: str) -> str:
    texts = messages(language, "commands")["difference"]
    statuses = [
        codelist(name)[row[name]].name(language) for name in STATUSES if row[name] in codelist(name)
    ]
    change = texts[row["change"]]
    if row["change"] in {CHANGED, REMOVED}:
        change += f" ({format_figure_change(row, language)})"
    facts = {"typed": row["typed"] or "–", "value": value_in_full(row, language)}
    beside = attributes_in_words(row, language)
    read = texts["reading"].format(**facts)
    return list_clauses([read, *statuses, change, *beside], language)


def value_in_full(row: Mapping[Any, Any], language: str) -> str:
    """A value with all its digits and its unit, or the name of a step."""
    indicator, value = catalogue().indicators.get(str(row["indicator"])), row["value"]
    if pd.isna(value) or indicator is None:
        return format_figure(value, language)
    if row["component"] == STEP and 0 <= value < len(indicator.ladder):
        return codelist("step")[indicator.ladder[int(value)]].name(language)
    of_period = indicator.unit_in(str(row.get("period", "")))
    unit = codelist("unit").get(unit_of_component(str(row["component"]), of_period))
    beside = f" {unit.name_beside(Decimal(str(value)), language)}" if unit else ""
    return format_figure(value, language, ALL_DIGITS) + beside


def format_figure_change(row: Mapping[Any, Any], language: str) -> str:
    """What was stated of a figure before and now: value or step, statuses, date and reference."""
    texts = messages(language, "commands")["difference"]
    figure = _value_change(row, language)
    if statuses := ", ".join(_changed_statuses(row)):
        figure = texts["status"].format(value=figure, statuses=statuses)
    stated = ", ".join(attributes_before(row, language))
    before = [texts["before"].format(stated=stated)] if stated else []
    return list_clauses([figure, *before], language)


def _value_change(row: Mapping[Any, Any], language: str) -> str:
    """The value before and now, with the change in per cent; steps by their names."""
    is_step = row.get("component") == STEP
    in_words = value_in_full if is_step else _figure_alone
    now, before = (
        in_words(row, language),
        in_words({**row, "value": row["previous_value"]}, language),
    )
    if row["previous_value"] == row["value"]:
        return now
    percent = row["change_percent"]
    form = f"+,.{decimals_of_change(percent)}f"
    has_percent = not is_step and not pd.isna(percent)
    change = f" ({format_figure(percent, language, form)} %)" if has_percent else ""
    return f"{before} -> {now}{change}"


def _figure_alone(row: Mapping[Any, Any], language: str) -> str:
    return format_figure(row["value"], language)


def _changed_statuses(row: Mapping[Any, Any]) -> Iterator[str]:
    """`N -> F` for each status that changed; a dash for what is no longer stated."""
    for name in STATUSES:
        before, now = (
            code if isinstance(code, str) and code else "–"
            for code in (row.get(f"previous_{name}"), row.get(name))
        )
        is_usual = before in {NORMAL, FREE} and now == "–"  # beside a figure that is gone
        if before not in {"–", now} and not is_usual:
            yield f"{before} -> {now}"


def format_figure(value: float, language: str, form: str = ",.10g") -> str:
    if pd.isna(value):
        return "–"
    marks = messages(language, "commands")["figures"]["marks"]
    return f"{value:{form}}".translate(str.maketrans(ENGLISH_MARKS + "-", marks + MINUS))
