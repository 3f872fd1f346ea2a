"""Signs that the workbook of an earlier round was filled in with the figures of a later one."""

import re
from datetime import date

from metrics.catalogue.definitions.collections import Collection
from metrics.submissions.examination import Examination, Outcome
from metrics.submissions.vintages import CHANGED, UNCHANGED, count_changes

# A revision that changes as large a share of the figures is more often another year's report.
DOUBTFUL_SHARE = 0.5
FEWEST_COMPARED = 3


def doubted_round(
    examination: Examination, collection: Collection, on: date, *, is_round_named: bool
) -> str:
    """The later round for which the figures may be meant; "" if nothing speaks for one.

    A sender who names the round has answered.
    """
    codes = collection.round_codes
    if is_round_named or examination.outcome is not Outcome.ACCEPTED:
        return ""
    own = collection.rounds[codes.index(examination.round)]
    later = [
        round_ for round_ in collection.rounds[codes.index(own.code) + 1 :] if round_.opens <= on
    ]
    if examination.same_as_current or not later or own.due >= on:
        return ""
    named = [round_.code for round_ in later if names_round(examination.received.name, round_.code)]
    if named and not names_round(examination.received.name, own.code):
        return named[-1]
    return later[0].code if is_mostly_changed(examination) else ""


def names_round(file: str, code: str) -> bool:
    """Whether the name of a file holds the code of a round, and not within a longer number."""
    return re.search(rf"(?<!\d){re.escape(code)}(?!\d)", file) is not None


def is_mostly_changed(examination: Examination) -> bool:
    """Whether most of the figures that were submitted before are others now."""
    if examination.replaces is None or examination.difference is None:
        return False
    counts = count_changes(examination.difference)
    compared = counts[CHANGED] + counts[UNCHANGED]
    return compared >= FEWEST_COMPARED and counts[CHANGED] >= DOUBTFUL_SHARE * compared
