"""HTTP routes that are not pages: the upload and the downloads."""

import re
from base64 import b64decode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import NoReturn
from urllib.parse import unquote

import pandas as pd
from flask import Flask, Response, abort, jsonify, request, send_file, send_from_directory
from werkzeug.exceptions import ClientDisconnected

from dashboard import data
from dashboard.access import UPLOAD_PATH
from dashboard.addresses.alternatives import (
    UnavailableError,
    unknown_choice,
    with_nearest,
    without_release,
)
from dashboard.addresses.figure_choices import figure_choices
from dashboard.addresses.selection import Selection, require_series
from dashboard.addresses.used_periods import FILES_OF_NEWEST
from dashboard.addresses.view_files import VIEWS
from dashboard.charts.marks import why_absent
from dashboard.components.build_notice import BUILDING_PATH, follow_building
from dashboard.components.frame import known_choices
from dashboard.components.notes import source_line
from dashboard.components.submission.receipt import (
    RECEIPT_FILE,
    receipt_address,
    receipts_as_text,
)
from dashboard.contents.action_views import action_rows
from dashboard.contents.comparison import choices_of_comparisons, comparison_rows
from dashboard.contents.origins import add_origins, with_permitted_columns
from dashboard.contents.rule_search import choices_of_searches
from dashboard.contents.scoreboard_rows import (
    SCOREBOARD_FILE,
    choices_of_scoreboard,
    scoreboard_rows,
)
from dashboard.contents.search_rows import search_rows
from dashboard.contents.withdrawal_views import withdrawal_rows
from dashboard.context import PageContext, resolve_context
from dashboard.data import records
from dashboard.documents import DOCUMENTS, PICTURE_PATH
from dashboard.hosts import site_address
from dashboard.intake import (
    CONTEST_FIELD,
    MEGABYTE,
    MEGABYTES,
    ClosedError,
    asked_round,
    desk,
    may_contest,
    requested_scope,
    submission_address,
    with_reporting_collection,
)
from dashboard.pictures.limited_process import NotInTimeError
from dashboard.released.assessments import KEYS_OF_START
from dashboard.released.changed_rows import (
    choices_of_changes,
    figure_change_rows,
    status_change_rows,
)
from dashboard.released.explored_figures import figure_rows
from dashboard.released.reporting import choices_of_reports, reporting_rows, timeliness_rows
from dashboard.released.revised_rows import choices_of_revisions, revision_rows, summary_rows
from dashboard.released.series import AssessedSeries
from dashboard.server.finding_files import FINDINGS_FORMAT, write_findings
from dashboard.texts import Text, texts
from dashboard.view import PARAMETERS, View
from dashboard.wording.absent_states import no_figures_of_states
from dashboard.wording.language_spans import composing_in, sentence_html
from dashboard.wording.status_ages import age_in_words
from dashboard.wording.status_reasons import decisive_reason
from metrics.catalogue.codelists.units import unit_of_difference
from metrics.catalogue.definitions.indicators import Indicator
from metrics.catalogue.loader import catalogue
from metrics.core.crash_reports import UnforeseenError, report_unexpected
from metrics.core.errors import MetricsError, SubmissionError
from metrics.core.schemas import ORIGIN
from metrics.core.tables import ATTRIBUTES, STEP
from metrics.messages.error_texts import error_sentence
from metrics.release.exported_table import export_table
from metrics.release.exports import Export, ExportContext, exports
from metrics.release.store import DamagedReleaseError
from metrics.submissions.examination_queue import BusyError
from metrics.submissions.receipts import read_receipt, receipt_number
from metrics.submissions.uploads import Announced, BrokenOffError, QuotaError

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STATUS_OF_ERROR = {
    BusyError: 503, NotInTimeError: 503, QuotaError: 429, BrokenOffError: 400,
    DamagedReleaseError: 500,
}  # fmt: skip
PLAIN_TEXT = "text/plain; charset=utf-8"
REASON_HEADER = "X-Not-Personal"
REASON_ERRORS = {"contest_without_reason", "reason_of_contest", "personal_text"}
DIGEST_HEADER = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
# Files about a release as a whole; the declared actions also of one goal.
RELEASE_FILES: Mapping[str, Callable[[PageContext], pd.DataFrame]] = {
    "actions": action_rows,
    "comparison": comparison_rows,
    "search": search_rows,
    "withdrawals": withdrawal_rows,
    SCOREBOARD_FILE: scoreboard_rows,
    "figures": figure_rows,
    "reporting": reporting_rows,
    "timeliness": timeliness_rows,
    "changes": figure_change_rows,
    "status-changes": status_change_rows,
    "revisions": revision_rows,
    "revision-summary": summary_rows,
}
# The filters of the rows of these files, beside collection, release and area.
CHOICES_OF_FILES: Mapping[str, Callable[[PageContext], Mapping[str, Collection[str]]]] = {
    "comparison": choices_of_comparisons,
    "search": choices_of_searches,
    "figures": figure_choices,
    "reporting": choices_of_reports,
    SCOREBOARD_FILE: choices_of_scoreboard,
    "changes": choices_of_changes,
    "revisions": choices_of_revisions,
    "revision-summary": choices_of_revisions,
    "status-changes": choices_of_changes,
}
LEADING_COLUMNS = (
    "collection", "release", "indicator", "component", "unit", "area", "series", "period", "value",
    "absent",
)  # fmt: skip
TRAILING_COLUMNS = (
    "value_step", "per_100_000_children", "limit", "observation_status", "confidentiality_status",
    "path", "path_step", "path_name", "path_carried_back",
    "gap", "relative_gap", "change", "difference_unit", "decimals", "growth", "growth_limit",
    "status", "last_status", "computed_status", "status_period", "status_reason", "status_note",
    "states_with_status", "states_assessed",
)  # fmt: skip
COVERAGE_COLUMNS = ("areas_reporting", "areas_expected", "areas_withheld")


