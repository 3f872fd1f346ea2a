"""What was accepted, as tables: made from the archive, and kept beside it while they hold."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.errors import MetricsError
from metrics.intake.reading import ingest
from metrics.intake.reading.version import reading_version
from metrics.intake.sandbox import unpack
from metrics.intake.validate import accepted
from metrics.submissions.archive import MANY_AREAS, Archive, RawFile, SubmissionKey
from metrics.submissions.ledger import Submission
from metrics.submissions.uploads import Staging

# Two files are unpacked at a time, each in a process of its own: as many as a small machine has.
AT_ONCE = 2

# What every row of an accepted submission carries, beside its digest.
MARKS = ("collection", "round", "vintage")


@dataclass(frozen=True)
class Accepted:
    """What one submission says."""

    observations: pd.DataFrame
    actions: pd.DataFrame


@dataclass(frozen=True)
class AcceptedObservations:
    archive: Archive
    staging: Staging
    catalogue: Catalogue

    def all(self, submissions: Iterable[Submission]) -> Iterator[Accepted]:
        """In the order given; what is not at hand is unpacked, two files at a time."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(self.one, submissions)

    def figures(
        self, submissions: Sequence[Submission], columns: list[str]
    ) -> Iterator[pd.DataFrame | MetricsError]:
        """Columns of the observations of each, or what stood in the way of reading it."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            yield from pool.map(lambda each: self._figures(each, columns), submissions)

    def _figures(self, submission: Submission, columns: list[str]) -> pd.DataFrame | MetricsError:
        place = place_of_submission(submission)
        kept = self.staging.table(self._key(submission.digest, place, "observations"), columns)
        try:
            return self._made(submission).observations[columns] if kept is None else kept
        except MetricsError as wrong:
            return wrong

    def one(self, submission: Submission) -> Accepted:
        found = self._found(submission) or self._made(submission)
        marks = {name: getattr(submission, name) for name in MARKS}
        marks["submission"] = submission.name
        observations = found.observations.assign(**marks, state=submission.state)
        return Accepted(observations, found.actions.assign(**marks))

    def keep(self, digest: str, place: SubmissionKey, accepted: Accepted) -> None:
        self.staging.keep_table(self._key(digest, place, "observations"), accepted.observations)
        self.staging.keep_table(self._key(digest, place, "actions"), accepted.actions)

    def _found(self, submission: Submission) -> Accepted | None:
        place = place_of_submission(submission)
        observations = self.staging.table(self._key(submission.digest, place, "observations"))
        actions = self.staging.table(self._key(submission.digest, place, "actions"))
        return None if observations is None or actions is None else Accepted(observations, actions)

    def _made(self, submission: Submission) -> Accepted:
        """Read anew, not judged anew: what was accepted stays accepted when rules change."""
        self.archive.digest(RawFile.parse(submission.key))
        workbook = unpack(self.archive.path(submission.key), submission.file)
        place = place_of_submission(submission)
        reading = ingest(workbook, self.catalogue, asked_by(place))
        made = Accepted(accepted(reading, findings=()), reading.actions)
        self.keep(submission.digest, place, made)
        return made

    def _key(self, digest: str, place: SubmissionKey, name: str) -> str:
        """Another reading of the same file, by other code or definitions, is another table."""
        folder = f"{place.collection}/{place.round}/{place.area}"
        return f"{folder}/{digest[:16]}-{reading_version()}-{name}"


def joined(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Several submissions as one table, which has its columns also when nobody says anything."""
    said = [each for each in tables if len(each)] or tables[:1]
    return pd.concat(said, ignore_index=True)


def place_of_submission(submission: Submission) -> SubmissionKey:
    return SubmissionKey(submission.collection, submission.round, submission.area)


def asked_by(place: SubmissionKey) -> dict[str, str]:
    named = {"collection": place.collection, "round": place.round, "area": place.area}
    return {name: code for name, code in named.items() if code != MANY_AREAS}
