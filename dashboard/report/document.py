"""A document as sections, paragraphs, tables and charts: words of readers, and no format.

Words of another language than the document are a Message, which knows of which.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dashboard.charts.picture import Picture
from dashboard.progress import Advance, no_advance
from dashboard.texts import Text
from metrics.messages.language_marks import has_language_marks

MOST_WIDE_COLUMNS = 12


class ParagraphLook(StrEnum):
    BODY = "body"
    LEAD = "lead"  # what decides, before all else of a section
    QUOTATION = "quotation"
    QUIET = "quiet"  # a source, or a key of letters


@dataclass(frozen=True)
class DocumentParagraph:
    pieces: tuple[str, ...]
    look: ParagraphLook = ParagraphLook.BODY
    label: str = ""  # in bold before the text


@dataclass(frozen=True)
class BulletList:
    items: tuple[str, ...]


@dataclass(frozen=True)
class StatusFacts:
    """The status of a series on its colour, and its figures beside it."""

    mark: str
    words: str
    facts: str


@dataclass(frozen=True)
class DocumentCell:
    words: str
    mark: str = ""  # of the scoreboard: icon and colour
    is_number: bool = False
    is_absent: bool = False
    is_heading: bool = False  # names its row
    value: float | None = None  # of a figure, for a workbook


@dataclass(frozen=True)
class DocumentColumn:
    heading: str
    share: float = 1.0  # of the width, beside the other columns
    is_number: bool = False


@dataclass(frozen=True)
class DocumentTable:
    caption: str
    columns: tuple[DocumentColumn, ...]
    rows: tuple[tuple[DocumentCell, ...], ...]

    @property
    def is_dense(self) -> bool:
        """Whether it has so many columns that they are narrow."""
        return len(self.columns) > MOST_WIDE_COLUMNS


@dataclass(frozen=True)
class DocumentChart:
    """A chart with its title as caption; its alternative text is that of the picture."""

    picture: Picture

    @property
    def caption(self) -> str:
        return self.picture.caption.title


Block = DocumentParagraph | BulletList | StatusFacts | DocumentTable | DocumentChart


@dataclass(frozen=True)
class ReportSection:
    title: str
    blocks: tuple[Block, ...] = ()
    parts: tuple["ReportSection", ...] = ()
    begins_page: bool = False

    def every_block(self) -> Iterator[Block]:
        yield from self.blocks
        for part in self.parts:
            yield from part.every_block()


@dataclass(frozen=True)
class MarkLook:
    """How a status is marked: an icon that is a letter, and its colours in six digits."""

    icon: str
    ink: str
    ground: str


@dataclass(frozen=True)
class DocumentLabels:
    """Words that the format writes by itself, in the language of the document."""

    contents: str
    page: str  # before the number of a page


@dataclass(frozen=True)
class ReportDocument:
    """A whole document, in one language; pieces of others name theirs."""

    title: str
    subtitle: str
    language: str
    labels: DocumentLabels
    author: str
    source: str  # collection, release and day: at the foot of each page
    day: str  # of the release, as YYYY-MM-DD
    looks: tuple[tuple[str, MarkLook], ...]  # of each status
    invented: str = ""  # the mark of invented figures, on each page
    cover: tuple[Block, ...] = ()
    sections: tuple[ReportSection, ...] = ()
    workbook: tuple[DocumentTable, ...] = ()  # a sheet each, where the document is one too

    @property
    def has_marks(self) -> bool:
        """Whether its texts say their language, as its own lacks some of them."""
        return has_language_marks(self.labels.contents)

    def every_block(self) -> Iterator[Block]:
        yield from self.cover
        for section in self.sections:
            yield from section.every_block()

    @property
    def charts(self) -> Iterator[DocumentChart]:
        return (block for block in self.every_block() if isinstance(block, DocumentChart))


@dataclass(frozen=True)
class ReportTask:
    """A document that will be written, and who follows how far it is."""

    document: ReportDocument
    advance: Advance = no_advance


def paragraph(
    words: str, look: ParagraphLook = ParagraphLook.BODY, label: str = ""
) -> DocumentParagraph:
    return DocumentParagraph((words,), look, label)


def text_cell(words: str) -> DocumentCell:
    return DocumentCell(words)


def heading_cell(words: str) -> DocumentCell:
    return DocumentCell(words, is_heading=True)


def number_cell(words: str) -> DocumentCell:
    return DocumentCell(words, is_number=True)


def count_cell(number: int, text: Text) -> DocumentCell:
    return DocumentCell(text.number(number, 0), is_number=True, value=number)


def cell_of_status(mark: str, words: str) -> DocumentCell:
    return DocumentCell(words, mark=mark)


def joined_sentences(
    *words: str, look: ParagraphLook = ParagraphLook.BODY
) -> tuple[DocumentParagraph, ...]:
    """One paragraph of sentences; none without any."""
    joined = " ".join(filter(None, words))
    return (paragraph(joined, look),) if joined else ()
