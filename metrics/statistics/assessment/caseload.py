"""All that is judged on a day, each case once: what the tables on progress are made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.verdicts import Verdict
from metrics.statistics.assessment.cases import AssessmentCase, cases_on
from metrics.statistics.assessment.histories import Histories, histories
from metrics.statistics.assessment.judging import judge_cases


@dataclass(frozen=True)
class Caseload:
    """The cases of a day, in the order of the catalogue, and the series that they are about."""

    cases: tuple[AssessmentCase, ...]
    histories: Histories
    on: date

    @property
    def official(self) -> tuple[AssessmentCase, ...]:
        return tuple(case for case in self.cases if case.official)

    @cached_property
    def verdicts(self) -> Mapping[AssessmentCase, Verdict]:
        return judge_cases(self.cases, self.histories, self.on)


def collect_cases(values: pd.DataFrame, catalogue: Catalogue, on: date) -> Caseload:
    """Every case of the targets that are valid on a day, with the histories of their indicators.

    `values` are indicator values that may be shown; what is suppressed has no value in them.
    """
    cases = tuple(cases_on(catalogue, on))
    return Caseload(cases, histories(values, {case.indicator.code for case in cases}), on)
