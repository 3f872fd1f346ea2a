"""What may be shown of the indicator values: primary, then secondary suppression, then an audit."""

import pandas as pd

from metrics.catalogue import Catalogue
from metrics.consequences import with_consequences
from metrics.definitions import DisclosurePolicy
from metrics.sensitivity import sensitive
from metrics.tables import ATTRIBUTES, FREE, WITHHELD

PRIMARY, SECONDARY = "C", "S"


def disclose(
    values: pd.DataFrame,
    policy: DisclosurePolicy,
    catalogue: Catalogue,
    released: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The same rows, NaN with status `Q` wherever a value may not be shown or would give one away.

    `released` holds the values of releases that are already out. DisclosureError where the audit
    finds that a withheld value can be worked out.
    """
    primary = sensitive(values, policy, catalogue.indicators)
    hidden = with_consequences(values, primary, catalogue.indicators)
    return withheld(values, primary, hidden)


def withheld(values: pd.DataFrame, primary: pd.Series, hidden: pd.Series) -> pd.DataFrame:
    """Blanked and marked: never zero. What was said beside the value goes with it."""
    confidentiality = values["confidentiality_status"]
    marks = confidentiality.where(confidentiality != FREE, SECONDARY)
    marks = marks.mask(primary & (confidentiality == FREE), PRIMARY)
    silenced = {name: values[name].mask(hidden, "") for name in ATTRIBUTES}
    return values.assign(
        value=values["value"].mask(hidden),
        observation_status=values["observation_status"].mask(hidden, WITHHELD),
        confidentiality_status=confidentiality.mask(hidden, marks),
        **silenced,
    )
