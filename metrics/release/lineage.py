"""Trace any released value back to the cells that it was computed from."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.loader import Catalogue
from metrics.catalogue.ratios import RATIO_PARTS
from metrics.core.errors import UnknownNameError, list_names
from metrics.core.period import ReferencePeriod
from metrics.core.series import format_series
from metrics.core.tables import (
    AREAS_REACHED,
    BREAKDOWNS,
    CASES,
    CHAINED_INDEX,
    KEY,
    MEDIAN,
    PER_100_000_CHILDREN,
    STEP,
    TOTAL,
    VALUE,
    WITHHELD,
    YEAR_ON_YEAR,
    YEARLY_CHANGES,
)
from metrics.release.queries import (
    look_up_series,
    no_such_series,
    parse_period_argument,
    rows_of_codes,
)
from metrics.statistics.aggregation.latest_known_steps import latest_known_steps, states_not_bound
from metrics.statistics.aggregation.summed_rows import ADDITIVE
from metrics.submissions.examination import parse_area

ValueKey = Mapping[str, str]
ValueRow = Mapping[str, Any]


@dataclass(frozen=True)
class LineageNode:
    """One value, how it was computed, and the values that it was computed from."""

    series: str
    area: str
    period: str
    how: str  # reported, sum, ratio, change, rate, index, median, count, formula
    value: float | None
    observation_status: str
    confidentiality_status: str
    submission: str
    vintage: str
    sheet: str
    cell: str
    remark: str
    areas_reporting: int
    areas_expected: int
    parts: tuple["LineageNode", ...]

    @property
    def address(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else ""

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    def leaves(self) -> Iterator["LineageNode"]:
        """The reported values at the ends of the tree."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True)
