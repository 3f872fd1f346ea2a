"""A reader of releases who adds and subtracts: knows the files and the method, none of our code.

Every relation is written out again here from `docs/tables.md`. What a state sent in one vintage is
one unknown, whichever release suppresses it; a figure of the Union is one in each release.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from math import ceil, floor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import linprog
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from metrics.catalogue.denominators import children

EU, ALL = "EU27_2020", "_T"
LISTS = {
    "sex": ("F", "M", "O", "U"),
    "age": ("Y_LT4", "Y4T8", "Y9T12", "Y13T15", "Y16T17", "UNK"),
    "band": ("LE24H", "H24_48", "H48_72", "D3_7", "GT7D"),
}
COUNTED = ("value", "numerator", "denominator", "cases")
WITHIN = {"TAKEDOWN_WITHIN_24H": LISTS["band"][:1], "TAKEDOWN_WITHIN_72H": LISTS["band"][:3]}
SHARES = ("VICTIMS_ASSISTED", *WITHIN)
MISSING = ("O", "L", "M")
EPSILON, MOST = 1e-6, 1e5

Place = tuple[str, ...]  # indicator, component, area, sex, age, band, period
Cell = tuple[Place, str]  # and the vintage, or for the Union the release
Terms = dict[Cell, float]
Row = Mapping[str, Any]


class Release:
    """One folder, as it lies there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.label = folder, folder.name
        self.tables = {path.stem: pd.read_parquet(path) for path in folder.glob("*.parquet")}
        values = self.tables["indicator_values"]
        self.rows: dict[Place, Row] = dict(zip(places(values), records(values), strict=True))

    def texts(self) -> Iterator[str]:
        yield (self.folder / "build.json").read_text()
        for table in self.tables.values():
            yield from map(str, pd.unique(table.to_numpy().ravel().astype(str)))

    def cell(self, place: Place) -> Cell:
        return place, str(self.rows[place]["vintage"]) or self.label

    def is_there(self, place: Place) -> bool:
        """With a figure, or with one that is suppressed."""
        return place in self.rows and self.rows[place]["observation_status"] not in MISSING

    def withheld(self) -> list[Place]:
        return [place for place, row in self.rows.items() if row["observation_status"] == "Q"]

    def states(self, place: Place) -> list[Place]:
        """The same of every state that has it; of a share, both of its parts."""
        areas = sorted({cell[2] for cell in self.rows} - {EU})
        parts = ("numerator", "denominator") if place[0] in SHARES else (place[1],)
        return [
            _with(place, 2, area)
            for area in areas
            if all(self.is_there(_with(_with(place, 2, area), 1, part)) for part in parts)
        ]

    # What the figures must obey

    def relations(self) -> Iterator[Terms]:
        yield from self.sums()
        for place, row in self.rows.items():
            if not np.isnan(row["value"]):
                yield from self.derived(place, float(row["value"]))

    def sums(self) -> Iterator[Terms]:
        """Wholes and their parts, the Union and its states."""
        for place in filter(is_counted, self.rows):
            yield from self.bands(place)
            parts = [self.parts(place, axis, codes) for axis, codes in enumerate(LISTS.values(), 3)]
            states = self.states(place) if place[2] == EU else []
            for parts_of_total in filter(None, [*parts, states]):
                if self.is_there(place):
                    yield {self.cell(place): 1.0} | {
                        self.cell(part): -1.0 for part in parts_of_total
                    }

    def bands(self, place: Place) -> Iterator[Terms]:
        """What a share of durations is made of: the cases in some bands, and in all of them."""
        if place[0] in WITHIN and place[1] in {"numerator", "denominator"} and place[2] != EU:
            bands = WITHIN[place[0]] if place[1] == "numerator" else LISTS["band"]
            cases = [("TAKEDOWN_TIME", "cases", *place[2:5], band, place[6]) for band in bands]
            if all(map(self.is_there, [place, *cases])):
                yield {self.cell(place): 1.0} | {self.cell(part): -1.0 for part in cases}

    def parts(self, place: Place, axis: int, codes: tuple[str, ...]) -> list[Place]:
        found = [_with(place, axis, code) for code in codes] if place[axis] == ALL else []
        return found if all(map(self.is_there, found)) else []

    def derived(self, place: Place, value: float) -> Iterator[Terms]:
        if place[0] in SHARES and place[1] == "value":
            above, below = (_with(place, 1, part) for part in ("numerator", "denominator"))
            yield {self.cell(above): 1.0, self.cell(below): -value / 100}
        if place[1] == "year_on_year":
            yield from self.grown(place, 1 + value / 100)
        if place[1] == "change_points":
            yield from self.share_before(place, value)
        if place[1] == "chained_index" and _with(place, 6, year_before(place)) in self.rows:
            yield from self.grown(place, value / 100)

    def share_before(self, place: Place, change: float) -> Iterator[Terms]:
        """The share a year earlier, from this year's share and its change in points."""
        now, before = _with(place, 1, "value"), _with(place, 6, year_before(place))
        if place[2] != EU and self.is_there(now) and not np.isnan(self.rows[now]["value"]):
            value = self.rows[now]["value"] - change
            above, below = (_with(before, 1, part) for part in ("numerator", "denominator"))
            yield {self.cell(above): 1.0, self.cell(below): -value / 100}

    def grown(self, place: Place, factor: float) -> Iterator[Terms]:
        """Of the Union: in the states that are there in both years."""
        now = _with(place, 1, "cases" if place[5] != ALL else "value")
        panel = self.states(now) if place[2] == EU else [now]
        pairs = [(key, _with(key, 6, year_before(key))) for key in panel]
        both = [pair for pair in pairs if all(map(self.is_there, pair))]
        if both and place[0] != "TAKEDOWN_TIME":
            ends = [{self.cell(last): 1.0, self.cell(first): -factor} for last, first in both]
            yield {cell: number for end in ends for cell, number in end.items()}

    # What is as good as said

    def stated(self) -> Iterator[tuple[Cell, float]]:
        """Figures: themselves, as rates, as they were before, and as assessments rest on them."""
        for place, row in self.rows.items():
            if place[1] == "per_100_000_children" and not np.isnan(row["value"]):
                count = row["value"] * self.children(place) / 100_000
                yield self.cell(_with(place, 1, "value")), count
            elif is_counted(place) and not np.isnan(row["value"]):
                yield self.cell(place), row["value"]
        yield from self.before()
        yield from self.assessed()

    def children(self, place: Place) -> float:
        states = self.states(_with(place, 1, "value")) if place[2] == EU else [place]
        return sum(children()[state[2], int(place[6])] for state in states)

    def before(self) -> Iterator[tuple[Cell, float]]:
        table = self.tables["revisions"]
        for place, row in zip(places(table), table.to_dict("records"), strict=True):
            for figure, vintage in {
                "previous_value": "previous_vintage",
                "value": "vintage",
            }.items():
                if not np.isnan(row[figure]) and is_counted(place):
                    yield (place, row[vintage]), row[figure]

    def assessed(self) -> Iterator[tuple[Cell, float]]:
        for row in self.tables["assessments"].to_dict("records"):
            by = (row["sex"], row["age"], row["band"])
            for period, figure in {"period": "value", "baseline_period": "baseline_value"}.items():
                place = (row["indicator"], "value", row["area"], *by, row[period])
                if is_counted(place) and place in self.rows and not np.isnan(row[figure]):
                    yield self.cell(place), row[figure]

    def bases(self) -> Iterator[tuple[Place, Row | None]]:
        """What a change is stated on, by its place, and the row of that change."""
        for place in self.rows:
            before = _with(place, 6, year_before(place))
            is_base = is_headline(place) and self.is_there(place) and self.is_there(before)
            if is_base and place[2] != EU and self.rows[place]["observation_status"] != "B":
                yield before, self.rows.get(_with(place, 1, "year_on_year"))

    def nothing(self) -> Iterator[tuple[Cell, bool]]:
        """Which bases are zero, where a row that is absent, or there, says so of a shown one."""
        shown = [(place, row) for place, row in self.bases() if self.rows[place]["value"] == 0]
        if any(row is None for _, row in shown):
            yield from ((self.cell(place), row is None) for place, row in self.bases())


