"""Build the equations that an attacker can use, from this release and earlier ones."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from metrics.catalogue.codelists.groups import groups
from metrics.core.keys import has_key
from metrics.core.tables import FREE, KEY, WITHHELD
from metrics.statistics.aggregation.rates import Indicators
from metrics.statistics.aggregation.summed_rows import ADDITIVE
from metrics.statistics.disclosure.constraint_system import (
    NO_OWNER,
    ConstraintSystem,
    Flags,
    Indices,
)
from metrics.statistics.disclosure.derived_suppression import is_derived
from metrics.statistics.disclosure.relations import find_relations, group_links, linked_by_sums

REVISED = -1  # instead of a row: a figure suppressed in an earlier release and revised since
CONSTANT = -1  # instead of a cell number: a value that is known
VALUE_AS_SENT = "value_as_it_was"
CONFIDENTIALITY_AS_SENT = "confidentiality_as_sent"
SENT_COLUMNS = (VALUE_AS_SENT, CONFIDENTIALITY_AS_SENT)


class Equation(NamedTuple):
    """`factors @ cells - slack == constant`; the slack is unknown, but never negative."""

    cells: tuple[int, ...]
    factors: tuple[float, ...]
    constant: float
    slack: float | None


@dataclass(frozen=True)
class Equations:
    """The system, and which of its cells an earlier release showed with the same value."""

    cells: pd.DataFrame  # additive rows, numbered from 0; the system has slacks after them
    system: ConstraintSystem
    shown_before: Flags


def build_equations(
    values: pd.DataFrame, indicators: Indicators, released: Sequence[pd.DataFrame] = ()
) -> Equations:
    """Collect all relations among the values of a table and of earlier releases."""
    now = values[is_additive(values, indicators) & values["value"].notna()].reset_index(names="row")
    tables = [_rows_of_release(table, now, indicators) for table in released]
    cells = pd.concat([now, _revised_cells(now, tables)], ignore_index=True)
    equations = dict.fromkeys(
        _equations_among(cells.assign(number=cells.index)[cells["row"] != REVISED], indicators)
    )
    before = np.zeros(len(cells), dtype=bool)
    for table in tables:
        numbered = _with_cell_numbers(table, cells)
        changed = _rows_of_changed_indicators(numbered, cells, indicators)
        equations |= dict.fromkeys(_equations_among(changed, indicators))
        before[numbered.loc[numbered["shown"] & (numbered["number"] != CONSTANT), "number"]] = True
    return Equations(cells, _system(cells, list(equations)), before)


def is_additive(values: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Rows of the components that are added up, unless derived from other rows."""
    pairs = [
        (code, component)
        for code, indicator in indicators.items()
        for component in ADDITIVE.get(indicator.kind, ())
    ]
    is_part = has_key(values, ["indicator", "component"], pairs)
    return is_part & ~is_derived(values, indicators)


def _equations_among(rows: pd.DataFrame, indicators: Indicators) -> Iterator[Equation]:
    """Yield the equations among numbered cells; a figure without a number is a constant."""
    rows = rows.reset_index(drop=True)
    values, numbers = rows["value"].tolist(), rows["number"].tolist()
    for relation in find_relations(rows, indicators):
        terms = [(1.0, relation.total), *((-1.0, part) for part in relation.parts)]
        known = [(factor, row) for factor, row in terms if numbers[row] == CONSTANT]
        cells = sorted((numbers[row], factor) for factor, row in terms if numbers[row] != CONSTANT)
        if cells:
            gap = fsum(factor * values[row] for factor, row in terms)
            constant = -fsum(factor * values[row] for factor, row in known)
            columns, factors = zip(*cells, strict=True)
            yield Equation(columns, factors, constant, gap if relation.has_slack else None)


def with_true_values(table: pd.DataFrame, observations: pd.DataFrame) -> pd.DataFrame:
    """Add to an earlier release the submitted values of its suppressed figures."""
    sent = observations[[*KEY, "value", "confidentiality_status"]].rename(
        columns={"value": VALUE_AS_SENT, "confidentiality_status": CONFIDENTIALITY_AS_SENT}
    )
    return table.merge(sent.drop_duplicates(list(KEY)), on=list(KEY), how="left")


