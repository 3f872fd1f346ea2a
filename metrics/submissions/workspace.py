"""Where everything of a workspace is kept, and what reads it."""

from functools import cached_property
from pathlib import Path

from metrics.catalogue.loader import Catalogue, catalogue
from metrics.submissions.accepted_before import PriorSubmissions
from metrics.submissions.accepted_cache import AcceptedObservations
from metrics.submissions.archive import Archive
from metrics.submissions.examination_queue import ExaminationQueue
from metrics.submissions.examiner import Examiner
from metrics.submissions.ledger import Ledger
from metrics.submissions.peer_totals import Peers, ProgressBar
from metrics.submissions.submission_store import SubmissionStore
from metrics.submissions.table_cache import TableCache
from metrics.submissions.uploads import Uploads


class Workspace:
    """A folder with its archive, uploads, ledger and caches, opened once.

    `watch` may wrap a long walk over submissions, to show its progress.
    """

    def __init__(self, home: Path, watch: ProgressBar = iter) -> None:
        self.home = home
        self.watch = watch
        self.processed = home / "data" / "processed"
        self.archive = Archive(home / "data" / "raw")
        self.uploads = Uploads(home / "data" / "staging" / "uploads")
        self.queue = ExaminationQueue(home / "data" / "staging" / "queue")
        self.table_cache = TableCache(home / "data" / "staging" / "tables")
        self.store = SubmissionStore(self.archive, Ledger.at(home / "data"))

    @property
    def catalogue(self) -> Catalogue:
        return catalogue()

    @property
    def ledger(self) -> Ledger:
        return self.store.ledger

    @cached_property
    def accepted(self) -> AcceptedObservations:
        return AcceptedObservations(
            self.archive, self.table_cache, self.catalogue, self.store.vintage_before
        )

    @cached_property
    def prior(self) -> PriorSubmissions:
        return PriorSubmissions(self.accepted, Peers(self.accepted, self.watch))

    @cached_property
    def examiner(self) -> Examiner:
        return Examiner(self.store, self.prior, self.uploads, self.queue)

    def close(self) -> None:
        self.store.close()
