"""A cache of the accepted observations and actions of submissions, filled from the archive."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal, Self, TypeVar

import numpy as np
import pandas as pd

from metrics.catalogue.loader import Catalogue
from metrics.core.actions import SAME_ACTION, actions_table
from metrics.core.errors import MetricsError
from metrics.core.keys import is_among
from metrics.intake.reading import ingest
from metrics.intake.reading.observations import empty_observations
from metrics.intake.reading.version import reading_version
from metrics.intake.sandbox import unpack
from metrics.intake.validate import accepted_observations
from metrics.submissions.archive import MANY_AREAS, Archive, RawFile, SubmissionKey
from metrics.submissions.ledger import Extent, Submission
from metrics.submissions.partial_reports import CARRIED_FROM, carry_over, is_stated_in, stated_rows
from metrics.submissions.table_cache import RememberedTables, TableCache
from metrics.submissions.withdrawals import Withdrawal

Read = TypeVar("Read")

# The columns that identify a submission, and its fields.
IDENTIFIERS = {
    "collection": "collection", "round": "round", "vintage": "vintage", "submission": "name",
    "state": "state",
}  # fmt: skip

# Files unpacked at a time, each in its own process: a small machine has two cores.
FILES_AT_ONCE = 2


@dataclass(frozen=True)
class AcceptedTables:
    """The accepted observations and actions of one submission."""

    observations: pd.DataFrame
    actions: pd.DataFrame
    stated: pd.DataFrame | None = None  # the keys of the figures that the file of a part states


@dataclass(frozen=True)
class AcceptedObservations:
    """The tables of submissions; `vintage_before` finds the one that a part leaves in force."""

    archive: Archive
    cache: TableCache
    catalogue: Catalogue
    vintage_before: Callable[[Submission], Submission | None] = lambda _: None

    def observations(
        self, submissions: Iterable[Submission]
    ) -> Iterator[tuple[Submission, pd.DataFrame]]:
        """Read the observations of each submission."""
        return _read_ahead(partial(self._remembering().read, "observations"), submissions)

    def actions(
        self, submissions: Iterable[Submission]
    ) -> Iterator[tuple[Submission, pd.DataFrame]]:
        """Read the actions of each submission."""
        return _read_ahead(partial(self._remembering().read, "actions"), submissions)

    def columns_or_error(
        self, submissions: Iterable[Submission], columns: list[str]
    ) -> Iterator[tuple[Submission, pd.DataFrame | MetricsError]]:
        """Read some columns of each submission's observations, or say why it cannot be read."""

        def read(submission: Submission) -> pd.DataFrame | MetricsError:
            try:
                return self.read("observations", submission, columns)
            except MetricsError as error:
                return error

        yield from _read_ahead(read, submissions)

    def _remembering(self) -> Self:
        """The same, reading each table once: a part is read with all vintages before it."""
        return replace(self, cache=RememberedTables(self.cache))

    def write(self, digest: str, key: SubmissionKey, tables: AcceptedTables) -> None:
        self.cache.write(_cache_key(digest, key, "observations"), tables.observations)
        self.cache.write(_cache_key(digest, key, "actions"), tables.actions)
        if tables.stated is not None:
            self.cache.write(_cache_key(digest, key, "stated"), tables.stated)

    def read(
        self,
        name: Literal["observations", "actions"],
        submission: Submission,
        columns: list[str] | None = None,
    ) -> pd.DataFrame:
        """A table of a submission, with what the vintages before it leave in force."""
        if submission.extent == Extent.WHOLE:
            return self._read_own(name, submission, columns)
        table = self._read_carried(name, submission)
        return table[columns] if columns else table

    def _read_carried(
        self, name: Literal["observations", "actions"], submission: Submission
    ) -> pd.DataFrame:
        """The rows of a part or a withdrawal, and those that it carries over."""
        before = self.vintage_before(submission)
        if submission.extent == Extent.WITHDRAWAL or before is None:
            return self._own_or_empty(name, submission)
        earlier = carry_over(self.read(name, before), before.vintage)
        if submission.extent == Extent.FIGURES:
            withdrawal = Withdrawal.read(self.archive.path(submission.key))
            return withdrawal.drop_figures(earlier) if name == "observations" else earlier
        own = self._read_own(name, submission).assign(**{CARRIED_FROM: ""})
        if name == "actions":
            return concat_tables([own, earlier[~is_among(earlier, own, SAME_ACTION)]])
        kept = earlier[~is_stated_in(earlier, self._read_own("stated", submission))]
        return concat_tables([own, kept])

    def _own_or_empty(
        self, name: Literal["observations", "actions"], submission: Submission
    ) -> pd.DataFrame:
        """The own rows of the first vintage; none of a withdrawal, which has no file of figures."""
        if submission.is_withdrawal:
            return empty_observations() if name == "observations" else actions_table()
        return self._read_own(name, submission)

    def _read_own(
        self,
        name: Literal["observations", "actions", "stated"],
        submission: Submission,
        columns: list[str] | None = None,
    ) -> pd.DataFrame:
        """A table of the file of a submission alone."""
        key = _cache_key(submission.digest, key_of_submission(submission), name)
        table = self.cache.read(key, columns)
        if table is None:
            table = getattr(self._read_from_archive(submission), name)
        return table[columns] if columns else table

    def _read_from_archive(self, submission: Submission) -> AcceptedTables:
        """Read the file again without validating it: accepted observations stay accepted."""
        self.archive.digest(RawFile.parse(submission.key))
        workbook = unpack(self.archive.path(submission.key), submission.file)
        key = key_of_submission(submission)
        parsed = ingest(workbook, self.catalogue, scope_of_submission(key))
        accepted = accepted_observations(parsed, findings=())
        is_part = submission.extent == Extent.PART
        stated = stated_rows(parsed.observations) if is_part else None
        tables = AcceptedTables(accepted, parsed.actions, stated)
        self.write(submission.digest, key, tables)
        return tables


def _read_ahead(
    read: Callable[[Submission], Read], submissions: Iterable[Submission]
) -> Iterator[tuple[Submission, Read]]:
    """Read several submissions at once; give the results in the order of the submissions."""
    with ThreadPoolExecutor(FILES_AT_ONCE) as pool:
        yield from pool.map(lambda submission: (submission, read(submission)), submissions)


def _cache_key(digest: str, key: SubmissionKey, name: str) -> str:
    """Name a table by file and version: other code or definitions may read the file differently."""
    return f"{key}/{digest[:16]}-{reading_version()}-{name}"


def concat_submissions(tables: Iterable[tuple[Submission, pd.DataFrame]]) -> pd.DataFrame:
    """Join the tables of several submissions, with the identifiers of each and its state."""
    pairs = list(tables)
    lengths = [len(table) for _, table in pairs]
    identifiers = {
        column: pd.Series(
            np.repeat([str(getattr(sent, name)) for sent, _ in pairs], lengths), dtype="str"
        )
        for column, name in IDENTIFIERS.items()
    }
    return concat_tables([table for _, table in pairs]).assign(**identifiers)


def concat_tables(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Join the tables of several submissions; the columns exist even if all are empty."""
    filled = [table for table in tables if len(table)] or tables[:1]
    return pd.concat(filled, ignore_index=True)


def key_of_submission(submission: Submission) -> SubmissionKey:
    return SubmissionKey(submission.collection, submission.round, submission.area)


def scope_of_submission(key: SubmissionKey) -> dict[str, str]:
    """Collection, round and area as a sender would state them; empty area for many areas."""
    codes = {"collection": key.collection, "round": key.round, "area": key.area}
    return {name: code for name, code in codes.items() if code != MANY_AREAS}
