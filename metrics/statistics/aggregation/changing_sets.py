"""Mark a break where a sum is of a materially different set of areas than the sum before it."""

import pandas as pd

from metrics.core.break_causes import (
    BROKEN,
    CHANGES,
    JOINED,
    LEFT,
    BreakCause,
    write_causes,
)
from metrics.core.period import parse_periods
from metrics.core.tables import BREAK, KEY

# Of a sum. A smaller break, or a smaller change of its areas, moves it by less than a tenth.
MATERIAL_SHARE = 0.1
SUMMED_SERIES = [name for name in KEY if name not in {"area", "period"}]
SUM_KEY = [*SUMMED_SERIES, "period"]
CELL = [*SUMMED_SERIES, "order"]


def mark_changed_sets(
    sums: pd.DataFrame, parts: pd.DataFrame, withheld: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give a sum the status of a break if its areas changed materially since the sum shown before.

    It did if the areas that joined make up a tenth of the sum, or those that left a tenth of the
    sum before. The remark of each sum with a break names all that joined or left, and those whose
    own series break. A sum among the rows `withheld` is not shown.
    """
    with_value = sums[sums["value"].notna() & ~_is_among(sums, withheld)]
    is_shown = pd.MultiIndex.from_frame(parts[SUM_KEY]).isin(
        pd.MultiIndex.from_frame(with_value[SUM_KEY])
    )
    ordered = _number_periods(parts[is_shown])
    moved = _find_moved_areas(ordered)
    cells = pd.MultiIndex.from_frame(_number_periods(with_value)[CELL])
    is_changed = cells.isin(pd.MultiIndex.from_frame(moved.loc[moved["is_material"], CELL]))
    is_broken = with_value["observation_status"].eq(BREAK).to_numpy()
    broken = ordered.loc[ordered["observation_status"] == BREAK, [*CELL, "area"]]
    causes = pd.concat([
        moved[pd.MultiIndex.from_frame(moved[CELL]).isin(cells[is_changed])],
        broken[pd.MultiIndex.from_frame(broken[CELL]).isin(cells[is_broken])].assign(change=BROKEN),
    ])  # fmt: skip
    remarks = _remarks_by_cell(causes)
    remark = pd.Series([remarks.get(cell, "") for cell in cells], with_value.index, dtype="str")
    status = with_value["observation_status"].mask(is_changed, BREAK)
    return sums.assign(
        observation_status=status.reindex(sums.index).fillna(sums["observation_status"]),
        remark=remark.reindex(sums.index).fillna(""),
    )


def _is_among(sums: pd.DataFrame, withheld: pd.DataFrame | None) -> pd.Series:
    if withheld is None or withheld.empty:
        return pd.Series(data=False, index=sums.index)
    cells = pd.MultiIndex.from_frame(withheld[SUM_KEY])
    return pd.Series(pd.MultiIndex.from_frame(sums[SUM_KEY]).isin(cells), sums.index)


def _find_moved_areas(ordered: pd.DataFrame) -> pd.DataFrame:
    """The areas that joined or left each sum since the one before, and whether materially."""
    now = ordered[[*CELL, "area"]].assign(value=whole_values(ordered))
    before = now.assign(order=now["order"] + 1)
    joined = _keep_cells(_find_unmatched(now, before), before).assign(change=JOINED)
    left = _keep_cells(_find_unmatched(before, now), now).assign(change=LEFT)
    return pd.concat([joined, left])


def _keep_cells(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The rows of cells that are among the others: a sum without an earlier one changed nothing."""
    known = pd.MultiIndex.from_frame(others[CELL].drop_duplicates())
    return rows[pd.MultiIndex.from_frame(rows[CELL]).isin(known)]


def _remarks_by_cell(causes: pd.DataFrame) -> dict[tuple[object, ...], str]:
    found: dict[tuple[object, ...], dict[str, list[str]]] = {}
    for *cell, area, change in causes[[*CELL, "area", "change"]].itertuples(index=False):
        found.setdefault((*cell,), {}).setdefault(change, []).append(area)
    return {
        cell: write_causes([
            BreakCause.of_areas(change, sorted(areas[change]))
            for change in CHANGES
            if change in areas
        ])
        for cell, areas in found.items()
    }  # fmt: skip


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


def _find_unmatched(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The areas that are missing in the other sum, and whether they make up a material share."""
    matched = rows.merge(others[[*CELL, "area"]], on=[*CELL, "area"], how="left", indicator=True)
    is_alone = matched["_merge"] == "left_only"
    sums = matched.assign(alone=matched["value"].where(is_alone, 0.0)).groupby(CELL, sort=False)
    totals = sums[["alone", "value"]].transform("sum")
    is_material = (totals["alone"] >= MATERIAL_SHARE * totals["value"]) & (totals["alone"] > 0)
    return matched.assign(is_material=is_material).loc[is_alone, [*CELL, "area", "is_material"]]
