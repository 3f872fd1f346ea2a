"""Build a release from all submissions to a collection."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

import pandas as pd

from metrics.catalogue.definitions.collections import Collection
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.core.version import digest_of_behaviour
from metrics.intake.reading.version import READING, workbook_words_digest
from metrics.release.build_cache import BuildCache
from metrics.release.prior_releases import (
    PriorRelease,
    find_prior_releases,
    open_prior_releases,
)
from metrics.release.publish import is_published, make_current, publish
from metrics.release.publishable_values import (
    PublishableTables,
    PublishableValues,
    publishable_tables,
)
from metrics.release.reporting import tabulate_reporting
from metrics.release.revision_summary import summarise_revisions
from metrics.release.store import LABEL, ReleaseStore
from metrics.release.suppression_cache import SuppressionCache, solving_code
from metrics.release.timeliness import tabulate_timeliness
from metrics.release.withdrawn_figures import tabulate_withdrawals
from metrics.statistics.assessment.assess import assess
from metrics.statistics.assessment.basis import assessment_basis
from metrics.statistics.assessment.overrides import overrides_in
from metrics.statistics.disclosure.withheld_areas import count_withheld_areas
from metrics.statistics.outlook import outlook
from metrics.statistics.period_changes import add_yearly_materiality, period_changes
from metrics.statistics.status_history import EarlierHistory, status_history
from metrics.statistics.trajectory import trajectory
from metrics.submissions import ledger
from metrics.submissions.archive import moment_of
from metrics.submissions.desk import Desk
from metrics.submissions.ledger import Submission
from metrics.submissions.submission_store import MOMENT

SUBMISSION_FIELDS = ("area", "round", "vintage", "state")  # the fields in `build.json`
# The code that can change the figures of a release; pages, exports and messages cannot.
COMPUTING = (
    *READING,
    "statistics",
    "release/build.py",
    "release/prior_releases.py",
    "release/publishable_values.py",
    "release/reporting.py",
    "release/revision_summary.py",
    "release/revisions.py",
    "release/suppression_cache.py",
    "release/timeliness.py",
    "release/withdrawn_figures.py",
    "submissions/accepted_cache.py",
    "submissions/partial_reports.py",
    "submissions/submitted_collections.py",
    "submissions/vintages.py",
    "submissions/withdrawals.py",
)


@dataclass(frozen=True)
class ReleaseInputs:
    """Everything that a release depends on: the same inputs give the same bytes."""

    collection: Collection
    submissions: tuple[Submission, ...]
    catalogue: str
    code: str
    overrides: str = ""  # the reviewers' YAML file
    released: tuple[PriorRelease, ...] = ()  # earlier releases

    @property
    def as_of(self) -> date:
        return max(moment_of(submission.vintage).date() for submission in self.submissions)

    @property
    def digest(self) -> str:
        files = sorted((submission.name, submission.digest) for submission in self.submissions)
        parts = [self.collection.code, self.catalogue, self.code, self.submission_rows, files]
        overrides = [self.overrides] if self.overrides else []
        released = [self.released_rows] if self.released else []
        return sha256(json.dumps([*parts, *overrides, *released]).encode()).hexdigest()

    @property
    def label(self) -> str:
        return f"{self.as_of}-{self.digest[:6]}"

    @property
    def submission_rows(self) -> list[dict[str, str]]:
        """Every vintage, including replaced ones, because revisions are derived from them.

        `again` is the first vintage with the same file, if the file was sent again.
        """
        first_vintages: dict[tuple[str, ...], str] = {}
        rows = []
        for submission in sorted(self.submissions, key=attrgetter("name")):
            file = (submission.round, submission.area, submission.digest)
            first = first_vintages.setdefault(file, submission.vintage)
            fields = {name: str(getattr(submission, name)) for name in SUBMISSION_FIELDS}
            rows.append({**fields, "again": first if first != submission.vintage else ""})
        return rows

    @property
    def made_from(self) -> dict[str, object]:
        return {
            "catalogue": self.catalogue,
            "code": self.code,
            "submissions": self.submission_rows,
        }

    @property
    def released_rows(self) -> list[dict[str, str]]:
        return [asdict(release) for release in self.released]


@dataclass(frozen=True)
class BuiltRelease:
    """Where a release is, and from which inputs it was built."""

    collection: str
    label: str
    folder: Path
    as_of: date
    inputs: str
    is_new: bool  # False if it had been published before
    values: pd.DataFrame | None = field(default=None, repr=False, compare=False)  # if it is new


def build(desk: Desk, collection: str, label: str = "") -> BuiltRelease:
    """Build the release of all submissions, unless it exists already.

    SubmissionError if nothing was submitted or the archive is damaged, DisclosureError if a
    confidential value would be shown; then the previous release stays current.
    """
    inputs = gather_inputs(desk, collection)
    release = place_release(desk, inputs, label)
    if not release.is_new:
        make_current(release.folder)
        return release
    desk.store.verify(inputs.submissions)
    staging = desk.home / "data" / "staging" / "build" / collection
    blocks = BuildCache(staging, solving_code())
    publishable = PublishableValues(
        inputs.collection.disclosure, desk.catalogue, SuppressionCache(blocks).pattern
    )
    history = desk.accepted_history(collection)
    prior = open_prior_releases(desk.processed / collection, inputs.released, inputs.made_from)
    current = history.current_observations()
    published = publishable_tables(publishable, history, current, prior)
    values = count_withheld_areas(published.values)
    tables = release_tables(desk, inputs, current, values, published.histories)
    publish(
        {**tables, **tables_of_revisions(published)},
        release_facts(release, inputs),
        release.folder,
    )
    desk.ledger.record(ledger_entry(release))
    blocks.drop_other_versions()
    return replace(release, values=values)


def release_tables(
    desk: Desk,
    inputs: ReleaseInputs,
    observations: pd.DataFrame,
    values: pd.DataFrame,
    assessed_before: Sequence[EarlierHistory] = (),
) -> dict[str, pd.DataFrame]:
    """Compute the other tables of a release from its indicator values."""
    collection = inputs.collection
    overrides = overrides_in(inputs.overrides, f"data/overrides/{collection.code}.yaml")
    basis = assessment_basis(values, desk.catalogue, inputs.as_of, collection)
    indicators = desk.catalogue.indicators
    changes = period_changes(values, indicators)
    reporting = tabulate_reporting(collection, inputs.submissions, observations, inputs.as_of)
    return {
        "indicator_values": add_yearly_materiality(values, changes, indicators),
        "period_changes": changes,
        "assessments": assess(basis, overrides),
        "trajectory": trajectory(basis),
        "status_history": status_history(basis, assessed_before),
        "outlook": outlook(basis),
        "actions": desk.actions(collection.code),
        "withdrawals": tabulate_withdrawals(desk, inputs.submissions, observations),
        "reporting": reporting,
        "timeliness": tabulate_timeliness(reporting),
    }


def tables_of_revisions(published: PublishableTables) -> dict[str, pd.DataFrame]:
    """The revised figures, and their number, direction and size by area and series."""
    revisions = published.revisions
    return {"revisions": revisions, "revision_summary": summarise_revisions(revisions)}


def gather_inputs(desk: Desk, collection: str) -> ReleaseInputs:
    definition = desk.catalogue.collection(collection)
    submissions = tuple(desk.ledger.submissions(collection))
    if not submissions:
        raise SubmissionError("nothing_submitted", collection=collection)
    path = desk.home / "data" / "overrides" / f"{collection}.yaml"
    overrides = path.read_text(encoding="utf-8") if path.is_file() else ""
    code = digest_of_behaviour(*COMPUTING) + workbook_words_digest()
    inputs = ReleaseInputs(definition, submissions, desk.catalogue.version, code, overrides)
    facts = ReleaseStore(desk.processed).facts(collection)
    return replace(inputs, released=find_prior_releases(facts, inputs.made_from))


def place_release(desk: Desk, inputs: ReleaseInputs, label: str) -> BuiltRelease:
    """Find a release's folder and whether it exists; UnknownNameError for a bad label."""
    if label and (not LABEL.fullmatch(label) or label == "current"):
        raise UnknownNameError("no_label", label=label)
    code = inputs.collection.code
    folder = desk.processed / code / (label or inputs.label)
    is_new = not is_published(folder, inputs.digest)
    return BuiltRelease(code, folder.name, folder, inputs.as_of, inputs.digest, is_new)


def release_facts(release: BuiltRelease, inputs: ReleaseInputs) -> dict[str, object]:
    """The content of `build.json`, without the time of building, so that it is reproducible."""
    return {
        "collection": release.collection,
        "label": release.label,
        "as_of": str(release.as_of),
        "inputs": release.inputs,
        **inputs.made_from,
        "released": inputs.released_rows,
    }


def ledger_entry(release: BuiltRelease) -> ledger.ReleaseEntry:
    return ledger.ReleaseEntry(
        collection=release.collection,
        label=release.label,
        inputs=release.inputs,
        as_of=str(release.as_of),
        built_at=f"{datetime.now(UTC):{MOMENT}}",
    )
