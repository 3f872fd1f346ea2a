"""Mark a break where a sum is of a materially different set of areas than the sum before it."""

from collections.abc import Iterable

import pandas as pd

from metrics.core.break_causes import (
    BROKEN,
    CHANGES,
    JOINED,
    LEFT,
    BreakCause,
    write_causes,
)
from metrics.core.keys import Key, is_among, keys_of_rows
from metrics.core.period import parse_periods
from metrics.core.tables import BREAK, KEY

# Of a sum. A smaller break, or a smaller change of its areas, moves it by less than a tenth.
MATERIAL_SHARE = 0.1
SUMMED_SERIES = [name for name in KEY if name not in {"area", "period"}]
SUM_KEY = [*SUMMED_SERIES, "period"]
# Numbers of a series, by the length of its periods, and of a period among those of the series.
CELL = ["series", "order"]


def mark_changed_sets(
    sums: pd.DataFrame, parts: pd.DataFrame, suppressed: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Give a sum the status of a break if its areas changed materially since the sum shown before.

    It did if the areas that joined make up a tenth of the sum, or those that left a tenth of the
    sum before. The remark of each sum with a break names all that joined or left, and those whose
    own series have a break. A sum that is among the rows `suppressed` is not shown.
    """
    is_shown = sums["value"].notna()
    if suppressed is not None:
        is_shown &= ~is_among(sums, suppressed, SUM_KEY)
    cells = _number_cells(sums[is_shown])
    ordered = parts.merge(cells[[*SUM_KEY, *CELL]], on=SUM_KEY)
    moved = _find_moved_areas(ordered)
    is_changed = is_among(cells, moved[moved["is_material"]], CELL)
    is_broken = cells["observation_status"] == BREAK
    broken = ordered[ordered["observation_status"] == BREAK].assign(change=BROKEN)
    causes = [
        moved[is_among(moved, cells[is_changed], CELL)],
        broken[is_among(broken, cells[is_broken], CELL)],
    ]
    remarks = _remarks_by_cell(causes)
    remark = [remarks.get(cell, "") for cell in keys_of_rows(cells, CELL)]
    status = cells["observation_status"].mask(is_changed, BREAK)
    return sums.assign(
        observation_status=status.reindex(sums.index).fillna(sums["observation_status"]),
        remark=pd.Series(remark, cells.index, dtype="str").reindex(sums.index).fillna(""),
    )


def _find_moved_areas(ordered: pd.DataFrame) -> pd.DataFrame:
    """The areas that joined or left each sum since the one before, and whether materially."""
    now = ordered[[*CELL, "area"]].assign(value=whole_values(ordered))
    before = now.assign(order=now["order"] + 1)
    joined = _find_unmatched(now, before).assign(change=JOINED)
    left = _find_unmatched(before, now).assign(change=LEFT)
    return pd.concat([joined, left])


def _remarks_by_cell(causes: Iterable[pd.DataFrame]) -> dict[Key, str]:
    by_cell: dict[Key, dict[str, list[str]]] = {}
    for rows in causes:
        for *cell, area, change in keys_of_rows(rows, [*CELL, "area", "change"]):
            by_cell.setdefault((*cell,), {}).setdefault(str(change), []).append(str(area))
    return {
        cell: write_causes([
            BreakCause.of_areas(change, sorted(areas[change]))
            for change in CHANGES
            if change in areas
        ])
        for cell, areas in by_cell.items()
    }  # fmt: skip


def whole_values(rows: pd.DataFrame) -> pd.Series:
    """The value that each part belongs to: the denominator of a share, all cases of a duration."""
    whole = [rows[name] for name in KEY if name not in {"component", "band"}]
    return rows["value"].abs().groupby(whole, sort=False).transform("max")


def _number_cells(sums: pd.DataFrame) -> pd.DataFrame:
    """Number the series, separately by length of period, and the periods of each by time."""
    periods = parse_periods(sums["period"].unique())
    months = sums["period"].map({text: period.months for text, period in periods.items()})
    ends = sums["period"].map({text: period.end for text, period in periods.items()})
    series = sums.groupby([*(sums[name] for name in SUMMED_SERIES), months], sort=False).ngroup()
    order = ends.groupby(series).rank(method="dense").astype(int)
    return sums.assign(series=series, order=order)


def _find_unmatched(rows: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The areas that are missing in the other sum, and whether they make up a material share.

    A sum without an other one changed nothing.
    """
    matched = rows[is_among(rows, others, CELL)]
    is_alone = ~is_among(matched, others, [*CELL, "area"])
    sums = matched.assign(alone=matched["value"].where(is_alone, 0.0)).groupby(CELL, sort=False)
    totals = sums[["alone", "value"]].transform("sum")
    is_material = (totals["alone"] >= MATERIAL_SHARE * totals["value"]) & (totals["alone"] > 0)
    return matched.assign(is_material=is_material).loc[is_alone, [*CELL, "area", "is_material"]]
