"""The positions of the parts of a slide of the default template, and their colours."""

from dataclasses import dataclass

from dashboard.charts.slide_shapes import SlideBox
from dashboard.slides.measures import HANDLING_SHAPE, INVENTED_SHAPE


@dataclass(frozen=True)
class TemplateText:
    """A placeholder: its kind and number, where it is, and how its words look."""

    name: str
    kind: str
    number: int | None
    box: SlideBox
    size: float
    colour: str = "dk1"
    is_bold: bool = False
    anchor: str = "t"


GOAL_FRAME = TemplateText(
    "Goal", "body", 10, SlideBox(36, 12, 500, 24), 16, "accent6", anchor="ctr"
)
TITLE_FRAME = TemplateText(
    "Finding", "title", None, SlideBox(36, 38, 888, 72), 28, "dk2", is_bold=True, anchor="ctr"
)
FOOTNOTES_FRAME = TemplateText("Footnotes", "body", 11, SlideBox(36, 458, 888, 42), 14)
SOURCE_FRAME = TemplateText("Source", "body", 12, SlideBox(36, 504, 820, 22), 12, anchor="ctr")
NUMBER_FRAME = TemplateText(
    "Slide number", "sldNum", 13, SlideBox(864, 504, 60, 22), 12, anchor="ctr"
)
FINDING = (GOAL_FRAME, TITLE_FRAME, FOOTNOTES_FRAME, SOURCE_FRAME, NUMBER_FRAME)
COVER_TITLE = TemplateText(
    "Title", "ctrTitle", None, SlideBox(72, 116, 816, 144), 44, "dk2", is_bold=True, anchor="b"
)
COVER_SUBTITLE = TemplateText("Subtitle", "subTitle", 1, SlideBox(72, 276, 816, 110), 24)
COVER_SOURCE = TemplateText("Source", "body", 12, SlideBox(72, 470, 816, 50), 16, anchor="b")
COVER = (COVER_TITLE, COVER_SUBTITLE, COVER_SOURCE)
COVER_BAR = SlideBox(36, 136, 8, 250)  # beside the title of the first slide
MASTER_TEXT = TemplateText("Text", "body", 1, SlideBox(36, 146, 888, 300), 20)


@dataclass(frozen=True)
class TemplateMark:
    """A shape of the master: slides that are added by hand carry it too."""

    name: str
    box: SlideBox
    colour: str
    ground: str


MASTER_MARKS = (
    TemplateMark(HANDLING_SHAPE, SlideBox(796, 12, 128, 24), "dk1", "FFFFFF"),
    TemplateMark(INVENTED_SHAPE, SlideBox(544, 12, 244, 24), "4D3500", "FFF1CF"),
)
