"""The first slide of a presentation."""

from dashboard.charts.native_charts import Pptx
from dashboard.slides.cover_words import CoverWords
from dashboard.slides.slide_frame import write_sized
from dashboard.slides.template import COVER_LAYOUT, SOURCE_LINE, SUBTITLE
from dashboard.slides.text_frames import SlideFrames


def add_cover(presentation: Pptx, words: CoverWords, frames: SlideFrames) -> Pptx:
    slide = presentation.slides.add_slide(presentation.slide_layouts.get_by_name(COVER_LAYOUT))
    below = slide.placeholders
    write_sized(slide.shapes.title.text_frame, words.title, frames.cover_title)
    write_sized(below[SUBTITLE].text_frame, words.subtitle, frames.cover_subtitle)
    write_sized(below[SOURCE_LINE].text_frame, words.source, frames.cover_source)
    slide.notes_slide.notes_text_frame.text = "\n".join(filter(None, [words.marks, words.notes]))
    return slide
