"""Signs that a workbook is not for the round or the collection to which it was sent."""

import re
from datetime import date

from metrics.catalogue.definitions.collections import Collection
from metrics.submissions.examination import Examination
from metrics.submissions.vintages import UNCHANGED


def doubted_round(
    examination: Examination, collection: Collection, on: date, *, is_round_named: bool
) -> str:
    """The later round for which the figures of a round that is over may be meant; "" for none.

    It is the one that the name of the file names, or else the one that is open. A sender who names
    the round has answered, and a file that changes no figure raises no question. One with errors
    does: days of the later year are errors in the earlier round.
    """
    codes = collection.round_codes
    if is_round_named or not examination.outcome.has_figures or examination.round not in codes:
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
    is_other = bool(examination.collection) and examination.collection != chosen
    is_new = examination.outcome.has_figures and not examination.same_as_current
    return chosen if is_new and is_other else ""


def names_round(file: str, code: str) -> bool:
    """Whether the name of a file holds the code of a round, and not within a longer number."""
    return re.search(rf"(?<!\d){re.escape(code)}(?!\d)", file) is not None


def changes_figures(examination: Examination) -> bool:
    """Whether a file reports a figure for the first time, or changes or removes one."""
    if examination.same_as_current or examination.difference is None:
        return False
    return bool((examination.difference["change"] != UNCHANGED).any())
