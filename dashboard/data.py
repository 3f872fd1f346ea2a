"""Releases as pages need them: opened by the store, with series and assessments indexed."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from dashboard.rows_by_key import KeyedRows, Record, compact_table
from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.loader import catalogue
from metrics.core.load_once import load_once
from metrics.core.period import parse_periods
from metrics.core.schemas import page_columns, text_columns
from metrics.core.series import codes_of_rows
from metrics.core.tables import BREAKDOWNS, EU, MEDIAN
from metrics.release.store import KEPT_OPEN, ReleaseStore, StoredRelease

SERIES_TABLE = "indicator_values"
LARGE_TABLES = (SERIES_TABLE, "assessments", "trajectory", "status_history", "outlook")
PLAIN_TABLES = ("actions", "reporting")
LONG_TEXTS = ("arithmetic",)  # columns whose texts are kept compressed
FROM_BANDS = "is_from_bands"  # added to the values
FLAGS = {"late", FROM_BANDS}
TABLES = (*LARGE_TABLES, *PLAIN_TABLES)
# The key of a series; column `series` holds its breakdown codes, as `format_codes` writes them.
SERIES_COLUMNS = ("indicator", "component", "area", "series")
# The order of collections; the first one with a release is shown by default.
NATURES = ("official", "published", "invented")


class PartKey(NamedTuple):
    """One series of an indicator; `codes` as written by `format_codes`."""

    component: str
    area: str
    codes: str


@dataclass(frozen=True, eq=False)
class Release:
    """A stored release with the columns that pages show, and its series indexed."""

    stored: StoredRelease
    tables: Mapping[str, pd.DataFrame]

    @property
    def collection(self) -> Collection:
        return catalogue().collections[self.stored.collection]

    @property
    def label(self) -> str:
        return self.stored.label

    @property
    def as_of(self) -> str:
        return self.stored.as_of

    @cached_property
    def digest(self) -> str:
        """Changes with the content of any table."""
        tables = self.stored.facts.get("tables", {})
        return sha256(repr(sorted(tables.items())).encode()).hexdigest()

    @cached_property
    def values(self) -> KeyedRows:
        """The rows of `indicator_values` in the order of time, by `SERIES_COLUMNS`."""
        return KeyedRows.of_table(self.tables["indicator_values"], SERIES_COLUMNS)

    @cached_property
    def codes_of(self) -> Mapping[tuple[str, str, str], tuple[str, ...]]:
        """Indicator, component and area → the formatted codes of its series."""
        found: dict[tuple[str, str, str], tuple[str, ...]] = {}
        for indicator, component, area, codes in self.values:
            key = indicator, component, area
            found[key] = (*found.get(key, ()), codes)
        return found

    @cached_property
    def shown_parts(self) -> Mapping[str, tuple[PartKey, ...]]:
        """Indicator → its series with a value, which is more than a reason for none."""
        values = self.tables["indicator_values"]
        with_value = values.loc[values["value"].notna(), list(SERIES_COLUMNS)].drop_duplicates()
        found: dict[str, list[PartKey]] = {}
        for indicator, *key in with_value.itertuples(index=False):
            found.setdefault(indicator, []).append(PartKey(*key))
        return {indicator: tuple(parts) for indicator, parts in found.items()}

    @cached_property
    def areas_of(self) -> Mapping[str, tuple[str, ...]]:
        """Indicator → the areas that have a value of it."""
        return {
            indicator: sort_areas(part.area for part in parts)
            for indicator, parts in self.shown_parts.items()
        }

    @cached_property
    def years(self) -> tuple[str, ...]:
        """The full years with a value of any indicator, newest first."""
        values = self.tables["indicator_values"]
        periods = values.loc[values["value"].notna(), "period"].unique()
        parsed = parse_periods(periods)
        return tuple(sorted((name for name in parsed if parsed[name].is_full_year), reverse=True))

    def series(
        self, indicator: str, component: str, area: str, codes: str = ""
    ) -> Sequence[Record]:
        """One series in the order of time; `codes` as written by `format_codes`."""
        return self.values.rows_of(indicator, component, area, codes)

    def periods(self, indicator: str, component: str, area: str, codes: str) -> Sequence[str]:
        """The periods of one series, with a value or without."""
        return self.values.cells_of("period", indicator, component, area, codes)

    def parts(self, indicator: str, component: str, area: str) -> dict[str, Sequence[Record]]:
        """Every series of an indicator, by its formatted codes."""
        return {
            codes: self.series(indicator, component, area, codes)
            for codes in self.codes_of.get((indicator, component, area), ())
        }

    @cached_property
    def revisions(self) -> Mapping[tuple[str, str, str, str], Sequence[Record]]:
        """Indicator, component, area and codes → the figures that differ from those sent before."""
        return group_by_series(self.stored.table("revisions"))

    @cached_property
    def withdrawals(self) -> Mapping[tuple[str, str, str, str], Sequence[Record]]:
        """Indicator, component, area and codes → the figures that were withdrawn, with reasons."""
        return group_by_series(self.stored.table("withdrawals"))

    @cached_property
    def period_changes(self) -> KeyedRows:
        """The indices and changes of each series, by `SERIES_COLUMNS`."""
        table = compact_table(with_codes(self.stored.read_table("period_changes")))
        return KeyedRows.of_table(table, SERIES_COLUMNS, {*SERIES_COLUMNS, *BREAKDOWNS})

    @cached_property
    def assessments(self) -> KeyedRows:
        """The rows of `assessments`, by goal and area."""
        return KeyedRows.of_table(self.tables["assessments"], ("goal", "area"))

    def rows_of_series(self, table: str, key: tuple[str, str, str, str]) -> Sequence[Record]:
        """The rows of a goal, area, indicator and formatted codes in a table with these columns."""
        return self.by_series[table].rows_of(*key) if table in self.by_series else ()

    @cached_property
    def by_series(self) -> Mapping[str, KeyedRows]:
        with_goal = (name for name, table in self.tables.items() if "goal" in table)
        key = ("goal", "area", "indicator", "series")
        left_out = {*key, *BREAKDOWNS}  # a row says nothing about its series, so it stays small
        return {name: KeyedRows.of_table(self.tables[name], key, left_out) for name in with_goal}

    @cached_property
    def assessed_series(self) -> Mapping[tuple[str, str], Sequence[tuple[str, str]]]:
        """Goal and area → indicator and formatted codes of each series that was assessed."""
        found: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for goal, area, indicator, codes in self.by_series.get("assessments", ()):
            found.setdefault((goal, area), []).append((indicator, codes))
        return found

    def index(self) -> None:
        """Compute every index now, so that no reader waits for one."""
        for name, attribute in vars(type(self)).items():
            if isinstance(attribute, cached_property):
                getattr(self, name)

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas with values, actions or reports: the Union, the States, then the others."""
        found = {
            str(area)
            for name in ("indicator_values", "actions", "reporting")
            for area in self.tables[name]["area"].unique()
        }
        return (*({EU} & found), *sort_areas(found - {EU}))


