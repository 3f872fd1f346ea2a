"""What a series says, in sentences made by rule from released figures; nothing is added freely."""

from collections.abc import Iterator

import pandas as pd

from dashboard.assessments import Assessment, Outlook
from dashboard.charts.marks import coverage_note, reservation, why_absent
from dashboard.data import Release
from dashboard.series import AssessedSeries, component_of
from dashboard.texts import Text, decimals_of
from metrics.catalogue.methods import methods, reason_sentences
from metrics.core.period import ReferencePeriod
from metrics.core.tables import STEP, YEAR_ON_YEAR
from metrics.core.verdicts import Status


def sentences(track: AssessedSeries, release: Release | None, text: Text) -> list[str]:
    """The latest figure, its change, where its path stands, the status, and who has reported."""
    if track.latest is None:
        return [absence_sentence(track, text)]
    return [
        figure_sentence(track, text),
        *change_sentences(track, release, text),
        *path_sentences(track, track.official, text),
        *status_sentences(track.official, text),
        *filter(None, [coverage_note(track.latest, text, "sentence.coverage")]),
    ]


def absence_sentence(track: AssessedSeries, text: Text) -> str:
    area = text.code("area", track.area)
    if track.newest is None:
        return text("sentence.nothing", area=area)
    period, why = text.period(track.newest["period"]), why_absent(track.newest, text)
    return text("sentence.absent", area=area, period=period, why=why)


def figure_sentence(track: AssessedSeries, text: Text) -> str:
    row = track.latest or {}
    note = reservation(row, text)
    return text(
        "sentence.figure",
        area=text.code("area", track.area),
        period=text.period(row["period"]),
        value=track.format_value(row["value"], text) + (f" ({note})" if note else ""),
    )


def change_sentences(track: AssessedSeries, release: Release | None, text: Text) -> Iterator[str]:
    """On the year before; shares differ by percentage points, which nobody takes for per cent."""
    if track.unit == "PC":
        yield from points_sentences(track, text)
        return
    change = component_of(track, release, YEAR_ON_YEAR)
    at = change[change["period"] == (track.latest or {})["period"]]["value"].dropna()
    if len(at):
        yield text("sentence.change", percent=text.signed(at.iloc[0]))


def points_sentences(track: AssessedSeries, text: Text) -> Iterator[str]:
    latest = track.latest or {}
    before = str(ReferencePeriod.parse(latest["period"]).year_before)
    at = [row["value"] for row in track.rows if row["period"] == before]
    if at and not pd.isna(at[0]):
        points = latest["value"] - at[0]
        sign = "+" if points > 0 else ""
        yield text("sentence.change_points", points=sign + text.difference(points, track.unit))


def path_sentences(
    track: AssessedSeries, judgement: Assessment | None, text: Text
) -> Iterator[str]:
    """Where the path stands; where no level was agreed, where the series started."""
    if judgement is None:
        return
    verdict, has_level = judgement.verdict, judgement.has_level
    if verdict.expected_value is None or verdict.gap is None or track.component == STEP:
        return
    side = "met" if verdict.gap >= 0 else "missed"
    yield text(
        f"sentence.{'path' if has_level else 'start'}_{side}",
        period=text.period(verdict.baseline_period) if verdict.baseline_period else "",
        # With the decimals of the gap: 197 is not short of 237 by 39.7, but of 236.7.
        expected=text.quantity(verdict.expected_value, track.unit, decimals_of(verdict.gap)),
        gap=text.difference(abs(verdict.gap), track.unit),
    )


def status_sentences(judgement: Assessment | None, text: Text) -> Iterator[str]:
    if judgement is None:
        return
    verdict = judgement.verdict
    key = "not_assessed" if verdict.status is Status.NOT_ASSESSED else "status"
    yield text(
        f"sentence.{key}",
        method=method_name(judgement.method, text),
        status=text(f"status.{judgement.computed}"),
        reason=reason_text(verdict.reason, text),
    )


def reason_text(keys: str, text: Text) -> str:
    """Why there is no verdict, or what must be said beside it."""
    return " ".join(reason_sentences(keys, text.language))


def outlook_outcome(outlook: Outlook, text: Text) -> str:
    """The year in which the target would be met, or that it would not; or why there is no trend."""
    if outlook.reason:
        return reason_text(outlook.reason, text)
    return text(f"outlook.{outlook.meets or 'no_level'}", year=outlook.meets_in)


def method_name(name: str, text: Text) -> str:
    return methods()[name].title(text.language) if name in methods() else name
