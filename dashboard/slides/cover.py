"""The first slide: what the deck is about, of which release."""

from collections.abc import Sequence

from pptx.util import Pt

from dashboard.charts.arial_widths import arial_lines
from dashboard.charts.native_charts import Pptx
from dashboard.context import PageContext
from dashboard.slides.deck_file import DeckFile
from dashboard.slides.slide_frame import keep_numbers_together
from dashboard.slides.template import COVER_LAYOUT, SOURCE_LINE, SUBTITLE
from dashboard.wording.series_facts import MIDDLE_DOT

COVER_SIZES, COVER_WIDTH, COVER_HEIGHT = (44, 40, 36, 32, 28), 812.0, 144.0


def add_cover(
    presentation: Pptx,
    file: DeckFile,
    context: PageContext,
    marks: Sequence[str],
    slides: int,
) -> Pptx:
    text, release = context.text, context.release
    slide = presentation.slides.add_slide(presentation.slide_layouts.get_by_name(COVER_LAYOUT))
    title = keep_numbers_together(file.title)
    frame = slide.shapes.title.text_frame
    frame.text = title
    size = next((size for size in COVER_SIZES if fits_cover(title, size)), COVER_SIZES[-1])
    if size != COVER_SIZES[0]:
        frame.paragraphs[0].runs[0].font.size = Pt(size)
    day = text("frame.as_of", day=text.date(release.as_of)) if release and release.as_of else ""
    collection = context.collection.name(text.language)
    about = [file.subtitle] if file.subtitle else [collection, day]
    slide.placeholders[SUBTITLE].text = "\n".join(filter(None, [*about, file.author]))
    named = text("note.release", release=context.release_label)
    host = file.address.partition("://")[2].rstrip("/")
    slide.placeholders[SOURCE_LINE].text = MIDDLE_DOT.join(filter(None, [*marks, named, host]))
    notes = [text.counted("slides.cover_notes", slides, release=context.release_label)]
    slide.notes_slide.notes_text_frame.text = "\n".join(notes)
    return slide


def fits_cover(title: str, size: float) -> bool:
    lines = arial_lines(title, COVER_WIDTH, size, is_bold=True)
    return len(lines) * size * 1.05 <= COVER_HEIGHT
