"""The statuses of the Member States in each series of a goal."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from metrics.catalogue.codelists import member_states
from metrics.core.series import format_series
from metrics.core.tables import VALUE
from metrics.core.verdicts import is_current, split_reasons

NOT_CURRENT = "not_current"  # a status of an earlier round than the latest


def statuses_by_series(assessments: Iterable[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Series → the official status of each State, or `not_current` for an old one.

    A reviewer's status replaces the computed one.
    """
    return {
        name: [current_status(official_status(row), split_reasons(row["reason"])) for row in rows]
        for name, rows in official_by_series(assessments).items()
    }


def current_status(status: str, reasons: Collection[str]) -> str:
    """The status itself, or `not_current` if its reasons say that it is not current."""
    return str(status) if is_current(status, reasons) else NOT_CURRENT


def official_status(row: Mapping[str, Any]) -> str:
    """The status that a reviewer set, or else the computed one."""
    return str(row["override_status"] or row["status"])


def official_by_series(
    assessments: Iterable[Mapping[str, Any]],
) -> dict[str, list[Mapping[str, Any]]]:
    """Series → the official assessment of each State, from the assessments of one goal.

    If there are several targets, the first counts.
    """
    by_series: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in assessments:
        if row["official"] and row["area"] in member_states():
            name = format_series(row["indicator"], VALUE, row)
            by_series.setdefault(name, {}).setdefault(row["area"], row)
    return {name: [*by_area.values()] for name, by_area in by_series.items()}
