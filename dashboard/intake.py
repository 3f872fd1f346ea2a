"""The pages' access to the desk: one desk for each workspace."""

import os
from pathlib import Path

from dashboard import data
from dashboard.view import View
from metrics.core.errors import SubmissionError
from metrics.core.load_once import load_once
from metrics.intake.formats import limits
from metrics.submissions.desk import Desk, RequestedScope

MEGABYTES = limits.FILE_MEGABYTES
MEGABYTE = limits.MEGABYTE


OPEN, CLOSED = "open", "closed"
REFUSAL = "Files are neither taken nor given here: this dashboard only shows released figures."


class ClosedError(SubmissionError):
    """This dashboard neither accepts nor returns submissions."""


def desk() -> Desk:
    """Return the desk; ClosedError if this dashboard is read-only.

    What the desk gives, from the workbook with the figures of the year before to the difference
    between vintages, is what was sent, not what may be shown.
    """
    if not is_open():
        raise ClosedError(REFUSAL)
    return _desk(data.home())


def is_open() -> bool:
    """Any setting other than `open` closes it, so that a misspelling never exposes submissions."""
    return os.environ.get("EMPACT_INTAKE", OPEN) == OPEN


@load_once()
def _desk(home: Path) -> Desk:
    return Desk(home)


def requested_scope(view: View) -> RequestedScope:
    """The scope in the query; what it leaves out is taken from the file."""
    asked = RequestedScope()
    if view.collection:
        asked["collection"] = view.collection
    if view.area:
        asked["area"] = view.area
    if view.round:
        asked["round_"] = view.round
    return asked
