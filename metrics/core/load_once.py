"""A cache for values that many threads ask for at the same moment."""

from collections.abc import Callable, Hashable
from functools import lru_cache, update_wrapper
from threading import RLock
from typing import Generic, ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Loaded = TypeVar("Loaded")

LOCKS = 64  # calls with different arguments rarely share one


class LoadOnce(Generic[Arguments, Loaded]):
    """As `lru_cache`, which lets simultaneous calls load the same value several times."""

    def __init__(self, load: Callable[Arguments, Loaded], maxsize: int | None) -> None:
        self._load = lru_cache(maxsize)(load)
        self._locks = tuple(RLock() for _ in range(LOCKS))
        self.cache_clear = self._load.cache_clear
        update_wrapper(self, load)

    def __call__(self, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Loaded:
        key: Hashable = (args, tuple(sorted(kwargs.items()))) if kwargs else args
        with self._locks[hash(key) % LOCKS]:
            return self._load(*args, **kwargs)  # type: ignore[arg-type]


def load_once(
    maxsize: int | None = None,
) -> Callable[[Callable[Arguments, Loaded]], LoadOnce[Arguments, Loaded]]:
    """Cache a function: of simultaneous calls with the same arguments one loads, others wait."""

    def decorate(load: Callable[Arguments, Loaded]) -> LoadOnce[Arguments, Loaded]:
        return LoadOnce(load, maxsize)

    return decorate
