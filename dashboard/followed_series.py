"""Which series follow up a goal, and what a release says of each."""

from collections.abc import Iterator, Mapping

from dashboard.assessments import Assessment, Outlook
from dashboard.data import Release
from dashboard.keyed_rows import Record
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_series, parse_series
from metrics.core.tables import VALUE


def followed_series(
    goal: Goal, assessed: Mapping[str, tuple[Assessment, ...]]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Indicator and codes of each series, once: those with targets, then assessed, then named."""
    seen: set[str] = set()
    wanted = (*targeted_series(goal), *map(series_and_codes, assessed), *named_series(goal))
    for indicator, codes in wanted:
        name = format_series(indicator, VALUE, codes)
        if name not in seen:
            seen.add(name)
            yield indicator, codes


def series_and_codes(name: str) -> tuple[str, Mapping[str, str]]:
    indicator, _, codes = parse_series(name)
    return indicator, codes


def named_series(goal: Goal) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The series of the goal's indicators; each part of an indicator without a total."""
    targeted = {target.indicator for target in goal.targets}
    for code in goal.indicators:
        indicator = catalogue().indicators[code]
        if indicator.has_total or code not in targeted:
            yield from ((code, codes) for codes in indicator.total_or_parts())


def targeted_series(goal: Goal) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The series of the targets; a target on an indicator without total covers each part."""
    for target in goal.targets:
        parts = catalogue().indicators[target.indicator].total_or_parts()
        yield from ((target.indicator, codes) for codes in ([target.at] if target.at else parts))


def assessments_by_series(
    goal: Goal, area: str, release: Release | None
) -> dict[str, tuple[Assessment, ...]]:
    """Series → assessments, the official method of each target first."""
    found: dict[str, list[Assessment]] = {}
    asked = {target.id: target for target in goal.targets}
    if release is not None:
        for row in release.rows_of_goal("assessments", goal.code, area):
            name = format_series(row["indicator"], VALUE, row)
            found.setdefault(name, []).append(Assessment.from_row(row, asked.get(row["target"])))
    return {
        name: tuple(sorted(own, key=lambda assessment: not assessment.official))
        for name, own in found.items()
    }


def outlooks_by_series(goal: Goal, area: str, release: Release | None) -> dict[str, Outlook]:
    """Series → outlook; with several targets, that of the first."""
    rows = release.rows_of_goal("outlook", goal.code, area) if release else ()
    return {
        format_series(row["indicator"], VALUE, row): Outlook.from_row(row) for row in reversed(rows)
    }


def rows_by_period(
    table: str, goal: Goal, area: str, release: Release | None
) -> dict[tuple[str, str], dict[str, Record]]:
    """Series and target → period → row."""
    found: dict[tuple[str, str], dict[str, Record]] = {}
    for row in release.rows_of_goal(table, goal.code, area) if release else ():
        key = format_series(row["indicator"], VALUE, row), row["target"]
        found.setdefault(key, {})[row["period"]] = row
    return found
