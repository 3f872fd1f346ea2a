"""Share of material removed within 24 and within 72 hours, from the bands of TAKEDOWN_TIME."""

from functools import partial

import pandas as pd

from metrics.catalogue.codelists.bands import bands, bands_within
from metrics.catalogue.codelists.limits import unite_limits_by
from metrics.catalogue.codelists.statuses import unite_statuses_by
from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction, Indicator, Kind, Measure
from metrics.core.tables import CASES, DENOMINATOR, KEY, NUMERATOR, TOTAL

COUNT_KEY = [name for name in KEY if name not in {"indicator", "component", "band"}]


def count_removed_within(hours: int, values: pd.DataFrame) -> pd.DataFrame:
    """Numerator: cases in bands that end within `hours`. Denominator: cases in all bands.

    Both are NaN if a band is missing. Cases of unknown duration are in neither.
    """
    cases = values[(values["component"] == CASES) & (values["band"] != TOTAL)]
    early = cases["value"].where(cases["band"].isin(bands_within(hours)), 0 * cases["value"])
    groups = cases.assign(early=early).groupby(COUNT_KEY, sort=False)
    sums = groups[["early", "value"]].sum()
    whole = groups["value"].count() == len(bands())
    about = unite_statuses_by(cases, COUNT_KEY).assign(
        late=groups["late"].any(), band=TOTAL, limit=unite_limits_by(cases, COUNT_KEY)
    )
    counts = sums.where(whole).join(about).reset_index()
    parts = {NUMERATOR: counts["early"], DENOMINATOR: counts["value"]}
    return pd.concat([counts.assign(component=name, value=parts[name]) for name in parts])


def indicator(hours: int) -> Indicator:
    return Indicator(
        code=f"TAKEDOWN_WITHIN_{hours}H",
        name=Words(en=f"Material removed within {hours} hours"),
        definition=Words(
            en=f"Of the cases in which material was removed during the reference period, the share "
            f"in which it was removed within {hours} hours of the notice to the provider. Derived "
            "from the cases by time band of TAKEDOWN_TIME; those of unknown duration are left out."
        ),
        kind=Kind.SHARE,
        unit="PC",
        direction=Direction.UP,
        measures=Measure.OUTCOME,
        measures_why="The share removed in time does not depend on how much is found.",
        collected=False,
        numerator=Words(en=f"Cases in which material was removed within {hours} hours"),
        denominator=Words(en="Cases in which material was removed, of known duration"),
        derived_from=("TAKEDOWN_TIME",),
        formula=partial(count_removed_within, hours),
        caveat=Words(
            en="Only material that was removed is counted. Time during which removal was held "
            "back for a criminal investigation is not deducted."
        ),
    )


WITHIN_24_HOURS = indicator(24)
WITHIN_72_HOURS = indicator(72)
