"""Series and targets written in a test as a reader would write them down."""

from datetime import date
from math import nan
from typing import Any

from pydantic import TypeAdapter

from metrics.catalogue.calculation_texts import describe_step
from metrics.catalogue.definitions.indicators import Direction
from metrics.catalogue.definitions.targets import Target
from metrics.catalogue.methods import methods
from metrics.core.period import ReferencePeriod
from metrics.core.tables import LOWER_LIMIT, UPPER_LIMIT
from metrics.core.verdicts import Point, Verdict

UP, DOWN, NONE = Direction.UP, Direction.DOWN, Direction.NONE
ON = date(2026, 6, 1)
CONFIDENTIAL = {"Q": "C"}
LIMIT_SIGNS = {">": LOWER_LIMIT, "<": UPPER_LIMIT}

# Police of the Czech Republic: suspects identified from NCMEC reports.
CZECH_SUSPECTS = "2017 96 | 2018 180 | 2019 215 | 2020 140 | 2021 145 | 2022 211 | 2023 151 | 2024 255 | 2025 306"
# Federal Government of Germany, yearly deletion reports: days to deletion, hosted in Germany.
GERMAN_DAYS = "2014 1.88 | 2016 2.93 | 2017 2.01 | 2019 1.42 | 2020 1.66 | 2021 2.55 | 2022 1.54"


def points(drawn: str) -> list[Point]:
    """`2020 5 | 2021 : O | 2022 7 B`: period, value (`:` for none), status; `>5` is a lower limit."""
    return [_point(*text.split()) for text in drawn.split("|")]


def _point(period: str, value: str, status: str = "A", since: str = "") -> Point:
    limit = LIMIT_SIGNS.get(value[0], "")
    number = nan if value == ":" else float(value.lstrip("<>"))
    confidential = CONFIDENTIAL.get(status, "F")
    return Point(ReferencePeriod.parse(period), number, status, confidential, since, limit)


def target(rule: str, **fields: Any) -> Any:
    usual = {
        "id": "drawn", "indicator": "DRAWN", "method": rule, "rule": rule,
        "source": {"document": "drawn", "paragraph": "1"},
    }  # fmt: skip
    return TypeAdapter[Target](Target).validate_python({**usual, **fields})


GROWTH = target("growth_per_year", percent=10)
DIRECTION = target("direction_only")


def assess(
    method: str, drawn: str, agreed_target: Any, direction: Direction = UP, on: date = ON
) -> Verdict:
    return methods()[method].assess(points(drawn), agreed_target, direction, on)


def line(verdict: Verdict, key: str) -> Any:
    """The value of the first step of the calculation with this key."""
    return next(step.value for step in verdict.arithmetic if step.key == key)


def formula(verdict: Verdict, key: str) -> str:
    """The formula of the first step with this key, as an English reader sees it."""
    return next(describe_step(step, "en").formula for step in verdict.arithmetic if step.key == key)