def sort_areas(areas: Iterable[str]) -> tuple[str, ...]:
    """Distinct areas in the order of the code list: the Union, the States, then the others."""
    found = set(areas)
    return tuple(area for area in codelist("area") if area in found)


def order_by_area(table: pd.DataFrame) -> pd.DataFrame:
    """The rows in the order of the code list, those of one area in the order that they have."""
    order = {area: at for at, area in enumerate(sort_areas(table["area"]))}
    return table.sort_values("area", key=lambda areas: areas.map(order), kind="stable")


def group_by_series(
    table: pd.DataFrame,
) -> dict[tuple[str, str, str, str], list[Record]]:
    """Indicator, component, area and codes → their rows."""
    found: dict[tuple[str, str, str, str], list[Record]] = {}
    for row, codes in zip(records(table), codes_of_rows(table), strict=True):
        key = row["indicator"], row["component"], row["area"], codes
        found.setdefault(key, []).append(row)
    return found


def home() -> Path:
    """The workspace: `EMPACT_HOME`, or the working directory."""
    return Path(os.environ.get("EMPACT_HOME") or Path.cwd())


def release_store() -> ReleaseStore:
    return ReleaseStore(home() / "data" / "processed")


def collections_in_order() -> list[Collection]:
    """Every collection in the order in which they are shown."""
    collections = catalogue().collections.values()
    return sorted(collections, key=lambda collection: (
        NATURES.index(collection.nature), collection.code))  # fmt: skip


