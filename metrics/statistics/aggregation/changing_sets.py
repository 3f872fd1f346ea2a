"""Mark a break where a sum is of a materially different set of areas than the sum before it."""

import pandas as pd

from metrics.core.period import parse_periods
from metrics.core.tables import BREAK, KEY

# Of a sum. A smaller break, or a smaller change of its areas, moves it by less than a tenth.
MATERIAL_SHARE = 0.1
SUMMED_SERIES = [name for name in KEY if name not in {"area", "period"}]
SUM_KEY = [*SUMMED_SERIES, "period"]
CELL = [*SUMMED_SERIES, "order"]


def mark_changed_sets(sums: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """Give a sum the status of a break if its areas changed materially since the sum shown before.

    It did if the areas that joined make up a tenth of the sum, or those that left a tenth of the
    sum before.
    """
    with_value = sums[sums["value"].notna()]
    is_shown = pd.MultiIndex.from_frame(parts[SUM_KEY]).isin(
        pd.MultiIndex.from_frame(with_value[SUM_KEY])
    )
    ordered = _number_periods(parts[is_shown])
    now = ordered[[*CELL, "area"]].assign(value=whole_values(ordered))
    before = now.assign(order=now["order"] + 1)
    joined = _find_materially_unmatched(now, before)
    left = _find_materially_unmatched(before, now)
    keys = pd.MultiIndex.from_frame(_number_periods(with_value)[CELL])
    has_earlier = keys.isin(pd.MultiIndex.from_frame(before[CELL].drop_duplicates()))
    changed = with_value.index[has_earlier & (keys.isin(joined) | keys.isin(left))]
    status = sums["observation_status"].mask(sums.index.isin(changed), BREAK)
    return sums.assign(observation_status=status)


def whole_values(rows: pd.DataFrame) -> pd.Series:
    """The value that each part belongs to: the denominator of a share, all cases of a duration."""
    whole = [rows[name] for name in KEY if name not in {"component", "band"}]
    return rows["value"].abs().groupby(whole, sort=False).transform("max")


def _number_periods(rows: pd.DataFrame) -> pd.DataFrame:
    """Number the periods of each series, separately by length, in the order of time."""
    periods = parse_periods(rows["period"].unique())
    dated = rows.assign(
        months=[periods[text].months for text in rows["period"]],
        end=[periods[text].end for text in rows["period"]],
    )
    order = dated.groupby([*SUMMED_SERIES, "months"], sort=False)["end"].rank(method="dense")
    return dated.assign(order=order.astype(int) + 1000 * dated["months"])


def _find_materially_unmatched(rows: pd.DataFrame, others: pd.DataFrame) -> pd.Index:
    """The cells of which areas that are missing in the other sum make up a material share."""
    matched = rows.merge(others[[*CELL, "area"]], on=[*CELL, "area"], how="left", indicator=True)
    unmatched = matched["value"].where(matched["_merge"] == "left_only", 0.0)
    shares = matched.assign(alone=unmatched).groupby(CELL, sort=False)[["alone", "value"]].sum()
    return shares.index[
        (shares["alone"] >= MATERIAL_SHARE * shares["value"]) & (shares["alone"] > 0)
    ]
