"""Goals that have a figure nowhere: one row names them, in place of a row for each."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from dashboard.charts.slide_shapes import SlideBox
from dashboard.released.goal_statuses import NO_FIGURE
from dashboard.released.scoreboard import ScoreboardRow
from dashboard.slides.parts import TablePart
from dashboard.slides.tables import LINE_SPACING, CellLine, TableCell, TableLook, least_height
from dashboard.slides.words import marked_code, status_cell
from dashboard.texts import Text
from metrics.catalogue.definitions.goals import Goal
from metrics.messages.local_formats import HARD_SPACE

SHARE_OF_STATUS = 0.2  # of the width
NAMES_SIZE, LEAST_NAMES = 16, 14  # points
NAMES_IN_A_LINE = 2
FEWEST = 2  # that one row names
ROW_PADDING = 12.0
R = TypeVar("R")


def is_without_figures(row: ScoreboardRow) -> bool:
    """Whether neither the area of the slide nor any Member State has a figure of the goal."""
    marks = {row.own.mark, *(state.mark for state in row.states)}
    return marks == {NO_FIGURE} and (row.series is None or row.series.last_known is None)


def divide_by_figures(
    rows: Sequence[R], is_without: Callable[[R], bool]
) -> tuple[list[R], list[R]]:
    """The rows with figures, and those that one row names; a single one keeps its own row."""
    without_figures = [row for row in rows if is_without(row)]
    if len(without_figures) < FEWEST:
        return [*rows], []
    return [row for row in rows if not is_without(row)], without_figures


def room_for_names(number: int) -> float:
    """In which so many goals are named, in the smallest type."""
    lines = -(-number // NAMES_IN_A_LINE)
    return lines * LEAST_NAMES * LINE_SPACING + ROW_PADDING if number else 0.0


def part_without_figures(goals: Sequence[Goal], box: SlideBox, text: Text) -> TablePart:
    """`: No figure: 5` beside their codes and names, in the largest type that has room."""
    status = box.width * SHARE_OF_STATUS
    widths = [status, *[(box.width - status) / NAMES_IN_A_LINE] * NAMES_IN_A_LINE]
    rows = {size: row_of_names(goals, size, text) for size in (NAMES_SIZE, 15, LEAST_NAMES)}
    heights = {size: least_height(row, widths, size) + ROW_PADDING for size, row in rows.items()}
    size = next((size for size, height in heights.items() if height <= box.height), LEAST_NAMES)
    names = text.listed(name_of_goal(goal, text) for goal in goals)
    look = TableLook(text(f"status.{NO_FIGURE}"), names, widths, heights[size])
    return TablePart(SlideBox(box.left, box.top, box.width, heights[size]), [rows[size]], look)


def row_of_names(goals: Sequence[Goal], size: float, text: Text) -> list[TableCell]:
    status = status_cell(NO_FIGURE, text, size)
    number = CellLine(f"{status.words}: {text.number(len(goals), 0)}", size, is_bold=True)
    lines = [CellLine(name_of_goal(goal, text), size) for goal in goals]
    half = -(-len(lines) // NAMES_IN_A_LINE)
    return [
        TableCell((number,), status.ink, status.ground),
        TableCell(tuple(lines[:half])),
        TableCell(tuple(lines[half:])),
    ]


def name_of_goal(goal: Goal, text: Text) -> str:
    """`GA-1.1 Victims identified, ICSE`, with the mark of a reading."""
    return f"{marked_code(goal)}{HARD_SPACE}{goal.short_name(text.language)}"
