"""The status of every goal in every Member State, as one table of marks."""

from dashboard.charts.status_marks import status_mark
from dashboard.released.goal_statuses import SCOREBOARD_MARKS
from dashboard.released.scoreboard import Scoreboard
from dashboard.report.document import (
    DocumentColumn,
    DocumentParagraph,
    DocumentTable,
    ParagraphLook,
    cell_of_status,
    heading_cell,
    paragraph,
)
from dashboard.texts import Text
from metrics.catalogue.codelists import member_states
from metrics.messages.local_formats import HARD_SPACE
from metrics.messages.sentences import as_sentence

WIDTH_OF_GOAL = 7.0  # beside the column of a State


def status_matrix(board: Scoreboard, text: Text) -> DocumentTable:
    """A row for each goal, a column for each State in protocol order; a cell has its mark alone."""
    columns = (DocumentColumn(text("scoreboard.goal"), WIDTH_OF_GOAL),
               *map(DocumentColumn, member_states()))  # fmt: skip
    rows = tuple(
        (
            heading_cell(row.goal.coded_name(text.language)),
            *(cell_of_status(state.mark, "") for state in row.states),
        )
        for row in board.rows
    )
    return DocumentTable(text("slides.matrix"), columns, rows)


def marks_in_words(board: Scoreboard, text: Text) -> DocumentParagraph:
    """`✓ Achieved; ▲ Behind`: the marks in use."""
    used = {state.mark for row in board.rows for state in row.states}
    listed = [f"{status_mark(mark).icon}{HARD_SPACE}{text(f'status.{mark}')}"
              for mark in SCOREBOARD_MARKS if mark in used]  # fmt: skip
    return paragraph(as_sentence(text.listed(listed)), ParagraphLook.QUIET)
