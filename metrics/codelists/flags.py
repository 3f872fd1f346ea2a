"""Which flag an aggregate bears: the rules of Eurostat's `flagr` (eurostat/flagr at b933128).

Each letter of a flag such as `pe` counts. Where several letters are level, all are given.
"""

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


def heaviest(flags: Sequence[str], weights: Sequence[float]) -> tuple[str, float]:
    """The letters with the largest sum of weights, and that sum."""
    sums: dict[str, float] = {}
    for letters, weight in zip(flags, weights, strict=True):
        for letter in letters:
            sums[letter] = sums.get(letter, 0.0) + weight
    most = max(sums.values(), default=0.0)
    return "".join(sorted(letter for letter, each in sums.items() if each == most > 0)), most


def most_frequent(flags: Sequence[str]) -> tuple[str, float]:
    """The letters that stand most often, and how often."""
    return heaviest(flags, [1] * len(flags))


def weighted(flags: Sequence[str], weights: Sequence[float], threshold: float = THRESHOLD) -> str:
    """The heaviest letters, where they bear at least the threshold of all weight; else empty."""
    letters, weight = heaviest(flags, weights)
    return letters if weight >= threshold * sum(weights) else ""
