"""From any released value back to the cells that it was made of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions import Indicator, Kind
from metrics.catalogue.loader import Catalogue
from metrics.core.errors import UnknownNameError
from metrics.core.period import ReferencePeriod
from metrics.core.series import written
from metrics.core.tables import (
    AREAS_REACHED,
    BREAKDOWNS,
    CASES,
    CHAINED_INDEX,
    DENOMINATOR,
    KEY,
    MEDIAN,
    NUMERATOR,
    PER_100_000_CHILDREN,
    STEP,
    TOTAL,
    VALUE,
    WITHHELD,
    YEAR_ON_YEAR,
)
from metrics.release.queries import parse_area, parse_period, parse_series
from metrics.statistics.aggregation.addends import ADDITIVE
from metrics.submissions.ledger import NAME

Key = Mapping[str, str]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Node:
    """One value: how it came about, and what it was made of."""

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
    parts: tuple["Node", ...]

    @property
    def place(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else ""

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    def leaves(self) -> Iterator["Node"]:
        """The reported values in the end."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


@dataclass(frozen=True)
class Lineage:
    """The values of one release, and the definitions that say how each is made."""

    values: pd.DataFrame
    catalogue: Catalogue

    def of(self, series: str, area: str, period: str) -> Node:
        """The tree of one value. UnknownNameError says what there is instead."""
        indicator, component, codes = parse_series(series, self.catalogue)
        place = {"area": parse_area(area), "period": parse_period(period)}
        key = {**dict.fromkeys(BREAKDOWNS, TOTAL), **codes, **place, "indicator": indicator.code}
        for each in dict.fromkeys((component, indicator.headline, AREAS_REACHED)):
            if (row := self.row({**key, "component": each})) is not None:
                return self.node(row)
        raise self._nothing(key)

    def node(self, row: Row) -> Node:
        how, parts = self.made_of(row)
        codes = {name: str(row[name]) for name in BREAKDOWNS}
        value = row["value"]
        texts = (
            "observation_status", "confidentiality_status",
            "submission", "vintage", "sheet", "cell", "remark",
        )  # fmt: skip
        return Node(
            series=written(str(row["indicator"]), str(row["component"]), codes),
            area=str(row["area"]),
            period=str(row["period"]),
            how=how,
            value=None if pd.isna(value) else float(value),
            areas_reporting=int(row["areas_reporting"]),
            areas_expected=int(row["areas_expected"]),
            parts=tuple(self.node(part) for part in parts),
            **{name: str(row[name]) for name in texts},
        )

    def made_of(self, row: Row) -> tuple[str, list[Row]]:
        """How a value was made, and the rows that it was made of."""
        component, indicator = row["component"], self.catalogue.indicators[str(row["indicator"])]
        if row["cell"]:
            return "reported", []
        if component == YEAR_ON_YEAR:
            return "change", self._change(row, indicator)
        if component == CHAINED_INDEX:
            return "index", self._rows([_with(row, component=YEAR_ON_YEAR), _year_before(row)])
        if component == PER_100_000_CHILDREN:
            return "rate", self._rows([_with(row, component=VALUE)])
        if component == AREAS_REACHED:
            return "count", self._members(_with(row, component=STEP))
        return self._of_kind(row, indicator)

    def _of_kind(self, row: Row, indicator: Indicator) -> tuple[str, list[Row]]:
        if indicator.kind is Kind.SHARE and row["component"] == VALUE:
            return "ratio", self._rows(_with(row, component=each) for each in PARTS_OF_A_SHARE)
        if row["area"] in groups():
            if row["component"] == MEDIAN:
                return "median", self._bands(row)
            return "sum", self._members(row)
        return "formula", self._inputs(row, indicator)

    def _change(self, row: Row, indicator: Indicator) -> list[Row]:
        if row["area"] not in groups():
            now = _with(row, component=CASES if row["band"] != TOTAL else indicator.headline)
            return self._rows([now, _year_before(now)])
        parts = [_with(row, component=each) for each in ADDITIVE.get(indicator.kind, (VALUE,))]
        now_and_before = [self._members(each) + self._members(_year_before(each)) for each in parts]
        return _of_a_panel([each for rows in now_and_before for each in rows])

    def _members(self, row: Row) -> list[Row]:
        """The rows of the states of the group that have reported, also those that are withheld."""
        members = groups()[str(row["area"])].at(ReferencePeriod.parse(row["period"]))
        rows = self._rows(_with(row, area=area) for area in members)
        return [each for each in rows if is_reported(each)]

    def _bands(self, row: Row) -> list[Row]:
        bands = (code for code in codelist("band") if code != TOTAL)
        return self._rows(_with(row, component=CASES, band=band) for band in bands)

    def _inputs(self, row: Row, indicator: Indicator) -> list[Row]:
        """What a formula is given: of the same area, period and breakdown."""
        same = {name: row[name] for name in BREAKDOWNS if row[name] != TOTAL}
        wanted = {"area": row["area"], "period": row["period"], **same}
        rows = self.values[self.values["indicator"].isin(indicator.derived_from)]
        for name, code in wanted.items():
            rows = rows[rows[name] == code]
        return [each for each in records(rows) if each["cell"]]

    def row(self, key: Row) -> Row | None:
        position = self._positions.get(tuple(str(key[name]) for name in KEY))
        return None if position is None else records(self.values.iloc[[position]])[0]

    def _rows(self, keys: Iterable[Row]) -> list[Row]:
        return [row for key in keys if (row := self.row(key)) is not None]

    @cached_property
    def _positions(self) -> dict[tuple[str, ...], int]:
        keys = zip(*(self.values[name] for name in KEY), strict=True)
        return {key: place for place, key in enumerate(keys)}

    def _nothing(self, key: Key) -> UnknownNameError:
        same = self.values[self.values["indicator"] == key["indicator"]]
        here = same[same["area"] == key["area"]]
        series = written(key["indicator"], codes=key)
        if here.empty:
            areas = ", ".join(sorted(same["area"].unique())) or "no area"
            return UnknownNameError(f"no {series} of {key['area']}; it is there for {areas}")
        periods = ", ".join(sorted(here["period"].unique()))
        return UnknownNameError(
            f"no {series} of {key['area']} for {key['period']}; "
            f"{key['indicator']} is there for {periods}"
        )


