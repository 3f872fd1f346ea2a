"""Count the Member States whose suppressed figures are missing from a total of the Union."""

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.core.series import codes_of_rows
from metrics.core.tables import EU, WITHHELD


def count_withheld_areas(values: pd.DataFrame) -> pd.DataFrame:
    """Add `areas_withheld`: the number of States with a suppressed figure that is not in a total.

    A suppressed figure is in a total of the Union unless its State did not send it. Then more
    States have a figure, shown or suppressed, than are in the total. The number is 0 in all rows of
    other areas.
    """
    keyed = values.assign(series=codes_of_rows(values))
    key = ["indicator", "component", "series", "period"]
    states = keyed[keyed["area"].isin(member_states())]
    has_value = states["value"].notna()
    is_withheld = ~has_value & states["observation_status"].eq(WITHHELD)
    counts = states.assign(known=has_value, withheld=is_withheld).groupby(key, sort=False)
    union = keyed.loc[keyed["area"] == EU, [*key, "areas_reporting"]]
    totals = union.join(counts[["known", "withheld"]].sum(), on=key).fillna(0)
    excess = totals["known"] + totals["withheld"] - totals["areas_reporting"]
    left_out = excess.clip(lower=0, upper=totals["withheld"]).astype("int64")
    return values.assign(areas_withheld=left_out.reindex(values.index, fill_value=0))
