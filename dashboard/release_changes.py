"""What changed since the release before: statuses of goals, and figures that were revised."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dashboard import data
from dashboard.context import PageContext
from dashboard.data import records
from metrics.catalogue.loader import catalogue
from metrics.core.load_once import load_once
from metrics.release.changes import changed_statuses
from metrics.release.store import StoredRelease


@dataclass(frozen=True)
class ReleaseChanges:
    """Changes of a release since the one before; without one, `before` is empty."""

    before: str = ""  # its label
    revised: int = 0
    # Goal and area → the status before, where that of the headline series differs.
    statuses: Mapping[tuple[str, str], str] = field(default_factory=dict)


def changes_of_release(context: PageContext) -> ReleaseChanges:
    """What the release that is shown has changed."""
    release = context.release
    if release is None:
        return ReleaseChanges()
    older = context.labels[context.labels.index(release.label) + 1 :]
    label = older[0] if older else ""
    before = data.release_store().open(context.collection.code, label) if label else None
    revised = len(release.stored.table("revisions"))
    if before is None:
        return ReleaseChanges(revised=revised)
    return ReleaseChanges(label, revised, headline_changes(before, release.stored))


@load_once(maxsize=16)
def headline_changes(before: StoredRelease, after: StoredRelease) -> Mapping[tuple[str, str], str]:
    goals = catalogue().goals
    changed = changed_statuses(before.table("assessments"), after.table("assessments"))
    return {
        (row["goal"], row["area"]): row["before"]
        for row in records(changed)
        if row["goal"] in goals and row["target"] in goals[row["goal"]].headline_targets
    }
