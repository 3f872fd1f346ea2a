"""The template of a deck: its master and layouts may be those of an administration."""

from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from zipfile import BadZipFile

from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.opc.packuri import PackURI
from pptx.util import Mm, Pt

from dashboard.charts.arial_widths import arial_width
from dashboard.charts.native_charts import Pptx
from dashboard.slides.measures import SLIDE_HEIGHT, SLIDE_WIDTH
from metrics.core.errors import SubmissionError

MARK_SIZES, MARK_MARGIN = (14, 12), 4.0  # points
COVER_LAYOUT, FINDING_LAYOUT = "Cover", "Finding"
TITLE, SUBTITLE, GOAL_LINE, FOOTNOTES, SOURCE_LINE, SLIDE_NUMBER = 0, 1, 10, 11, 12, 13
# The numbers of the placeholders that each layout must offer.
LAYOUTS: Mapping[str, frozenset[int]] = {
    COVER_LAYOUT: frozenset({TITLE, SUBTITLE, SOURCE_LINE}),
    FINDING_LAYOUT: frozenset({TITLE, GOAL_LINE, FOOTNOTES, SOURCE_LINE, SLIDE_NUMBER}),
}


def open_template(content: bytes, name: str) -> Pptx:
    """The presentation without slides; SubmissionError says what a template of one's own lacks."""
    try:
        presentation = Presentation(BytesIO(content))
    except (BadZipFile, KeyError, ValueError, PackageNotFoundError) as error:
        raise SubmissionError("deck_template_unreadable", file=name) from error
    size = [presentation.slide_width or 0, presentation.slide_height or 0]
    if size != [Pt(SLIDE_WIDTH), Pt(SLIDE_HEIGHT)]:
        width, height = (round(length / Mm(1)) for length in size)
        raise SubmissionError("deck_template_size", file=name, width=width, height=height)
    for layout, wanted in LAYOUTS.items():
        found: Pptx = presentation.slide_layouts.get_by_name(layout)
        numbers = {shape.placeholder_format.idx for shape in found.placeholders} if found else set()
        if missing := sorted(wanted - numbers):
            listed = ", ".join(map(str, missing))
            raise SubmissionError("deck_template_layout", file=name, layout=layout, missing=listed)
    remove_slides(presentation)
    number_parts(presentation.part.package)
    return presentation


def number_parts(package: Pptx) -> None:
    """Count the parts of each kind: python-pptx would walk through all of them for each new one."""
    known = {str(part.partname) for part in package.iter_parts()}
    last: Counter[str] = Counter()

    def next_name(pattern: str) -> PackURI:
        last[pattern] += 1
        while pattern % last[pattern] in known:
            last[pattern] += 1
        return PackURI(pattern % last[pattern])

    package.next_partname = next_name


def remove_slides(presentation: Pptx) -> None:
    """A template that was saved with slides of its own lends its layouts alone."""
    listed = presentation.slides._sldIdLst  # noqa: SLF001
    for slide_id in list(listed):
        presentation.part.drop_rel(slide_id.rId)
        listed.remove(slide_id)


def write_marks(presentation: Pptx, marks: Mapping[str, str]) -> None:
    """Fill in the marks of master and layouts; one without words is removed."""
    parts = [presentation.slide_master, *presentation.slide_layouts]
    for shape in [shape for part in parts for shape in part.shapes if shape.name in marks]:
        words = marks[shape.name]
        if not words:
            shape._element.getparent().remove(shape._element)  # noqa: SLF001
            continue
        run = shape.text_frame.paragraphs[0].runs[0]
        run.text = words
        if arial_width(words, MARK_SIZES[0], is_bold=True) > shape.width / Pt(1) - MARK_MARGIN:
            run.font.size = Pt(MARK_SIZES[-1])
        shape._element.xpath(".//p:cNvPr")[0].set("descr", words)  # noqa: SLF001
