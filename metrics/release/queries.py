"""Find released rows by series, area, period or goal, as typed on the command line."""

from collections import Counter
from collections.abc import Mapping

import numpy as np
import pandas as pd

from metrics.catalogue.codelists.groups import AreaGroup, fixed_group, groups
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import Catalogue
from metrics.core.errors import UnknownNameError, list_names
from metrics.core.period import ReferencePeriod
from metrics.core.series import codes_of_rows, format_codes, parse_series
from metrics.statistics.aggregation.aggregate import aggregate_released
from metrics.statistics.group_changes import add_group_materiality
from metrics.submissions.examination import parse_area


def find_series(values: pd.DataFrame, catalogue: Catalogue, series: str, area: str) -> pd.DataFrame:
    """Every component and period of one series, for one area or group of areas."""
    indicator, _, codes = look_up_series(series, catalogue)
    of_indicator = values[values["indicator"] == indicator.code]
    of_area = values_of_area(of_indicator, catalogue, area)
    rows = rows_of_codes(of_area, codes)
    if rows.empty:
        raise no_such_series(series, area, indicator, of_indicator, of_area)
    return rows


def rows_of_codes(table: pd.DataFrame, codes: Mapping[str, str]) -> pd.DataFrame:
    written = format_codes(codes)
    return table[np.array([row == written for row in codes_of_rows(table)], dtype=bool)]


def no_such_series(
    requested: str,
    area: str,
    indicator: Indicator,
    of_indicator: pd.DataFrame,
    of_area: pd.DataFrame,
) -> UnknownNameError:
    """Offer the parts that the area has of an indicator or, if it has none, the other areas."""
    parts = dict.fromkeys(codes_of_rows(of_area))
    names = [f"{indicator.code}[{codes}]" if codes else indicator.code for codes in parts]
    if names:
        return UnknownNameError(
            "no_such_part", series=requested, area=area, known=list_names(names)
        )
    areas = list_names(sorted(of_indicator["area"].unique()))
    if areas:
        return UnknownNameError("no_such_area", series=requested, area=area, known=areas)
    return UnknownNameError("no_such_series", series=requested)


def values_of_area(values: pd.DataFrame, catalogue: Catalogue, area: str) -> pd.DataFrame:
    """Return released values, or aggregate a group that is not released: EU28, DK+FI+SE."""
    if "+" in area:
        members = parse_group(area)
        return values_of_group(values, catalogue, fixed_group("+".join(members), members))
    if area in groups() and area not in set(values["area"]):
        return values_of_group(values, catalogue, groups()[area])
    return values[values["area"] == parse_area(area)]


def values_of_group(values: pd.DataFrame, catalogue: Catalogue, group: AreaGroup) -> pd.DataFrame:
    """Aggregate released values to a group, and test its yearly changes as those of the Union."""
    rows = aggregate_released(values, catalogue, group)
    return add_group_materiality(rows, values, catalogue.indicators, group)


def find_assessments(assessments: pd.DataFrame, goal: str, area: str) -> pd.DataFrame:
    """The rows of one goal and area, or of all; official verdicts come first."""
    if goal and goal not in set(assessments["goal"]):
        known = assessments["goal"].unique()
        raise UnknownNameError.with_hint("assessed_goal", goal, known=known)
    rows = assessments[assessments["goal"] == goal] if goal else assessments
    ascending = {"goal": True, "target": True, "area": True, "official": False}
    rows = rows.sort_values(list(ascending), ascending=list(ascending.values()), kind="stable")
    return rows[rows["area"] == parse_area(area)] if area else rows


def look_up_series(typed: str, catalogue: Catalogue) -> tuple[Indicator, str, dict[str, str]]:
    """Indicator, component and breakdown codes; UnknownNameError for an unknown series."""
    code, component, codes = parse_series(typed)
    if code not in catalogue.indicators:
        raise UnknownNameError.with_hint("an_indicator", code, known=catalogue.indicators)
    return catalogue.indicators[code], component, codes


def parse_group(typed: str) -> list[str]:
    """The areas of a group typed as DK+FI+SE; none may occur twice."""
    members = [parse_area(area) for area in typed.split("+")]
    for area, times in Counter(members).items():
        if area in groups():
            raise UnknownNameError("group_in_group", area=area)
        if times > 1:
            raise UnknownNameError("area_twice", area=area, group=typed)
    return members


def parse_period_argument(typed: str) -> str:
    try:
        return str(ReferencePeriod.parse(typed))
    except ValueError as wrong:
        raise UnknownNameError("no_period", period=typed) from wrong
