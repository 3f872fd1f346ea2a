"""Whether a template has room for a deck: all that does not fit, by slide, with the reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from dashboard.slides.cover_words import CoverWords
from dashboard.slides.deck_context import Deck
from dashboard.slides.deck_file import joined_faults
from dashboard.slides.frame_words import SizedWords
from dashboard.slides.parts import TablePart
from dashboard.slides.slide_frame import LaidOutSlide
from dashboard.slides.slide_numbers import FIRST_AFTER_COVER
from dashboard.slides.tables import TableCell, fits_in_cell
from dashboard.slides.text_frames import TextFrame
from metrics.core.errors import KeyedText, SubmissionError

MOST_LETTERS = 60  # of words that a message repeats


@dataclass
class TemplateFaults:
    """Of a deck with a template of one's own; the usual one has room for what slides say."""

    deck: Deck
    found: list[KeyedText] = field(default_factory=list)

    def check_cover(self, words: CoverWords) -> None:
        number, frames = FIRST_AFTER_COVER - 1, self.deck.frames
        self.check_frame(number, frames.cover_title, words.title)
        self.check_frame(number, frames.cover_subtitle, words.subtitle)
        self.check_frame(number, frames.cover_source, words.source)

    def check_slide(self, number: int, slide: LaidOutSlide) -> None:
        frames, words = self.deck.frames, slide.words
        self.check_frame(number, frames.title, words.title)
        self.check_frame(number, frames.goal_line, words.goal_line)
        self.check_frame(number, frames.footnotes, words.footnotes)
        self.check_frame(number, frames.source, words.source)
        if self.deck.template:  # else the cells need not be measured again
            self.check_tables(number, slide)

    def check_tables(self, number: int, slide: LaidOutSlide) -> None:
        for part in slide.parts:
            if isinstance(part, TablePart) and (cut := next(cells_without_room(part), None)):
                self.found.append(
                    KeyedText.filled("deck_template_cell", n=number, words=beginning(cut.words),
                                     font=self.deck.typeface.name)
                )  # fmt: skip

    def check_frame(self, number: int, frame: TextFrame, words: SizedWords) -> None:
        if not words.fits:
            self.found.append(
                KeyedText.filled("deck_template_frame", n=number, placeholder=frame.name,
                                 width=round(frame.width), height=round(frame.height),
                                 size=round(frame.least), words=beginning(words.words))
            )  # fmt: skip

    def refuse_any(self) -> None:
        """SubmissionError names what has no room in the smallest type that is still read."""
        if self.deck.template and self.found:
            name = self.deck.file.template
            raise SubmissionError("deck_template_room", file=name, faults=joined_faults(self.found))


def cells_without_room(part: TablePart) -> Iterator[TableCell]:
    look = part.look
    for at, row in enumerate(part.rows):
        for content, width in zip(row, look.widths, strict=True):
            if not fits_in_cell(content, width, look.height_of_row(at)):
                yield content


def beginning(words: str) -> str:
    return words if len(words) <= MOST_LETTERS else f"{words[:MOST_LETTERS].rstrip()} …"
