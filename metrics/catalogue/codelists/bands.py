"""Time bands, and the median of counts by band."""

from collections.abc import Mapping
from functools import cache
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metrics.core.discover import read_csv
from metrics.core.tables import LOWER_LIMIT


class Band(NamedTuple):
    code: str
    from_hours: float
    to_hours: float  # infinite for the last band, which is open


class Estimate(NamedTuple):
    """A median in hours, or only a lower bound of it."""

    hours: float
    more_than: bool = False


@cache
def bands() -> tuple[Band, ...]:
    return tuple(
        Band(row["code"], float(row["from_hours"]), float(row["to_hours"] or inf))
        for row in read_csv("metrics.catalogue.codelists", "band.csv")
    )


def bands_within(hours: float) -> tuple[str, ...]:
    """The bands that end within so many hours."""
    return tuple(band.code for band in bands() if band.to_hours <= hours)


def band_of(hours: float, limit: str = "") -> Band:
    """The band in which a time lies; a time at a border ends the band before.

    A median in the open band may be known only as more than the beginning of that band.
    """
    (position,) = band_positions(np.array([hours]), np.array([limit == LOWER_LIMIT]))
    return bands()[int(position)]


def band_positions(hours: NDArray[np.float64], are_more: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The position of the band of each time, or of what is only known to be more: `band_of`."""
    last = len(bands()) - 1
    are_open = are_more & (hours >= bands()[last].from_hours)
    found = np.searchsorted([band.to_hours for band in bands()], hours)
    return np.where(are_open, last, found)


def median(cases: Mapping[str, float]) -> Estimate | None:
    """The median of counts by band, in hours; None if nothing was counted.

    L + (N/2 - F) / f * w, the cases lying evenly within their band: the textbook formula for
    grouped observations. In the open last band only its beginning is known. Medians of states are
    never averaged: {1,1,10,10,10} and {1,1,1} have the median 1, their medians the mean 6.6.
    """
    half = sum(cases.values()) / 2
    if half <= 0:
        return None
    before = 0.0
    for band in bands():
        here = cases.get(band.code, 0.0)
        if here and before + here >= half:
            return _estimate_within(band, (half - before) / here)
        before += here
    return None


def _estimate_within(band: Band, share: float) -> Estimate:
    if band.to_hours == inf:
        return Estimate(band.from_hours, more_than=True)
    return Estimate(band.from_hours + share * (band.to_hours - band.from_hours))
