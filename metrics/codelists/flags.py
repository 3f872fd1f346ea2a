"""Which flag an aggregate bears: the rules of Eurostat's `flagr` (eurostat/flagr at b933128)."""

from collections import Counter
from collections.abc import Sequence

from metrics.codelists.statuses import HIERARCHY

# The order of the letters that Eurostat prints; `statuses.HIERARCHY` is the same in SDMX codes.
EUROSTAT_HIERARCHY = "bdfespnu"
# A flag stands for the aggregate where this share of the weight bears it (suggested by `flagr`).
THRESHOLD = 0.5


def strongest(flags: Sequence[str], order: str = HIERARCHY) -> str:
    """The first letter of the order that any flag has; empty where none has any."""
    borne = set("".join(flags))
    return next((letter for letter in order if letter in borne), "")


def most_frequent(flags: Sequence[str]) -> tuple[str, int]:
    """The letter that stands most often, and how often; the earlier one where two are level."""
    return max(Counter("".join(flags)).items(), key=lambda each: each[1], default=("", 0))


def heaviest(flags: Sequence[str], weights: Sequence[float]) -> tuple[str, float]:
    """The letter with the largest sum of weights, and that sum; each letter of `pe` counts."""
    sums: dict[str, float] = {}
    for letters, weight in zip(flags, weights, strict=True):
        for letter in letters:
            sums[letter] = sums.get(letter, 0.0) + weight
    return max(sums.items(), key=lambda each: each[1], default=("", 0.0))


def weighted(flags: Sequence[str], weights: Sequence[float], threshold: float = THRESHOLD) -> str:
    """The heaviest letter, where it bears at least the threshold of all weight; else empty."""
    letter, weight = heaviest(flags, weights)
    return letter if letter and weight >= threshold * sum(weights) else ""
