"""Indicator values and a small catalogue, drawn in a test."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import Catalogue
from metrics.core.tables import ATTRIBUTES, BREAKDOWNS, EU, TOTAL
from metrics.statistics.assessment.assess import assess
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.assessment.overrides import Override
from tests.drawn_series import points
from tests.tables import indicator

SOURCE = {"document": "drawn", "paragraph": "1"}
LADDER = indicator(
    "DRAWN", kind="milestone", unit="STEP", ladder=("not_started", "adopted", "in_force"),
    reached_at="in_force",
)  # fmt: skip


def catalogue_of(indicator: Indicator, *targets: dict[str, Any], **goal: Any) -> Catalogue:
    """One goal, with targets on one indicator; what is not said about a target is as usual."""
    usual = {"indicator": indicator.code, "source": SOURCE}
    whole = [{"id": f"t{n}", "method": target["rule"], **usual, **target}
             for n, target in enumerate(targets)]  # fmt: skip
    drawn = Goal.model_validate(
        {"code": "G", "framework": "F", "order": 1, "name": {"en": "G"}, "wording": {"en": "G"}, "short_name": {"en": "G"},
         "source": SOURCE, "indicators": [indicator.code], "targets": whole, **goal}
    )  # fmt: skip
    return Catalogue({}, {"G": drawn}, {indicator.code: indicator}, {}, "drawn")


def values_of(
    series: dict[str, str], indicator: str = "DRAWN", component: str = "value", **codes: str
) -> pd.DataFrame:
    """Area → series as `points` reads it."""
    rows = [
        {
            **dict.fromkeys(BREAKDOWNS, TOTAL),
            **dict.fromkeys([*ATTRIBUTES, "submission", "sheet", "cell", "vintage"], ""),
            **codes,
            "indicator": indicator,
            "component": component,
            "area": area,
            "period": str(point.period),
            "value": point.value,
            "observation_status": point.observation_status,
            "confidentiality_status": point.confidentiality_status,
            "since": point.since,
            "limit": point.limit,
            "areas_reporting": 1,
            "areas_expected": 1,
            "late": False,
        }
        for area, drawn in series.items()
        for point in points(drawn)
    ]
    return pd.DataFrame(rows)


def reported_by(rows: pd.DataFrame, **reporting: int) -> pd.DataFrame:
    """Rows of the Union with how many of 27 stand behind them: `y2020=27`."""
    by_period = rows["period"].map({year.removeprefix("y"): n for year, n in reporting.items()})
    union = rows["area"] == EU
    return rows.assign(
        areas_reporting=rows["areas_reporting"].mask(union, by_period.fillna(27)),
        areas_expected=rows["areas_expected"].mask(union, 27),
    )


def every_state(drawn: str, but: Iterable[str] = (), **others: str) -> dict[str, str]:
    return {area: drawn for area in member_states() if area not in set(but)} | others


def assess_values(
    values: pd.DataFrame, catalogue: Catalogue, on: date, overrides: Iterable[Override] = ()
) -> pd.DataFrame:
    return assess(assessment_basis(values, catalogue, on), overrides)
