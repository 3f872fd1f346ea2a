"""Whether each change in a table of changes is material, by the rule that verdicts use."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from metrics.catalogue.codelists.bands import band_positions
from metrics.catalogue.codelists.components import unit_of_component
from metrics.catalogue.codelists.groups import groups
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.materiality import MaterialityRule, materiality
from metrics.core.keys import keys_of_rows
from metrics.core.tables import (
    CASES,
    DENOMINATOR,
    KEY,
    KEY_WITHOUT_COMPONENT,
    LOWER_LIMIT,
    PER_100_000_CHILDREN,
    UPPER_LIMIT,
    VALUE,
)
from metrics.core.verdict_codes import MATERIAL, Reason
from metrics.statistics.aggregation.rates import OTHER_SUFFIX, Indicators
from metrics.statistics.assessment.thresholds import (
    Column,
    ValueEnds,
    ValuePairs,
    are_clear,
    are_small,
    numbers_of_cases,
)

CHAINED = "is_chained"  # an index of a group, in place of its figure
OWN_FIGURE, LIMIT_OF_FIGURE, STATES = "figure", "figure_limit", "states"
NO_POSITION = -1
DIVISOR = "divisor"  # the denominator of a share; the count of a rate per children
MATERIALITY_INPUTS = (OWN_FIGURE, LIMIT_OF_FIGURE, STATES, DIVISOR)
CHANGE_COLUMNS = [
    "indicator", "component", "area", "limit", "index", "change", CHAINED,
    *(name + suffix for name in ("year", *MATERIALITY_INPUTS) for suffix in ("", OTHER_SUFFIX)),
]  # fmt: skip


def add_materiality_inputs(
    rows: pd.DataFrame, values: pd.DataFrame, indicators: Indicators
) -> pd.DataFrame:
    """Add to rows of values, or of an index instead, the columns that a test of changes needs."""
    components = {*rows["component"], VALUE, DENOMINATOR}
    is_used = values["value"].notna() & values["component"].isin(components)
    figures = values[is_used].reset_index(drop=True)
    positions = {key: at for at, key in enumerate(keys_of_rows(figures, KEY))}
    own, divided = (
        figures.reindex([positions.get(key, NO_POSITION) for key in keys_of_rows(keys, KEY)])
        for keys in (rows, divisor_keys(rows, indicators))
    )
    inputs = pd.DataFrame({
        OWN_FIGURE: own["value"].to_numpy(float),
        LIMIT_OF_FIGURE: own["limit"].fillna("").astype("str").to_numpy(),
        STATES: own["areas_reporting"].to_numpy(float),
        DIVISOR: divided["value"].to_numpy(float),
    }, index=rows.index)  # fmt: skip
    return rows.join(inputs)


def divisor_keys(rows: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The key of the number of cases on which each row is based, as for a verdict."""
    counted_by = {code: own.cases_from or code for code, own in indicators.items()}
    is_counted = rows["component"].eq(PER_100_000_CHILDREN)
    is_counted |= rows["indicator"].isin([code for code, own in counted_by.items() if own != code])
    component = is_counted.map({True: VALUE, False: DENOMINATOR})
    return rows[list(KEY)].assign(indicator=rows["indicator"].map(counted_by), component=component)


def materiality_of_changes(changes: pd.DataFrame, indicators: Indicators) -> pd.Series:
    """For each change `material`, or the reason why it is not; empty for the base itself.

    A rate per children also changes with the estimate of their number: its change is material only
    if that of its count is.
    """
    results = pd.Series("", changes.index, dtype=object)  # as text, each assignment would copy it
    compared = changes.loc[changes["base_period"].ne(changes["period"]), CHANGE_COLUMNS]
    for (code, component), own in compared.groupby(["indicator", "component"], sort=False):
        results[own.index] = ChangesOfComponent(
            own, indicators[str(code)], str(component)
        ).materiality()
    is_material = results.eq(MATERIAL)
    return results.mask(is_material, reasons_of_counts(changes, results)).astype("str")


def reasons_of_counts(changes: pd.DataFrame, results: pd.Series) -> pd.Series:
    """For each rate per children, why the change of its count is not material, or `material`."""
    compared = [*KEY_WITHOUT_COMPONENT, "base_period"]
    counts = changes[changes["component"].eq(VALUE) & results.ne(MATERIAL)]
    reasons = dict(zip(keys_of_rows(counts, compared), results[counts.index], strict=True))
    rates = changes[changes["component"].eq(PER_100_000_CHILDREN)]
    own = [reasons.get(key, MATERIAL) for key in keys_of_rows(rates, compared)]
    return pd.Series(own, rates.index, dtype=object).reindex(changes.index, fill_value=MATERIAL)


