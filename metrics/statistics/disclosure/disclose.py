"""Suppress the indicator values that may not be shown, and audit the result."""

from collections.abc import Iterable, Sequence

import pandas as pd

from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.catalogue.loader import Catalogue
from metrics.core.break_causes import hide_areas, parse_causes
from metrics.core.errors import DisclosureError
from metrics.core.tables import ATTRIBUTES, BREAKDOWNS, WITHHELD
from metrics.statistics.disclosure.audit import ACCEPTED, audit_system, suppression_problem
from metrics.statistics.disclosure.derived_suppression import suppress_derived
from metrics.statistics.disclosure.equations import (
    SENT_COLUMNS,
    Equations,
    build_equations,
    with_true_values,
)
from metrics.statistics.disclosure.primary import is_sensitive
from metrics.statistics.disclosure.rounded_counts import round_counts
from metrics.statistics.disclosure.secondary import SolveBlock, SuppressionProblem, find_pattern

# All suppressed values have one status: statuses by reason would show which counts are small.
SUPPRESSED_CONFIDENTIALITY = "C"
CELLS_NAMED = 5  # in an error
# A series with all its parts: a share, its numerator and denominator; a duration in every band.
PARTED_SERIES = ["indicator", *(name for name in BREAKDOWNS if name != "band")]

__all__ = ["SENT_COLUMNS", "disclose", "with_true_values"]


def disclose(
    values: pd.DataFrame,
    policy: DisclosurePolicy,
    catalogue: Catalogue,
    released: pd.DataFrame | Sequence[pd.DataFrame] | None = None,
    solve_block: SolveBlock | None = None,
) -> pd.DataFrame:
    """The same rows, NaN with status `Q` if a value is confidential or would disclose one.

    `released` holds the values of earlier releases; `solve_block` may return stored patterns of
    blocks. All patterns are audited: DisclosureError if a suppressed value can be inferred.
    """
    earlier = [released] if isinstance(released, pd.DataFrame) else list(released or ())
    table = values.reset_index(drop=True)
    if policy.method == "rounding":
        table, policy = round_counts(table, policy, catalogue.indicators)
    system = build_equations(table, catalogue.indicators, earlier)
    problem = suppression_problem(system, policy, catalogue.indicators)
    rows = rows_to_suppress(system, problem, solve_block)
    return suppress_rows(table, rows, policy, catalogue).set_axis(values.index)


def rows_to_suppress(
    system: Equations, problem: SuppressionProblem, solve_block: SolveBlock | None = None
) -> pd.Series:
    """The rows to suppress. DisclosureError if the audit finds that one can be inferred."""
    pattern = find_pattern(problem, solve_block)
    hidden = pattern.hidden[: len(system.cells)]
    findings = audit_system(system, problem, hidden, pattern.tables)
    failed = findings[~findings["verdict"].isin(ACCEPTED)]
    if not failed.empty:
        raise DisclosureError("inferable", n=len(failed), cells=describe_cells(failed))
    return system.cells.loc[hidden, "row"]


def suppress_rows(
    values: pd.DataFrame, rows: Iterable[int], policy: DisclosurePolicy, catalogue: Catalogue
) -> pd.DataFrame:
    hidden = is_sensitive(values, policy, catalogue.indicators) | values.index.isin(list(rows))
    return blank_values(values, suppress_derived(values, hidden, catalogue.indicators))


def describe_cells(failed: pd.DataFrame) -> str:
    """Name the first suppressed cells that can be inferred, but never their values."""
    names = ["indicator", "component", "area", "period", "verdict"]
    return "; ".join(map(" ".join, failed[names].head(CELLS_NAMED).astype(str).to_numpy()))


def blank_values(values: pd.DataFrame, hidden: pd.Series) -> pd.DataFrame:
    """Remove hidden values (NaN, never zero) and their attributes, and give all the same status.

    Values that the sender suppressed get the same status.
    """
    hidden = hidden | (values["observation_status"] == WITHHELD)
    attributes = {name: values[name].mask(hidden, "") for name in ATTRIBUTES}
    blanked = values.assign(
        value=values["value"].mask(hidden),
        observation_status=values["observation_status"].mask(hidden, WITHHELD),
        confidentiality_status=values["confidentiality_status"].mask(
            hidden, SUPPRESSED_CONFIDENTIALITY
        ),
        **attributes,
    )
    return hide_withheld_areas(blanked)


def hide_withheld_areas(values: pd.DataFrame) -> pd.DataFrame:
    """In the causes of a break, count areas with a suppressed value instead of naming them."""
    is_caused = values["remark"].map(lambda remark: bool(parse_causes(remark))).astype(bool)
    withheld = values[values["observation_status"] == WITHHELD]
    areas = withheld.groupby(PARTED_SERIES, sort=False)["area"].agg(frozenset)
    caused = values.loc[is_caused]
    keys = pd.MultiIndex.from_frame(caused[PARTED_SERIES])
    hidden = areas.reindex(keys) if len(areas) else pd.Series(None, keys, dtype=object)
    remarks = [
        hide_areas(remark, own) if isinstance(own, frozenset) else remark
        for remark, own in zip(caused["remark"], hidden, strict=True)
    ]
    remark = values["remark"].copy()
    remark.loc[is_caused] = remarks
    return values.assign(remark=remark)
