"""Ways to judge progress: one module each, chosen by name in a goal's file."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from metrics.definitions import Direction, Words
from metrics.discover import discover
from metrics.model import Point, Verdict


@dataclass(frozen=True)
class Method:
    """A published way to judge a series against a target.

    `judge(points, target, direction, on)` is given the points of one series in any order, the
    target (a `metrics.definitions.Target`), the wanted direction, and the day of the release.
    """

    name: str
    title: Words
    source: str  # where the formula and its thresholds are published
    rules: frozenset[str]  # the target rules it can judge
    judge: Callable[[Sequence[Point], Any, Direction, date], Verdict]


@cache
def methods() -> dict[str, Method]:
    return {each.name: each for each in discover(sys.modules[__name__], Method)}