@dataclass(frozen=True)
class ChangesOfComponent:
    """The changes of one component of an indicator, to compare with their thresholds."""

    changes: pd.DataFrame  # with the columns of `MATERIALITY_INPUTS` for both periods
    indicator: Indicator
    component: str

    @property
    def rule(self) -> MaterialityRule:
        """The rule for the indicator, for its rate per children, or for its cases by band."""
        if self.component == CASES:
            return materiality().rules_for(Kind.FLOW, unit_of_component(CASES, ""))[0]
        is_rate = self.component == PER_100_000_CHILDREN
        unit = self.indicator.unit
        tested_unit = unit_of_component(self.component, unit) if is_rate else unit
        return materiality().rules_for(self.indicator.kind, tested_unit)[0]

    def materiality(self) -> Column:
        pairs, (fewest, most) = self.pairs(), self.participants()
        is_clear, is_clear_for_most = (
            are_clear(pairs, self.rule, self.indicator.direction, number)
            for number in (fewest, most)
        )
        is_small = are_small(pairs.base.cases) | are_small(pairs.last.cases)
        limit, change = self.changes["limit"], self.changes["change"]
        is_away = (limit.eq(LOWER_LIMIT) & change.gt(0)) | (limit.eq(UPPER_LIMIT) & change.lt(0))
        is_undecided = limit.ne("") & ~(is_clear & is_away)
        return np.select(
            [is_undecided, ~is_clear, ~is_clear_for_most, is_small],
            [
                Reason.LIMIT_UNDECIDED, Reason.BELOW_THRESHOLD, Reason.PARTICIPANTS_UNKNOWN,
                Reason.SMALL_BASE,
            ],
            MATERIAL,
        )  # fmt: skip

    def pairs(self) -> ValuePairs:
        years = self.changes["year"] - self.changes["year" + OTHER_SUFFIX]
        multiple = self.rule.multiples.get(self.indicator.unit, 1.0)
        return ValuePairs(
            self.end(self.base_figures(), OTHER_SUFFIX),
            self.end(self.changes[OWN_FIGURE], ""),
            years.to_numpy(float),
            multiple,
        )

    def base_figures(self) -> pd.Series:
        """The first figures; in a group those calculated back by the change of the same areas."""
        last, change = self.changes[OWN_FIGURE], self.changes["change"]
        index = self.changes["index"]
        backcast = (100 * last / index.where(index.ne(0))).where(index.notna(), last - change)
        first = self.changes[OWN_FIGURE + OTHER_SUFFIX]
        return first.mask(self.changes[CHAINED] & backcast.notna(), backcast)

    def end(self, figures: pd.Series, suffix: str) -> ValueEnds:
        values = figures.to_numpy(float)
        is_more = self.changes[LIMIT_OF_FIGURE + suffix].eq(LOWER_LIMIT).to_numpy(bool)
        bands = (
            band_positions(values, is_more)
            if self.rule.from_bands
            else np.zeros(len(values), np.intp)
        )
        return ValueEnds(values, self.cases(values, suffix), bands)

    def cases(self, values: Column, suffix: str) -> Column:
        divisors = self.changes[DIVISOR + suffix].to_numpy(float)
        if self.component != PER_100_000_CHILDREN:
            multiple = self.rule.multiples.get(self.indicator.unit, 1.0)
            return numbers_of_cases(values, divisors, self.rule, multiple)
        counted = materiality().rules_for(self.indicator.kind, self.indicator.unit)[0]
        return divisors * counted.multiples.get(self.indicator.unit, 1.0)

    def participants(self) -> tuple[Column, Column]:
        """How many areas may have counted one event, at least and at most; 1 for a single area."""
        shared, alone = self.indicator.shared_events, np.ones(len(self.changes))
        if shared is None:
            return alone, alone
        reporting = self.changes[[STATES, STATES + OTHER_SUFFIX]].max(axis=1).to_numpy(float)
        is_group = self.changes["area"].isin([*groups()]).to_numpy(bool) | (reporting > 1)
        most = np.maximum(reporting, shared.fewest_states)
        return np.where(is_group, shared.fewest_states, alone), np.where(is_group, most, alone)
