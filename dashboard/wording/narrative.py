"""Describe a series in sentences, by fixed rules and from released values only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.charts.marks import (
    coverage_note,
    dated_status,
    is_total,
    reservation,
    why_absent,
)
from dashboard.data import Release
from dashboard.released.assessed_values import absent_latest, assessed_row, compared_values
from dashboard.released.assessments import (
    COUNTED_RULES,
    RULES_WITHOUT_BASELINE,
    Assessment,
    Outlook,
)
from dashboard.released.compared_series import changes_of_series
from dashboard.released.goal_statuses import SUPPRESSED, status_of_series
from dashboard.released.printed_changes import printed_points
from dashboard.released.series import AssessedSeries, component_of
from dashboard.released.time_bands import is_in_band_of_year_before
from dashboard.released.unclear_changes import NO_CLEAR_CHANGE, why_unclear
from dashboard.rounding import Comparison, compare
from dashboard.target_text import asked_with_day, is_reading
from dashboard.texts import Text
from dashboard.wording.verdict_reasons import find_step, listed_areas, reasons_in_words
from metrics.catalogue.codelists.bands import band_of
from metrics.catalogue.codelists.units import PER_CENT, POINTS
from metrics.catalogue.definitions.indicators import Kind
from metrics.catalogue.definitions.targets import StepTarget
from metrics.catalogue.materiality import materiality
from metrics.catalogue.methods import methods, reason_sentences
from metrics.core.period import ReferencePeriod
from metrics.core.status_by_rule import KEEP_AT
from metrics.core.tables import (
    AREAS_REACHED,
    BREAK,
    CASES,
    CHAINED_INDEX,
    CHANGE_IN_POINTS,
    MEDIAN,
    NORMAL,
    STEP,
    TOTAL,
    YEAR_ON_YEAR,
)
from metrics.core.verdict_codes import NO_VERDICT, Reason, Step
from metrics.core.verdicts import Status

PRINTED_DIFFERENCES = {"met", "missed", "changed", "unclear", "wide"}  # they name a difference
# The reasons that decide a status; all others limit what it says.
DECISIVE = NO_VERDICT | {Reason.BELOW_THRESHOLD, Reason.AT_LIMIT, Reason.FURTHER_FROM_LEVEL}
RESERVATIONS = {  # said about the figure already
    Reason.PROVISIONAL, Reason.ESTIMATED, Reason.LOW_RELIABILITY, Reason.UNVALIDATED,
    Reason.EXPERIMENTAL, Reason.NOT_SIGNIFICANT, Reason.DEROGATION,
    Reason.DEFINITION_DIFFERS, Reason.SPECIAL_EVENT,
}  # fmt: skip


@dataclass(frozen=True)
class Account:
    """What is said about a series: the verdict with its figure, and its reasons."""

    verdict: str
    measured: Sequence[str] = ()
    why: Sequence[str] = ()
    limits: Sequence[str] = ()

    @property
    def sentences(self) -> list[str]:
        return [self.verdict, *self.measured, *self.why, *self.limits]


def sentences(series: AssessedSeries, release: Release | None, text: Text) -> list[str]:
    return account_of(series, release, text).sentences


def account_of(series: AssessedSeries, release: Release | None, text: Text) -> Account:
    """The verdict with period, value and gap; what was measured, why, and what limits it."""
    if series.last_known is None:
        return Account(absence_sentence(series, text))
    official, is_absent = series.official, absent_latest(series) is not None
    return Account(
        absence_sentence(series, text) if is_absent else verdict_sentence(series, text),
        [
            *latest_figure_sentences(series, text),
            *counted_step_sentences(series, text),
            *change_sentences(series, release, text),
            *carried_sentences(series, text),
        ],
        [*status_sentences(official, text), *unbound_sentences(official, text)],
        [
            *reservation_sentences(series, text),
            *limit_sentences(series, text),
            *baseline_sentences(series, official, text),
            *coverage_sentences(series, text),
        ],
    )


def absence_sentence(series: AssessedSeries, text: Text) -> str:
    area = text.code("area", series.area)
    if series.last_row is None:
        return text("sentence.nothing", area=area)
    period, why = text.period(series.last_row["period"]), why_absent(series.last_row, text)
    return text("sentence.absent", area=area, period=period, why=why)


def verdict_sentence(series: AssessedSeries, text: Text) -> str:
    """The status with its period, the value, and how far it is from what it is compared with."""
    official, row = series.official, assessed_row(series)
    names = {
        "area": text.code("area", series.area),
        "period": text.period(row["period"]),
        "value": figure_in_words(series, row, text),
    }
    of_step = "_step" if series.component == STEP else ""
    if official is None:
        return text(f"sentence.figure{of_step}", **names)
    own, found = status_of_series(series), comparison_in_words(series, official, text)
    if own.mark == SUPPRESSED and series.last_row is not None:
        later = text("sentence.suppressed", period=text.period(series.last_row["period"]))
        return " ".join([text(f"sentence.figure{of_step}", **names), later])
    status = dated_status(own.mark, "", text, last=own.last)
    if not found:
        return text(f"sentence.verdict{of_step}", status=status, **names)
    return text("sentence.verdict_compared", status=status, found=found, **names)


def latest_figure_sentences(series: AssessedSeries, text: Text) -> Iterator[str]:
    """The latest figure, where an earlier one is assessed or a later one is absent."""
    latest = series.last_known or {}
    if assessed_row(series)["period"] != latest["period"] or absent_latest(series):
        period, value = text.period(latest["period"]), latest_value(series, text)
        yield text("sentence.latest", period=period, value=value)


def counted_step_sentences(series: AssessedSeries, text: Text) -> Iterator[str]:
    """Which step the States counted have reached, where no status names it."""
    if series.component == AREAS_REACHED and series.official is None:
        yield text("sentence.counted_step", asked=counted_step(series, text))


def counted_step(series: AssessedSeries, text: Text) -> str:
    """`at least “gaps identified”`: what the States that are counted have reached."""
    indicator = series.indicator
    return text("asked.step", step=text.code("step", indicator.reached_at or indicator.ladder[-1]))


def latest_value(series: AssessedSeries, text: Text) -> str:
    """The latest value as every page gives it, in the decimals of the verdict on it."""
    return figure_in_words(series, series.last_known or {}, text)


def figure_in_words(series: AssessedSeries, row: Mapping[str, Any], text: Text) -> str:
    return series.format_figure(row, text, decimals_of_comparison(series, row))


def decimals_of_comparison(series: AssessedSeries, row: Mapping[str, Any]) -> int | None:
    """As many as the verdict on a row needs; None if it prints no difference."""
    official = series.official
    compared = compared_values(series, official)
    if official is None or compared is None or official.verdict.period != row.get("period"):
        return None
    is_printed = comparison_outcome(series, official, compared) in PRINTED_DIFFERENCES
    return compared.decimals if is_printed else None


def change_sentences(series: AssessedSeries, release: Release | None, text: Text) -> Iterator[str]:
    """The released change on the year before: of shares in percentage points, else in per cent.

    The earlier value is printed instead where the release or the status says that the change is
    not clear, and where it would rest on fewer cases than the smallest base.
    """
    row = change_row(series, release)
    if row is None:
        return
    if is_in_band_of_year_before(series, row["period"]):
        yield text("sentence.same_band")
        return
    change, before = rounded_change(row, series), value_without_change(row, series, release)
    is_change = bool(change.difference or row.get("limit"))
    is_unclear_total = is_total(row) and bool(why_unclear(row))
    if is_change and (before is not None or is_unclear_total):
        yield in_place_of_change(row, before, series, text)
        return
    yield change_sentence(row, change, text) if is_change else text("sentence.unchanged")


def in_place_of_change(
    row: Mapping[str, Any], before: Mapping[str, Any] | None, series: AssessedSeries, text: Text
) -> str:
    """The figure of the year before; that the same States did not change where others are in it."""
    totals = (row, before or {}, series.last_known or {})
    has_other_states = len({total.get("areas_reporting") for total in totals}) > 1
    is_of_panel = is_total(row) and has_other_states and why_unclear(row) == NO_CLEAR_CHANGE
    if before is None or is_of_panel:
        return text.counted("sentence.unclear_matched", int(row["areas_reporting"]))
    return text("sentence.year_before", value=series.format_figure(before, text))


def rounded_change(row: Mapping[str, Any], series: AssessedSeries) -> Comparison:
    """A change of shares has their decimals; one in per cent as many as it needs."""
    if row["component"] != CHANGE_IN_POINTS:
        return compare(row["value"], 0)
    period = str(row["period"])
    return printed_points(series, year_before(period), period, row["value"])


def value_without_change(
    row: Mapping[str, Any], series: AssessedSeries, release: Release | None
) -> Mapping[str, Any] | None:
    """The figure of the year before, if the change from it is not printed; else None."""
    period = (series.last_known or {})["period"]
    earlier = year_before(period)
    earlier_row = series.row_in(earlier) or {}
    before = earlier_row.get("value")
    if before is None or pd.isna(before):
        return None
    is_count = series.indicator.kind in {Kind.FLOW, Kind.STOCK} and series.unit != PER_CENT
    is_small = is_count and 0 < before < materiality().smallest_base
    is_unclear = series.official is not None and series.official.is_change_unclear
    change = changes_of_series(series, release).get((earlier, period), {})
    is_unclear |= bool(why_unclear(row) or why_unclear(change))
    return earlier_row if is_small or is_unclear else None


def change_sentence(row: Mapping[str, Any], change: Comparison, text: Text) -> str:
    """The change; for a group of areas it is that of the areas which reported in both years."""
    is_share = row["component"] == CHANGE_IN_POINTS
    sign = "+" if change.difference > 0 else ""
    values = {
        "percent": text.signed(change.difference, change.decimals),
        "points": sign
        + text.difference(change.difference, POINTS, change.decimals, fixed=change.is_fixed),
    }
    values = {name: text.limited(written, row.get("limit")) for name, written in values.items()}
    if is_total(row):
        key = "sentence.points_matched" if is_share else "sentence.change_matched"
        return text.counted(key, int(row["areas_reporting"]), **values)
    return text("sentence.change_points" if is_share else "sentence.change", **values)


def change_row(series: AssessedSeries, release: Release | None) -> Mapping[str, Any] | None:
    """The row with the change to the latest value, as released; None if there is none."""
    if not has_released_change(series):
        return None
    component = CHANGE_IN_POINTS if series.unit == PER_CENT else YEAR_ON_YEAR
    rows = component_of(series, release, component)
    period = (series.last_known or {})["period"]
    at = (row for row in rows if row["period"] == period and not pd.isna(row["value"]))
    return next(at, None)


def has_released_change(series: AssessedSeries) -> bool:
    """Whether the released change is that of the component: of the headline, or of one band."""
    is_of_band = series.component == CASES and series.codes.get("band", TOTAL) != TOTAL
    return not series.other_component or series.component == CHAINED_INDEX or is_of_band


def year_before(period: str) -> str:
    return str(ReferencePeriod.parse(period).year_before)


def coverage_sentences(series: AssessedSeries, text: Text) -> Iterator[str]:
    """Who has reported, and how many had for the period before if the number differs."""
    latest = series.last_known or {}
    earlier = [row for row in series.rows
               if row["period"] < latest["period"] and not pd.isna(row["value"])]  # fmt: skip
    before = earlier[-1] if earlier else None
    yield from filter(None, [coverage_note(latest, text, "sentence.coverage", before)])


def comparison_in_words(series: AssessedSeries, assessment: Assessment, text: Text) -> str:
    """How far a value is from its path or level or, where none was agreed, from the baseline.

    Empty where it is compared with nothing. A value calculated back is named as one.
    """
    compared = compared_values(series, assessment)
    if compared is None or series.component == STEP or not assessment.has_comparison:
        return ""
    outcome = comparison_outcome(series, assessment, compared)
    digits = compared.decimals if outcome in PRINTED_DIFFERENCES else None
    sign = "+" if compared.difference > 0 else ""
    change, gap = (
        text.difference(size, series.unit, compared.decimals, fixed=compared.is_fixed)
        for size in (compared.difference, abs(compared.difference))
    )
    return text(
        f"sentence.{subject_of(assessment)}_{outcome}",
        expected=expected_in_words(series, assessment, digits, text),
        limited=", ".join(map(text.period, limited_periods(series, assessment))),
        gap=gap,
        change=sign + change,
        smallest=text.number(materiality().smallest_base),
    )


def baseline_sentences(
    series: AssessedSeries, assessment: Assessment | None, text: Text
) -> Iterator[str]:
    """What qualifies the value from which the series is assessed, as for the latest value."""
    flag = baseline_flag(series, assessment, text)
    if assessment and flag:
        period = text.period(assessment.verdict.baseline_period)
        yield text("sentence.baseline_flag", period=period, flag=flag)


def baseline_flag(series: AssessedSeries, assessment: Assessment | None, text: Text) -> str:
    """`estimated value`; empty for a normal value, and for one computed in its place.

    A series may be assessed from a break on: its first value is comparable with what follows.
    """
    if assessment is None or not assessment.verdict.baseline_period or assessment.is_backcast:
        return ""
    if assessment.rule in RULES_WITHOUT_BASELINE:
        return ""
    row = series.row_in(assessment.verdict.baseline_period) or {}
    status = row.get("observation_status") or NORMAL
    if status in {NORMAL, BREAK} or pd.isna(row["value"]):
        return ""
    return text.code("observation_status", status)


def expected_in_words(
    series: AssessedSeries, assessment: Assessment, digits: int | None, text: Text
) -> str:
    """What is expected; where only a direction was agreed, the start with its period."""
    verdict = assessment.verdict
    expected = verdict.expected_value or 0.0
    if assessment.rule == KEEP_AT:
        return text.quantity(expected, series.unit)  # as agreed
    written = series.format_value(expected, text, digits)
    if assessment.has_level:
        return written
    value = text.limited(written, limit_of_start(series, assessment))
    key = "sentence.start_comparable" if assessment.is_backcast else "sentence.start"
    return text(key, value=value, period=text.period(verdict.baseline_period))


def limit_of_start(series: AssessedSeries, assessment: Assessment) -> str:
    """The limit of the value at the start; "" where a level is agreed, or the start is exact."""
    if assessment.has_level or assessment.is_backcast:
        return ""
    return str((series.row_in(assessment.verdict.baseline_period) or {}).get("limit") or "")


def limited_periods(series: AssessedSeries, assessment: Assessment) -> list[str]:
    """Which of the two periods that are compared has only a limit as its figure.

    A value calculated back replaces the figure at the start.
    """
    verdict = assessment.verdict
    start = [] if assessment.is_backcast else [verdict.baseline_period]
    compared = [*start, verdict.period]
    return [period for period in compared if (series.row_in(period) or {}).get("limit")]


def unbound_sentences(assessment: Assessment | None, text: Text) -> Iterator[str]:
    """The States that a commitment does not bind: they are not among those counted."""
    step = find_step(assessment, Step.STATES_NOT_BOUND) if assessment else None
    if step is not None:
        areas = [text.code("area", area) for area in listed_areas(step)]
        yield text.counted("sentence.not_bound", len(areas), areas=", ".join(areas))


def subject_of(assessment: Assessment) -> str:
    """What the value is compared with: a number of States, a level, a path, or the start."""
    if assessment.rule in COUNTED_RULES:
        return "reached"
    if assessment.rule == KEEP_AT:
        return "level"
    return "path" if assessment.has_level else "direction"


def comparison_outcome(series: AssessedSeries, assessment: Assessment, compared: Comparison) -> str:
    """The last part of a sentence's key; a movement of nothing is never said.

    A figure that cannot improve further is said to be there, for the first time or not.
    """
    if Reason.LIMIT in assessment.verdict.reasons:
        return "bounded"
    if Reason.AT_LIMIT in assessment.verdict.reasons and not assessment.has_level:
        return "limit"
    if compared.difference == 0:
        return "same"
    if assessment.has_level:
        return "met" if (assessment.verdict.gap or 0) >= 0 else "missed"
    if not assessment.is_change_unclear:
        return "changed"
    return unclear_outcome(series, assessment, compared)


def unclear_outcome(series: AssessedSeries, assessment: Assessment, compared: Comparison) -> str:
    """Why a difference from the start has no direction: the last part of a sentence's key."""
    if Reason.SMALL_BASE in assessment.verdict.reasons:
        return "small"
    if Reason.PARTICIPANTS_UNKNOWN in assessment.verdict.reasons:
        return "shared"
    if series.component == MEDIAN:
        is_same_band = band_of(float(compared.value)) == band_of(float(compared.other))
        return "bands" if is_same_band else "wide"
    return "unclear"


