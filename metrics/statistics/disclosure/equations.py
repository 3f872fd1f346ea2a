"""From tables to the system of equations that an attacker has: this release and those before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from metrics.catalogue.codelists.groups import groups
from metrics.core.tables import FREE, KEY, WITHHELD
from metrics.statistics.aggregation.addends import ADDITIVE
from metrics.statistics.aggregation.rates import Indicators
from metrics.statistics.disclosure.constraint_system import NOBODY, ConstraintSystem, Flags, Places
from metrics.statistics.disclosure.derived_suppression import is_derived
from metrics.statistics.disclosure.relations import by_area, relations

GONE = -1  # instead of the row of a cell: a figure that was withheld, and that was revised since
CONSTANT = -1  # instead of the number of a cell
AS_IT_WAS = "value_as_it_was"
KEPT = "confidentiality_as_sent"


class Equation(NamedTuple):
    """`factors @ cells - rest == constant`; a rest is known to nobody, but never negative."""

    cells: tuple[int, ...]
    factors: tuple[float, ...]
    constant: float
    rest: float | None


@dataclass(frozen=True)
class Equations:
    """The system, and which of its cells an earlier release has shown as they still are."""

    cells: pd.DataFrame  # rows that add up, numbered from 0; the system has their rests after them
    system: ConstraintSystem
    shown_before: Flags


def equations(
    values: pd.DataFrame, indicators: Indicators, released: Sequence[pd.DataFrame] = ()
) -> Equations:
    """All that ties the values of a table together, and to what was released before."""
    now = values[adds_up(values, indicators) & values["value"].notna()].reset_index(names="row")
    tables = [_known(table, now, indicators) for table in released]
    cells = pd.concat([now, _gone(now, tables)], ignore_index=True)
    found = dict.fromkeys(
        _among(cells.assign(number=cells.index)[cells["row"] != GONE], indicators)
    )
    before = np.zeros(len(cells), dtype=bool)
    for table in tables:
        numbered = _numbered(table, cells)
        found |= dict.fromkeys(_among(numbered, indicators))
        before[numbered.loc[numbered["shown"] & (numbered["number"] != CONSTANT), "number"]] = True
    return Equations(cells, _system(cells, list(found)), before)


def adds_up(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Rows of the components that are summed, and were not made of other rows."""
    pairs = [
        (code, part) for code, each in indicators.items() for part in ADDITIVE.get(each.kind, ())
    ]
    index = pd.MultiIndex.from_frame(values[["indicator", "component"]])
    return pd.Series(index.isin(pairs), index=values.index) & ~is_derived(values, indicators)


def _among(rows: pd.DataFrame, indicators: Indicators) -> Iterator[Equation]:
    """The equations among numbered cells; what has no number is a constant."""
    rows = rows.reset_index(drop=True)
    values, numbers = rows["value"].to_numpy(), rows["number"].to_numpy()
    for each in relations(rows, indicators):
        terms = np.array([each.total, *each.parts])
        factors = np.where(np.arange(len(terms)) == 0, 1.0, -1.0)
        open_ = numbers[terms] != CONSTANT
        if open_.any():
            gap = float(factors @ values[terms]) if each.has_rest else None
            constant = -float(factors[~open_] @ values[terms[~open_]])
            order = np.argsort(numbers[terms[open_]])
            yield Equation(
                tuple(numbers[terms[open_]][order].tolist()),
                tuple(factors[open_][order].tolist()), constant, gap,
            )  # fmt: skip