def open_release(collection: Collection, label: str) -> Release | None:
    """Open a release, once; None where it does not exist.

    DamagedReleaseError names a file that differs from what was published.
    """
    stored = release_store().open(collection.code, label) if label else None
    return read_release(stored) if stored else None


@load_once(maxsize=KEPT_OPEN)
def read_release(stored: StoredRelease) -> Release:
    tables = {name: stored.table(name)[page_columns(name)] for name in PLAIN_TABLES}
    # These are large: their texts are kept once, and what was read is not kept beside them.
    for name in LARGE_TABLES:
        table = stored.read_table(name)
        own = table[page_columns(name)]
        if name == SERIES_TABLE:
            tables[name] = sort_series(own.assign(**{FROM_BANDS: is_median_from_bands(table)}))
        else:
            tables[name] = compact_table(with_codes(own), LONG_TEXTS)
    return Release(stored, tables)


def is_median_from_bands(values: pd.DataFrame) -> pd.Series:
    """Medians that nobody submitted: they were estimated from counts by time band."""
    return values["component"].eq(MEDIAN) & values["submission"].eq("")


@load_once(maxsize=KEPT_OPEN)
def compact_values(release: Release) -> pd.DataFrame:
    """Every column of `indicator_values`, with its texts as categories."""
    return compact_table(release.stored.read_table(SERIES_TABLE))


def values_of_indicators(codes: Iterable[str], release: Release) -> pd.DataFrame:
    """Every column of the values of a few indicators, as the release holds them."""
    values = compact_values(release)
    own = values[values["indicator"].isin([*codes])]
    return own.astype(dict.fromkeys(own.select_dtypes("category").columns, "str"))


def sort_series(values: pd.DataFrame) -> pd.DataFrame:
    """Sort values by time, and write the breakdown codes of each row into one column."""
    narrow = with_codes(values).drop(columns=[*BREAKDOWNS])
    complete = compact_table(fill_years(narrow))
    periods = parse_periods(complete["period"].unique())
    rank = {period: at for at, period in enumerate(sorted(periods, key=periods.__getitem__))}
    order = complete["period"].map(rank).astype(int).argsort(kind="stable")
    return complete.iloc[order].reset_index(drop=True)


def with_codes(table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(series=codes_of_rows(table))


def fill_years(values: pd.DataFrame) -> pd.DataFrame:
    """Add a row without a value for each missing year, so that no chart line bridges it."""
    key = [*SERIES_COLUMNS, "period"]
    is_year = values["period"].str.isdigit()
    years = values[is_year].astype({"period": int}).groupby(list(SERIES_COLUMNS), sort=False)
    spans = years["period"].agg(["min", "max", "nunique"])
    holed = spans[spans["max"] - spans["min"] >= spans["nunique"]]
    between = [(*series, str(year)) for series, first, last, _ in holed.itertuples()
               for year in range(first, last)]  # fmt: skip
    if not between:
        return values
    wanted = pd.DataFrame(between, columns=key, dtype=values["period"].dtype)
    found = wanted.merge(values[key], how="left", on=key, indicator="found_in")["found_in"]
    added = wanted[(found == "left_only").to_numpy()]
    if added.empty:
        return values
    blank = {name: "" for name in text_columns("indicator_values")
             if name in values and name not in key}  # fmt: skip
    filled = added.assign(**blank, **dict.fromkeys(FLAGS & {*values}, False))
    both = pd.concat([values.astype({"value": float}), filled], ignore_index=True)
    return both.sort_values("period", kind="stable", ignore_index=True)


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries of plain values, converted in one step because it is faster."""
    names = list(map(str, table))
    rows = table.to_numpy(dtype=object).tolist()
    return [dict(zip(names, row, strict=True)) for row in rows]
