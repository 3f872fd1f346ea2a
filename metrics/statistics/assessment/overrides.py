"""What a named reviewer says instead of a computed verdict, which stays beside it."""

import datetime as dt
from collections.abc import Iterable

import pandas as pd
import yaml
from pydantic import Field, TypeAdapter, ValidationError

from metrics.catalogue.definitions import Definition
from metrics.core.discover import contradictions
from metrics.core.errors import DefinitionError
from metrics.core.verdicts import Status

COLUMNS = ("override_status", "override_reason", "override_by", "override_on")
PLACE = ("goal", "target", "area")


class Override(Definition):
    """Of the official verdict on one target for one area. Nobody overrides without a reason."""

    goal: str
    target: str
    area: str
    status: Status
    reason: str = Field(min_length=1)
    reviewer: str = Field(min_length=1)
    date: dt.date


def overrides_in(text: str, where: str) -> tuple[Override, ...]:
    """The overrides in a YAML list; DefinitionError names `where`, field and value."""
    try:
        written = yaml.load(text, Loader=yaml.CSafeLoader) or []
        return TypeAdapter(tuple[Override, ...]).validate_python(written)
    except ValidationError as wrong:
        raise DefinitionError("\n".join(contradictions(where, wrong))) from wrong
    except yaml.YAMLError as wrong:
        raise DefinitionError(f"{where} is not YAML: {wrong}") from wrong


def overridden(assessments: pd.DataFrame, overrides: Iterable[Override]) -> pd.DataFrame:
    """The assessments with the latest override of each official one in columns of its own.

    DefinitionError where an override is about nothing that was assessed.
    """
    said = _latest(overrides)
    places = pd.MultiIndex.from_frame(assessments[list(PLACE)])
    if unknown := set(said.index) - set(places):
        raise DefinitionError(f"{sorted(unknown)} are overridden, but nothing there is assessed")
    found = said.reindex(places).fillna("").set_axis(assessments.index)
    return assessments.join(found.where(assessments["official"], ""))


def _latest(overrides: Iterable[Override]) -> pd.DataFrame:
    """One row a place, with what its latest override says."""
    rows = [
        (each.goal, each.target, each.area, each.status.value, each.reason, each.reviewer,
         each.date.isoformat())
        for each in sorted(overrides, key=lambda each: each.date)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=[*PLACE, *COLUMNS]).astype("str")
    return table.drop_duplicates(list(PLACE), keep="last").set_index(list(PLACE))
