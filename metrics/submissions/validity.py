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
class Validity:
    """The standing of a submission, and the later entries that brought it about."""

    standing: Standing
    through: tuple[Submission, ...] = ()


def validity_of_submissions(submissions: Iterable[Submission]) -> Mapping[str, Validity]:
    """The validity of each submission by its `key`, of one collection or of several."""
    by_key = attrgetter("collection", "round", "area")
    ordered = sorted(submissions, key=attrgetter("collection", "round", "area", "vintage"))
    return {
        key: validity
        for _, vintages in groupby(ordered, by_key)
        for key, validity in _validity_of_vintages([*vintages]).items()
    }


def _validity_of_vintages(vintages: list[Submission]) -> dict[str, Validity]:
    """The validities of all vintages of one area and round, given in their order."""
    validities = {}
    ended: Submission | None = None  # the entry with which everything before it ended
    later: tuple[Submission, ...] = ()  # those that took a part of what was before them
    for submission in reversed(vintages):
        validities[submission.key] = _validity(submission, ended, later)
        if submission.extent in {Extent.WHOLE, Extent.WITHDRAWAL}:
            ended, later = submission, ()
        else:
            later = (submission, *later)
    return validities


def _validity(
    submission: Submission, ended: Submission | None, later: tuple[Submission, ...]
) -> Validity:
    is_withdrawn = ended is not None and ended.extent == Extent.WITHDRAWAL
    if submission.is_withdrawal:
        is_over = ended is not None and not is_withdrawn
        standing = Standing.WITHDRAWAL_OVER if is_over else Standing.WITHDRAWAL
        return Validity(standing, (ended,) if ended and is_over else ())
    if ended is not None:
        return Validity(Standing.WITHDRAWN if is_withdrawn else Standing.REPLACED, (ended,))
    return Validity(Standing.IN_PART if later else Standing.IN_FORCE, later)
