"""A submitted, untrusted file, opened only as far as needed."""

from functools import cached_property
from pathlib import Path
from zipfile import is_zipfile

from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.formats.shared.charset import decode_text
from metrics.intake.formats.shared.container import Container

HEAD = 8 * MEGABYTE  # the directory of an old Office file may be far from its beginning
BYTE_ORDER_MARK = "\ufeff"


class SubmittedFile:
    """`name` is the sender's name for it; the file on disk may have another name."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name

    @cached_property
    def head(self) -> bytes:
        with self.path.open("rb") as file:
            return file.read(HEAD)

    @cached_property
    def is_zip(self) -> bool:
        return self.head.startswith(b"PK") or is_zipfile(self.path)

    @cached_property
    def container(self) -> Container:
        """The ZIP archive; UnreadableError if it is damaged or hostile."""
        return Container(self.path)

    @cached_property
    def text(self) -> str:
        """The whole file as text; UnreadableError if it is not text."""
        return self._decoded[0]

    @property
    def encoding(self) -> str:
        return self._decoded[1]

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        text, encoding = decode_text(self.path.read_bytes())
        return text.lstrip(BYTE_ORDER_MARK), encoding  # programs may have written several


def copy_text(file: SubmittedFile, _contents: object, target: Path) -> None:
    """Write the whole text in UTF-8."""
    target.write_bytes(file.text.encode())
