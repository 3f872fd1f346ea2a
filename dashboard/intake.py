"""The way from the pages to the desk, one for each workspace."""

from functools import cache
from pathlib import Path

from dashboard import data
from dashboard.view import View
from metrics.desk import Asked, Desk
from metrics.formats import limits

MEGABYTES = limits.FILE_MEGABYTES
MEGABYTE = limits.MEGABYTE


def desk() -> Desk:
    return _desk(data.home())


@cache
def _desk(home: Path) -> Desk:
    return Desk(home)


def said(view: View) -> Asked:
    """What the address says of a file; what it leaves out the file says itself."""
    asked = Asked()
    if view.collection:
        asked["collection"] = view.collection
    if view.area:
        asked["area"] = view.area
    if view.round:
        asked["round_"] = view.round
    return asked
