"""The releases of a collection that are out already: what they show can be held against a new one.

A release that was made from the same submissions says the same, so it is no earlier one; building
it again then gives the same release.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import pandas as pd

from metrics.errors import SubmissionError

VALUES = "indicator_values.parquet"
OF = ("key", "digest")


@dataclass(frozen=True, order=True)
class Earlier:
    """A release by its label, and the digest of the indicator values that it shows."""

    label: str
    digest: str


def earlier(
    known: Mapping[str, Mapping[str, Any]], submissions: Iterable[Mapping[str, str]]
) -> tuple[Earlier, ...]:
    """Those of the known releases, by label, that were made from other submissions."""
    ours = _submissions(submissions)
    others = (
        Earlier(label, facts["tables"][VALUES])
        for label, facts in known.items()
        if _submissions(facts["submissions"]) != ours
    )
    return tuple(sorted(others))


def _submissions(said: Iterable[Mapping[str, str]]) -> set[tuple[str, ...]]:
    return {tuple(each[name] for name in OF) for each in said}


def values_of(folder: Path, releases: Iterable[Earlier]) -> Iterator[pd.DataFrame]:
    """The indicator values of each, once where several labels show the same."""
    for digest, label in {each.digest: each.label for each in releases}.items():
        yield _read(folder / label / VALUES, digest)


def _read(path: Path, digest: str) -> pd.DataFrame:
    """SubmissionError where the table is not what was published."""
    content = path.read_bytes() if path.exists() else b""
    if sha256(content).hexdigest() != digest:
        raise SubmissionError(
            f"{path.parent.name}/{path.name} is not what was published, and what is out must be "
            "known to protect what comes after; restore it from a backup"
        )
    return pd.read_parquet(BytesIO(content))