def with_truth(table: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """An earlier release, and beside it what its withheld figures were, as they were sent then."""
    sent = observations[[*KEY, "value", "confidentiality_status"]].rename(
        columns={"value": AS_IT_WAS, "confidentiality_status": KEPT}
    )
    return table.merge(sent.drop_duplicates(list(KEY)), on=list(KEY), how="left")


def _known(table: pd.DataFrame, cells: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The rows of an earlier release, each with its value as it was, also where it was withheld.

    Where that is not said it is taken to be what it is now, as an attacker takes it. Where the sum
    then does not come out, it is no relation.
    """
    now = cells[[*KEY, "value"]].rename(columns={"value": "value_now"})
    chosen = table["value"].notna() | (table["observation_status"] == WITHHELD)
    said = table.reindex(columns=[*dict.fromkeys([*table.columns, AS_IT_WAS, KEPT])])
    rows = said[adds_up(table, indicators) & chosen].merge(now, on=list(KEY), how="left")
    rows = rows.assign(shown=rows["value"].notna(), value=rows["value"].fillna(rows[AS_IT_WAS]))
    rows = rows.assign(value=rows["value"].fillna(_added_up(rows, indicators)))
    rows = rows.assign(value=rows["value"].fillna(rows["value_now"]))
    kept = rows[KEPT].where(rows[KEPT].notna(), FREE).astype("str")
    return rows[rows["value"].notna()].assign(confidentiality_status=kept)


def _added_up(rows: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """The sums of groups, of which no sender says what they were: their parts do."""
    if not rows[AS_IT_WAS].notna().any():
        return rows[AS_IT_WAS]
    links = by_area(rows, indicators)
    return rows["value"].reindex(links["part"]).groupby(links["total"].to_numpy()).sum()


def _gone(now: pd.DataFrame, tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """What was withheld then and is another figure now: each once, however many releases had it."""
    rows = [table[~table["shown"] & (table["value"] != table["value_now"])] for table in tables]
    found = pd.concat([now.iloc[:0], *rows], ignore_index=True).assign(row=GONE)
    return found[now.columns].drop_duplicates([*KEY, "value"])


def _numbered(table: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """With the number of the cell that each row is; a figure that is no cell has none."""
    numbers = cells[[*KEY, "value"]].assign(number=cells.index)
    found = table.merge(numbers, on=[*KEY, "value"], how="left")
    return found.assign(number=found["number"].fillna(CONSTANT).astype(int))


def _system(cells: pd.DataFrame, found: Sequence[Equation]) -> ConstraintSystem:
    """One row an equation, one column a cell, and one more for every rest."""
    rests = [row for row, each in enumerate(found) if each.rest is not None]
    gaps = [found[row].rest for row in rests]
    values = np.concatenate([cells["value"].to_numpy(), np.array(gaps, dtype=float)])
    columns = [np.array(each.cells) for each in found] + [
        np.array([len(cells) + k]) for k in range(len(rests))
    ]
    rows = [np.full(len(each.cells), row) for row, each in enumerate(found)] + [
        np.array([row]) for row in rests
    ]
    factors = [np.array(each.factors) for each in found] + [np.array([-1.0])] * len(rests)
    # A release of one area without breakdowns has no equation at all, and nothing to concatenate.
    none = np.empty(0, dtype=int)
    places = (np.concatenate([none, *rows]), np.concatenate([none, *columns]))
    entries = (np.concatenate([np.empty(0), *factors]), places)
    whole, size = counted(cells).to_numpy(), len(rests)
    return ConstraintSystem(
        matrix=csr_array(entries, shape=(len(found), len(values))),
        constants=np.array([each.constant for each in found]),
        values=values,
        unnamed=np.arange(len(values)) >= len(cells),
        # That a count is not zero is often known, as that of another year was not.
        floors=np.concatenate(
            [np.where(whole, np.minimum(cells["value"], 1.0), 0.0), np.zeros(size)]
        ),
        counted=np.concatenate([whole, np.zeros(size, dtype=bool)]),
        owner=np.concatenate([owners(cells), np.full(size, NOBODY)]),
    )


def counted(rows: pd.DataFrame) -> pd.Series:
    """Of indicators that come in whole numbers only."""
    fraction = rows["value"] % 1 != 0
    return ~fraction.groupby(rows["indicator"], sort=False).transform("any")


def owners(rows: pd.DataFrame) -> Places:
    """The area that each row is of, numbered; that of a group is nobody's."""
    numbers, areas = pd.factorize(rows["area"])
    return np.where(np.isin(areas, list(groups()))[numbers], NOBODY, numbers)
