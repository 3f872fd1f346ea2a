"""The only module that opens a released file. A release is read once and kept; see `Release`."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.catalogue.definitions import Collection
from metrics.catalogue.loader import catalogue
from metrics.core.period import ReferencePeriod
from metrics.core.tables import BREAKDOWNS, EU, KEY, STATUSES, TOTAL

TABLES: Mapping[str, tuple[str, ...]] = {
    "indicator_values": (
        *KEY, "value", *STATUSES, "since", "reference", "remark", "source", "address",
        "submission", "sheet", "cell", "vintage", "areas_reporting", "areas_expected", "late",
    ),
    "assessments": (
        "goal", "target", "indicator", *BREAKDOWNS, "area", "method", "official", "status",
        "category", "reason", "period", "value", "baseline_period", "baseline_value",
        "expected_value", "gap", "months_late", "score", "path", "arithmetic",
        "override_status", "override_reason", "override_by", "override_on",
    ),
    "outlook": (
        "goal", "target", "indicator", *BREAKDOWNS, "area", "reason", "path", "meets", "meets_in",
    ),
    "actions": (
        "area", "policy_target", "goals", "status", "description", "timeframe", "progress",
        "partner", "round", "vintage",
    ),
    "reporting": (
        "area", "round", "status", "received", "due", "submission", "vintage", "n_observations",
    ),
    "revisions": (
        *KEY, "previous_value", "value", "previous_vintage", "vintage",
        "previous_observation_status", "observation_status",
    ),
}  # fmt: skip

Row = Mapping[str, Any]

ADDRESS = ("indicator", "component", "area", "series")

NOT_SHOWN = ("submission", "sheet", "cell", "vintage")  # `empact lineage` shows these
NUMBERS = {
    "value",
    "previous_value",
    "areas_reporting",
    "areas_expected",
    "late",
    "official",
    "baseline_value",
    "expected_value",
    "gap",
    "months_late",
    "score",
    "n_observations",
}

# What is shown first where nothing was chosen: the live collection before the others.
NATURES = ("official", "published", "invented")


@dataclass(frozen=True, eq=False)
class Release:
    """A frozen set of tables. Columns as in `docs/tables.md`."""

    collection: Collection
    label: str
    facts: Mapping[str, Any]
    tables: Mapping[str, pd.DataFrame]

    @property
    def as_of(self) -> str:
        return str(self.facts.get("as_of", ""))[:10]

    @cached_property
    def places(self) -> Mapping[Any, Any]:
        """Indicator, component, area and written breakdowns → where its rows stand."""
        return self.tables["indicator_values"].groupby(list(ADDRESS), sort=False).indices

    @cached_property
    def areas_of(self) -> Mapping[str, tuple[str, ...]]:
        """Indicator → the areas that have a row of it."""
        found: dict[str, set[str]] = {}
        for indicator, _, area, _ in self.places:
            found.setdefault(indicator, set()).add(area)
        return {
            code: tuple(area for area in codelist("area") if area in areas)
            for code, areas in found.items()
        }

    def series(self, indicator: str, component: str, area: str, series: str = "") -> pd.DataFrame:
        """One series in the order of time; `series` is what `breakdowns` writes of it."""
        places: list[int] = self.places.get((indicator, component, area, series), [])
        return self.tables["indicator_values"].iloc[places]

    def parts(self, indicator: str, component: str, area: str) -> dict[str, pd.DataFrame]:
        """Every series of an indicator, by its written breakdowns."""
        mine = (indicator, component, area)
        return {key[3]: self.series(*key) for key in self.places if key[:3] == mine}

    @cached_property
    def judged(self) -> Mapping[tuple[str, str], Sequence[Row]]:
        return by_goal(self.tables["assessments"])

    @cached_property
    def ahead(self) -> Mapping[tuple[str, str], Sequence[Row]]:
        return by_goal(self.tables["outlook"])

    def assessments(self, goal: str, area: str) -> Sequence[Row]:
        return self.judged.get((goal, area), ())

    def outlooks(self, goal: str, area: str) -> Sequence[Row]:
        """Where the trend of each target's series leads."""
        return self.ahead.get((goal, area), ())

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The areas with figures, actions or reports: the Union, the States, then the others."""
        found = {
            str(area)
            for name in ("indicator_values", "actions", "reporting")
            for area in self.tables[name]["area"].unique()
        }
        return (*({EU} & found), *(area for area in codelist("area") if area in found - {EU}))


def by_goal(table: pd.DataFrame) -> dict[tuple[str, str], list[Row]]:
    """Goal and area → their rows."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in records(table):
        found.setdefault((row["goal"], row["area"]), []).append(row)
    return found


