"""A template and its data become a tagged PDF file (PDF/UA-1), the same data the same bytes."""

import json
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files

import typst

from dashboard.charts.canvas import font_file
from metrics.messages.language_marks import (
    change_texts,
    has_language_marks,
    split_marked,
    with_flat_marks,
)

PACKAGE_OF_ARIMO = "fontpkg_arimo"
WITHOUT_DAY = datetime(1980, 1, 1, tzinfo=UTC)


def typeset(package: str, template: str, data: object, day: str, language: str) -> bytes:
    """Typeset data by a template; nothing in it is read as markup, and no machine is asked.

    What is marked as of another language than the document is tagged so (`language_marks.typ`).

    typst has threads from then on: a process that has typeset must not be forked to do so again.
    """
    written = typst.compile(
        source_of_template(package, template),
        font_paths=letters(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(_with_flat_marks(data, language), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=datetime.fromisoformat(day).replace(tzinfo=UTC) if day else WITHOUT_DAY,
    )
    return bytes(written)


def _with_flat_marks(data: object, language: str) -> object:
    """The same data, in which each line of a text has its own marks and none within another."""

    def flat(text: str) -> str:
        lines = split_marked(text, "\n") if has_language_marks(text) else [text]
        return "\n".join(with_flat_marks(line, language) for line in lines)

    return change_texts(data, flat)


@cache
def letters() -> typst.Fonts:
    """Arimo, which a package brings, and DejaVu Sans of charts, which has the icons of statuses."""
    with as_file(files(PACKAGE_OF_ARIMO).joinpath("files")) as arimo:
        folders = [str(font_file(is_bold=False).parent), str(arimo)]
        return typst.Fonts(include_system_fonts=False, font_paths=folders)


@cache
def source_of_template(package: str, name: str) -> bytes:
    """A template after what all of them have in common."""
    common = files(__package__).joinpath("language_marks.typ").read_bytes()
    return common + files(package).joinpath(name).read_bytes()
