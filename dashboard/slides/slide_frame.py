"""The frame that slides share: finding, goal, footnotes, source, notes, language, order."""

from collections.abc import Sequence
from copy import deepcopy

from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts.language_tags import language_tag
from dashboard.charts.native_charts import Pptx, describe, tag_language
from dashboard.charts.native_numbers import HARD_SPACE
from dashboard.slides.content import SlideContent
from dashboard.slides.frame_words import (
    FOOTNOTE_SIZES,
    GOAL_SIZES,
    TITLE_SIZES,
    FrameWords,
    SizedWords,
    words_of_frame,
)
from dashboard.slides.native_parts import add_part
from dashboard.slides.paragraphs import keep_numbers_together
from dashboard.slides.template import (
    FINDING_LAYOUT,
    FOOTNOTES,
    GOAL_LINE,
    SLIDE_NUMBER,
    SOURCE_LINE,
)
from dashboard.wording.series_facts import MIDDLE_DOT


def add_finding_slide(presentation: Pptx, content: SlideContent, marks: Sequence[str]) -> Pptx:
    """A slide with its frame; the placeholders come first, so they are read first."""
    layout = presentation.slide_layouts.get_by_name(FINDING_LAYOUT)
    slide = presentation.slides.add_slide(layout)
    frames = {shape.placeholder_format.idx: shape.text_frame for shape in slide.placeholders}
    words = words_of_frame(content, marks)
    write_sized(slide.shapes.title.text_frame, words.title, TITLE_SIZES[0])
    write_sized(frames[GOAL_LINE], words.goal_line, GOAL_SIZES[0])
    write_sized(frames[FOOTNOTES], words.footnotes, FOOTNOTE_SIZES[0][0])
    if not words.footnotes.words:
        frames[FOOTNOTES].text = HARD_SPACE  # an empty placeholder asks for a text
    write_source(frames[SOURCE_LINE], words)
    notes = map(keep_numbers_together, content.all_notes)
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)
    for part in content.parts():
        add_part(part, slide.shapes)
    return slide


def write_sized(frame: Pptx, words: SizedWords, usual: int) -> None:
    """The size is written only where it is not that of the template."""
    frame.text = words.words
    if words.size != usual:
        for run in frame.paragraphs[0].runs:
            run.font.size = Pt(words.size)


def write_source(frame: Pptx, words: FrameWords) -> None:
    frame.text = words.source + (MIDDLE_DOT if words.short_link else "")
    if words.short_link:
        run = frame.paragraphs[0].add_run()
        run.text = words.short_link
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
