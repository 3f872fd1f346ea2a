"""The frame that slides share: finding, goal, footnotes, source, notes, language, order."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace

from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts.chart_parts import StatesPart, TimePart
from dashboard.charts.language_tags import language_tag
from dashboard.charts.native_charts import Pptx, describe, tag_language
from dashboard.slides.content import SlideContent
from dashboard.slides.frame_words import FrameWords, SizedWords, words_of_frame
from dashboard.slides.native_parts import add_part
from dashboard.slides.paragraphs import keep_numbers_together
from dashboard.slides.parts import SlidePart
from dashboard.slides.template import (
    FINDING_LAYOUT,
    FOOTNOTES,
    GOAL_LINE,
    SLIDE_NUMBER,
    SOURCE_LINE,
)
from dashboard.slides.text_frames import SlideFrames, TextFrame
from dashboard.wording.series_facts import MIDDLE_DOT
from metrics.messages.local_formats import HARD_SPACE


@dataclass(frozen=True)
class LaidOutSlide:
    """A slide whose words have their sizes and whose parts have their boxes."""

    content: SlideContent
    words: FrameWords
    parts: Sequence[SlidePart]
    marks: str = ""  # above the notes


def laid_out_slide(
    content: SlideContent, marks: Sequence[str], frames: SlideFrames
) -> LaidOutSlide:
    words = words_of_frame(content, marks, frames)
    return LaidOutSlide(content, words, tuple(content.parts()), MIDDLE_DOT.join(marks))


def add_finding_slide(presentation: Pptx, laid_out: LaidOutSlide, frames: SlideFrames) -> Pptx:
    """A slide with its frame; the placeholders come first, so they are read first."""
    layout = presentation.slide_layouts.get_by_name(FINDING_LAYOUT)
    slide = presentation.slides.add_slide(layout)
    written = {shape.placeholder_format.idx: shape.text_frame for shape in slide.placeholders}
    words = laid_out.words
    write_sized(slide.shapes.title.text_frame, words.title, frames.title)
    write_sized(written[GOAL_LINE], words.goal_line, frames.goal_line)
    write_sized(written[FOOTNOTES], words.footnotes, frames.footnotes)
    if not words.footnotes.words:
        written[FOOTNOTES].text = HARD_SPACE  # an empty placeholder asks for a text
    write_source(written[SOURCE_LINE], words, frames.source)
    has_axis = any(isinstance(part, TimePart | StatesPart) for part in laid_out.parts)
    about_axis = [laid_out.content.axis_note] if has_axis else []
    notes = map(keep_numbers_together, [*laid_out.content.all_notes, *about_axis])
    slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, [laid_out.marks, *notes]))
    for part in laid_out.parts:
        add_part(part, slide.shapes)
    return slide


def write_sized(written: Pptx, words: SizedWords, frame: TextFrame) -> None:
    """The size is written only where it is not that of the template."""
    written.text = words.words
    if words.size != frame.size:
        for paragraph in written.paragraphs:
            for run in paragraph.runs:
                run.font.size = Pt(words.size)


def write_source(written: Pptx, words: FrameWords, frame: TextFrame) -> None:
    """With the link, which is a link only where the address of the site is known."""
    ending = MIDDLE_DOT if words.short_link else ""
    write_sized(written, replace(words.source, words=words.source.words + ending), frame)
    if words.short_link:
        run = written.paragraphs[0].add_run()
        run.text = words.short_link
        if words.source.size != frame.size:
            run.font.size = Pt(words.source.size)
        if words.leads_to_site:
            run.hyperlink.address = words.link


def finish_slide(slide: Pptx, language: str) -> None:
    """The order of reading, the slide number, and the language of every run."""
    put_in_reading_order(slide)
    add_slide_number(slide)
    tag = language_tag(language)
    parts = [slide._element, slide.notes_slide._element]  # noqa: SLF001
    parts += [shape.chart._chartSpace for shape in slide.shapes if shape.has_chart]  # noqa: SLF001
    for part in parts:
        tag_language(part, tag)


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
