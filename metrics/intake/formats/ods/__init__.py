"""OpenDocument spreadsheets."""

from pathlib import Path

from metrics.intake.formats import FileFormat
from metrics.intake.formats.contents import FileContents
from metrics.intake.formats.submitted_file import SubmittedFile

MEDIA_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def read_ods(file: SubmittedFile) -> FileContents:
    from metrics.intake.formats.ods.reader import read_spreadsheet  # noqa: PLC0415 (when needed)

    return read_spreadsheet(file.container)


def copy_ods(_file: SubmittedFile, contents: FileContents, target: Path) -> None:
    from metrics.intake.formats.ods.clean_copy import copy_spreadsheet  # noqa: PLC0415 (when needed)

    copy_spreadsheet(contents, target)


ODS = FileFormat(
    "ods", (".ods",), "zip",
    lambda file: file.container.media_type.startswith(MEDIA_TYPE), read_ods, order=3, copy=copy_ods,
)  # fmt: skip
