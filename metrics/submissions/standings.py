"""The state of each submission: in force, in part, replaced or withdrawn, and by which entry.

The ledger's `state` says which entry is the latest. The file below a withdrawal of single figures,
and all files below a part, are no longer the latest, and still hold figures in force.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from metrics.submissions.ledger import Extent, Submission


class Standing(StrEnum):
    IN_FORCE = "in_force"
    IN_PART = "in_part"  # later parts or withdrawals of single figures leave the rest in force
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    WITHDRAWAL = "withdrawal"  # the entry of a withdrawal, which has no file
    WITHDRAWAL_OVER = "withdrawal_over"  # figures were submitted again


@dataclass(frozen=True)
class Fate:
    """The standing of a submission, and the later entries that brought it about."""

    standing: Standing
    through: tuple[Submission, ...] = ()


def fates_of(submissions: Iterable[Submission]) -> Mapping[str, Fate]:
    """The fate of each submission by its `key`, of one collection or of several."""
    by_key = attrgetter("collection", "round", "area")
    ordered = sorted(submissions, key=attrgetter("collection", "round", "area", "vintage"))
    return {
        key: fate
        for _, vintages in groupby(ordered, by_key)
        for key, fate in _fates_of_vintages([*vintages]).items()
    }


def _fates_of_vintages(vintages: list[Submission]) -> dict[str, Fate]:
    """The fates of all vintages of one area and round, given in their order."""
    fates = {}
    ended: Submission | None = None  # the entry with which everything before it ended
    later: tuple[Submission, ...] = ()  # those that took a part of what was before them
    for submission in reversed(vintages):
        fates[submission.key] = _fate(submission, ended, later)
        if submission.extent in {Extent.WHOLE, Extent.WITHDRAWAL}:
            ended, later = submission, ()
        else:
            later = (submission, *later)
    return fates


def _fate(submission: Submission, ended: Submission | None, later: tuple[Submission, ...]) -> Fate:
    is_withdrawn = ended is not None and ended.extent == Extent.WITHDRAWAL
    if submission.is_withdrawal:
        is_over = ended is not None and not is_withdrawn
        standing = Standing.WITHDRAWAL_OVER if is_over else Standing.WITHDRAWAL
        return Fate(standing, (ended,) if ended and is_over else ())
    if ended is not None:
        return Fate(Standing.WITHDRAWN if is_withdrawn else Standing.REPLACED, (ended,))
    return Fate(Standing.IN_PART if later else Standing.IN_FORCE, later)
