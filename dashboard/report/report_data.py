"""A report as plain data, in which the template of a typesetting program finds every word."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from dashboard.charts.picture import Picture
from dashboard.report.document import (
    Block,
    BulletList,
    DocumentCell,
    DocumentChart,
    DocumentParagraph,
    DocumentTable,
    ReportDocument,
    ReportSection,
    StatusFacts,
)
from metrics.messages.language_marks import unmarked

DrawPlot = Callable[[Picture], str]  # the SVG of a chart without its words
Plain = dict[str, Any]


class ReportData:
    """Turns the parts of a document into dictionaries, lists and texts."""

    def __init__(self, document: ReportDocument, draw_plot: DrawPlot) -> None:
        self.document, self.draw_plot = document, draw_plot

    def plain(self) -> Plain:
        document = self.document
        return {
            "title": document.title,
            "subtitle": document.subtitle,
            "language": document.language,
            "labels": {"contents": document.labels.contents, "page": document.labels.page},
            "author": document.author,
            "source": document.source,
            "day": [int(part) for part in document.day.split("-") if part],
            "invented": document.invented,
            "marks": {mark: vars(look) for mark, look in document.looks},
            "cover": [self.block(block) for block in document.cover],
            "sections": [*self.sections(document.sections, 1)],
        }

    def sections(self, sections: Sequence[ReportSection], level: int) -> Iterator[Plain]:
        """Every section with its level, in the order of reading."""
        for section in sections:
            yield {
                "title": self.pieces([section.title]),
                "level": level,
                "page": section.begins_page,
                "blocks": [self.block(block) for block in section.blocks],
            }
            yield from self.sections(section.parts, level + 1)

    def block(self, block: Block) -> Plain:
        match block:
            case DocumentParagraph():
                return {"kind": "paragraph", "look": str(block.look), "label": block.label,
                        "pieces": self.pieces(block.pieces)}  # fmt: skip
            case BulletList():
                return {"kind": "list", "items": [self.pieces([item]) for item in block.items]}
            case StatusFacts():
                return {"kind": "facts", "mark": block.mark, "words": block.words,
                        "facts": block.facts}  # fmt: skip
            case DocumentTable():
                return self.table(block)
            case DocumentChart():
                return {"kind": "chart", "caption": block.caption,
                        "alt": unmarked(block.picture.description),
                        "svg": self.draw_plot(block.picture)}  # fmt: skip

    def table(self, table: DocumentTable) -> Plain:
        columns = [{"heading": column.heading, "share": column.share, "number": column.is_number}
                   for column in table.columns]  # fmt: skip
        rows = [[self.cell(cell) for cell in row] for row in table.rows]
        return {"kind": "table", "caption": table.caption, "columns": columns, "rows": rows,
                "dense": table.is_dense}  # fmt: skip

    def cell(self, cell: DocumentCell) -> Plain:
        return {"pieces": self.pieces([cell.words]), "mark": cell.mark, "number": cell.is_number,
                "absent": cell.is_absent, "heading": cell.is_heading}  # fmt: skip

    def pieces(self, pieces: Sequence[str]) -> list[str | Plain]:
        """Each piece as a text or, of another language than the document, with its language."""
        own = self.document.language
        return [
            str(piece)
            if getattr(piece, "language", own) == own
            else {"text": str(piece), "language": piece.language}  # type: ignore[attr-defined]
            for piece in pieces
        ]
