"""PDF: a report with tags, bookmarks and alternative texts (PDF/UA-1), typeset by typst."""

from dashboard.exports import DocumentFormat
from dashboard.report.document import ReportTask


def write_report_pdf(task: ReportTask) -> bytes:
    from dashboard.typesetting.report_pdf import report_as_pdf  # noqa: PLC0415

    return report_as_pdf(task.document, task.advance)


REPORT_PDF = DocumentFormat("pdf", ".pdf", "application/pdf", ReportTask, write_report_pdf)
