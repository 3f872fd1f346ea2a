"""Documents about a release as files: `/report/follow-up.pdf?collection=sample&lang=fi`.

While one is made, `/report/follow-up.pdf/progress` says how far it is.
"""

from flask import Flask, Response, abort, jsonify

from dashboard.addresses.alternatives import without_release
from dashboard.answer_cache import KeptAnswer
from dashboard.context import PageContext, resolve_context
from dashboard.exports import DocumentFormat, formats_of
from dashboard.pictures.report_writing import BOARD, KEPT_REPORTS, ReportFile, write_apart
from dashboard.progress import split_advance
from dashboard.report.document import ReportTask
from dashboard.report.kinds import REPORTS, report_address
from dashboard.server.picture_routes import kept_by_browser
from dashboard.server.routes import answer_errors, refuse_unknown, requested_view, send_bytes

REPORT_ROUTE = report_address("<name>", "<format_name>")


def register_reports(server: Flask) -> None:
    server.add_url_rule(REPORT_ROUTE, "report_file", send_report)
    server.add_url_rule(f"{REPORT_ROUTE}/progress", "report_progress", send_progress)


def send_report(name: str, format_name: str) -> Response:
    """A document of the release that the address names; it is made unless it is kept."""
    chosen, context, asked = requested_report(name, format_name)
    with answer_errors():
        kept = KEPT_REPORTS.get(asked) or make_report(asked, context)
    stem = f"{name}-{asked.collection}-{context.release_label}-{asked.language}"
    answer = send_bytes(kept.content, chosen.media_type, stem + chosen.suffix)
    return kept_by_browser(answer, kept.digest, context.view)


def send_progress(name: str, format_name: str) -> Response:
    """How many steps of all are done; both are 0 for a document that nobody makes."""
    _, _, asked = requested_report(name, format_name)
    steps = BOARD.read(asked)
    answer = jsonify(done=steps.done if steps else 0, total=steps.total if steps else 0)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def requested_report(
    name: str, format_name: str
) -> tuple[DocumentFormat[ReportTask], PageContext, ReportFile]:
    """The format, the context, and what the file is kept under; 404 names what is unknown."""
    formats = formats_of(ReportTask)
    if name not in REPORTS or format_name not in {*formats} & {*REPORTS[name].formats}:
        abort(404)
    with answer_errors():
        context = resolve_context(requested_view())
    refuse_unknown(context)
    if context.release is None:
        abort(404, str(without_release(context)))
    asked = ReportFile(name, context.collection.code, context.release.digest, context.language,
                       format_name)  # fmt: skip
    return formats[format_name], context, asked


def make_report(asked: ReportFile, context: PageContext) -> KeptAnswer:
    """Read the document here, and write it in another process."""
    reading, writing = split_advance(lambda done, total: BOARD.write(asked, done, total))
    try:
        document = REPORTS[asked.name].read(context, reading)
        written = write_apart(document, asked.format_name, writing)
    finally:
        BOARD.clear(asked)
    KEPT_REPORTS.put(asked, written)
    return written
