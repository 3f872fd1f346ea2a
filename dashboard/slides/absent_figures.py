"""In place of a chart without figures: what is missing, what it should tell, and what to do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from dashboard.addresses.selection import Selection
from dashboard.charts.captions import unit_in_words
from dashboard.charts.slide_shapes import SlideBox
from dashboard.released.series import AssessedSeries, target_of
from dashboard.slides.paragraphs import LEAST_OF_A_LIST
from dashboard.slides.parts import TablePart
from dashboard.slides.tables import CellLine, TableCell, TableLook, cell, least_height
from dashboard.target_text import target_text
from dashboard.wording.goal_finding import headline_absence, name_with_area, others_with_figure
from dashboard.wording.narrative import absence_sentence, latest_value
from metrics.messages.sentences import as_sentence

HEAD_WIDTH, ROW_GAP = 190.0, 14.0
WORDS_SIZE = 20.0
MOST_LISTED = 6  # of the other series with figures


def absent_figures(selection: Selection, series: AssessedSeries, box: SlideBox) -> TablePart:
    """A row for each question, in the largest type in which all have room."""
    text = selection.text
    widths = [HEAD_WIDTH, box.width - HEAD_WIDTH]
    answers = {
        text("slides.absent_missing"): [*what_is_missing(selection, series)],
        text("slides.absent_goal"): [*what_was_agreed(selection, series)],
        text("slides.absent_next"): [*what_to_do(selection, series)],
    }
    rows = {head: words for head, words in answers.items() if words}
    cells, size = cells_in_size(rows, WORDS_SIZE), WORDS_SIZE
    while size > LEAST_OF_A_LIST and sum(heights_of(cells, widths, size)) > box.height:
        size -= 1
    heights = heights_of(cells, widths, size)
    in_words = " ".join(f"{head}: {' '.join(words)}" for head, words in rows.items())
    look = TableLook(text("chart.absent"), in_words, widths, box.height, heights=heights)
    room = SlideBox(box.left, box.top, box.width, sum(heights))
    return TablePart(room, cells_in_size(rows, size), look)


def cells_in_size(rows: Mapping[str, Sequence[str]], size: float) -> list[list[TableCell]]:
    return [row_of_words(head, words, size) for head, words in rows.items()]


def row_of_words(head: str, words: Sequence[str], size: float) -> list[TableCell]:
    lines = tuple(CellLine(own, size) for own in words)
    return [cell(head, size, is_bold=True), TableCell(lines)]


def heights_of(
    rows: Sequence[Sequence[TableCell]], widths: Sequence[float], size: float
) -> list[float]:
    return [least_height(row, widths, size) + ROW_GAP for row in rows]


def what_is_missing(selection: Selection, series: AssessedSeries) -> Iterator[str]:
    """The series with its unit, and which other series of the goal have figures."""
    text, others = selection.text, others_with_figure(selection, series)
    name = f"{series.title(text)} ({unit_in_words(series.in_one_state, text)})"
    yield as_sentence(name)
    figures = latest_figures(others, selection)
    if not figures:
        yield absence_sentence(series, text)
        return
    listed = f"{headline_absence(selection, series)} {text.listed(figures[:MOST_LISTED])}."
    more = text.counted("slides.absent_more", len(figures) - MOST_LISTED)
    yield f"{listed} {more}" if len(figures) > MOST_LISTED else listed


def latest_figures(others: Iterable[AssessedSeries], selection: Selection) -> list[str]:
    """`Reports received by hotlines, Belgium: 2,421 reports (2023)`: one for each name."""
    text = selection.text
    figures = {
        name_with_area(own, selection): f"{latest_value(own, text)} ({text.period(row['period'])})"
        for own in others
        if (row := own.last_known)
    }
    return [f"{name}: {figure}" for name, figure in figures.items()]


def what_was_agreed(selection: Selection, series: AssessedSeries) -> Iterator[str]:
    goal, text = selection.goal, selection.text
    if goal is None:
        return
    yield as_sentence(f"{goal.code} {goal.name(text.language)}")
    targets = [target for target in goal.targets if target.indicator == series.indicator.code]
    target = target_of(goal, series.official) or next(iter(targets), None)
    if target is not None:
        yield f"{text('arithmetic.target')} {target_text(target, text)}."


def what_to_do(selection: Selection, series: AssessedSeries) -> Iterator[str]:
    text = selection.text
    if others_with_figure(selection, series):
        yield text("slides.absent_choose")
    is_published = selection.context.is_published
    yield text("slides.absent_published" if is_published else "slides.absent_reported")
