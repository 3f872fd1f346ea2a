"""A small release of invented figures in the documented shape: every status, gap and lateness."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.data import records
from metrics.catalogue.codelists import codelist, member_states
from metrics.catalogue.definitions.goals import Goal
from metrics.catalogue.definitions.indicators import Indicator, Kind
from metrics.catalogue.definitions.targets import Target
from metrics.catalogue.loader import catalogue
from metrics.catalogue.methods import methods
from metrics.core.period import ReferencePeriod
from metrics.core.schemas import columns_of
from metrics.core.series import format_codes
from metrics.core.tables import (
    AREAS_REACHED,
    BREAKDOWNS,
    EU,
    MEDIAN,
    STEP,
    TOTAL,
    VALUE,
    YEAR_ON_YEAR,
)
from metrics.core.verdicts import Point, Verdict
from metrics.statistics.assessment.relative_gaps import has_relative_gap
from metrics.statistics.disclosure.withheld_areas import count_withheld_areas

YEARS = range(2020, 2026)
AS_OF = date(2026, 4, 10)
LABEL = "2026-04-10"
TOTALS = dict.fromkeys(BREAKDOWNS, TOTAL)
# Each state with something to be said about its last figures.
PECULIAR: Mapping[tuple[str, int], dict[str, Any]] = {
    ("DE", 2025): {"observation_status": "P"},
    ("FR", 2023): {"observation_status": "B", "remark": "A new register."},
    ("IT", 2024): {"observation_status": "E"},
    ("MT", 2025): {"value": None, "observation_status": "Q", "confidentiality_status": "C"},
    ("LU", 2025): {"value": None, "observation_status": "M"},
    ("BG", 2025): {"value": None, "observation_status": "O"},
    ("CY", 2025): {"value": None, "observation_status": "L"},
    ("EE", 2025): {"value": 0.0},
    ("EL", 2025): {"late": True},
    ("SE", 2022): {"value": None, "observation_status": "O"},
}
SILENT = "HR"  # has not reported the last round
IN_BANDS = "IT"  # reports times in bands: its medians are estimated, and nobody sent them
REVIEWED = "PT"  # its official statuses were set by a reviewer


def write_release(home: Path, collection: str = "sample", label: str = LABEL) -> Path:
    """Every table of a release below `home`, and the pointer to it."""
    folder = home / "data" / "processed" / collection / label
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in released_files().items():
        (folder / name).write_bytes(content)
    facts = {"collection": collection, "label": label, "as_of": str(AS_OF), "catalogue": "test"}
    (folder / "build.json").write_text(json.dumps(facts), encoding="utf-8")
    (folder.parent / "current").write_text(label, encoding="utf-8")
    return folder


@cache
def released_files() -> Mapping[str, bytes]:
    """The file of each table, computed once for every workspace that is written."""
    values = indicator_values()
    tables = {
        "indicator_values": values,
        "assessments": assessments(values),
        "actions": actions(),
        "reporting": reporting(),
        "outlook": outlook(),
        "revisions": pd.DataFrame(columns=columns_of("revisions")),
    }
    return {f"{name}.parquet": table.to_parquet(index=False) for name, table in tables.items()}


def indicator_values() -> pd.DataFrame:
    rows = [row for each in catalogue().indicators.values() for row in of_indicator(each)]
    columns = columns_of("indicator_values")
    values = pd.DataFrame(rows).reindex(columns=columns).astype({"value": float})
    values = values.assign(materiality="")  # as in a release without `period_changes`
    return count_withheld_areas(values)


def of_indicator(indicator: Indicator) -> Iterator[dict[str, Any]]:
    for codes in series_of(indicator):
        states = [
            row
            for at, area in enumerate(member_states())
            for row in of_state(indicator, area, codes, at)
        ]
        yield from states
        if indicator.adds_up_over_areas and indicator.kind is not Kind.PUBLISHED_RATIO:
            yield from of_union(indicator, codes, states)


def series_of(indicator: Indicator) -> Iterator[dict[str, str]]:
    """The total, and each code of each simple breakdown."""
    if indicator.has_total:
        yield {}
    for breakdown in indicator.breakdowns if is_split(indicator) else ():
        (by, *others) = breakdown.by
        if not others and not breakdown.chosen and by != "band":
            yield from ({by: code} for code in breakdown.codes.get(by) or codelist(by))


def is_split(indicator: Indicator) -> bool:
    """Breakdowns of one indicator are enough to look at; some have nothing else."""
    return indicator.code == "ICSE_VICTIMS" or not indicator.has_total


def of_state(
    indicator: Indicator, area: str, codes: Mapping[str, str], at: int
) -> Iterator[dict[str, Any]]:
    for year in YEARS:
        if area == SILENT and year == YEARS[-1]:
            continue
        reported = observation(indicator, area, codes, year, value_of(indicator, at, year))
        is_submitted = area != IN_BANDS or reported["component"] != MEDIAN
        where = origin(area, year, at) if is_submitted else {}
        yield reported | where | PECULIAR.get((area, year), {})


def origin(area: str, year: int, at: int) -> dict[str, str]:
    """The submission, sheet and cell of a reported figure."""
    vintage = f"{year + 1}-04-01T0900Z"
    submission = f"sample/{year + 1}/{area}/{vintage}"
    return {"submission": submission, "sheet": "GA-1", "cell": f"E{at + 2}", "vintage": vintage}


def value_of(indicator: Indicator, at: int, year: int) -> float:
    """Rising by 3 to 16 % a year; steps climb their ladder; shares and hours stay in range."""
    grown = 1 + (0.03 + 0.013 * (at % 11)) * (year - YEARS[0])
    if indicator.kind is Kind.MILESTONE:
        return float(min((at + year - YEARS[0]) // 4, len(indicator.ladder) - 1))
    if indicator.kind in {Kind.SHARE, Kind.PUBLISHED_RATIO}:
        return min(99.0, 40 + at + 3.7 * (year - YEARS[0]))
    if indicator.kind is Kind.DURATION:
        return round(90 - at - 4.5 * (year - YEARS[0]), 1)
    return float(round((40 + 17 * at) * grown))


def observation(
    indicator: Indicator, area: str, codes: Mapping[str, str], year: int, value: float | None
) -> dict[str, Any]:
    state = {Kind.DURATION: MEDIAN, Kind.MILESTONE: STEP}.get(indicator.kind, VALUE)
    return {
        **TOTALS, **codes, "indicator": indicator.code, "component": state, "area": area,
        "period": str(year), "value": value, "observation_status": "A",
        "confidentiality_status": "F", "since": "", "reference": "", "remark": "", "source": "",
        "address": "", "limit": "", "submission": "", "sheet": "", "cell": "", "vintage": "",
        "areas_reporting": 1, "areas_expected": 1, "late": False,
    }  # fmt: skip


def of_union(
    indicator: Indicator, codes: Mapping[str, str], states: list[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    before: float | None = None
    for year in YEARS:
        given = [row["value"] for row in states if row["period"] == str(year)]
        known = [value for value in given if value is not None]
        total = together(indicator, known)
        row = observation(indicator, EU, codes, year, total) | {
            "areas_reporting": len(known),
            "areas_expected": 27,
        }
        yield row | ({"component": AREAS_REACHED} if indicator.kind is Kind.MILESTONE else {})
        if before:
            yield row | {"component": YEAR_ON_YEAR, "value": 100 * (total / before - 1)}
        before = total


def together(indicator: Indicator, known: list[float]) -> float:
    if indicator.kind is Kind.MILESTONE:
        return float(sum(value >= 2 for value in known))
    if indicator.kind in {Kind.SHARE, Kind.DURATION}:
        return round(sum(known) / len(known), 1)
    return sum(known)


def assessments(values: pd.DataFrame) -> pd.DataFrame:
    """By the official method and those beside it, of every series that has a target."""
    named: dict[tuple[str, str], dict[str, list[dict[str, Any]]]] = {}
    for row in records(values.astype(object)):
        if row["component"] != YEAR_ON_YEAR:
            series = named.setdefault((row["indicator"], row["area"]), {})
            series.setdefault(format_codes(row), []).append(row)
    rows = [
        assessment
        for goal in catalogue().goals.values()
        for target in goal.targets
        for area in (EU, *member_states())
        for written, series in named.get((target.indicator, area), {}).items()
        if is_meant(target, written)
        for assessment in assessed(goal, target, series)
    ]
    return pd.DataFrame(rows).reindex(columns=columns_of("assessments"))


def is_meant(target: Target, written: str) -> bool:
    has_total = catalogue().indicators[target.indicator].has_total
    return written == format_codes(target.at) if target.at or has_total else bool(written)


def assessed(goal: Goal, target: Target, rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    direction = catalogue().indicators[target.indicator].direction
    at = {name: rows[0][name] for name in ("indicator", "area", *BREAKDOWNS)}
    for name in (target.method, *target.beside):
        verdict = methods()[name].assess([point(row) for row in rows], target, direction, AS_OF)
        yield stored(verdict) | at | {
            "goal": goal.code, "target": target.id, "method": name,
            "official": name == target.method, "relative_gap": relative_gap_of(verdict, at["indicator"]),
        } | override(name == target.method, at["area"])  # fmt: skip


def relative_gap_of(verdict: Verdict, code: str) -> float | None:
    gap, expected = verdict.gap, verdict.expected_value
    is_given = gap is not None and expected and has_relative_gap(catalogue().indicators[code])
    return 100 * gap / abs(expected) if is_given and gap is not None and expected else None


def override(is_official: bool, area: str) -> dict[str, str]:
    """A reviewer has set what is official for one state."""
    said = ("achieved", "Verified on the spot.", "Head of unit", "2026-04-09")
    names = ("override_status", "override_reason", "override_by", "override_on")
    is_set = is_official and area == REVIEWED
    return dict(zip(names, said if is_set else [""] * len(names), strict=True))


def point(row: Mapping[str, Any]) -> Point:
    period, value = ReferencePeriod.parse(row["period"]), float(row["value"])
    return Point(
        period, value, row["observation_status"], row["confidentiality_status"], row["since"]
    )


def stored(verdict: Verdict) -> dict[str, Any]:
    """As a release stores it."""
    lines = [asdict(each) for each in verdict.arithmetic]
    return asdict(verdict) | {
        "status": str(verdict.status),
        "path": json.dumps(verdict.path),
        "arithmetic": json.dumps(lines),
    }


def outlook() -> pd.DataFrame:
    """For one goal: where a state's trend leads, and why another has none."""
    path = json.dumps([[2026.5, 650.0, 600.0, 700.0], [2027.5, 675.0, 610.0, 740.0]])
    target = catalogue().goals["GA-1.1"].targets[0]
    common = {**TOTALS, "goal": "GA-1.1", "target": target.id, "indicator": target.indicator}
    leads = {"reason": "", "path": path, "meets": "on_this_trend", "meets_in": "2027"}
    none = {"reason": "too_few_points", "path": "[]", "meets": "", "meets_in": ""}
    return pd.DataFrame([common | {"area": "FI"} | leads, common | {"area": "SE"} | none])


