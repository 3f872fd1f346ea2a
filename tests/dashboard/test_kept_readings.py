"""Readings of slides are kept; the one that was not asked for longest goes first."""

from pathlib import Path

from dashboard.pictures.deck_process import KEPT_READINGS, KeptReadings, ReadingKey
from dashboard.slides.entry_summaries import SlideReading


def key(number: int) -> ReadingKey:
    return ReadingKey(Path("home"), f"/goal?page={number}", "", "en", "sample", "2026", "")


def test_a_reading_that_is_asked_for_outlives_later_ones() -> None:
    readings = KeptReadings()
    for number in range(KEPT_READINGS):
        readings.put(key(number), SlideReading(str(number)))

    asked = readings.get(key(0))
    readings.put(key(KEPT_READINGS), SlideReading("one more"))

    assert asked == SlideReading("0")
    assert readings.get(key(0)) == asked
    assert readings.get(key(1)) is None
