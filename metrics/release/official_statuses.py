"""The statuses of the Member States in each series of a goal."""

from collections.abc import Iterable, Mapping
from typing import Any

from metrics.catalogue.codelists import member_states
from metrics.core.series import format_series
from metrics.core.tables import VALUE


def statuses_by_series(assessments: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Series → the official status of each State; a reviewer's replaces the computed one."""
    return {
        name: [row["override_status"] or row["status"] for row in rows]
        for name, rows in official_by_series(assessments).items()
    }


def official_by_series(
    assessments: Iterable[Mapping[str, Any]],
) -> dict[str, list[Mapping[str, Any]]]:
    """Series → the official assessment of each State, from the assessments of one goal.

    Of several targets the first counts.
    """
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in assessments:
        if row["official"] and row["area"] in member_states():
            name = format_series(row["indicator"], VALUE, row)
            found.setdefault(name, {}).setdefault(row["area"], row)
    return {name: [*by_area.values()] for name, by_area in found.items()}
