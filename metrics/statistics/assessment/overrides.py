"""Reviewers' overrides of computed verdicts; both are shown."""

import datetime as dt
from collections.abc import Iterable
from operator import attrgetter

import pandas as pd
import yaml
from pydantic import Field, TypeAdapter, ValidationError

from metrics.catalogue.definitions.base import Definition
from metrics.core.definition_errors import describe_errors
from metrics.core.errors import DefinitionError
from metrics.core.schemas import OVERRIDE
from metrics.core.verdicts import Status

OVERRIDDEN_KEY = ["goal", "target", "area"]


class Override(Definition):
    """An override of the official verdict on one target for one area, with its reason."""

    goal: str
    target: str
    area: str
    status: Status
    reason: str = Field(min_length=1)
    reviewer: str = Field(min_length=1)
    date: dt.date


def overrides_in(text: str, where: str) -> tuple[Override, ...]:
    """Parse overrides from a YAML list; DefinitionError names `where`, field and value."""
    try:
        written = yaml.load(text, Loader=yaml.CSafeLoader) or []
        return TypeAdapter(tuple[Override, ...]).validate_python(written)
    except ValidationError as wrong:
        raise DefinitionError.of_faults(describe_errors(where, wrong)) from wrong
    except yaml.YAMLError as wrong:
        raise DefinitionError("not_yaml", place=where, reason=str(wrong)) from wrong


def add_overrides(assessments: pd.DataFrame, overrides: Iterable[Override]) -> pd.DataFrame:
    """Add columns with the latest override of each official assessment.

    DefinitionError if an override concerns nothing that was assessed.
    """
    latest = _latest_overrides(overrides)
    keys = pd.MultiIndex.from_frame(assessments[OVERRIDDEN_KEY])
    if unknown := set(latest.index) - set(keys):
        raise DefinitionError("overrides_nothing", keys=str(sorted(unknown)))
    matched = latest.reindex(keys).fillna("").set_axis(assessments.index)
    return assessments.join(matched.where(assessments["official"], ""))


def _latest_overrides(overrides: Iterable[Override]) -> pd.DataFrame:
    """The latest override of each target and area, indexed by `OVERRIDDEN_KEY`."""
    rows = [
        (override.goal, override.target, override.area, override.status.value, override.reason,
         override.reviewer, override.date.isoformat())
        for override in sorted(overrides, key=attrgetter("date"))
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=[*OVERRIDDEN_KEY, *OVERRIDE]).astype("str")
    return table.drop_duplicates(OVERRIDDEN_KEY, keep="last").set_index(OVERRIDDEN_KEY)
