"""A release of invented figures with yearly changes, rates and changes from every earlier year.

Random absences of every kind, breaks, limits and special events; the same in every run.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.tables import EU
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.aggregation.rates import conform_values, per_100_000_children, year_on_year
from metrics.statistics.assessment.assess import assess
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.disclosure.derived_suppression import suppress_derived
from metrics.statistics.period_changes import add_yearly_materiality, period_changes
from metrics.statistics.status_history import status_history
from metrics.statistics.trajectory import trajectory
from tests.dashboard.release import TOTALS

COUNTED, UNRATED, SHARED, LADDER = (
    "ICSE_VICTIMS", "TRAININGS_HELD", "VICTIMS_ASSISTED", "DATA_RETENTION_FRAMEWORK",
)  # fmt: skip
RANDOM_FIGURES = (COUNTED, UNRATED, SHARED, LADDER)
OF_UNION = "VIDTF_EXPERTS"  # a figure of the Union alone
LABEL, AS_OF = "2026-05-01", date(2026, 5, 1)
YEARS_OF_RELEASE = range(2019, 2026)
# Of each hundred figures, those with one of these statuses; the others are normal.
STATUSES_OF_HUNDRED = "O" * 8 + "L" * 4 + "M" * 4 + "Q" * 9 + "B" * 5 + "S" * 2 + "P" * 5 + "D" * 2
ABSENT = "OLMQ"


def write_compared_release(home: Path, fixed: Sequence[dict[str, Any]] = ()) -> Path:
    """A release below `home`; the fixed rows replace random ones of the same area and year.

    Fixed rows of other indicators are added.
    """
    folder = home / "data" / "processed" / "sample" / LABEL
    folder.mkdir(parents=True)
    for name, table in tables_of(disclosed_values(fixed)).items():
        table.to_parquet(folder / f"{name}.parquet", index=False)
    facts = {"collection": "sample", "label": LABEL, "as_of": str(AS_OF), "catalogue": "test"}
    (folder / "build.json").write_text(json.dumps(facts), encoding="utf-8")
    (folder.parent / "current").write_text(LABEL, encoding="utf-8")
    return folder


def tables_of(values: pd.DataFrame) -> dict[str, pd.DataFrame]:
    definitions = catalogue().restrict_to(catalogue().collections["sample"])
    basis = assessment_basis(values, definitions, AS_OF, catalogue().collections["sample"])
    indicators = catalogue().indicators
    changes = period_changes(values, indicators)
    return {
        "indicator_values": add_yearly_materiality(values, changes, indicators),
        "period_changes": changes,
        "assessments": assess(basis),
        "trajectory": trajectory(basis),
        "status_history": status_history(basis),
    }


def disclosed_values(fixed: Sequence[dict[str, Any]]) -> pd.DataFrame:
    """Reported and derived values, with what is suppressed blanked as disclosure control does."""
    reported = conform_values(pd.DataFrame([*reported_rows(fixed)]))
    indicators = catalogue().indicators
    derived = [year_on_year(reported, indicators), per_100_000_children(reported, indicators)]
    values = aggregate(pd.concat([reported, *derived], ignore_index=True), catalogue())
    hidden = values["observation_status"].eq("Q") & values["area"].ne(EU)
    hidden = suppress_derived(values, hidden, indicators)
    return values.assign(
        value=values["value"].mask(hidden),
        observation_status=values["observation_status"].mask(hidden, "Q"),
        confidentiality_status=values["confidentiality_status"].mask(hidden, "C"),
    )


def reported_rows(fixed: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    random = Random(12)
    known = {(row["indicator"], row["area"], row["period"]): row for row in fixed}
    for code in RANDOM_FIGURES:
        for area in member_states():
            level = random.randint(5, 900)
            for year in YEARS_OF_RELEASE:
                level = max(0, round(level * random.uniform(0.8, 1.35)))
                row = reported_row(code, area, str(year), level, random)
                yield row | known.get((code, area, str(year)), {})
    for row in fixed:
        if row["indicator"] not in RANDOM_FIGURES:
            yield TOTALS | {"submission": f"sample/{row['period']}/v", "late": False} | row
    yield reported_row(OF_UNION, EU, "2024", 12, random) | {
        "value": 12.0, "observation_status": "A", "confidentiality_status": "F", "limit": "",
    }  # fmt: skip


def reported_row(code: str, area: str, period: str, level: int, random: Random) -> dict[str, Any]:
    status = (STATUSES_OF_HUNDRED + "A" * 100)[random.randrange(100)]
    value = {SHARED: float(level % 97), LADDER: float(level % 4)}.get(code, float(level))
    component = "step" if code == LADDER else "value"
    return {
        **TOTALS, "indicator": code, "component": component, "area": area, "period": period,
        "value": None if status in ABSENT else value, "observation_status": status,
        "confidentiality_status": "C" if status == "Q" else "F",
        "limit": random.choice(["LOWER", "UPPER"]) if random.random() < 0.04 else "",
        "submission": f"sample/{period}/{area}/v", "late": False,
    }  # fmt: skip