def carried_sentences(series: AssessedSeries, text: Text) -> Iterator[str]:
    """The comparable value of the baseline beside the value that was reported for it."""
    official = series.official
    comparable = comparable_baseline(official) if official else None
    if official is None or comparable is None or official.verdict.expected_value is None:
        return
    verdict = official.verdict
    digits = None if official.has_level else decimals_of_comparison(series, assessed_row(series))
    reported = series.row_in(verdict.baseline_period) or {}
    values = {
        "period": text.period(verdict.baseline_period),
        "latest": text.period(verdict.period),
        "expected": series.format_value(comparable, text, digits),
    }
    if pd.isna(reported.get("value")):
        yield text("sentence.carried_absent", why=why_absent(reported, text), **values)
    else:
        values["reported"] = series.format_figure(reported, text, digits)
        is_same = values["reported"] == values["expected"]
        yield text("sentence.carried_same" if is_same else "sentence.carried", **values)


def comparable_baseline(assessment: Assessment) -> float | None:
    """The value calculated back to the baseline; in the history it is known of a direction only."""
    verdict = assessment.verdict
    if not verdict.baseline_period or not assessment.is_backcast:
        return None
    if verdict.baseline_value is None and not assessment.has_level:
        return verdict.expected_value
    return verdict.baseline_value


