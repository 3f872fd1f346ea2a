"""A template and its data become a tagged PDF file (PDF/UA-1), the same data the same bytes."""

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files

import typst

from dashboard.charts.canvas import font_file

PACKAGE_OF_ARIMO = "fontpkg_arimo"
WITHOUT_DAY = datetime(1980, 1, 1, tzinfo=UTC)


def typeset(package: str, template: str, data: object, day: str) -> bytes:
    """Typeset data by a template; nothing in it is read as markup, and no machine is asked.

    typst has threads from then on: a process that has typeset must not be forked to do so again.
    """
    written = typst.compile(
        source_of_template(package, template),
        font_paths=letters(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else WITHOUT_DAY,
    )
    return bytes(written)


@cache
def letters() -> typst.Fonts:
    """Arimo, which a package brings, and DejaVu Sans of charts, which has the icons of statuses."""
    with as_file(files(PACKAGE_OF_ARIMO).joinpath("files")) as arimo:
        folders = [str(font_file(is_bold=False).parent), str(arimo)]
        return typst.Fonts(include_system_fonts=False, font_paths=folders)


@cache
def source_of_template(package: str, name: str) -> bytes:
    return files(package).joinpath(name).read_bytes()
