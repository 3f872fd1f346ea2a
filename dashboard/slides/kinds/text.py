"""A slide of words: points for discussion, for example."""

from collections.abc import Iterator

from dashboard.charts.captions import source_of
from dashboard.charts.slide_shapes import SlideBox
from dashboard.slides.content import SlideContent, SlideKind, SlideRequest
from dashboard.slides.measures import CONTENT_LEFT, CONTENT_WIDTH
from dashboard.slides.paragraphs import Paragraphs
from dashboard.slides.parts import TextPart

BULLET = "•\N{NO-BREAK SPACE}\N{NO-BREAK SPACE}"


def read_text(request: SlideRequest) -> list[SlideContent]:
    entry = request.entry
    paragraphs = [f"{BULLET}{line}" for line in entry.body]

    def parts() -> Iterator[TextPart]:
        if paragraphs:
            box = SlideBox(CONTENT_LEFT, 132, CONTENT_WIDTH, 310)
            yield TextPart(box, Paragraphs(paragraphs, 24, gap=14), entry.text)

    source = tuple(map("".join, source_of(request.context).parts))
    return [SlideContent(title=entry.text, goal_line="", parts=parts, source=source)]


TEXT_SLIDE = SlideKind("text", read_text)
