"""Excel workbooks, with or without macros, which are never run."""

from pathlib import Path

from metrics.intake.formats import FileFormat
from metrics.intake.formats.contents import FileContents
from metrics.intake.formats.submitted_file import SubmittedFile


def has_workbook(file: SubmittedFile) -> bool:
    parts = file.container
    return "[Content_Types].xml" in parts and bool(parts.named(r".*workbook.*\.xml"))


def has_macros(file: SubmittedFile) -> bool:
    return bool(file.container.named(r".*vbaproject\.bin"))


def read_xlsx(file: SubmittedFile) -> FileContents:
    from metrics.intake.formats.xlsx.reader import read_workbook  # noqa: PLC0415 (when needed)

    return read_workbook(file.path, file.container)


def copy_xlsx(file: SubmittedFile, contents: FileContents, target: Path) -> None:
    from metrics.intake.formats.xlsx.clean_copy import copy_workbook  # noqa: PLC0415 (when needed)

    copy_workbook(file.container, contents, target)


XLSX = FileFormat(
    "xlsx", (".xlsx", ".xlsm"), "zip",
    lambda file: has_workbook(file) and not has_macros(file), read_xlsx, order=1, copy=copy_xlsx,
)  # fmt: skip
XLSM = FileFormat(
    "xlsm", (".xlsm", ".xlsx"), "zip",
    lambda file: has_workbook(file) and has_macros(file), read_xlsx, order=2, recommended=False,
    copy=copy_xlsx,
)  # fmt: skip
