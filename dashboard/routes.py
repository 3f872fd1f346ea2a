"""What is not a page: the upload, and files to take away."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from urllib.parse import unquote

import pandas as pd
from flask import Flask, Response, abort, jsonify, request, send_file
from werkzeug.exceptions import ClientDisconnected

from dashboard import data, table_views
from dashboard.charts.marks import why_absent
from dashboard.components.notes import source_line
from dashboard.context import PageContext, resolve_context
from dashboard.data import Release, records
from dashboard.intake import MEGABYTE, MEGABYTES, ClosedError, desk, said
from dashboard.series import AssessedSeries, track, tracks
from dashboard.texts import Text, texts
from dashboard.view import View
from metrics.catalogue.codelists import member_states
from metrics.catalogue.loader import catalogue
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import MetricsError, SubmissionError
from metrics.core.series import parse_dimensions
from metrics.core.tables import EU
from metrics.intake.findings import Finding
from metrics.intake.rules import describe_finding
from metrics.release.exports import Export, ExportContext, exports

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LEADING = (
    "collection", "release", "indicator", "unit", "area", "series", "period", "value", "absent",
)  # fmt: skip
AFTER = ("observation_status", "confidentiality_status", "path", "gap", "status", "computed_status")


def register(server: Flask) -> None:
    server.add_url_rule("/upload", "upload", upload, methods=["POST"])
    server.add_url_rule("/download/template.xlsx", "template", template)
    server.add_url_rule("/download/annotated.xlsx", "annotated", annotated)
    server.add_url_rule("/download/findings.csv", "findings", all_findings)
    server.add_url_rule("/download/<view_name>.<export_name>", "download", download)


def upload() -> Response:
    """A file as it comes, streamed to disk; the answer is the address that shows what was found.

    The header cannot be set by a form of another site, so no other site can send a file here.
    """
    view = View.of(request.args)
    if request.headers.get("X-Requested-With") != "EMPACT":
        abort(403)
    if (request.content_length or 0) > MEGABYTES * MEGABYTE:
        return refused(texts(view.lang)("submit.too_large", size=MEGABYTES), 413)
    name = unquote(request.headers.get("X-File-Name", "file"))
    try:
        with report_unexpected(data.home(), ClientDisconnected):
            digest = desk().receive_upload(request.stream, name)
    except (SubmissionError, UnforeseenError) as wrong:
        return refused(*told(wrong, "submit", 413))
    return jsonify(search=view.but(checked=digest).search)


def refused(sentence: str, status: int) -> Response:
    response = jsonify(error=sentence)
    response.status_code = status
    return response


def told(wrong: MetricsError, on: str, status: int) -> tuple[str, int]:
    """What is said, and the status, which is that given unless it is none of the asker's doing."""
    text = texts(View.of(request.args).lang)
    if isinstance(wrong, ClosedError):
        return text("submit.closed"), 403
    if isinstance(wrong, UnforeseenError):
        return text(f"{on}.unforeseen", report=wrong.report.name), 500
    return str(wrong), status


@contextmanager
def giving() -> Iterator[None]:
    """Answers for what stops a file from being given."""
    try:
        with report_unexpected(data.home()):
            yield
    except MetricsError as wrong:
        sentence, status = told(wrong, "download", 404)
        abort(status, sentence)


def template() -> Response:
    """The workbook to fill in, for the area and round of the address."""
    view = View.of(request.args)
    language = texts(view.lang).language
    with giving():
        filled = desk().template(view.collection, view.area, view.round, language)
    return file(filled, XLSX, f"{view.collection}-{view.round}-{view.area}.xlsx")


def annotated() -> Response:
    """The submitter's own workbook with every finding at its cell."""
    view = View.of(request.args)
    language = texts(view.lang).language
    with giving():
        marked = desk().annotate_upload(view.checked, language, **said(view))
    return file(marked, XLSX, f"{view.checked[:8]}-findings.xlsx")


