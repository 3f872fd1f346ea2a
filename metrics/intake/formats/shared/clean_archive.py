"""Write a clean copy: only given parts, and the same bytes for the same parts."""

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Self
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class CleanArchive:
    """A ZIP archive without times, comments and traces of the program that wrote it."""

    def __init__(self, target: Path) -> None:
        self.archive = ZipFile(target, "w", ZIP_DEFLATED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.archive.close()

    def write(self, name: str, chunks: Iterable[bytes], *, packed: bool = True) -> None:
        info = ZipInfo(name, EPOCH)
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = 0o600 << 16
        with self.archive.open(info, "w") as part:
            for chunk in chunks:
                part.write(chunk)

    def write_xml(self, name: str, xml: str) -> None:
        self.write(name, [(DECLARATION + xml).encode()])


def xml_text(text: str) -> str:
    """Escape a text, so that no line ending is changed when it is read."""
    return escape(text, {"\r": "&#13;"})


def xml_attribute(text: str) -> str:
    return quoteattr(text)
