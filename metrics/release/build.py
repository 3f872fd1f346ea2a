"""From all that was submitted to a collection to a release: one line a step."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

import pandas as pd

from metrics.catalogue.definitions import Collection
from metrics.catalogue.loader import Catalogue
from metrics.core.errors import SubmissionError, UnknownNameError
from metrics.core.version import digest_of_behaviour
from metrics.intake.reading.version import READING
from metrics.release.prior_releases import PriorRelease, find_prior_releases, read_prior_values
from metrics.release.publish import is_published, point_to, publish
from metrics.release.reporting import tabulate_reporting
from metrics.release.revisions import (
    find_revisions,
    is_changed,
    previous_observations,
    related_indicators,
)
from metrics.release.store import LABEL, ReleaseStore, read_facts
from metrics.statistics.aggregation.aggregate import aggregate
from metrics.statistics.assessment.assess import assess
from metrics.statistics.assessment.caseload import collect_cases
from metrics.statistics.assessment.overrides import Override, overrides_in
from metrics.statistics.derive import derive
from metrics.statistics.disclosure.disclose import disclose, with_true_values
from metrics.statistics.outlook import outlook
from metrics.statistics.status_history import status_history
from metrics.statistics.trajectory import trajectory
from metrics.submissions import ledger
from metrics.submissions.archive import moment_of
from metrics.submissions.desk import Desk
from metrics.submissions.ledger import Submission
from metrics.submissions.submission_store import MOMENT

SAID = ("area", "round", "vintage", "state")  # of a submission, in `build.json`
# What can change the figures of a release: a page, an export or a sentence cannot.
COMPUTING = (
    *READING,
    "statistics",
    "release/build.py",
    "release/reporting.py",
    "release/revisions.py",
)


@dataclass(frozen=True)
class Inputs:
    """All that a release is made from, and nothing else: the same inputs, the same bytes."""

    collection: Collection
    submissions: tuple[Submission, ...]
    catalogue: str
    code: str
    overrides: str = ""  # as reviewers wrote them, in YAML
    released: tuple[PriorRelease, ...] = ()  # what is out already

    @property
    def as_of(self) -> date:
        return max(moment_of(each.vintage).date() for each in self.submissions)

    @property
    def digest(self) -> str:
        files = sorted((each.name, each.digest) for each in self.submissions)
        named = [self.collection.code, self.catalogue, self.code, self.sent, files]
        said = [self.overrides] if self.overrides else []
        out = [self.out] if self.released else []
        return sha256(json.dumps([*named, *said, *out]).encode()).hexdigest()

    @property
    def label(self) -> str:
        return f"{self.as_of}-{self.digest[:6]}"

    @property
    def sent(self) -> list[dict[str, str]]:
        """Every vintage, also those that were replaced: revisions are known from them.

        `again` is the vintage that had the file first, where it was sent again.
        """
        first: dict[tuple[str, ...], str] = {}
        rows = []
        for each in sorted(self.submissions, key=attrgetter("name")):
            came = first.setdefault((each.round, each.area, each.digest), each.vintage)
            again = came if came != each.vintage else ""
            said = {name: str(getattr(each, name)) for name in SAID}
            rows.append({**said, "again": again})
        return rows

    @property
    def out(self) -> list[dict[str, str]]:
        return [asdict(each) for each in self.released]


@dataclass(frozen=True)
class BuiltRelease:
    """A frozen set of tables, where it stands, and what it was made from."""

    collection: str
    label: str
    folder: Path
    as_of: date
    inputs: str
    is_new: bool  # False where it stood there already


def build(desk: Desk, collection: str, label: str = "") -> BuiltRelease:
    """Build the release of all that is submitted, or find that it is built already.

    SubmissionError where nothing was submitted or the archive is not whole, DisclosureError
    where something may not be shown; then the release that was shown before still is.
    """
    inputs = inputs_of(desk, collection)
    release = release_of(desk, inputs, label)
    if not release.is_new:
        point_to(release.folder)
        return release
    desk.store.verify(inputs.submissions)
    publish(tables(desk, inputs), facts(release, inputs), release.folder)
    desk.ledger.record(entry(release))
    return release


def tables(desk: Desk, inputs: Inputs) -> dict[str, pd.DataFrame]:
    """The flow."""
    collection, found = inputs.collection, desk.catalogue
    observations = desk.observations(collection.code)
    out = list(known_before(desk, inputs))
    values = may_be_shown(observations, inputs, found, out)
    touched = related_indicators(
        observations.loc[is_changed(observations), "indicator"], found.indicators
    )
    then, *out = (
        each[each["indicator"].isin(touched)]
        for each in (previous_observations(observations), *out)
    )
    was = may_be_shown(then, inputs, found, out) if touched else values
    caseload = collect_cases(values, found, inputs.as_of)
    return {
        "indicator_values": values,
        "assessments": assess(caseload, overrides_of(inputs)),
        "trajectory": trajectory(caseload),
        "status_history": status_history(caseload),
        "outlook": outlook(caseload),
        "actions": desk.actions(collection.code),
        "reporting": tabulate_reporting(collection, inputs.submissions, observations, inputs.as_of),
        "revisions": find_revisions(observations, values, was),
    }


def known_before(desk: Desk, inputs: Inputs) -> Iterator[pd.DataFrame]:
    """What the releases show that are out, and beside it what they withhold, as it was sent."""
    folder = desk.processed / inputs.collection.code
    for label, shown in read_prior_values(folder, inputs.released):
        sent = read_facts(folder / label)["submissions"]
        states = {ledger.NAME.format_map(each): each["state"] for each in sent}
        yield with_true_values(shown, desk.observations(inputs.collection.code, states))


def may_be_shown(
    observations: pd.DataFrame, inputs: Inputs, found: Catalogue, out: Sequence[pd.DataFrame] = ()
) -> pd.DataFrame:
    """`out` holds the indicator values of the releases that are out already."""
    values = derive(observations, found)
    values = aggregate(values, found)
    return disclose(values, inputs.collection.disclosure, found, out)


def overrides_of(inputs: Inputs) -> tuple[Override, ...]:
    return overrides_in(inputs.overrides, f"data/overrides/{inputs.collection.code}.yaml")


def inputs_of(desk: Desk, collection: str) -> Inputs:
    found = desk.catalogue.collection(collection)
    known = tuple(desk.ledger.submissions(collection))
    if not known:
        raise SubmissionError(f"nothing was submitted to {collection!r} yet; see `empact submit`")
    written = desk.home / "data" / "overrides" / f"{collection}.yaml"
    overrides = written.read_text(encoding="utf-8") if written.is_file() else ""
    inputs = Inputs(
        found, known, desk.catalogue.version, digest_of_behaviour(*COMPUTING), overrides
    )
    out = ReleaseStore(desk.processed).facts(collection)
    ours = {"submissions": inputs.sent, "catalogue": inputs.catalogue, "code": inputs.code}
    return replace(inputs, released=find_prior_releases(out, ours))


def release_of(desk: Desk, inputs: Inputs, label: str) -> BuiltRelease:
    if label and (not LABEL.fullmatch(label) or label == "current"):
        raise UnknownNameError(
            f"{label!r} cannot label a release; use up to 64 letters, digits and . _ -"
        )
    code = inputs.collection.code
    folder = desk.processed / code / (label or inputs.label)
    is_new = not is_published(folder, inputs.digest)
    return BuiltRelease(code, folder.name, folder, inputs.as_of, inputs.digest, is_new)


def facts(release: BuiltRelease, inputs: Inputs) -> dict[str, object]:
    """What `build.json` says; no moment of building, so that building again gives the same."""
    return {
        "collection": release.collection,
        "label": release.label,
        "as_of": str(release.as_of),
        "inputs": release.inputs,
        "catalogue": inputs.catalogue,
        "code": inputs.code,
        "submissions": inputs.sent,
        "released": inputs.out,
    }


def entry(release: BuiltRelease) -> ledger.ReleaseEntry:
    return ledger.ReleaseEntry(
        collection=release.collection,
        label=release.label,
        inputs=release.inputs,
        as_of=str(release.as_of),
        built_at=f"{datetime.now(UTC):{MOMENT}}",
    )
