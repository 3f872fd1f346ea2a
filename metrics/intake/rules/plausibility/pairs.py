"""Is a value plausible beside that of another indicator, or of its own other part?

Which indicators belong together stands in their definitions: `follows` and `people_per`.
"""

import pandas as pd

from metrics.core.tables import BREAKDOWNS, DENOMINATOR, NUMERATOR, TOTAL
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule
from metrics.intake.rules.relations import paired, related, shown

# Below ten cases more, the cases of other years explain it.
SMALLEST_EXCESS = 10
# From a denominator of a hundred on, exactly none and exactly all are rare enough to ask about.
LARGE = 100


def totals(case: ValidationContext, others: dict[str, str]) -> pd.DataFrame:
    """Totals of indicators with those of the `others` they are held against."""
    cells = related(case, others)
    return cells[(cells[[*BREAKDOWNS]] == TOTAL).all(axis=1)]


@rule(Severity.WARNING)
def more_than_stage_before(case: ValidationContext) -> pd.DataFrame:
    """More cases than at the stage before; some are of earlier years, so it is not an error."""
    follows = {code: each.follows for code, each in case.indicators.items() if each.follows}
    cells = totals(case, follows)
    more = cells["value"] >= cells["value_other"] + SMALLEST_EXCESS
    return shown(cells[more], whole="indicator")


def attended(case: ValidationContext) -> pd.DataFrame:
    """People who took part, beside the events they took part in and the range that is usual."""
    known = {code: each.people_per for code, each in case.indicators.items() if each.people_per}
    cells = totals(case, {code: each.indicator for code, each in known.items()})
    fewest = cells["code"].map({code: each.fewest for code, each in known.items()})
    most = cells["code"].map({code: each.most for code, each in known.items()})
    return cells.assign(fewest=fewest.astype(float), most=most.astype(float))


@rule(Severity.WARNING)
def people_per_event_unusual(case: ValidationContext) -> pd.DataFrame:
    cells = attended(case)
    cells = cells[(cells["value"] > 0) & (cells["value_other"] > 0)]
    mean = cells["value"] / cells["value_other"]
    said = {name: cells[name].map("{:.10g}".format) for name in ("fewest", "most")}
    said["mean"] = mean.map("{:.1f}".format)
    odd = ~mean.between(cells["fewest"], cells["most"])
    return shown(cells, whole="indicator").assign(**said)[odd]


@rule(Severity.WARNING)
def people_without_events(case: ValidationContext) -> pd.DataFrame:
    cells = attended(case)
    return shown(cells[(cells["value"] > 0) & (cells["value_other"] == 0)], whole="indicator")


@rule(Severity.WARNING)
def events_without_people(case: ValidationContext) -> pd.DataFrame:
    cells = attended(case)
    return shown(cells[(cells["value"] == 0) & (cells["value_other"] > 0)], whole="indicator")


@rule(Severity.WARNING)
def share_of_none_or_all(case: ValidationContext) -> pd.DataFrame:
    """Exactly 0 % or 100 % of many: possible, and more often a cell that was copied."""
    cells = paired(case, NUMERATOR, DENOMINATOR)
    exact = (cells["value"] == 0) | (cells["value"] == cells["value_other"])
    cells = cells[exact & (cells["value_other"] >= LARGE)]
    percent = cells["value"].gt(0).map({True: "100 %", False: "0 %"})
    return shown(cells).assign(percent=percent)
