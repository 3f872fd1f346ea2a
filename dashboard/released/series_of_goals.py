"""Which series follow up a goal, and what a release says about each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.data import Release
from dashboard.released.assessments import Assessment, Outlook
from dashboard.rows_by_key import Record
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.loader import catalogue
from metrics.core.series import format_series, parse_codes
from metrics.core.tables import VALUE


def followed_series(
    goal: Goal, area: str, release: Release | None
) -> dict[str, tuple[str, Mapping[str, str]]]:
    """Series → indicator and codes: those with targets, then assessed, then named."""
    assessed = release.assessed_series.get((goal.code, area), ()) if release else ()
    written = ((indicator, parse_codes(codes)) for indicator, codes in assessed)
    found: dict[str, tuple[str, Mapping[str, str]]] = {}
    for indicator, codes in (*targeted_series(goal), *written, *named_series(goal)):
        found.setdefault(format_series(indicator, VALUE, codes), (indicator, codes))
    return found


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


def assessments_of(goal: Goal, rows: Iterable[Record]) -> tuple[Assessment, ...]:
    """The assessments of one series, the official method of each target first."""
    asked = {target.id: target for target in goal.targets}
    found = [Assessment.from_row(row, asked.get(row["target"])) for row in rows]
    return tuple(sorted(found, key=lambda assessment: not assessment.official))


def outlook_of(rows: Sequence[Record]) -> Outlook | None:
    """The outlook of one series; with several targets, that of the first."""
    return Outlook.from_row(rows[0]) if rows else None


def rows_by_period(rows: Iterable[Record], target: str) -> dict[str, Record]:
    """Period → the row of one target."""
    return {row["period"]: row for row in rows if row["target"] == target}
