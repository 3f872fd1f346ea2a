"""XLSX: the tables of a document that is a list too, a sheet each, with numbers as numbers."""

from dashboard.exports import DocumentFormat
from dashboard.report.document import ReportTask

MEDIA_TYPE_OF_WORKBOOKS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_xlsx(task: ReportTask) -> bytes:
    from dashboard.word.report_xlsx import report_as_xlsx  # noqa: PLC0415

    return report_as_xlsx(task.document, task.advance)


WORKBOOK_OF_TABLES = DocumentFormat(
    "xlsx", ".xlsx", MEDIA_TYPE_OF_WORKBOOKS, ReportTask, write_xlsx
)