class Attacker:
    """Puts several releases together."""

    def __init__(self, *folders: Path) -> None:
        self.releases = [Release(folder) for folder in folders]
        self.known: dict[Cell, float] = {}
        for release in self.releases:
            self.known |= dict(release.stated())
        self.zeros = {cell: zero for release in self.releases for cell, zero in release.nothing()}
        self.known |= {cell: 0.0 for cell, zero in self.zeros.items() if zero}

    @cached_property
    def unknown(self) -> dict[Cell, int]:
        hidden = {
            release.cell(place)
            for release in self.releases
            for place in filter(is_counted, release.withheld())
        }
        return {cell: at for at, cell in enumerate(sorted(hidden - self.known.keys()))}

    @cached_property
    def equations(self) -> tuple[csr_array, npt.NDArray[np.float64]]:
        rows, constants = [], []
        for terms in (
            found_terms for release in self.releases for found_terms in release.relations()
        ):
            open_ = {cell: factor for cell, factor in terms.items() if cell in self.unknown}
            if open_:
                rows.append(open_)
                constants.append(-sum(factor * self.known.get(cell, np.nan)
                                      for cell, factor in terms.items() if cell not in open_))  # fmt: skip
        matrix = np.zeros((len(rows), len(self.unknown)))
        for at, terms in enumerate(rows):
            matrix[at, [self.unknown[cell] for cell in terms]] = list(terms.values())
        usable = ~np.isnan(constants)
        return csr_array(matrix[usable]), np.array(constants)[usable]

    def recovered(self) -> dict[Cell, float]:
        """Every suppressed figure of which only one whole number is possible, and that number.

        A share of durations is protected by what it is made of: its denominator is a total that may
        be shown, and its numerator is a sum of bands, which are attacked themselves.

        One that another release shows, because its pattern is another, is not recovered but shown.
        """
        cells = {
            release.cell(place)
            for release in self.releases
            for place in filter(is_counted, release.withheld())
            if place[0] not in WITHIN
        }
        found = {cell: self.figure(cell) for cell in sorted(cells - self.shown())}
        return {cell: figure for cell, figure in found.items() if figure is not None}

    def shown(self) -> set[Cell]:
        return {
            release.cell(place)
            for release in self.releases
            for place, row in release.rows.items()
            if row["observation_status"] != "Q" and not np.isnan(row["value"])
        }

    def figure(self, cell: Cell) -> float | None:
        """What a cell must hold; None where it may hold this or that."""
        if cell in self.known:
            return float(self.known[cell])
        at = self.unknown[cell]
        low, high = self.interval(at, np.flatnonzero(self.blocks == self.blocks[at]))
        least = ceil(low - EPSILON)
        return float(least) if floor(high + EPSILON) == least else None

    @cached_property
    def blocks(self) -> npt.NDArray[np.intp]:
        """Cells that no equation connects have nothing to say about one another."""
        matrix, _ = self.equations
        _, block = connected_components(abs(matrix).T @ abs(matrix), directed=False)
        return np.asarray(block)

    def interval(self, at: int, block: npt.NDArray[np.intp]) -> tuple[float, float]:
        matrix, constants = self.equations
        rows = np.flatnonzero(abs(matrix[:, block]).sum(axis=1) > 0)
        cost = (block == at).astype(float)
        cells = list(self.unknown)
        bounds = [(0.0 if self.zeros.get(cells[column], True) else 1.0, MOST) for column in block]
        given: dict[str, Any] = {"bounds": bounds}
        if len(rows):
            given |= {"A_eq": matrix[rows][:, block], "b_eq": constants[rows]}
        ends = [linprog(sign * cost, **given) for sign in (1, -1)]
        assert all(end.success for end in ends), (cells[at], ends[0].message)
        return float(ends[0].fun), -float(ends[1].fun)


def records(table: pd.DataFrame) -> list[Row]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def places(table: pd.DataFrame) -> list[Place]:
    names = ["indicator", "component", "area", *LISTS, "period"]
    return list(table[names].itertuples(index=False, name=None))


def is_counted(place: Place) -> bool:
    return place[1] in COUNTED and not (place[0] in SHARES and place[1] == "value")


def is_headline(place: Place) -> bool:
    return (place[1] == "value" and place[0] not in SHARES) or (
        place[1] == "cases" and place[5] != ALL
    )


def year_before(place: Place) -> str:
    return str(int(place[6]) - 1)


def _with(place: Place, axis: int, code: str) -> Place:
    return (*place[:axis], code, *place[axis + 1 :])
