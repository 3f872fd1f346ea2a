"""Do values of one submission contradict one another, or earlier ones?"""

from collections.abc import Mapping
from functools import partial
from typing import Annotated

import pandas as pd

from metrics.catalogue.codelists import codelist
from metrics.catalogue.codelists.bands import bands
from metrics.catalogue.codelists.groups import last_day
from metrics.core.errors import DefinitionError, KeyedText, unknown_name
from metrics.core.keys import is_among
from metrics.core.period import parse_periods
from metrics.core.tables import BREAKDOWNS, CASES, MEDIAN, SERIES, STEP, TOTAL, VALUE
from metrics.intake.findings import Severity, ValidationContext, plain_digits
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.queries import check_query
from metrics.intake.rules.structure import locate_cells, name_steps
from metrics.intake.rules.values import sound_observations

OBSERVATION_KEY = ["indicator", "area", *BREAKDOWNS, "period"]
PAIR_COLUMNS = ["sheet", "cell", "typed", "other", "other_cell"]
# The columns needed of the values to compare; narrow tables are joined much faster.
COMPARED_COLUMNS = [*OBSERVATION_KEY, "sheet", "cell", "typed", "value", "form"]
OTHER_COLUMNS = ["value_other", "form_other", "cell_other"]
PAIR_EXAMPLE = pd.DataFrame("A", [0], [*COMPARED_COLUMNS, *OTHER_COLUMNS]).assign(
    value=1.0, value_other=1.0
)


def _check_component(code: str) -> None:
    if code not in codelist("component"):
        fault = unknown_name(KeyedText("a_component"), code, codelist("component"))
        raise DefinitionError.of_text(fault)


Component = Annotated[str, _check_component]
PairQuery = Annotated[str, partial(check_query, example=PAIR_EXAMPLE)]


def pair_components(
    context: ValidationContext, component: Component, other: Component
) -> pd.DataFrame:
    """The cells of one component with the value of another component of the same observation.

    A row that is not in the file is the same as one that is empty.
    """
    cells = sound_observations(context)
    others = cells.loc[cells["component"] == other, [*OBSERVATION_KEY, "value", "form", "cell"]]
    own = cells.loc[cells["component"] == component, COMPARED_COLUMNS]
    if own.empty:
        return own.reindex(columns=[*COMPARED_COLUMNS, *OTHER_COLUMNS])
    joined = own.merge(
        others.drop_duplicates(OBSERVATION_KEY), "left", OBSERVATION_KEY, suffixes=("", "_other")
    )
    joined = joined.fillna({"form_other": "empty", "cell_other": ""})
    if context.carried is not None:  # what a part of a report leaves as it is, is not missing
        carried = context.carried[context.carried["component"] == other]
        stays = is_among(joined, carried, OBSERVATION_KEY) & (joined["form_other"] == "empty")
        joined["form_other"] = joined["form_other"].mask(stays, "carried")
    return joined


def contradicting_cells(
    context: ValidationContext, component: Component, other: Component, wrong: PairQuery
) -> pd.DataFrame:
    """The cells of a component for which the query `wrong` on both is true."""
    pairs = pair_components(context, component, other)
    if pairs.empty:
        return pairs
    return format_pairs(pairs.query(wrong, engine="python"))


@remember_result
def _values_to_compare(context: ValidationContext) -> pd.DataFrame:
    cells = sound_observations(context)
    has_value = (cells["component"] == VALUE) & cells["value"].notna()
    return cells.loc[has_value, COMPARED_COLUMNS]


def pair_indicators(context: ValidationContext, others: Mapping[str, str]) -> pd.DataFrame:
    """Join to values of indicators (`code`) those of the `others` to compare with (`_other`)."""
    cells = _values_to_compare(context)
    own = cells[cells["indicator"].isin(list(others))]
    if own.empty:
        return own.reindex(columns=[*COMPARED_COLUMNS, "code", "value_other", "cell_other"])
    own = own.assign(code=own["indicator"], indicator=own["indicator"].map(others).astype("str"))
    compared = cells[[*OBSERVATION_KEY, "value", "cell"]].drop_duplicates(OBSERVATION_KEY)
    return own.merge(compared, on=OBSERVATION_KEY, suffixes=("", "_other"))


def format_pairs(cells: pd.DataFrame, **more: str) -> pd.DataFrame:
    """The values of a finding on two cells; `more` maps further values to their columns."""
    numbers = cells["value_other"].map(plain_digits)
    values = {name: cells[column] for name, column in more.items()}
    pairs = cells.assign(other=numbers, other_cell=cells["cell_other"])
    return pairs[PAIR_COLUMNS].assign(**values)


