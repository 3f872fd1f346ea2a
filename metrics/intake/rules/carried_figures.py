"""Does a part of a report agree with the figures in force that it leaves as they are?"""

from dataclasses import replace

import pandas as pd

from metrics.core.tables import WITHOUT_VALUE
from metrics.intake.findings import Severity, ValidationContext
from metrics.intake.rules import rule, rules

# Rules about several figures, of which a part may change only some.
RULES_OF_SEVERAL = (
    "parts_above_total", "parts_below_total", "part_above_total", "numerator_above_denominator",
    "denominator_zero", "part_above_whole", "median_outside_band",
)  # fmt: skip
OTHER_CELLS = ("total_cell", "other_cell")
REPORTED_WITH = ["indicator", "area", "period"]
FOUND = ["sheet", "cell", "broken"]


@rule(Severity.ERROR)
def part_contradicts_rest(context: ValidationContext) -> pd.DataFrame:
    """What is wrong with the report that a part makes, and neither with the part nor before it."""
    own, carried = context.reading.observations, context.carried
    if carried is None or carried.empty:
        return pd.DataFrame(columns=FOUND, dtype="str")
    own = own[(own["typed"] != "") | own["observation_status"].isin(WITHOUT_VALUE)]
    carried = _at_own_cells(carried.reindex(columns=own.columns), own)
    found = _contradictions(context, pd.concat([own, carried], ignore_index=True))
    known = pd.concat([_contradictions(context, own), _contradictions(context, carried)])
    both = found.merge(known, how="left", indicator="where")
    return both.loc[(both["where"] == "left_only") & (both["cell"] != ""), FOUND]


def _at_own_cells(carried: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Carried figures, each at the first own cell of its indicator, area and period, if any."""
    first = own.drop_duplicates(REPORTED_WITH)[[*REPORTED_WITH, "sheet", "cell"]]
    located = carried.drop(columns=["sheet", "cell"]).merge(first, on=REPORTED_WITH, how="left")
    return located.fillna({"sheet": "", "cell": ""})


def _contradictions(context: ValidationContext, cells: pd.DataFrame) -> pd.DataFrame:
    """The sheet, cell and rule of each contradiction among figures."""
    checked = replace(context, reading=replace(context.reading, observations=cells), carried=None)
    tables = [_located(rules()[name].offends(checked), name) for name in RULES_OF_SEVERAL]
    return pd.concat(tables, ignore_index=True).drop_duplicates()


def _located(offending: pd.DataFrame, name: str) -> pd.DataFrame:
    cells = offending["cell"]
    for other in OTHER_CELLS:
        if other in offending:
            cells = cells.where(cells != "", offending[other].fillna(""))
    sheets = offending["sheet"]
    return pd.DataFrame({"sheet": sheets, "cell": cells, "broken": name}, dtype="str")