def home() -> Path:
    """The workspace: `EMPACT_HOME`, or the working directory."""
    return Path(os.environ.get("EMPACT_HOME") or Path.cwd())


def processed(collection: str) -> Path:
    return home() / "data" / "processed" / collection


def labels(collection: str) -> tuple[str, ...]:
    """The releases of a collection, newest first."""
    folders = processed(collection).glob("*/build.json")
    return tuple(sorted((path.parent.name for path in folders), reverse=True))


def current(collection: str) -> str:
    """The label that the pointer names, looked at anew each time; empty where there is none."""
    pointer = processed(collection) / "current"
    label = pointer.read_text(encoding="utf-8").strip() if pointer.is_file() else ""
    return label if label in labels(collection) else ""


def collections_in_order() -> list[Collection]:
    """Every collection in the order in which they are shown."""
    collections = catalogue().collections.values()
    return sorted(collections, key=lambda collection: (
        NATURES.index(collection.nature), collection.code))  # fmt: skip


def opened(collection: Collection, label: str) -> Release:
    folder = processed(collection.code) / label
    return _opened(collection.code, folder, (folder / "build.json").stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _opened(code: str, folder: Path, _written: int) -> Release:
    facts = json.loads((folder / "build.json").read_text(encoding="utf-8"))
    tables = {name: _table(folder / f"{name}.parquet", columns) for name, columns in TABLES.items()}
    tables["indicator_values"] = addressed(tables["indicator_values"])
    return Release(catalogue().collections[code], folder.name, facts, tables)


def addressed(values: pd.DataFrame) -> pd.DataFrame:
    """The values in the order of time, with the breakdowns of each row written in one column."""
    # Thousands of small tables are cut out of this one: few columns of plain objects cut fastest.
    narrow = values.assign(series=series_of(values)).drop(columns=[*BREAKDOWNS, *NOT_SHOWN])
    whole = every_year(plain(narrow))
    periods = {each: ReferencePeriod.parse(each) for each in whole["period"].unique()}
    rank = {each: at for at, each in enumerate(sorted(periods, key=periods.__getitem__))}
    order = whole["period"].map(rank).argsort(kind="stable")
    return whole.iloc[order].reset_index(drop=True).copy()  # a copy lies together


def every_year(values: pd.DataFrame) -> pd.DataFrame:
    """With a row without a figure for each year that a series left out, so no line bridges it."""
    place = [*ADDRESS, "period"]
    is_year = values["period"].str.isdigit()
    years = values[is_year].astype({"period": int}).groupby(list(ADDRESS), sort=False)["period"]
    spans = years.agg(["min", "max", "nunique"])
    holed = spans[spans["max"] - spans["min"] >= spans["nunique"]]
    between = [(*key, str(year)) for key, first, last, _ in holed.itertuples()
               for year in range(first, last)]  # fmt: skip
    known = set(zip(*(values[name] for name in place), strict=True))
    left_out = [each for each in between if each not in known]
    if not left_out:
        return values
    blank = {str(name): "" for name in values if name not in {*NUMBERS, *place}}
    added = pd.DataFrame(left_out, columns=place).assign(late=False, **blank)
    both = pd.concat([values.astype({"value": float}), added], ignore_index=True)
    return both.sort_values("period", kind="stable", ignore_index=True)


def series_of(values: pd.DataFrame) -> list[str]:
    """What `breakdowns` writes of each row, all at once."""
    written = np.full(len(values), "", dtype=object)
    for by in BREAKDOWNS:
        codes = values[by].to_numpy(dtype=object)
        is_part = ~np.isin(codes, ("", TOTAL))
        written[is_part] += f";{by}=" + codes[is_part]
    return [each.removeprefix(";") for each in written]


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries of plain values; in one step, as thousands of them are asked for."""
    names = list(map(str, table))
    rows = table.to_numpy(dtype=object).tolist()
    return [dict(zip(names, row, strict=True)) for row in rows]


def plain(table: pd.DataFrame) -> pd.DataFrame:
    return table.astype({name: object for name in table if name not in NUMBERS})


def breakdowns(codes: Mapping[str, str]) -> str:
    """`sex=F;age=Y4T8`; empty for a total."""
    named = ((by, codes.get(by) or TOTAL) for by in BREAKDOWNS)
    return ";".join(f"{by}={code}" for by, code in named if code != TOTAL)


def _table(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """The table, with every column that the pages use, also where a release lacks it."""
    table = pd.read_parquet(path) if path.is_file() else pd.DataFrame(columns=list(columns))
    lacking = {name: None if name in NUMBERS else "" for name in columns if name not in table}
    table = table.assign(**lacking)
    texts = [name for name in table if name not in NUMBERS]
    return table.fillna(dict.fromkeys(texts, "")) if len(table) else table
