"""What may be shown of the indicator values: primary, then secondary suppression, then an audit."""

from collections.abc import Iterable, Sequence

import pandas as pd

from metrics.catalogue.definitions import DisclosurePolicy
from metrics.catalogue.loader import Catalogue
from metrics.core.errors import DisclosureError
from metrics.core.tables import ATTRIBUTES, WITHHELD
from metrics.statistics.disclosure.audit import ACCEPTED, audited, case_of
from metrics.statistics.disclosure.derived_suppression import with_consequences
from metrics.statistics.disclosure.equations import Equations, equations, with_truth
from metrics.statistics.disclosure.primary import sensitive
from metrics.statistics.disclosure.rounded import with_rounded_counts
from metrics.statistics.disclosure.secondary import SuppressionProblem, pattern

# One mark for all: who is told which counts are withheld for their own sake knows that they
# are small.
MARK = "C"

__all__ = ["disclose", "with_truth"]


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
    system = equations(table, catalogue.indicators, earlier)
    rows = protected(system, case_of(system, policy, catalogue.indicators))
    return suppressed(table, rows, policy, catalogue).set_axis(values.index)


def protected(system: Equations, case: SuppressionProblem) -> pd.Series:
    """The rows to withhold. DisclosureError where the audit finds that they can be worked out."""
    found = pattern(case)
    hidden = found.hidden[: len(system.cells)]
    findings = audited(system, case, hidden, found.found)
    failed = findings[~findings["verdict"].isin(ACCEPTED)]
    if not failed.empty:
        raise DisclosureError(refusal(failed))
    return system.cells.loc[hidden, "row"]


def suppressed(
    values: pd.DataFrame, rows: Iterable[int], policy: DisclosurePolicy, catalogue: Catalogue
) -> pd.DataFrame:
    hidden = sensitive(values, policy, catalogue.indicators) | values.index.isin(list(rows))
    return withheld(values, with_consequences(values, hidden, catalogue.indicators))


def refusal(failed: pd.DataFrame) -> str:
    """Which withheld cells can be worked out, never what they are."""
    names = ["indicator", "component", "area", "period", "verdict"]
    return (
        f"{len(failed)} withheld values can be worked out, first "
        f"{failed[names].head(5).to_dict('records')}; withhold more beside them, or lower what the "
        "policy asks for"
    )


def withheld(values: pd.DataFrame, hidden: pd.Series) -> pd.DataFrame:
    """Blanked and marked: never zero. What was said beside the value goes with it.

    Also what its sender has withheld already: it may not look otherwise.
    """
    hidden = hidden | (values["observation_status"] == WITHHELD)
    silenced = {name: values[name].mask(hidden, "") for name in ATTRIBUTES}
    return values.assign(
        value=values["value"].mask(hidden),
        observation_status=values["observation_status"].mask(hidden, WITHHELD),
        confidentiality_status=values["confidentiality_status"].mask(hidden, MARK),
        **silenced,
    )