def _rows_of_release(
    table: pd.DataFrame, cells: pd.DataFrame, indicators: Indicators
) -> pd.DataFrame:
    """The rows of an earlier release with their values, including suppressed ones.

    If a suppressed value is not known, its present value is used, as an attacker would do. If the
    sum then does not agree, there is no relation.
    """
    now = cells[[*KEY, "value"]].rename(columns={"value": "value_now"})
    chosen = table["value"].notna() | (table["observation_status"] == WITHHELD)
    with_sent = table.reindex(columns=[*dict.fromkeys([*table.columns, *SENT_COLUMNS])])
    rows = with_sent[is_additive(table, indicators) & chosen].merge(now, on=list(KEY), how="left")
    rows = rows.assign(shown=rows["value"].notna(), value=rows["value"].fillna(rows[VALUE_AS_SENT]))
    rows = rows.assign(value=rows["value"].fillna(_sums_of_parts(rows, indicators)))
    rows = rows.assign(value=rows["value"].fillna(rows["value_now"]))
    confidentiality = (
        rows[CONFIDENTIALITY_AS_SENT]
        .where(rows[CONFIDENTIALITY_AS_SENT].notna(), FREE)
        .astype("str")
    )
    return rows[rows["value"].notna()].assign(confidentiality_status=confidentiality)


def _sums_of_parts(rows: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """Compute the sums of groups, which were not reported, from their parts."""
    if not rows[VALUE_AS_SENT].notna().any():
        return rows[VALUE_AS_SENT]
    links = group_links(rows, indicators)
    return rows["value"].reindex(links["part"]).groupby(links["total"].to_numpy()).sum()


def _revised_cells(now: pd.DataFrame, tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Figures that were suppressed and have been revised since, each only once."""
    rows = [table[~table["shown"] & (table["value"] != table["value_now"])] for table in tables]
    revised = pd.concat([now.iloc[:0], *rows], ignore_index=True).assign(row=REVISED)
    return revised[now.columns].drop_duplicates([*KEY, "value"])


def _with_cell_numbers(table: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """Add to each row its cell number, or CONSTANT if it is not a cell."""
    numbers = cells[[*KEY, "value"]].assign(number=cells.index)
    numbered = table.merge(numbers, on=[*KEY, "value"], how="left")
    return numbered.assign(number=numbered["number"].fillna(CONSTANT).astype(int))


def _rows_of_changed_indicators(
    numbered: pd.DataFrame, cells: pd.DataFrame, indicators: Indicators
) -> pd.DataFrame:
    """Leave out unchanged indicators, whose equations are those of the present cells."""
    now = cells[cells["row"] != REVISED]
    changed = {
        *numbered.loc[~numbered["number"].isin(now.index), "indicator"],
        *now.loc[~now.index.isin(numbered["number"]), "indicator"],
    }
    linked = linked_by_sums(indicators)
    chosen = [code for code in indicators if not changed.isdisjoint(linked[code])]
    return numbered[numbered["indicator"].isin(chosen)]


def _system(cells: pd.DataFrame, equations: Sequence[Equation]) -> ConstraintSystem:
    """One row per equation, one column per cell, then one column per slack."""
    slacks = [row for row, equation in enumerate(equations) if equation.slack is not None]
    gaps = [equations[row].slack for row in slacks]
    values = np.concatenate([cells["value"].to_numpy(), np.array(gaps, dtype=float)])
    columns = [np.array(equation.cells) for equation in equations] + [
        np.array([len(cells) + k]) for k in range(len(slacks))
    ]
    rows = [np.full(len(equation.cells), row) for row, equation in enumerate(equations)] + [
        np.array([row]) for row in slacks
    ]
    factors = [np.array(equation.factors) for equation in equations] + [np.array([-1.0])] * len(
        slacks
    )
    # A release of one area without breakdowns has no equation, so there is nothing to concatenate.
    none = np.empty(0, dtype=int)
    coordinates = (np.concatenate([none, *rows]), np.concatenate([none, *columns]))
    entries = (np.concatenate([np.empty(0), *factors]), coordinates)
    whole, size = is_counted(cells).to_numpy(), len(slacks)
    return ConstraintSystem(
        matrix=csr_array(entries, shape=(len(equations), len(values))),
        constants=np.array([equation.constant for equation in equations]),
        values=values,
        always_unknown=np.arange(len(values)) >= len(cells),
        # Others often know that a count is not zero, for example from another year.
        floors=np.concatenate(
            [np.where(whole, np.minimum(cells["value"], 1.0), 0.0), np.zeros(size)]
        ),
        counted=np.concatenate([whole, np.zeros(size, dtype=bool)]),
        owner=np.concatenate([owner_numbers(cells), np.full(size, NO_OWNER)]),
    )


def is_counted(rows: pd.DataFrame) -> pd.Series:
    """Rows of indicators that have whole numbers only."""
    fraction = rows["value"] % 1 != 0
    return ~fraction.groupby(rows["indicator"], sort=False).transform("any")


def owner_numbers(rows: pd.DataFrame) -> Indices:
    """Number the area of each row; groups have NO_OWNER."""
    numbers, areas = pd.factorize(rows["area"])
    return np.where(np.isin(areas, list(groups()))[numbers], NO_OWNER, numbers)
