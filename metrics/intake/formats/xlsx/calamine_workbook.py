"""Open a workbook with python-calamine, without hints of the file that are wrong and not needed."""

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import CalamineWorkbook

from metrics.intake.formats.shared.container import Container, part_key
from metrics.intake.formats.xlsx.parts import Tab

# The extent of a sheet, which says nothing that the cells do not say.
EXTENT = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?(?:/>|>\s*</(?:\w+:)?dimension>)")
SOUND_EXTENT = re.compile(rb"""ref=["'][A-Z]{1,3}[0-9]{1,7}(?::[A-Z]{1,3}[0-9]{1,7})?["']""")


def open_book(path: Path, container: Container, tabs: Iterable[Tab]) -> CalamineWorkbook:
    """The workbook; some programs write `1:10901` as an extent, or names with backslashes."""
    sheets = {part_key(tab.part) for tab in tabs if tab.part in container}
    unsound = {name for name in sheets if _has_unsound_extent(container, name)}
    if unsound or any("\\" in info.filename for info in container.parts.values()):
        return CalamineWorkbook.from_filelike(_corrected_archive(container, unsound))
    return CalamineWorkbook.from_path(path)


def _has_unsound_extent(container: Container, name: str) -> bool:
    head = next(container.chunks(name), b"").partition(b"<sheetData")[0]
    extent = EXTENT.search(head)
    return extent is not None and SOUND_EXTENT.search(extent[0]) is None


def _corrected_archive(container: Container, without_extent: set[str]) -> BytesIO:
    """The same parts with slashes in their names, and sheets without the extents that are wrong."""
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as corrected:
        for name, info in container.parts.items():
            content = container.read(name)
            if name in without_extent:
                content = EXTENT.sub(b"", content, count=1)
            corrected.writestr(info.filename.replace("\\", "/"), content)
    archive.seek(0)
    return archive
