"""What may be shown of the indicator values: primary, then secondary suppression, then an audit."""

from collections.abc import Iterable, Sequence

import pandas as pd

from metrics.catalogue import Catalogue
from metrics.definitions import DisclosurePolicy
from metrics.disclosure.attack import Flags
from metrics.disclosure.audit import PROTECTED, SHOWN_BEFORE, audited, case_of, without_ceilings_of
from metrics.disclosure.consequences import with_consequences
from metrics.disclosure.equations import Equations, equations
from metrics.disclosure.rounded import with_rounded_counts
from metrics.disclosure.sensitivity import sensitive
from metrics.disclosure.suppression import Case, hidden_cells
from metrics.errors import DisclosureError
from metrics.tables import ATTRIBUTES, FREE, WITHHELD

PRIMARY, SECONDARY = "C", "S"
ATTEMPTS = 4


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
    rows = known.cells.loc[protected(known, case), "row"]
    return suppressed(table, rows, policy, catalogue).set_axis(values.index)


def protected(known: Equations, case: Case) -> Flags:
    """The cells to withhold. Where the audit fails, again without what keeps the weak ones low.

    DisclosureError where that does not help either.
    """
    for _ in range(ATTEMPTS):
        hidden, failed = attempt(known, case)
        if failed.empty:
            return hidden
        weak = known.cells["row"].isin(failed.index).to_numpy(dtype=float)
        case = without_ceilings_of(known, case, weak)
    raise DisclosureError(refusal(failed))


def attempt(known: Equations, case: Case) -> tuple[Flags, pd.DataFrame]:
    """A pattern, and what the audit finds that it does not protect."""
    hidden = hidden_cells(case)[: len(known.cells)]
    findings = audited(known, case, hidden)
    return hidden, findings[~findings["verdict"].isin([PROTECTED, SHOWN_BEFORE])]


def suppressed(
    values: pd.DataFrame, rows: Iterable[int], policy: DisclosurePolicy, catalogue: Catalogue
) -> pd.DataFrame:
    primary = sensitive(values, policy, catalogue.indicators)
    hidden = primary | values.index.isin(list(rows))
    return withheld(values, primary, with_consequences(values, hidden, catalogue.indicators))


def refusal(failed: pd.DataFrame) -> str:
    """Which withheld cells can be worked out, never what they are."""
    names = ["indicator", "component", "area", "period", "verdict"]
    return (
        f"{len(failed)} withheld values can be worked out, first "
        f"{failed[names].head(5).to_dict('records')}; withhold more beside them, or lower what the "
        "policy asks for"
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
