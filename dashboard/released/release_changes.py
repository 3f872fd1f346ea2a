"""What changed between two releases: statuses of goals, and figures that differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from dashboard import data
from dashboard.context import PageContext
from dashboard.data import records
from dashboard.rows_by_key import Record
from metrics.catalogue.loader import catalogue
from metrics.core.errors import SubmissionError
from metrics.core.load_once import load_once
from metrics.core.tables import KEY
from metrics.release.changes import (
    FigureChange,
    changed_figures,
    changed_statuses,
    compare_assessments,
    explain_statuses,
)
from metrics.release.store import ReleaseStore, StoredRelease

VERSIONS = ("catalogue", "code")  # in `build.json`
PAIRS_KEPT = 8  # of releases, whose differences are kept in memory


@dataclass(frozen=True)
class ReleaseChanges:
    """Changes of a release since the one before; without one, `before` is empty."""

    before: str = ""  # its label
    figures: int = 0  # reported ones that differ, as the page Changes counts them
    revised: int = 0  # of all rounds; counted where there is no release before
    # Goal and area → the status before, where that of the headline series differs.
    statuses: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class ReleaseName:
    """Which release is compared, without any of its tables."""

    folder: Path
    inputs: str  # what it was made from: another release could be built under the same label
    as_of: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        return self.folder.name


@dataclass(frozen=True, eq=False)
class ReleaseDifference:
    """Every status and every figure that differs between two releases."""

    before: ReleaseName
    after: ReleaseName
    statuses: pd.DataFrame  # as `explain_statuses`, with `is_headline`
    figures: pd.DataFrame  # as `changed_figures`
    withdrawals: Mapping[tuple[str, ...], Record]  # of figures that the newer release lacks
    newest_submissions: Mapping[str, str]  # in the newer release: `2025/FR` → the latest of it

    @property
    def counts(self) -> Mapping[str, int]:
        """How many reported figures differ, by kind."""
        reported = self.figures[self.figures["is_reported"]]
        return {str(kind): int(n) for kind, n in reported["kind"].value_counts().items()}


def changes_of_release(context: PageContext) -> ReleaseChanges:
    """What the release that is shown has changed in the newest statuses and figures."""
    release = context.release
    if release is None or context.view.period:
        return ReleaseChanges()
    older = older_labels(context)
    label = older[0] if older else ""
    before = data.release_store().open(context.collection.code, label) if label else None
    if before is None:
        return ReleaseChanges(revised=len(release.stored.table("revisions")))
    figures = count_changes(before.folder, release.stored.folder).different_figures
    return ReleaseChanges(label, figures, statuses=headline_changes(before, release.stored))


def older_labels(context: PageContext) -> Sequence[str]:
    """The releases before the one that is shown, newest first."""
    if context.release is None:
        return ()
    return context.labels[context.labels.index(context.release.label) + 1 :]


@load_once(maxsize=16)
def headline_changes(before: StoredRelease, after: StoredRelease) -> Mapping[tuple[str, str], str]:
    changed = changed_statuses(before.table("assessments"), after.table("assessments"))
    return {
        (row["goal"], row["area"]): row["before"]
        for row in records(changed[is_of_headline(changed)])
    }


def is_of_headline(statuses: pd.DataFrame) -> pd.Series:
    """Which rows are about the headline series of their goal."""
    headlines = {
        (goal.code, target)
        for goal in catalogue().goals.values()
        for target in goal.headline_targets
    }
    pairs = zip(statuses["goal"], statuses["target"], strict=True)
    return pd.Series([pair in headlines for pair in pairs], statuses.index, dtype=bool)


def requested_difference(context: PageContext) -> ReleaseDifference | None:
    """The difference from the release that the address names, by default from the one before.

    None if there is no earlier release.
    """
    older, release = older_labels(context), context.release
    if release is None or not older:
        return None
    label = context.view.before if context.view.before in older else older[0]
    before = data.release_store().open(context.collection.code, label)
    return find_difference(name_release(before), name_release(release.stored)) if before else None


def name_release(release: StoredRelease) -> ReleaseName:
    return ReleaseName(release.folder, str(release.facts.get("inputs", "")), release.as_of)


@load_once(maxsize=PAIRS_KEPT)
def find_difference(older: ReleaseName, newer: ReleaseName) -> ReleaseDifference:
    """Compare two releases; by their names, so that the result does not keep their tables."""
    before, after = open_folder(older.folder), open_folder(newer.folder)
    values_before, values = (one.table("indicator_values") for one in (before, after))
    withdrawn = after.table("withdrawals")
    statuses = explain_statuses(
        compare_assessments(before.table("assessments"), after.table("assessments")),
        values_before,
        values,
        is_same_version=all(before.facts.get(key) == after.facts.get(key) for key in VERSIONS),
    )
    return ReleaseDifference(
        older,
        newer,
        statuses.assign(is_headline=is_of_headline(statuses)),
        changed_figures(values_before, values, withdrawn),
        {tuple(row[name] for name in KEY): row for row in records(withdrawn)},
        newest_submissions(values["submission"]),
    )


def newest_submissions(submissions: pd.Series) -> Mapping[str, str]:
    """Round and area → the latest submission, of those that figures come from."""
    named = pd.Series(sorted(filter(None, submissions.unique())), dtype="str")
    return {round_and_area(submission): submission for submission in named}


def round_and_area(submission: str) -> str:
    """`2025/FR` of `2025/FR/2026-11-30T0144Z`."""
    return submission.rpartition("/")[0]


@dataclass(frozen=True)
class ChangeCounts:
    """How many statuses of goals and how many reported figures differ, by kind."""

    statuses: int
    figures: Mapping[str, int]

    @property
    def different_figures(self) -> int:
        """Without those of which only the observation status differs."""
        return sum(
            number for kind, number in self.figures.items()
            if kind != FigureChange.OBSERVATION_STATUS
        )  # fmt: skip


def count_goal_statuses(statuses: pd.DataFrame) -> int:
    """How many goals have another status, each in each area once."""
    headlines = statuses.loc[statuses["is_headline"], ["goal", "area"]]
    return len(headlines.drop_duplicates())


@load_once(maxsize=256)
def count_changes(older: Path, newer: Path) -> ChangeCounts:
    """The counts alone, by the folders of two releases, so that their tables need not be kept."""
    named = (name_release(open_folder(folder)) for folder in (older, newer))
    found = find_difference(*named)
    counts = {str(kind): found.counts.get(kind, 0) for kind in FigureChange}
    return ChangeCounts(count_goal_statuses(found.statuses), counts)


def open_folder(folder: Path) -> StoredRelease:
    """Open a release by its folder; SubmissionError if it is gone."""
    release = ReleaseStore(folder.parents[1]).open(folder.parent.name, folder.name)
    if release is None:
        raise SubmissionError("no_release", collection=folder.parent.name)
    return release
