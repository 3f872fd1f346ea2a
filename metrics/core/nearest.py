"""Suggest the known name that was probably meant by an unknown one."""

from collections.abc import Iterable
from difflib import get_close_matches

# By difflib's ratio: `spania` is a slip for `spain` (0.73), `percent` is none for `events` (0.62).
LEAST_SIMILARITY = 0.7


def nearest_name(typed: str, names: Iterable[str], least: float = LEAST_SIMILARITY) -> str:
    """The most similar name; empty if none is so similar that it can have been meant."""
    return next(iter(get_close_matches(typed, names, n=1, cutoff=least)), "")
