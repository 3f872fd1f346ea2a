"""What qualifies a value, or why there is none, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.data import FROM_BANDS
from dashboard.released.compared_series import OTHER_STATES, is_break_of_areas
from dashboard.released.time_bands import band_of_median
from dashboard.texts import Text
from metrics.catalogue.codelists.statuses import absence_key
from metrics.catalogue.loader import catalogue
from metrics.catalogue.released_remarks import INVENTED_REMARKS, translate_remark
from metrics.core.break_causes import BreakCause, drop_causes, parse_causes
from metrics.core.tables import (
    AREAS_REACHED,
    BREAK,
    EITHER_LIMIT,
    LOWER_LIMIT,
    NORMAL,
    UPPER_LIMIT,
)
from metrics.messages import ENGLISH

# Kinds of limit: the true value is more than the published one, less, or either.
LIMITS = (LOWER_LIMIT, UPPER_LIMIT, EITHER_LIMIT)


@dataclass(frozen=True)
class ValueMark:
    """The code that decides the shape of a value: a kind of limit, or else a status."""

    code: str
    is_limit: bool


def mark_of_value(row: Mapping[str, Any]) -> ValueMark:
    limit, status = str(row.get("limit") or ""), row.get("observation_status") or NORMAL
    if limit in LIMITS:
        return ValueMark(limit, is_limit=True)
    return ValueMark(str(status), is_limit=False)


def is_total(row: Mapping[str, Any]) -> bool:
    """Whether a row is a figure of a group of areas; a single area is expected alone."""
    expected = row.get("areas_expected")
    return bool(expected and expected > 1)


def coverage_note(
    row: Mapping[str, Any], text: Text, key: str, before: Mapping[str, Any] | None = None
) -> str:
    """How many of the areas expected are in a total; empty for a single area.

    If the number differs from that of the period before, `key` + `_changed` says both. A figure
    that was reported and is not in the total, because it is suppressed, is named separately.
    """
    if not is_total(row):
        return ""
    reporting = int(row["areas_reporting"])
    counts = {"reporting": reporting, "expected": int(row["areas_expected"])}
    named = text.counted(key, reporting, **counts)
    if before is not None and is_total(before) and before["areas_reporting"] != reporting:
        earlier = {
            "before": int(before["areas_reporting"]),
            "period": text.period(before["period"]),
        }
        named = text.counted(f"{key}_changed", reporting, **counts, **earlier)
    withheld = areas_withheld(row)
    return text.counted(f"{key}_withheld", withheld, coverage=named) if withheld else named


def areas_withheld(total: Mapping[str, Any]) -> int:
    """How many areas have reported that their figure is suppressed, so that it is in no total."""
    return int(total.get("areas_withheld") or 0)


def dated_status(status: str, period: str, text: Text, asked: str = "", last: str = "") -> str:
    """`On track`, `On track · 2022` with the period, `Achieved · 2022: at least “in force”`.

    With the last verdict of a status that is not current: `Not current (last: On track · 2022)`.
    """
    word = text(f"status.{last or status}")
    dated = f"{word} · {text.period(period)}" if period else word
    named = f"{dated}: {asked}" if asked else dated
    return f"{text(f'status.{status}')} ({text('status.last', status=named)})" if last else named


def why_absent(row: Mapping[str, Any], text: Text) -> str:
    return text(absence_key(row))


def limit_note(row: Mapping[str, Any], text: Text) -> str:
    """A note that only a limit of the value is published; empty for an exact value."""
    limit = str(row.get("limit") or "")
    return text(f"chart.limit_{limit}") if limit in LIMITS else ""


def reservation(row: Mapping[str, Any], text: Text) -> str:
    """The qualification of a value, such as `provisional value`; empty for a normal value."""
    status = row.get("observation_status") or NORMAL
    named = "" if status == NORMAL else named_status(row, status, text)
    is_in_place_of_value = pd.isna(row.get("value")) and named == why_absent(row, text)
    remarks = [named] if named and not is_in_place_of_value else []
    if row.get("late") is True:
        remarks.append(text("mark.some_late" if is_total(row) else "mark.late"))
    return ", ".join([*remarks, *unconfirmed_note(row, text), *band_note(row, text)])


def named_status(row: Mapping[str, Any], status: str, text: Text) -> str:
    """The name of a status; of a break that only a change of areas makes, with this cause."""
    name = text.code("observation_status", status)
    if status != BREAK or not is_total(row):
        return name
    return f"{name} ({text(OTHER_STATES)})" if is_break_of_areas(row) else name


def unconfirmed_note(row: Mapping[str, Any], text: Text) -> Iterator[str]:
    """A note that a number of States counts steps which not all have confirmed in the period."""
    is_count = row.get("component") == AREAS_REACHED and is_total(row)
    if is_count and row["areas_reporting"] < row["areas_expected"] and not pd.isna(row["value"]):
        yield text("mark.standing")


def band_note(row: Mapping[str, Any], text: Text) -> Iterator[str]:
    """The time band of a median that nobody reported, which is estimated from bands."""
    if row.get(FROM_BANDS) and not pd.isna(row["value"]):
        yield text("mark.band", band=text.code("band", band_of_median(row).code))


def remark_in_words(row: Mapping[str, Any], text: Text) -> str:
    """The remark on a value; that on a sum of areas says in the reader's words why it breaks."""
    remark = own_remark(row, text) or str(row.get("remark") or "")
    if not is_total(row):
        return remark
    return text.listed([drop_causes(remark), break_in_words(row, text)])


def own_remark(row: Mapping[str, Any], text: Text) -> str:
    """The remark in the reader's language, if the program wrote it; else empty."""
    remark, period = str(row.get("remark") or ""), str(row.get("period") or "")
    indicator = catalogue().indicators.get(str(row.get("indicator") or ""))
    return translate_remark(remark, period, indicator, text.language) if remark else ""


def remark_language(row: Mapping[str, Any], text: Text) -> str:
    """English beside published or invented figures, else unknown; causes of breaks are ours."""
    if is_total(row) or own_remark(row, text):
        return text.language
    is_invented = row.get("remark") in INVENTED_REMARKS.values()
    return ENGLISH if is_invented or row.get("source") else ""


def remark_in_chart(row: Mapping[str, Any], text: Text) -> str:
    """The remark on a value where no part can be marked as of another language: only if it is of
    the reader's, or of an unknown one. The notes and the table have it in any language.
    """
    is_foreign = remark_language(row, text) not in {"", text.language}
    return "" if is_foreign else remark_in_words(row, text)


def break_in_words(row: Mapping[str, Any], text: Text) -> str:
    """`new in the sum: Spain, France; no longer in it: Cyprus and 2 others`; empty if unknown."""
    if row.get("observation_status") != BREAK or not is_total(row):
        return ""
    causes = parse_causes(str(row.get("remark") or ""))
    return text.listed(cause_in_words(cause, text) for cause in causes)


def cause_in_words(cause: BreakCause, text: Text) -> str:
    areas = ", ".join(text.code("area", area) for area in cause.areas)
    if cause.unnamed:
        key = "break.more" if areas else "break.areas"
        areas = text.counted(key, cause.unnamed, areas=areas)
    return text(f"break.{cause.change}", areas=areas)
