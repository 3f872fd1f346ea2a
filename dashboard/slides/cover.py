"""The first slide of a presentation."""

from pptx.util import Pt

from dashboard.charts.native_charts import Pptx
from dashboard.slides.cover_words import COVER_SIZES, CoverWords
from dashboard.slides.template import COVER_LAYOUT, SOURCE_LINE, SUBTITLE


def add_cover(presentation: Pptx, words: CoverWords) -> Pptx:
    slide = presentation.slides.add_slide(presentation.slide_layouts.get_by_name(COVER_LAYOUT))
    frame = slide.shapes.title.text_frame
    frame.text = words.title.words
    if words.title.size != COVER_SIZES[0]:
        frame.paragraphs[0].runs[0].font.size = Pt(words.title.size)
    slide.placeholders[SUBTITLE].text = words.subtitle
    slide.placeholders[SOURCE_LINE].text = words.source
    slide.notes_slide.notes_text_frame.text = words.notes
    return slide