def actions() -> pd.DataFrame:
    declared = [
        ("FI", "GA-1", "GA-1.1", "undertaken", "Access to the ICSE database is in use.", "", "done"),
        ("FI", "GA-1", "GA-1.1;GA-2.1", "planned", "The legislation will be updated.", "2026-2027", "under_way"),
        ("FI", "GA-3", "GA-3.1", "planned", "A campaign for parents in all schools.", "2027", ""),
        ("EL", "GA-4", "GA-4.2", "undertaken", "The national hotline is supported.", "", "half done"),
    ]  # fmt: skip
    names = ["area", "policy_target", "goals", "status", "description", "timeframe", "progress"]
    rows = pd.DataFrame(declared, columns=names)
    return rows.assign(partner="", round="2025", vintage="2026-03-31T0915Z")


def reporting() -> pd.DataFrame:
    def status(area: str, year: int) -> str:
        if (area, year) == (SILENT, YEARS[-1]):
            return "missing"
        return "late" if PECULIAR.get((area, year), {}).get("late") else "on_time"

    received = {"missing": "", "late": "{}-04-12", "on_time": "{}-03-20"}
    rows = [
        {
            "area": area, "round": str(year), "status": status(area, year),
            "received": received[status(area, year)].format(year + 1),
            "due": f"{year + 1}-03-31", "submission": "", "vintage": "", "n_observations": 180,
        }
        for area in member_states()
        for year in YEARS
    ]  # fmt: skip
    return pd.DataFrame(rows)
