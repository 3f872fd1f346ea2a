"""Counts of people in multiples of a base, and all that is made of them made of those."""

import numpy as np
import pandas as pd

from metrics.catalogue.definitions import DisclosurePolicy
from metrics.core.tables import KEY, PER_100_000_CHILDREN, VALUE, WITHHELD
from metrics.statistics.aggregation.rates import Indicators, shares, year_on_year
from metrics.statistics.disclosure.controlled_rounding import controlled
from metrics.statistics.disclosure.derived_suppression import is_derived
from metrics.statistics.disclosure.equations import equations

REMARK = "rounded to a multiple of {}"


def with_rounded_counts(
    values: pd.DataFrame, policy: DisclosurePolicy, indicators: Indicators
) -> tuple[pd.DataFrame, DisclosurePolicy]:
    """The table after controlled rounding, and the policy for what the senders keep confidential.

    A share or a change of the true counts would give them back (handbook, chapter 5.7), so each is
    made again from rounded ones, or withheld.
    """
    known = equations(values, indicators)
    people = [code for code, each in indicators.items() if each.counts_people]
    chosen = known.cells["indicator"].isin(people).to_numpy()
    rests = np.zeros(len(known.system.values) - len(chosen), dtype=bool)
    counts = controlled(known.system, policy.rounding_base, np.concatenate([chosen, rests]))
    rows, table = known.cells.loc[chosen, "row"], values.copy()
    table.loc[rows, "value"] = counts[: len(chosen)][chosen]
    remark = REMARK.format(policy.rounding_base)
    table.loc[rows, "remark"] = table.loc[rows, "remark"].where(lambda text: text != "", remark)
    made = table["indicator"].isin(people) & is_derived(table, indicators)
    # A zero may stand for any count below the base, so it gives nothing away.
    return made_again(table, values, made, indicators), policy.model_copy(
        update={"zeros_confidential": False}
    )


def made_again(
    table: pd.DataFrame, before: pd.DataFrame, made: pd.Series, indicators: Indicators
) -> pd.DataFrame:
    """Shares, changes and rates of rounded values; what cannot be made of them is withheld."""
    concerned = table["indicator"].isin(table.loc[made, "indicator"])
    plain = table[concerned & ~made]
    ratios = pd.concat([plain, shares(plain, indicators)], ignore_index=True)
    fresh = pd.concat([ratios, year_on_year(ratios, indicators), rates(table, before)])
    found = table[list(KEY)].merge(fresh[[*KEY, "value"]], on=list(KEY), how="left")
    value = table["value"].mask(made, found["value"].set_axis(table.index))
    lost = made & value.isna() & table["value"].notna()
    return table.assign(
        value=value,
        observation_status=table["observation_status"].mask(lost, WITHHELD),
        confidentiality_status=table["confidentiality_status"].mask(lost, "C"),
    )


def rates(table: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Each rate in proportion to its count, so on the denominator that it was made on.

    A count of none that was rounded up has no rate: that would say what it was.
    """
    place = [name for name in KEY if name != "component"]
    counts = table.loc[table["component"] == VALUE, place].assign(
        factor=(table["value"] / before["value"]).where(table["value"] != 0, 0.0)
    )
    rows = before[before["component"] == PER_100_000_CHILDREN].merge(counts, on=place)
    return rows.assign(value=rows["value"] * rows["factor"])
