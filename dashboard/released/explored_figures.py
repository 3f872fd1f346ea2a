"""All figures of a release as one table: searched, filtered and sorted as an address says."""

from collections.abc import Callable, Iterable, Mapping

import numpy as np
import pandas as pd

from dashboard.context import PageContext
from dashboard.data import Release, sort_areas
from dashboard.released.series import COMPONENTS
from dashboard.texts import Text
from dashboard.view import View
from metrics.catalogue.codelists import fold_text
from metrics.catalogue.codelists.statuses import ABSENCE_KEYS, is_withheld
from metrics.catalogue.loader import catalogue
from metrics.core.load_once import load_once
from metrics.core.period import parse_periods
from metrics.core.schemas import page_columns
from metrics.core.series import codes_of_rows, format_dimensions, parse_codes
from metrics.core.tables import BREAKDOWNS, WITHHELD
from metrics.release.store import KEPT_OPEN

# The columns by which the table is sorted and searched; each has few different texts.
CODED = ("indicator", "component", "series", "area", "period", "flag")
WITH_VALUE, REVERSED = "with_value", "-"
KEY_COLUMNS = ("indicator", "component", "series", "area", "period", "value")
SORTED_BY = ("indicator", "component", "series", "area", "period", "value", "flag")


def find_figures(context: PageContext) -> pd.DataFrame:
    """Every row that the address asks for, sorted as it says; none without a release.

    Columns: those of `indicator_values` that pages show, with `series` for the breakdowns and
    `flag` for the status of a value or the reason for none.
    """
    if context.release is None:
        return pd.DataFrame(columns=[*CODED, "value"])
    figures = figures_of(context.release)
    asked = asked_rows(figures, context) & searched_rows(figures, context)
    return sort_figures(figures[asked], context.view.sort)


@load_once(maxsize=KEPT_OPEN)
def figures_of(release: Release) -> pd.DataFrame:
    """The table of a release in the order of the catalogue, areas and time; texts as categories."""
    values = release.stored.read_table("indicator_values")[page_columns("indicator_values")]
    narrow = values.assign(series=codes_of_rows(values), flag=flags_of(values))
    narrow = narrow.drop(columns=[*BREAKDOWNS])
    orders: Mapping[str, Callable[[Iterable[str]], list[str]]] = {
        "indicator": lambda codes: in_order_of(codes, list(catalogue().indicators)),
        "component": lambda codes: in_order_of(codes, COMPONENTS),
        "area": lambda codes: list(sort_areas(codes)),
        "period": sort_periods,
        "series": sorted,
        "flag": sorted,
    }
    coded = {
        name: pd.Categorical(narrow[name], order(narrow[name].unique()), ordered=True)
        for name, order in orders.items()
    }
    texts = narrow.select_dtypes(include=["str", "object"]).columns.difference([*coded])
    other = {name: narrow[name].astype("category") for name in texts}
    ordered = narrow.assign(**coded, **other)
    return ordered.sort_values([*CODED], ignore_index=True, kind="stable")


def in_order_of(codes: Iterable[str], order: Iterable[str]) -> list[str]:
    found = set(codes)
    return [*(code for code in order if code in found), *sorted(found - {*order})]


def sort_periods(periods: Iterable[str]) -> list[str]:
    known = list(periods)
    parsed = parse_periods(known)
    return sorted(known, key=parsed.__getitem__)


def flags_of(values: pd.DataFrame) -> pd.Series:
    """The status of each value; of a row without one, the key of the reason, as pages name it."""
    absent = values["observation_status"].map(ABSENCE_KEYS).fillna("absent.not_reported")
    withheld = ABSENCE_KEYS[WITHHELD]
    absent = absent.mask(is_withheld(values) & values["observation_status"].eq(""), withheld)
    return values["observation_status"].where(values["value"].notna(), absent).astype("str")


