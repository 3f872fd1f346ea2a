"""The file formats that can be read: each module or package here that declares one.

A format is a `FileFormat` at the top of its module: how to recognise it, its file name endings,
its name, and its reader. Recognition, refusals and the file filter of the upload page follow from
these declarations. `shared` holds what several formats need. All of it runs in the process that
`sandbox` starts for one file, so nothing here imports pandas, pydantic or
`metrics.intake.workbook`, and a format imports its reader only when a file is read.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Literal

from metrics.core.error_origins import import_part
from metrics.core.errors import KeyedText

if TYPE_CHECKING:
    from metrics.intake.formats.contents import FileContents
    from metrics.intake.formats.submitted_file import SubmittedFile


@dataclass(frozen=True)
class FileFormat:
    """A format to read, and to write clean copies in.

    `order` is that of recognition and of lists; formats that accept any text come last.
    """

    name: str  # the name used in examinations; it is called `kind_<name>` in the messages
    suffixes: tuple[str, ...]  # the first one is recommended
    stored_as: Literal["zip", "text", "binary"]
    recognises: Callable[["SubmittedFile"], bool]
    read: Callable[["SubmittedFile"], "FileContents"]
    order: int = 5
    accepts_any_text: bool = False  # asked after what is refused by its beginning
    recommended: bool = True  # to senders of unsupported formats
    # Writes the clean copy, which holds only what was read, and reads to the same cells. Without
    # it, a text is kept whole and searched whole, and another file is checked but never kept.
    copy: Callable[["SubmittedFile", "FileContents", Path], None] | None = None


@cache
def file_formats() -> tuple[FileFormat, ...]:
    names = (info.name for info in iter_modules(__path__) if info.name != "__main__")
    modules = [import_part(f"{__name__}.{name}") for name in names]
    formats = {
        id(value): value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, FileFormat)
    }
    return tuple(sorted(formats.values(), key=lambda file_format: file_format.order))


@cache
def readable_suffixes() -> tuple[str, ...]:
    """All name endings of files that can be read: `.xlsx`, `.xlsm`, `.ods`, `.csv` and so on."""
    suffixes = (suffix for file_format in file_formats() for suffix in file_format.suffixes)
    return tuple(dict.fromkeys(suffixes))


def recommended_suffixes() -> KeyedText:
    """For messages: `.xlsx, .ods or .csv`."""
    *others, last = [
        file_format.suffixes[0] for file_format in file_formats() if file_format.recommended
    ]
    return KeyedText.filled("readable", others=", ".join(others), last=last)
