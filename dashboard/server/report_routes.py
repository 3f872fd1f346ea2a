"""Documents about a release as files: `/report/follow-up.pdf?collection=sample&lang=fi`.

While one is made, `/report/follow-up.pdf/progress` says how far it is.
"""

from flask import Flask, Response, abort, jsonify

from dashboard.addresses.alternatives import without_release
from dashboard.answer_cache import KeptAnswer
from dashboard.context import PageContext
from dashboard.exports import formats_of
from dashboard.pictures.progress_board import MadeSteps
from dashboard.pictures.report_writing import BOARD, KEPT_REPORTS, ReportFile, write_in_process
from dashboard.progress import split_advance
from dashboard.report.document import ReportTask
from dashboard.report.kinds import REPORTS, report_address
from dashboard.server.picture_routes import kept_by_browser
from dashboard.server.routes import answer_errors, refuse_period, requested_context, send_bytes
from dashboard.wording.language_spans import composing_in

REPORT_ROUTE = report_address("<name>", "<format_name>")


def register_reports(server: Flask) -> None:
    server.add_url_rule(REPORT_ROUTE, "report_file", send_report)
    server.add_url_rule(f"{REPORT_ROUTE}/progress", "report_progress", send_progress)


def send_report(name: str, format_name: str) -> Response:
    """A document of the release that the address names; it is made unless it is kept."""
    file, context = requested_report(name, format_name)
    with answer_errors():
        kept = KEPT_REPORTS.get(file) or make_report(file, context)
    stem = f"{name}-{file.collection}-{context.release_label}-{file.language}"
    chosen = formats_of(ReportTask)[format_name]
    answer = send_bytes(kept.content, chosen.media_type, stem + chosen.suffix)
    return kept_by_browser(answer, kept.digest, context.view)


def send_progress(name: str, format_name: str) -> Response:
    """How many steps of all are done; both are 0 for a document that nobody makes."""
    file, _ = requested_report(name, format_name)
    steps = BOARD.read(file) or MadeSteps(0, 0)
    answer = jsonify(steps._asdict())
    answer.headers["Cache-Control"] = "no-store"
    return answer


def requested_report(name: str, format_name: str) -> tuple[ReportFile, PageContext]:
    """What the file is kept under, and what it is read with; 404 names what is unknown."""
    known = formats_of(ReportTask).keys() & REPORTS[name].formats if name in REPORTS else ()
    if format_name not in known:
        abort(404)
    context = requested_context()
    if context.release is None:
        abort(404, without_release(context).sentence)
    refuse_period(context)
    file = ReportFile(name, context.collection.code, context.release.digest, context.language,
                      format_name)  # fmt: skip
    return file, context


def make_report(file: ReportFile, context: PageContext) -> KeptAnswer:
    """Read the document here, and write it in another process."""
    reading, writing = split_advance(lambda done, total: BOARD.write(file, done, total))
    try:
        with composing_in(context.language):
            document = REPORTS[file.name].read(context, reading)
        written = write_in_process(document, file.format_name, writing)
    finally:
        BOARD.clear(file)
    KEPT_REPORTS.put(file, written)
    return written
