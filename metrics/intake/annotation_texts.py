"""What an annotated workbook says about each finding, however the workbook is written."""

from collections.abc import Iterable, Sequence
from itertools import chain, count
from re import compile as pattern

from metrics.intake.finding_texts import FindingText, describe_finding, finding_labels
from metrics.intake.findings import SEVERITY_RANKS, Finding, Severity
from metrics.intake.workbook import Sheet, Workbook
from metrics.messages import messages

COLOURS = {Severity.ERROR: "F4B6B0", Severity.WARNING: "FBE3A6", Severity.NOTE: "CFE3F5"}
LINK_COLOUR = "0563C1"
A4 = 9  # the number of the paper size
# Begins our part of a comment, so that it can be removed when the file comes back.
MARK = "— empact —"
LONGEST_COMMENT = 2000
COMMENT_WIDTH, COMMENT_LETTERS, COMMENT_LINE = 360, 52, 17  # pixels, letters of a line, pixels
COMMENT_HEIGHTS = (90, 480)  # pixels, at least and at most
NARROWEST, WIDEST = 9, 48  # columns of a copy of the cells, in digits
MEASURED_ROWS = 500
LONGEST_SHEET_NAME = 31
SHORTER_SHEET_NAME = 25  # leaves room for a number after it
NOT_IN_SHEET_NAMES = pattern(r"[\[\]:*?/\\]")
CELL_ADDRESS = pattern(r"[A-Z]{1,3}[1-9]\d{0,6}")


class FindingWords:
    """Findings in the words of a language; each is put into words once, for list and comment."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.labels = finding_labels(language)
        self._described: dict[int, tuple[Finding, FindingText]] = {}

    def describe(self, finding: Finding) -> FindingText:
        kept = self._described.get(id(finding))
        if kept is None:
            kept = self._described[id(finding)] = finding, describe_finding(finding, self.language)
        return kept[1]

    @property
    def sheet_name(self) -> str:
        """The name of the sheet with the list."""
        name: str = messages(self.language, "workbook")["sheets"]["findings"]
        return name


def comment_size(text: str) -> tuple[int, int]:
    """Width and height in pixels of a box in which all of a comment can be read."""
    smallest, largest = COMMENT_HEIGHTS
    needed = COMMENT_LINE * (1 + count_lines(text, COMMENT_LETTERS))
    return COMMENT_WIDTH, min(largest, max(smallest, needed))


def count_lines(text: str, letters: float) -> int:
    """How many lines a text takes; one more for each that its words may be too long for."""
    return sum(1 + int(len(line) * 1.05 // letters) for line in text.split("\n"))


def column_widths(rows: Sequence[Sequence[object]]) -> list[float]:
    """A width for each column of copied cells, from those of its first rows."""
    widest: list[int] = []
    for row in rows[:MEASURED_ROWS]:
        widest += [NARROWEST] * (len(row) - len(widest))
        for column, value in enumerate(row):
            if value is not None:
                widest[column] = max(widest[column], len(str(value)) + 2)
    return [min(width, WIDEST) for width in widest]


def findings_by_sheet(findings: Iterable[Finding]) -> dict[str, dict[str, list[Finding]]]:
    """The findings of single cells: for each sheet, those at each address."""
    marked: dict[str, dict[str, list[Finding]]] = {}
    for finding in findings:
        if CELL_ADDRESS.fullmatch(finding.cell):
            marked.setdefault(finding.sheet, {}).setdefault(finding.cell, []).append(finding)
    return marked


def gravest_severity(findings: Iterable[Finding]) -> Severity:
    return min((finding.severity for finding in findings), key=SEVERITY_RANKS.__getitem__)


def comment_text(own: str, findings: Sequence[Finding], words: FindingWords) -> str:
    """The findings below the submitter's own comment, if any."""
    before = f"{own}\n" if own else ""
    texts = "\n\n".join(_comment_part(finding, words) for finding in findings)
    return f"{before}{MARK}\n{texts}"[:LONGEST_COMMENT]


def own_comment(text: str) -> str:
    """The submitter's part of a comment to which an earlier check added its findings."""
    return text.partition(MARK)[0].strip()


def author_of(workbook: Workbook) -> str | None:
    """The submitter's author property, if any: a library would put its own name."""
    fragments = workbook.text_fragments
    return next((fragment.text for fragment in fragments if fragment.cell == "creator"), None)


def unique_titles(sheets: Iterable[Sheet]) -> dict[str, str]:
    """A unique title for each sheet of a copy, as Excel allows it."""
    titles: dict[str, str] = {}
    for sheet in sheets:
        plain, taken = _allowed_title(sheet.name), {title.casefold() for title in titles.values()}
        numbered = (f"{plain[:SHORTER_SHEET_NAME]} ({number})" for number in count(2))
        free = (title for title in chain([plain], numbered) if title.casefold() not in taken)
        titles[sheet.name] = next(free)
    return titles


def link_location(title: str, cell: str) -> str:
    quoted = title.replace("'", "''")
    return f"'{quoted}'!{cell}"


def _allowed_title(sheet: str) -> str:
    return NOT_IN_SHEET_NAMES.sub("_", sheet)[:LONGEST_SHEET_NAME].strip("'") or "Sheet"


def _comment_part(finding: Finding, words: FindingWords) -> str:
    text, labels = words.describe(finding), words.labels
    return "\n".join(
        (
            f"{labels[finding.severity]}: {text.what}",
            f"{labels['expected']}: {text.expected}",
            f"{labels['correction']}: {text.correction} [{finding.rule}]",
        )
    )
