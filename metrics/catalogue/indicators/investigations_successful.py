"""Investigations that succeeded: the number beside the share INVESTIGATIONS_COMPLETED."""

import pandas as pd

from metrics.catalogue.definitions.base import Words
from metrics.catalogue.definitions.indicators import Direction, Indicator, Kind, Measure
from metrics.core.tables import NUMERATOR, VALUE


def count_numerators(values: pd.DataFrame) -> pd.DataFrame:
    """The numerators alone, because a share does not show how many cases there were."""
    return values[values["component"] == NUMERATOR].assign(component=VALUE)


INVESTIGATIONS_SUCCESSFUL = Indicator(
    code="INVESTIGATIONS_SUCCESSFUL",
    name=Words(en="Number of investigations that identified a victim or an offender"),
    definition=Words(
        en="Investigations into the sexual abuse or sexual exploitation of children that the "
        "authorities of the reporting State completed during the reference period and that ended "
        "in the identification of a victim or an offender. Derived from INVESTIGATIONS_COMPLETED."
    ),
    kind=Kind.FLOW,
    unit="CASES",
    direction=Direction.NONE,
    measures=Measure.WORKLOAD,
    assessed_by="INVESTIGATIONS_COMPLETED",
    measures_why="The number rises with the investigations, and so with the offences reported.",
    role="context",
    collected=False,
    per_100_000_children=True,
    derived_from=("INVESTIGATIONS_COMPLETED",),
    formula=count_numerators,
    caveat=Words(
        en="The number rises with the investigations. "
        "Read it together with the share that succeeded."
    ),
)
