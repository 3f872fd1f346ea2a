"""Round counts of people to multiples of a base, and recompute derived values from them."""

import numpy as np
import pandas as pd

from metrics.catalogue.definitions.collections import DisclosurePolicy
from metrics.catalogue.released_remarks import ROUNDED
from metrics.core.tables import KEY, KEY_WITHOUT_COMPONENT, PER_100_000_CHILDREN, VALUE, WITHHELD
from metrics.statistics.aggregation.rates import Indicators, shares, year_on_year
from metrics.statistics.disclosure.controlled_rounding import round_system
from metrics.statistics.disclosure.derived_suppression import is_derived
from metrics.statistics.disclosure.equations import build_equations


def round_counts(
    values: pd.DataFrame, policy: DisclosurePolicy, indicators: Indicators
) -> tuple[pd.DataFrame, DisclosurePolicy]:
    """The table after controlled rounding, and the policy that remains for the senders' values.

    Shares and changes of the true counts would disclose them (handbook, chapter 5.7), so they are
    recomputed from rounded counts, or suppressed.
    """
    equations = build_equations(values, indicators)
    people = [code for code, indicator in indicators.items() if indicator.counts_people]
    chosen = equations.cells["indicator"].isin(people).to_numpy()
    slacks = np.zeros(len(equations.system.values) - len(chosen), dtype=bool)
    counts = round_system(equations.system, policy.rounding_base, np.concatenate([chosen, slacks]))
    rows, table = equations.cells.loc[chosen, "row"], values.copy()
    table.loc[rows, "value"] = counts[: len(chosen)][chosen]
    remark = ROUNDED.format(base=policy.rounding_base)
    table.loc[rows, "remark"] = table.loc[rows, "remark"].where(lambda text: text != "", remark)
    is_recomputed = table["indicator"].isin(people) & is_derived(table, indicators)
    # A rounded zero may be any count below the base, so it discloses nothing.
    return recompute_derived(table, values, is_recomputed, indicators), policy.model_copy(
        update={"zeros_confidential": False}
    )


def recompute_derived(
    table: pd.DataFrame, before: pd.DataFrame, is_recomputed: pd.Series, indicators: Indicators
) -> pd.DataFrame:
    """Recompute shares, changes and rates from rounded values, or suppress them."""
    concerned = table["indicator"].isin(table.loc[is_recomputed, "indicator"])
    plain = table[concerned & ~is_recomputed]
    ratios = pd.concat([plain, shares(plain, indicators)], ignore_index=True)
    fresh = pd.concat(
        [ratios, year_on_year(ratios, indicators), rates_of_rounded_counts(table, before)]
    )
    again = table[list(KEY)].merge(fresh[[*KEY, "value"]], on=list(KEY), how="left")
    value = table["value"].mask(is_recomputed, again["value"].set_axis(table.index))
    is_lost = is_recomputed & value.isna() & table["value"].notna()
    return table.assign(
        value=value,
        observation_status=table["observation_status"].mask(is_lost, WITHHELD),
        confidentiality_status=table["confidentiality_status"].mask(is_lost, "C"),
    )


def rates_of_rounded_counts(table: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Scale each rate with its rounded count, so that its denominator stays the same.

    A zero that was rounded up has no rate, which would reveal it.
    """
    counts = table.loc[table["component"] == VALUE, KEY_WITHOUT_COMPONENT].assign(
        factor=(table["value"] / before["value"]).where(table["value"] != 0, 0.0)
    )
    rows = before[before["component"] == PER_100_000_CHILDREN].merge(
        counts, on=KEY_WITHOUT_COMPONENT
    )
    return rows.assign(value=rows["value"] * rows["factor"])
