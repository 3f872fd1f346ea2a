"""All cases to assess on a given day: the basis of all tables on progress."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from metrics.catalogue.definitions.collections import Collection
from metrics.catalogue.loader import Catalogue
from metrics.core.verdicts import Verdict
from metrics.statistics.assessment.case_verdicts import assess_cases
from metrics.statistics.assessment.cases import AssessmentCase, cases_on
from metrics.statistics.assessment.histories import Histories, histories
from metrics.statistics.assessment.timeliness import AssessmentDay, latest_due


@dataclass(frozen=True)
class AssessmentBasis:
    """The cases to assess, in the order of the catalogue, and the histories of their series."""

    cases: tuple[AssessmentCase, ...]
    histories: Histories
    on: date
    collection: Collection | None = None  # without one, nothing is due on any day

    @property
    def official(self) -> tuple[AssessmentCase, ...]:
        return tuple(case for case in self.cases if case.official)

    @cached_property
    def verdicts(self) -> Mapping[AssessmentCase, Verdict]:
        return assess_cases(self.cases, self.histories, self.day)

    @property
    def day(self) -> AssessmentDay:
        """The day of the release, with the latest period that was due by then."""
        return AssessmentDay(
            self.on, latest_due(self.collection, self.on) if self.collection else None
        )


def assessment_basis(
    values: pd.DataFrame, catalogue: Catalogue, on: date, collection: Collection | None = None
) -> AssessmentBasis:
    """The cases of all targets that are valid on a day, with the histories of their series.

    `values` are indicator values after disclosure control: suppressed ones are NaN.
    """
    cases = tuple(cases_on(catalogue, on))
    assessed = {case.indicator.code for case in cases}
    counting = {case.indicator.cases_from for case in cases} - {""}
    return AssessmentBasis(cases, histories(values, assessed | counting), on, collection)
