"""A value that is asked for by many at the same moment is loaded once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest

from metrics.core.load_once import load_once

READERS = 20


def test_simultaneous_calls_load_each_value_once() -> None:
    loaded: list[str] = []
    together = Barrier(READERS)

    @load_once()
    def load(label: str) -> str:
        loaded.append(label)
        sleep(0.05)
        return label.upper()

    def read(number: int) -> str:
        together.wait()
        return load("ab"[number % 2])

    with ThreadPoolExecutor(READERS) as readers:
        read_values = list(readers.map(read, range(READERS)))

    assert sorted(loaded) == ["a", "b"]
    assert read_values == ["A", "B"] * (READERS // 2)


def test_a_failure_is_not_kept() -> None:
    attempts = []

    @load_once()
    def load(label: str) -> str:
        attempts.append(label)
        if len(attempts) == 1:
            raise OSError(label)
        return label

    with pytest.raises(OSError, match="a"):
        load("a")
    assert load("a") == "a"


def test_no_more_values_are_kept_than_allowed() -> None:
    loaded: list[int] = []

    @load_once(maxsize=1)
    def load(number: int) -> int:
        loaded.append(number)
        return number

    for number in (1, 1, 2, 1):
        load(number)
    load.cache_clear()
    load(1)
    assert loaded == [1, 2, 1, 1]


def test_a_value_may_be_loaded_with_another_of_the_same_cache() -> None:
    @load_once()
    def factorial(number: int) -> int:
        return number * factorial(number - 1) if number else 1

    assert factorial(100) == factorial(99) * 100
