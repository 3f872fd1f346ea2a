"""A file that a stranger sent, opened only as far as somebody asks."""

from functools import cached_property
from pathlib import Path
from zipfile import is_zipfile

from metrics.intake.formats.limits import MEGABYTE
from metrics.intake.formats.shared.charset import decode_text
from metrics.intake.formats.shared.container import Container

HEAD = 8 * MEGABYTE  # the directory of an old Office file may lie far from its beginning


class SubmittedFile:
    """`name` is what its sender called it; on the disk it may be called otherwise."""

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
        """The ZIP archive; UnreadableError where it is damaged or hostile."""
        return Container(self.path)

    @cached_property
    def text(self) -> str:
        """The whole file as text; UnreadableError where it is none."""
        return self._decoded[0]

    @property
    def encoding(self) -> str:
        return self._decoded[1]

    @cached_property
    def _decoded(self) -> tuple[str, str]:
        return decode_text(self.path.read_bytes())