def register_routes(server: Flask) -> None:
    server.add_url_rule(UPLOAD_PATH, "upload", receive_upload, methods=["POST"])
    server.add_url_rule("/download/template.xlsx", "template", download_template)
    server.add_url_rule("/download/annotated.xlsx", "annotated", download_annotated)
    server.add_url_rule("/download/findings.csv", "findings", download_findings)
    server.add_url_rule(RECEIPT_FILE, "receipt", download_receipt)
    server.add_url_rule("/download/<view_name>.<export_name>", "download", download_view)
    server.add_url_rule(BUILDING_PATH, "building", building_answer)
    server.add_url_rule(f"{PICTURE_PATH}<path:picture>.png", "picture", send_picture)


def building_answer() -> Response:
    """How far the building of the sample is, for the notice of a page."""
    return jsonify(asdict(follow_building(resolve_context(requested_view()))))


def send_picture(picture: str) -> Response:
    """Send a picture of a document; 404 for what is not in their folder."""
    return send_from_directory(DOCUMENTS, f"{picture}.png")


def receive_upload() -> Response:
    """Stream an upload to disk, and return the address that shows its findings.

    An upload whose address names others already is a part of the same report.

    A form on another site cannot set the header, so no other site can upload a file here.
    """
    view = requested_view()
    if request.headers.get("X-Requested-With") != "EMPACT":
        abort(403)
    if (request.content_length or 0) > MEGABYTES * MEGABYTE:
        text = texts(view.lang)
        words = sentence_html(text.language, lambda: text("submit.too_large", size=MEGABYTES))
        return error_response(words, 413)
    name = unquote(request.headers.get("X-File-Name", "file"))
    try:
        announced = announced_upload()
        with report_unexpected(data.home(), ClientDisconnected):
            digest = desk().receive_upload(request.stream, name, announced)
    except (SubmissionError, UnforeseenError) as wrong:
        return refuse_upload(wrong, view)
    return jsonify(search=view.with_upload(digest).search)


def refuse_upload(wrong: MetricsError, view: View) -> Response:
    """Why a file is not accepted, for the script that sent it."""
    with composing_in(language := texts(view.lang).language):
        sentence, status = error_answer(wrong, "submit", 413)
    words = sentence_html(language, lambda: sentence)
    return error_response(words, status, field_of_error(wrong))