def asked_rows(figures: pd.DataFrame, context: PageContext) -> pd.Series:
    """Which rows have every code that the address names."""
    view = context.view
    kept = pd.Series(data=True, index=figures.index)
    indicators = indicators_of_view(view, context)
    if indicators is not None:
        kept &= figures["indicator"].isin(indicators)
    chosen = {"area": view.area, "period": view.period, "component": view.measure}
    for name, code in chosen.items():
        if code:
            kept &= figures[name] == code
    if view.flag == WITH_VALUE:
        kept &= figures["value"].notna()
    elif view.flag:
        kept &= figures["flag"] == view.flag
    if view.breakdown:
        codes = figures["series"].cat.categories
        kept &= figures["series"].isin([own for own in codes if dimensions(own) == view.breakdown])
    return kept


def dimensions(codes: str) -> str:
    """The breakdowns of a series: `sex+age` of `sex=F;age=Y13T17`."""
    return format_dimensions(parse_codes(codes))


def dimensions_of(figures: pd.DataFrame) -> list[str]:
    return sorted({dimensions(codes) for codes in figures["series"].cat.categories} - {""})


def indicators_of_view(view: View, context: PageContext) -> set[str] | None:
    """The indicators of the chosen framework, goal and indicator; None if none is chosen."""
    if not (view.framework or view.goal or view.indicator):
        return None
    goals = [
        goal
        for goal in context.definitions.goals.values()
        if view.framework in {"", goal.framework} and view.goal in {"", goal.code}
    ]
    named = {view.indicator} if view.indicator else set()
    if not (view.framework or view.goal):
        return named
    served = {code for goal in goals for code in goal.indicators}
    return served & named if named else served


def searched_rows(figures: pd.DataFrame, context: PageContext) -> pd.Series:
    """Which rows have every typed word in a code or name of the reader's language.

    Of an indicator also in the code or short name of a goal that it follows up.
    """
    kept = pd.Series(data=True, index=figures.index)
    for word in fold_text(context.view.q).split():
        found = pd.Series(data=False, index=figures.index)
        for name in CODED:
            codes = figures[name].cat.categories
            has_word = [word in searched_text(name, code, context.text) for code in codes]
            found |= np.asarray(has_word, dtype=bool)[figures[name].cat.codes]
        kept &= found
    return kept


def searched_text(column: str, code: str, text: Text) -> str:
    goals = names_of_goals(code, text) if column == "indicator" else ""
    return fold_text(f"{code} {code_in_words(column, code, text)} {goals}")


def names_of_goals(indicator: str, text: Text) -> str:
    """The codes and short names of the goals that an indicator follows up."""
    return " ".join(
        goal.coded_name(text.language)
        for goal in catalogue().goals.values()
        if indicator in goal.indicators
    )


def code_in_words(column: str, code: str, text: Text) -> str:
    """The name of a code of a column, in the reader's language."""
    if column == "indicator":
        return catalogue().indicators[code].name(text.language)
    if column == "series":
        return text.listed(text.code(by, own) for by, own in parse_codes(code).items())
    if column == "period":
        return text.period(code)
    if column == "flag":
        return text(code) if "." in code else text.code("observation_status", code)
    return text.code(column, code)


def sort_figures(figures: pd.DataFrame, sort: str) -> pd.DataFrame:
    """Sort by a column, as it is or with `-` from high to low; rows without a value come last."""
    column = sort.removeprefix(REVERSED)
    if column not in SORTED_BY:
        return figures
    return figures.sort_values(column, ascending=not sort.startswith(REVERSED), kind="stable")


def figure_rows(context: PageContext) -> pd.DataFrame:
    """The rows that are found as a file has them: with collection and release, and no pages."""
    found = find_figures(context)
    release = context.release.label if context.release else ""
    first = {"collection": context.collection.code, "release": release}
    coded = found.select_dtypes("category").columns
    plain = found.astype(dict.fromkeys(coded, "str")).drop(columns="flag").assign(**first)
    return plain[[*dict.fromkeys((*first, *KEY_COLUMNS, *plain.columns))]]