class Lineage:
    """Traces the values of one release, by the definitions of its catalogue."""

    values: pd.DataFrame
    catalogue: Catalogue

    def trace(self, series: str, area: str, period: str) -> LineageNode:
        """The tree of one value. UnknownNameError lists the values that exist instead."""
        indicator, component, codes = look_up_series(series, self.catalogue)
        key = {
            **dict.fromkeys(BREAKDOWNS, TOTAL),
            **codes,
            "area": parse_area(area),
            "period": parse_period_argument(period),
            "indicator": indicator.code,
        }
        for name in dict.fromkeys((component, indicator.headline, AREAS_REACHED)):
            if (row := self.find_row({**key, "component": name})) is not None:
                return self.trace_row(row)
        raise self._no_such_value(key)

    def trace_row(self, row: ValueRow) -> LineageNode:
        how, parts = self.find_inputs(row)
        codes = {name: str(row[name]) for name in BREAKDOWNS}
        value = row["value"]
        texts = (
            "observation_status", "confidentiality_status",
            "submission", "vintage", "sheet", "cell", "remark",
        )  # fmt: skip
        return LineageNode(
            series=format_series(str(row["indicator"]), str(row["component"]), codes),
            area=str(row["area"]),
            period=str(row["period"]),
            how=how,
            value=None if pd.isna(value) else float(value),
            areas_reporting=int(row["areas_reporting"]),
            areas_expected=int(row["areas_expected"]),
            parts=tuple(self.trace_row(part) for part in parts),
            **{name: str(row[name]) for name in texts},
        )

    def find_inputs(self, row: ValueRow) -> tuple[str, list[ValueRow]]:
        """How a value was computed, and the rows that it was computed from."""
        component, indicator = row["component"], self.catalogue.indicators[str(row["indicator"])]
        if row["cell"]:
            return "reported", []
        if component in YEARLY_CHANGES:
            return "change", self._inputs_of_change(row, indicator)
        if component == CHAINED_INDEX:
            change, before = key_with(row, component=YEAR_ON_YEAR), key_year_before(row)
            return "index", self._find_rows([change, before])
        if component == PER_100_000_CHILDREN:
            return "rate", self._find_rows([key_with(row, component=VALUE)])
        if component == AREAS_REACHED:
            return "count", self._counted_steps(key_with(row, component=STEP))
        return self._inputs_by_kind(row, indicator)

    def _inputs_by_kind(self, row: ValueRow, indicator: Indicator) -> tuple[str, list[ValueRow]]:
        """As `find_inputs`, for components that depend on the indicator's kind."""
        if indicator.kind is Kind.SHARE and row["component"] == VALUE:
            return "ratio", self._find_rows(key_with(row, component=part) for part in RATIO_PARTS)
        if row["component"] == MEDIAN:
            return "median", self._band_rows(row)
        if row["area"] in groups():
            return "sum", self._member_rows(row)
        return "formula", self._inputs_of_formula(row, indicator)

    def _inputs_of_change(self, row: ValueRow, indicator: Indicator) -> list[ValueRow]:
        if row["area"] not in groups():
            component = CASES if row["band"] != TOTAL else indicator.headline
            now = key_with(row, component=component)
            return self._find_rows([now, key_year_before(now)])
        rows: list[ValueRow] = []
        for component in ADDITIVE.get(indicator.kind, (VALUE,)):
            part = key_with(row, component=component)
            rows += self._member_rows(part) + self._member_rows(key_year_before(part))
        return rows_of_panel(rows)

    def _member_rows(self, row: ValueRow) -> list[ValueRow]:
        """The rows of the group's States that have reported, including suppressed ones."""
        members = groups()[str(row["area"])].at(ReferencePeriod.parse(row["period"]))
        rows = self._find_rows(key_with(row, area=area) for area in members)
        return [
            member
            for member in rows
            if not pd.isna(member["value"]) or member["observation_status"] == WITHHELD
        ]

    def _counted_steps(self, row: ValueRow) -> list[ValueRow]:
        """The steps that count in the period: those reported for it, and the last known ones.

        The steps of States that are not bound by the commitment are not counted.
        """
        members = groups()[str(row["area"])].at(ReferencePeriod.parse(row["period"]))
        series = {name: row[name] for name in ("indicator", "component", *BREAKDOWNS)}
        rows = self.values[self.values["area"].isin(list(members))]
        for name, code in series.items():
            rows = rows[rows[name] == code]
        known_steps = latest_known_steps(rows)
        is_earlier = (known_steps["period"] == row["period"]) & ~known_steps["confirmed"]
        still_valid = known_steps[is_earlier]
        earlier = zip(still_valid["area"], still_valid["reported_for"], strict=True)
        keys = (key_with(row, area=area, period=period) for area, period in earlier)
        exempt = self._states_not_bound(row)
        counted = [*self._member_rows(row), *self._find_rows(keys)]
        return [step for step in counted if step["area"] not in exempt]

    def _states_not_bound(self, row: ValueRow) -> frozenset[str]:
        exempt = states_not_bound(
            target for goal in self.catalogue.goals.values() for target in goal.targets
        )
        for name in ("indicator", *BREAKDOWNS):
            exempt = exempt[exempt[name] == row[name]]
        return frozenset(exempt["area"])

    def _band_rows(self, row: ValueRow) -> list[ValueRow]:
        bands = (code for code in codelist("band") if code != TOTAL)
        return self._find_rows(key_with(row, component=CASES, band=band) for band in bands)

    def _inputs_of_formula(self, row: ValueRow, indicator: Indicator) -> list[ValueRow]:
        """The inputs of a formula with the same area, period and breakdown."""
        if indicator.ratio:
            series = dict(zip(RATIO_PARTS, indicator.ratio.series, strict=True))
            code, component = series[str(row["component"])]
            return self._find_rows([key_with(row, indicator=code, component=component)])
        codes = {name: row[name] for name in BREAKDOWNS if row[name] != TOTAL}
        rows = self.values[self.values["indicator"].isin(indicator.derived_from)]
        for name, code in {"area": row["area"], "period": row["period"], **codes}.items():
            rows = rows[rows[name] == code]
        return [record for record in value_rows(rows) if record["cell"]]

    def find_row(self, key: ValueRow) -> ValueRow | None:
        position = self._positions.get(tuple(str(key[name]) for name in KEY))
        return None if position is None else value_rows(self.values.iloc[[position]])[0]

    def _find_rows(self, keys: Iterable[ValueRow]) -> list[ValueRow]:
        return [row for key in keys if (row := self.find_row(key)) is not None]

    @cached_property
    def _positions(self) -> dict[tuple[str, ...], int]:
        keys = zip(*(self.values[name] for name in KEY), strict=True)
        return {key: position for position, key in enumerate(keys)}

    def _no_such_value(self, key: ValueKey) -> UnknownNameError:
        of_indicator = self.values[self.values["indicator"] == key["indicator"]]
        of_area = of_indicator[of_indicator["area"] == key["area"]]
        series = format_series(key["indicator"], codes=key)
        rows = rows_of_codes(of_area, key)
        if rows.empty:
            indicator = self.catalogue.indicators[key["indicator"]]
            return no_such_series(series, key["area"], indicator, of_indicator, of_area)
        periods = sorted(rows["period"].unique())
        return UnknownNameError(
            "no_such_period",
            series=series,
            area=key["area"],
            period=key["period"],
            known=list_names(periods),
        )


def key_with(row: ValueRow, **codes: str) -> ValueRow:
    """The key of a row with some codes replaced."""
    return {**{name: row[name] for name in KEY}, **codes}


def key_year_before(row: ValueRow) -> ValueRow:
    return key_with(row, period=str(ReferencePeriod.parse(row["period"]).year_before))


def rows_of_panel(rows: list[ValueRow]) -> list[ValueRow]:
    """Keep the rows of areas that occur in both years."""
    periods: dict[object, set[object]] = {}
    for row in rows:
        periods.setdefault(row["area"], set()).add(row["period"])
    return [row for row in rows if len(periods[row["area"]]) > 1]


def value_rows(table: pd.DataFrame) -> list[ValueRow]:
    return [{str(name): row[name] for name in row} for row in table.to_dict("records")]
