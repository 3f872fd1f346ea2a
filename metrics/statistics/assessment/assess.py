"""From indicator values to assessments: every target, area and method, with calculation."""

from collections.abc import Iterable

import pandas as pd

from metrics.core.schemas import TARGETED_SERIES, conform_table
from metrics.core.verdicts import VERDICT_FIELDS, verdict_as_row
from metrics.statistics.assessment.basis import AssessmentBasis
from metrics.statistics.assessment.overrides import Override, add_overrides
from metrics.statistics.assessment.relative_gaps import add_relative_gaps

ASSESSED = (*TARGETED_SERIES, "method", "official", *VERDICT_FIELDS)


def assess(basis: AssessmentBasis, overrides: Iterable[Override] = ()) -> pd.DataFrame:
    """One row for each goal, target, area and method, even if there is no verdict.

    DefinitionError if an override concerns nothing that is assessed.
    """
    rows = [
        (*case.key, case.method, case.official, *verdict_as_row(verdict).values())
        for case, verdict in basis.verdicts.items()
    ]
    table = add_relative_gaps(pd.DataFrame(rows, columns=list(ASSESSED)), basis.cases)
    return conform_table("assessments", add_overrides(table, overrides))
