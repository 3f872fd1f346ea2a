"""DOCX: a report whose words, tables and charts can be edited in Word and Writer."""

from dashboard.exports import DocumentFormat
from dashboard.report.document import ReportTask

MEDIA_TYPE_OF_DOCUMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_docx(task: ReportTask) -> bytes:
    from dashboard.word.report_docx import report_as_docx  # noqa: PLC0415

    return report_as_docx(task.document, task.advance)


WORD_DOCUMENT = DocumentFormat("docx", ".docx", MEDIA_TYPE_OF_DOCUMENTS, ReportTask, write_docx)
