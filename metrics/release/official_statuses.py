"""The statuses of the Member States in each series of a goal."""

from collections.abc import Iterable, Mapping
from typing import Any

from metrics.catalogue.codelists import member_states
from metrics.core.series import format_series
from metrics.core.tables import VALUE


def statuses_by_series(assessments: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Series → the official status of each State, from the assessments of one goal.

    A reviewer's status replaces the computed one; of several targets the first counts.
    """
    found: dict[str, dict[str, str]] = {}
    for row in assessments:
        if row["official"] and row["area"] in member_states():
            name = format_series(row["indicator"], VALUE, row)
            status = row["override_status"] or row["status"]
            found.setdefault(name, {}).setdefault(row["area"], status)
    return {name: [*by_area.values()] for name, by_area in found.items()}
