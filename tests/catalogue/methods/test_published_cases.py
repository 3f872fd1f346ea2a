"""Every published assessment that can be recomputed: 243 of Statistics Canada, 90 of Destatis."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from metrics.catalogue.definitions.base import Source
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import DirectionOnly, KeepAt, LevelByDate
from metrics.catalogue.methods import methods
from metrics.core.period import ReferencePeriod
from metrics.core.verdicts import PlainValue, Point, Status, Verdict

CASES = Path(__file__).parent / "cases" / "progress_cases.csv"
Case = dict[str, str]
WANTED = {"increase": Direction.UP, "decrease": Direction.DOWN}
SHARED = {"source": Source(document="published", paragraph="1")}


def cases(publisher: str) -> list[Case]:
    with CASES.open(encoding="utf-8", newline="") as file:
        return [case for case in csv.DictReader(file) if publisher in case["source"]]


def noted(case: Case, pattern: str) -> float | None:
    found = re.search(pattern + r"=(-?[\d.]+(e-?\d+)?)", case["note"])
    return float(found[1]) if found else None


def points_of(case: Case) -> list[Point]:
    listed = re.search(r"values?: ([^)]*)\)", case["note"])
    if listed:
        values = [float(value) for value in listed[1].split(",")]
        return [
            Point(ReferencePeriod(int(case["start_year"]) + n), v) for n, v in enumerate(values)
        ]
    return [
        Point(ReferencePeriod(int(case[f"{end}_year"])), float(case[f"{end}_value"]))
        for end in dict.fromkeys(["start", "end"])
        if end == "start" or case["end_year"] != case["start_year"]
    ]


def target_of(case: Case) -> LevelByDate | DirectionOnly | KeepAt:
    shared = {"id": "published", "indicator": "X", "method": "growth_ratio", **SHARED}
    if "constant-target" in case["note"]:
        return KeepAt(rule="keep_at", value=float(case["target_value"]), **shared)
    if not case["target_value"]:
        limit = noted(case, "natural limit")
        return DirectionOnly(rule="direction_only", limit=limit, **shared)
    return LevelByDate(
        rule="level_by_date", value=float(case["target_value"]), by=case["target_year"], **shared
    )


def assessed(case: Case, method: str) -> Verdict:
    on = date(int(case["end_year"]) + 1, 6, 1)
    direction = WANTED[case["direction"]]
    return methods()[method].assess(points_of(case), target_of(case), direction, on)


def progress(verdict: Verdict) -> PlainValue:
    values = {step.key: step.value for step in verdict.arithmetic}
    return values.get("progress", values.get("growth_a_year_in_the_wanted_direction"))


ASSESSED = [case for case in cases("sdg-data-canada") if case["expected_status"] != "not_available"]
NOT_ASSESSED = [
    case for case in cases("sdg-data-canada") if case["expected_status"] == "not_available"
]
DESTATIS = [case for case in cases("dns-data") if "NOT REPRODUCED" not in case["note"]]


@pytest.mark.parametrize("case", ASSESSED, ids=lambda case: case["indicator"])
def test_statistics_canada(case: Case) -> None:
    verdict = assessed(case, "growth_ratio")

    assert verdict.category == case["expected_status"]
    assert verdict.score == pytest.approx(noted(case, "published score"), abs=1e-6)
    published = noted(case, "published progress_value")
    assert published is None or progress(verdict) == pytest.approx(published, abs=1e-6)


@pytest.mark.parametrize("case", NOT_ASSESSED, ids=lambda case: case["indicator"])
def test_statistics_canada_does_not_assess_a_single_year(case: Case) -> None:
    verdict = assessed(case, "growth_ratio")

    assert (verdict.status, verdict.reason) == (Status.NOT_ASSESSED, "too_few_points")


@pytest.mark.parametrize("case", DESTATIS, ids=lambda case: case["indicator"] + case["end_year"])
def test_destatis(case: Case) -> None:
    verdict = assessed(case, "projected_gap")

    assert verdict.category == case["expected_status"]


OPEN_SDG = {"on_track": "substantial_progress"}  # its label for the same category


@pytest.mark.parametrize("case", cases("open-sdg/open-sdg"), ids=lambda case: case["indicator"])
def test_open_sdg(case: Case) -> None:
    expected = case["expected_status"]

    assert assessed(case, "growth_ratio").category == OPEN_SDG.get(expected, expected)


def test_all_published_cases_are_tried() -> None:
    assert (len(ASSESSED), len(NOT_ASSESSED), len(DESTATIS)) == (184, 59, 87)
