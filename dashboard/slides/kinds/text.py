"""A slide of words: points for discussion, for example."""

from dashboard.charts.captions import source_of
from dashboard.charts.native_charts import Pptx
from dashboard.charts.slide_shapes import SlideBox
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.slide_frame import Paragraphs, add_paragraphs

BULLET = "•\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"


def read_text(request: SlideRequest) -> list[SlideContent]:
    entry = request.entry
    paragraphs = [f"{BULLET}{line}" for line in entry.body]

    def draw(shapes: Pptx) -> None:
        if paragraphs:
            box = SlideBox(36, 132, 888, 310)
            add_paragraphs(shapes, box, Paragraphs(paragraphs, 24, gap=14), entry.text)

    source = str(source_of(request.context))
    return [SlideContent(entry.text, "", draw, source=source)]


TEXT_SLIDE = SlideKind("text", read_text)
