"""Where one figure of a release comes from: how it was made, from what, and where it is used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.context import PageContext
from dashboard.data import values_of_indicators
from dashboard.released.figure_names import FigureName
from dashboard.released.revised_rows import ReleasedValue, released_values
from dashboard.released.series import AssessedSeries, read_series
from dashboard.rows_by_key import Record
from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import catalogue
from metrics.core.period import ReferencePeriod
from metrics.core.series import codes_of_rows, format_codes
from metrics.core.tables import BREAKDOWNS, TOTAL
from metrics.release.lineage import Lineage


@dataclass(frozen=True)
class FigureOrigin:
    """A released figure, the figures that it was made from, and those made from it."""

    name: FigureName
    row: Mapping[str, Any]
    series: AssessedSeries
    how: str  # as `LineageNode.how`
    inputs: Sequence[Mapping[str, Any]] = ()
    revisions: Sequence[Record] = ()
    withdrawals: Sequence[Record] = ()
    earlier: Sequence[ReleasedValue] = ()  # as the releases before have it, newest first
    used_in: Sequence[FigureName] = ()  # totals of groups of areas
    goals: Sequence[Goal] = ()


def find_origin(context: PageContext) -> FigureOrigin | None:
    """The origin of the figure in the address; None if the release does not have it."""
    name, release = FigureName.parse(context.view.figure), context.release
    if name is None or release is None or name.parsed.indicator not in catalogue().indicators:
        return None
    indicator = catalogue().indicators[name.parsed.indicator]
    lineage = Lineage(values_of_indicators(related_indicators(indicator), release), catalogue())
    row = lineage.find_row(key_of_figure(name))
    if row is None:
        return None
    how, inputs = lineage.find_inputs(row)
    _, component, codes = name.parsed
    key = indicator.code, component, name.area, format_codes(codes)
    return FigureOrigin(
        name=name,
        row=row,
        series=read_series(release, indicator.code, name.area, codes, component),
        how=how,
        inputs=inputs,
        revisions=rows_of_period(release.revisions.get(key, ()), name.period),
        withdrawals=rows_of_period(release.withdrawals.get(key, ()), name.period),
        earlier=[own for own in released_values(key_of_figure(name), context)
                 if own.label != release.label],
        used_in=[total for total in totals_with(name) if lineage.find_row(key_of_figure(total))],
        goals=[goal for goal in context.definitions.goals.values()
               if indicator.code in goal.indicators],
    )  # fmt: skip


def related_indicators(indicator: Indicator) -> set[str]:
    """The indicator and those that it is computed from."""
    ratio = [code for code, _ in indicator.ratio.series] if indicator.ratio else []
    return {indicator.code, *indicator.derived_from, *ratio}


def key_of_figure(name: FigureName) -> dict[str, str]:
    indicator, component, codes = name.parsed
    totals = dict.fromkeys(BREAKDOWNS, TOTAL)
    own = {"indicator": indicator, "component": component}
    return totals | codes | own | {"area": name.area, "period": name.period}


def rows_of_period(rows: Sequence[Record], period: str) -> list[Record]:
    return [row for row in rows if row["period"] == period]


def totals_with(name: FigureName) -> list[FigureName]:
    """The same figure of each group that has the area as a member in the period."""
    period = ReferencePeriod.parse(name.period)
    return [
        FigureName(name.series, code, name.period)
        for code, group in groups().items()
        if name.area in group.at(period)
    ]


def name_of_value(row: Mapping[str, Any]) -> FigureName:
    """The name of a row of `indicator_values`, which has a column for each breakdown."""
    codes = codes_of_rows(pd.DataFrame([row]))[0]
    return FigureName.of_row({**row, "series": codes})
