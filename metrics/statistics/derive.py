"""From reported observations to indicator values: shares, changes, rates, formulas."""

from collections.abc import Mapping

import pandas as pd

from metrics.catalogue.codelists.statuses import MISSING
from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.loader import Catalogue
from metrics.core.tables import KEY
from metrics.core.tables import MISSING as NO_VALUE
from metrics.statistics.aggregation.definition_changes import mark_definition_changes
from metrics.statistics.aggregation.durations import with_estimated_medians
from metrics.statistics.aggregation.rates import (
    Indicators,
    apply_formula,
    conform_values,
    per_100_000_children,
    shares,
    year_on_year,
)


def derive(observations: pd.DataFrame, catalogue: Catalogue) -> pd.DataFrame:
    """Indicator values of the reporting areas, reported and derived (`docs/tables.md`).

    Takes accepted observations, one row for each cell. If a part of a derived value is missing, it
    is NaN, with the reason as its status.
    """
    indicators = catalogue.indicators
    values = reported_values(observations, catalogue.collections)
    values = with_estimated_medians(mark_definition_changes(values, indicators), indicators)
    values = pd.concat([values, derived_values(values, indicators)], ignore_index=True)
    values = pd.concat([values, shares(values, indicators)], ignore_index=True)
    added = [year_on_year(values, indicators), per_100_000_children(values, indicators)]
    return pd.concat([values, *added], ignore_index=True).sort_values(list(KEY), ignore_index=True)


def reported_values(
    observations: pd.DataFrame, collections: Mapping[str, Collection]
) -> pd.DataFrame:
    """One row for each key, from its latest vintage: an empty cell is missing, never a zero."""
    latest = latest_rows(observations)
    status = latest["observation_status"]
    unexplained = latest["value"].isna() & ~status.isin(list(MISSING))
    late = is_late(latest, collections)
    return conform_values(
        latest.assign(observation_status=status.mask(unexplained, NO_VALUE), late=late)
    )


def latest_rows(observations: pd.DataFrame) -> pd.DataFrame:
    """The row of the latest vintage for each key; an empty row does not replace another."""
    is_empty = observations["value"].isna() & ~observations["observation_status"].isin(
        list(MISSING)
    )
    order = observations.assign(has_content=~is_empty).sort_values(
        ["has_content", "vintage"], kind="stable"
    )
    return order.drop_duplicates(list(KEY), keep="last").sort_values(list(KEY), ignore_index=True)


def is_late(rows: pd.DataFrame, collections: Mapping[str, Collection]) -> pd.Series:
    """Whether a value was first received after its round was due.

    A correction after that day does not make the value late.
    """
    due = {
        (collection.code, exercise.code): exercise.due.isoformat()
        for collection in collections.values()
        for exercise in collection.rounds
    }
    rounds = zip(rows["collection"], rows["round"], strict=True)
    limit = pd.Series([due.get(key, "9999") for key in rounds], rows.index, dtype="str")
    return rows.get("first_vintage", rows["vintage"]).str[:10] > limit


def derived_values(values: pd.DataFrame, indicators: Indicators) -> pd.DataFrame:
    """The rows of every derived indicator, by its formula."""
    derived = [indicator for indicator in indicators.values() if indicator.formula]
    return pd.concat(
        [
            conform_values(values.head(0)),
            *(apply_formula(indicator, values) for indicator in derived),
        ]
    )
