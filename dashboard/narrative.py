"""Describe a series in sentences, by fixed rules and from released values only."""

from collections.abc import Iterator

import pandas as pd

from dashboard.assessments import Assessment, Outlook
from dashboard.charts.marks import coverage_note, reservation, why_absent
from dashboard.data import Release
from dashboard.rounding import decimals_of
from dashboard.series import AssessedSeries, component_of
from dashboard.texts import Text
from metrics.catalogue.methods import methods, reason_sentences
from metrics.core.period import ReferencePeriod
from metrics.core.tables import STEP, YEAR_ON_YEAR
from metrics.core.verdicts import Status


def sentences(series: AssessedSeries, release: Release | None, text: Text) -> list[str]:
    """The latest figure, its change, where its path stands, the status, and who has reported."""
    if series.latest is None:
        return [absence_sentence(series, text)]
    return [
        figure_sentence(series, text),
        *change_sentences(series, release, text),
        *path_sentences(series, series.official, text),
        *status_sentences(series.official, text),
        *filter(None, [coverage_note(series.latest, text, "sentence.coverage")]),
    ]


def absence_sentence(series: AssessedSeries, text: Text) -> str:
    area = text.code("area", series.area)
    if series.newest is None:
        return text("sentence.nothing", area=area)
    period, why = text.period(series.newest["period"]), why_absent(series.newest, text)
    return text("sentence.absent", area=area, period=period, why=why)


def figure_sentence(series: AssessedSeries, text: Text) -> str:
    row = series.latest or {}
    note = reservation(row, text)
    return text(
        "sentence.figure",
        area=text.code("area", series.area),
        period=text.period(row["period"]),
        value=series.format_value(row["value"], text) + (f" ({note})" if note else ""),
    )


def change_sentences(series: AssessedSeries, release: Release | None, text: Text) -> Iterator[str]:
    """The change on the year before: in percentage points for shares, else in per cent."""
    if series.unit == "PC":
        yield from points_sentences(series, text)
        return
    change = component_of(series, release, YEAR_ON_YEAR)
    at = change[change["period"] == (series.latest or {})["period"]]["value"].dropna()
    if len(at):
        yield text("sentence.change", percent=text.signed(at.iloc[0]))


def points_sentences(series: AssessedSeries, text: Text) -> Iterator[str]:
    latest = series.latest or {}
    before = str(ReferencePeriod.parse(latest["period"]).year_before)
    at = [row["value"] for row in series.rows if row["period"] == before]
    if at and not pd.isna(at[0]):
        points = latest["value"] - at[0]
        sign = "+" if points > 0 else ""
        yield text("sentence.change_points", points=sign + text.difference(points, series.unit))


def path_sentences(
    series: AssessedSeries, assessment: Assessment | None, text: Text
) -> Iterator[str]:
    """Compare the value with the path or, where no level was agreed, with the baseline."""
    if assessment is None:
        return
    verdict, has_level = assessment.verdict, assessment.has_level
    if verdict.expected_value is None or verdict.gap is None or series.component == STEP:
        return
    side = "met" if verdict.gap >= 0 else "missed"
    yield text(
        f"sentence.{'path' if has_level else 'start'}_{side}",
        period=text.period(verdict.baseline_period) if verdict.baseline_period else "",
        # As many decimals as the gap: 197 falls short of 236.7 by 39.7, not of 237.
        expected=text.quantity(verdict.expected_value, series.unit, decimals_of(verdict.gap)),
        gap=text.difference(abs(verdict.gap), series.unit),
    )


def status_sentences(assessment: Assessment | None, text: Text) -> Iterator[str]:
    if assessment is None:
        return
    verdict = assessment.verdict
    key = "not_assessed" if verdict.status is Status.NOT_ASSESSED else "status"
    yield text(
        f"sentence.{key}",
        method=method_name(assessment.method, text),
        status=text(f"status.{assessment.computed}"),
        reason=reason_text(verdict.reason, text),
    )


def reason_text(keys: str, text: Text) -> str:
    """Why there is no verdict, or what qualifies it."""
    return " ".join(reason_sentences(keys, text.language))


def outlook_outcome(outlook: Outlook, text: Text) -> str:
    """The year in which the trend meets the target, or that it does not, or why none exists."""
    if outlook.reason:
        return reason_text(outlook.reason, text)
    return text(f"outlook.{outlook.meets or 'no_level'}", year=outlook.meets_in)


def method_name(name: str, text: Text) -> str:
    return methods()[name].title(text.language) if name in methods() else name
