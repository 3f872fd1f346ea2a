"""The frames of the words around the middle of a slide: their room, and the sizes to try in it."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass

from dashboard.charts.arial_widths import arial_lines
from dashboard.charts.typefaces import USUAL_TYPEFACE, Typeface, measured_in, set_within
from dashboard.slides.default_layout import (
    COVER_SOURCE,
    COVER_SUBTITLE,
    COVER_TITLE,
    FOOTNOTES_FRAME,
    GOAL_FRAME,
    SOURCE_FRAME,
    TITLE_FRAME,
    TemplateText,
)
from dashboard.slides.measures import HAIR

LINE_OF_TYPE = 1.15  # the height of a line, as a multiple of its size
USUAL_SPACING = 0.95  # of lines, in the usual template
RESERVE = 4.0  # points of a line: programs round the widths of letters


@dataclass(frozen=True)
class TextFrame:
    """A placeholder: what is written in it has at most so many lines, in one of its sizes."""

    name: str
    width: float
    height: float
    size: float  # that of the template
    least: float  # type that is still read
    most_lines: int
    step: float = 1  # from a size to the next smaller one
    is_bold: bool = False
    spacing: float = USUAL_SPACING
    typeface: Typeface = USUAL_TYPEFACE

    @property
    def sizes(self) -> Iterator[float]:
        """From that of the template down to the smallest."""
        size = max(self.size, self.least)
        while size > self.least:
            yield size
            size -= self.step
        yield self.least

    def lines_at(self, size: float) -> int:
        """How many lines have room in type of a size."""
        line = size * LINE_OF_TYPE * self.spacing
        return min(self.most_lines, int((self.height + HAIR) // line))

    def holds(self, words: str, size: float) -> bool:
        with measured_in(self.typeface):
            lines = arial_lines(words, self.width - RESERVE, size, is_bold=self.is_bold)
        return len(lines) <= self.lines_at(size)

    def largest_size(self, words: str) -> float:
        """In which the words fit; 0 where they fit in none."""
        return next((size for size in self.sizes if self.holds(words, size)), 0.0)


@dataclass(frozen=True)
class SlideFrames:
    """Of the two layouts of a template."""

    title: TextFrame
    goal_line: TextFrame
    footnotes: TextFrame
    source: TextFrame
    cover_title: TextFrame
    cover_subtitle: TextFrame
    cover_source: TextFrame


def usual_frame(text: TemplateText, least: float, most_lines: int, step: float = 1) -> TextFrame:
    """Of the usual template, whose placeholders have no margins."""
    return TextFrame(text.name, text.box.width, text.box.height, text.size, least, most_lines,
                     step, text.is_bold)  # fmt: skip


USUAL_FRAMES = SlideFrames(
    title=usual_frame(TITLE_FRAME, 20, 2, step=2),
    goal_line=usual_frame(GOAL_FRAME, 12, 1),
    footnotes=usual_frame(FOOTNOTES_FRAME, 12, 3),
    source=usual_frame(SOURCE_FRAME, 12, 1),
    cover_title=usual_frame(COVER_TITLE, 28, 4, step=4),
    cover_subtitle=usual_frame(COVER_SUBTITLE, 14, 6, step=2),
    cover_source=usual_frame(COVER_SOURCE, 12, 3),
)
TITLE_FRAME_OF_DECK: ContextVar[TextFrame] = ContextVar(
    "TITLE_FRAME_OF_DECK", default=USUAL_FRAMES.title
)


def titled_in(frame: TextFrame) -> AbstractContextManager[None]:
    """Findings are composed of as many clauses as have room in the title of a template."""
    return set_within(TITLE_FRAME_OF_DECK, frame)
