"""Do values of one submission contradict one another, or the state of things before?"""

from collections.abc import Mapping

import pandas as pd

from metrics.catalogue.codelists.bands import bands
from metrics.core.tables import BREAKDOWNS, CASES, MEDIAN, SERIES, STEP, TOTAL, VALUE
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.values import sound

SAME = ["indicator", "area", *BREAKDOWNS, "period"]
PAIR = ["sheet", "cell", "typed", "other", "other_cell"]


def paired(case: ValidationContext, component: str, other: str) -> pd.DataFrame:
    """The cells of one component with the value of another component of the same observation."""
    cells = sound(case)
    cells = cells[cells["component"].isin([component, other])]
    others = cells.loc[cells["component"] == other, [*SAME, "value", "form", "cell"]]
    own = cells[cells["component"] == component]
    return own.merge(others.drop_duplicates(SAME), on=SAME, suffixes=("", "_other"))


def contradicting(case: ValidationContext, component: str, other: str, wrong: str) -> pd.DataFrame:
    """The cells of a component of which, beside the other, something wrong holds."""
    return shown(paired(case, component, other).query(wrong, engine="python"))


def related(case: ValidationContext, others: Mapping[str, str]) -> pd.DataFrame:
    """Values of indicators (`code`) with those of the `others` they are held against (`_other`)."""
    cells = sound(case)
    cells = cells[(cells["component"] == VALUE) & cells["value"].notna()]
    own = cells[cells["indicator"].isin(list(others))]
    own = own.assign(code=own["indicator"], indicator=own["indicator"].map(others).astype("str"))
    known = cells[[*SAME, "value", "cell"]].drop_duplicates(SAME)
    return own.merge(known, on=SAME, suffixes=("", "_other"))


def shown(cells: pd.DataFrame, **more: str) -> pd.DataFrame:
    """What the words need of two cells; `more` of their columns, each by the name it has there."""
    numbers = cells["value_other"].map("{:.10g}".format)
    said = {name: cells[column] for name, column in more.items()}
    return cells.assign(other=numbers, other_cell=cells["cell_other"])[PAIR].assign(**said)


@rule(Severity.ERROR)
def part_above_whole(case: ValidationContext) -> pd.DataFrame:
    """An indicator that is a part of another (`parts_of`) can never exceed it."""
    wholes = {code: each.parts_of for code, each in case.indicators.items() if each.parts_of}
    cells = related(case, wholes)
    return shown(cells[cells["value"] > cells["value_other"]], whole="indicator")


@rule(Severity.ERROR)
def median_outside_band(case: ValidationContext) -> pd.DataFrame:
    """Half of all cases lie before the median: the counts by band say in which band that is."""
    cells = sound(case)
    medians = cells[(cells["component"] == MEDIAN) & cells["value"].notna()]
    counts = cells[(cells["component"] == CASES) & (cells["band"] != TOTAL)]
    if medians.empty or counts.empty:
        return medians.iloc[:0]
    medians = medians.merge(_holding(counts), on=[name for name in SAME if name != "band"])
    outside = ~medians["value"].between(medians["from_hours"], medians["to_hours"])
    return medians.loc[outside, ["sheet", "cell", "typed", "band_holding"]]


def _holding(counts: pd.DataFrame) -> pd.DataFrame:
    """The band in which the middle case lies, where every band has its count."""
    keys = [name for name in SAME if name != "band"]
    wide = counts.drop_duplicates([*keys, "band"]).pivot(index=keys, columns="band", values="value")
    wide = wide.reindex(columns=[band.code for band in bands()]).dropna()
    wide = wide[wide.sum(axis=1) > 0]
    # The middle of an even number of cases may lie at the edge of two bands: both will do.
    shares = wide.cumsum(axis=1).div(wide.sum(axis=1), axis=0)
    first = shares.ge(0.5).idxmax(axis=1)
    last = shares.gt(0.5).idxmax(axis=1)
    holding = pd.DataFrame(
        {
            "band_holding": first,
            "from_hours": first.map({band.code: band.from_hours for band in bands()}),
            "to_hours": last.map({band.code: band.to_hours for band in bands()}),
        },
        index=wide.index,
    )
    # Without any whole count pandas takes the hours for texts.
    return holding.astype({"from_hours": float, "to_hours": float}).reset_index()


@rule(Severity.WARNING)
def step_went_down(case: ValidationContext) -> pd.DataFrame:
    """Against the vintage before, and against the latest earlier round."""
    before = [each for each in (case.history, case.previous) if each is not None and len(each)]
    cells = case.reading.observations
    cells = cells[(cells["component"] == STEP) & cells["value"].notna()]
    if not before or cells.empty:
        return cells.iloc[:0]
    known = pd.concat(before, ignore_index=True)
    known = known[(known["component"] == STEP) & known["value"].notna()]
    joined = cells.merge(
        known[[*SERIES, "period", "value"]], on=list(SERIES), suffixes=("", "_was")
    )
    joined = joined[joined["period_was"] <= joined["period"]]
    latest = joined.sort_values("period_was", kind="stable").drop_duplicates(
        ["sheet", "cell"], keep="last"
    )
    latest = latest[latest["value"] < latest["value_was"]]
    was = [_step(case, *row) for row in zip(latest["indicator"], latest["value_was"], strict=True)]
    return latest[["sheet", "cell", "typed"]].assign(step_was=was)


def _step(case: ValidationContext, indicator: str, position: float) -> str:
    ladder = case.indicators[indicator].ladder if indicator in case.indicators else ()
    return ladder[int(position)] if int(position) < len(ladder) else f"{position:g}"
