"""Signs that a workbook is not for the round or the collection to which it was sent."""

import re
from datetime import date

from metrics.catalogue.definitions.collections import Collection
from metrics.submissions.examination import Examination, Outcome
from metrics.submissions.vintages import UNCHANGED


def doubted_round(
    examination: Examination, collection: Collection, on: date, *, is_round_named: bool
) -> str:
    """The later round for which the figures of a round that is over may be meant; "" for none.

    It is the one that the name of the file names, or else the one that is open. A sender who names
    the round has answered, and a file that changes no figure raises no question.
    """
    codes = collection.round_codes
    if is_round_named or examination.outcome is not Outcome.ACCEPTED:
        return ""
    own = collection.rounds[codes.index(examination.round)]
    later = [
        round_ for round_ in collection.rounds[codes.index(own.code) + 1 :] if round_.opens <= on
    ]
    if not later or own.due >= on or not changes_figures(examination):
        return ""
    named = [round_.code for round_ in later if names_round(examination.received.name, round_.code)]
    return (named or [round_.code for round_ in later])[-1]


def doubted_collection(examination: Examination, chosen: str) -> str:
    """The collection that was chosen, if the file is of another one; "" if it is not.

    A sender who then chooses the one of the file has answered.
    """
    is_read = examination.outcome in {Outcome.ACCEPTED, Outcome.HAS_ERRORS}
    is_other = bool(examination.collection) and examination.collection != chosen
    return chosen if is_read and is_other and not examination.same_as_current else ""


def names_round(file: str, code: str) -> bool:
    """Whether the name of a file holds the code of a round, and not within a longer number."""
    return re.search(rf"(?<!\d){re.escape(code)}(?!\d)", file) is not None


def changes_figures(examination: Examination) -> bool:
    """Whether a file reports a figure for the first time, or changes or removes one."""
    if examination.same_as_current or examination.difference is None:
        return False
    return bool((examination.difference["change"] != UNCHANGED).any())
