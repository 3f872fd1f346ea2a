"""From tables to the system of equations that an attacker has: this release and those before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from metrics.aggregation.addends import ADDITIVE
from metrics.aggregation.rates import Indicators
from metrics.disclosure.attack import Flags, Floats, Places, System
from metrics.disclosure.consequences import is_derived
from metrics.disclosure.relations import Relation, ceilings, relations
from metrics.tables import KEY, WITHHELD


class Equation(NamedTuple):
    """`factors @ cells - rest == constant`; the rest, where it is not 0, is known to nobody."""

    cells: Places
    factors: Floats
    constant: float
    rest: float


@dataclass(frozen=True)
class Equations:
    """The system, and which of its cells an earlier release has shown as they still are."""

    cells: pd.DataFrame  # rows that add up, numbered from 0; the system has their rests after them
    system: System
    shown_before: Flags
    ceilings: pd.DataFrame  # which cell cannot exceed which: `part whole`


def equations(
    values: pd.DataFrame, indicators: Indicators, released: Sequence[pd.DataFrame] = ()
) -> Equations:
    """All that ties the values of a table together, and to what was released before."""
    cells = values[adds_up(values, indicators) & values["value"].notna()].reset_index(names="row")
    found = _of_this_release(cells, indicators)
    before = np.zeros(len(cells), dtype=bool)
    for table in released:
        known = _known(table, cells, indicators)
        found += _of_earlier_release(known, indicators)
        same = known[known["shown"] & (known["value"] == known["value_now"])]
        before[same["number"].astype(int)] = True
    return Equations(cells, _system(cells, found), before, ceilings(cells, indicators))


def adds_up(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Rows of the components that are summed, and were not made of other rows."""
    pairs = [
        (code, part) for code, each in indicators.items() for part in ADDITIVE.get(each.kind, ())
    ]
    index = pd.MultiIndex.from_frame(values[["indicator", "component"]])
    return pd.Series(index.isin(pairs), index=values.index) & ~is_derived(values, indicators)


def _of_this_release(cells: pd.DataFrame, indicators: Indicators) -> list[Equation]:
    values, every = cells["value"].to_numpy(), np.ones(len(cells), dtype=bool)
    found = relations(cells, indicators)
    return [_equation(each, values, every, cells.index.to_numpy()) for each in found]


def _equation(relation: Relation, values: Floats, unknown: Flags, names: Places) -> Equation:
    """`total - parts - rest == 0`, what is known moved to the right."""
    rows = np.array([relation.total, *relation.parts])
    factors = np.where(np.arange(len(rows)) == 0, 1.0, -1.0)
    open_, gap = unknown[rows], float(factors @ values[rows])
    constant = -float(factors[~open_] @ values[rows][~open_])
    return Equation(names[rows[open_]], factors[open_], constant, gap if relation.has_rest else 0.0)


def _known(table: pd.DataFrame, cells: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The rows of an earlier release; one that was withheld is taken to be what it is now.

    That is what an attacker takes it for. Where the sum then does not come out, it is no relation.
    """
    now = cells[[*KEY, "value"]].rename(columns={"value": "value_now"}).assign(number=cells.index)
    chosen = table["value"].notna() | (table["observation_status"] == WITHHELD)
    rows = table[adds_up(table, indicators) & chosen].merge(now, on=list(KEY), how="left")
    shown = rows["value"].notna()
    found = rows.assign(shown=shown, value=rows["value"].where(shown, rows["value_now"]))
    return found[found["value"].notna()].reset_index(drop=True)


def _of_earlier_release(known: pd.DataFrame, indicators: Indicators) -> list[Equation]:
    """Equations among the cells that were withheld then; what was shown is a constant."""
    unknown = ~known["shown"].to_numpy()
    names = known["number"].fillna(-1).to_numpy(dtype=np.intp)
    values = known["value"].to_numpy()
    found = (
        _equation(each, values, unknown, names)
        for each in relations(known, indicators)
        if unknown[[each.total, *each.parts]].any()
    )
    return list(found)


def _system(cells: pd.DataFrame, found: Sequence[Equation]) -> System:
    """One row an equation, one column a cell, and one more for every rest."""
    rests = [row for row, each in enumerate(found) if each.rest]
    values = np.concatenate([cells["value"].to_numpy(), [found[row].rest for row in rests]])
    columns = [each.cells for each in found] + [
        np.array([len(cells) + k]) for k in range(len(rests))
    ]
    rows = [np.full(len(each.cells), row) for row, each in enumerate(found)] + [
        np.array([row]) for row in rests
    ]
    factors = [each.factors for each in found] + [np.array([-1.0])] * len(rests)
    # A release of one area without breakdowns has no equation at all, and nothing to concatenate.
    none = np.empty(0, dtype=int)
    places = (np.concatenate([none, *rows]), np.concatenate([none, *columns]))
    entries = (np.concatenate([np.empty(0), *factors]), places)
    return System(
        matrix=csr_array(entries, shape=(len(found), len(values))),
        constants=np.array([each.constant for each in found]),
        values=values,
        ceilings=np.full(len(values), np.inf),
        unnamed=np.arange(len(values)) >= len(cells),
    )