def requested_view() -> View:
    """The view of the query, read as pages read it: the last of a repeated parameter counts."""
    return View.parse(request.query_string.decode(errors="replace"))


def requested_context() -> PageContext:
    """The context of a file; 404 in the words of pages for a choice that does not exist."""
    with answer_errors():
        context = resolve_context(requested_view())
    refuse_unknown(context)
    return context


def announced_upload() -> Announced:
    """The sender's address, and the length and digest (RFC 9530) that the headers announce.

    Also a reason why what looks like data about a person is none; 403 where none is taken.
    """
    given = DIGEST_HEADER.search(request.headers.get("Content-Digest", ""))
    digest = b64decode(given[1]).hex() if given else ""
    reason = request.headers.get(REASON_HEADER)
    if reason is None:
        return Announced(request.remote_addr or "", request.content_length, digest)
    if not may_contest():
        abort(403)
    contested = " ".join(unquote(reason).split())
    return Announced(request.remote_addr or "", request.content_length, digest, contested)


def field_of_error(wrong: MetricsError) -> str:
    """The field of the page whose content is refused; empty if it is the file."""
    is_of_reason = isinstance(wrong, SubmissionError) and wrong.text.key in REASON_ERRORS
    return CONTEST_FIELD if is_of_reason else ""


def error_response(sentence: str, status: int, field: str = "") -> Response:
    response = jsonify({"error": sentence, **({"field": field} if field else {})})
    response.status_code = status
    return response


def error_answer(wrong: MetricsError, on: str, status: int) -> tuple[str, int]:
    """The sentence and the HTTP status: `status`, unless access is closed or we failed."""
    text = texts(requested_view().lang)
    if isinstance(wrong, ClosedError):
        return text("submit.closed"), 403
    if isinstance(wrong, UnforeseenError):
        return text(f"{on}.unforeseen", report=wrong.report.name), 500
    known = (number for kind, number in STATUS_OF_ERROR.items() if isinstance(wrong, kind))
    return error_sentence(wrong, text.language), next(known, status)


@contextmanager
def answer_errors() -> Iterator[None]:
    """Turn errors of a download into HTTP answers."""
    try:
        with report_unexpected(data.home()):
            yield
    except MetricsError as wrong:
        with composing_in(texts(requested_view().lang).language):
            sentence, status = error_answer(wrong, "download", 404)
        abort(status, sentence)


def download_template() -> Response:
    """Download the workbook for the area and round in the query, by default of the open round."""
    view = with_reporting_collection(requested_view())
    refuse_unknown_names(view)
    text = texts(view.lang)
    if not view.area:
        abort(404, text("download.which_state"))
    with answer_errors():
        round_ = asked_round(view, catalogue().collection(view.collection))
        filled = desk().template(
            view.collection, view.area, round_, text.language, submission_address()
        )
    return send_bytes(filled, XLSX, f"{view.collection}-{round_}-{view.area}.xlsx")


def download_annotated() -> Response:
    """Download the submitter's workbook with every finding at its cell."""
    view = view_of_file()
    language = texts(view.lang).language
    with answer_errors():
        name = Path(desk().uploads.name(view.checked)).stem
        marked = desk().annotate_upload(view.checked, language, **requested_scope(view))
    return send_bytes(marked, XLSX, texts(language)("submit.annotated_name", name=name))


def view_of_file() -> View:
    """The view of the query; 404 if it names no file that was sent."""
    view = requested_view()
    refuse_unknown_names(view)
    if not view.checked:
        abort(404, texts(view.lang)("download.which_file"))
    return view


def download_findings() -> Response:
    """Download every finding, one per row, without a limit."""
    view = view_of_file()
    text, export = texts(view.lang), exports()[FINDINGS_FORMAT]
    with answer_errors():
        name = Path(desk().uploads.name(view.checked)).stem
        content = desk().write_findings(
            view.checked, text.language, write=write_findings, **requested_scope(view)
        )
    named = f"{name}-{text('submit.findings').lower()}{export.suffix}"
    return send_bytes(content, export.media_type, named)


