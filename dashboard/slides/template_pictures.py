"""Pictures of a template, such as a logo: nothing that a slide says or draws may lie over them."""

from collections.abc import Iterator

from pptx.oxml.ns import qn
from pptx.util import Pt

from dashboard.charts.native_charts import Pptx
from dashboard.charts.slide_shapes import SlideBox
from dashboard.slides.deck_file import joined_faults
from dashboard.slides.measures import (
    CONTENT_BOTTOM,
    CONTENT_HEIGHT,
    CONTENT_LEFT,
    CONTENT_TOP,
    CONTENT_WIDTH,
    HANDLING_SHAPE,
    INVENTED_SHAPE,
)
from dashboard.slides.template import FINDING_LAYOUT, LAYOUTS
from metrics.core.errors import KeyedText, SubmissionError

PICTURES = {qn("p:pic"), qn("p:grpSp")}  # a drawn logo is a group of shapes
HIDES_SHAPES_OF_MASTER = "0"
TOUCHING = 2.0  # points, that a picture and words may have in common
MIDDLE = SlideBox(CONTENT_LEFT, CONTENT_TOP, CONTENT_WIDTH, CONTENT_HEIGHT)


def refuse_covered_pictures(presentation: Pptx, name: str) -> None:
    """SubmissionError names each picture that a slide would cover, and by what."""
    faults = [fault for layout in LAYOUTS for fault in covered_pictures(presentation, layout)]
    if faults:
        raise SubmissionError("deck_template_room", file=name, faults=joined_faults(faults))


def covered_pictures(presentation: Pptx, name: str) -> Iterator[KeyedText]:
    layout = presentation.slide_layouts.get_by_name(name)
    filled = [shape for shape in shapes_of(layout) if is_filled(shape, name)]
    for picture in (shape for shape in shapes_of(layout) if shape._element.tag in PICTURES):  # noqa: SLF001
        box, named = box_of(picture), {"layout": name, "picture": picture.name}
        if name == FINDING_LAYOUT and is_covered(box, MIDDLE):
            top, bottom = round(CONTENT_TOP), round(CONTENT_BOTTOM)
            yield KeyedText.filled("deck_template_picture_middle", **named, top=top, bottom=bottom)
        for shape in filled:
            if is_covered(box, box_of(shape)):
                yield KeyedText.filled("deck_template_picture_words", **named, shape=shape.name)


def shapes_of(layout: Pptx) -> list[Pptx]:
    """Of a layout and, where it shows them, those of its master that no slide fills."""
    if layout._element.get("showMasterSp") == HIDES_SHAPES_OF_MASTER:  # noqa: SLF001
        return [*layout.shapes]
    of_master = (shape for shape in layout.slide_master.shapes if not shape.is_placeholder)
    return [*layout.shapes, *of_master]


def is_filled(shape: Pptx, layout: str) -> bool:
    """Whether a deck writes words into it."""
    if shape.is_placeholder:
        return shape.placeholder_format.idx in LAYOUTS[layout]
    return shape.name in {HANDLING_SHAPE, INVENTED_SHAPE}


def box_of(shape: Pptx) -> SlideBox:
    return SlideBox(*(length / Pt(1) for length in
                      (shape.left, shape.top, shape.width, shape.height)))  # fmt: skip


def is_covered(picture: SlideBox, words: SlideBox) -> bool:
    """Whether they overlap; a picture that lies below all of the words is their background."""
    across = overlap(picture.left, picture.width, words.left, words.width)
    down = overlap(picture.top, picture.height, words.top, words.height)
    is_background = across >= words.width - TOUCHING and down >= words.height - TOUCHING
    return min(across, down) > TOUCHING and not is_background


def overlap(start: float, length: float, other_start: float, other_length: float) -> float:
    return min(start + length, other_start + other_length) - max(start, other_start)
