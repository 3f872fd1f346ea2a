"""Find the earlier releases of a collection, against which a new one is protected.

Every one counts, whatever code or policy it was made with: the same submissions under other code
or another policy show other figures. Only a release made from the same inputs, when the same
releases existed, is the new release itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from metrics.release.store import read_table

VALUES_FILE = "indicator_values.parquet"
MADE_FROM = ("submissions", "catalogue", "code")


@dataclass(frozen=True, order=True)
class PriorRelease:
    """A release by its label, and the digest of the indicator values that it shows."""

    label: str
    digest: str


def find_prior_releases(
    facts_by_label: Mapping[str, Mapping[str, Any]], inputs: Mapping[str, object]
) -> tuple[PriorRelease, ...]:
    """The releases published before a release that is made from these inputs.

    If that release exists already, those published before it: so that building it again gives
    the same bytes.
    """
    out = {
        PriorRelease(label, facts["tables"][VALUES_FILE]) for label, facts in facts_by_label.items()
    }
    for facts in facts_by_label.values():
        out_before = {PriorRelease(**prior) for prior in facts.get("released", ())}
        if all(facts[name] == inputs[name] for name in MADE_FROM) and out_before <= out:
            return tuple(sorted(out_before))
    return tuple(sorted(out))


def read_prior_values(
    folder: Path, releases: Iterable[PriorRelease]
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Label and indicator values of each release; identical values are read once."""
    for digest, label in {release.digest: release.label for release in releases}.items():
        yield label, read_table(folder / label / VALUES_FILE, digest)
