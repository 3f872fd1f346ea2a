"""The pages' access to the desk: one desk for each workspace."""

import os
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, has_request_context, request

from dashboard import data
from dashboard.access import CLOSED, LOCAL, OPEN, is_from_this_machine, is_local
from dashboard.hosts import is_loopback, site_address
from dashboard.view import View
from metrics.catalogue.definitions.collections import Collection, Round
from metrics.core.errors import SubmissionError
from metrics.core.load_once import load_once
from metrics.intake.formats import limits
from metrics.intake.limited_process import abandoned_when
from metrics.submissions.desk import Desk, RequestedScope
from metrics.submissions.ledger import Extent

MEGABYTES = limits.FILE_MEGABYTES
MEGABYTE = limits.MEGABYTE


CONTEST_FIELD = "contest-reason"  # in which a sender says why a finding is about no person


class ClosedError(SubmissionError):
    """This dashboard neither accepts nor returns submissions."""


def desk() -> Desk:
    """Return the desk; ClosedError if this dashboard is read-only.

    What the desk gives, from the workbook with the figures of the year before to the difference
    between vintages, is what was sent, not what may be shown.
    """
    if not is_open():
        raise ClosedError("closed")
    return _desk(data.home())


def end_abandoned_work(server: Flask) -> None:
    """Let the work of a request end when the server knows that its client has left."""
    answer = server.wsgi_app

    def answer_while_waited_for(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        with abandoned_when(environ.get("waitress.client_disconnected", lambda: False)):
            return answer(environ, start)

    server.wsgi_app = answer_while_waited_for  # type: ignore[assignment, method-assign]


def is_open() -> bool:
    """Whether files are accepted and given out: to all, or with `local` to users of this machine.

    Any other setting closes it, so that neither a misspelling nor none exposes submissions.
    """
    setting = os.environ.get("EMPACT_INTAKE", CLOSED)
    return setting == OPEN or (setting == LOCAL and is_from_this_machine())


def may_see_submissions() -> bool:
    """Whether a page or file names the submission, sheet and cell that a figure was read from."""
    return is_open()


def may_contest() -> bool:
    """Whether a finding about persons may be contested here: only where this machine alone sends.

    Behind a proxy on this machine everyone would seem to be here, so an open intake is not enough.
    """
    return is_local()


@load_once()
def _desk(home: Path) -> Desk:
    return Desk(home)


def reporting_collections() -> list[Collection]:
    """The collections to which States report: official ones first, of these the general one."""
    asking = [known for known in data.collections_in_order() if known.areas == "member_states"]
    return sorted(asking, key=lambda known: (known.nature != "official", bool(known.frameworks)))


def with_reporting_collection(view: View) -> View:
    """The view; without a collection, of the first that asks States."""
    return view.with_changes(collection=view.collection or reporting_collections()[0].code)


def open_round(collection: Collection, on: date) -> Round:
    """The latest round that has opened; before that, the first."""
    opened = [round_ for round_ in collection.rounds if round_.opens <= on]
    return opened[-1] if opened else collection.rounds[0]


def asked_round(view: View, collection: Collection) -> str:
    """The code of the round in the address, even an unknown one, or else of the open one."""
    return view.round or open_round(collection, datetime.now(UTC).date()).code


def submission_address() -> str:
    """The address of the page that takes submissions, unless only this machine knows it."""
    if configured := os.environ.get("EMPACT_ADDRESS"):
        return configured
    if not has_request_context() or is_loopback(request.host):
        return ""
    return f"{site_address()}/submit"


def requested_scope(view: View) -> RequestedScope:
    """The scope in the query; what it leaves out is taken from the file.

    A file that names no collection is for the one that was chosen. Of one that names another, the
    page asks.
    """
    asked = RequestedScope(presumed=with_reporting_collection(view).collection)
    if view.area:
        asked["area"] = view.area
    if view.round:
        asked["round_"] = view.round
    if view.extent == Extent.PART:
        asked["extent"] = Extent.PART
    if len(view.uploads) == 1 and may_contest():
        asked["contested"] = desk().uploads.contested(view.checked)
    return asked
