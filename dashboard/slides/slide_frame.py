"""The frame that slides share: finding, goal, footnotes, source, notes, language, order."""

import re
from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache

from babel.core import get_global
from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts.arial_widths import arial_lines, arial_width
from dashboard.charts.native_charts import Pptx, describe, tag_language
from dashboard.charts.native_numbers import HARD_SPACE
from dashboard.charts.slide_shapes import SlideBox
from dashboard.slides.content import SlideContent
from dashboard.slides.template import (
    FINDING_LAYOUT,
    FOOTNOTES,
    GOAL_LINE,
    SLIDE_NUMBER,
    SOURCE_LINE,
)
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.messages.local_formats import locale_of

TITLE_SIZES = (28, 26, 24, 22, 20)
TITLE_WIDTH, TITLE_LINES = 888.0, 2
FOOTNOTE_SIZES = ((14, 2), (13, 2), (12, 3))  # points, and lines that fit in the frame
FOOTNOTE_WIDTH = 884.0
GOAL_SIZES = (16, 15, 14, 13, 12)
GOAL_WIDTH = 496.0
SOURCE_WIDTH = 816.0
LEAST_SOURCE = 2  # source and release
SMALLEST_TYPE = 12  # points
# Words that belong together: a number and what it counts, and parts of a number.
NUMBER_GAP = re.compile(r"(?<=\d) (?=\d{3}\b|%|‰)")


def keep_numbers_together(words: str) -> str:
    return NUMBER_GAP.sub(HARD_SPACE, words)


def add_finding_slide(presentation: Pptx, content: SlideContent, marks: Sequence[str]) -> Pptx:
    """A slide with its frame; the placeholders come first, so they are read first."""
    layout = presentation.slide_layouts.get_by_name(FINDING_LAYOUT)
    slide = presentation.slides.add_slide(layout)
    frames = {shape.placeholder_format.idx: shape.text_frame for shape in slide.placeholders}
    write_title(slide, content.title)
    write_goal_line(frames[GOAL_LINE], content.goal_line)
    write_footnotes(frames[FOOTNOTES], content.footnotes)
    write_source(frames[SOURCE_LINE], content, marks)
    slide.notes_slide.notes_text_frame.text = "\n".join(map(keep_numbers_together, content.notes))
    content.draw(slide.shapes)
    return slide


def write_title(slide: Pptx, words: str) -> None:
    """In two lines: the size of the template, or the largest that fits."""
    title = keep_numbers_together(words)
    frame = slide.shapes.title.text_frame
    frame.text = title
    lines_at = {size: arial_lines(title, TITLE_WIDTH, size, is_bold=True) for size in TITLE_SIZES}
    fitting = [size for size, lines in lines_at.items() if len(lines) <= TITLE_LINES]
    size = fitting[0] if fitting else TITLE_SIZES[-1]
    if size != TITLE_SIZES[0]:
        frame.paragraphs[0].runs[0].font.size = Pt(size)


def write_goal_line(frame: Pptx, words: str) -> None:
    frame.text = words
    size = next((size for size in GOAL_SIZES if arial_width(words, size) <= GOAL_WIDTH), None)
    if size != GOAL_SIZES[0] and frame.paragraphs[0].runs:
        frame.paragraphs[0].runs[0].font.size = Pt(size or GOAL_SIZES[-1])


def write_footnotes(frame: Pptx, footnotes: Sequence[str]) -> None:
    """As many sentences as fit, the most important first; the notes have all of them."""
    sentences = [keep_numbers_together(note) for note in footnotes if note]
    for kept in range(len(sentences), 0, -1):
        words = " ".join(sentences[:kept])
        for size, most in FOOTNOTE_SIZES:
            if len(arial_lines(words, FOOTNOTE_WIDTH, size)) <= most:
                frame.text = words
                if size != FOOTNOTE_SIZES[0][0]:
                    frame.paragraphs[0].runs[0].font.size = Pt(size)
                return
    frame.text = HARD_SPACE  # an empty placeholder asks for a text