@rule(Severity.ERROR)
def part_above_whole(context: ValidationContext) -> pd.DataFrame:
    """An indicator that is a part of another one (`parts_of`) cannot exceed it."""
    indicators = context.indicators.values()
    wholes = {part.code: part.parts_of for part in indicators if part.parts_of}
    cells = pair_indicators(context, wholes)
    if cells.empty:
        return cells
    return format_pairs(cells[cells["value"] > cells["value_other"]], whole="indicator")


@rule(Severity.ERROR)
def median_outside_band(context: ValidationContext) -> pd.DataFrame:
    """The counts by band determine the band in which the median must be."""
    cells = sound_observations(context)
    medians = cells[(cells["component"] == MEDIAN) & cells["value"].notna()]
    counts = cells[(cells["component"] == CASES) & (cells["band"] != TOTAL)]
    if medians.empty or counts.empty:
        return medians.iloc[:0]
    medians = medians.merge(
        _median_bands(counts), on=[name for name in OBSERVATION_KEY if name != "band"]
    )
    outside = ~medians["value"].between(medians["from_hours"], medians["to_hours"])
    return medians.loc[outside, ["sheet", "cell", "typed", "band_holding"]]


def _median_bands(counts: pd.DataFrame) -> pd.DataFrame:
    """The band with the middle case, if every band has its count."""
    keys = [name for name in OBSERVATION_KEY if name != "band"]
    wide = counts.drop_duplicates([*keys, "band"]).pivot(index=keys, columns="band", values="value")
    wide = wide.reindex(columns=[band.code for band in bands()]).dropna()
    wide = wide[wide.sum(axis=1) > 0]
    # The middle of an even number of cases may be between two bands: both are accepted.
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
    # Without any complete counts pandas would infer text for the hours.
    return holding.astype({"from_hours": float, "to_hours": float}).reset_index()


@remember_result
def _steps_with_earlier(context: ValidationContext) -> pd.DataFrame:
    """Each step with that of the previous vintage, or else of the latest earlier round."""
    earlier = [
        table for table in (context.history, context.previous) if table is not None and len(table)
    ]
    cells = context.reading.observations
    cells = cells[(cells["component"] == STEP) & cells["value"].notna()]
    if not earlier or cells.empty:
        return cells.iloc[:0].assign(value_was=cells["value"], since_was="", period_was="")
    before = pd.concat(earlier, ignore_index=True)
    before = before[(before["component"] == STEP) & before["value"].notna()]
    joined = cells.merge(
        before[[*SERIES, "period", "value", "since"]], on=list(SERIES), suffixes=("", "_was")
    )
    joined = joined[joined["period_was"] <= joined["period"]]
    return joined.sort_values("period_was", kind="stable").drop_duplicates(
        ["sheet", "cell"], keep="last"
    )


@rule(Severity.WARNING)
def step_went_down(context: ValidationContext) -> pd.DataFrame:
    """Compare with the previous vintage, and with the latest earlier round."""
    latest = _steps_with_earlier(context)
    latest = latest[latest["value"] < latest["value_was"]]
    return latest[["sheet", "cell", "typed"]].assign(
        step_now=name_steps(context, latest["indicator"], latest["value"]),
        step_was=name_steps(context, latest["indicator"], latest["value_was"]),
    )


@rule(Severity.WARNING)
def day_contradicts_report(context: ValidationContext) -> pd.DataFrame:
    """Another day for the same step, or a day by which a lower step was reported."""
    latest = _steps_with_earlier(context)
    latest = latest[(latest["since"] != "") & (latest["period_was"] < latest["period"])]
    if latest.empty:
        return latest
    ends = {
        text: str(last_day(period))
        for text, period in parse_periods(latest["period_was"].unique()).items()
    }
    is_other = (latest["value"] == latest["value_was"]) & (latest["since_was"] != "")
    is_other &= latest["since"] != latest["since_was"]
    is_past = (latest["value"] > latest["value_was"]) & (
        latest["since"] <= latest["period_was"].map(ends)
    )
    latest = latest[is_other | is_past]
    return locate_cells(
        latest,
        "since",
        typed=latest["since"],
        was=latest["since_was"],
        when=latest["period_was"],
        step_now=name_steps(context, latest["indicator"], latest["value"]),
        step_was=name_steps(context, latest["indicator"], latest["value_was"]),
    )