def download_receipt() -> Response:
    """Download the receipts in the query as plain text, for a mail or a file."""
    view = requested_view()
    refuse_unknown_names(view)
    text = texts(view.lang)
    if not view.receipts:
        abort(404, text("download.which_receipt"))
    with answer_errors():
        receipts = [read_receipt(desk(), number) for number in view.receipts]
        kept = [receipt.submission for receipt in receipts]
        address = site_address() + receipt_address(kept, view)
        content = receipts_as_text(receipts, address, text)
    number = receipt_number(kept[0]).replace("/", "-")
    return send_bytes(content.encode(), PLAIN_TEXT, f"{text('receipt.file_name')}-{number}.txt")


def download_view(view_name: str, export_name: str) -> Response:
    """Download the current view in one of the registered formats; it answers as the page does."""
    if view_name not in {*VIEWS, *RELEASE_FILES} or export_name not in exports():
        abort(404)
    context = requested_context()
    view = context.view
    if view_name in RELEASE_FILES:
        return send_release_file(view_name, export_name, context)
    if not (view.indicator or view.goal):
        abort(400, context.text("download.of_what"))
    try:
        found = require_series(context)
    except UnavailableError as missing:
        abort(404, missing.sentence)
    if view_name == "states" and found.selection.parts_in_states:
        abort(404, no_figures_of_states(found.selection))
    table = VIEWS[view_name](found.selection, found.series)
    if table.empty:
        abort(404, no_rows(found.selection))
    code, release = found.series.indicator.code, found.release
    name = f"{release.collection.code}-{release.label}-{code}-{view_name}"
    series = found.series if view_name == "trend" else found.series.in_one_state
    labelled = label_rows(add_origins(table, code, release), series, context)
    return send_table(labelled, name, exports()[export_name], context.text)


def send_release_file(file: str, export_name: str, context: PageContext) -> Response:
    """Send the rows of a whole release; 404 for a goal that does not exist."""
    release, goal = context.release, context.view.goal
    if release is None:
        abort(404, without_release(context).sentence)
    if goal and goal not in context.definitions.goals:
        abort(404, context.text("missing.goal", code=goal))
    refuse_unknown_rows(file, context)
    name = f"{release.collection.code}-{release.label}-{file}"
    try:
        table = RELEASE_FILES[file](context).assign(source_line=source_line(context))
    except UnavailableError as missing:
        abort(404, missing.sentence)
    return send_table(table, name, exports()[export_name], context.text)


def refuse_unknown_rows(file: str, context: PageContext) -> None:
    """404 for what the rows of a file cannot be filtered by."""
    if file in FILES_OF_NEWEST:
        refuse_period(context)
    choices = CHOICES_OF_FILES[file](context) if file in CHOICES_OF_FILES else {}
    for name, known in {"area": known_choices(context)["area"], **choices}.items():
        value = getattr(context.view, name)
        if value not in {"", *known}:
            refuse_choice(name, value, known, context.text)


def refuse_period(context: PageContext) -> None:
    """404 for a period in the address of a file that has the newest figures."""
    if period := context.view.period:
        abort(404, context.text("missing.period_unused_in_file", period=period))


def refuse_unknown(context: PageContext) -> None:
    """A file is never of another collection or release, nor in another language or order."""
    refuse_unknown_names(context.view)
    known = known_choices(context)
    for name in ("collection", "release", "lang", "order"):
        value = getattr(context.view, name)
        if value and value not in known[name]:
            refuse_choice(name, value, known[name], context.text)


def refuse_choice(name: str, value: str, known: Iterable[str], text: Text) -> NoReturn:
    with composing_in(text.language):
        words = unknown_choice(value, f"choice.{name}", text)
        abort(404, with_nearest(words, value, known, text))


def refuse_unknown_names(view: View) -> None:
    """A file never answers an address of which a part was not understood."""
    text = texts(view.lang)
    for name in view.unknown.splitlines():
        with composing_in(text.language):
            abort(404, with_nearest(text("missing.parameter", name=name), name, PARAMETERS, text))