def write_source(frame: Pptx, content: SlideContent, marks: Sequence[str]) -> None:
    """Marks, source, release, day and the short link.

    Without room the day is left out, then the release where the link names it.
    """
    parts = [*marks, *content.source.split(MIDDLE_DOT)]
    short = fitting_link(content.short_path, parts, len(marks))
    is_release_named = short == content.short_path
    least = len(marks) + LEAST_SOURCE - is_release_named
    room = SOURCE_WIDTH - arial_width(MIDDLE_DOT + short, 12)
    while arial_width(MIDDLE_DOT.join(parts), 12) > room and len(parts) > least:
        parts.pop()
    frame.text = MIDDLE_DOT.join(filter(None, parts)) + (MIDDLE_DOT if short else "")
    if short:
        run = frame.paragraphs[0].add_run()
        run.text = short
        if content.link.startswith(("http://", "https://")):
            run.hyperlink.address = content.link


def fitting_link(link: str, parts: Sequence[str], marks: int) -> str:
    """The link with as many of its choices as there is room for; the one behind it has them all."""
    without_release = link.partition("collection=")[0].rstrip("?&")
    for kept, beside in ((link, LEAST_SOURCE - 1), (without_release, LEAST_SOURCE)):
        printed = MIDDLE_DOT.join([*parts[: marks + beside], kept])
        if arial_width(printed, 12) <= SOURCE_WIDTH:
            return kept
    return link.partition("?")[0]


def finish_slide(slide: Pptx, language: str) -> None:
    """The order of reading, the slide number, and the language of every run."""
    put_in_reading_order(slide)
    add_slide_number(slide)
    tag = language_tag(language)
    parts = [slide._element, slide.notes_slide._element]  # noqa: SLF001
    parts += [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]  # noqa: SLF001
    for part in parts:
        tag_language(part, tag)


@cache
def language_tag(language: str) -> str:
    """`el-GR`: Office programs expect the country where the language is mostly spoken."""
    locale = locale_of(language)
    likely = get_global("likely_subtags").get(locale.language, "")
    return f"{locale.language}-{locale.territory or likely.rpartition('_')[2]}"


def put_in_reading_order(slide: Pptx) -> None:
    """The order in the file is that of reading: title, content, then footnotes and source."""
    tree = slide.shapes._spTree  # noqa: SLF001
    names = {shape.placeholder_format.idx: shape.name for shape in slide.slide_layout.placeholders}
    for shape in list(slide.placeholders):
        number = shape.placeholder_format.idx
        describe(shape, names[number], shape.text_frame.text.strip())
        if number in {FOOTNOTES, SOURCE_LINE}:
            tree.append(shape._element)  # noqa: SLF001
    tree.insert(2, slide.shapes.title._element)  # noqa: SLF001


def add_slide_number(slide: Pptx) -> None:
    """python-pptx copies text placeholders to a slide, but not the slide number."""
    for shape in slide.slide_layout.placeholders:
        if shape.placeholder_format.idx == SLIDE_NUMBER:
            number = deepcopy(shape.element)
            ids = [own.shape_id for own in slide.shapes]
            number.nvSpPr.cNvPr.set("id", str(max(ids) + 1))
            number.nvSpPr.cNvPr.set("descr", shape.name)
            for field in number.iter(qn("a:fld")):
                field.find(qn("a:t")).text = str(
                    len(slide.part.package.presentation_part.presentation.slides)
                )
            slide.shapes._spTree.append(number)  # noqa: SLF001


@dataclass(frozen=True)
class Paragraphs:
    """Words of a text box: the first of them may be bold."""

    words: Sequence[str]
    size: float = 20
    bold: int = 0
    gap: float = 6  # after each


def add_paragraphs(shapes: Pptx, box: SlideBox, text: Paragraphs, name: str) -> Pptx:
    """A text box in the largest type that fits; the first paragraphs may be bold."""
    chosen = largest_size(text, box)
    shape = shapes.add_textbox(Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.text = "\n".join(map(keep_numbers_together, text.words))
    for number, paragraph in enumerate(frame.paragraphs):
        paragraph.space_after = Pt(text.gap)
        for run in paragraph.runs:
            run.font.size, run.font.bold = Pt(chosen), number < text.bold
    return describe(shape, name, " ".join(text.words))


def largest_size(text: Paragraphs, box: SlideBox) -> int:
    """The largest type up to a size in which the paragraphs fit; the smallest, if none does."""
    sizes = range(int(text.size), SMALLEST_TYPE, -1)
    fitting = (size for size in sizes if paragraphs_height(text, size, box.width) <= box.height)
    return next(fitting, SMALLEST_TYPE)


def paragraphs_height(text: Paragraphs, size: float, width: float) -> float:
    lines = sum(len(arial_lines(words, width * 0.98, size)) for words in text.words)
    return lines * size * 1.2 + text.gap * len(text.words)