def all_findings() -> Response:
    """Every finding, one a row: nothing is capped here."""
    view = View.of(request.args)
    with giving():
        found = desk().examine_upload(view.checked, texts(view.lang).language, **said(view))
    rows = [_finding(each, texts(view.lang)) for each in found.findings]
    name = f"{found.received.name}-findings"
    return attachment(pd.DataFrame(rows), name, exports()["csv"], texts(view.lang))


def _finding(finding: Finding, text: Text) -> dict[str, str]:
    words = describe_finding(finding, text.language)
    return {
        "rule": finding.rule,
        "severity": str(finding.severity),
        "place": finding.place,
        "typed": finding.values.get("typed", ""),
        "understood": finding.values.get("understood", ""),
        "what": words.what,
        "expected": words.expected,
        "mend": words.mend,
    }


def download(view_name: str, export_name: str) -> Response:
    """The view of the address as a file in one of the registered formats."""
    with giving():
        context = resolve_context(View.of(request.args))
    view, release = context.view, context.release
    if view_name not in VIEWS or export_name not in exports():
        abort(404)
    if not (view.indicator or view.goal):
        abort(400, context.text("download.of_what"))
    if release is None:
        abort(404)
    track = selected_track(view, release)
    table = labelled(VIEWS[view_name](view, track, release), track, context)
    name = f"{release.collection.code}-{release.label}-{track.indicator.code}-{view_name}"
    return attachment(table, name, exports()[export_name], context.text)


def selected_track(view: View, release: Release) -> AssessedSeries:
    followed = tracks_of(view, view.area or EU, release)
    if not followed:
        abort(404)
    return next((track for track in followed if track.name == view.indicator), followed[0])


def tracks_of(view: View, area: str, release: Release) -> Sequence[AssessedSeries]:
    """The series of the goal; without one, that of the indicator alone."""
    if view.goal in catalogue().goals:
        return tracks(catalogue().goals[view.goal], area, release)
    known = view.indicator in catalogue().indicators
    return [track(release, view.indicator, area)] if known else []


def trend_rows(view: View, track: AssessedSeries, release: Release) -> pd.DataFrame:
    """The series as it is shown: in all, or in the parts of the chosen breakdown."""
    by = parse_dimensions(view.breakdown)
    if parts := table_views.parts(track, release, by):
        return pd.concat([part.values for part in parts])
    return table_views.trend(track)


def state_rows(view: View, track: AssessedSeries, release: Release) -> pd.DataFrame:
    by_state = {area: tracks_of(view, area, release) for area in member_states()}
    every = table_views.of_states(track, by_state)
    periods = table_views.periods(every)
    period = view.period if view.period in periods else next(iter(periods), "")
    table = table_views.states(every, period)
    return table_views.ordered(table, view.order)


VIEWS: Mapping[str, Callable[[View, AssessedSeries, Release], pd.DataFrame]] = {
    "trend": trend_rows,
    "states": state_rows,
}


def labelled(table: pd.DataFrame, track: AssessedSeries, context: PageContext) -> pd.DataFrame:
    """Each row says what it is of, so that the file can be read without the page."""
    text, release = context.text, context.release
    whole = table.assign(
        collection=context.collection.code,
        release=release.label if release else "",
        indicator=track.indicator.code,
        unit=track.unit,
        absent=[why_absent(row, text) if pd.isna(row["value"]) else "" for row in records(table)],
        source_line=source_line(context),
        caveat=track.indicator.caveat(text.language) if track.indicator.caveat else "",
    )
    wanted = (*LEADING, *AFTER, "areas_reporting", "areas_expected",
              "remark", "source", "address", "caveat", "source_line")  # fmt: skip
    return whole[[name for name in wanted if name in whole]]


def attachment(table: pd.DataFrame, name: str, export: Export, text: Text) -> Response:
    """A table in a registered format, as people open it in a spreadsheet."""
    context = ExportContext(language=text.language, for_spreadsheet=True)
    return file(export.write(table, context), export.media_type, name + export.suffix)


def file(content: bytes, mimetype: str, name: str) -> Response:
    return send_file(BytesIO(content), mimetype, as_attachment=True, download_name=name)
