"""The sheet that lists the findings of an annotated workbook, however the workbook is written."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from metrics.catalogue.codelists import codelist
from metrics.catalogue.collections import collections
from metrics.intake.annotation_texts import FindingWords, count_lines
from metrics.intake.finding_texts import describe_finding, group_findings, shorten_text
from metrics.intake.findings import SEVERITY_RANKS, Finding, FindingGroup, Severity

LIST_COLUMNS = ("severity", "place", "what", "expected", "correction", "rule")
LIST_WIDTHS = (15, 20, 52, 34, 52, 27)  # in digits; together a page of A4 across, at 65 %
FONT_NAME, FONT_SIZE, LIST_TITLE_SIZE = "Calibri", 11, 16
LINE_POINTS, TITLE_POINTS, MOST_POINTS = 15, 24, 409  # of a row
LETTER_WIDTH = 1.1  # in widths of a digit, as column widths are; Greek letters are wide
PAGE_MARGIN = 0.6  # of a page, in inches: room for the footer
LINE_COLOUR, HEADING_COLOUR = "C9CED6", "E8EDF7"
LINK_COLUMN = 1  # the second: it names the cells
LONGEST_LOCATION = 120  # characters of the cells of a group


@dataclass(frozen=True)
class ReportedFile:
    """The file whose findings are listed, and for what it is; empty where that is not known."""

    name: str
    collection: str = ""
    area: str = ""
    round: str = ""


class RowKind(StrEnum):
    TITLE = "title"
    TEXT = "text"  # wider than its column
    LEGEND = "legend"
    HEADINGS = "headings"
    GROUP = "group"  # what several findings share
    FINDING = "finding"


@dataclass(frozen=True)
class ListRow:
    """A row of the list. Its first cell has the colour of its severity."""

    kind: RowKind
    texts: Sequence[str] = ()
    severity: Severity | None = None
    finding: Finding | None = None  # to whose cell it leads
    is_grouped: bool = False  # below the row of its group
    is_folded: bool = False  # until the reader unfolds the group

    @cached_property
    def is_wrapped(self) -> bool:
        """Whether each text stays in its column; else the last one runs on over empty cells."""
        is_table = self.kind in {RowKind.HEADINGS, RowKind.GROUP, RowKind.FINDING}
        return is_table and not self._fits_in_one_line

    @property
    def _fits_in_one_line(self) -> bool:
        """Whether the last text, beside which there are none, needs no second line."""
        last = len(self.texts) - 1
        room = sum(LIST_WIDTHS[last:]) / LETTER_WIDTH
        return self.is_grouped and count_lines(self.texts[last], room) == 1

    @property
    def begins_cause(self) -> bool:
        """Whether a line stands above the row."""
        return self.kind in {RowKind.GROUP, RowKind.FINDING} and not self.is_grouped

    @property
    def is_bold(self) -> bool:
        return self.kind in {RowKind.TITLE, RowKind.HEADINGS, RowKind.GROUP}

    @property
    def font_size(self) -> int:
        return LIST_TITLE_SIZE if self.kind is RowKind.TITLE else FONT_SIZE

    @property
    def height(self) -> float:
        """In points: not every program adjusts it by itself."""
        if self.kind is RowKind.TITLE:
            return TITLE_POINTS
        if not self.is_wrapped:
            return LINE_POINTS
        widths = LIST_WIDTHS[: len(self.texts)]
        lines = (
            count_lines(text, width / LETTER_WIDTH)
            for text, width in zip(self.texts, widths, strict=True)
        )
        return min(MOST_POINTS, LINE_POINTS * max(lines, default=1))


def list_rows(
    file: ReportedFile, findings: Sequence[Finding], words: FindingWords
) -> list[ListRow]:
    """The sheet from its title to its last finding."""
    rows = [*_introduction(file, findings, words)]
    rows.append(ListRow(RowKind.HEADINGS, [words.labels[name] for name in LIST_COLUMNS]))
    # Sorted by severity alone, so that the order within the workbook is kept.
    groups = sorted(group_findings(findings), key=lambda group: SEVERITY_RANKS[group.severity])
    for group in groups:
        rows += _group_rows(group, words)
    return rows


def number_of_headings(rows: Sequence[ListRow]) -> int:
    """The position of the row of the headings, from 0."""
    return next(number for number, row in enumerate(rows) if row.kind is RowKind.HEADINGS)


def _introduction(
    file: ReportedFile, findings: Sequence[Finding], words: FindingWords
) -> Iterator[ListRow]:
    labels, counts = words.labels, Counter(finding.severity for finding in findings)
    yield ListRow(RowKind.TITLE, [labels["title"].format(file=file.name)])
    yield ListRow(RowKind.TEXT, [_scope_in_words(file, words)])
    yield ListRow(RowKind.TEXT, [labels["next"]])
    yield ListRow(RowKind.TEXT, [labels["marks"]])
    for severity in Severity:
        texts = [labels[severity], str(counts[severity]), labels[f"legend_{severity}"]]
        yield ListRow(RowKind.LEGEND, texts, severity)
    yield ListRow(RowKind.TEXT, [labels["folded"]])
    yield ListRow(RowKind.TEXT)


def _scope_in_words(file: ReportedFile, words: FindingWords) -> str:
    """`EMPACT, sexual exploitation of children, Finland, round 2025`."""
    language = words.language
    names = {known.code: known.name(language) for known in collections()}
    areas = codelist("area")
    parts = (
        names.get(file.collection, ""),
        areas[file.area].name(language) if file.area in areas else "",
        words.labels["of_round"].format(round=file.round) if file.round else "",
    )
    return ", ".join(filter(None, parts))


def _group_rows(group: FindingGroup, words: FindingWords) -> Iterator[ListRow]:
    """A row for each finding; several of one cause follow a row that says what they share."""
    severity = group.severity
    if len(group.findings) == 1:
        (finding,) = group.findings
        yield ListRow(RowKind.FINDING, _finding_texts(finding, words), severity, finding)
        return
    yield ListRow(RowKind.GROUP, _group_texts(group, words), severity)
    expected = {words.describe(finding).expected for finding in group.findings}
    columns = LIST_COLUMNS.index("correction" if len(expected) > 1 else "expected")
    is_folded = severity is Severity.NOTE
    for finding in group.findings:
        texts = _finding_texts(finding, words)[:columns]
        yield ListRow(RowKind.FINDING, texts, severity, finding, True, is_folded)


def _group_texts(group: FindingGroup, words: FindingWords) -> list[str]:
    text, labels, severity = describe_finding(group, words.language), words.labels, group.severity
    title = labels["counted"].format(title=text.title, count=len(group.findings))
    cells = shorten_text(group.location, LONGEST_LOCATION)
    return [labels[severity], cells, title, text.expected, text.correction, group.rule]


def _finding_texts(finding: Finding, words: FindingWords) -> list[str]:
    text = words.describe(finding)
    what = [words.labels[finding.severity], finding.location, text.what]
    return [*what, text.expected, text.correction, finding.rule]
