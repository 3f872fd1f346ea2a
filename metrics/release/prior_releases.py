"""Find the earlier releases of a collection, against which a new one is protected.

Every one counts, whatever code or policy it was made with: the same submissions under other code
or another policy show other figures. Only a release made from the same inputs, when the same
releases existed, is the new release itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from metrics.release.store import read_facts, read_table
from metrics.statistics.status_history import EarlierHistory
from metrics.submissions.ledger import SUBMISSION_NAME

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


@dataclass(frozen=True)
class PriorTables:
    """What an earlier release shows, and the submissions that it was made from."""

    folder: Path
    digests: Mapping[str, str]
    states: Mapping[str, str]  # of the submissions by name, when it was built
    as_of: str  # the day, as in `build.json`
    is_same_version: bool  # made by the same code from the same definitions

    @cached_property
    def values(self) -> pd.DataFrame:
        return self._read(VALUES_FILE)

    @cached_property
    def revisions(self) -> pd.DataFrame:
        return self._read("revisions.parquet")

    @cached_property
    def status_history(self) -> EarlierHistory:
        return EarlierHistory(self._read("status_history.parquet"), date.fromisoformat(self.as_of))

    def _read(self, name: str) -> pd.DataFrame:
        return read_table(self.folder / name, self.digests[name])


def open_prior_releases(
    folder: Path, releases: Iterable[PriorRelease], inputs: Mapping[str, object]
) -> list[PriorTables]:
    """The tables of earlier releases, latest label first; those with identical values once.

    Of these, one of the same version is preferred, because what it shows can be taken over.
    """
    found: dict[str, PriorTables] = {}
    for release in sorted(releases, reverse=True):
        opened = _open(folder / release.label, release.digest, inputs)
        known = found.setdefault(release.digest, opened)
        if opened.is_same_version and not known.is_same_version:
            found[release.digest] = opened
    return list(found.values())


def _open(folder: Path, digest: str, inputs: Mapping[str, object]) -> PriorTables:
    facts = read_facts(folder)
    states = {SUBMISSION_NAME.format_map(row): row["state"] for row in facts["submissions"]}
    return PriorTables(
        folder,
        digests={**facts["tables"], VALUES_FILE: digest},
        states=states,
        as_of=str(facts.get("as_of", "")),
        is_same_version=all(facts[name] == inputs[name] for name in ("catalogue", "code")),
    )
