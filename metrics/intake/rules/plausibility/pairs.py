"""Is a value plausible compared with another indicator, or with its own other part?

The fields `follows` and `people_per` of indicators declare which ones belong together.
"""

import pandas as pd

from metrics.core.tables import BREAKDOWNS, DENOMINATOR, NUMERATOR, TOTAL
from metrics.intake.findings import Severity, ValidationContext, plain_digits
from metrics.intake.rules import remember_result, rule
from metrics.intake.rules.relations import format_pairs, pair_components, pair_indicators

# A smaller excess can be explained by cases of other years.
SMALLEST_EXCESS = 10
# With a smaller denominator, exactly 0 % and 100 % are too common to question.
LARGE_DENOMINATOR = 100


def pair_indicator_totals(context: ValidationContext, others: dict[str, str]) -> pd.DataFrame:
    """Totals of indicators with those of the `others` to compare with."""
    cells = pair_indicators(context, others)
    return cells[(cells[[*BREAKDOWNS]] == TOTAL).all(axis=1)]


@rule(Severity.WARNING)
def more_than_stage_before(context: ValidationContext) -> pd.DataFrame:
    """More cases than at the previous stage; some are of earlier years, so it is no error."""
    stages = context.indicators.values()
    follows = {stage.code: stage.follows for stage in stages if stage.follows}
    cells = pair_indicator_totals(context, follows)
    if cells.empty:
        return cells
    more = cells["value"] >= cells["value_other"] + SMALLEST_EXCESS
    return format_pairs(cells[more], whole="indicator")


@remember_result
def pair_people_with_events(context: ValidationContext) -> pd.DataFrame:
    """People who took part, the events that they took part in, and the usual range."""
    indicators = context.indicators.values()
    usual = {people.code: people.people_per for people in indicators if people.people_per}
    cells = pair_indicator_totals(context, {code: ratio.indicator for code, ratio in usual.items()})
    fewest = cells["code"].map({code: ratio.fewest for code, ratio in usual.items()})
    most = cells["code"].map({code: ratio.most for code, ratio in usual.items()})
    return cells.assign(fewest=fewest.astype(float), most=most.astype(float))


@rule(Severity.WARNING)
def people_per_event_unusual(context: ValidationContext) -> pd.DataFrame:
    cells = pair_people_with_events(context)
    cells = cells[(cells["value"] > 0) & (cells["value_other"] > 0)]
    if cells.empty:
        return cells
    mean = cells["value"] / cells["value_other"]
    values = {name: cells[name].map(plain_digits) for name in ("fewest", "most")}
    values["mean"] = mean.round(1).map(plain_digits)
    unusual = ~mean.between(cells["fewest"], cells["most"])
    return format_pairs(cells, whole="indicator").assign(**values)[unusual]


@rule(Severity.WARNING)
def people_without_events(context: ValidationContext) -> pd.DataFrame:
    cells = pair_people_with_events(context)
    cells = cells[(cells["value"] > 0) & (cells["value_other"] == 0)]
    return cells if cells.empty else format_pairs(cells, whole="indicator")


@rule(Severity.WARNING)
def events_without_people(context: ValidationContext) -> pd.DataFrame:
    cells = pair_people_with_events(context)
    cells = cells[(cells["value"] == 0) & (cells["value_other"] > 0)]
    return cells if cells.empty else format_pairs(cells, whole="indicator")


@rule(Severity.WARNING)
def share_of_none_or_all(context: ValidationContext) -> pd.DataFrame:
    """Exactly 0 % or 100 % of a large number: possible, but more often a copied cell."""
    cells = pair_components(context, NUMERATOR, DENOMINATOR)
    if cells.empty:
        return cells
    exact = (cells["value"] == 0) | (cells["value"] == cells["value_other"])
    cells = cells[exact & (cells["value_other"] >= LARGE_DENOMINATOR)]
    percent = cells["value"].gt(0).map({True: "100 %", False: "0 %"})
    return format_pairs(cells).assign(percent=percent)
