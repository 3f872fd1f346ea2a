"""What may be shown of the indicator values: primary, then secondary suppression, then an audit."""

from collections.abc import Iterable, Sequence

import pandas as pd

from metrics.audit import PROTECTED, SHOWN_BEFORE, audited, case_of
from metrics.catalogue import Catalogue
from metrics.consequences import with_consequences
from metrics.definitions import DisclosurePolicy
from metrics.equations import equations
from metrics.errors import DisclosureError
from metrics.rounded import with_rounded_counts
from metrics.sensitivity import sensitive
from metrics.suppression import hidden_cells
from metrics.tables import ATTRIBUTES, FREE, WITHHELD

PRIMARY, SECONDARY = "C", "S"


def disclose(
    values: pd.DataFrame,
    policy: DisclosurePolicy,
    catalogue: Catalogue,
    released: pd.DataFrame | Sequence[pd.DataFrame] | None = None,
) -> pd.DataFrame:
    """The same rows, NaN with status `Q` wherever a value may not be shown or would give one away.

    `released` holds the values of one or more releases that are already out. DisclosureError where
    the audit finds that a withheld value can be worked out.
    """
    earlier = [released] if isinstance(released, pd.DataFrame) else list(released or ())
    table = values.reset_index(drop=True)
    if policy.method == "rounding":
        table, policy = with_rounded_counts(table, policy, catalogue.indicators)
    known = equations(table, catalogue.indicators, earlier)
    case = case_of(known, table, policy, catalogue.indicators)
    hidden = hidden_cells(case)[: len(known.cells)]
    findings = audited(known, case, hidden)
    if not findings["verdict"].isin([PROTECTED, SHOWN_BEFORE]).all():
        raise DisclosureError(refusal(findings))
    rows = known.cells.loc[hidden, "row"]
    return suppressed(table, rows, policy, catalogue).set_axis(values.index)


def suppressed(
    values: pd.DataFrame, rows: Iterable[int], policy: DisclosurePolicy, catalogue: Catalogue
) -> pd.DataFrame:
    primary = sensitive(values, policy, catalogue.indicators)
    hidden = primary | values.index.isin(list(rows))
    return withheld(values, primary, with_consequences(values, hidden, catalogue.indicators))


def refusal(findings: pd.DataFrame) -> str:
    """Which withheld cells can be worked out, never what they are."""
    open_ = findings[~findings["verdict"].isin([PROTECTED, SHOWN_BEFORE])]
    places = (
        open_[["indicator", "component", "area", "period", "verdict"]].head(5).to_dict("records")
    )
    return (
        f"{len(open_)} withheld values can be worked out, first {places}; "
        "withhold more beside them, or lower what the policy asks for"
    )


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