PARTS_OF_A_SHARE = (NUMERATOR, DENOMINATOR)


def _with(row: Row, **codes: str) -> Row:
    return {**{name: row[name] for name in KEY}, **codes}


def _year_before(row: Row) -> Row:
    return _with(row, period=str(ReferencePeriod.parse(row["period"]).year_before))


def _of_a_panel(rows: list[Row]) -> list[Row]:
    """Those of areas that are there in both years."""
    periods: dict[object, set[object]] = {}
    for each in rows:
        periods.setdefault(each["area"], set()).add(each["period"])
    return [each for each in rows if len(periods[each["area"]]) > 1]


def is_reported(row: Row) -> bool:
    """A withheld figure stands in the sum that it is a part of."""
    return not pd.isna(row["value"]) or row["observation_status"] == WITHHELD


def records(table: pd.DataFrame) -> list[Row]:
    return [{str(name): each[name] for name in each} for each in table.to_dict("records")]


def shown(node: Node) -> str:
    """Missing, not applicable and withheld are told apart."""
    status = codelist("observation_status").get(node.observation_status)
    return f"no value ({status.en if status else node.observation_status})"


def origin(node: Node) -> str:
    if node.cell:
        return f"{node.place} of {node.submission}"
    if node.areas_expected > 1:
        return f"{node.how}, {node.areas_reporting} of {node.areas_expected} reporting"
    return f"{node.how} ({node.remark})" if node.how == "rate" else node.how


def lines(node: Node, depth: int = 0) -> Iterator[str]:
    """The tree for a reader, one value a line."""
    value = shown(node) if node.value is None else f"{node.value:,.10g}"
    yield f"{'  ' * depth}{node.series} {node.area} {node.period} = {value}  <- {origin(node)}"
    for part in node.parts:
        yield from lines(part, depth + 1)


def resent_files(submissions: Iterable[Mapping[str, str]], node: Node) -> Iterator[str]:
    """Say which files that a value was made of had come before, and were taken up again."""
    again = {NAME.format_map(each): each.get("again", "") for each in submissions}
    for name in dict.fromkeys(leaf.submission for leaf in node.leaves()):
        if again.get(name):
            yield f"{name} is the file of {again[name]}, sent again"