def no_rows(selection: Selection) -> str:
    """Where the series has figures, if not in the requested area."""
    text = selection.text
    areas = ", ".join(text.code("area", area) for area in selection.areas)
    area = text.code("area", selection.area)
    return f"{text('goal.only_elsewhere', area=area)} {areas}" if areas else text("goal.no_series")


def label_rows(table: pd.DataFrame, series: AssessedSeries, context: PageContext) -> pd.DataFrame:
    """Add columns that say what each row is about, so that the file can be read alone."""
    text, release = context.text, context.release
    whole = separate_changes(table, series.indicator).assign(
        collection=context.collection.code,
        release=release.label if release else "",
        indicator=series.indicator.code,
        unit=units_of_rows(table, series),
        **units_of_differences(table, series),
        **step_codes(table, series),
        absent=[why_absent(row, text) if pd.isna(row["value"]) else "" for row in records(table)],
        path_name=path_names(table, text),
        **status_notes(table, text),
        source_line=source_line(context),
        caveat=series.indicator.caveat(text.language) if series.indicator.caveat else "",
    )
    wanted = dict.fromkeys((
        *LEADING_COLUMNS, *TRAILING_COLUMNS, *COVERAGE_COLUMNS, *ATTRIBUTES, *ORIGIN, "caveat",
        "source_line",
    ))  # fmt: skip
    counts = {name: whole[name].astype("Int64") for name in COVERAGE_COLUMNS if name in whole}
    return whole.assign(**counts)[[name for name in wanted if name in whole]]


def separate_changes(table: pd.DataFrame, indicator: Indicator) -> pd.DataFrame:
    """Where only a direction was agreed, the change since the start in the place of a gap."""
    if "path_key" not in table:
        return table
    is_change = table["path_key"].isin(KEYS_OF_START)
    return table.assign(
        change=(indicator.direction.sign_of_gap * table["gap"]).where(is_change),
        gap=table["gap"].mask(is_change),
        relative_gap=table["relative_gap"].mask(is_change),
    )


def path_names(table: pd.DataFrame, text: Text) -> list[str]:
    """What the path of each row is: agreed, the starting level, or computed from the latest."""
    keys = table["path_key"] if "path_key" in table else [""] * len(table)
    return [text(key) if key else "" for key in keys]


def status_notes(table: pd.DataFrame, text: Text) -> dict[str, list[str]]:
    """What decides each status, and which are not current, for tables that have statuses."""
    if "status_age" not in table:
        return {}
    return {
        "status_reason": [decisive_reason(row["assessment"], text) for row in records(table)],
        "status_note": [age_in_words(row["status_age"], text) for row in records(table)],
    }


def step_codes(table: pd.DataFrame, series: AssessedSeries) -> dict[str, list[str]]:
    """The codes of the steps that are reached and asked for, beside their places on the ladder."""
    if series.component != STEP:
        return {}
    ladder = series.indicator.ladder
    return {
        f"{name}_step": ["" if pd.isna(step) else ladder[round(step)] for step in table[name]]
        for name in ("value", "path")
        if name in table
    }


def units_of_differences(table: pd.DataFrame, series: AssessedSeries) -> dict[str, list[str]]:
    """The unit of the gap or change of each row, in tables that have one."""
    if "gap" not in table:
        return {}
    return {"difference_unit": [*map(unit_of_difference, units_of_rows(table, series))]}


def units_of_rows(table: pd.DataFrame, series: AssessedSeries) -> list[str]:
    """The unit of each row: a definition may have changed between periods."""
    if "period" not in table:
        return [series.unit] * len(table)
    return [series.unit_in(str(period)) for period in table["period"]]


def send_table(table: pd.DataFrame, name: str, export: Export, text: Text) -> Response:
    """Send what the reader may see of a table, in a registered format, for spreadsheet programs."""
    context = ExportContext(language=text.language, for_spreadsheet=True)
    with answer_errors():
        content = export_table(export, with_permitted_columns(table), context)
    return send_bytes(content, export.media_type, name + export.suffix)


def send_bytes(content: bytes, mimetype: str, name: str) -> Response:
    return send_file(BytesIO(content), mimetype, as_attachment=True, download_name=name)