def status_sentences(assessment: Assessment | None, text: Text) -> Iterator[str]:
    """By which method, what was agreed, and the reasons that decide the status."""
    if assessment is None:
        return
    is_assessed = assessment.computed != Status.NOT_ASSESSED
    if is_assessed and not assessment.has_level:
        is_read = is_reading(assessment.asked)
        yield text("sentence.no_level_or_direction" if is_read else "sentence.no_level")
    asked = asked_with_day(assessment.asked, text) if is_assessed else ""
    if asked:
        yield text("sentence.asked", asked=asked)
    if asked and isinstance(assessment.asked, StepTarget):
        yield from accession_sentences(assessment, text)
    yield text("sentence.method", method=method_name(assessment.method, text))
    if assessment.override:
        yield text("sentence.computed", status=text(f"status.{assessment.computed}"))
    if reasons := reasons_in_words(assessment, text, DECISIVE):
        yield reasons


def accession_sentences(assessment: Assessment, text: Text) -> Iterator[str]:
    """The deadline of a State that acceded after the day agreed, as the calculation has it."""
    step = find_step(assessment, Step.DAY_OF_ACCESSION)
    if step is not None:
        day = date.fromisoformat(str(step.value))
        yield text("sentence.accession", day=text.date(day))


def reservation_sentences(series: AssessedSeries, text: Text) -> Iterator[str]:
    """What qualifies the latest figure: provisional, late, estimated from bands."""
    latest = series.last_known or {}
    note = reservation(latest, text)
    if note:
        yield text("sentence.reservation", period=text.period(latest["period"]), note=note)


def limit_sentences(series: AssessedSeries, text: Text) -> Iterator[str]:
    """The reasons that do not decide the status, and that nothing has said yet."""
    assessment = series.official
    if assessment is None:
        return
    is_noted = bool(reservation(assessed_row(series), text))
    is_counted = any(coverage_sentences(series, text))
    mentioned = DECISIVE | reasons_given_earlier(assessment) | (RESERVATIONS if is_noted else set())
    mentioned |= {Reason.PART_OF_THE_STATES} if is_counted else set()
    unmentioned = {*assessment.verdict.reasons} - mentioned
    if reasons := reasons_in_words(assessment, text, unmentioned):
        yield reasons


def reasons_given_earlier(assessment: Assessment) -> set[str]:
    """The reasons that the sentence on the comparable value has given already."""
    is_carried_said = comparable_baseline(assessment) is not None
    is_said = is_carried_said and assessment.verdict.expected_value is not None
    return {Reason.MATCHED_PANEL} if is_said else set()


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
