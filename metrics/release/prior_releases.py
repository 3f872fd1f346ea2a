"""The releases of a collection that are out already: what they show can be held against a new one.

Every one counts, whatever made it: the same submissions under other code or another policy show
other figures. Only what was made alike, and against the same releases, is the release itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from metrics.release.store import read_table

VALUES = "indicator_values.parquet"
MADE_OF = ("submissions", "catalogue", "code")


@dataclass(frozen=True, order=True)
class PriorRelease:
    """A release by its label, and the digest of the indicator values that it shows."""

    label: str
    digest: str


def earlier(
    known: Mapping[str, Mapping[str, Any]], ours: Mapping[str, object]
) -> tuple[PriorRelease, ...]:
    """What was out, of the releases known by label, before one that is made of what `ours` says.

    Where such a release stands there already, what was out before that: building it again then
    gives the same.
    """
    out = {PriorRelease(label, facts["tables"][VALUES]) for label, facts in known.items()}
    for facts in known.values():
        before = {PriorRelease(**each) for each in facts.get("released", ())}
        if all(facts[name] == ours[name] for name in MADE_OF) and before <= out:
            return tuple(sorted(before))
    return tuple(sorted(out))


def values_of(folder: Path, releases: Iterable[PriorRelease]) -> Iterator[tuple[str, pd.DataFrame]]:
    """Label and indicator values of each, once where several labels show the same."""
    for digest, label in {each.digest: each.label for each in releases}.items():
        yield label, read_table(folder / label / VALUES, digest)
